import type { Facet, Json, Reading } from '../../model/index.ts'
import { compareText } from '../../model/index.ts'
import { at, booleanOf, isObject, type JsonObject, listOf, textAt } from './json-fields.ts'
import { notRead, read } from './observing.ts'

type Readings = Record<Facet, Reading<Json> | undefined>

/**
 * A database instance's or cluster's doors, from the camel case of AWS Config and CloudTrail or the capitals of the command line.
 * `network` is left undefined where the source holds no network at all.
 */
export function databaseReadings(value: Json | undefined): Readings {
  if (!isObject(value)) return { publiclyAccessible: notRead('The database was recorded without its settings.') }
  const accessible = booleanOf(either(value, 'publiclyAccessible'))
  const engine = textOf(value, 'engine')
  return {
    publiclyAccessible: accessible === null ? undefined : read(accessible),
    endpoint: endpointOf(value),
    network: networkOf(value),
    engine: engine === null ? undefined : read(engine),
  }
}

/** Who may restore a snapshot, and what it is a snapshot of. */
export function databaseSnapshotReadings(value: Json | undefined, attributes: Json | undefined): Readings {
  return {
    snapshotAttributes: attributes === undefined ? undefined : snapshotAttributes(attributes),
    snapshotSource: isObject(value) ? read(sourceOf(value)) : undefined,
  }
}

/** `{restore:[…]}` with the accounts sorted; `all` means every account of the provider. */
export function snapshotAttributes(attributes: Json | undefined): Reading<Json> {
  if (!Array.isArray(attributes)) return notRead('The snapshot was recorded without its attributes.')
  const restore = (attributes as readonly Json[]).find((entry) => textOf(entry, 'attributeName') === 'restore')
  const values = listOf(either(restore, 'attributeValues')).filter((entry) => typeof entry === 'string')
  return read({ restore: [...new Set(values)].sort(compareText) })
}

/** The value under a key, whether its first letter is a capital or not. */
export function either(value: Json | undefined, name: string): Json | undefined {
  return at(value, name) ?? at(value, name.charAt(0).toUpperCase() + name.slice(1))
}

function textOf(value: Json | undefined, name: string): string | null {
  return textAt(value, name) ?? textAt(value, name.charAt(0).toUpperCase() + name.slice(1))
}

function endpointOf(value: JsonObject): Reading<Json> | undefined {
  const endpoint = either(value, 'endpoint')
  const address = typeof endpoint === 'string' ? endpoint : textOf(endpoint, 'address')
  const ports = [either(endpoint, 'port'), either(value, 'port'), either(value, 'dbInstancePort')].map(Number)
  const port = ports.find((candidate) => Number.isInteger(candidate) && candidate > 0 && candidate < 65_536)
  return port === undefined ? undefined : read({ ...(address === null ? {} : { address }), port })
}

function networkOf(value: JsonObject): Reading<Json> | undefined {
  const group = either(value, 'dBSubnetGroup')
  const vpc = textOf(group, 'vpcId')
  const subnets = idsOf(either(group, 'subnets'), 'subnetIdentifier')
  const securityGroups = idsOf(either(value, 'vpcSecurityGroups'), 'vpcSecurityGroupId')
  if (vpc === null && securityGroups === null) return undefined
  return read({ vpc: vpc ?? '', subnets: subnets ?? [], securityGroups: securityGroups ?? [] })
}

function idsOf(list: Json | undefined, name: string): readonly string[] | null {
  if (!Array.isArray(list)) return null
  return (list as readonly Json[]).flatMap((entry) => textOf(entry, name) ?? []).sort(compareText)
}

function sourceOf(value: JsonObject): JsonObject {
  const fields = {
    instance: textOf(value, 'dBInstanceIdentifier'),
    cluster: textOf(value, 'dBClusterIdentifier'),
    engine: textOf(value, 'engine'),
    type: textOf(value, 'snapshotType'),
    created: textOf(value, 'snapshotCreateTime'),
    encrypted: booleanOf(either(value, 'encrypted') ?? either(value, 'storageEncrypted')),
    kmsKey: textOf(value, 'kmsKeyId'),
  }
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== null)) as JsonObject
}

import type { Json, Reading, ResourceConfiguration } from '../../model/index.ts'
import { isRecord, type Known, type Members } from '../readings.ts'

/**
 * A member by the name that the command line prints, or with a small first letter, as AWS Config and some services write it.
 * Undefined where the record does not have it; null where it is there and not set.
 */
export function member(record: Members, name: string): Json | undefined {
  if (Object.hasOwn(record, name)) return record[name]
  const small = name.charAt(0).toLowerCase() + name.slice(1)
  return Object.hasOwn(record, small) ? record[small] : undefined
}

/** A member as text, numbers too; an empty text for anything else. */
export function textMember(record: Members, name: string): string {
  const value = member(record, name)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/**
 * One setting of a resource: a facet of its own under one of these names, or a member of the facet `configuration`, which
 * holds what `aws … describe-…` prints of the resource. The first name that was read decides.
 */
export function setting({ facets }: ResourceConfiguration, ...names: readonly string[]): Reading<Json> | undefined {
  let unread: Reading<Json> | undefined
  for (const name of names) {
    const small = name.charAt(0).toLowerCase() + name.slice(1)
    const facet = Object.hasOwn(facets, name) ? facets[name] : Object.hasOwn(facets, small) ? facets[small] : undefined
    if (facet && facet.status !== 'not-read') return facet
    unread ??= facet
  }
  const whole = facets.configuration
  if (whole?.status !== 'read') return unread ?? (whole?.status === 'not-read' ? whole : undefined)
  const described = unwrapped(whole.value)
  if (!isRecord(described)) return unread
  for (const name of names) {
    const value = member(described, name)
    if (value === null) return { status: 'absent' }
    if (value !== undefined) return { status: 'read', value }
  }
  return unread
}

/** The text of a setting; null where it was not read, is not set or is no text. */
export function textSetting(configuration: ResourceConfiguration, ...names: readonly string[]): string | null {
  const reading = setting(configuration, ...names)
  return reading?.status === 'read' && typeof reading.value === 'string' ? reading.value : null
}

/** A list of records under this name; the problem says which list it is. */
export function listSetting(
  configuration: ResourceConfiguration,
  what: string,
  ...names: readonly string[]
): Known<readonly Members[]> {
  const reading = setting(configuration, ...names)
  if (reading === undefined) return { problem: `${what} not read` }
  if (reading.status === 'not-read') return { problem: `${what} not read: ${reading.reason.slice(0, 300)}` }
  if (reading.status === 'absent') return { known: [] }
  return recordsOf(reading.value, what)
}

/** More than the services' own quotas for rules, routes and entries of one list. */
const MOST_ENTRIES = 2_000

/** The records of a list. */
export function recordsOf(json: Json | undefined, what: string): Known<readonly Members[]> {
  if (!Array.isArray(json)) return { problem: `${what} not understood` }
  const entries = json as readonly Json[]
  if (entries.length > MOST_ENTRIES) return { problem: `${what} not taken: more than ${MOST_ENTRIES} entries` }
  return entries.every((entry) => isRecord(entry)) ? { known: entries } : { problem: `${what} not understood` }
}

/** The texts that the records of a list have under a name; texts stand for themselves. A record without it is a problem. */
export function idsOf(json: Json | undefined, name: string, what: string): Known<readonly string[]> {
  if (!Array.isArray(json)) return { problem: `${what} not understood` }
  if (json.length > MOST_ENTRIES) return { problem: `${what} not taken: more than ${MOST_ENTRIES} entries` }
  const ids = (json as readonly Json[]).map((entry) => (isRecord(entry) ? member(entry, name) : entry))
  return ids.every((id): id is string => typeof id === 'string') ? { known: ids } : { problem: `${what} not understood` }
}

/** A port of TCP as a number or its digits; null for anything else. */
export function portOf(json: Json | undefined): number | null {
  const port = typeof json === 'string' && /^\d{1,5}$/.test(json) ? Number(json) : json
  return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : null
}

const DEEPEST_WRAPPING = 4

/** The one resource inside `{"DBInstances":[{…}]}`, `{"workgroup":{…}}` or `{"Reservations":[{"Instances":[{…}]}]}`. */
function unwrapped(json: Json): Json {
  let inside = json
  for (let depth = 0; depth < DEEPEST_WRAPPING; depth++) {
    if (Array.isArray(inside)) {
      if (inside.length !== 1) return inside
      inside = inside[0] as Json
      continue
    }
    if (!isRecord(inside)) return inside
    const names = Object.keys(inside).filter((name) => !BESIDE.has(name))
    const wrapper = names.length === 1 ? names[0]! : null
    if (wrapper === null || !WRAPPERS.has(wrapper)) return inside
    inside = (inside as Members)[wrapper]!
  }
  return inside
}

/** What stands beside the list in such an output. */
const BESIDE = new Set([
  'NextToken',
  'nextToken',
  'Marker',
  'ResponseMetadata',
  'OwnerId',
  'RequesterId',
  'ReservationId',
  'Groups',
])

const WRAPPERS = new Set([
  'DBInstances',
  'DBClusters',
  'DBInstance',
  'DBCluster',
  'Clusters',
  'workgroup',
  'snapshot',
  'DomainStatus',
  'ReplicationGroups',
  'CacheClusters',
  'ServerlessCaches',
  'Reservations',
  'Instances',
  'ClusterSubnetGroups',
  'SecurityGroups',
  'RouteTables',
  'NetworkAcls',
  'Subnets',
  'PrefixLists',
  'VpcBlockPublicAccessOptions',
  'VpcBlockPublicAccessExclusions',
  'DBSnapshots',
  'DBClusterSnapshots',
  'Snapshots',
  'Images',
  'KeyMetadata',
])

import type { EvidenceFile, Facet, Instant, Json, Reading, ResourceRef } from '../../../model/index.ts'
import type { CliOutputName } from '../cli-outputs.ts'
import type { CliPlace } from '../cli-place.ts'
import { databaseReadings, databaseSnapshotReadings, snapshotAttributes } from '../database-settings.ts'
import { type EvidenceItem, unreadPart } from '../evidence-item.ts'
import { at, isObject, type JsonObject, listAt, pick, textAt, withCapitalKeys } from '../json-fields.ts'
import { networkReadings } from '../network-settings.ts'
import { existence, observedAll, occasionOf, read } from '../observing.ts'
import { arnParts, type DatabaseType, databaseRef, type NetworkType, networkRef, trailRef } from '../resource-names.ts'

type Describe = (file: EvidenceFile, place: CliPlace, takenAt: Instant, output: JsonObject) => Iterable<EvidenceItem>
type Readings = Readonly<Record<Facet, Reading<Json> | undefined>>

/** The outputs that name their resources themselves. */
export const DESCRIBED: Readonly<Partial<Record<CliOutputName, Describe>>> = {
  'describe-db-instances': listed(
    'DBInstances',
    database('AWS::RDS::DBInstance', 'DBInstanceIdentifier', 'DBInstanceArn'),
    databaseReadings,
  ),
  'describe-db-clusters': listed(
    'DBClusters',
    database('AWS::RDS::DBCluster', 'DBClusterIdentifier', 'DBClusterArn'),
    databaseReadings,
  ),
  'describe-db-snapshots': listed(
    'DBSnapshots',
    database('AWS::RDS::DBSnapshot', 'DBSnapshotIdentifier', 'DBSnapshotArn'),
    snapshotOf,
  ),
  'describe-db-cluster-snapshots': listed(
    'DBClusterSnapshots',
    database('AWS::RDS::DBClusterSnapshot', 'DBClusterSnapshotIdentifier', 'DBClusterSnapshotArn'),
    snapshotOf,
  ),
  'describe-db-snapshot-attributes': attributesOf('AWS::RDS::DBSnapshot', 'DBSnapshot'),
  'describe-db-cluster-snapshot-attributes': attributesOf('AWS::RDS::DBClusterSnapshot', 'DBClusterSnapshot'),
  'describe-security-groups': listed('SecurityGroups', network('AWS::EC2::SecurityGroup', 'GroupId', 'SecurityGroupArn'), partOf),
  'describe-subnets': listed('Subnets', network('AWS::EC2::Subnet', 'SubnetId', 'SubnetArn'), partOf),
  'describe-route-tables': listed('RouteTables', network('AWS::EC2::RouteTable', 'RouteTableId', 'RouteTableArn'), partOf),
  'describe-network-acls': listed('NetworkAcls', network('AWS::EC2::NetworkAcl', 'NetworkAclId', 'NetworkAclArn'), partOf),
  'describe-trails': listed('trailList', trail, (value) => ({ trail: read(value) })),
  'get-event-selectors': eventSelectors,
}

function listed(
  key: string,
  resourceOf: (value: Json, place: CliPlace) => ResourceRef | null,
  readingsOf: (value: Json, resource: ResourceRef) => Readings,
): Describe {
  return function* describe(file, place, takenAt, output) {
    for (const [index, value] of (listAt(output, key) ?? []).entries()) {
      const resource = isObject(value) ? resourceOf(value, place) : null
      if (resource === null) yield nameless(file, key, index)
      else {
        const seen = occasionOf('aws-cli', 'point', resource, takenAt, { file: file.path })
        yield existence(seen, true)
        yield* observedAll(seen, readingsOf(value, resource))
      }
    }
  }
}

function database(type: DatabaseType, nameField: string, arnField: string) {
  return (value: Json): ResourceRef | null => {
    const arn = textAt(value, arnField)
    const parts = arnParts(arn)
    const name = textAt(value, nameField)
    return name === null || parts === null ? null : databaseRef(type, name, parts.account, parts.region, arn)
  }
}

function network(type: NetworkType, idField: string, arnField: string) {
  return (value: Json, place: CliPlace): ResourceRef | null => {
    const id = textAt(value, idField)
    const arn = textAt(value, arnField)
    const account = arnParts(arn)?.account ?? textAt(value, 'OwnerId') ?? place.account
    const zone = textAt(value, 'AvailabilityZone')?.replace(/[a-z]$/, '')
    const region = arnParts(arn)?.region ?? zone ?? place.region
    return id === null || account === null || region === null ? null : networkRef(type, id, account, region, arn)
  }
}

function trail(value: Json): ResourceRef | null {
  const arn = textAt(value, 'TrailARN')
  const parts = arnParts(arn)
  return parts === null ? null : trailRef(parts.rest.replace(/^trail\//, ''), parts.account, parts.region, arn)
}

function snapshotOf(value: Json): Readings {
  return databaseSnapshotReadings(value, undefined)
}

function partOf(value: Json, resource: ResourceRef): Readings {
  return networkReadings(resource.type, value)
}

/** The output names the snapshot and neither its account nor its region: those are the path's to tell. */
function attributesOf(type: DatabaseType, word: string): Describe {
  return function* describe(file, place, takenAt, output) {
    const result = at(output, `${word}AttributesResult`)
    const name = textAt(result, `${word}Identifier`)
    const parts = arnParts(name)
    const account = parts?.account ?? place.account
    const region = parts?.region ?? place.region
    if (name === null || account === null || region === null) {
      const detail = 'The output names neither account nor region of its snapshot, and its path does not name both.'
      yield unreadPart(file, 'malformed', detail, `Who may restore the snapshot ${name ?? ''}.`)
      return
    }
    const resource = databaseRef(type, parts === null ? name : parts.rest.replace(/^[a-z-]+:/, ''), account, region)
    const seen = occasionOf('aws-cli', 'point', resource, takenAt, { file: file.path })
    yield* observedAll(seen, { snapshotAttributes: snapshotAttributes(at(result, `${word}Attributes`)) })
  }
}

function* eventSelectors(file: EvidenceFile, _place: CliPlace, takenAt: Instant, output: JsonObject): Generator<EvidenceItem> {
  const resource = trail(output)
  if (resource === null) return yield nameless(file, 'EventSelectors', 0)
  const value = read(pick(withCapitalKeys(output), ['EventSelectors', 'AdvancedEventSelectors']))
  yield* observedAll(occasionOf('aws-cli', 'point', resource, takenAt, { file: file.path }), { eventSelectors: value })
}

function nameless(file: EvidenceFile, key: string, index: number): EvidenceItem {
  const detail = `Entry ${index + 1} of ${key} does not name its account and region, and neither does its path.`
  return unreadPart(file, 'malformed', detail, 'What it says of that resource.')
}

import type { EvidenceFile, EvidenceRef, Json } from '../../../model/index.ts'
import { type EvidenceItem, type ReadEvidenceOptions, unreadPart } from '../evidence-item.ts'
import { at, decodeNested, instantOf, isObject, textAt } from '../json-fields.ts'
import { ABSENT, type Occasion, existence, observed } from '../observing.ts'
import { readRecords } from '../read-json.ts'
import { accountBlockItems, bucketItems, accessPointItems } from './config-buckets.ts'
import { databaseItems, databaseSnapshotItems } from './config-databases.ts'
import { networkItems } from './config-networks.ts'
import { trailItems } from './config-trails.ts'
import type { ConfigRecord } from './config-record.ts'
import { configResource } from './config-resource.ts'

type ItemsOf = (record: ConfigRecord, occasion: Occasion) => EvidenceItem[]

/** What is read of each type of resource; items of other types are the estate's and say nothing of reach. */
const TYPES: Readonly<Record<string, ItemsOf>> = {
  'AWS::S3::Bucket': bucketItems,
  'AWS::S3::AccountPublicAccessBlock': accountBlockItems,
  'AWS::S3::AccessPoint': accessPointItems,
  'AWS::RDS::DBInstance': databaseItems,
  'AWS::RDS::DBCluster': databaseItems,
  'AWS::RDS::DBSnapshot': databaseSnapshotItems,
  'AWS::RDS::DBClusterSnapshot': databaseSnapshotItems,
  'AWS::EC2::SecurityGroup': networkItems,
  'AWS::EC2::Subnet': networkItems,
  'AWS::EC2::RouteTable': networkItems,
  'AWS::EC2::NetworkAcl': networkItems,
  'AWS::CloudTrail::Trail': trailItems,
}

const WANTED: ReadonlySet<string> = new Set(['configurationItems', 'configurationItem'])
const RECORDED: ReadonlySet<string> = new Set(['OK', 'ResourceDiscovered'])
const DELETED: ReadonlySet<string> = new Set(['ResourceDeleted', 'ResourceDeletedNotRecorded'])

/**
 * Configuration items of a snapshot, a history file, an oversized change notification or `get-resource-config-history`:
 * points at their capture time, and creation as a change at its own time.
 */
export async function* readAwsConfig(file: EvidenceFile, options: ReadEvidenceOptions): AsyncGenerator<EvidenceItem> {
  // The recorder writes this empty file to try whether it may write at all.
  if (file.path.endsWith('/ConfigWritabilityCheckFile')) return
  for await (const record of readRecords(file, WANTED, 'configuration item', options.signal)) {
    if (record.kind === 'unread') yield record
    else yield* itemsOf(file, record.value, record.offset)
  }
}

function itemsOf(file: EvidenceFile, item: Json, offset: number): EvidenceItem[] {
  const type = textAt(item, 'resourceType')
  const readItem = type !== null && Object.hasOwn(TYPES, type) ? TYPES[type]! : null
  if (type !== null && readItem === null) return []
  const evidence = evidenceOf(file, item, offset)
  const capturedAt = instantOf(at(item, 'configurationItemCaptureTime'))
  const resource = type === null ? null : configResource(type, item)
  const status = textAt(item, 'configurationItemStatus')
  if (readItem === null || capturedAt === null || resource === null || status === null) {
    const detail = 'One configuration item lacks its resource, its capture time or its status.'
    return [unreadPart(file, 'malformed', detail, `What it says of ${resource?.id ?? 'its resource'}.`, evidence)]
  }
  const seen: Occasion = { resource, kind: 'point', validFrom: capturedAt, source: 'aws-config', evidence }
  // The account stays when its block is deleted.
  const isSetting = type === 'AWS::S3::AccountPublicAccessBlock'
  if (DELETED.has(status)) return isSetting ? [observed(seen, 'accountPublicAccessBlock', ABSENT)] : [existence(seen, false)]
  if (status === 'ResourceNotRecorded') return isSetting ? [] : [existence(seen, true)]
  if (!RECORDED.has(status)) {
    const detail = `A configuration item has a status that is not known.`
    return [unreadPart(file, 'unsupported', detail, `What it says of ${resource.id}.`, evidence)]
  }
  const facets = readItem(recordOf(item), seen)
  return isSetting ? facets : [...creation(item, seen), existence(seen, true), ...facets]
}

function creation(item: Json, seen: Occasion): EvidenceItem[] {
  const createdAt = instantOf(at(item, 'resourceCreationTime'))
  return createdAt === null ? [] : [existence({ ...seen, kind: 'change', validFrom: createdAt }, true)]
}

function recordOf(item: Json): ConfigRecord {
  const supplementary = decodeNested(at(item, 'supplementaryConfiguration'))
  const decoded = isObject(supplementary)
    ? Object.entries(supplementary).map(([key, value]) => [key, decodeNested(value)!] as const)
    : []
  return {
    configuration: decodeNested(at(item, 'configuration')),
    supplementary: Object.fromEntries(decoded),
    tags: at(item, 'tags'),
  }
}

function evidenceOf(file: EvidenceFile, item: Json, offset: number): EvidenceRef {
  const state = at(item, 'configurationStateId')
  const known = typeof state === 'number' || typeof state === 'string'
  return { file: file.path, offset, ...(known ? { record: String(state) } : {}) }
}

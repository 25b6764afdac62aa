import type { EvidenceFile, Instant, Json, Reading, ResourceRef } from '../../../model/index.ts'
import { aclOfCli, publicAccessBlock } from '../bucket-acl.ts'
import {
  accessPoint,
  encryption,
  lifecycle,
  logging,
  objectOwnership,
  policyOfText,
  requestPayment,
  tagsOfList,
  versioning,
  website,
} from '../bucket-settings.ts'
import { type CliOutputName, cliOutputOf } from '../cli-outputs.ts'
import { type CliPlace, cliPlaceOf } from '../cli-place.ts'
import { type EvidenceItem, type ReadEvidenceOptions, unreadPart } from '../evidence-item.ts'
import { at, isObject, type JsonObject, listAt, textAt } from '../json-fields.ts'
import { ABSENT, existence, notRead, type Occasion, observed, occasionOf, read } from '../observing.ts'
import { readDocument } from '../read-json.ts'
import { accountRef, bucketRef } from '../resource-names.ts'
import { DESCRIBED } from './cli-descriptions.ts'

/** The facet that an output about one bucket holds. */
const BUCKET_OUTPUTS: Readonly<Partial<Record<CliOutputName, readonly [string, (output: JsonObject) => Reading<Json>]>>> = {
  'get-bucket-policy': ['policy', policyOf],
  'get-bucket-acl': ['acl', aclOfCli],
  'get-public-access-block': ['publicAccessBlock', (output) => publicAccessBlock(at(output, 'PublicAccessBlockConfiguration'))],
  'get-bucket-ownership-controls': ['objectOwnership', (output) => objectOwnership(at(output, 'OwnershipControls'))],
  'get-bucket-logging': ['logging', loggingOf],
  'get-bucket-policy-status': ['policyStatus', (output) => read(at(output, 'PolicyStatus') ?? null)],
  'get-bucket-encryption': ['encryption', (output) => encryption(at(output, 'ServerSideEncryptionConfiguration'))],
  'get-bucket-request-payment': ['requestPayment', (output) => requestPayment(textAt(output, 'Payer'))],
  'get-bucket-lifecycle-configuration': ['lifecycle', (output) => lifecycle(output)],
  'get-bucket-tagging': ['tags', (output) => tagsOfList(listAt(output, 'TagSet') ?? [])],
  'get-bucket-website': ['website', (output) => website(output)],
  'get-bucket-versioning': ['versioning', (output) => versioning(textAt(output, 'Status'))],
}

/**
 * What the command line printed, as points at the time that the path holds. Outputs do not say when they were taken, and most not
 * of which bucket: a path that does not say it clearly leaves them unread.
 */
export async function* readAwsCli(file: EvidenceFile, options: ReadEvidenceOptions): AsyncGenerator<EvidenceItem> {
  const found = await outputIn(file, options)
  if ('kind' in found) return yield found
  const { name, output } = found
  const place = cliPlaceOf(file.path, name)
  const takenAt = place.takenAt ?? options.takenAt ?? null
  if (takenAt === null) return yield undated(file)
  const describe = DESCRIBED[name]
  if (describe !== undefined) yield* describe(file, place, takenAt, output)
  else if (name === 'list-buckets') yield* bucketList(file, place, takenAt, output)
  else if (name === 'list-access-points') yield* accessPoints(file, takenAt, output)
  else yield* bucketItems(file, place, takenAt, name, output)
}

interface FoundOutput {
  readonly name: CliOutputName
  readonly output: JsonObject
}

async function outputIn(file: EvidenceFile, options: ReadEvidenceOptions): Promise<FoundOutput | EvidenceItem> {
  const silent = await silentOutput(file, options)
  if (silent !== null) return { name: silent, output: {} }
  const document = await readDocument(file, options.signal)
  if (document.kind === 'unread') return document
  const output = isObject(document.value) ? document.value : {}
  const known = cliOutputOf(new Set(Object.keys(output)))
  if (known !== null) return { name: known.name, output }
  return unreadPart(file, 'unknown-layout', 'The output is of no command that is known.', 'Whatever it says of the estate.')
}

/** The command line prints nothing for a setting that was never made; the file's name says which. */
async function silentOutput(file: EvidenceFile, options: ReadEvidenceOptions): Promise<CliOutputName | null> {
  const name = /get-bucket-(?:logging|versioning)/.exec(file.path)?.[0]
  if (name === undefined || file.sizeBytes > 64) return null
  const document = await readDocument(file, options.signal)
  const isSilent =
    document.kind === 'unread'
      ? document.unread.code === 'empty'
      : isObject(document.value) && Object.keys(document.value).length === 0
  return isSilent ? (name as CliOutputName) : null
}

function* bucketItems(
  file: EvidenceFile,
  place: CliPlace,
  takenAt: Instant,
  name: CliOutputName,
  output: JsonObject,
): Generator<EvidenceItem> {
  const found = BUCKET_OUTPUTS[name]
  if (found === undefined) return
  const [facet, readingOf] = found
  const value = readingOf(output)
  if (place.bucket !== null) {
    const seen = seenAt(file, bucketRef(place.bucket, place.account ?? '', place.region ?? ''), takenAt)
    yield existence(seen, true)
    yield observed(seen, facet, value)
    if (value.status === 'not-read')
      yield unreadPart(file, 'malformed', value.reason, `The ${facet} of ${seen.resource.id} at ${takenAt}.`)
  } else if (name === 'get-public-access-block' && place.account !== null) {
    yield observed(seenAt(file, accountRef(place.account), takenAt), 'accountPublicAccessBlock', value)
  } else {
    const detail = `The output of ${name} does not name its bucket, and its path does not say clearly which it is.`
    yield unreadPart(
      file,
      'malformed',
      `${detail} Name the file like bucket.${name}.json.`,
      `The ${facet} of one bucket at ${takenAt}.`,
    )
  }
}

function* bucketList(file: EvidenceFile, place: CliPlace, takenAt: Instant, output: JsonObject): Generator<EvidenceItem> {
  for (const bucket of listAt(output, 'Buckets') ?? []) {
    const name = textAt(bucket, 'Name')
    const region = textAt(bucket, 'BucketRegion') ?? place.region ?? ''
    // Its CreationDate moves with later changes of the bucket in some regions, so it is no evidence of when it was made.
    if (name !== null) yield existence(seenAt(file, bucketRef(name, place.account ?? '', region), takenAt), true)
  }
}

function* accessPoints(file: EvidenceFile, takenAt: Instant, output: JsonObject): Generator<EvidenceItem> {
  for (const point of listAt(output, 'AccessPointList') ?? []) {
    const arn = textAt(point, 'AccessPointArn')
    const [, , , region = '', account = '', name = ''] = (arn ?? '').split(':')
    if (arn === null) continue
    const resource: ResourceRef = {
      id: arn,
      type: 'AWS::S3::AccessPoint',
      account,
      region,
      name: name.replace(/^accesspoint\//, ''),
    }
    yield observed(seenAt(file, resource, takenAt), 'accessPoint', accessPoint(point))
  }
}

function policyOf(output: JsonObject): Reading<Json> {
  const policy = at(output, 'Policy')
  if (isObject(policy)) return read(policy)
  return typeof policy === 'string' ? policyOfText(policy) : notRead('The output holds no policy.')
}

function loggingOf(output: JsonObject): Reading<Json> {
  const enabled = at(output, 'LoggingEnabled')
  return enabled === undefined ? ABSENT : logging(textAt(enabled, 'TargetBucket'), textAt(enabled, 'TargetPrefix'))
}

function seenAt(file: EvidenceFile, resource: ResourceRef, takenAt: Instant): Occasion {
  return occasionOf('aws-cli', 'point', resource, takenAt, { file: file.path })
}

function undated(file: EvidenceFile): EvidenceItem {
  const detail =
    'The output of a command does not say when it was taken, and neither does its path; put a date like 2023-05-31 into it.'
  return unreadPart(file, 'malformed', detail, 'What it says of the estate.')
}

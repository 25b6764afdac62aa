import type { Json, Reading } from '../../../model/index.ts'
import { compareInstants } from '../../../model/index.ts'
import { aclOfConfig, publicAccessBlock } from '../bucket-acl.ts'
import {
  accessPoint,
  encryption,
  lifecycle,
  logging,
  objectOwnership,
  policyOfText,
  requestPayment,
  versioning,
  website,
} from '../bucket-settings.ts'
import { type EvidenceItem, unreadPart } from '../evidence-item.ts'
import { at, booleanOf, isObject, type JsonObject, textAt } from '../json-fields.ts'
import { ABSENT, notRead, type Occasion, observed, observedAll, read } from '../observing.ts'
import type { ConfigRecord } from './config-record.ts'

/** S3 had no object ownership before. https://aws.amazon.com/about-aws/whats-new/2020/10/ */
const OWNERSHIP_SINCE = '2020-10-01T00:00:00Z'

/** What AWS Config recorded of a bucket. */
export function bucketItems(record: ConfigRecord, occasion: Occasion): EvidenceItem[] {
  const { supplementary } = record
  const policy = policyOf(supplementary)
  const items = observedAll(occasion, {
    policy,
    acl: aclOf(supplementary),
    publicAccessBlock: orAbsent(supplementary, 'PublicAccessBlockConfiguration', publicAccessBlock),
    objectOwnership: ownershipOf(supplementary, occasion),
    encryption: orAbsent(supplementary, 'ServerSideEncryptionConfiguration', encryption),
    website: orAbsent(supplementary, 'BucketWebsiteConfiguration', website),
    lifecycle: orAbsent(supplementary, 'BucketLifecycleConfiguration', lifecycle),
    logging: ifThere(supplementary, 'BucketLoggingConfiguration', loggingOf),
    versioning: ifThere(supplementary, 'BucketVersioningConfiguration', versioningOf),
    requestPayment: ifThere(supplementary, 'IsRequesterPaysEnabled', paymentOf),
    tags: tagsOf(record),
  })
  if (policy.status !== 'not-read' || at(supplementary, 'BucketPolicy') === undefined) return items
  const detail = `The bucket policy of ${occasion.resource.name}: ${policy.reason}`
  const lost = `Whom the policy of ${occasion.resource.id} lets in at ${occasion.validFrom}.`
  return [...items, unreadPart({ path: occasion.evidence.file }, 'malformed', detail, lost, occasion.evidence)]
}

/** What AWS Config recorded of an account's own public access block. */
export function accountBlockItems(record: ConfigRecord, occasion: Occasion): EvidenceItem[] {
  return [observed(occasion, 'accountPublicAccessBlock', publicAccessBlock(record.configuration))]
}

/** What AWS Config recorded of an access point. */
export function accessPointItems(record: ConfigRecord, occasion: Occasion): EvidenceItem[] {
  return [observed(occasion, 'accessPoint', accessPoint(record.configuration))]
}

function policyOf(supplementary: JsonObject): Reading<Json> {
  const policy = at(supplementary, 'BucketPolicy')
  const text = at(policy, 'policyText')
  if (text === null) return ABSENT
  if (typeof text === 'string') return policyOfText(text)
  if (isObject(text)) return read(text)
  // A policy whose own text was all there was under the key, decoded with the rest.
  if (isObject(policy) && Object.hasOwn(policy, 'Statement')) return read(policy)
  return notRead('AWS Config recorded the bucket without its policy.')
}

function aclOf(supplementary: JsonObject): Reading<Json> {
  const acl = at(supplementary, 'AccessControlList')
  return acl === undefined ? notRead('AWS Config recorded the bucket without its ACL.') : aclOfConfig(acl)
}

/** AWS Config leaves these keys out where nothing is set, so a record that has others says that there is none. */
function orAbsent(supplementary: JsonObject, key: string, reading: (value: Json) => Reading<Json>): Reading<Json> | undefined {
  const value = at(supplementary, key)
  if (value !== undefined && value !== null) return reading(value)
  return Object.keys(supplementary).length > 0 ? ABSENT : undefined
}

function ifThere(supplementary: JsonObject, key: string, reading: (value: Json) => Reading<Json>): Reading<Json> | undefined {
  const value = at(supplementary, key)
  return value === undefined || value === null ? undefined : reading(value)
}

/** Whether AWS Config records ownership is not documented, so a missing key says nothing, except before there was any. */
function ownershipOf(supplementary: JsonObject, occasion: Occasion): Reading<Json> | undefined {
  const value = at(supplementary, 'OwnershipControls') ?? at(supplementary, 'BucketOwnershipControls')
  if (value !== undefined && value !== null) return objectOwnership(value)
  return compareInstants(occasion.validFrom, OWNERSHIP_SINCE) < 0 ? ABSENT : undefined
}

function loggingOf(value: Json): Reading<Json> {
  return logging(textAt(value, 'destinationBucketName'), textAt(value, 'logFilePrefix'))
}

function versioningOf(value: Json): Reading<Json> {
  return versioning(textAt(value, 'status'), booleanOf(at(value, 'isMfaDeleteEnabled')))
}

function paymentOf(value: Json): Reading<Json> {
  const requester = booleanOf(value)
  return requestPayment(requester === null ? null : requester ? 'Requester' : 'BucketOwner')
}

function tagsOf(record: ConfigRecord): Reading<Json> | undefined {
  const own = at(record.supplementary, 'BucketTaggingConfiguration', 'tagSets')
  const first = Array.isArray(own) ? at(own[0] as Json, 'tags') : undefined
  const tags = isObject(first) ? first : record.tags
  if (!isObject(tags)) return undefined
  return Object.keys(tags).length === 0 ? ABSENT : read(tags)
}

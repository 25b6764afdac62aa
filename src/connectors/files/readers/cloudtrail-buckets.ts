import type { Facet, Json, Reading } from '../../../model/index.ts'
import { compareInstants } from '../../../model/index.ts'
import { aclOfRequest, cannedAcl, publicAccessBlock } from '../bucket-acl.ts'
import {
  encryption,
  lifecycle,
  logging,
  objectOwnership,
  ownershipWord,
  policyOfText,
  requestPayment,
  tagsOfList,
  versioning,
  website,
} from '../bucket-settings.ts'
import type { EvidenceItem } from '../evidence-item.ts'
import { at, isObject, listOf, single, textAt } from '../json-fields.ts'
import { ABSENT, existence, notRead, read } from '../observing.ts'
import { accountRef } from '../resource-names.ts'
import { bucketOf, changed, changeOf, type EventHandlers, nameless, notHeld, type TrailEvent } from './cloudtrail-event.ts'

/**
 * New buckets have all of public access blocked and their ACLs off. Regions followed over April 2023.
 * https://aws.amazon.com/blogs/aws/heads-up-amazon-s3-security-changes-are-coming-in-april-of-2023/
 */
const CLOSED_BY_DEFAULT_FROM = '2023-04-05T00:00:00Z'
const CLOSED_BY_DEFAULT_EVERYWHERE = '2023-04-28T00:00:00Z'
/** https://aws.amazon.com/blogs/aws/amazon-s3-encrypts-new-objects-by-default/ */
const ENCRYPTED_BY_DEFAULT_FROM = '2023-01-05T00:00:00Z'

type ReadingOf = (parameters: Json, event: TrailEvent) => Reading<Json>

/** Events of S3 and S3 Control that change a bucket's or an account's settings. CloudTrail's names differ from the API's for some. */
export const BUCKET_EVENTS: EventHandlers = {
  CreateBucket: createBucket,
  DeleteBucket: deleteBucket,
  PutBucketPolicy: sets('policy', policyOf),
  DeleteBucketPolicy: clears('policy'),
  PutBucketAcl: sets('acl', (parameters, event) => aclOfRequest(parameters) ?? notHeld(event)),
  PutBucketPublicAccessBlock: putPublicAccessBlock,
  PutPublicAccessBlock: putPublicAccessBlock,
  PutAccountPublicAccessBlock: putPublicAccessBlock,
  DeleteBucketPublicAccessBlock: deletePublicAccessBlock,
  DeletePublicAccessBlock: deletePublicAccessBlock,
  DeleteAccountPublicAccessBlock: deletePublicAccessBlock,
  PutBucketOwnershipControls: sets('objectOwnership', (parameters) => objectOwnership(at(parameters, 'OwnershipControls'))),
  DeleteBucketOwnershipControls: clears('objectOwnership'),
  PutBucketEncryption: sets('encryption', (parameters) => encryption(at(parameters, 'ServerSideEncryptionConfiguration'))),
  DeleteBucketEncryption: clearEncryption,
  PutBucketRequestPayment: sets('requestPayment', (parameters) =>
    requestPayment(textAt(parameters, 'RequestPaymentConfiguration', 'Payer')),
  ),
  PutBucketWebsite: sets('website', (parameters) => website(at(parameters, 'WebsiteConfiguration'))),
  DeleteBucketWebsite: clears('website'),
  PutBucketLogging: sets('logging', loggingOf),
  PutBucketVersioning: sets('versioning', versioningOf),
  PutBucketLifecycle: sets('lifecycle', (parameters) => lifecycle(at(parameters, 'LifecycleConfiguration'))),
  PutBucketLifecycleConfiguration: sets('lifecycle', (parameters) => lifecycle(at(parameters, 'LifecycleConfiguration'))),
  DeleteBucketLifecycle: clears('lifecycle'),
  DeleteBucketLifecycleConfiguration: clears('lifecycle'),
  PutBucketTagging: sets('tags', (parameters) => tagsOfList(listOf(at(parameters, 'Tagging', 'TagSet', 'Tag')))),
  DeleteBucketTagging: clears('tags'),
}

function sets(facet: Facet, readingOf: ReadingOf): (event: TrailEvent) => EvidenceItem[] {
  return (event) => {
    const bucket = bucketOf(event)
    if (bucket === null) return nameless(event)
    return changed(event, bucket, { [facet]: event.parameters === null ? notHeld(event) : readingOf(event.parameters, event) })
  }
}

function clears(facet: Facet): (event: TrailEvent) => EvidenceItem[] {
  return (event) => {
    const bucket = bucketOf(event)
    return bucket === null ? nameless(event) : changed(event, bucket, { [facet]: ABSENT })
  }
}

function policyOf(parameters: Json, event: TrailEvent): Reading<Json> {
  const policy = at(parameters, 'bucketPolicy') ?? at(parameters, 'policy')
  if (isObject(policy)) return read(policy)
  return typeof policy === 'string' && policy !== '' ? policyOfText(policy) : notHeld(event)
}

function loggingOf(parameters: Json, event: TrailEvent): Reading<Json> {
  const status = at(parameters, 'BucketLoggingStatus')
  if (status === undefined) return notHeld(event)
  const enabled = at(status, 'LoggingEnabled')
  return logging(textAt(enabled, 'TargetBucket'), textAt(enabled, 'TargetPrefix'))
}

function versioningOf(parameters: Json, event: TrailEvent): Reading<Json> {
  const status = textAt(parameters, 'VersioningConfiguration', 'Status')
  return status === null ? notHeld(event) : versioning(status)
}

function putPublicAccessBlock(event: TrailEvent): EvidenceItem[] {
  const settings = at(event.parameters ?? undefined, 'PublicAccessBlockConfiguration')
  return blockChanged(event, isObject(settings) ? publicAccessBlock(settings) : notHeld(event))
}

function deletePublicAccessBlock(event: TrailEvent): EvidenceItem[] {
  return blockChanged(event, ABSENT)
}

/** The same event names stand for a bucket's block and for an account's; the parameters tell which. */
function blockChanged(event: TrailEvent, value: Reading<Json>): EvidenceItem[] {
  const bucket = event.name.includes('Account') ? null : bucketOf(event)
  if (bucket !== null) return changed(event, bucket, { publicAccessBlock: value })
  const account = textAt(event.parameters ?? undefined, 'accountId') ?? event.account
  if (!/^\d{12}$/.test(account)) return nameless(event)
  return changed(event, accountRef(account, event.region), { accountPublicAccessBlock: value })
}

function clearEncryption(event: TrailEvent): EvidenceItem[] {
  const bucket = bucketOf(event)
  return bucket === null ? nameless(event) : changed(event, bucket, { encryption: defaultEncryption(event) })
}

function deleteBucket(event: TrailEvent): EvidenceItem[] {
  const bucket = bucketOf(event)
  return bucket === null ? nameless(event) : [existence(changeOf(event, bucket), false)]
}

/** A new bucket has nothing set but what the request sets and what the provider set for new buckets at that time. */
function createBucket(event: TrailEvent): EvidenceItem[] {
  const bucket = bucketOf(event)
  if (bucket === null) return nameless(event)
  const ownership = single(at(event.parameters ?? undefined, 'x-amz-object-ownership'))
  const closed = closedByDefault(event)
  const readings = {
    policy: ABSENT,
    acl: event.parameters === null ? notHeld(event) : (aclOfRequest(event.parameters) ?? cannedAcl('private')),
    publicAccessBlock: closed === null ? unknownDefault() : closed ? allBlocked() : ABSENT,
    objectOwnership:
      typeof ownership === 'string'
        ? ownershipWord(ownership)
        : closed === null || event.parameters === null
          ? unknownDefault()
          : closed
            ? read('BucketOwnerEnforced')
            : ABSENT,
    encryption: defaultEncryption(event),
    requestPayment: requestPayment('BucketOwner'),
    website: ABSENT,
    logging: ABSENT,
    versioning: ABSENT,
    lifecycle: ABSENT,
    tags: ABSENT,
  }
  return [existence(changeOf(event, bucket), true), ...changed(event, bucket, readings)]
}

/** Null while regions were being changed over. */
function closedByDefault(event: TrailEvent): boolean | null {
  if (compareInstants(event.at, CLOSED_BY_DEFAULT_FROM) < 0) return false
  return compareInstants(event.at, CLOSED_BY_DEFAULT_EVERYWHERE) < 0 ? null : true
}

function unknownDefault(): Reading<Json> {
  return notRead('The bucket was created while the provider changed its defaults region by region (5 to 28 April 2023).')
}

function allBlocked(): Reading<Json> {
  return publicAccessBlock({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  })
}

function defaultEncryption(event: TrailEvent): Reading<Json> {
  if (compareInstants(event.at, ENCRYPTED_BY_DEFAULT_FROM) < 0) return ABSENT
  return encryption({ Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] })
}

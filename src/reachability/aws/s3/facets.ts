import type { Json, ResourceConfiguration, ZoneOfTrust } from '../../../model/index.ts'
import { decisive, isRecord, type Known, narrowing } from '../../readings.ts'
import { type ParsedAcl, parseAcl, parseObjectAcls } from './acl.ts'
import { type Policy, parsePolicy } from '../policy/document.ts'

/** The settings of a bucket that decide who gets in. A problem is a sentence: why a setting is not known. */
export interface BucketFacets {
  readonly policy: Known<{ readonly policy: Policy; readonly document: Json } | null>
  readonly controls: Known<readonly { readonly policy: Policy; readonly document: Json }[]>
  readonly acl: Known<ParsedAcl>
  readonly objectAcls: Known<readonly { readonly key: string; readonly acl: ParsedAcl }[]>
  /** Whether ACLs count at all. */
  readonly aclsDisabled: Known<boolean>
  readonly bucketBlock: Known<Block>
  readonly accountBlock: Known<Block>
  readonly requesterPays: Known<boolean>
  /** Whether new objects are encrypted with a key of the key management service, and with which. */
  readonly keyEncryption: Known<string | null>
}

export interface Block {
  readonly ignorePublicAcls: boolean
  readonly restrictPublicBuckets: boolean
}

/**
 * Reads the facets of a bucket. Policy, ACL, ownership, both public access blocks and the objects' ACLs must have been read.
 * The settings that only ever narrow and are seldom set (requester pays, encryption, resource control policies) are taken as
 * not set where the record does not have them at all: most sources never hold them, and a clear grant would otherwise never
 * be called one. Where someone tried to read them and could not, they are not known.
 */
export function bucketFacets(
  { facets }: ResourceConfiguration,
  related: readonly ResourceConfiguration[],
  zone: ZoneOfTrust,
): BucketFacets {
  const account = related.find(({ resource }) => resource.type === 'AWS::Account')?.facets ?? {}
  const trusted = zone.principals
  return {
    policy: decisive(facets.policy, 'bucket policy', parseBucketPolicy, () => ({ known: null })),
    controls: narrowing(facets.resourceControlPolicies, 'resource control policies', parseControls, []),
    acl: decisive(
      facets.acl,
      'bucket ACL',
      (json) => known(parseAcl(json, trusted), 'bucket ACL'),
      () => ({ known: NO_GRANTS }),
    ),
    objectAcls: decisive(
      facets.objectAcls,
      'object ACLs',
      (json) => known(parseObjectAcls(json, trusted), 'object ACLs'),
      () => ({ known: [] }),
    ),
    aclsDisabled: decisive(facets.objectOwnership, 'object ownership', parseOwnership, () => ({ known: false })),
    bucketBlock: decisive(facets.publicAccessBlock, "bucket's public access block", parseBlock, () => ({ known: OPEN })),
    accountBlock: decisive(
      facets.accountPublicAccessBlock ?? account.accountPublicAccessBlock ?? account.publicAccessBlock,
      "account's public access block",
      parseBlock,
      () => ({ known: OPEN }),
    ),
    requesterPays: narrowing(facets.requestPayment, 'request payment', parsePayer, false),
    keyEncryption: narrowing(facets.encryption, 'default encryption', parseEncryption, null),
  }
}

const NO_GRANTS: ParsedAcl = { grants: [], unclear: [] }
const OPEN: Block = { ignorePublicAcls: false, restrictPublicBuckets: false }

function known<T>(value: T | null, name: string): Known<T> {
  return value === null ? { problem: `${name} not understood` } : { known: value }
}

function parseBucketPolicy(document: Json): BucketFacets['policy'] {
  const parsed = parsePolicy(document, 'bucket policy')
  return 'problem' in parsed ? parsed : { known: { policy: parsed.policy, document: asDocument(document) } }
}

function parseControls(list: Json): BucketFacets['controls'] {
  const controls: { policy: Policy; document: Json }[] = []
  for (const [at, document] of (Array.isArray(list) ? (list as readonly Json[]) : [list]).entries()) {
    const parsed = parsePolicy(document, `resource control policy ${at + 1}`)
    if ('problem' in parsed) return parsed
    controls.push({ policy: parsed.policy, document: asDocument(document) })
  }
  return { known: controls }
}

function asDocument(document: Json): Json {
  return typeof document === 'string' ? (JSON.parse(document) as Json) : document
}

const OWNERSHIPS = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']

function parseOwnership(json: Json): Known<boolean> {
  const rule = isRecord(json) && Array.isArray(json.Rules) ? (json.Rules as readonly Json[])[0] : json
  const word = isRecord(rule) ? rule.ObjectOwnership : rule
  return typeof word === 'string' && OWNERSHIPS.includes(word)
    ? { known: word === 'BucketOwnerEnforced' }
    : { problem: 'object ownership not understood' }
}

function parseBlock(json: Json): Known<Block> {
  const block = isRecord(json) && isRecord(json.PublicAccessBlockConfiguration) ? json.PublicAccessBlockConfiguration : json
  if (!isRecord(block)) return { problem: 'public access block not understood' }
  const { IgnorePublicAcls: ignore = false, RestrictPublicBuckets: restrict = false } = block
  return typeof ignore === 'boolean' && typeof restrict === 'boolean'
    ? { known: { ignorePublicAcls: ignore, restrictPublicBuckets: restrict } }
    : { problem: 'public access block not understood' }
}

function parsePayer(json: Json): Known<boolean> {
  const payer = isRecord(json) ? json.Payer : json
  return payer === 'Requester' || payer === 'BucketOwner'
    ? { known: payer === 'Requester' }
    : { problem: 'request payment not understood' }
}

function parseEncryption(json: Json): Known<string | null> {
  const rules =
    isRecord(json) && isRecord(json.ServerSideEncryptionConfiguration)
      ? json.ServerSideEncryptionConfiguration.Rules
      : isRecord(json)
        ? json.Rules
        : null
  const rule = Array.isArray(rules) ? (rules as readonly Json[])[0] : null
  const byDefault = isRecord(rule ?? undefined)
    ? (rule as { readonly [key: string]: Json }).ApplyServerSideEncryptionByDefault
    : null
  if (!isRecord(byDefault) || typeof byDefault.SSEAlgorithm !== 'string') return { problem: 'default encryption not understood' }
  if (byDefault.SSEAlgorithm === 'AES256') return { known: null }
  return { known: typeof byDefault.KMSMasterKeyID === 'string' ? byDefault.KMSMasterKeyID : 'the key that AWS manages for S3' }
}

import type { Json, Reading } from '../../model/index.ts'
import { SOME_CHARACTERS } from '../engine/patterns.ts'
import type { Variable } from '../engine/solve.ts'
import { decisive, isKnown, isRecord, type Known, type Members } from '../readings.ts'
import type { Dialect, StatementPlace, StoreGrant } from './dialect.ts'
import {
  ANY_REST,
  derived,
  finite,
  type Grantee,
  type KeyView,
  parseAcl,
  parseObjectAcls,
  type RequestShape,
  text,
  TRANSPORT,
} from './policy-language.ts'
import { type Comparison, comparisonsOf, conditionBlock, ownKey, refused, textList } from './translation.ts'

const PRODUCT = 'Ceph'
const ACTIONS = {
  read: ['s3:GetObject', 's3:GetObjectVersion'],
  list: ['s3:ListBucket', 's3:ListBucketVersions'],
  write: ['s3:PutObject'],
  delete: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  admin: ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:PutBucketAcl', 's3:PutObjectAcl', 's3:PutBucketPublicAccessBlock'],
}

/**
 * Ceph's object gateway 16.2 (Pacific): policies, lists of buckets and objects, IgnorePublicAcls. RestrictPublicBuckets and
 * object ownership do nothing. A condition on a missing key is not met, negated or not; a negated operator with several values
 * is met by a value that differs from one of them; Null asks for absence whatever it is compared with; statements with
 * NotAction are about nothing. The users of other tenants are outsiders: tenants stand where AWS has accounts.
 */
export const ceph: Dialect = {
  type: 'Ceph::S3::Bucket',
  product: PRODUCT,
  actions: ACTIONS,
  hasOtherTenants: true,
  takesLoneStatement: true,
  versions: ['2012-10-17', '2008-10-17', undefined],
  statement: cephStatement,
  key: cephKey,
  objectKeys: ANY_REST,
  acl: grantsOfLists,
  ignoresPublicAcls: ({ publicAccessBlock }) =>
    decisive(publicAccessBlock, 'public access block', ignores, () => ({ known: false })),
  remarks: (keys) =>
    keys.has('aws:SourceIp')
      ? [`aws:SourceIp is the address that ${PRODUCT} is called from, or what rgw_remote_addr_param says, which was not read`]
      : [],
}

function cephStatement(members: Members, { inside }: StatementPlace): Known<Members | null> {
  const {
    Effect: effect,
    Principal: principal,
    NotPrincipal,
    Action: action,
    NotAction,
    Resource,
    NotResource,
    Condition,
  } = members
  if (effect !== 'Allow' && effect !== 'Deny') return refused(PRODUCT, 'such an Effect')
  if ((principal === undefined) === (NotPrincipal === undefined)) return refused(PRODUCT, 'such a Principal')
  const who = principal === undefined ? everyoneBut(NotPrincipal!, inside) : whom(principal, inside)
  if (!isKnown(who)) return who
  const resources = textList(Resource ?? NotResource)
  if (!resources || (Resource === undefined) === (NotResource === undefined) || resources.some((glob) => glob.includes('${'))) {
    return refused(PRODUCT, 'such a Resource')
  }
  const comparisons = comparisonsOf(Condition)
  if (!isKnown(comparisons)) return comparisons
  const translations: Comparison[] = []
  for (const comparison of comparisons.known) {
    const own = cephComparison(comparison)
    if (!isKnown(own)) return own
    if (own.known === null) return { known: null }
    translations.push(...own.known)
  }
  if (action === undefined && NotAction !== undefined) return { known: null }
  const actions = textList(action)
  if (!actions) return refused(PRODUCT, 'such an Action')
  if (who.known === null) return { known: null }
  return {
    known: {
      ...(typeof members.Sid === 'string' ? { Sid: members.Sid } : {}),
      Effect: effect,
      Principal: who.known,
      Action: actions,
      [Resource === undefined ? 'NotResource' : 'Resource']: resources,
      ...conditionBlock(translations),
    },
  }
}

/** The outsiders that the element lists, as AWS says it; null where it lists none. */
function whom(principal: Json, inside: readonly string[]): Known<Json | null> {
  if (principal === '*') return { known: '*' }
  const listed = isRecord(principal) && Object.keys(principal).join() === 'AWS' ? textList(principal.AWS) : null
  if (!listed) return { problem: 'its principal is not understood' }
  if (listed.includes('*')) return { known: '*' }
  const entries = listed.map((entry) => ({ entry, tenant: tenantOf(entry) }))
  if (!entries.every(({ tenant }) => tenant !== null)) return { problem: 'its principal is not understood' }
  const outside = entries.filter(({ tenant }) => !inside.includes(tenant!))
  if (outside.length === 0) return { known: null }
  const asAccounts = outside.filter(({ tenant }) => /^\d{12}$/.test(tenant!)).map(({ entry }) => entry)
  const byName = outside.filter(({ tenant }) => !/^\d{12}$/.test(tenant!)).map(({ entry }) => entry)
  return {
    known: { ...(asAccounts.length > 0 ? { AWS: asAccounts } : {}), ...(byName.length > 0 ? { CanonicalUser: byName } : {}) },
  }
}

function everyoneBut(principal: Json, inside: readonly string[]): Known<Json | null> {
  const exempt = whom(principal, inside)
  if (!isKnown(exempt)) return exempt
  if (exempt.known === '*') return { known: null }
  return exempt.known === null ? { known: '*' } : { problem: 'its NotPrincipal leaves out outsiders' }
}

/** The tenant of `arn:aws:iam::TENANT:user/NAME`, `arn:aws:iam::TENANT:root` or the bare name of a tenant. */
function tenantOf(entry: string): string | null {
  const arn = /^arn:aws:iam::([^:]*):(?:root|(?:user|role)\/[^/*?]+)$/.exec(entry)
  if (arn) return arn[1]!
  return /^[^:/*]+$/.test(entry) ? entry : null
}

const POSITIVE =
  /^(String(Equals|EqualsIgnoreCase|Like)|Numeric(Equals|LessThan|LessThanEquals|GreaterThan|GreaterThanEquals)|Bool|IpAddress)$/
const NEGATED = /^(String(NotEquals|NotEqualsIgnoreCase|NotLike)|NumericNotEquals|NotIpAddress)$/

/** As AWS says it; null where the condition is never met. */
function cephComparison({ quantifier, operator, key, values }: Comparison): Known<readonly Comparison[] | null> {
  if (quantifier !== '') return refused(PRODUCT, 'ForAllValues or ForAnyValue')
  if (values.some((value) => value.includes('${'))) return { problem: 'its condition has policy variables' }
  const base = operator.replace(/IfExists$/, '')
  const own = AS_ON_AWS.has(key) ? key : ownKey(key)
  if (/^Arn(Not)?(Equals|Like)$/.test(operator)) return { known: null }
  if (operator === 'Null') return { known: [{ quantifier, operator, key: own, values: ['true'] }] }
  if (POSITIVE.test(base)) return { known: [{ quantifier, operator, key: own, values }] }
  if (!NEGATED.test(base)) return { problem: `the condition operator ${operator.slice(0, 60)}` }
  if (base !== 'NotIpAddress' && new Set(values).size > 1) return { problem: 'a negated operator has several values' }
  const comparison = { quantifier, operator, key: own, values }
  return { known: operator === base ? [comparison, { quantifier, operator: 'Null', key: own, values: ['false'] }] : [comparison] }
}

const AS_ON_AWS = new Set(['aws:SourceIp', 'aws:Referer', 'aws:UserAgent'])
// Filled in, in a form or for a sender that nothing is concluded from here.
const UNCLEAR =
  /^(aws:(CurrentTime|EpochTime|username)|sts:authentication|rgw:subuser|s3:(ExistingObjectTag|RequestObjectTag)\/.*)$/
const OF_LISTS = new Set(['s3:prefix', 's3:delimiter'])
const OF_WRITES = /^s3:x-amz-(acl|grant-(read|write|read-acp|write-acp|full-control))$/
const LISTED_AT_MOST: Variable = { presence: 'optional', many: false, domain: { kind: 'number', least: 0, most: 2_147_483_647 } }
const SOME_VALUE: Variable = text('optional', [{ patterns: [SOME_CHARACTERS], negated: false }])
const CANNED = [
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
]

function cephKey(key: string, { action }: RequestShape): KeyView | null {
  const lists = ACTIONS.list.includes(action)
  if (UNCLEAR.test(key)) return { kind: 'unknown', why: `the key ${key}` }
  if (key === 'aws:PrincipalType') return { kind: 'fixed', values: ['User'] }
  // There over TLS, and missing over plain HTTP.
  if (key === 'aws:SecureTransport') return derived(TRANSPORT, (value) => (value === 'plain' ? null : 'true'))
  // The empty prefix counts as none.
  if (OF_LISTS.has(key)) return lists ? { kind: 'variable', variable: ownKey(key), declare: SOME_VALUE } : { kind: 'absent' }
  if (key === 's3:max-keys')
    return lists ? { kind: 'variable', variable: ownKey(key), declare: LISTED_AT_MOST } : { kind: 'absent' }
  if (OF_WRITES.test(key)) {
    if (!/^s3:Put(Object|ObjectAcl|BucketAcl)$/.test(action)) return { kind: 'absent' }
    const declare = key === 's3:x-amz-acl' ? finite(CANNED, 'optional') : SOME_VALUE
    return { kind: 'variable', variable: ownKey(key), declare }
  }
  return { kind: 'absent' }
}

type Facets = Readonly<Record<string, Reading<Json> | undefined>>

/** What a permission lets one do, on a bucket and on an object: Ceph documentation, "Bucket operations: permissions". */
const OF_BUCKET: Readonly<Record<string, readonly string[]>> = {
  READ: ACTIONS.list,
  WRITE: [...ACTIONS.write, ...ACTIONS.delete],
  WRITE_ACP: ['s3:PutBucketAcl'],
  FULL_CONTROL: [...ACTIONS.list, ...ACTIONS.write, ...ACTIONS.delete, 's3:PutBucketAcl'],
}
const OF_OBJECT: Readonly<Record<string, readonly string[]>> = {
  READ: ACTIONS.read,
  WRITE_ACP: ['s3:PutObjectAcl'],
  FULL_CONTROL: [...ACTIONS.read, 's3:PutObjectAcl'],
}

function grantsOfLists({ acl, objectAcls }: Facets): Known<readonly StoreGrant[]> {
  const bucket = decisive<readonly StoreGrant[]>(
    acl,
    'bucket ACL',
    (json) => grantsOf(parseAcl(json, { trusted: [] }), 'the bucket ACL', OF_BUCKET, null),
    () => ({ known: [] }),
  )
  const objects = decisive<readonly StoreGrant[]>(objectAcls, 'object ACLs', grantsOfObjects, () => ({ known: [] }))
  if (!isKnown(bucket)) return bucket
  return isKnown(objects) ? { known: [...bucket.known, ...objects.known] } : objects
}

function grantsOfObjects(json: Json): Known<readonly StoreGrant[]> {
  const lists = parseObjectAcls(json, { trusted: [] })
  if (!lists) return { problem: 'object ACLs not understood' }
  if (!lists.complete) return { problem: 'the ACLs of some objects were not read' }
  const grants: StoreGrant[] = []
  for (const { key, acl } of lists.objects) {
    const own = grantsOf(acl, `the ACL of the object ${JSON.stringify(key)}`, OF_OBJECT, key)
    if (!isKnown(own)) return own
    grants.push(...own.known)
  }
  return { known: grants }
}

function grantsOf(
  acl: ReturnType<typeof parseAcl>,
  name: string,
  table: Readonly<Record<string, readonly string[]>>,
  key: string | null,
): Known<readonly StoreGrant[]> {
  if (!acl || acl.unclear.length > 0) return { problem: acl?.unclear[0] ?? `${name} not understood` }
  return {
    known: acl.grants.map(({ grantee, permission }) => ({
      label: `${name} (${permission} to ${granteeName(grantee)})`,
      grantee,
      actions: table[permission] ?? [],
      key,
    })),
  }
}

function granteeName(grantee: Grantee): string {
  return typeof grantee === 'string'
    ? grantee === 'everyone'
      ? 'AllUsers'
      : 'AuthenticatedUsers'
    : grantee.canonicalId.slice(0, 40)
}

function ignores(json: Json): Known<boolean> {
  const block = isRecord(json) && isRecord(json.PublicAccessBlockConfiguration) ? json.PublicAccessBlockConfiguration : json
  const ignored = isRecord(block) ? (block.IgnorePublicAcls ?? false) : null
  return typeof ignored === 'boolean' ? { known: ignored } : { problem: 'public access block not understood' }
}

import type { Json } from '../../model/index.ts'
import { parseCidr, union, complement, isEmpty, NO_ADDRESSES, ALL_ADDRESSES } from '../engine/addresses.ts'
import type { Variable } from '../engine/solve.ts'
import type { Known, Members } from '../readings.ts'
import type { Dialect } from './dialect.ts'
import { ANY_REST, finite, type KeyView, text } from './policy-language.ts'
import {
  actionsNamed,
  type Comparison,
  comparisonsOf,
  conditionBlock,
  ownKey,
  refused,
  textList,
  withUnclearVariables,
} from './translation.ts'

const PRODUCT = 'MinIO'
const ACTIONS = {
  // The version of an object is read and removed under the same actions as the object.
  read: ['s3:GetObject'],
  list: ['s3:ListBucket', 's3:ListBucketVersions'],
  write: ['s3:PutObject'],
  delete: ['s3:DeleteObject'],
  admin: ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'],
}
const KNOWN_ACTIONS = Object.values(ACTIONS).flat()

/**
 * MinIO: policies alone, no access control lists, no block of public access. Only requests without credentials are judged by a
 * bucket's policy; users are judged by policies of their own, and are the store's own.
 *
 * MinIO's documentation warns that aws:SourceIp, aws:Referer and aws:UserAgent can be spoofed; measured on the version of
 * February 2026, a header of a key's own name sets any key of a condition, so that conditions keep nobody out who may send
 * headers as they like. A proxy in front that takes such headers away is not part of a bucket's configuration.
 */
export const minio: Dialect = {
  type: 'MinIO::S3::Bucket',
  product: PRODUCT,
  actions: ACTIONS,
  hasOtherTenants: false,
  versions: ['2012-10-17', '', undefined],
  statement: minioStatement,
  key: minioKey,
  objectKeys: ANY_REST,
  remarks: (keys) =>
    keys.size === 0
      ? []
      : [
          `${[...keys].sort().join(', ')}: ${PRODUCT} takes the value from headers that the sender may write, so this keeps nobody out`,
        ],
}

function minioStatement(members: Members): Known<Members | null> {
  const { Effect: effect, Principal: principal, Action: action, NotAction, Resource: resource, NotResource, Condition } = members
  if (effect !== 'Allow' && effect !== 'Deny') return refused(PRODUCT, 'such an Effect')
  const everyone = letsInTheAnonymous(principal)
  if (everyone === null) return refused(PRODUCT, 'such a Principal')
  if (NotAction !== undefined) return refused(PRODUCT, 'NotAction')
  const actions = textList(action)
  const resources = textList(resource ?? NotResource)
  if (!actions || !resources || (resource === undefined) === (NotResource === undefined)) {
    return refused(PRODUCT, 'such an Action or Resource')
  }
  const comparisons = comparisonsOf(Condition)
  if ('problem' in comparisons) return comparisons
  const translations: Comparison[] = []
  for (const comparison of comparisons.known) {
    const own = minioComparison(comparison)
    if ('problem' in own) return own
    translations.push(...own.known)
  }
  if (!everyone) return { known: null }
  // Who may read a version may read the object, by that one word and no wildcard.
  const named = actions.flatMap((glob) => (glob === 's3:GetObjectVersion' ? [glob, 's3:GetObject'] : [glob]))
  return {
    known: {
      ...(typeof members.Sid === 'string' ? { Sid: members.Sid } : {}),
      Effect: effect,
      Principal: '*',
      Action: actionsNamed(named, KNOWN_ACTIONS),
      [resource === undefined ? 'NotResource' : 'Resource']: resources.map(withUnclearVariables),
      ...conditionBlock(translations),
    },
  }
}

/** Whether the element takes in the sender without a name; null where MinIO refuses it. */
function letsInTheAnonymous(principal: Json | undefined): boolean | null {
  if (principal === '*') return true
  if (typeof principal !== 'object' || principal === null || Array.isArray(principal)) return null
  const listed = textList((principal as Members).AWS)
  return listed && listed.length > 0 ? listed.some((entry) => /^\**$/.test(entry)) : null
}

const TEXT_OPERATORS = /^String(Not)?(Equals|EqualsIgnoreCase|Like)$/
const OTHER_OPERATORS =
  /^((Not)?IpAddress|Null|Bool|Numeric(Equals|NotEquals|LessThan|LessThanEquals|GreaterThan|GreaterThanIfExists|GreaterThanEquals)|Date(Equals|NotEquals|LessThan|LessThanEquals|GreaterThan|GreaterThanEquals))$/

function minioComparison({ quantifier, operator, key, values }: Comparison): Known<readonly Comparison[]> {
  if (!isKnownKey(key)) return refused(PRODUCT, `the condition key ${key.slice(0, 60)}`)
  const own: Comparison = { quantifier: '', operator, key: ownKey(key), values: values.map(withUnclearVariables) }
  if (TEXT_OPERATORS.test(operator)) {
    // The negated operators are the opposite of the others, quantifier and all: the two quantifiers change places.
    const turned = operator.startsWith('StringNot')
    if (!turned) return { known: [{ ...own, quantifier }] }
    return { known: [{ ...own, quantifier: quantifier === 'ForAllValues' ? 'ForAnyValue' : '' }] }
  }
  if (!OTHER_OPERATORS.test(operator)) return refused(PRODUCT, `the condition operator ${operator.slice(0, 60)}`)
  if (operator === 'Bool' && key !== 'aws:SecureTransport') return refused(PRODUCT, 'Bool on such a key')
  if (operator.endsWith('IpAddress') && coversEverything(values)) {
    // An address that is none is in no range at all, so the whole range and its opposite are not what they seem.
    return { problem: 'its ranges are all addresses there are' }
  }
  if (operator === 'NumericNotEquals') return { known: [own, { ...own, operator: 'Null', values: ['false'] }] }
  return { known: [own] }
}

function coversEverything(values: readonly string[]): boolean {
  const rest = complement(union(...values.map((value) => parseCidr(value) ?? NO_ADDRESSES)))
  return isEmpty(rest)
}

// Filled in for every request, with the empty text where there is nothing to say.
const ALWAYS = new Set([
  'aws:Referer',
  'aws:UserAgent',
  'aws:principaltype',
  'aws:userid',
  'aws:username',
  's3:versionid',
  's3:signatureversion',
  's3:authType',
])
const SOMETIMES =
  /^(s3:(signatureAge|x-amz-[a-z0-9-]+|LocationConstraint|prefix|delimiter|object-lock-(mode|legal-hold|retain-until-date)|(RequestObjectTag|ExistingObjectTag)\/.+|RequestObjectTagKeys)|aws:groups|(jwt|ldap):[a-z_]+|(sts|svc):DurationSeconds)$/
const NUMBERS = new Set(['s3:max-keys', 's3:object-lock-remaining-retention-days'])
const MOMENTS = new Set(['aws:CurrentTime', 'aws:EpochTime'])
const LAST_SECOND = 4_102_444_800

function isKnownKey(key: string): boolean {
  return (
    ALWAYS.has(key) ||
    SOMETIMES.test(key) ||
    NUMBERS.has(key) ||
    MOMENTS.has(key) ||
    key === 'aws:SourceIp' ||
    key === 'aws:SecureTransport'
  )
}

function minioKey(key: string): KeyView | null {
  const domain = domainOf(key)
  return domain ? { kind: 'variable', variable: ownKey(key), declare: domain } : { kind: 'unknown', why: `the key ${key}` }
}

function domainOf(key: string): Variable | null {
  if (key === 'aws:SourceIp') return { presence: 'always', many: false, domain: { kind: 'addresses', within: ALL_ADDRESSES } }
  if (key === 'aws:SecureTransport') return finite(['false', 'true'])
  if (MOMENTS.has(key)) return { presence: 'always', many: false, domain: { kind: 'number', least: 0, most: LAST_SECOND } }
  if (NUMBERS.has(key)) return { presence: 'optional', many: false, domain: { kind: 'number', least: 0, most: 2_147_483_647 } }
  if (ALWAYS.has(key)) return text('always', [], true)
  return SOMETIMES.test(key) ? text('optional', [], true) : null
}

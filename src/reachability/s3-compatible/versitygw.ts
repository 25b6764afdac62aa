import type { Json } from '../../model/index.ts'
import type { Variable } from '../engine/solve.ts'
import { ANY_TEXT, globPattern, SOME_CHARACTERS } from '../engine/patterns.ts'
import { decisive, isRecord, type Known, type Members } from '../readings.ts'
import type { Dialect, StatementPlace, StoreGrant } from './dialect.ts'
import { type KeyView, type RequestShape, text } from './policy-language.ts'
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

const PRODUCT = 'versitygw'
const ACTIONS = {
  // Without credentials, the version of an object is read and removed under the same actions as the object.
  read: ['s3:GetObject'],
  list: ['s3:ListBucket', 's3:ListBucketVersions'],
  write: ['s3:PutObject'],
  delete: ['s3:DeleteObject'],
  admin: [],
}
const KNOWN_ACTIONS = Object.values(ACTIONS).flat()

/**
 * versitygw 1.8: policies and, where the policy does not deny, the bucket's access control list, whose READ reads objects too
 * and which counts even after BucketOwnerEnforced. Statements with NotPrincipal, NotAction or NotResource are about nothing,
 * Deny or not. Users are the gateway's own. Nobody changes permissions without credentials.
 */
export const versitygw: Dialect = {
  type: 'Versitygw::S3::Bucket',
  product: PRODUCT,
  actions: ACTIONS,
  whyNever: { admin: `${PRODUCT} takes no change of policies or lists without credentials` },
  hasOtherTenants: false,
  versions: ['2012-10-17', '2008-10-17', undefined],
  statement: versitygwStatement,
  key: versitygwKey,
  // A key is a path below the bucket's directory; one that ends in a slash is a directory.
  objectKeys: text('always', [{ patterns: [[...ANY_TEXT, ...globPattern('?', { without: '/' })]], negated: false }]),
  acl: ({ acl }) => decisive(acl, 'bucket ACL', grantsOfList, () => ({ known: [] })),
  remarks: (keys) =>
    keys.has('aws:SourceIp')
      ? [`aws:SourceIp is the address that ${PRODUCT} is called from: behind a proxy, the proxy's own for everyone`]
      : [],
}

function versitygwStatement(members: Members, { bucket }: StatementPlace): Known<Members | null> {
  const { Effect: effect, Principal: principal, Action: action, Resource: resource, Condition } = members
  if (effect !== 'Allow' && effect !== 'Deny') return refused(PRODUCT, 'such an Effect')
  const everyone = principal === undefined ? false : letsInEveryone(principal)
  if (everyone === null) return refused(PRODUCT, 'such a Principal')
  const comparisons = comparisonsOf(Condition ?? undefined)
  if ('problem' in comparisons) return comparisons
  const translations: Comparison[] = []
  for (const comparison of comparisons.known) {
    const own = versitygwComparison(comparison)
    if ('problem' in own) return own
    translations.push(own.known)
  }
  const actions = action === undefined ? [] : textList(action)
  if (!actions?.every((glob) => glob.startsWith('s3:'))) return refused(PRODUCT, 'such an Action')
  const resources = resource === undefined ? [] : textList(resource)
  if (!resources?.every((glob) => glob.startsWith(`arn:aws:s3:::${bucket}`))) return refused(PRODUCT, 'such a Resource')
  // What NotPrincipal, NotAction and NotResource say is not read: nothing is left that the statement is about.
  if (!everyone || actions.length === 0 || resources.length === 0) return { known: null }
  return {
    known: {
      ...(typeof members.Sid === 'string' ? { Sid: members.Sid } : {}),
      Effect: effect,
      Principal: '*',
      Action: actionsNamed(actions, KNOWN_ACTIONS),
      // No values are put into resources: a dollar sign is one.
      Resource: resources.map((glob) => glob.replaceAll('$', DOLLAR)),
      ...conditionBlock(translations),
    },
  }
}

/** Whether the element means everyone; null where versitygw refuses it. Users are named by their access keys. */
function letsInEveryone(principal: Json): boolean | null {
  const listed = textList(isRecord(principal) ? principal.AWS : principal)
  if (!listed || listed.length === 0 || listed.includes('')) return null
  const everyone = listed.includes('*')
  return everyone && new Set(listed).size > 1 ? null : everyone
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: the policy language's own way to write the character.
const DOLLAR = '${$}'

const OPERATORS =
  /^(Null|(String(Not)?(Equals|EqualsIgnoreCase|Like)|Numeric(Equals|NotEquals|LessThan|LessThanEquals|GreaterThan|GreaterThanEquals)|Date(Equals|NotEquals|LessThan|LessThanEquals|GreaterThan|GreaterThanEquals)|Bool|BinaryEquals|Arn(Not)?(Equals|Like)|(Not)?IpAddress)(IfExists)?)$/

function versitygwComparison({ quantifier, operator, key, values }: Comparison): Known<Comparison> {
  if (!OPERATORS.test(operator)) return refused(PRODUCT, `the condition operator ${operator.slice(0, 60)}`)
  if (!isKnownKey(key)) return refused(PRODUCT, `the condition key ${key.slice(0, 60)}`)
  // A negated operator is met where the key is missing, whatever quantifier stands before it; no key here has several values.
  const negated = operator.includes('Not')
  return {
    known: {
      quantifier: operator === 'Null' || (negated && quantifier === 'ForAnyValue') ? '' : quantifier,
      operator,
      key: AS_ON_AWS.has(key.toLowerCase()) ? key : ownKey(key),
      values: /^(String|Arn)/.test(operator) ? values.map(withUnclearVariables) : values,
    },
  }
}

const AS_ON_AWS = new Set([
  'aws:sourceip',
  'aws:currenttime',
  'aws:epochtime',
  'aws:securetransport',
  'aws:useragent',
  'aws:referer',
])
// Never filled in: who signs is not among what conditions of a bucket's policy are told.
const NEVER = new Set(['aws:principalarn', 'aws:username', 'aws:userid', 'aws:multifactorauthage'])
// Read off the query or the headers of any request, whatever its action.
const BY_THE_REQUEST = new Set(['s3:prefix', 's3:delimiter', 's3:x-amz-acl'])

function isKnownKey(key: string): boolean {
  const name = key.toLowerCase()
  return AS_ON_AWS.has(name) || NEVER.has(name) || BY_THE_REQUEST.has(name) || name === 's3:max-keys' || name === 's3:versionid'
}

const SOME_VALUE: Variable = text('optional', [{ patterns: [SOME_CHARACTERS], negated: false }])
const LISTED_AT_MOST: Variable = { presence: 'optional', many: false, domain: { kind: 'number', least: 0, most: 2_147_483_647 } }

function versitygwKey(key: string, { action }: RequestShape): KeyView | null {
  const name = key.toLowerCase()
  if (NEVER.has(name)) return { kind: 'absent' }
  if (BY_THE_REQUEST.has(name)) return { kind: 'variable', variable: ownKey(name), declare: SOME_VALUE }
  if (name === 's3:max-keys') return { kind: 'variable', variable: ownKey(name), declare: LISTED_AT_MOST }
  if (name === 's3:versionid' && action === 's3:PutObject') {
    return { kind: 'variable', variable: ownKey(name), declare: SOME_VALUE }
  }
  return { kind: 'unknown', why: `the key ${key}` }
}

/** What READ and WRITE of the group of all users let one do. A grant counts by its very permission: FULL_CONTROL is neither. */
const LISTED: Readonly<Record<string, readonly string[]>> = {
  READ: ['s3:GetObject', 's3:ListBucket', 's3:ListBucketVersions'],
  WRITE: ['s3:PutObject', 's3:DeleteObject'],
}

function grantsOfList(json: Json): Known<readonly StoreGrant[]> {
  const list = isRecord(json) ? (json.Grants ?? []) : null
  if (!Array.isArray(list)) return { problem: 'bucket ACL not understood' }
  const grants: StoreGrant[] = []
  for (const entry of list as readonly Json[]) {
    if (!isRecord(entry) || !isRecord(entry.Grantee) || typeof entry.Permission !== 'string')
      return { problem: 'bucket ACL not understood' }
    const { ID: id, URI: uri } = entry.Grantee
    const everyone = id === 'all-users' || uri === 'http://acs.amazonaws.com/groups/global/AllUsers'
    if (!everyone && typeof id !== 'string') return { problem: 'a grantee of the bucket ACL is not understood' }
    const actions = everyone && Object.hasOwn(LISTED, entry.Permission) ? LISTED[entry.Permission]! : []
    if (actions.length > 0)
      grants.push({ label: `the bucket ACL (${entry.Permission} to all users)`, grantee: 'everyone', actions, key: null })
  }
  return { known: grants }
}

import type { Json } from '../../model/index.ts'
import { bitsOf } from './conditions-evaluator.ts'
import { type StatementText, statementsOf } from './policy-text.ts'

/**
 * Whether S3 calls a bucket policy public. S3, "The meaning of public": it begins by assuming so; the policy is not public if it
 * grants only to fixed values (no wildcard, no policy variable) of a listed thing. `unclear` where the documents do not say:
 * keys that say who the principal is and stand in no list, and conditions that a request without the key meets.
 */
export function publicByS3(policy: Json): 'public' | 'not-public' | 'unclear' {
  const known = typeof policy === 'object' && policy !== null ? KNOWN.get(policy) : undefined
  const answer = known ?? answerFor(policy)
  if (typeof policy === 'object' && policy !== null) KNOWN.set(policy, answer)
  return answer
}

const KNOWN = new WeakMap<object, Answer>()

type Answer = 'public' | 'not-public' | 'unclear'

function answerFor(policy: Json): Answer {
  const each = statementsOf(policy)
    .filter(({ Effect }) => Effect === 'Allow')
    .map(statementIs)
  return each.includes('public') ? 'public' : each.includes('unclear') ? 'unclear' : 'not-public'
}

function statementIs(statement: StatementText): Answer {
  if (statement.Principal !== undefined && principalsAreFixed(statement.Principal)) return 'not-public'
  const answers = Object.entries((statement.Condition ?? {}) as Readonly<Record<string, Readonly<Record<string, Json>>>>).flatMap(
    ([operator, keys]) => Object.entries(keys).map(([key, values]) => conditionIs(operator, key.toLowerCase(), [values].flat())),
  )
  return answers.includes('not-public') ? 'not-public' : answers.includes('unclear') ? 'unclear' : 'public'
}

/** "An AWS principal, user, role, or service principal"; the documents' own example calls a federated provider public. */
function principalsAreFixed(principals: Json): boolean {
  if (typeof principals !== 'object' || principals === null) return false
  return Object.entries(principals as Readonly<Record<string, Json>>).every(
    ([type, names]) => type !== 'Federated' && [names].flat().every((name) => !/[*?]/.test(String(name))),
  )
}

const LISTED = [
  'aws:principalorgid',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  'aws:userid',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]
const OF_PRINCIPALS = [
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalorgpaths',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
]

function conditionIs(operator: string, key: string, values: readonly Json[]): Answer {
  const [, quantifier, plain, ifExists] = /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/.exec(operator.toLowerCase())!
  const positive = ['stringequals', 'stringequalsignorecase', 'stringlike', 'arnequals', 'arnlike', 'ipaddress'].includes(plain!)
  if (!positive) return 'public'
  const fixed =
    key === 'aws:sourceip'
      ? plain === 'ipaddress' && values.every((value) => isNarrow(String(value)))
      : plain !== 'ipaddress' && values.every((value) => !/[*?]|\$\{/.test(accessPoint(key, String(value))))
  if (!fixed || values.length === 0) return 'public'
  if (OF_PRINCIPALS.includes(key)) return 'unclear'
  if (key !== 'aws:sourceip' && !LISTED.includes(key)) return 'public'
  return ifExists || quantifier === 'forallvalues:' ? 'unclear' : 'not-public'
}

/** "This value can contain a wildcard for the access point name, as long as the account id is fixed." */
function accessPoint(key: string, value: string): string {
  return key === 's3:dataaccesspointarn' ? value.replace(/:accesspoint\/\*$/, ':accesspoint/x') : value
}

/** "Values broader than /8 for IPv4 and /32 for IPv6 (excluding RFC1918 private ranges)" are public. */
function isNarrow(range: string): boolean {
  const [address, length] = range.split('/') as [string, string?]
  const bits = bitsOf(address)
  if (bits === null) return false
  const count = length === undefined ? bits.length : Number(length)
  // A /7 of which half is private leaves a /8.
  const half = bits.length === 32 && count === 7 && bits.startsWith('0000101')
  return count >= (bits.length === 32 ? 8 : 32) || half
}

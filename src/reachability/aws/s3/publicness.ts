import { addressCount, complement, intersection, parseCidr, union } from '../../engine/addresses.ts'
import { Kept } from '../../engine/kept.ts'
import { principalPatterns } from '../policy/requests.ts'
import { isOriginAccess } from '../policy/statements.ts'
import type { Atom, Policy, Statement } from '../policy/document.ts'

/** Whose policy it is: only a bucket's may leave the name of an access point open. */
export type PolicyPlace = 'bucket' | 'access-point'

/**
 * Whether S3 itself calls a policy public, which is what RestrictPublicBuckets acts on: it assumes so unless every Allow
 * goes to fixed values only (no wildcard, no policy variable) of a principal or of certain keys. Deny plays no part.
 * This is about the text of the policy, not about who gets in. S3, user guide: "The meaning of public".
 * `unknown` where the documents do not say.
 */
export function publicness(policy: Policy, place: PolicyPlace = 'bucket'): Publicness {
  const kept = KEPT[place]
  return kept.of(policy) ?? kept.keep(policy, readPublicness(policy, place))
}

const KEPT = {
  bucket: new Kept<Policy, Publicness>('publicness in a bucket'),
  'access-point': new Kept<Policy, Publicness>('publicness at an access point'),
}

function readPublicness(policy: Policy, place: PolicyPlace): Publicness {
  const each = policy.statements
    .filter(({ effect }) => effect === 'Allow')
    .map((statement) => statementPublicness(statement, place))
  return each.includes('public') ? 'public' : each.includes('unknown') ? 'unknown' : 'not-public'
}

type Publicness = 'public' | 'not-public' | 'unknown'

function statementPublicness(statement: Statement, place: PolicyPlace): Publicness {
  const conditions = statement.atoms.map((atom) => atomPublicness(atom, statement.variables, place))
  if (conditions.includes('not-public') || hasFixedPrincipals(statement)) return 'not-public'
  return conditions.includes('unknown') ? 'unknown' : 'public'
}

function hasFixedPrincipals({ principal }: Statement): boolean {
  const { negated, everyone, aws, services, canonicalUsers, others } = principal
  if (negated || everyone) return false
  if (aws.length + services.length + canonicalUsers.length + others.length === 0) return false
  return [...aws.filter((entry) => principalPatterns(entry, 'user') === null && !isOriginAccess(entry)), ...services].every(
    isFixed,
  )
}

const FIXING_KEYS = new Set([
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  'aws:userid',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
  'aws:principalorgid',
])
// Say who the principal is, but stand in no list of the documents.
const UNLISTED_KEYS = new Set([
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalorgpaths',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
])
const FIXING_OPERATORS = new Set(['stringequals', 'stringequalsignorecase', 'stringlike', 'arnequals', 'arnlike'])

const OPERATORS =
  /^(string(not)?(equals(ignorecase)?|like)|(numeric|date)((not)?equals|(less|greater)than(equals)?)|arn(not)?(equals|like)|(not)?ipaddress|bool|binaryequals|null)$/

function atomPublicness(atom: Atom, variables: boolean, place: PolicyPlace): Publicness {
  const key = atom.key.toLowerCase()
  // What an operator that is not understood fixes is not known.
  if (!OPERATORS.test(atom.operator)) return 'unknown'
  if (key === 'aws:sourceip') return atom.operator === 'ipaddress' ? certain(atom, isNarrow(atom.values)) : 'public'
  if (!FIXING_KEYS.has(key) && !UNLISTED_KEYS.has(key)) return 'public'
  if (!FIXING_OPERATORS.has(atom.operator)) return 'public'
  const written = variables ? (value: string) => isFixed(value) && !value.includes('${') : isFixed
  const fixed = atom.values.length > 0 && atom.values.every((value) => written(fixedPart(key, value, place)))
  if (key === 'aws:userid' && fixed && atom.values.some(isSession)) return 'unknown'
  return UNLISTED_KEYS.has(key) && fixed ? 'unknown' : certain(atom, fixed)
}

/** A condition that a request without the key meets fixes nothing for certain. */
function certain({ ifExists, quantifier }: Atom, fixed: boolean): Publicness {
  if (!fixed) return 'public'
  return ifExists || quantifier === 'all' ? 'unknown' : 'not-public'
}

/** A bucket policy may leave the name of an access point open, once its account is fixed. */
function fixedPart(key: string, value: string, place: PolicyPlace): string {
  if (place === 'access-point') return value
  const accessPoint = /^(arn:[^:*?]+:s3:[^:]*:\d{12}:accesspoint)\/\*$/.exec(value)
  if (key === 's3:dataaccesspointarn' && accessPoint) return accessPoint[1]!.replace(/^(arn:[^:]+:s3:)\*:/, '$1:')
  return value
}

/** Sessions of a role, `AROLEID:…`: the documents except that pattern and do not say what of a fixed session. */
function isSession(value: string): boolean {
  return /^ARO[A-Z0-9]*:/.test(value)
}

function isFixed(value: string): boolean {
  return !/[*?]/.test(value)
}

const PRIVATE = union(...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((cidr) => parseCidr(cidr)!))

/** No range wider than one IPv4 /8 or one IPv6 /32, private ones not counted. */
function isNarrow(values: readonly string[]): boolean {
  const ranges = values.map(parseCidr)
  return (
    ranges.length > 0 &&
    ranges.every((range) => {
      if (!range) return false
      const open = intersection(range, complement(PRIVATE))
      return addressCount(open.v4) <= 1n << 24n && addressCount(open.v6) <= 1n << 96n
    })
  )
}

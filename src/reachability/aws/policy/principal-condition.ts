import { Kept } from '../../engine/kept.ts'
import type { Pattern } from '../../engine/patterns.ts'
import type { Literal } from '../../engine/solve.ts'
import type { PrincipalElement } from './document.ts'
import { onValues, type Part, type Reading } from './reading.ts'
import { type IdentityKind, isIdentity, PRINCIPAL, principalPatterns, type Sender } from './requests.ts'

/** Who a principal element means among the senders of the reading's shape. */
export function principalCondition(element: PrincipalElement, reading: Reading, grow: boolean, effect: 'Allow' | 'Deny'): Part {
  const { sender } = reading.shape
  if (element.everyone) return !element.negated
  if (element.others.length > 0) reading.unknown.add(`the principal ${element.others[0]}`)
  const unclear = element.others.length > 0 && grow
  switch (sender.kind) {
    case 'anonymous':
      return element.negated || malformed(element, reading, grow) || unclear
    case 'service':
      return element.services.includes(sender.service) !== element.negated || (unclear && !element.negated)
    case 'canonical': {
      const listed = element.canonicalUsers.includes(sender.id) || element.aws.includes(sender.id)
      if (listed) return !element.negated
      if (element.aws.length === 0) return element.negated || unclear
      // Whether the account is one of those that are listed is not known; an Allow has a sender of its own for that.
      if (effect === 'Deny' || element.negated) reading.unknown.add('the account behind a canonical id')
      return element.negated || effect === 'Deny' ? grow : unclear
    }
    default:
      return identityCondition(element, sender, reading, grow) || unclear
  }
}

function identityCondition(element: PrincipalElement, sender: Sender, reading: Reading, grow: boolean): Part {
  if (!isIdentity(sender)) return false
  if (!element.negated) {
    return malformed(element, reading, grow) || listedPrincipals(element, sender.kind)
  }
  const entries = element.aws.flatMap((entry) => {
    const patterns = principalPatterns(entry, sender.kind)
    if (!patterns) reading.unknown.add(`the principal ${entry}`)
    return patterns ? [{ entry, patterns }] : []
  })
  // NotPrincipal exempts an identity for certain only where both it and its account are listed.
  const accounts = new Set(element.aws.map(accountOf).filter((entry, at) => isWholeAccount(element.aws[at]!) && entry !== null))
  const exempt = entries.filter(({ entry }) => (isWholeAccount(entry) ? sender.kind === 'root' : accounts.has(accountOf(entry))))
  const patterns = (grow ? exempt : entries).flatMap((entry) => entry.patterns)
  return patterns.length === 0 || principalLiteral(patterns, true)
}

/** The identities of a kind that the element lists; one object for all kinds where it lists whole accounts only. */
function listedPrincipals(element: PrincipalElement, kind: IdentityKind): Part {
  const listed =
    LISTED.of(element) ?? LISTED.keep(element, { wholeAccounts: element.aws.every(isWholeAccount), byKind: new Map() })
  const key = listed.wholeAccounts ? 'user' : kind
  const known = listed.byKind.get(key)
  if (known !== undefined) return known
  const patterns = element.aws.flatMap((entry) => principalPatterns(entry, key) ?? [])
  const part = patterns.length > 0 && principalLiteral(patterns, false)
  listed.byKind.set(key, part)
  return part
}

const LISTED = new Kept<PrincipalElement, { readonly wholeAccounts: boolean; readonly byKind: Map<IdentityKind, Part> }>('listed')

function malformed(element: PrincipalElement, reading: Reading, grow: boolean): boolean {
  const wrong = MALFORMED.of(element) ?? MALFORMED.keep(element, element.aws.filter(isMalformed))
  for (const entry of wrong) reading.unknown.add(`the principal ${entry}`)
  return wrong.length > 0 && grow && !element.negated
}

const MALFORMED = new Kept<PrincipalElement, readonly string[]>('malformed principals')

function isMalformed(entry: string): boolean {
  return !isOriginAccess(entry) && principalPatterns(entry, 'user') === null
}

/** CloudFront's origin access identities stand among the AWS principals, with an account that is none. */
export function isOriginAccess(entry: string): boolean {
  return /^arn:aws[a-z-]*:iam::cloudfront:user\/CloudFront Origin Access Identity [A-Z0-9]+$/.test(entry)
}

/** Whether the entry of a Principal element means all identities of an account. */
export function isWholeAccount(entry: string): boolean {
  return /^(\d{12}|arn:aws[a-z-]*:iam::\d{12}:root)$/.test(entry)
}

function accountOf(entry: string): string | null {
  return /^(?:arn:aws[a-z-]*:(?:iam|sts)::)?(\d{12})/.exec(entry)?.[1] ?? null
}

function principalLiteral(patterns: readonly Pattern[], negated: boolean): Literal {
  return { variable: PRINCIPAL, constraint: onValues({ kind: 'patterns', patterns, negated }) }
}

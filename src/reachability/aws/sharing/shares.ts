import type { Instant, Json, ResourceRef, Verdict, Verdicts, Witness, ZoneOfTrust } from '../../../model/index.ts'
import { eachAccess, isKnown, type Known, nobody, undecided } from '../../readings.ts'

/** With whom something is shared. */
export type Share =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'account'; readonly account: string }
  /** An organisation, or a unit of one, by ARN. */
  | { readonly kind: 'organization'; readonly arn: string }

/** Whether those it is shared with can open what is encrypted. */
export interface KeyUse {
  /** Undefined stands for anybody. */
  readonly opensFor: (account: string | undefined) => Known<boolean>
}

/** Something that others may restore, copy or launch by a list of shares. */
export interface SharedThing {
  readonly resource: ResourceRef
  /** `the snapshot`, `the image`. */
  readonly name: string
  /** What the sharing lets others do: `restore`, `launch`. */
  readonly verb: string
  /** The list that names them: `the attribute restore of the snapshot`. */
  readonly list: string
  readonly action: string
  readonly shares: readonly Share[]
  /** Lists that were not read or not understood: there may be more. */
  readonly unread: readonly string[]
  /** Whether the service knows sharing with everyone at all. */
  readonly knowsEveryone: boolean
  /** Whether a block of the account takes sharing with everyone back, with the sentence. */
  readonly block: { readonly blocks: Known<boolean>; readonly because: string } | null
  /** Null: not encrypted. */
  readonly key: KeyUse | null
  readonly remarks: readonly string[]
}

export interface ShareQuestion {
  readonly zone: ZoneOfTrust
  readonly asOf: Instant
}

/** Who outside the zone gets at the data through the shares: reading a copy is all that sharing allows. */
export function verdictsOfShares(thing: SharedThing, question: ShareQuestion): Verdicts {
  const read = verdictOfShares(thing, question)
  const other = nobody(
    `sharing ${thing.name.replace(/^the /, 'a ').replace(/^a ([aeiou])/, 'an $1')} lets others ${thing.verb} it, and nothing else`,
  )
  return eachAccess((access) => (access === 'read' ? read : other))
}

interface Outsider {
  readonly share: Share
  readonly reaches: Known<boolean>
}

function verdictOfShares(thing: SharedThing, { zone, asOf }: ShareQuestion): Verdict {
  const inside = insideAccounts(thing.resource.account, zone)
  const outsiders = thing.shares
    .filter((share) => isOutside(share, inside, zone))
    .map((share): Outsider => ({ share, reaches: reaches(thing, share) }))
  const certain = audienceOf(outsiders.filter(({ reaches: known }) => isKnown(known) && known.known))
  const widest = thing.unread.length > 0 ? (thing.knowsEveryone ? 'any-identity' : 'named') : 'none'
  const possible = wider(audienceOf(outsiders.filter(({ reaches: known }) => !isKnown(known) || known.known)), widest)
  if (certain !== possible) {
    const doubts = outsiders.flatMap(({ reaches: known }) => (isKnown(known) ? [] : [known.problem]))
    const span = `certain: ${certain}; possible: ${possible}`
    return { ...undecided(...thing.unread, ...doubts, span), bounds: { certain, possible } }
  }
  if (certain === 'none') return nobody(...whyNobody(thing, outsiders))
  const reaching = outsiders.filter(({ reaches: known }) => isKnown(known) && known.known).map(({ share }) => share)
  const all = certain === 'any-identity'
  const share = all ? reaching.find(({ kind }) => kind === 'everyone')! : reaching[0]!
  const named = reaching.filter(({ kind }) => kind !== 'everyone').map(nameOf)
  return {
    audience: certain,
    witness: witnessOf(thing, share, inside, asOf),
    because: [
      all ? `${thing.list} lists all: every account may ${thing.verb} it` : `${thing.list} lists ${listed(named)}`,
      ...(thing.key === null ? [] : ['it is encrypted, and the policy of its key lets them use the key']),
      ...thing.remarks,
    ],
  }
}

function audienceOf(outsiders: readonly Outsider[]): 'any-identity' | 'named' | 'none' {
  if (outsiders.some(({ share }) => share.kind === 'everyone')) return 'any-identity'
  return outsiders.length > 0 ? 'named' : 'none'
}

const ORDER = ['none', 'named', 'any-identity'] as const
type ShareAudience = (typeof ORDER)[number]

function wider(left: ShareAudience, right: ShareAudience): ShareAudience {
  return ORDER.indexOf(left) > ORDER.indexOf(right) ? left : right
}

function reaches({ block, key }: SharedThing, share: Share): Known<boolean> {
  if (share.kind === 'everyone' && block && !(isKnown(block.blocks) && !block.blocks.known)) {
    return isKnown(block.blocks) ? { known: false } : block.blocks
  }
  if (key === null) return { known: true }
  if (share.kind === 'organization')
    return { problem: 'it is encrypted, and whether the policy of its key lets the organisation use the key is not modelled' }
  return key.opensFor(share.kind === 'account' ? share.account : undefined)
}

function whyNobody(thing: SharedThing, outsiders: readonly Outsider[]): readonly string[] {
  if (outsiders.length === 0) return [`no account outside the zone may ${thing.verb} ${thing.name}`, ...thing.remarks]
  const all = outsiders.some(({ share }) => share.kind === 'everyone')
  return [
    `${thing.list} lists ${listed(outsiders.map(({ share }) => nameOf(share)))}`,
    ...(all && thing.block && isKnown(thing.block.blocks) && thing.block.blocks.known ? [thing.block.because] : []),
    ...(thing.key !== null ? ['it is encrypted, and its key lets none of them use it'] : []),
    ...thing.remarks,
  ]
}

function nameOf(share: Share): string {
  return share.kind === 'everyone' ? 'all' : share.kind === 'account' ? share.account : share.arn
}

const MOST_NAMED = 100

function listed(names: readonly string[]): string {
  const sorted = [...new Set(names)].sort()
  const more = sorted.length - MOST_NAMED
  return more > 0 ? `${sorted.slice(0, MOST_NAMED).join(', ')} and ${more} more` : sorted.join(', ')
}

/** The owner, the zone's accounts, and accounts that the zone names as principals whole. */
export function insideAccounts(owner: string, zone: ZoneOfTrust): ReadonlySet<string> {
  const named = zone.principals.flatMap((arn) => /^arn:[^:]+:iam::(\d{12}):root$/.exec(arn)?.[1] ?? [])
  return new Set([owner, ...zone.accounts, ...named])
}

function isOutside(share: Share, inside: ReadonlySet<string>, zone: ZoneOfTrust): boolean {
  if (share.kind === 'account') return !inside.has(share.account)
  return share.kind === 'everyone' || !zone.organizations.includes(organizationOf(share.arn) ?? '')
}

/** `o-…` of `arn:aws:organizations::<account>:organization/o-…` or `…:ou/o-…/ou-…`. */
function organizationOf(arn: string): string | null {
  return /:(?:organization|ou)\/(o-[a-z0-9]+)(?:\/|$)/.exec(arn)?.[1] ?? null
}

function witnessOf(thing: SharedThing, share: Share, inside: ReadonlySet<string>, asOf: Instant): Witness {
  const account = share.kind === 'account' ? share.account : stranger(inside)
  const partition = thing.resource.id.split(':')[1] ?? 'aws'
  const arn = `arn:${partition}:iam::${account}:root`
  const organization = share.kind === 'organization' ? organizationOf(share.arn) : null
  return {
    principal: { kind: 'aws', account, arn, organization, organizationPath: null },
    action: thing.action,
    resource: thing.resource.id,
    context: {
      'aws:CurrentTime': asOf,
      'aws:PrincipalAccount': account,
      'aws:PrincipalArn': arn,
      ...(organization === null ? {} : { 'aws:PrincipalOrgID': organization }),
    },
  }
}

/** Some account that nobody named. */
export function stranger(inside: ReadonlySet<string>): string {
  let account = 999_999_999_999
  while (inside.has(String(account))) account--
  return String(account)
}

export type ShareList = { readonly shares: readonly Share[] } | { readonly problem: string }

/** Accounts by their twelve digits, or `all`; anything else is not understood. */
export function accountShares(list: readonly (Json | undefined)[], what: string): ShareList {
  const shares = list.map((entry): Share | null =>
    entry === 'all'
      ? { kind: 'everyone' }
      : typeof entry === 'string' && /^\d{12}$/.test(entry)
        ? { kind: 'account', account: entry }
        : null,
  )
  return shares.includes(null) ? { problem: `${what} is not understood` } : { shares: ordered(shares as Share[]) }
}

/** In an order of their own, so that the order of a list changes nothing. */
export function ordered(shares: readonly Share[]): readonly Share[] {
  const names = new Map(shares.map((share) => [nameOf(share), share]))
  return [...names.keys()].sort().map((name) => names.get(name)!)
}

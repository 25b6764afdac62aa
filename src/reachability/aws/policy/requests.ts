import type { Instant, ZoneOfTrust } from '../../../model/index.ts'
import { ALL_ADDRESSES, type AddressSet, NO_ADDRESSES } from '../../engine/addresses.ts'
import {
  ANY_TEXT,
  charClass,
  globPattern,
  joined,
  literalPattern,
  type Pattern,
  type PatternSet,
  repeated,
  SOME_CHARACTERS,
} from '../../engine/patterns.ts'
import type { Variable } from '../../engine/solve.ts'
import { outsideAddresses } from '../../outside.ts'
import type { Names } from './names.ts'

/** Who sends a request. */
export type Sender =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user' | 'role' | 'root' | 'federated' }
  /** A principal known by a canonical user id or an origin access identity: which account is not known. */
  | { readonly kind: 'canonical'; readonly id: string }
  | { readonly kind: 'service'; readonly service: string; readonly source: 'with-account' | 'without-account' }

/** Over which network it comes; `service` is a request that an AWS service forwards for its sender. */
export type Route = 'internet-v4' | 'internet-v6' | 'endpoint' | 'service'

/** The finite part of a request: it fixes which keys are present at all. */
export interface RequestShape {
  readonly sender: Sender
  readonly route: Route
  readonly action: string
}

/** What the shapes of one decision share. */
export interface RequestSetting {
  readonly partition: string
  readonly account: string
  readonly region: string
  readonly asOf: Instant
  readonly zone: ZoneOfTrust
  readonly names: Names
  /** Variables made once for all requests of one kind, and each of them by itself. */
  readonly made: Map<string, ReadonlyMap<string, Variable>>
}

/** The setting, in which no variable is made yet. */
export function requestSetting(setting: Omit<RequestSetting, 'made'>): RequestSetting {
  return { ...setting, made: new Map() }
}

/** The variables of every request. Names in capitals stand for several keys that are tied. */
export const PRINCIPAL = 'PRINCIPAL'
export const ORGANIZATION = 'ORGANIZATION'
export const SOURCE = 'SOURCE'
export const TRANSPORT = 'TRANSPORT'
export const MULTI_FACTOR = 'MULTI_FACTOR'
export const RESOURCE = 'RESOURCE'

const DIGITS = '9012345678'
const LOWER_AND_DIGITS = 'x9abcdefghijklmnopqrstuvwyz012345678'
const HEX = '0123456789abcdef'
const NAME = 'xabcdefghijklmnopqrstuvwyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+=,.@_-'
const ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

export const literally = literalPattern
export const TWELVE_DIGITS = repeated(DIGITS, 12, 12)

// What all decisions of one zone share; each key has values of one type. The zone is the caller's and may be frozen.
const OF_ZONE = new WeakMap<ZoneOfTrust, Map<string, unknown>>()
const MOST_OF_ZONE = 500

function ofZone<T>(zone: ZoneOfTrust, key: string, make: () => T): T {
  const shared = OF_ZONE.get(zone) ?? new Map<string, unknown>()
  OF_ZONE.set(zone, shared)
  const known = shared.get(key)
  if (known !== undefined) return known as T
  if (shared.size >= MOST_OF_ZONE) shared.clear()
  const made = make()
  shared.set(key, made)
  return made
}

/**
 * The variables that every request of this shape by an outsider has. With `anyWill`, only identities and endpoints that
 * no policy and no zone names: what such a request may do, anybody may.
 */
export function variablesFor(shape: RequestShape, setting: RequestSetting, anyWill: boolean): ReadonlyMap<string, Variable> {
  const kind = `${senderName(shape.sender)} ${shape.route} ${anyWill}`
  const made = setting.made.get(kind) ?? makeVariables(shape, setting, anyWill)
  setting.made.set(kind, made)
  return made
}

const NOBODY_NAMED: Names = { accounts: [], organizations: [], vpcs: [], vpcEndpoints: [], principalIds: [], numbers: [] }

/** Variables of the same kinds, whomever policies name: enough to read a statement by. */
export function variableKinds(sender: Sender, route: Route, setting: RequestSetting): ReadonlyMap<string, Variable> {
  const { zone, partition, account } = setting
  const kind = sender.kind === 'service' ? `service ${sender.source}` : sender.kind
  return ofZone(zone, `kinds ${kind} ${route} ${partition} ${account}`, () =>
    makeVariables({ sender, route, action: '' }, { ...setting, names: NOBODY_NAMED, made: new Map() }, false),
  )
}

/** The same, as a map of one's own to add to. */
export function variablesOf(shape: RequestShape, setting: RequestSetting, anyWill: boolean): Map<string, Variable> {
  return new Map(variablesFor(shape, setting, anyWill))
}

/** Senders of one name send the same requests. */
export function senderName(sender: Sender): string {
  if (sender.kind === 'service') return `service ${sender.service} ${sender.source}`
  return sender.kind === 'canonical' ? `canonical ${sender.id}` : sender.kind
}

function makeVariables({ sender, route }: RequestShape, setting: RequestSetting, anyWill: boolean): Map<string, Variable> {
  const variables = new Map<string, Variable>()
  const { zone } = setting
  if (isIdentity(sender)) {
    variables.set(PRINCIPAL, principalVariable(sender.kind, setting, anyWill))
    variables.set(ORGANIZATION, organizationVariable(setting, anyWill))
    variables.set(MULTI_FACTOR, multiFactorVariable(setting))
  }
  if (sender.kind === 'service') {
    variables.set(SOURCE, text('always', sourceLanguage(sender.source, setting)))
    variables.set(ORGANIZATION, organizationVariable(setting, false))
  }
  if (route === 'internet-v4' || route === 'internet-v6') {
    const family = route === 'internet-v4' ? 'v4' : 'v6'
    variables.set(
      'aws:SourceIp',
      ofZone(zone, `variable ${family}`, () => addresses({ ...NO_ADDRESSES, [family]: outsideAddresses(zone)[family] })),
    )
  }
  if (route === 'endpoint') {
    variables.set('aws:SourceVpce', endpointVariable('vpce', setting, anyWill))
    variables.set('aws:SourceVpc', endpointVariable('vpc', setting, anyWill))
    // The address inside a network of one's own is of one's own choosing.
    variables.set('aws:VpcSourceIp', ANY_ADDRESS)
  }
  variables.set(TRANSPORT, route === 'service' || sender.kind === 'service' ? SECURE_ONLY : ANY_TRANSPORT)
  return variables
}

/** One of the variables that requests of several kinds have in common. */
function common(setting: RequestSetting, key: string, make: () => Variable): Variable {
  const known = setting.made.get(key)?.get(key)
  if (known) return known
  const variable = make()
  setting.made.set(key, new Map([[key, variable]]))
  return variable
}

export function isIdentity(sender: Sender): sender is { readonly kind: 'user' | 'role' | 'root' | 'federated' } {
  return sender.kind === 'user' || sender.kind === 'role' || sender.kind === 'root' || sender.kind === 'federated'
}

/** Any text but the empty one. */
export const SOME_TEXT: readonly PatternSet[] = [{ patterns: [SOME_CHARACTERS], negated: false }]

export function text(presence: Variable['presence'], language: readonly PatternSet[], many = false): Variable {
  return { presence, many, domain: { kind: 'text', language } }
}

export function finite(values: readonly string[], presence: Variable['presence'] = 'always'): Variable {
  return { presence, many: false, domain: { kind: 'finite', values } }
}

function addresses(within: AddressSet): Variable {
  return { presence: 'always', many: false, domain: { kind: 'addresses', within } }
}

const ANY_ADDRESS = addresses(ALL_ADDRESSES)
const SECURE_ONLY = finite(['1.2', '1.3'])
const ANY_TRANSPORT = finite(['1.2', '1.3', 'plain'])

export type IdentityKind = 'user' | 'role' | 'root' | 'federated'

function principalVariable(kind: IdentityKind, setting: RequestSetting, anyWill: boolean): Variable {
  const { partition, account, zone, names } = setting
  const anyone = ofZone(zone, `${kind} ${partition} ${account}`, () => text('always', outsiders(kind, setting)))
  if (!anyWill || (names.accounts.length === 0 && names.principalIds.length === 0)) return anyone
  return common(setting, `any ${kind}`, () => text('always', [...outsiders(kind, setting), namedPrincipals(setting)]))
}

/**
 * An identity as one text, so that the keys which say something of it stay tied:
 * `arn:aws:iam::A:user/NAME|ID`, `arn:aws:iam::A:role/NAME|ID:SESSION`, `arn:aws:iam::A:root`, `arn:aws:sts::A:federated-user/NAME`.
 */
function outsiders(kind: IdentityKind, { partition, account, zone }: RequestSetting): readonly PatternSet[] {
  const shapes = ofZone(zone, `shapes of ${kind} ${partition}`, () => ({ patterns: shapesOf(kind, partition), negated: false }))
  const inside = ofZone(zone, `inside ${kind} ${account}`, () => ({
    patterns: [
      ...[account, ...zone.accounts].map((id) => ofAccount(globPattern(id))),
      ...zone.principals.flatMap((arn) => principalPatterns(arn, kind) ?? []),
    ],
    negated: true,
  }))
  return [shapes, inside]
}

function shapesOf(kind: IdentityKind, partition: string): readonly Pattern[] {
  const iam = joined(literally(`arn:${partition}:iam::`), TWELVE_DIGITS)
  if (kind === 'root') return [joined(iam, literally(':root'))]
  if (kind === 'federated') {
    return [joined(literally(`arn:${partition}:sts::`), TWELVE_DIGITS, literally(':federated-user/'), repeated(NAME, 2))]
  }
  const session = kind === 'role' ? joined(literally(':'), repeated(NAME, 2)) : []
  const id = joined(literally(kind === 'user' ? '|AIDA' : '|AROA'), repeated(ID_LETTERS, 1), session)
  const folders = [[], joined(repeated(`${NAME}/`, 1), literally('/'))]
  return folders.map((folder) => joined(iam, literally(`:${kind}/`), folder, repeated(NAME, 1), id))
}

/** Identities that the policies name. */
function namedPrincipals({ names }: RequestSetting): PatternSet {
  const accounts = names.accounts.map((id) => ofAccount(literally(id)))
  return { patterns: [...accounts, ...names.principalIds.map((id) => ofIdentifier(globPattern(`${id}*`)))], negated: true }
}

const ANY_ARN_START = globPattern('arn:*:*::', { without: ':' })

/** Identities whose account is in the language. */
export function ofAccount(account: Pattern): Pattern {
  return joined(ANY_ARN_START, account, literally(':'), ANY_TEXT)
}

/** Identities of users and roles whose unique id (for roles with the session) is in the language. */
export function ofIdentifier(identifier: Pattern): Pattern {
  return joined(repeated(charClass('not', '|'), 0), literally('|'), identifier)
}

/** Which identities of a kind an entry of a Principal element means; null for an entry that is not understood. */
export function principalPatterns(entry: string, kind: IdentityKind): readonly Pattern[] | null {
  if (/^\d{12}$/.test(entry)) return [ofAccount(literally(entry))]
  // Unique ids stand where the identity was deleted: they match nobody ever again.
  if (/^A(IDA|ROA|GPA|NPA|KIA)[A-Z0-9]*$/.test(entry)) return []
  const arn = /^arn:(aws[a-z-]*):(iam|sts)::(\d{12}):(root|(user|role|assumed-role|federated-user)\/([^*?:|]+))$/.exec(entry)
  if (!arn) return null
  const [, partition, , account, whole, type, name] = arn
  if (whole === 'root') return [ofAccount(literally(account!))]
  switch (type) {
    case 'user':
    case 'role':
      return kind === type ? [joined(literally(`${entry}|`), ANY_TEXT)] : []
    case 'federated-user':
      return kind === 'federated' ? [literally(entry)] : []
    default: {
      const [role, session] = name!.split('/')
      if (session === undefined) return null
      if (kind !== 'role') return []
      const end = joined(literally(`${role}|`), repeated(ID_LETTERS, 1), literally(`:${session}`))
      const start = literally(`arn:${partition}:iam::${account}:role/`)
      return [joined(start, end), joined(start, repeated(`${NAME}/`, 1), literally('/'), end)]
    }
  }
}

function organizationVariable(setting: RequestSetting, anyWill: boolean): Variable {
  const { zone, names } = setting
  if (names.organizations.length === 0) {
    return ofZone(zone, 'organization', () => text('optional', organizationLanguage(setting, false)))
  }
  return common(setting, `organization ${anyWill}`, () => text('optional', organizationLanguage(setting, anyWill)))
}

const ANY_ORGANIZATION = joined(literally('o-'), repeated(LOWER_AND_DIGITS, 10))
const ROOT_UNIT = joined(literally('/r-'), repeated(LOWER_AND_DIGITS, 4), literally('/'))
const SOME_UNIT = joined(ROOT_UNIT, literally('ou-'), repeated(`${LOWER_AND_DIGITS}-/`, 1), literally('/'))

/** An organisation with the place in it, as `aws:PrincipalOrgPaths` has it: `o-…/r-…/ou-…/`. */
function organizationLanguage({ zone, names }: RequestSetting, anyWill: boolean): PatternSet[] {
  const organizations = [ANY_ORGANIZATION, ...names.organizations.map((id) => literally(id))]
  const excluded = [...zone.organizations, ...(anyWill ? names.organizations : [])].map((id) =>
    joined(literally(`${id}/`), ANY_TEXT),
  )
  return [
    { patterns: organizations.flatMap((id) => [joined(id, ROOT_UNIT), joined(id, SOME_UNIT)]), negated: false },
    ...(excluded.length > 0 ? [{ patterns: excluded, negated: true }] : []),
  ]
}

function endpointVariable(kind: 'vpc' | 'vpce', setting: RequestSetting, anyWill: boolean): Variable {
  const { zone, names } = setting
  const named = kind === 'vpc' ? names.vpcs : names.vpcEndpoints
  if (named.length === 0) return ofZone(zone, kind, () => text('always', endpointLanguage(kind, setting, false)))
  return common(setting, `${kind} ${anyWill}`, () => text('always', endpointLanguage(kind, setting, anyWill)))
}

function endpointLanguage(kind: 'vpc' | 'vpce', { zone, names }: RequestSetting, anyWill: boolean): PatternSet[] {
  const named = kind === 'vpc' ? names.vpcs : names.vpcEndpoints
  const patterns = [8, 17].map((digits) => joined(literally(`${kind}-`), repeated(HEX, digits, digits)))
  const excluded = [...(kind === 'vpc' ? zone.vpcs : zone.vpcEndpoints), ...(anyWill ? named : [])].map((id) => literally(id))
  return [
    { patterns: [...patterns, ...named.map((id) => literally(id))], negated: false },
    ...(excluded.length > 0 ? [{ patterns: excluded, negated: true }] : []),
  ]
}

/** For whom a service acts: `ACCOUNT|ARN` where the ARN holds no account, else the ARN alone. */
function sourceLanguage(form: 'with-account' | 'without-account', { partition, account, zone }: RequestSetting): PatternSet[] {
  const inside = [account, ...zone.accounts]
  const part = repeated(charClass('in', `${LOWER_AND_DIGITS}-`), 0)
  if (form === 'without-account') {
    return [
      {
        patterns: [joined(TWELVE_DIGITS, literally(`|arn:${partition}:s3:::`), repeated(charClass('not', ':|'), 3))],
        negated: false,
      },
      { patterns: inside.map((id) => joined(literally(`${id}|`), ANY_TEXT)), negated: true },
    ]
  }
  const colon = literally(':')
  const arn = joined(literally(`arn:${partition}:`), part, colon, part, colon, TWELVE_DIGITS, colon)
  return [
    { patterns: [joined(arn, repeated(charClass('not', '|'), 1))], negated: false },
    {
      patterns: inside.map((id) => joined(globPattern('arn:*:*:*:', { without: ':' }), literally(`${id}:`), ANY_TEXT)),
      negated: true,
    },
  ]
}

function multiFactorVariable(setting: RequestSetting): Variable {
  if (setting.names.numbers.length === 0) return ANY_MULTI_FACTOR
  return common(setting, MULTI_FACTOR, () => finite(multiFactorValues(setting.names.numbers)))
}

const MOST_AGE_SECONDS = 129_600

/** Not asked for, not done, or done some seconds ago: seconds enough to tell comparisons with the numbers apart. */
function multiFactorValues(numbers: readonly number[]): readonly string[] {
  const near = numbers.flatMap((at) => [Math.floor(at) - 1, Math.floor(at), Math.ceil(at) + 1])
  const ages = [...new Set([60, ...near])].filter((age) => age >= 0 && age <= MOST_AGE_SECONDS).sort((a, b) => a - b)
  return ['-', 'false', ...ages.map((age) => `true ${age}`)]
}

const ANY_MULTI_FACTOR = finite(multiFactorValues([]))

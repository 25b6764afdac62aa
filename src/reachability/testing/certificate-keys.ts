import type { ZoneOfTrust } from '../../model/index.ts'
import { bitsOf } from './conditions-evaluator.ts'
import * as language from './languages.ts'
import type { Language } from './languages.ts'
import type { Context } from './small-domains.ts'

/** One kind of request that a certificate speaks of, as the checker enumerates it. */
export interface CheckedShape {
  readonly sender: string
  readonly route: string
  readonly action: string
  /** Whether only identities and endpoints count that nobody names. */
  readonly unnamed: boolean
}

/** What the checker knows beside the shape. */
export interface CheckedSetting {
  readonly account: string
  readonly zone: ZoneOfTrust
  readonly asOf: string
  /** What the policies name literally. */
  readonly names: {
    readonly accounts: readonly string[]
    readonly organizations: readonly string[]
    readonly vpcs: readonly string[]
    readonly endpoints: readonly string[]
    readonly ids: readonly string[]
  }
  readonly except: readonly (readonly [string, string])[]
}

/** What a key of a request can be. Keys that hang together are about one thing. */
export type KeyRange =
  /** One of these, with the keys that go with it. */
  | { readonly kind: 'contexts'; readonly about: string; readonly contexts: readonly Context[] }
  | {
      readonly kind: 'numbers'
      readonly about: string
      readonly least: number
      readonly most: number
      readonly optional: boolean
    }
  | { readonly kind: 'addresses'; readonly about: string; readonly ranges: readonly (readonly [string, string])[] }
  | {
      readonly kind: 'text'
      readonly about: string
      readonly domain: Language
      readonly optional: boolean
      readonly many: boolean
      /** The things whose key is in a language. */
      readonly having: (values: Language) => Language
    }
  | { readonly kind: 'unknown' }

const { and, EVERYTHING, except, exactly, not, oneOf, or, repeated, text, inTurn } = language
const DIGITS = '0123456789'
const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789'
const NAME = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+=,.@_-'
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const ACCOUNT = exactly(oneOf(DIGITS), 12)
const NO_HASH = repeated(except('#'))
const FIELD = repeated(except(':'))
const LISTS = ['s3:ListBucket', 's3:ListBucketVersions']
const ACLS = ['private', 'public-read', 'public-read-write', 'authenticated-read', 'aws-exec-read', 'bucket-owner-read']
const CANNED = [...ACLS, 'bucket-owner-full-control', 'log-delivery-write']
const SETS_ACL = ['s3:PutObject', 's3:PutObjectAcl', 's3:PutBucketAcl']
const TAGGED = ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObjectAcl']
const NEVER = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
]

/** What a condition key can be in requests of the shape, by AWS's list of global keys and S3's own. */
export function rangeOf(key: string, shape: CheckedShape, setting: CheckedSetting): KeyRange {
  const name = key.toLowerCase()
  const { sender, route, action } = shape
  const kind = sender.split(' ')[0]!
  const identity = ['user', 'role', 'root', 'federated'].includes(kind)
  const signed = identity || kind === 'canonical'
  const fixed = (value: string): KeyRange => ({ kind: 'contexts', about: name, contexts: [{ [name]: value }] })
  const absent: KeyRange = { kind: 'contexts', about: name, contexts: [{}] }
  const free = (there: boolean, more: Partial<Extract<KeyRange, { kind: 'text' }>> = {}): KeyRange =>
    there
      ? { kind: 'text', about: name, domain: SOME_TEXT, optional: true, many: false, having: (values) => values, ...more }
      : absent
  const tied = (about: string, domain: Language, optional: boolean, having: (values: Language) => Language): KeyRange => ({
    kind: 'text',
    about,
    domain,
    optional,
    many: false,
    having,
  })
  const principal = (having: (values: Language) => Language) =>
    identity ? tied('principal', principals(kind, shape, setting), false, having) : kind === 'canonical' ? UNKNOWN : absent
  const organization = (there: boolean, having: (values: Language) => Language) =>
    there ? tied('organization', organizations(shape, setting), true, having) : kind === 'canonical' ? UNKNOWN : absent
  switch (name) {
    case 'aws:sourceip':
      return route.startsWith('internet') ? { kind: 'addresses', about: name, ranges: internet(route, setting) } : absent
    case 'aws:vpcsourceip':
      return route === 'endpoint'
        ? {
            kind: 'addresses',
            about: name,
            ranges: [
              ['0.0.0.0', '255.255.255.255'],
              ['::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
            ],
          }
        : absent
    case 'aws:sourcevpc':
    case 'aws:sourcevpce':
      return route === 'endpoint'
        ? {
            kind: 'text',
            about: name,
            domain: endpoints(name.slice('aws:source'.length), shape, setting),
            optional: false,
            many: false,
            having: (values) => values,
          }
        : absent
    case 'aws:securetransport':
    case 's3:tlsversion':
      return { kind: 'contexts', about: 'transport', contexts: route === 'service' ? TRANSPORTS.slice(1) : TRANSPORTS }
    case 'aws:multifactorauthpresent':
    case 'aws:multifactorauthage':
      return identity
        ? { kind: 'contexts', about: 'multi-factor', contexts: MULTI_FACTOR }
        : kind === 'canonical'
          ? UNKNOWN
          : absent
    case 'aws:currenttime':
      return fixed(setting.asOf)
    case 'aws:epochtime':
      return fixed(String(Date.parse(setting.asOf) / 1000))
    case 'aws:resourceaccount':
    case 's3:resourceaccount':
      return fixed(setting.account)
    case 'aws:viaawsservice':
      return fixed(String(route === 'service' && identity))
    case 'aws:calledvia':
      return free(route === 'service' && identity, { optional: false, many: true })
    case 'aws:principalisawsservice':
      return kind === 'anonymous' ? absent : fixed(String(kind === 'service'))
    case 'aws:principaltype': {
      const type = { anonymous: 'Anonymous', user: 'User', role: 'AssumedRole', root: 'Account', federated: 'FederatedUser' }[
        kind
      ]
      return type ? fixed(type) : UNKNOWN
    }
    case 'aws:userid':
      if (kind === 'anonymous') return fixed('anonymous')
      if (kind === 'root')
        return principal((values) =>
          inTurn(FIELD, text(':'), FIELD, text(':'), FIELD, text('::'), and(values, ACCOUNT), text(':'), EVERYTHING),
        )
      return kind === 'user' || kind === 'role' ? principal((values) => inTurn(NO_HASH, text('#'), values)) : UNKNOWN
    case 'aws:username':
      if (kind === 'canonical') return UNKNOWN
      return kind === 'user'
        ? principal((values) => inTurn(EVERYTHING, text('/'), and(values, repeated(except('/#'))), text('#'), EVERYTHING))
        : absent
    case 'aws:principalarn':
      return principal((values) => inTurn(and(values, NO_HASH), text('#'), EVERYTHING))
    case 'aws:principalaccount':
      return principal((values) =>
        inTurn(text('arn:'), FIELD, text(':'), FIELD, text('::'), and(values, ACCOUNT), text(':'), EVERYTHING),
      )
    case 'aws:principalorgid':
      return organization(identity, (values) => inTurn(and(values, repeated(except('/'))), text('/r-'), EVERYTHING))
    case 'aws:principalorgpaths':
      return organization(identity, (values) => values)
    case 'aws:sourceorgid':
      return kind === 'service'
        ? organization(true, (values) => inTurn(and(values, repeated(except('/'))), text('/r-'), EVERYTHING))
        : absent
    case 'aws:sourceorgpaths':
      return kind === 'service' ? organization(true, (values) => values) : absent
    case 'aws:sourceaccount':
      return kind === 'service'
        ? tied('source', origins(sender, setting), false, (values) => inTurn(and(values, ACCOUNT), text('#'), EVERYTHING))
        : absent
    case 'aws:sourcearn':
      return kind === 'service'
        ? tied('source', origins(sender, setting), false, (values) => inTurn(ACCOUNT, text('#'), values))
        : absent
    case 'aws:referer':
    case 'aws:useragent':
      return free(true)
    case 'aws:tokenissuetime':
      return signed
        ? { kind: 'numbers', about: name, least: 0, most: Math.floor(Date.parse(setting.asOf) / 1000), optional: true }
        : absent
    case 's3:signatureage':
      return signed ? { kind: 'numbers', about: name, least: 0, most: 604_800_000, optional: false } : absent
    case 's3:max-keys':
      return LISTS.includes(action) ? { kind: 'numbers', about: name, least: 0, most: 2_147_483_647, optional: true } : absent
    case 's3:prefix':
    case 's3:delimiter':
      return free(LISTS.includes(action), { domain: EVERYTHING })
    case 's3:x-amz-acl':
      return {
        kind: 'contexts',
        about: name,
        contexts: SETS_ACL.includes(action) ? [{}, ...CANNED.map((acl) => ({ [name]: acl }))] : [{}],
      }
    case 's3:requestobjecttagkeys':
      return free(action === 's3:PutObject', { many: true })
    default:
      if (name.startsWith('s3:existingobjecttag/')) return free(TAGGED.includes(action))
      if (name.startsWith('aws:principaltag/')) return kind === 'canonical' ? UNKNOWN : free(identity)
      return UNKNOWN
  }
}

const UNKNOWN: KeyRange = { kind: 'unknown' }
const SOME_TEXT = inTurn(language.ANY_CHAR, EVERYTHING)
const TRANSPORTS: readonly Context[] = [
  { 'aws:SecureTransport': 'false' },
  { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.2' },
  { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' },
]
const MULTI_FACTOR: readonly Context[] = [
  {},
  { 'aws:MultiFactorAuthPresent': 'false' },
  ...Array.from({ length: 36 }, (_, hour) => [hour * 3600 + 1, hour * 3600 + 3599, (hour + 1) * 3600])
    .flat()
    .map((age) => ({
      'aws:MultiFactorAuthPresent': 'true',
      'aws:MultiFactorAuthAge': String(age),
    })),
]

/** The object that a request names, after the bucket. */
export function objectRange(): Extract<KeyRange, { kind: 'text' }> {
  return { kind: 'text', about: 'resource', domain: SOME_TEXT, optional: false, many: false, having: (values) => values }
}

/** Outside identities as `ARN#ID`; the id of a role's session is `AROA…:SESSION`. */
export function principals(kind: string, { unnamed }: CheckedShape, { account, zone, names }: CheckedSetting): Language {
  const name = repeated(oneOf(NAME), 1)
  const path = or(language.EMPTY_TEXT, inTurn(repeated(oneOf(`${NAME}/`), 1), text('/')))
  const session = inTurn(text(':'), repeated(oneOf(NAME), 2))
  const iam = inTurn(text('arn:aws:iam::'), ACCOUNT)
  const all = {
    user: inTurn(iam, text(':user/'), path, name, text('#AIDA'), repeated(oneOf(UPPER), 1)),
    role: inTurn(iam, text(':role/'), path, name, text('#AROA'), repeated(oneOf(UPPER), 1), session),
    root: inTurn(iam, text(':root#')),
    federated: inTurn(text('arn:aws:sts::'), ACCOUNT, text(':federated-user/'), repeated(oneOf(NAME), 2), text('#')),
  }[kind as 'user']
  const inside = [account, ...zone.accounts, ...(unnamed ? names.accounts : [])].map(ofAccount)
  const ids = unnamed ? names.ids.map((id) => inTurn(NO_HASH, text(`#${id}`), EVERYTHING)) : []
  return and(all, ...[...inside, ...ids, ...zone.principals.map((entry) => named(entry))].map(not))
}

export function ofAccount(id: string): Language {
  return inTurn(text('arn:'), FIELD, text(':'), FIELD, text(`::${id}:`), EVERYTHING)
}

/** The identities that an entry of a Principal element names. */
export function named(entry: string): Language {
  const account = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(entry)?.[1]
  if (account) return ofAccount(account)
  const session = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(entry)
  if (!session) return inTurn(text(`${entry}#`), EVERYTHING)
  const [, id, role, name] = session
  const end = inTurn(text(`${role}#`), repeated(oneOf(UPPER)), text(`:${name}`))
  return inTurn(text(`arn:aws:iam::${id}:role/`), or(end, inTurn(EVERYTHING, text('/'), end)))
}

function organizations({ unnamed }: CheckedShape, { zone, names }: CheckedSetting): Language {
  const id = or(inTurn(text('o-'), repeated(oneOf(LOWER), 10)), ...names.organizations.map((one) => text(one)))
  const root = inTurn(text('/r-'), repeated(oneOf(LOWER), 4), text('/'))
  const units = or(language.EMPTY_TEXT, inTurn(text('ou-'), repeated(oneOf(`${LOWER}-/`), 1), text('/')))
  const inside = [...zone.organizations, ...(unnamed ? names.organizations : [])]
  return and(inTurn(id, root, units), ...inside.map((one) => not(inTurn(text(`${one}/`), EVERYTHING))))
}

/** For whom a service acts, as `ACCOUNT#ARN`; where the ARN holds an account, it is that one. */
function origins(sender: string, { account, zone, names }: CheckedSetting): Language {
  const part = repeated(oneOf(`${LOWER}-`))
  const outside = [account, ...zone.accounts].map((id) => not(inTurn(text(`${id}#`), EVERYTHING)))
  if (sender.endsWith(' without-account'))
    return and(inTurn(ACCOUNT, text('#arn:aws:s3:::'), repeated(except(':#'), 3)), ...outside)
  const arn = (id: Language) =>
    inTurn(text('arn:aws:'), part, text(':'), part, text(':'), id, text(':'), repeated(except('#'), 1))
  // The account is that of the ARN; of accounts that nobody names, one is like the other.
  const each = names.accounts.map((id) => inTurn(text(`${id}#`), arn(text(id))))
  const other = and(ACCOUNT, ...names.accounts.map((id) => not(text(id))))
  const insideArn = [account, ...zone.accounts].map((id) => not(inTurn(NO_HASH, text('#'), arn(text(id)))))
  return and(or(...each, inTurn(other, text('#'), arn(other))), ...outside, ...insideArn)
}

function endpoints(kind: string, { unnamed }: CheckedShape, { zone, names }: CheckedSetting): Language {
  const hex = oneOf('0123456789abcdef')
  const mentioned = kind === 'vpc' ? names.vpcs : names.endpoints
  const all = or(...[8, 17].map((count) => inTurn(text(`${kind}-`), exactly(hex, count))), ...mentioned.map((id) => text(id)))
  const inside = [...(kind === 'vpc' ? zone.vpcs : zone.vpcEndpoints), ...(unnamed ? mentioned : [])]
  return and(all, ...inside.map((id) => not(text(id))))
}

/** First and last of each range of outside addresses of the route, without those about which nothing is claimed. */
function internet(route: string, { zone, except: passedOver }: CheckedSetting): readonly (readonly [string, string])[] {
  const width = route === 'internet-v4' ? 32 : 128
  let ranges: [bigint, bigint][] = [route === 'internet-v4' ? [0n, 2n ** 32n - 1n] : rangeOfCidr('2000::/3')!]
  const holes = [...NEVER, ...zone.cidrs].flatMap((cidr) =>
    bitsOf(cidr.split('/')[0]!)?.length === width ? [rangeOfCidr(cidr)!] : [],
  )
  const given = passedOver.flatMap(([first, last]) =>
    bitsOf(first)?.length === width ? [[numberOf(first), numberOf(last)] as const] : [],
  )
  for (const [from, to] of [...holes, ...given]) {
    ranges = ranges.flatMap(([first, last]) =>
      to < first || from > last
        ? [[first, last] as [bigint, bigint]]
        : [
            ...(from > first ? [[first, from - 1n] as [bigint, bigint]] : []),
            ...(to < last ? [[to + 1n, last] as [bigint, bigint]] : []),
          ],
    )
  }
  return ranges.map(([first, last]) => [addressOf(first, width), addressOf(last, width)])
}

export function rangeOfCidr(cidr: string): [bigint, bigint] | null {
  const [address, length] = cidr.split('/') as [string, string?]
  const bits = bitsOf(address)
  if (!bits) return null
  const free = BigInt(bits.length - Number(length ?? bits.length))
  const first = (BigInt(`0b${bits}`) >> free) << free
  return [first, first + (1n << free) - 1n]
}

export function numberOf(address: string): bigint {
  return BigInt(`0b${bitsOf(address)}`)
}

export function addressOf(number: bigint, width: number): string {
  if (width === 32) return [24n, 16n, 8n, 0n].map((shift) => String((number >> shift) & 255n)).join('.')
  return Array.from({ length: 8 }, (_, at) => ((number >> BigInt(112 - 16 * at)) & 0xffffn).toString(16)).join(':')
}

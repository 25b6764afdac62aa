import type { Access, Json, ZoneOfTrust } from '../../model/index.ts'
import type { Certificate, Claim, Closed, GrantName, PartName, Reason } from '../certificate/certificate.ts'
import { ACTIONS, isAbout, onlyServicesMeet } from './brute-force.ts'
import {
  addressOf,
  type CheckedSetting,
  type CheckedShape,
  type KeyRange,
  named,
  numberOf,
  objectRange,
  principals,
  rangeOf,
  rangeOfCidr,
} from './certificate-keys.ts'
import { arnMatches, bitsOf, conditionsHold, type Piece } from './conditions-evaluator.ts'
import { type EvaluatedResource, keysOf, principalsMatch } from './evaluator.ts'
import * as language from './languages.ts'
import type { Language } from './languages.ts'
import { listOf, memberOf, type StatementText, statementsOf, textsOf, versionOf } from './policy-text.ts'
import { publicByS3 } from './public-policy.ts'
import type { Context } from './small-domains.ts'

/**
 * Checks a certificate for a bucket against its configuration, without searching: it goes through every kind of sender,
 * route, action and grant by itself, finds the reason that the certificate has for it, and checks each leaf of the reason.
 * Null: accepted; else the first thing that is wrong.
 */
export function checkCertificate(
  certificate: Certificate,
  access: Access,
  resource: EvaluatedResource,
  question: { readonly zone: ZoneOfTrust; readonly asOf: string },
): string | null {
  const { actions, audience, claims } = certificate
  if (certificate.resource !== resource.arn) return 'it is about another resource'
  if (actions.join() !== ACTIONS[access].join()) return 'it is about other actions'
  const wanted: Readonly<Record<string, readonly Claim['who'][]>> = {
    none: ['everybody'],
    named: ['anonymous', 'identities'],
    'any-identity': ['anonymous'],
  }
  if (claims.map(({ who }) => who).join() !== wanted[audience]?.join()) return `its claims are not those of ${audience}`
  for (const claim of claims) {
    const problem = new Checker(claim, actions, resource, question).problem()
    if (problem !== null) return problem
  }
  return null
}

interface CheckedGrant {
  readonly name: GrantName
  readonly statement: StatementText | null
  /** Services that some statement of the same policy names. */
  readonly servicesNamed?: readonly string[]
  /** Of an entry of an access control list. */
  readonly entry: { readonly actions: readonly string[]; readonly grantee: string; readonly key: string | null } | null
}

interface PartSide {
  readonly part: PartName
  /** Whether the request is said to miss it. */
  readonly misses: boolean
}

const INTERNET = ['internet-v4', 'internet-v6', 'endpoint']
const IDENTITIES = ['user', 'role', 'root', 'federated']

class Checker {
  readonly #claim: Claim
  readonly #actions: readonly string[]
  readonly #resource: EvaluatedResource
  readonly #setting: CheckedSetting
  readonly #grants: readonly CheckedGrant[]

  constructor(
    claim: Claim,
    actions: readonly string[],
    resource: EvaluatedResource,
    { zone, asOf }: { readonly zone: ZoneOfTrust; readonly asOf: string },
  ) {
    this.#claim = claim
    this.#actions = actions
    this.#resource = resource
    this.#setting = { account: resource.account, zone, asOf, names: namesIn(resource), except: claim.except }
    this.#grants = grantsOf(resource, zone)
  }

  problem(): string | null {
    const { who, except } = this.#claim
    if (except.length > 0 && (who === 'everybody' || !isNarrow(except))) return 'it passes over too many addresses'
    for (const sender of this.#senders()) {
      const routes = sender.startsWith('service')
        ? ['service']
        : IDENTITIES.includes(sender)
          ? [...INTERNET, 'service']
          : INTERNET
      for (const route of routes) {
        for (const action of this.#actions) {
          if (this.#isStopped(sender)) continue
          for (const grant of this.#grants) {
            const shape = { sender, route, action, unnamed: who !== 'everybody' }
            if (sender.startsWith('service') && !speaksToService(grant, sender.split(' ')[1]!)) continue
            const found = this.#claim.closed.filter((closed) => covers(closed, shape, grant))
            if (!found.some(({ reason }) => this.#holds(reason, shape, grant, []))) {
              return `${sender} over ${route} with ${action} by ${JSON.stringify(grant.name)}: ${found.length === 0 ? 'nothing is said' : 'what is said does not hold'}`
            }
          }
        }
      }
    }
    return null
  }

  #senders(): readonly string[] {
    const { who } = this.#claim
    if (who !== 'everybody') return who === 'anonymous' ? ['anonymous'] : IDENTITIES
    const ids = this.#grants.flatMap(({ statement, entry }) =>
      statement
        ? textsOf(memberOf(statement.Principal, 'CanonicalUser'))
        : entry && entry.grantee.length > 20
          ? [entry.grantee]
          : [],
    )
    const services = this.#grants.flatMap(servicesSpokenTo)
    const both = services.flatMap((service) => [`service ${service} with-account`, `service ${service} without-account`])
    return ['anonymous', ...IDENTITIES, ...new Set(ids.map((id) => `canonical ${id}`)), ...new Set(both)]
  }

  /** What stops requests before any grant: RestrictPublicBuckets all but services, a requester who pays the anonymous. */
  #isStopped(sender: string): boolean {
    const { policy, requestPayment, publicAccessBlock, accountPublicAccessBlock } = this.#resource
    if (sender === 'anonymous' && memberOf(requestPayment, 'Payer') === 'Requester') return true
    const restricts = [publicAccessBlock, accountPublicAccessBlock].some(
      (block) => memberOf(block, 'RestrictPublicBuckets') === true,
    )
    return restricts && !sender.startsWith('service') && publicByS3(policy) === 'public'
  }

  #holds(reason: Reason, shape: CheckedShape, grant: CheckedGrant, missed: readonly PartSide[]): boolean {
    switch (reason.kind) {
      case 'stopped':
        return this.#isStopped(shape.sender)
      case 'denied': {
        const parts = this.#partsOfDeny(reason, shape)
        return parts?.every((part) => this.#isConflict([{ part, misses: true }], shape, grant)) ?? false
      }
      case 'conflict': {
        const sides = reason.parts.map((part): PartSide | null => {
          if (isOf(part, grant.name)) return { part, misses: false }
          return missed.find((side) => JSON.stringify(side.part) === JSON.stringify(part)) ?? null
        })
        return sides.every((side) => side !== null) && this.#isConflict(sides, shape, grant)
      }
      case 'split': {
        const parts = this.#partsOfDeny(reason, shape)
        if (!parts) return false
        return parts.every((part) => {
          const way = reason.ways.find(({ misses }) => samePart(misses, part))
          if (way) return this.#holds(way.reason, shape, grant, [...missed, { part: way.misses, misses: true }])
          return this.#isConflict([{ part, misses: true }], shape, grant)
        })
      }
    }
  }

  /** The parts of a Deny that is about the action; null where there is no such Deny. */
  #partsOfDeny(
    at: { readonly policy: string; readonly statement: number },
    { action }: CheckedShape,
  ): readonly PartName[] | null {
    const statement = this.#statement(at)?.statement
    if (statement?.Effect !== 'Deny' || !isAbout(statement, action)) return null
    const conditions = Object.entries((statement.Condition ?? {}) as Conditions).flatMap(([operator, keys]) =>
      Object.keys(keys).map((key) => ({ policy: at.policy, statement: at.statement, part: 'condition' as const, operator, key })),
    )
    return [{ ...pick(at), part: 'principal' }, { ...pick(at), part: 'resource' }, ...conditions]
  }

  #statement({
    policy,
    statement,
  }: {
    readonly policy: string
    readonly statement: number
  }): { statement: StatementText; variables: boolean } | null {
    const control = /^resource control policy (\d+)$/.exec(policy)?.[1]
    const document =
      policy === 'bucket policy'
        ? this.#resource.policy
        : control
          ? (listOf(this.#resource.resourceControlPolicies ?? null)[Number(control) - 1] ?? null)
          : null
    const found = statementsOf(document)[statement - 1]
    return found ? { statement: found, variables: versionOf(document) === '2012-10-17' } : null
  }

  /** Whether no request of the shape can be so. */
  #isConflict(sides: readonly PartSide[], shape: CheckedShape, grant: CheckedGrant): boolean {
    const asked = sides.map((side) => this.#asks(side, shape, grant))
    if (asked.some((each) => each === false)) return true
    const asking = asked.filter((each) => typeof each === 'object')
    const about = asking[0]?.range
    if (!about || about.kind === 'unknown' || asking.some(({ range }) => range.kind === 'unknown' || range.about !== about.about))
      return false
    switch (about.kind) {
      case 'text':
        return noText(asking)
      case 'contexts':
        return !about.contexts.some((context) => asking.every(({ met }) => met(context)))
      default: {
        const values = about.kind === 'numbers' ? numbers(about, asking) : addresses(about.ranges, asking)
        return !values.some((context) => asking.every(({ met }) => met(context)))
      }
    }
  }

  /** What a side asks; true where it asks nothing that can be told, false where it cannot be. */
  #asks({ part, misses }: PartSide, shape: CheckedShape, grant: CheckedGrant): Asking | boolean {
    if ('entry' in part) return this.#asksEntry(part.part, shape, grant, misses)
    const found = this.#statement(part)
    if (!found) return true
    const { statement, variables } = found
    switch (part.part) {
      case 'action':
        return isAbout(statement, shape.action) !== misses
      case 'principal':
        return this.#asksPrincipal(statement, shape, misses)
      case 'resource':
        return this.#asksResource(statement, variables, shape, misses)
      case 'condition': {
        const condition = conditionNamed(statement, part)
        if (!condition) return true
        const range = rangeOf(part.key, shape, this.#setting)
        return {
          range,
          ...conditionAsks(condition, range, variables, misses, this.#setting, (value) => this.#filled(value, variables, shape)),
        }
      }
      default:
        return true
    }
  }

  #asksEntry(
    part: PartName['part'],
    { sender, action }: CheckedShape,
    { entry }: CheckedGrant,
    misses: boolean,
  ): Asking | boolean {
    if (!entry || misses) return true
    if (part === 'action') return entry.actions.includes(action)
    if (part === 'grantee') {
      if (sender.startsWith('service')) return false
      if (entry.grantee === 'everyone') return true
      return entry.grantee === 'authenticated' ? IDENTITIES.includes(sender) : sender === `canonical ${entry.grantee}`
    }
    if (entry.key === null) return true
    return { range: objectRange(), ...textAsks(language.text(entry.key)) }
  }

  #asksPrincipal(statement: StatementText, shape: CheckedShape, misses: boolean): Asking | boolean {
    const { sender } = shape
    const element = statement.Principal ?? statement.NotPrincipal ?? null
    if (element === '*' || textsOf(memberOf(element, 'AWS')).includes('*')) return (statement.Principal !== undefined) !== misses
    if (sender.startsWith('canonical')) {
      if (textsOf(memberOf(element, 'CanonicalUser')).includes(sender.slice('canonical '.length)))
        return (statement.Principal !== undefined) !== misses
      // The identities of accounts that an Allow names are senders of their own; of a Deny it is not known whether it names the holder's.
      if (statement.Effect === 'Deny' && textsOf(memberOf(element, 'AWS')).length > 0) return true
      return (statement.Principal === undefined) !== misses
    }
    if (!IDENTITIES.includes(sender)) {
      const principal =
        sender === 'anonymous' ? ({ kind: 'anonymous' } as const) : ({ kind: 'service', service: sender.split(' ')[1]! } as const)
      return principalsMatch(statement, { principal, action: shape.action, resource: this.#resource.arn, context: {} }) !== misses
    }
    const entries = textsOf(memberOf(element, 'AWS')).filter((entry) => !/^A(IDA|ROA)/.test(entry))
    const listed = language.or(...entries.map(named))
    const range: KeyRange = {
      kind: 'text',
      about: 'principal',
      domain: principals(sender, shape, this.#setting),
      optional: false,
      many: false,
      having: (values) => values,
    }
    return { range, ...textAsks((statement.Principal !== undefined) !== misses ? listed : language.not(listed)) }
  }

  #asksResource(statement: StatementText, variables: boolean, shape: CheckedShape, misses: boolean): Asking | boolean {
    const holds = (statement.Resource !== undefined) !== misses
    const globs = textsOf(statement.Resource ?? statement.NotResource).flatMap((glob) => {
      const pieces = this.#filled(glob, variables, shape)
      // What is open may be any text where the resource is to match, and matches nothing where it is not to.
      if (pieces === null || (!holds && pieces.includes('any'))) return []
      return pieces.map((piece) => (piece === 'any' ? '*' : piece.text)).join('')
    })
    if (!/Object/.test(shape.action)) {
      return globs.some((glob) => glob === '*' || arnMatches(this.#resource.arn, [{ text: glob, literal: false }])) === holds
    }
    const set = language.or(...globs.map((glob) => objectsLike(glob, this.#resource.arn)))
    return { range: objectRange(), ...textAsks(holds ? set : language.not(set)) }
  }

  #filled(written: string, variables: boolean, shape: CheckedShape): Filled {
    if (!variables || !written.includes('${')) return [{ text: written, literal: false }]
    const pieces: (Piece | 'any')[] = []
    for (const [at, piece] of written.split(/\$\{([^}]*)\}/).entries()) {
      if (at % 2 === 0) {
        pieces.push({ text: piece, literal: false })
        continue
      }
      const put = this.#putIn(piece, shape)
      if (put === null) return null
      pieces.push(put === 'any' ? put : { text: put, literal: true })
    }
    return pieces
  }

  /** The value of a policy variable; null where it has none. */
  #putIn(inside: string, shape: CheckedShape): string | 'any' | null {
    if (['*', '?', '$'].includes(inside)) return inside
    const [name = '', fallback] = inside.split(',').map((part) => part.trim())
    const fixed = keysOf({ context: fixedContext(this.#setting) }).get(name.toLowerCase())
    if (fixed) return fixed[0]!
    const range = rangeOf(name, shape, this.#setting)
    const absent = range.kind === 'contexts' && range.contexts.length === 1 && Object.keys(range.contexts[0]!).length === 0
    return absent ? (fallback?.replace(/^'|'$/g, '') ?? null) : 'any'
  }
}

type Conditions = Readonly<Record<string, Readonly<Record<string, Json>>>>

/** What is asked of a thing: of its texts, or of contexts that are tried one by one. */
interface Asking {
  readonly range: KeyRange
  readonly whenAbsent: boolean
  readonly quantifier: 'all' | 'some'
  readonly values: Language
  readonly met: (context: Context) => boolean
  /** The constants that it compares with. */
  readonly constants: readonly string[]
}

function textAsks(values: Language): Omit<Asking, 'range'> {
  return { whenAbsent: false, quantifier: 'some', values, met: () => true, constants: [] }
}

interface NamedCondition {
  readonly operator: string
  readonly key: string
  readonly written: readonly string[]
  readonly values: Json
}

function conditionNamed(statement: StatementText, part: PartName): NamedCondition | null {
  if (part.part !== 'condition') return null
  for (const [operator, keys] of Object.entries((statement.Condition ?? {}) as Conditions)) {
    for (const [key, values] of Object.entries(keys)) {
      if (operator.toLowerCase() === part.operator.toLowerCase() && key === part.key)
        return { operator, key, values, written: [values].flat().map(String) }
    }
  }
  return null
}

/** A text with its variables filled in: pieces as written, values put in, and `any` for what is the sender's; null: it matches nothing. */
type Filled = readonly (Piece | 'any')[] | null

function conditionAsks(
  { operator, key, written, values }: NamedCondition,
  range: KeyRange,
  variables: boolean,
  misses: boolean,
  setting: CheckedSetting,
  fill: (value: string) => Filled,
): Omit<Asking, 'range'> {
  const [, quantifier, base, ifExists] = /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/.exec(operator.toLowerCase())!
  const filled = written.map(fill)
  const open = filled.some((pieces) => pieces?.includes('any'))
  const met = (context: Context) => {
    const keys = new Map([...keysOf({ context: fixedContext(setting) }), ...keysOf({ context })])
    // A key that is absent comes out as it does whatever it is compared with.
    return (open && keys.has(key.toLowerCase())) || conditionsHold({ [operator]: { [key]: values } }, keys, variables) !== misses
  }
  if (range.kind !== 'text') return { ...textAsks(language.EVERYTHING), met, constants: written }
  if (base === 'null') {
    const [absent, present] = [/^true$/i, /^false$/i].map((word) => written.some((value) => word.test(value)))
    const there = present !== misses ? language.EVERYTHING : language.NOTHING
    return { whenAbsent: absent !== misses, quantifier: 'some', values: there, met, constants: [] }
  }
  const negated = base!.includes('not')
  const each = quantifier ? quantifier === 'forallvalues:' : negated
  const complement = negated !== misses
  const listed = language.or(...filled.map((pieces) => valuesLike(base!.replace('not', ''), pieces, !complement)))
  return {
    whenAbsent: (ifExists !== undefined || each) !== misses,
    quantifier: each !== misses ? 'all' : 'some',
    values: complement ? language.not(listed) : listed,
    met,
    constants: written,
  }
}

function fixedContext({ account, asOf }: CheckedSetting): Context {
  return { 'aws:ResourceAccount': account, 'aws:CurrentTime': asOf }
}

/** The texts that an operator takes for a written value; for what is open, any text (`wide`) or the value matches nothing. */
function valuesLike(operator: string, pieces: Filled, wide: boolean): Language {
  if (pieces === null || (!wide && pieces.includes('any'))) return language.NOTHING
  const each = (written: (text: string) => Language) =>
    language.inTurn(
      ...pieces.map((piece) =>
        piece === 'any' ? language.EVERYTHING : piece.literal ? language.text(piece.text) : written(piece.text),
      ),
    )
  switch (operator) {
    case 'stringequals':
      return each(language.text)
    case 'stringequalsignorecase':
      return language.inTurn(...pieces.map((piece) => (piece === 'any' ? language.EVERYTHING : language.text(piece.text, true))))
    case 'stringlike':
      return each(language.glob)
    case 'arnequals':
    case 'arnlike':
      return arnsLike(pieces.map((piece) => (piece === 'any' ? '*' : piece.text)).join(''))
    default:
      return wide ? language.EVERYTHING : language.NOTHING
  }
}

function arnsLike(written: string): Language {
  const parts = written.split(':')
  if (written === '*') return language.EVERYTHING
  if (parts.length < 6) return language.NOTHING
  const first = parts.slice(0, 5).flatMap((part) => [language.glob(part, ':'), language.text(':')])
  return language.inTurn(...first, language.glob(parts.slice(5).join(':')))
}

/** The object names under the bucket whose ARN is like the pattern: what is left of it once it has taken the bucket's name and a slash. */
function objectsLike(written: string, arn: string): Language {
  if (written === '*') return language.EVERYTHING
  const [first, sixth] = [written.split(':').slice(0, 5), written.split(':').slice(5).join(':')]
  const head = `${arn.split(':').slice(0, 5).join(':')}:`
  if (!arnMatches(`${head}x`, [{ text: `${first.join(':')}:*`, literal: false }])) return language.NOTHING
  let left = new Set([sixth])
  for (const char of `${arn.slice(head.length)}/`) left = new Set([...left].flatMap((rest) => [...afterChar(rest, char)]))
  return language.or(...[...left].map((rest) => language.glob(rest)))
}

function* afterChar(pattern: string, char: string): Generator<string> {
  let rest = pattern
  for (; rest.startsWith('*'); rest = rest.slice(1)) yield rest
  if (rest.startsWith('?') || rest.startsWith(char)) yield rest.slice(1)
}

function noText(asking: readonly Asking[]): boolean {
  const { range } = asking[0]!
  if (range.kind !== 'text') return false
  if (range.optional && asking.every(({ whenAbsent }) => whenAbsent)) return false
  const sets = (quantifier: Asking['quantifier'] | null) =>
    asking
      .filter((each) => quantifier === null || each.quantifier === quantifier)
      .map((each) => (each.range.kind === 'text' ? each.range.having(each.values) : language.EVERYTHING))
  if (!range.many) return language.isEmpty(language.and(range.domain, ...sets(null)))
  const some = sets('some')
  return (some.length > 0 ? some : [language.EVERYTHING]).some((one) =>
    language.isEmpty(language.and(range.domain, one, ...sets('all'))),
  )
}

function numbers(
  { about, least, most, optional }: Extract<KeyRange, { kind: 'numbers' }>,
  asking: readonly Asking[],
): readonly Context[] {
  const constants = asking
    .flatMap((each) => each.constants)
    .flatMap((value) =>
      /^-?\d+(\.\d+)?$/.test(value) ? [Number(value)] : Number.isNaN(Date.parse(value)) ? [] : [Date.parse(value) / 1000],
    )
  const near = constants.flatMap((at) => [Math.floor(at) - 1, Math.floor(at), Math.ceil(at), Math.ceil(at) + 1])
  const values = [...new Set([least, most, ...near])].filter((at) => at >= least && at <= most)
  return [...(optional ? [{}] : []), ...values.map((value) => ({ [about]: String(value) }))]
}

/** One address from each stretch between the ends of the ranges that are asked for. */
function addresses(ranges: readonly (readonly [string, string])[], asking: readonly Asking[]): readonly Context[] {
  const ends = asking
    .flatMap((each) => each.constants)
    .flatMap((cidr) => {
      const range = rangeOfCidr(cidr)
      return range ? [{ width: bitsOf(cidr.split('/')[0]!)!.length, starts: [range[0], range[1] + 1n] }] : []
    })
  const key = asking[0]!.range.kind === 'addresses' ? asking[0]!.range.about : ''
  return ranges.flatMap(([first, last]) => {
    const width = bitsOf(first)!.length
    const [from, to] = [numberOf(first), numberOf(last)]
    const starts = [from, ...ends.filter((end) => end.width === width).flatMap((end) => end.starts)]
    return starts.filter((start) => start >= from && start <= to).map((start) => ({ [key]: addressOf(start, width) }))
  })
}

function covers({ requests, grants }: Closed, { sender, route, action }: CheckedShape, grant: CheckedGrant): boolean {
  const isAsked = requests.some(
    ({ senders, routes, actions }) => senders.includes(sender) && routes.includes(route) && actions.includes(action),
  )
  return isAsked && (grants.length === 0 || (grants.length === 1 && JSON.stringify(grants[0]) === JSON.stringify(grant.name)))
}

function isOf(part: PartName, name: GrantName): boolean {
  return 'entry' in part
    ? 'entry' in name && part.entry === name.entry
    : 'policy' in name && part.policy === name.policy && part.statement === name.statement
}

function samePart(one: PartName, other: PartName): boolean {
  if (
    'entry' in one ||
    'entry' in other ||
    one.policy !== other.policy ||
    one.statement !== other.statement ||
    one.part !== other.part
  )
    return false
  return (
    one.part !== 'condition' ||
    other.part !== 'condition' ||
    (one.key === other.key && one.operator.toLowerCase() === other.operator.toLowerCase())
  )
}

function pick({ policy, statement }: { readonly policy: string; readonly statement: number }) {
  return { policy, statement }
}

const ACL_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  READ: ['s3:ListBucket', 's3:ListBucketVersions'],
  WRITE: ['s3:PutObject', 's3:DeleteObject'],
  WRITE_ACP: ['s3:PutBucketAcl'],
}
const OBJECT_ACL_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  READ: ['s3:GetObject', 's3:GetObjectVersion'],
  WRITE_ACP: ['s3:PutObjectAcl'],
}

/** Everything that may let an outsider in: statements but those for accounts that are inside, and the entries of ACLs that count. */
function grantsOf(resource: EvaluatedResource, zone: ZoneOfTrust): readonly CheckedGrant[] {
  const inside = [resource.account, ...zone.accounts].flatMap((id) => [id, `arn:aws:iam::${id}:root`])
  const servicesNamed = servicesIn(statementsOf(resource.policy))
  const statements = statementsOf(resource.policy).flatMap((statement, at) => {
    const { Principal, Effect } = statement
    const insiders =
      typeof Principal === 'object' &&
      Principal !== null &&
      Object.keys(Principal).join() === 'AWS' &&
      textsOf(memberOf(Principal, 'AWS')).every((entry) => inside.includes(entry))
    return Effect === 'Allow' && !insiders
      ? [{ name: { policy: 'bucket policy', statement: at + 1 }, statement, servicesNamed, entry: null }]
      : []
  })
  if (resource.objectOwnership === 'BucketOwnerEnforced') return statements
  const ignored = [resource.publicAccessBlock, resource.accountPublicAccessBlock].some(
    (block) => memberOf(block, 'IgnorePublicAcls') === true,
  )
  const ofAcl = (acl: Json | undefined, table: typeof ACL_ACTIONS, where: string, key: string | null) =>
    listOf(memberOf(acl, 'Grants') ?? null).flatMap((entry): CheckedGrant[] => {
      const permission = String(memberOf(entry, 'Permission'))
      const grantee = memberOf(entry, 'Grantee')
      const group = /global\/(AllUsers|AuthenticatedUsers)$/.exec(String(memberOf(grantee, 'URI')))?.[1]
      const id = memberOf(grantee, 'ID') as string | undefined
      if ((group && ignored) || (!group && (id === undefined || id === memberOf(memberOf(acl, 'Owner'), 'ID')))) return []
      const name = { entry: `the ${where} (${permission} to ${group ?? `canonical id ${id!.slice(0, 12)}…`})` }
      const actions = permission === 'FULL_CONTROL' ? Object.values(table).flat() : (table[permission] ?? [])
      const who = group ? (group === 'AllUsers' ? 'everyone' : 'authenticated') : id!
      return [{ name, statement: null, entry: { actions, grantee: who, key } }]
    })
  const objects = listOf(resource.objectAcls ?? null).flatMap((acl) => {
    const key = String(memberOf(acl, 'Key'))
    return ofAcl(acl, OBJECT_ACL_ACTIONS, `ACL of the object ${JSON.stringify(key)}`, key)
  })
  return [...statements, ...ofAcl(resource.acl, ACL_ACTIONS, 'bucket ACL', null), ...objects]
}

function servicesIn(statements: readonly StatementText[]): readonly string[] {
  const named = statements.flatMap(({ Principal, NotPrincipal, Condition }) => [
    ...textsOf(memberOf(Principal ?? NotPrincipal, 'Service')),
    ...[...JSON.stringify(Condition ?? {}).matchAll(/"aws:PrincipalServiceName[a-z]*":("[^"]*"|\[[^\]]*\])/gi)].flatMap(
      ([, values]) => textsOf(JSON.parse(values!)),
    ),
  ])
  return named.filter((service) => !/[*?$]/.test(service))
}

/** What stands for the services that no statement names: any two of them would do. */
const UNNAMED = ['cloudtrail', 'config', 'events', 'lambda', 'logs', 'sns'].map((name) => `${name}.amazonaws.com`)

/**
 * Services that a statement names, or, where everyone is let in on a condition that only services meet, those of the sources'
 * ARNs, else any: two that the policy does not name, and all that it does.
 */
function servicesSpokenTo({ statement, servicesNamed = [] }: CheckedGrant): readonly string[] {
  if (statement === null) return []
  const { Principal, Condition } = statement
  const everyone = Principal === undefined || Principal === '*' || textsOf(memberOf(Principal, 'AWS')).includes('*')
  const listed = Principal === undefined ? [] : textsOf(memberOf(Principal, 'Service'))
  const asking = Object.entries((Condition ?? {}) as Conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) => (onlyServicesMeet({ [operator]: { [key]: values } }) ? [values] : [])),
  )
  if (!everyone || asking.length === 0) return listed
  const services = [...JSON.stringify(asking).matchAll(/"arn:[^:"]*:([a-z0-9-]+):/g)].map((match) => `${match[1]}.amazonaws.com`)
  const unnamed = UNNAMED.filter((service) => !servicesNamed.includes(service)).slice(0, 2)
  return [...(services.length > 0 ? services : unnamed), ...servicesNamed]
}

function speaksToService(grant: CheckedGrant, service: string): boolean {
  return servicesSpokenTo(grant).includes(service)
}

function namesIn(resource: EvaluatedResource): CheckedSetting['names'] {
  const policies = [resource.policy, ...listOf(resource.resourceControlPolicies ?? null)]
  const values = policies.flatMap((policy) =>
    statementsOf(policy).flatMap(({ Principal, NotPrincipal, Condition }) => [
      ...textsOf(memberOf((Principal ?? NotPrincipal) as Json, 'AWS')),
      ...Object.values((Condition ?? {}) as Conditions).flatMap((keys) =>
        Object.values(keys).flatMap((value) => [value].flat().map(String)),
      ),
    ]),
  )
  const all = (pattern: RegExp) => [...new Set(values.flatMap((value) => value.match(pattern) ?? []))]
  return {
    accounts: all(/(?<![0-9A-Za-z])\d{12}(?![0-9A-Za-z*?])/g),
    organizations: all(/(?<![0-9A-Za-z-])o-[a-z0-9]+(?![a-z0-9*?])/g),
    vpcs: all(/(?<![0-9A-Za-z-])vpc-[a-z0-9]+(?![a-z0-9*?])/g),
    endpoints: all(/(?<![0-9A-Za-z-])vpce-[a-z0-9]+(?![a-z0-9*?])/g),
    ids: all(/(?<![0-9A-Za-z])A(?:IDA|ROA)[A-Z0-9]+(?![A-Z0-9*?])/g),
  }
}

function isNarrow(ranges: Claim['except']): boolean {
  const size = (width: number) =>
    ranges
      .filter(([first]) => bitsOf(first)?.length === width)
      .reduce((total, [first, last]) => total + numberOf(last) - numberOf(first) + 1n, 0n)
  return size(32) <= 1n << 24n && size(128) <= 1n << 96n
}

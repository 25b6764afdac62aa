import type { Audience } from '../../model/index.ts'
import { type AddressSet, complement, formatAddress, NO_ADDRESSES, union } from '../engine/addresses.ts'
import { Budget } from '../engine/budget.ts'
import {
  addressesMeeting,
  type Constraint,
  type Literal,
  negate,
  type Problem,
  refute,
  type Refutation,
  solve,
} from '../engine/solve.ts'
import type { Statement } from '../aws/policy/document.ts'
import type { Grant } from '../aws/policy/grants.ts'
import { RESOURCE, type Route, senderName, variablesOf, type RequestShape, type Sender } from '../aws/policy/requests.ts'
import type { Door, Layer } from '../aws/policy/search.ts'
import { type PartOfStatement, partsOf, type Reading } from '../aws/policy/statements.ts'
import type { Seen } from '../aws/policy/target.ts'
import type { Certificate, Claim, Closed, GrantName, PartName, Reason, RequestBlock } from './certificate.ts'

const WORK_FOR_ONE_REQUEST = 400_000
const MOST_PARTS = 20_000

/**
 * The certificate that nobody wider than the audience gets in through the door, whose doubts are all taken to the open side;
 * null where that cannot be shown, or not in a certificate of bounded size.
 */
export function prove(actions: readonly string[], door: Door, audience: Audience): Certificate | null {
  if (audience === 'anyone' || audience === 'undecided') return null
  const claims: Claim[] = []
  for (const who of CLAIMS[audience]) {
    const claim = new Proof(actions, door, who).claim()
    if (!claim) return null
    claims.push(claim)
  }
  const certificate = { format: 'ajar-certificate/1', resource: door.target.arn, actions, audience, claims } as const
  return sizeOf(certificate) > MOST_PARTS ? null : certificate
}

const CLAIMS = { none: ['everybody'], named: ['anonymous', 'identities'], 'any-identity': ['anonymous'] } as const

const ANONYMOUS: Sender = { kind: 'anonymous' }
const IDENTITIES: readonly Sender[] = [{ kind: 'user' }, { kind: 'role' }, { kind: 'root' }, { kind: 'federated' }]
const INTERNET: readonly Route[] = ['internet-v4', 'internet-v6', 'endpoint']

interface Entry {
  readonly sender: string
  readonly route: string
  readonly action: string
  readonly grants: readonly GrantName[]
  readonly reason: Reason
}

interface Consent {
  readonly layer: Layer
  readonly seen: Seen
  readonly grant: Grant
}

/** Goes through all requests that a claim is about. */
class Proof {
  readonly #actions: readonly string[]
  readonly #door: Door
  readonly #who: Claim['who']
  #except: AddressSet = NO_ADDRESSES

  constructor(actions: readonly string[], door: Door, who: Claim['who']) {
    this.#actions = actions
    this.#door = door
    this.#who = who
  }

  claim(): Claim | null {
    const entries: Entry[] = []
    for (const sender of this.#senders()) {
      for (const action of this.#actions) {
        for (const route of routesOf(sender)) {
          const found = this.#close({ sender, route, action })
          if (!found) return null
          entries.push(...found)
        }
      }
    }
    return { who: this.#who, except: rangesOf(this.#except), closed: grouped(entries) }
  }

  #senders(): readonly Sender[] {
    if (this.#who !== 'everybody') return this.#who === 'anonymous' ? [ANONYMOUS] : IDENTITIES
    const grants = this.#door.layers.flatMap((layer) => layer.grants)
    const canonical = [...new Set(grants.flatMap(({ canonicalIds }) => canonicalIds))].map(
      (id) => ({ kind: 'canonical', id }) as const,
    )
    const services = [...new Set(grants.flatMap((grant) => grant.services))].flatMap((service) => [
      { kind: 'service', service, source: 'with-account' } as const,
      { kind: 'service', service, source: 'without-account' } as const,
    ])
    return [ANONYMOUS, ...IDENTITIES, ...canonical, ...services]
  }

  /** Why no request of the shape gets in, by every combination of grants; null where one does or the work runs out. */
  #close(shape: RequestShape): readonly Entry[] | null {
    const { sender, action, route } = shape
    const at = { sender: senderName(sender), route, action }
    const stops = this.#stops(sender, action)
    if (stops) return [{ ...at, grants: [], reason: { kind: 'stopped', stops } }]
    const entries: Entry[] = []
    for (const consents of this.#consents(shape)) {
      if (sender.kind === 'service' && !consents.some(({ grant }) => grant.services.includes(sender.service))) continue
      const reason = this.#reason(shape, consents)
      if (!reason) return null
      entries.push({ ...at, grants: consents.map(({ grant }) => grantName(grant)), reason })
    }
    return entries
  }

  #stops(sender: Sender, action: string): 'outsiders' | 'unsigned' | null {
    const { refuses, target } = this.#door
    if (refuses(IDENTITIES[0]!, action) && refuses(sender, action)) return 'outsiders'
    if (sender.kind !== 'anonymous') return null
    return refuses(sender, action) || !target.takesUnsigned(action) ? 'unsigned' : null
  }

  #consents(shape: RequestShape): readonly (readonly Consent[])[] {
    let combined: readonly (readonly Consent[])[] = [[]]
    for (const layer of this.#door.layers) {
      const seen = layer.sees(shape)
      if (!seen) continue
      const all = layer.grants.map((grant) => ({ layer, seen, grant }))
      combined = combined.flatMap((consents) => all.map((consent) => [...consents, consent]))
    }
    return combined
  }

  #reason(shape: RequestShape, consents: readonly Consent[]): Reason | null {
    for (;;) {
      const asked = this.#ask(shape, consents)
      if ('kind' in asked) return asked
      const refutation = refute(asked.problem, new Budget(WORK_FOR_ONE_REQUEST))
      if (refutation) return reasonOf(refutation, asked)
      if (this.#who === 'everybody' || !this.#passOver(shape, asked.problem)) return null
    }
  }

  /** Takes the addresses from which such a request gets in out of the claim. */
  #passOver(shape: RequestShape, problem: Problem): boolean {
    const solution = solve(problem, new Budget(WORK_FOR_ONE_REQUEST))
    const variable = variablesOf(shape, this.#door.setting, true).get('aws:SourceIp')
    if (!solution || !variable) return false
    this.#except = union(this.#except, addressesMeeting(variable, solution.asked.get('aws:SourceIp') ?? []))
    return true
  }

  #ask(shape: RequestShape, consents: readonly Consent[]): Asked | Reason {
    const { setting, target } = this.#door
    const variables = variablesOf(shape, setting, this.#who !== 'everybody')
    const { rest } = target.names(shape.action)
    if (rest) variables.set(RESOURCE, rest)
    const declared = new Map()
    const base: Reading = {
      shape,
      setting,
      mode: 'most',
      substitution: new Map(),
      variables,
      declared,
      unknown: new Set(),
      target,
    }
    const names = new Map<Constraint, PartName>()
    const required: Literal[] = []
    const clauses: { deny: Statement; literals: Literal[] }[] = []
    for (const { layer, seen, grant } of consents) {
      const reading = { ...base, shape: { ...shape, action: seen.action }, target: seen.target }
      const parts = partsOfGrant(grant, reading)
      for (const { name, result } of parts) {
        if (result === false) return { kind: 'conflict', about: aboutPart(name), parts: [name] }
        if (result === true) continue
        names.set(result.constraint, name)
        required.push(result)
      }
      for (const deny of layer.denies) {
        const denied = partsOf(deny, reading)
        if (denied.some(({ result }) => result === false)) continue
        const literals = denied.flatMap((part) => escapeOf(part, deny, names))
        if (literals.length === 0) return { kind: 'denied', ...place(deny) }
        clauses.push({ deny, literals })
      }
    }
    const { v4, v6 } = this.#except
    if (variables.has('aws:SourceIp') && v4.length + v6.length > 0) required.push(elsewhere(this.#except))
    for (const [name, variable] of declared) variables.set(name, variable)
    return {
      problem: { variables, required, clauses: clauses.map(({ literals }) => literals) },
      names,
      denies: clauses.map(({ deny }) => deny),
    }
  }
}

interface Asked {
  readonly problem: Problem
  readonly names: ReadonlyMap<Constraint, PartName>
  readonly denies: readonly Statement[]
}

function routesOf(sender: Sender): readonly Route[] {
  if (sender.kind === 'service') return ['service']
  return sender.kind === 'anonymous' || sender.kind === 'canonical' ? INTERNET : [...INTERNET, 'service']
}

function elsewhere(except: AddressSet): Literal {
  const values = { kind: 'addresses', addresses: complement(except) } as const
  return { variable: 'aws:SourceIp', constraint: { whenAbsent: false, values, quantifier: 'some' } }
}

interface NamedPart {
  readonly name: PartName
  readonly result: Literal | boolean
}

function partsOfGrant(grant: Grant, reading: Reading): readonly NamedPart[] {
  const { statement } = grant
  if (statement)
    return partsOf(statement, reading).map((part) => ({ name: partName(part, place(statement)), result: part.result }))
  const entry = { entry: grant.label }
  const when = grant.bearsOn(reading.shape.action) && grant.when(reading)
  if (when === false)
    return [{ name: { ...entry, part: grant.bearsOn(reading.shape.action) ? 'grantee' : 'action' }, result: false }]
  return when.map((result) => ({ name: { ...entry, part: 'resource' }, result }))
}

/** The literal that says that the part of a Deny is missed; none where it cannot be. */
function escapeOf(part: PartOfStatement, deny: Statement, names: Map<Constraint, PartName>): readonly Literal[] {
  if (typeof part.result === 'boolean') return []
  const { variable, constraint } = part.result
  const missed = { variable, constraint: negate(constraint) }
  names.set(missed.constraint, partName(part, place(deny)))
  return [missed]
}

function partName({ part, atom }: PartOfStatement, at: { readonly policy: string; readonly statement: number }): PartName {
  if (part !== 'condition') return { ...at, part }
  const quantifier = atom!.quantifier === 'all' ? 'ForAllValues:' : atom!.quantifier === 'some' ? 'ForAnyValue:' : ''
  return { ...at, part, operator: `${quantifier}${atom!.operator}${atom!.ifExists ? 'IfExists' : ''}`, key: atom!.key }
}

function aboutPart(name: PartName): string {
  return name.part === 'condition' ? name.key.toLowerCase() : name.part
}

/** Policy and place of a statement, as its label has them. */
function place({ label }: Statement): { readonly policy: string; readonly statement: number } {
  const match = /^statement (\d+).* of the (.*?)$/s.exec(label)
  const policy = label.slice(label.lastIndexOf(' of the ') + ' of the '.length)
  return { policy, statement: Number(match?.[1]) }
}

function grantName(grant: Grant): GrantName {
  return grant.statement ? place(grant.statement) : { entry: grant.label }
}

function reasonOf(refutation: Refutation, asked: Asked): Reason | null {
  switch (refutation.kind) {
    case 'budget':
      return null
    case 'conflict': {
      const parts = refutation.literals.flatMap(({ constraint }) => asked.names.get(constraint) ?? [])
      return { kind: 'conflict', about: refutation.variable.toLowerCase(), parts }
    }
    case 'split': {
      const literals = asked.problem.clauses[refutation.clause]!
      const ways = refutation.branches.map((branch, at) => ({
        misses: asked.names.get(literals[at]!.constraint)!,
        reason: reasonOf(branch, asked),
      }))
      if (ways.some(({ reason }) => reason === null)) return null
      return { kind: 'split', ...place(asked.denies[refutation.clause]!), ways: ways as { misses: PartName; reason: Reason }[] }
    }
  }
}

function rangesOf({ v4, v6 }: AddressSet): Claim['except'] {
  return [
    ...v4.map(({ first, last }) => [formatAddress('v4', first), formatAddress('v4', last)] as const),
    ...v6.map(({ first, last }) => [formatAddress('v6', first), formatAddress('v6', last)] as const),
  ]
}

/** Requests that one reason closes stand together: by routes, then by actions, then by senders. */
function grouped(entries: readonly Entry[]): readonly Closed[] {
  const groups = new Map<string, { grants: readonly GrantName[]; reason: Reason; entries: Entry[] }>()
  for (const entry of entries) {
    const key = JSON.stringify([entry.grants, entry.reason])
    const group = groups.get(key) ?? { grants: entry.grants, reason: entry.reason, entries: [] }
    groups.set(key, group)
    group.entries.push(entry)
  }
  return [...groups.values()].map(({ grants, reason, entries: same }) => ({ requests: blocksOf(same), grants, reason }))
}

function blocksOf(entries: readonly Entry[]): readonly RequestBlock[] {
  const single = entries.map(({ sender, route, action }) => ({ senders: [sender], routes: [route], actions: [action] }))
  return merged(merged(merged(single, 'routes'), 'actions'), 'senders')
}

function merged(blocks: readonly RequestBlock[], by: keyof RequestBlock): readonly RequestBlock[] {
  const groups = new Map<string, RequestBlock>()
  for (const block of blocks) {
    const key = JSON.stringify({ ...block, [by]: null })
    const group = groups.get(key)
    groups.set(key, group ? { ...group, [by]: [...group[by], ...block[by]] } : block)
  }
  return [...groups.values()]
}

function sizeOf({ claims }: Certificate): number {
  return claims.reduce(
    (total, { closed }) => closed.reduce((sum, { requests, reason }) => sum + requests.length + partsIn(reason), total),
    0,
  )
}

function partsIn(reason: Reason): number {
  if (reason.kind === 'conflict') return 1 + reason.parts.length
  return reason.kind === 'split' ? reason.ways.reduce((total, way) => total + 1 + partsIn(way.reason), 1) : 1
}

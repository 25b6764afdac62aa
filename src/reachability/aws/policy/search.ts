import type { Audience, Witness } from '../../../model/index.ts'
import { addressCount, type AddressSet, complement, NO_ADDRESSES, union } from '../../engine/addresses.ts'
import type { Budget } from '../../engine/budget.ts'
import { addressesMeeting, type Literal, type Solution, solve, type Variable } from '../../engine/solve.ts'
import { witnessOf } from './witness.ts'
import { type Grant, statementVariableKeys } from './grants.ts'
import type { Statement } from './document.ts'
import {
  isIdentity,
  outsideAddresses,
  RESOURCE,
  type RequestSetting,
  type RequestShape,
  type Route,
  type Sender,
  variablesOf,
} from './requests.ts'
import { escapes, isWholeAccount, type Mode, pin, type Reading, type Substitution } from './statements.ts'
import type { PolicyTarget, Seen } from './target.ts'

/** All that bears on requests to one resource, every doubt taken to one side. */
export interface Door {
  readonly target: PolicyTarget
  readonly setting: RequestSetting
  readonly mode: Mode
  /** A request gets in where each layer that has a say in it allows it, and none denies it. */
  readonly layers: readonly Layer[]
  /** A block that stops such a sender whatever the grants say. */
  readonly refuses: (sender: Sender, action: string) => boolean
  readonly tells: Distinctions
}

/** One body of policy whose consent a request needs: a resource's own, an access point's, a key's. */
export interface Layer {
  readonly grants: readonly Grant[]
  readonly denies: readonly Statement[]
  /** How a request looks from here; null where this layer has no say in it. */
  readonly sees: (shape: RequestShape) => Seen | null
}

/** Which differences between requests the statements can see at all. */
export interface Distinctions {
  readonly identities: boolean
  readonly routes: boolean
}

const IDENTITY_KEY = /^aws:(principaltype|userid|username|principalarn|multifactor|tokenissuetime)/
const ROUTE_KEY = /^aws:(sourceip|vpcsourceip|sourcevpc|viaawsservice|calledvia)/

export function distinctionsOf(statements: readonly Statement[]): Distinctions {
  const keys = statements.flatMap((statement) => [...statement.atoms.map(({ key }) => key), ...statementVariableKeys(statement)])
  const principals = statements.flatMap(({ principal }) => [...principal.aws, ...principal.others])
  return {
    identities: keys.some((key) => IDENTITY_KEY.test(key.toLowerCase())) || principals.some((entry) => !isWholeAccount(entry)),
    routes: keys.some((key) => ROUTE_KEY.test(key.toLowerCase())),
  }
}

export interface Found<D extends Door = Door> {
  readonly audience: Exclude<Audience, 'undecided'>
  readonly witness: Witness | null
  /** The door that the witness comes through. */
  readonly door: D | null
  /** The grant of each layer that lets the request in, the resource's own first. */
  readonly grants: readonly Grant[]
  /** What was met on the way and not understood. */
  readonly unknown: ReadonlySet<string>
  /** The budget ran out: something wider may exist. */
  readonly exhausted: boolean
}

/** The widest audience for one of the actions through any of the doors. Wider ones are looked for first. */
export function widestAudience<D extends Door>(actions: readonly string[], doors: readonly D[], budget: Budget): Found<D> {
  const search = new Search(actions, doors, budget)
  const anonymous = search.wide([{ kind: 'anonymous' }])
  if (anonymous.wide) return search.found('anyone', anonymous.hit)
  const identity = search.wide(IDENTITIES)
  if (identity.wide) return search.found('any-identity', identity.hit)
  const narrow = anonymous.hit ?? identity.hit ?? search.any()
  return narrow ? search.found('named', narrow) : search.found('none', null)
}

/** A shape of request through a door with one grant of each layer that has a say in it. */
interface Way<D extends Door> {
  readonly door: D
  readonly shape: RequestShape
  readonly consents: readonly Consent[]
}

interface Consent {
  readonly layer: Layer
  readonly seen: Seen
  readonly grant: Grant
}

interface Hit<D extends Door> {
  readonly way: Way<D>
  readonly solution: Solution
}

/** Kinds of identity that some statement may tell apart; where none can, the first stands for all. */
const IDENTITIES: readonly Sender[] = [{ kind: 'user' }, { kind: 'role' }, { kind: 'root' }, { kind: 'federated' }]

class Search<D extends Door> {
  readonly #actions: readonly string[]
  readonly #doors: readonly D[]
  readonly #budget: Budget
  readonly #unknown = new Set<string>()
  readonly #deniedKeys: ReadonlyMap<D, readonly string[]>

  constructor(actions: readonly string[], doors: readonly D[], budget: Budget) {
    this.#actions = actions
    this.#doors = doors
    this.#deniedKeys = new Map(
      doors.map((door) => [door, door.layers.flatMap(({ denies }) => denies.flatMap(statementVariableKeys))]),
    )
    this.#budget = budget
  }

  found(audience: Found['audience'], hit: Hit<D> | null): Found<D> {
    return {
      audience,
      witness: hit && witnessOf(hit.solution, hit.way.shape, hit.way.door.setting, hit.way.door.target),
      door: hit?.way.door ?? null,
      grants: hit ? hit.way.consents.map(({ grant }) => grant) : [],
      unknown: this.#unknown,
      exhausted: this.#budget.exhausted,
    }
  }

  /** Whether such senders that nobody names get in from wide sources, and some request of theirs that does. */
  wide(senders: readonly Sender[]): { readonly wide: boolean; readonly hit: Hit<D> | null } {
    let covered: AddressSet = NO_ADDRESSES
    let first: Hit<D> | null = null
    for (const way of this.#ways(senders)) {
      const { route } = way.shape
      const { setting } = way.door
      for (;;) {
        const hit = this.#request(way, true, covered)
        if (!hit) break
        first ??= hit
        if (route === 'endpoint' || route === 'service') return { wide: true, hit }
        covered = union(covered, sourcesOf(hit, setting))
        if (isWide(covered)) return { wide: true, hit: first }
      }
    }
    return { wide: false, hit: first }
  }

  /** Any request of any outsider, those that are named included. */
  any(): Hit<D> | null {
    const grants = this.#doors.flatMap(({ layers }) => layers.flatMap((layer) => layer.grants))
    const canonical = [...new Set(grants.flatMap(({ canonicalIds }) => canonicalIds))].map(
      (id) => ({ kind: 'canonical', id }) as const,
    )
    const services = [...new Set(grants.flatMap((grant) => grant.services))].flatMap((service) => [
      { kind: 'service', service, source: 'with-account' } as const,
      { kind: 'service', service, source: 'without-account' } as const,
    ])
    for (const way of this.#ways([{ kind: 'anonymous' }, ...IDENTITIES, ...canonical, ...services])) {
      const hit = this.#request(way, false, NO_ADDRESSES)
      if (hit) return hit
    }
    return null
  }

  *#ways(senders: readonly Sender[]): Generator<Way<D>> {
    for (const sender of senders) {
      for (const door of this.#doors) {
        if (isIdentity(sender) && sender !== IDENTITIES[0] && !door.tells.identities) continue
        for (const action of this.#actions) {
          if (sender.kind === 'anonymous' && !door.target.takesUnsigned(action)) continue
          if (door.refuses(sender, action)) continue
          for (const route of this.#routes(sender, door)) {
            const shape = { sender, action, route }
            for (const consents of this.#consents(shape, door)) {
              // A service comes for strangers where some grant speaks to it.
              const comes = sender.kind !== 'service' || consents.some(({ grant }) => grant.services.includes(sender.service))
              if (comes) yield { door, shape, consents }
            }
          }
        }
      }
    }
  }

  /** One grant that speaks of the action from each layer that has a say, in all combinations. */
  #consents(shape: RequestShape, door: D): readonly (readonly Consent[])[] {
    let combined: readonly (readonly Consent[])[] = [[]]
    for (const layer of door.layers) {
      const seen = layer.sees(shape)
      if (!seen) continue
      const bearing = layer.grants.filter(({ bearsOn }) => bearsOn(seen.action)).map((grant) => ({ layer, seen, grant }))
      combined = combined.flatMap((consents) => bearing.map((consent) => [...consents, consent]))
      if (combined.length > MOST_COMBINATIONS && !this.#budget.spend(combined.length)) return []
    }
    return combined
  }

  #routes(sender: Sender, { tells, setting }: D): readonly Route[] {
    if (sender.kind === 'service') return ['service']
    if (!tells.routes && isWide(outsideAddresses(setting.zone, 'v4'))) return ['internet-v4']
    return isIdentity(sender) ? ['internet-v4', 'internet-v6', 'endpoint', 'service'] : ['internet-v4', 'internet-v6', 'endpoint']
  }

  #request(way: Way<D>, anyWill: boolean, covered: AddressSet): Hit<D> | null {
    const solution = this.#solve(way, anyWill, covered, new Map())
    if (solution) return { way, solution }
    return way.door.mode === 'least' ? this.#withValuesPutIn(way, anyWill, covered) : null
  }

  /** Policy variables take the values that they have in a request which would do if they stood for anything. */
  #withValuesPutIn(way: Way<D>, anyWill: boolean, covered: AddressSet): Hit<D> | null {
    for (const substitution of this.#substitutions(way, anyWill, covered)) {
      const solution = this.#solve(way, anyWill, covered, substitution)
      if (solution) return { way, solution }
    }
    return null
  }

  *#substitutions(way: Way<D>, anyWill: boolean, covered: AddressSet): Generator<Substitution> {
    const granted = way.consents.flatMap(({ grant }) => grant.variableKeys)
    const keys = [...new Set([...granted, ...this.#deniedKeys.get(way.door)!].map((key) => key.toLowerCase()))].sort()
    if (keys.length === 0 || keys.length > 3) return
    const loose = this.#solve(way, anyWill, covered, new Map(), 'most', keys)
    const context = loose && witnessOf(loose, way.shape, way.door.setting, way.door.target).context
    const values = keys.map((key): (string | null)[] => {
      const entry = context && Object.entries(context).find(([name]) => name.toLowerCase() === key)
      const value = typeof entry?.[1] === 'string' ? [entry[1]] : (entry?.[1]?.slice(0, 1) ?? [])
      return [...value, null]
    })
    for (let choice = 0; choice < values.reduce((count, list) => count * list.length, 1); choice++) {
      let rest = choice
      yield new Map(
        keys.map((key, at) => {
          const list = values[at]!
          const value = list[rest % list.length]!
          rest = Math.floor(rest / list.length)
          return [key, value]
        }),
      )
    }
  }

  #solve(
    { door, shape, consents }: Way<D>,
    anyWill: boolean,
    covered: AddressSet,
    substitution: Substitution,
    mode: Mode = door.mode,
    present: readonly string[] = [],
  ): Solution | null {
    const { setting, target } = door
    const variables = variablesOf(shape, setting, anyWill)
    const { rest } = target.names(shape.action)
    if (rest) variables.set(RESOURCE, rest)
    const declared = new Map<string, Variable>()
    const base: Reading = { shape, setting, mode, substitution, variables, declared, unknown: this.#unknown, target }
    const required: Literal[] = []
    const clauses: (readonly Literal[])[] = []
    for (const { layer, seen, grant } of consents) {
      const reading = { ...base, shape: { ...shape, action: seen.action }, target: seen.target }
      const granted = grant.when(reading)
      if (granted === false) return null
      required.push(...granted)
      for (const deny of layer.denies) {
        const ways = escapes(deny, reading)
        if (ways?.length === 0) return null
        if (ways) clauses.push(ways)
      }
    }
    const pinned = [...substitution].map(([name, value]) => pin(name, value, base))
    if (pinned.includes(null)) return null
    required.push(...(pinned as Literal[]))
    for (const name of present) {
      const literal = pin(name, 'present', base)
      if (literal) required.push(literal)
    }
    if (variables.has('aws:SourceIp') && (covered.v4.length > 0 || covered.v6.length > 0)) required.push(elsewhere(covered))
    for (const [name, variable] of declared) variables.set(name, variable)
    return solve({ variables, required, clauses }, this.#budget) ?? null
  }
}

const MOST_COMBINATIONS = 1_000

function elsewhere(covered: AddressSet): Literal {
  const values = { kind: 'addresses', addresses: complement(covered) } as const
  return { variable: 'aws:SourceIp', constraint: { whenAbsent: false, values, quantifier: 'some' } }
}

/** All sources from which the request would do as well. */
function sourcesOf({ way, solution }: Hit<Door>, setting: RequestSetting): AddressSet {
  const variable = variablesOf(way.shape, setting, true).get('aws:SourceIp')!
  return addressesMeeting(variable, solution.asked.get('aws:SourceIp') ?? [])
}

/** More than one IPv4 /8 or one IPv6 /32: the open internet. */
function isWide({ v4, v6 }: AddressSet): boolean {
  return addressCount(v4) > 1n << 24n || addressCount(v6) > 1n << 96n
}

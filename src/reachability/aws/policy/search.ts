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
import { escapes, isWholeAccount, type Mode, pin, type Reading, resourceVariable, type Substitution } from './statements.ts'

/** All that bears on requests to one resource, every doubt taken to one side. */
export interface Estate {
  readonly arn: string
  readonly setting: RequestSetting
  readonly mode: Mode
  readonly grants: readonly Grant[]
  readonly denies: readonly Statement[]
  /** A block that stops such a sender whatever the grants say. */
  readonly refuses: (sender: Sender) => boolean
  readonly tells: Distinctions
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

export interface Found {
  readonly audience: Exclude<Audience, 'undecided'>
  readonly witness: Witness | null
  readonly grant: Grant | null
  /** What was met on the way and not understood. */
  readonly unknown: ReadonlySet<string>
  /** The budget ran out: something wider may exist. */
  readonly exhausted: boolean
}

/** The widest audience for one of the actions. Wider ones are looked for first. */
export function widestAudience(actions: readonly string[], estate: Estate, budget: Budget): Found {
  const search = new Search(actions, estate, budget)
  const anonymous = search.wide([{ kind: 'anonymous' }])
  if (anonymous.wide) return search.found('anyone', anonymous.hit)
  const identity = search.wide(search.identities())
  if (identity.wide) return search.found('any-identity', identity.hit)
  const narrow = anonymous.hit ?? identity.hit ?? search.any()
  return narrow ? search.found('named', narrow) : search.found('none', null)
}

interface Hit {
  readonly shape: RequestShape
  readonly grant: Grant
  readonly solution: Solution
}

class Search {
  readonly #actions: readonly string[]
  readonly #estate: Estate
  readonly #budget: Budget
  readonly #unknown = new Set<string>()
  readonly #deniedKeys: readonly string[]

  constructor(actions: readonly string[], estate: Estate, budget: Budget) {
    this.#actions = actions
    this.#estate = estate
    this.#deniedKeys = estate.denies.flatMap(statementVariableKeys)
    this.#budget = budget
  }

  found(audience: Found['audience'], hit: Hit | null): Found {
    const { setting, arn } = this.#estate
    return {
      audience,
      witness: hit && witnessOf(hit.solution, hit.shape, setting, arn),
      grant: hit?.grant ?? null,
      unknown: this.#unknown,
      exhausted: this.#budget.exhausted,
    }
  }

  /** Whether such senders that nobody names get in from wide sources, and some request of theirs that does. */
  wide(senders: readonly Sender[]): { readonly wide: boolean; readonly hit: Hit | null } {
    let covered: AddressSet = NO_ADDRESSES
    let first: Hit | null = null
    for (const shape of this.#shapes(senders)) {
      for (const grant of this.#estate.grants) {
        for (;;) {
          const hit = this.#request(shape, grant, true, covered)
          if (!hit) break
          first ??= hit
          if (shape.route === 'endpoint' || shape.route === 'service') return { wide: true, hit }
          covered = union(covered, sourcesOf(hit, this.#estate.setting))
          if (isWide(covered)) return { wide: true, hit: first }
        }
      }
    }
    return { wide: false, hit: first }
  }

  /** Any request of any outsider, those that are named included. */
  any(): Hit | null {
    const { grants } = this.#estate
    const canonical = [...new Set(grants.flatMap(({ canonicalIds }) => canonicalIds))].map(
      (id) => ({ kind: 'canonical', id }) as const,
    )
    const senders: Sender[] = [{ kind: 'anonymous' }, ...this.identities(), ...canonical, ...this.#services()]
    for (const shape of this.#shapes(senders)) {
      for (const grant of grants) {
        const hit = this.#request(shape, grant, false, NO_ADDRESSES)
        if (hit) return hit
      }
    }
    return null
  }

  /** Kinds of identity that some statement can tell apart; where none can, one stands for all. */
  identities(): readonly Sender[] {
    const kinds: readonly Sender[] = [{ kind: 'user' }, { kind: 'role' }, { kind: 'root' }, { kind: 'federated' }]
    return this.#estate.tells.identities ? kinds : kinds.slice(0, 1)
  }

  #services(): readonly Sender[] {
    const named = [...new Set(this.#estate.grants.flatMap(({ services }) => services))]
    return named.flatMap((service) => [
      { kind: 'service', service, source: 'with-account' } as const,
      { kind: 'service', service, source: 'without-account' } as const,
    ])
  }

  *#shapes(senders: readonly Sender[]): Generator<RequestShape> {
    for (const sender of senders) {
      if (this.#estate.refuses(sender)) continue
      for (const action of this.#actions) {
        if (!this.#estate.grants.some(({ bearsOn }) => bearsOn(action))) continue
        for (const route of this.#routes(sender)) yield { sender, action, route }
      }
    }
  }

  #routes(sender: Sender): readonly Route[] {
    if (sender.kind === 'service') return ['service']
    if (!this.#estate.tells.routes && isWide(outsideAddresses(this.#estate.setting.zone, 'v4'))) return ['internet-v4']
    return isIdentity(sender) ? ['internet-v4', 'internet-v6', 'endpoint', 'service'] : ['internet-v4', 'internet-v6', 'endpoint']
  }

  #request(shape: RequestShape, grant: Grant, anyWill: boolean, covered: AddressSet): Hit | null {
    if (!grant.bearsOn(shape.action)) return null
    const solution = this.#solve(shape, grant, anyWill, covered, new Map())
    if (solution) return { shape, grant, solution: solution.solution }
    return this.#estate.mode === 'least' ? this.#withValuesPutIn(shape, grant, anyWill, covered) : null
  }

  /** Policy variables take the values that they have in a request which would do if they stood for anything. */
  #withValuesPutIn(shape: RequestShape, grant: Grant, anyWill: boolean, covered: AddressSet): Hit | null {
    for (const substitution of this.#substitutions(shape, grant, anyWill, covered)) {
      const solved = this.#solve(shape, grant, anyWill, covered, substitution)
      if (solved) return { shape, grant, solution: solved.solution }
    }
    return null
  }

  *#substitutions(shape: RequestShape, grant: Grant, anyWill: boolean, covered: AddressSet): Generator<Substitution> {
    const keys = [...new Set([...grant.variableKeys, ...this.#deniedKeys].map((key) => key.toLowerCase()))].sort()
    if (keys.length === 0 || keys.length > 3) return
    const loose = this.#solve(shape, grant, anyWill, covered, new Map(), 'most', keys)
    const context = loose && witnessOf(loose.solution, shape, this.#estate.setting, this.#estate.arn).context
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
    shape: RequestShape,
    grant: Grant,
    anyWill: boolean,
    covered: AddressSet,
    substitution: Substitution,
    mode: Mode = this.#estate.mode,
    present: readonly string[] = [],
  ): { readonly solution: Solution } | null {
    const { setting, arn } = this.#estate
    const variables = variablesOf(shape, setting, anyWill)
    const key = resourceVariable(shape.action)
    if (key) variables.set(RESOURCE, key)
    const declared = new Map<string, Variable>()
    const reading: Reading = { shape, setting, mode, substitution, variables, declared, unknown: this.#unknown, bucketArn: arn }
    const granted = grant.when(reading)
    if (granted === false) return null
    const pinned = [...substitution].map(([name, value]) => pin(name, value, reading))
    if (pinned.includes(null)) return null
    const required: Literal[] = [...granted, ...(pinned as Literal[])]
    for (const name of present) {
      const literal = pin(name, 'present', reading)
      if (literal) required.push(literal)
    }
    if (variables.has('aws:SourceIp') && (covered.v4.length > 0 || covered.v6.length > 0)) required.push(elsewhere(covered))
    const clauses: (readonly Literal[])[] = []
    for (const deny of this.#estate.denies) {
      const ways = escapes(deny, reading)
      if (ways?.length === 0) return null
      if (ways) clauses.push(ways)
    }
    for (const [name, variable] of declared) variables.set(name, variable)
    const solution = solve({ variables, required, clauses }, this.#budget)
    return solution ? { solution } : null
  }
}

function elsewhere(covered: AddressSet): Literal {
  const values = { kind: 'addresses', addresses: complement(covered) } as const
  return { variable: 'aws:SourceIp', constraint: { whenAbsent: false, values, quantifier: 'some' } }
}

/** All sources from which the request would do as well. */
function sourcesOf({ shape, solution }: Hit, setting: RequestSetting): AddressSet {
  const variable = variablesOf(shape, setting, true).get('aws:SourceIp')!
  return addressesMeeting(variable, solution.asked.get('aws:SourceIp') ?? [])
}

/** More than one IPv4 /8 or one IPv6 /32: the open internet. */
function isWide({ v4, v6 }: AddressSet): boolean {
  return addressCount(v4) > 1n << 24n || addressCount(v6) > 1n << 96n
}

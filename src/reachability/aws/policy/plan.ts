import { type AddressSet, complement, NO_ADDRESSES, union } from '../../engine/addresses.ts'
import type { Budget } from '../../engine/budget.ts'
import { addressesMeeting, type Literal, type Solution, solve, type Variable, type Variables } from '../../engine/solve.ts'
import type { CompiledStatement } from './compiled.ts'
import type { Door } from './door.ts'
import type { Grant } from './grants.ts'
import { lowest, type Origins } from './origins.ts'
import { RESOURCE, type RequestShape, variablesFor } from './requests.ts'
import { type Outcome, type Session, sessionOf, type Way } from './session.ts'
import { type Consent, solveWithValuesPutIn } from './substitution.ts'
import { arriving, type PlannedLayer, type View, viewsOf } from './views.ts'
import { isWide } from '../../outside.ts'

/** A request that gets in. */
export interface Hit<D extends Door> {
  readonly door: D
  readonly shape: RequestShape
  /** The grant of each layer that lets it in, the resource's own first. */
  readonly grants: readonly Grant[]
  readonly solution: Solution
}

/** From where people whom nobody names get in. */
export interface Reached<D extends Door> {
  readonly wide: boolean
  /** The request to show where it is wide. */
  readonly hit: Hit<D> | null
  readonly first: Hit<D> | null
  /** All addresses on the internet from which they do; not to the end where it is wide anyway. */
  readonly sources: AddressSet
}

/** Requests with one action through one door: what its statements ask of each origin. Null where no grant speaks of the action. */
export function planOf<D extends Door>(door: D, action: string, origins: Origins, budget: Budget): Plan<D> | null {
  const alive = arriving(door, action, origins)
  if (alive === 0) return null
  const session = sessionOf(door.setting)
  const layers: PlannedLayer[] = []
  for (const layer of door.layers) {
    const views = viewsOf(layer, { door, action, origins, alive, session }, budget)
    if (views.some(({ grants }) => grants.length > 0)) layers.push({ layer, views })
    else if (views.some(({ origins: seen }) => seen === alive)) return null
    else layers.push({ layer, views })
  }
  return new Plan(door, action, origins, alive, layers, session)
}

const NOBODY = { wide: false, hit: null, first: null, sources: NO_ADDRESSES } as const

/** The requests with one action that come through one door. */
export class Plan<D extends Door> {
  readonly hasVariables: boolean
  readonly forNamedAlone: boolean
  readonly #door: D
  readonly #action: string
  readonly #origins: Origins
  readonly #alive: number
  readonly #layers: readonly PlannedLayer[]
  readonly #session: Session
  readonly #variables: (Variables | undefined)[] = []
  #signature: string | null = null
  #loose: Plan<D> | null = null

  constructor(door: D, action: string, origins: Origins, alive: number, layers: readonly PlannedLayer[], session: Session) {
    this.forNamedAlone = door.forNamedAlone ?? false
    this.#door = door
    this.#action = action
    this.#origins = origins
    this.#alive = alive
    this.#layers = layers
    this.#session = session
    this.hasVariables = layers.some(({ views }) => views.some(mentionsVariables))
  }

  /** Some request from such origins, those of the named included. */
  first(among: number, budget: Budget, unknown: Set<string>): Hit<D> | null {
    this.#doubts(among, unknown)
    if (this.#candidates(among) === 0) return null
    const { first } = this.#outcome(`first ${among}`, budget, () => {
      const way = this.#ways(among, false, NO_ADDRESSES, budget, () => true)
      return { first: way, wide: null, sources: NO_ADDRESSES }
    })
    return first && this.#hit(first)
  }

  /** From where people whom nobody names get in, from such origins. */
  reached(among: number, budget: Budget, unknown: Set<string>): Reached<D> {
    this.#doubts(among, unknown)
    if (this.#candidates(among) === 0) return NOBODY
    const { first, wide, sources } = this.#outcome(`reached ${among}`, budget, () => this.#reach(among, budget))
    return { wide: wide !== null, hit: wide && this.#hit(wide), first: first && this.#hit(first), sources }
  }

  #reach(among: number, budget: Budget): Outcome {
    let first: Way | null = null
    let sources: AddressSet = NO_ADDRESSES
    const wide = this.#ways(among, true, sources, budget, (way) => {
      const { route } = this.#origins.list[way.at]!
      first ??= way
      if (route === 'endpoint' || route === 'service') return true
      sources = union(sources, this.#sourcesOf(way))
      return isWide(sources) ? true : sources
    })
    const shown = wide && isWide(sources) ? first : wide
    return { first, wide: shown, sources }
  }

  /**
   * Goes through the ways in, and ends with the first one that is enough. Where it is not, more of the same kind are looked
   * for from other sources than those given back.
   */
  #ways(
    among: number,
    anyWill: boolean,
    covered: AddressSet,
    budget: Budget,
    isEnough: (way: Way) => true | AddressSet,
  ): Way | null {
    let elsewhere = covered
    for (let bits = this.#candidates(among); bits !== 0; bits &= bits - 1) {
      const at = lowest(bits)
      const mayGetFurther = (consents: readonly PlannedConsent[]) =>
        consents.length === 0 || this.#solveAsWritten(at, consents, anyWill, elsewhere, budget) !== null
      for (const consents of this.#consents(at, budget, mayGetFurther)) {
        for (;;) {
          if (budget.exhausted) return null
          const solution = this.#solve(at, consents, anyWill, elsewhere, budget)
          if (!solution) break
          budget.spend(rangeCount(elsewhere))
          const way = { at, grants: consents.map(({ grant }) => grant), solution }
          const enough = isEnough(way)
          if (enough === true) return way
          elsewhere = enough
        }
      }
    }
    return null
  }

  #candidates(among: number): number {
    let candidates = this.#alive & among
    const perhaps = this.hasVariables && this.#door.mode === 'least'
    for (const { views } of this.#layers) {
      let open = this.#alive
      for (const view of views) open &= ~view.origins | (perhaps ? view.perhapsOpen : view.open)
      candidates &= open
    }
    return candidates
  }

  /** What is not known and bears on requests from such origins. */
  #doubts(among: number, unknown: Set<string>): void {
    for (const { views } of this.#layers) {
      for (const { origins, grants, denies } of views) {
        const looked = origins & among & this.#alive
        let granted = 0
        for (const { compiled } of grants) {
          compiled.doubtsAt(looked & ~compiled.certainlyNever, unknown)
          granted |= ~compiled.certainlyNever
        }
        for (const deny of denies) deny.doubtsAt(looked & granted & ~deny.certainlyNever, unknown)
      }
    }
  }

  #outcome(kind: string, budget: Budget, find: () => Outcome): Outcome {
    this.#signature ??= signatureOf(this.#door, this.#action, this.#origins, this.#alive, this.#layers, this.hasVariables)
    const key = `${kind} ${this.#signature}`
    const known = this.#session.outcomes.get(key)
    if (known) return known
    const outcome = find()
    // What was not found because the work ran out may be there all the same.
    if (!budget.exhausted) this.#session.outcomes.set(key, outcome)
    return outcome
  }

  #hit({ at, grants, solution }: Way): Hit<D> {
    return { door: this.#door, shape: this.#shape(at), grants, solution }
  }

  #shape(at: number): RequestShape {
    const { sender, route } = this.#origins.list[at]!
    return { sender, route, action: this.#action }
  }

  /** One grant of each layer that has a say in requests from the origin, in all combinations. */
  #consents(
    at: number,
    budget: Budget,
    mayGetFurther: (consents: readonly PlannedConsent[]) => boolean,
  ): readonly (readonly PlannedConsent[])[] {
    let combined: (readonly PlannedConsent[])[] = [NO_CONSENTS]
    const bit = 1 << at
    const perhaps = this.hasVariables && this.#door.mode === 'least'
    for (const { layer, views } of this.#layers) {
      const view = views.find(({ origins }) => (origins & bit) !== 0)
      if (!view) continue
      const bearing: PlannedConsent[] = []
      for (const { grant, compiled } of view.grants) {
        const never = perhaps ? compiled.certainlyNever : compiled.never
        if ((never & bit) === 0) bearing.push({ layer, view, seen: view.seen, grant, compiled })
      }
      // Where many choices are ahead, it is worth while to see first whether any of them can help.
      if (bearing.length > FEW_CHOICES && !perhaps) combined = combined.filter(mayGetFurther)
      combined = eachWithEach(combined, bearing)
      if (combined.length > MOST_COMBINATIONS && !budget.spend(combined.length)) return []
    }
    const { sender } = this.#origins.list[at]!
    // A service comes for strangers where some grant speaks to it.
    if (sender.kind !== 'service') return combined
    return combined.filter((consents) => consents.some(({ grant }) => grant.services.includes(sender.service)))
  }

  #solve(
    at: number,
    consents: readonly PlannedConsent[],
    anyWill: boolean,
    covered: AddressSet,
    budget: Budget,
  ): Solution | null {
    const bit = 1 << at
    const fails = consents.some(({ compiled, view }) => (compiled.never & bit) !== 0 || (view.open & bit) === 0)
    if (!fails) {
      const solution = this.#solveAsWritten(at, consents, anyWill, covered, budget)
      if (solution) return solution
    }
    if (
      this.#door.mode !== 'least' ||
      !consents.some(({ view, grant }) => view.deniesWithVariables || grant.variableKeys.length > 0)
    ) {
      return null
    }
    if (!this.#mayWithSomeValues(at, consents, anyWill, covered, budget)) return null
    const way = { door: this.#door, shape: this.#shape(at), consents }
    return solveWithValuesPutIn(way, anyWill, elsewhere(covered), budget)
  }

  /** Whether the request would do if policy variables stood for anything, whatever is not known. */
  #mayWithSomeValues(
    at: number,
    consents: readonly PlannedConsent[],
    anyWill: boolean,
    covered: AddressSet,
    budget: Budget,
  ): boolean {
    this.#loose ??= planOf({ ...this.#door, mode: 'most' }, this.#action, this.#origins, budget)
    const loosened = this.#loose?.consentsOf(
      at,
      consents.map(({ grant }) => grant),
    )
    return loosened !== undefined && this.#loose!.#solveAsWritten(at, loosened, anyWill, covered, budget) !== null
  }

  /** The consents of these grants, one of each layer, to requests from the origin; undefined where one of them never applies. */
  consentsOf(at: number, grants: readonly Grant[]): readonly PlannedConsent[] | undefined {
    const bit = 1 << at
    const consents: PlannedConsent[] = []
    for (const { layer, views } of this.#layers) {
      const view = views.find(({ origins }) => (origins & bit) !== 0)
      if (!view) continue
      const found = view.grants.find(({ grant }) => grant === grants[consents.length])
      if (!found || (found.compiled.never & bit) !== 0 || (view.open & bit) === 0) return undefined
      consents.push({ layer, view, seen: view.seen, ...found })
    }
    return consents
  }

  #solveAsWritten(
    at: number,
    consents: readonly PlannedConsent[],
    anyWill: boolean,
    covered: AddressSet,
    budget: Budget,
  ): Solution | null {
    if (!budget.spend(STEPS_FOR_ONE_SOLUTION + consents.length)) return null
    const variables = this.#variablesAt(at, anyWill)
    const required: Literal[] = []
    const clauses: (readonly Literal[])[] = []
    for (const { compiled, view } of consents) {
      required.push(...compiled.applies(at))
      if (!budget.spend(view.denies.length)) return null
      for (const deny of view.denies) if (((deny.never >>> at) & 1) === 0) clauses.push(deny.escapes(at))
    }
    if (variables.get('aws:SourceIp')) required.push(...elsewhere(covered))
    return solve({ variables, required, clauses }, budget, this.#session.memo) ?? null
  }

  /** The variables of requests from the origin, with those that its statements need. */
  #variablesAt(at: number, anyWill: boolean): Variables {
    const index = 2 * at + (anyWill ? 1 : 0)
    this.#variables[index] ??= this.#makeVariables(at, anyWill)
    return this.#variables[index]
  }

  #makeVariables(at: number, anyWill: boolean): Variables {
    const more = new Map<string, Variable>()
    const base = this.#session.variables(this.#origins, at, anyWill, this.#door.setting)
    const { rest } = this.#door.target.names(this.#action)
    if (rest) more.set(RESOURCE, rest)
    const bit = 1 << at
    for (const { views } of this.#layers) {
      for (const view of views) {
        if ((view.origins & bit) === 0) continue
        for (const { compiled } of view.grants) declare(compiled, bit, base, more)
        for (const compiled of view.denies) declare(compiled, bit, base, more)
      }
    }
    return more.size === 0 ? base : new MoreVariables(base, more)
  }

  /** All sources from which the request would do as well. */
  #sourcesOf({ at, solution }: Way): AddressSet {
    const variable = variablesFor(this.#shape(at), this.#door.setting, true).get('aws:SourceIp')!
    return addressesMeeting(variable, solution.asked.get('aws:SourceIp') ?? [])
  }
}

interface PlannedConsent extends Consent {
  readonly view: View
  readonly compiled: CompiledStatement
}

const NO_CONSENTS: readonly PlannedConsent[] = []

function eachWithEach(
  combined: readonly (readonly PlannedConsent[])[],
  bearing: readonly PlannedConsent[],
): (readonly PlannedConsent[])[] {
  const more: (readonly PlannedConsent[])[] = []
  for (const consents of combined) {
    for (const consent of bearing) more.push(consents.length === 0 ? [consent] : [...consents, consent])
  }
  return more
}

const STEPS_FOR_ONE_SOLUTION = 8
const FEW_CHOICES = 2
const MOST_COMBINATIONS = 1_000

function declare({ parts }: CompiledStatement, bit: number, base: Variables, more: Map<string, Variable>): void {
  for (const { declared } of parts) {
    if (declared.size === 0) continue
    for (const [name, { origins, variable }] of declared) {
      if ((origins & bit) !== 0 && base.get(name) === undefined && !more.has(name)) more.set(name, variable)
    }
  }
}

/** Variables that many requests have, and further ones. */
class MoreVariables implements Variables {
  readonly #base: Variables
  readonly #more: ReadonlyMap<string, Variable>

  constructor(base: Variables, more: ReadonlyMap<string, Variable>) {
    this.#base = base
    this.#more = more
  }

  get(name: string): Variable | undefined {
    return this.#more.get(name) ?? this.#base.get(name)
  }

  *keys(): Generator<string> {
    yield* this.#base.keys()
    yield* this.#more.keys()
  }
}

function mentionsVariables({ grants, deniesWithVariables }: View): boolean {
  return deniesWithVariables || grants.some(({ grant }) => grant.variableKeys.length > 0)
}

function rangeCount({ v4, v6 }: AddressSet): number {
  return v4.length + v6.length
}

function elsewhere(covered: AddressSet): readonly Literal[] {
  if (covered.v4.length === 0 && covered.v6.length === 0) return []
  const values = { kind: 'addresses', addresses: complement(covered) } as const
  return [{ variable: 'aws:SourceIp', constraint: { whenAbsent: false, values, quantifier: 'some' } }]
}

/** Plans with the same signature ask the same of the same origins, whatever their actions. */
function signatureOf(
  { target, mode }: Door,
  action: string,
  origins: Origins,
  alive: number,
  layers: readonly PlannedLayer[],
  hasVariables: boolean,
): string {
  const { arn, rest } = target.names(action)
  let signature = `${hasVariables ? mode : ''} ${origins.list.length} ${alive} ${arn} ${rest === null ? '' : '/'} ${target.variant ?? ''}`
  for (const { views } of layers) {
    signature += '|'
    for (const { origins: seen, grants, denies } of views) {
      signature += ` ${seen}:`
      for (const { compiled } of grants) signature += `${compiled.id},`
      signature += '-'
      for (const { id } of denies) signature += `${id},`
    }
  }
  return signature
}

import { type AddressSet, complement, formatAddress, includesAddress, intersection, isEmpty } from './addresses.ts'
import { Budget } from './budget.ts'
import { holds, type PatternSet, shortestMember } from './patterns.ts'

/** A set of values that a key may have. `test` is for keys whose values can be listed; it names the numbers at which it turns. */
export type ValueSet =
  | { readonly kind: 'every' }
  | { readonly kind: 'nothing' }
  | ({ readonly kind: 'patterns' } & PatternSet)
  | { readonly kind: 'addresses'; readonly addresses: AddressSet }
  | { readonly kind: 'test'; readonly accepts: (value: string) => boolean; readonly landmarks: readonly number[] }

/**
 * What one condition asks of one variable: whether it is met when the variable is absent, and by which values.
 * For a variable with many values, `all` asks it of each of them and `some` of at least one.
 */
export interface Constraint {
  readonly whenAbsent: boolean
  readonly values: ValueSet
  readonly quantifier: 'all' | 'some'
}

export interface Literal {
  readonly variable: string
  readonly constraint: Constraint
}

/** What a variable can be at all, before any condition. */
export interface Variable {
  readonly presence: 'always' | 'never' | 'optional'
  readonly many: boolean
  readonly domain:
    | { readonly kind: 'text'; readonly language: readonly PatternSet[] }
    | { readonly kind: 'addresses'; readonly within: AddressSet }
    | { readonly kind: 'finite'; readonly values: readonly string[] }
    | { readonly kind: 'number'; readonly least: number; readonly most: number }
}

/** All of `required`, and of each clause at least one literal. */
export interface Problem {
  readonly variables: ReadonlyMap<string, Variable>
  readonly required: readonly Literal[]
  readonly clauses: readonly (readonly Literal[])[]
}

/** A way to meet a problem: what was asked of each variable, and one value that does. Null: absent. */
export interface Solution {
  readonly asked: ReadonlyMap<string, readonly Constraint[]>
  readonly values: ReadonlyMap<string, Value>
}
export type Value = string | readonly string[] | null

export const EVERY: ValueSet = { kind: 'every' }
export const NOTHING: ValueSet = { kind: 'nothing' }

/** Met exactly where the given constraint is not. */
export function negate(constraint: Constraint): Constraint {
  return {
    whenAbsent: !constraint.whenAbsent,
    values: outside(constraint.values),
    quantifier: constraint.quantifier === 'all' ? 'some' : 'all',
  }
}

/** The values that are not in the set. */
export function outside(values: ValueSet): ValueSet {
  switch (values.kind) {
    case 'every':
      return NOTHING
    case 'nothing':
      return EVERY
    case 'patterns':
      return { ...values, negated: !values.negated }
    case 'addresses':
      return { kind: 'addresses', addresses: complement(values.addresses) }
    case 'test':
      return { kind: 'test', accepts: (value) => !values.accepts(value), landmarks: values.landmarks }
  }
}

/** A solution, null when there is provably none, or undefined when the budget ran out before either was found. */
export function solve(problem: Problem, budget: Budget): Solution | null | undefined {
  const store = new Store(problem.variables, budget)
  for (const literal of problem.required) if (!store.add(literal)) return budget.exhausted ? undefined : null
  return search(store, problem.clauses, budget)
}

function search(store: Store, clauses: readonly (readonly Literal[])[], budget: Budget): Solution | null | undefined {
  if (budget.exhausted) return undefined
  const open: Literal[][] = []
  for (const clause of clauses) {
    if (clause.some((literal) => store.has(literal))) continue
    const live = clause.filter((literal) => store.allows(literal))
    if (live.length === 0) return budget.exhausted ? undefined : null
    open.push(live)
  }
  if (open.length === 0) return store.solution()
  const least = Math.min(...open.map((clause) => clause.length))
  const at = open.findIndex((clause) => clause.length === least)
  const rest = open.filter((_, index) => index !== at)
  for (const literal of open[at]!) {
    const branch = store.copy()
    if (!branch.add(literal)) continue
    const found = search(branch, rest, budget)
    if (found !== null) return found
  }
  return budget.exhausted ? undefined : null
}

/** What has been asked so far, variable by variable; asking one variable more never changes another. */
class Store {
  readonly #variables: ReadonlyMap<string, Variable>
  readonly #budget: Budget
  readonly #asked: Map<string, readonly Constraint[]>

  constructor(variables: ReadonlyMap<string, Variable>, budget: Budget, asked: Map<string, readonly Constraint[]> = new Map()) {
    this.#variables = variables
    this.#budget = budget
    this.#asked = asked
  }

  copy(): Store {
    return new Store(this.#variables, this.#budget, new Map(this.#asked))
  }

  has({ variable, constraint }: Literal): boolean {
    return this.#asked.get(variable)?.includes(constraint) ?? false
  }

  allows({ variable, constraint }: Literal): boolean {
    return this.#member(variable, [...(this.#asked.get(variable) ?? []), constraint]) !== undefined
  }

  add(literal: Literal): boolean {
    if (this.has(literal)) return true
    if (!this.allows(literal)) return false
    this.#asked.set(literal.variable, [...(this.#asked.get(literal.variable) ?? []), literal.constraint])
    return true
  }

  /** Null where a variable cannot be met even by itself. */
  solution(): Solution | null {
    const values = new Map<string, Value>()
    for (const name of this.#variables.keys()) {
      const member = this.#member(name, this.#asked.get(name) ?? [])
      if (member === undefined) return null
      values.set(name, member)
    }
    return { asked: this.#asked, values }
  }

  #member(name: string, constraints: readonly Constraint[]): Value | undefined {
    const variable = this.#variables.get(name)
    if (!variable) throw new Error(`no variable is called ${name}`)
    return remembered(variable, constraints, this.#budget)
  }
}

// The same conditions meet again in every branch of one search, which is what a budget stands for.
const MEMBERS = new WeakMap<Budget, Map<Variable, Map<string, Value | undefined>>>()
const NUMBERS = new WeakMap<Constraint, number>()
let constraintCount = 0

function remembered(variable: Variable, constraints: readonly Constraint[], budget: Budget): Value | undefined {
  if (constraints.length === 0) return budget.spend(1) ? unasked(variable) : undefined
  const known = membersOf(variable, budget)
  const key = constraints.map(numberOf).join()
  if (known.has(key)) return budget.spend(1) ? known.get(key) : undefined
  const found = stillMember(variable, constraints, known, budget) ?? member(variable, constraints, budget)
  // What was not found because the work ran out may be there all the same.
  if (!budget.exhausted) known.set(key, found)
  return found
}

function membersOf(variable: Variable, budget: Budget): Map<string, Value | undefined> {
  const ofSearch = MEMBERS.get(budget) ?? new Map<Variable, Map<string, Value | undefined>>()
  MEMBERS.set(budget, ofSearch)
  const known = ofSearch.get(variable) ?? new Map<string, Value | undefined>()
  ofSearch.set(variable, known)
  return known
}

// A variable of which nothing is asked has one first value, whoever looks for it; finding it is charged to no search, so
// that no search depends on those before it.
const UNASKED = new WeakMap<Variable, { readonly value: Value | undefined }>()
const UNASKED_STEPS = 200_000

function unasked(variable: Variable): Value | undefined {
  const known = UNASKED.get(variable) ?? { value: member(variable, [], new Budget(UNASKED_STEPS)) }
  UNASKED.set(variable, known)
  return known.value
}

/** The first member of a larger set is the first of the smaller one too, where it is in it. */
function stillMember(
  variable: Variable,
  constraints: readonly Constraint[],
  known: ReadonlyMap<string, Value | undefined>,
  budget: Budget,
): string | undefined {
  const last = constraints.at(-1)
  if (!last || variable.many || variable.domain.kind !== 'text' || !budget.spend(1)) return undefined
  const before = constraints.length === 1 ? unasked(variable) : known.get(constraints.slice(0, -1).map(numberOf).join())
  return typeof before === 'string' && accepts(last.values, before) ? before : undefined
}

function numberOf(constraint: Constraint): number {
  const known = NUMBERS.get(constraint)
  if (known !== undefined) return known
  NUMBERS.set(constraint, constraintCount)
  return constraintCount++
}

/** A value of the variable that meets all constraints: null for absent, undefined for none (or when the budget ran out). */
export function member(variable: Variable, constraints: readonly Constraint[], budget: Budget): Value | undefined {
  if (!budget.spend(1 + constraints.length)) return undefined
  // An optional key is left out where it can be: the witness is shorter.
  if (variable.presence !== 'always' && constraints.every(({ whenAbsent }) => whenAbsent)) return null
  if (variable.presence === 'never') return undefined
  if (!variable.many)
    return single(
      variable,
      constraints.map(({ values }) => values),
      budget,
    )
  const ofAll = constraints.filter(({ quantifier }) => quantifier === 'all').map(({ values }) => values)
  const ofSome = constraints.filter(({ quantifier }) => quantifier === 'some').map(({ values }) => values)
  const chosen: string[] = []
  for (const extra of ofSome.length > 0 ? ofSome : [EVERY]) {
    const value = single(variable, [...ofAll, extra], budget)
    if (value === undefined) return undefined
    if (!chosen.includes(value)) chosen.push(value)
  }
  return chosen
}

/** The addresses that meet all constraints of an address variable. */
export function addressesMeeting(variable: Variable, constraints: readonly Constraint[]): AddressSet {
  if (variable.domain.kind !== 'addresses') throw new Error('not a variable of addresses')
  let left = variable.domain.within
  for (const { values } of constraints) {
    if (values.kind === 'addresses') left = intersection(left, values.addresses)
    else if (values.kind === 'nothing') left = { v4: [], v6: [] }
  }
  return left
}

function single(variable: Variable, sets: readonly ValueSet[], budget: Budget): string | undefined {
  if (sets.some(({ kind }) => kind === 'nothing')) return undefined
  const { domain } = variable
  switch (domain.kind) {
    case 'text': {
      const patterns: PatternSet[] = [...domain.language]
      for (const set of sets) if (set.kind === 'patterns') patterns.push(set)
      return shortestMember(patterns, budget) ?? undefined
    }
    case 'addresses': {
      let left = domain.within
      for (const set of sets) if (set.kind === 'addresses') left = intersection(left, set.addresses)
      if (isEmpty(left)) return undefined
      const family = left.v4.length > 0 ? 'v4' : 'v6'
      return formatAddress(family, left[family][0]!.first)
    }
    case 'finite':
      return domain.values.find((value) => sets.every((set) => accepts(set, value)))
    case 'number':
      return turningPoints(domain.least, domain.most, sets).find((value) => sets.every((set) => accepts(set, value)))
  }
}

/** Whether the set holds this value. */
export function accepts(set: ValueSet, value: string): boolean {
  switch (set.kind) {
    case 'every':
      return true
    case 'nothing':
      return false
    case 'patterns':
      return holds(set, value)
    case 'addresses':
      return includesAddress(set.addresses, value)
    case 'test':
      return set.accepts(value)
  }
}

/** Whole numbers enough to tell any two comparisons with constants apart. */
function turningPoints(least: number, most: number, sets: readonly ValueSet[]): readonly string[] {
  const landmarks = sets.flatMap((set) => (set.kind === 'test' ? set.landmarks : []))
  const points = [
    least,
    most,
    ...landmarks.flatMap((at) => [Math.floor(at) - 1, Math.floor(at), Math.ceil(at), Math.ceil(at) + 1]),
  ]
  return [...new Set(points)]
    .filter((at) => at >= least && at <= most)
    .sort((a, b) => a - b)
    .map(String)
}

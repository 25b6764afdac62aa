import { Budget } from './budget.ts'
import { Kept } from './kept.ts'
import { type Constraint, meets, member, type Value, type Variable } from './values.ts'

export * from './values.ts'

/** One condition on one variable. */
export interface Literal {
  readonly variable: string
  readonly constraint: Constraint
}

/** Variables by name: a map of them, or whatever else knows them. */
export interface Variables {
  readonly get: (name: string) => Variable | undefined
  readonly keys: () => Iterable<string>
}

/** All of `required`, and of each clause at least one literal. */
export interface Problem {
  readonly variables: Variables
  readonly required: readonly Literal[]
  readonly clauses: readonly (readonly Literal[])[]
}

/** A way to meet a problem: what was asked of each variable, and one value that does. Each value of what was asked would do. */
export interface Solution {
  readonly asked: ReadonlyMap<string, readonly Constraint[]>
  readonly values: ReadonlyMap<string, Value>
}

/**
 * Why a problem has no solution, as a tree that can be checked piece by piece. `conflict`: no value of the variable meets
 * all of these literals, each of which is required or chosen by a split above. `split`: one literal of the clause with this
 * index must hold; there is one branch for each of them, in their order. `budget`: nothing is shown, the work ran out.
 */
export type Refutation =
  | { readonly kind: 'conflict'; readonly variable: string; readonly literals: readonly Literal[] }
  | { readonly kind: 'split'; readonly clause: number; readonly branches: readonly Refutation[] }
  | { readonly kind: 'budget' }

/**
 * What was found out of variables: problems that ask the same of the same variables share it. It lives as long as its owner,
 * a budget where there is no other, and holds no more than was asked.
 */
export class Memo {
  readonly #roots = new Map<Variable, State>()

  /** The variable before anything is asked of it. */
  root(variable: Variable, name: string, budget: Budget): State {
    let root = this.#roots.get(variable)
    if (!root) {
      root = State.unasked(variable, name, budget)
      this.#roots.set(variable, root)
    }
    return root
  }
}

/** A solution, null when there is provably none, or undefined when the budget ran out before either was found. */
export function solve(problem: Problem, budget: Budget, memo: Memo = memoOf(budget)): Solution | null | undefined {
  const search = new Search(problem, budget, memo, false)
  if (search.refute() === null) return search.solution()
  return budget.exhausted ? undefined : null
}

/** The reason why the problem has no solution; null where it has one. The same search as `solve`, with its way written down. */
export function refute(problem: Problem, budget: Budget): Refutation | null {
  return new Search(problem, budget, memoOf(budget), true).refute()
}

const RAN_OUT: Refutation = { kind: 'budget' }
const UNEXPLAINED: Refutation = { kind: 'split', clause: -1, branches: [] }

/**
 * Each variable has a value at any time that meets what was asked of it so far. Where these values happen to meet all
 * clauses too, that is a solution; else one literal after the other of a clause that they miss is asked for.
 */
class Search {
  readonly #problem: Problem
  readonly #budget: Budget
  readonly #explains: boolean
  readonly #memo: Memo
  readonly #states = new Map<string, State>()

  constructor(problem: Problem, budget: Budget, memo: Memo, explains: boolean) {
    this.#problem = problem
    this.#budget = budget
    this.#explains = explains
    this.#memo = memo
  }

  /** Null where a solution was found: it is then what the states hold. */
  refute(): Refutation | null {
    for (const literal of this.#problem.required) {
      const state = this.#with(literal)
      if (state.value === undefined) return this.#conflict(state)
      this.#states.set(literal.variable, state)
    }
    return this.#meetClauses() ?? this.#meetVariables()
  }

  solution(): Solution {
    const values = new Map<string, Value>()
    const asked = new Map<string, readonly Constraint[]>()
    for (const clause of this.#problem.clauses) this.#askOneOf(clause)
    for (const name of this.#problem.variables.keys()) values.set(name, this.#stateOf(name).value!)
    for (const [name, state] of this.#states) asked.set(name, state.constraints())
    return { asked, values }
  }

  #meetClauses(): Refutation | null {
    const { clauses } = this.#problem
    let chosen = -1
    let choices: readonly State[] = []
    for (let at = 0; at < clauses.length; at++) {
      if (this.#isMet(clauses[at]!)) continue
      const states = clauses[at]!.map((literal) => this.#with(literal))
      if (this.#budget.exhausted) return RAN_OUT
      const live = states.filter(({ value }) => value !== undefined)
      if (chosen >= 0 && live.length >= countLive(choices)) continue
      chosen = at
      choices = states
      if (live.length <= 1) break
    }
    if (this.#budget.exhausted) return RAN_OUT
    return chosen < 0 ? null : this.#split(chosen, choices)
  }

  #split(clause: number, choices: readonly State[]): Refutation | null {
    const branches: Refutation[] = []
    for (let at = 0; at < choices.length; at++) {
      const state = choices[at]!
      if (state.value === undefined) {
        if (this.#explains) branches.push(this.#conflict(state))
        continue
      }
      const { variable } = this.#problem.clauses[clause]![at]!
      const before = this.#states.get(variable)
      this.#states.set(variable, state)
      const refutation = this.#meetClauses()
      if (refutation === null || this.#budget.exhausted) return refutation
      branches.push(refutation)
      if (before) this.#states.set(variable, before)
      else this.#states.delete(variable)
    }
    return this.#explains ? { kind: 'split', clause, branches } : UNEXPLAINED
  }

  /** A variable of which nothing is asked must still be able to have a value. */
  #meetVariables(): Refutation | null {
    for (const name of this.#problem.variables.keys()) {
      const state = this.#stateOf(name)
      if (state.value === undefined) return this.#conflict(state)
    }
    return this.#budget.exhausted ? RAN_OUT : null
  }

  #isMet(clause: readonly Literal[]): boolean {
    for (const { variable, constraint } of clause) {
      const { value } = this.#stateOf(variable)
      if (!this.#budget.spend(1 + costOf(constraint))) return false
      if (value !== undefined && meets(value, constraint)) return true
    }
    return false
  }

  /** Writes down which literal of the clause holds, rather not one on an address: the more of them would do as well. */
  #askOneOf(clause: readonly Literal[]): void {
    const met = clause.filter(({ variable, constraint }) => meets(this.#stateOf(variable).value!, constraint))
    if (met.some(({ variable, constraint }) => this.#states.get(variable)?.asks(constraint))) return
    const literal = met.find(({ variable }) => this.#problem.variables.get(variable)!.domain.kind !== 'addresses') ?? met[0]!
    this.#states.set(literal.variable, this.#stateOf(literal.variable).withMet(literal.constraint))
  }

  #with({ variable, constraint }: Literal): State {
    return this.#stateOf(variable).with(constraint, this.#budget)
  }

  #stateOf(name: string): State {
    const state = this.#states.get(name)
    if (state) return state
    const variable = this.#problem.variables.get(name)
    if (!variable) throw new Error(`no variable is called ${name}`)
    return this.#memo.root(variable, name, this.#budget)
  }

  #conflict(state: State): Refutation {
    if (this.#budget.exhausted) return RAN_OUT
    return this.#explains ? { kind: 'conflict', variable: state.name, literals: state.conflict(this.#budget) } : UNEXPLAINED
  }
}

const VALUES_FOR_ONE_STEP = 8

/** What it costs to see whether a value meets the constraint. */
function costOf({ values }: Constraint): number {
  if (values.kind === 'patterns') return Math.floor(values.patterns.length / VALUES_FOR_ONE_STEP)
  return values.kind === 'addresses'
    ? Math.floor((values.addresses.v4.length + values.addresses.v6.length) / VALUES_FOR_ONE_STEP)
    : 0
}

function countLive(states: readonly State[]): number {
  let live = 0
  for (const { value } of states) if (value !== undefined) live++
  return live
}

// The same conditions meet again in every branch of one search and in the next search, which is what a budget stands for.
const MEMO = new Kept<Budget, Memo>('memo')

function memoOf(budget: Budget): Memo {
  return MEMO.of(budget) ?? MEMO.keep(budget, new Memo())
}

// A variable of which nothing is asked has one first value, whoever looks for it; finding it is charged to no search, so
// that no search depends on those before it.
const UNASKED = new Kept<Variable, { readonly value: Value | undefined; readonly ranOut: boolean }>('value if nothing is asked')
const UNASKED_STEPS = 20_000

/** One variable with what is asked of it in order, and a value that does; undefined where there is none. */
class State {
  readonly name: string
  readonly value: Value | undefined
  readonly #variable: Variable
  readonly #before: State | null
  readonly #constraint: Constraint | null
  #more: Map<Constraint, State> | null = null

  private constructor(
    name: string,
    variable: Variable,
    before: State | null,
    constraint: Constraint | null,
    value: Value | undefined,
  ) {
    this.name = name
    this.#variable = variable
    this.#before = before
    this.#constraint = constraint
    this.value = value
  }

  static unasked(variable: Variable, name: string, budget: Budget): State {
    let known = UNASKED.of(variable)
    if (!known) {
      const own = new Budget(UNASKED_STEPS)
      known = UNASKED.keep(variable, { value: member(variable, [], own), ranOut: own.exhausted })
    }
    if (known.ranOut) budget.spend(Number.POSITIVE_INFINITY)
    return new State(name, variable, null, null, known.value)
  }

  /** The state in which this is asked too. */
  with(constraint: Constraint, budget: Budget): State {
    const known = this.#more?.get(constraint)
    if (known) return known
    if (this.asks(constraint)) return this
    const state = new State(this.name, this.#variable, this, constraint, this.#valueWith(constraint, budget))
    // What was not found because the work ran out may be there all the same.
    if (!budget.exhausted) {
      this.#more ??= new Map()
      this.#more.set(constraint, state)
    }
    return state
  }

  /** The same with a constraint that its value meets anyway. */
  withMet(constraint: Constraint): State {
    return new State(this.name, this.#variable, this, constraint, this.value)
  }

  asks(constraint: Constraint): boolean {
    for (let state: State | null = this; state; state = state.#before) if (state.#constraint === constraint) return true
    return false
  }

  constraints(): readonly Constraint[] {
    const asked: Constraint[] = []
    for (let state: State | null = this; state !== null; state = state.#before)
      if (state.#constraint) asked.push(state.#constraint)
    return asked.reverse()
  }

  /** Some of what is asked that cannot be met together: nothing of it can be left out. */
  conflict(budget: Budget): readonly Literal[] {
    let asked = this.constraints()
    for (const constraint of asked) {
      const fewer = asked.filter((other) => other !== constraint)
      if (member(this.#variable, fewer, budget) === undefined && !budget.exhausted) asked = fewer
    }
    return asked.map((constraint) => ({ variable: this.name, constraint }))
  }

  #valueWith(constraint: Constraint, budget: Budget): Value | undefined {
    if (this.value === undefined || !budget.spend(2 + costOf(constraint))) return undefined
    return meets(this.value, constraint) ? this.value : member(this.#variable, [...this.constraints(), constraint], budget)
  }
}

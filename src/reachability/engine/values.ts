import { type AddressSet, complement, formatAddress, includesAddress, intersection, isEmpty } from './addresses.ts'
import type { Budget } from './budget.ts'
import { someMember } from './members.ts'
import { holds, type PatternSet } from './patterns.ts'

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

/** What a variable is in one request. Null: absent. */
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

/** Whether a variable with this value meets the constraint. */
export function meets(value: Value, { whenAbsent, values, quantifier }: Constraint): boolean {
  if (value === null) return whenAbsent
  if (typeof value === 'string') return accepts(values, value)
  return quantifier === 'all' ? value.every((each) => accepts(values, each)) : value.some((each) => accepts(values, each))
}

/** A value of the variable that meets all constraints: null for absent, undefined for none (or when the budget ran out). */
export function member(variable: Variable, constraints: readonly Constraint[], budget: Budget): Value | undefined {
  if (!budget.spend(1 + constraints.length)) return undefined
  // An optional key is left out where it can be: the witness is shorter.
  if (variable.presence !== 'always' && constraints.every(({ whenAbsent }) => whenAbsent)) return null
  if (variable.presence === 'never') return undefined
  if (!variable.many) return single(variable, valuesOf(constraints, null), budget)
  const ofAll = valuesOf(constraints, 'all')
  const ofSome = valuesOf(constraints, 'some')
  const chosen: string[] = []
  for (const extra of ofSome.length > 0 ? ofSome : [EVERY]) {
    const value = single(variable, [...ofAll, extra], budget)
    if (value === undefined) return undefined
    if (!chosen.includes(value)) chosen.push(value)
  }
  return chosen
}

function valuesOf(constraints: readonly Constraint[], quantifier: Constraint['quantifier'] | null): ValueSet[] {
  const sets: ValueSet[] = []
  for (const constraint of constraints) {
    if (quantifier === null || constraint.quantifier === quantifier) sets.push(constraint.values)
  }
  return sets
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
  for (const { kind } of sets) if (kind === 'nothing') return undefined
  const { domain } = variable
  switch (domain.kind) {
    case 'text': {
      const patterns: PatternSet[] = [...domain.language]
      for (const set of sets) if (set.kind === 'patterns') patterns.push(set)
      return someMember(patterns, budget) ?? undefined
    }
    case 'addresses': {
      let left = domain.within
      for (const set of sets) {
        if (set.kind !== 'addresses') continue
        budget.spend(rangeCost(set.addresses) + rangeCost(left))
        left = intersection(left, set.addresses)
      }
      if (isEmpty(left) || budget.exhausted) return undefined
      return left.v4.length > 0 ? formatAddress('v4', left.v4[0]!.first) : formatAddress('v6', left.v6[0]!.first)
    }
    case 'finite':
      return firstAccepted(domain.values, sets, budget)
    case 'number':
      return firstAccepted(turningPoints(domain.least, domain.most, sets), sets, budget)
  }
}

const RANGES_FOR_ONE_STEP = 8

function rangeCost({ v4, v6 }: AddressSet): number {
  return Math.floor((v4.length + v6.length) / RANGES_FOR_ONE_STEP)
}

function firstAccepted(values: readonly string[], sets: readonly ValueSet[], budget: Budget): string | undefined {
  return values.find((value) => budget.spend(1) && sets.every((set) => accepts(set, value)))
}

/** Whole numbers enough to tell any two comparisons with constants apart. */
function turningPoints(least: number, most: number, sets: readonly ValueSet[]): readonly string[] {
  const points = new Set([least, most])
  for (const set of sets) {
    if (set.kind !== 'test') continue
    for (const at of set.landmarks) {
      for (const point of [Math.floor(at) - 1, Math.floor(at), Math.ceil(at), Math.ceil(at) + 1]) points.add(point)
    }
  }
  return [...points]
    .filter((at) => at >= least && at <= most)
    .sort((a, b) => a - b)
    .map(String)
}

import type { Literal } from '../../../engine/solve.ts'

/** A moment or a span in nanoseconds. */
export interface Moment {
  readonly kind: 'timestamp' | 'duration'
  readonly nanoseconds: bigint
}

/** A value of the Common Expression Language, as far as conditions have any. */
export type CelValue = boolean | bigint | number | string | null | Moment | readonly CelValue[]

/** A text that the request may choose: a variable of the engine whose values all begin with `head`. */
export interface ChosenText {
  readonly kind: 'chosen-text'
  readonly variable: string
  readonly head: string
  readonly extract: Extract | null
}

/** What extract() takes out of a chosen text: what follows `prefix`, where the text begins so, up to the first `until`. */
export interface Extract {
  /** How a text begins in which the mark stands as early as it can; null where it cannot stand across the head's end. */
  readonly prefix: string | null
  /** Up to here, or to the end where it is empty. */
  readonly until: string
  /** The mark, where a text may also have it later than that, or not at all; null where every text begins with `prefix`. */
  readonly elsewhere: string | null
}

/** A list of texts that the request may choose. */
export interface ChosenList {
  readonly kind: 'chosen-list'
  readonly variable: string
}

/** When a condition comes to something, over what the request may choose. */
export type Formula =
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  | { readonly kind: 'literal'; readonly literal: Literal }
  /** Not known; `what` is the part of the condition that is not decided. */
  | { readonly kind: 'unknown'; readonly what: string }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Formula[] }

/** When a condition is true and when it is false. Where it is neither it is an error, and an error grants nothing. */
export interface ConditionFormulas {
  readonly whenTrue: Formula
  readonly whenFalse: Formula
}

/** What an expression comes to: a value, an error, something the request chooses, a question about that, or not known. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: CelValue }
  | { readonly kind: 'error' }
  | ChosenText
  | ChosenList
  | { readonly kind: 'literal'; readonly literal: Literal }
  | { readonly kind: 'formulas'; readonly formulas: ConditionFormulas }
  | { readonly kind: 'unknown'; readonly what: string }

export const ALWAYS: Formula = { kind: 'always' }
export const NEVER: Formula = { kind: 'never' }
export const ERROR: Outcome = { kind: 'error' }

export function asValue(value: CelValue): Outcome {
  return { kind: 'value', value }
}

export function isMoment(value: CelValue): value is Moment {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether two values are equal: numbers by what they count, values of different types never. */
export function equalValues(left: CelValue, right: CelValue): boolean {
  const isNumber = (value: CelValue) => typeof value === 'bigint' || typeof value === 'number'
  // biome-ignore lint/suspicious/noDoubleEquals: a whole number and a fraction are compared by value
  if (isNumber(left) && isNumber(right)) return left == right
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, at) => equalValues(item, right[at]))
  }
  if (isMoment(left) && isMoment(right)) return left.kind === right.kind && left.nanoseconds === right.nanoseconds
  return left === right
}

/** Negative, zero or positive by order; null for values that have none. */
export function orderOf(left: CelValue, right: CelValue): number | null {
  const isNumber = (value: CelValue): value is bigint | number => typeof value === 'bigint' || typeof value === 'number'
  if (isNumber(left) && isNumber(right)) return left < right ? -1 : left > right ? 1 : 0
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right)
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0
  if (isMoment(left) && isMoment(right) && left.kind === right.kind) {
    return left.nanoseconds < right.nanoseconds ? -1 : left.nanoseconds > right.nanoseconds ? 1 : 0
  }
  return null
}

/** Both formulas, or either one. */
export function joinedFormula(kind: 'all' | 'any', left: Formula, right: Formula): Formula {
  const [deciding, neutral] = kind === 'all' ? (['never', 'always'] as const) : (['always', 'never'] as const)
  if (left.kind === deciding || right.kind === deciding) return { kind: deciding }
  if (left.kind === neutral) return right
  return right.kind === neutral ? left : { kind, parts: [left, right] }
}

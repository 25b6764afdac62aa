import type { Constraint, Literal, ValueSet, Variable } from '../../engine/solve.ts'
import type { RequestSetting, RequestShape } from './requests.ts'
import type { PolicyTarget } from './target.ts'

/**
 * Which side of what is not known is taken. `least`: what is not understood grants nothing and denies everything, so that
 * what is still open is open for certain. `most`: the other way round, so that what is still closed is closed for certain.
 */
export type Mode = 'least' | 'most'

/** Values put in for policy variables, by key in lower case; null where the key is to be absent. */
export type Substitution = ReadonlyMap<string, string | null>

export interface Reading {
  readonly shape: RequestShape
  readonly setting: RequestSetting
  readonly mode: Mode
  readonly substitution: Substitution
  /** The variables that every request of the shape has. */
  readonly variables: ReadonlyMap<string, Variable>
  /** Collects the further ones that keys turn out to need. */
  readonly declared: Map<string, Variable>
  /** Collects what was not understood, as parts of sentences. */
  readonly unknown: Set<string>
  /** The resource as the policy that is read sees it. */
  readonly target: PolicyTarget
}

/** When a part of a statement is met: always, never, or under a condition. */
export type Part = Literal | boolean

/** Met by these values, and not where there is none. */
export function onValues(values: ValueSet): Constraint {
  return { whenAbsent: false, values, quantifier: 'some' }
}

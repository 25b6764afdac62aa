import type { Violation } from '../model/index.ts'
import type { Condition } from './condition.ts'
import type { Parameter } from './parameter.ts'
import type { Sentence } from './sentence.ts'

/** Where a rule applies; every part that is given must hold. */
export interface Scope {
  /** Patterns with * and ?, of which one must match the store's name, or `name/key` for rules on objects. */
  readonly names: readonly string[]
  readonly accounts: readonly string[]
  /** A pattern for the value of each tag. */
  readonly tags: Readonly<Record<string, string>>
}

/** A data handling rule, compiled. */
export interface Rule {
  readonly id: string
  readonly title: string
  readonly severity: Violation['severity']
  readonly appliesTo: 'stores' | 'objects'
  readonly scope: Scope
  readonly parameters: Readonly<Record<string, Parameter>>
  readonly brokenWhen: Condition
  readonly because: readonly Sentence[]
}

export interface RuleSet {
  readonly rules: readonly Rule[]
}

/** A rule file that cannot be used; the message names the rule, the line and the remedy. */
export class RuleFileError extends Error {
  override readonly name = 'RuleFileError'
  readonly where: string
  /** Counted from 1; null where the whole file is meant. */
  readonly line: number | null

  constructor(where: string, line: number | null, sentence: string) {
    super(`${where}${line === null ? '' : `:${line}`}: ${sentence}`)
    this.where = where
    this.line = line
  }
}

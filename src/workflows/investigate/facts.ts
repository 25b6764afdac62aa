import type { CaseDocument } from '../../model/index.ts'
import type { RuleSet } from '../../rules/index.ts'
import type { DecidedStore } from './decide-windows.ts'
import type { Knowledge } from './knowledge.ts'
import type { Measured } from './measure-exposures.ts'

/** What is judged: everything that was found, and by which rules. */
export interface Facts {
  readonly knowledge: Knowledge
  readonly stores: readonly DecidedStore[]
  readonly measured: Measured
  /** Earlier revisions, oldest first: they tell when each market was first known to be concerned. */
  readonly earlier: readonly CaseDocument[]
  readonly rules: RuleSet
}

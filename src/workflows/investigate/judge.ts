import { evaluateRules, type RuleSet } from '../../rules/index.ts'
import type { DataElement, NoticeDraft, Obligation, Plan, RegimeStanding, Violation } from '../../model/index.ts'
import { LOOKED_FOR } from '../../classification/index.ts'
import type { DecidedStore } from './decide-windows.ts'
import type { Knowledge } from './knowledge.ts'
import type { Measured } from './measure-exposures.ts'
import type { InvestigateOptions } from './options.ts'
import { planRemediation } from './plan-remediation.ts'
import { storeFacts } from './store-facts.ts'
import { owe } from './owe.ts'
import type { CaseDocument } from '../../model/index.ts'

/** What follows from the facts: by the organisation's own rules, by the laws, and for the doors. */
export interface Judged {
  readonly violations: readonly Violation[]
  readonly plans: readonly Plan[]
  readonly obligations: readonly Obligation[]
  readonly regimes: readonly RegimeStanding[]
  readonly notices: readonly NoticeDraft[]
  /** The elements that some detector looks for: what is not among them cannot be said to be absent. */
  readonly lookedFor: readonly DataElement[]
}

export interface Facts {
  readonly knowledge: Knowledge
  readonly stores: readonly DecidedStore[]
  readonly measured: Measured
  /** Earlier revisions, oldest first: they tell when each market was first known to be concerned. */
  readonly earlier: readonly CaseDocument[]
  readonly rules: RuleSet
}

export function judge(facts: Facts, options: InvestigateOptions): Judged {
  return {
    violations: evaluateRules(facts.rules, storeFacts(facts, options.asOf)),
    plans: planRemediation(facts),
    ...owe(facts, options),
    lookedFor: LOOKED_FOR,
  }
}

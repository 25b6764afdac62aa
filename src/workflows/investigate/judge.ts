import { LOOKED_FOR } from '../../classification/index.ts'
import type { DataElement, NoticeDraft, Obligation, Plan, RegimeStanding, Violation } from '../../model/index.ts'
import { evaluateRules } from '../../rules/index.ts'
import type { Facts } from './facts.ts'
import type { InvestigateOptions } from './options.ts'
import { owe } from './owe.ts'
import { planRemediation } from './plan-remediation.ts'
import { storeFacts } from './store-facts.ts'

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

export function judge(facts: Facts, options: InvestigateOptions): Judged {
  return {
    violations: evaluateRules(facts.rules, storeFacts(facts, options.asOf)),
    plans: planRemediation(facts),
    ...owe(facts, options),
    lookedFor: LOOKED_FOR,
  }
}

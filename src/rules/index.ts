export { evaluateRules } from './evaluate-rules.ts'
export type { Rule, RuleSet, Scope } from './rule.ts'
export { BUILT_IN_RULES, loadRules } from './rule-set.ts'
export type { ObjectFacts, StoreFacts } from './store-facts.ts'

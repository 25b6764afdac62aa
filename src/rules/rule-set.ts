import { CHECKS } from './checks/registry.ts'
import type { Rule, RuleSet } from './rule.ts'
import { readRuleFile } from './rule-file.ts'

/** The rules that hold without a rule file. */
export const BUILT_IN_RULES: RuleSet = {
  rules: CHECKS.reduce<Rule[]>((rules, check) => readRuleFile(check.yaml, `built-in rule ${check.id}`, rules), []),
}

/**
 * The built-in rules with what a rule file says on top: its rules by the id of a built-in one change that one's
 * parameters, scope, severity or text; others are added. A RuleFileError names rule, line and remedy.
 */
export function loadRules(yamlText: string, where: string): RuleSet {
  return { rules: readRuleFile(yamlText, where, BUILT_IN_RULES.rules) }
}

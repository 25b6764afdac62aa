import type { Json } from '../../../model/index.ts'
import { isKnown, isRecord } from '../../readings.ts'
import { type CelEnvironment, evaluate } from './cel/evaluate.ts'
import { formulasOf } from './cel/formula.ts'
import { type Expression, parseCondition } from './cel/parse.ts'
import type { ConditionFormulas } from './cel/values.ts'

/** The condition of a binding or a deny rule. */
export type Condition =
  | { readonly kind: 'none' }
  | { readonly kind: 'read'; readonly source: string; readonly expression: Expression }
  | { readonly kind: 'not-understood'; readonly problem: string }

/** Reads `{"expression": "…", "title": "…"}`. */
export function parseExpr(json: Json): Condition {
  if (json === null) return { kind: 'none' }
  const source = isRecord(json) ? json.expression : undefined
  if (typeof source !== 'string') return { kind: 'not-understood', problem: 'a condition without an expression' }
  const known = PARSED.get(source)
  if (known) return known
  const made = read(source)
  if (PARSED.size > 2_000) PARSED.clear()
  if (source.length < 2_000) PARSED.set(source, made)
  return made
}

// The same few conditions stand in the policies of many resources.
const PARSED = new Map<string, Condition>()

function read(source: string): Condition {
  const parsed = parseCondition(source)
  return isKnown(parsed)
    ? { kind: 'read', source, expression: parsed.known }
    : { kind: 'not-understood', problem: parsed.problem }
}

/** When the condition holds, over what a request may choose. */
export function conditionFormulas(condition: Condition, environment: CelEnvironment): ConditionFormulas {
  switch (condition.kind) {
    case 'none':
      return { whenTrue: { kind: 'always' }, whenFalse: { kind: 'never' } }
    case 'not-understood':
      return { whenTrue: { kind: 'unknown', what: condition.problem }, whenFalse: { kind: 'unknown', what: condition.problem } }
    case 'read':
      return formulasOf(condition.expression, environment, condition.source)
  }
}

/** Whether the condition holds for one concrete request; undefined where that is not known. An error does not hold. */
export function conditionHolds(condition: Condition, environment: CelEnvironment): boolean | undefined {
  if (condition.kind === 'none') return true
  if (condition.kind === 'not-understood') return undefined
  const outcome = evaluate(condition.expression, environment)
  return outcome.kind === 'unknown' ? undefined : outcome.kind === 'value' && outcome.value === true
}

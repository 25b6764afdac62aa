import { ANY_TEXT, charClass, joined, literalPattern, type Pattern, repeated } from '../../../engine/patterns.ts'
import { type Constraint, negate } from '../../../engine/solve.ts'
import { type ChosenList, type ChosenText, type Outcome, asValue } from './values.ts'

export type TextTest = 'equals' | 'startsWith' | 'endsWith' | 'contains'

/** A question about a text that the request chooses, as a set of its values; not known where no such set is exact. */
export function textQuestion(chosen: ChosenText, test: TextTest, texts: readonly string[]): Outcome {
  const patterns: Pattern[] = []
  for (const text of texts) {
    const found = chosen.extract ? extracted(chosen, test, text) : whole(test, text)
    if (!found) return { kind: 'unknown', what: `${test} on an extract()` }
    patterns.push(...found)
  }
  if (patterns.length === 0) return asValue(false)
  const constraint: Constraint = { whenAbsent: false, values: { kind: 'patterns', patterns, negated: false }, quantifier: 'all' }
  return { kind: 'literal', literal: { variable: chosen.variable, constraint } }
}

/** Whether every one of the chosen texts is one of these. */
export function onlyQuestion(chosen: ChosenList, texts: readonly string[]): Outcome {
  const patterns = texts.map((text) => literalPattern(text))
  const constraint: Constraint = { whenAbsent: true, values: { kind: 'patterns', patterns, negated: false }, quantifier: 'all' }
  return { kind: 'literal', literal: { variable: chosen.variable, constraint } }
}

/** The opposite of an answer. */
export function opposite(outcome: Outcome): Outcome {
  if (outcome.kind === 'value') return typeof outcome.value === 'boolean' ? asValue(!outcome.value) : { kind: 'error' }
  if (outcome.kind !== 'literal') return outcome
  const { variable, constraint } = outcome.literal
  return { kind: 'literal', literal: { variable, constraint: negate(constraint) } }
}

/** The text that `a{x}b` takes out: from after the first `a` to the next `b`; null for a text without one such hole. */
export function extractTemplate(template: string): { readonly before: string; readonly after: string } | null {
  const match = /^([^{}]*)\{[^{}]*\}([^{}]*)$/.exec(template)
  return match ? { before: match[1]!, after: match[2]! } : null
}

/** What `extract` gives: the empty text where the template does not fit. */
export function extractFrom(text: string, template: { readonly before: string; readonly after: string }): string {
  const start = text.indexOf(template.before)
  if (start < 0) return ''
  const rest = text.slice(start + template.before.length)
  if (template.after === '') return rest
  const end = rest.indexOf(template.after)
  return end < 0 ? '' : rest.slice(0, end)
}

/** A chosen text seen through an extract(); null where the place of its beginning depends on what is chosen. */
export function extractChosen(
  chosen: ChosenText,
  template: { readonly before: string; readonly after: string },
): ChosenText | null {
  if (chosen.extract) return null
  const start = chosen.head.indexOf(template.before)
  if (start < 0) return null
  return { ...chosen, extract: { from: start + template.before.length, until: template.after } }
}

function whole(test: TextTest, text: string): readonly Pattern[] {
  const before = test === 'endsWith' || test === 'contains' ? ANY_TEXT : []
  const after = test === 'startsWith' || test === 'contains' ? ANY_TEXT : []
  return [joined(before, literalPattern(text), after)]
}

/** The whole texts whose extract answers the question. The extract ends where `until` comes first. */
function extracted({ head, extract }: ChosenText, test: TextTest, text: string): readonly Pattern[] | null {
  const { from, until } = extract!
  const before = literalPattern(head.slice(0, from))
  if (until === '') return whole(test, text).map((pattern) => joined(before, pattern))
  const end = joined(literalPattern(until), ANY_TEXT)
  if (test === 'equals' && text !== '') {
    return (text + until).indexOf(until) === text.length ? [joined(before, literalPattern(text), end)] : []
  }
  if (until.length !== 1) return null
  if (text.includes(until)) return []
  const other = repeated(charClass('not', until), 0)
  // Without an end, nothing is extracted: the empty text.
  if (text === '') return test === 'equals' ? [joined(before, end), joined(before, other)] : [ANY_TEXT]
  return [joined(before, test === 'startsWith' ? [] : other, literalPattern(text), test === 'endsWith' ? [] : other, end)]
}

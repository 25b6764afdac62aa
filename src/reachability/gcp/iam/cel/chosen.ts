import { ANY_TEXT, charClass, joined, literalPattern, type Pattern, repeated } from '../../../engine/patterns.ts'
import { type Constraint, type Literal, negate } from '../../../engine/solve.ts'
import {
  asValue,
  type ChosenList,
  type ChosenText,
  type ConditionFormulas,
  type Extract,
  type Formula,
  joinedFormula,
  NEVER,
  type Outcome,
} from './values.ts'

export type TextTest = 'equals' | 'startsWith' | 'endsWith' | 'contains'

/** A question about a text that the request chooses, as a set of its values; not known where no such set is exact. */
export function textQuestion(chosen: ChosenText, test: TextTest, texts: readonly string[]): Outcome {
  const patterns: Pattern[] = []
  for (const text of texts) {
    const found = chosen.extract ? extracted(chosen.extract, test, text) : whole(test, text)
    if (!found) return { kind: 'unknown', what: `${test} on an extract()` }
    patterns.push(...found)
  }
  const { extract, variable } = chosen
  if (extract !== null && extract.elsewhere !== null) {
    return { kind: 'formulas', formulas: anywhere(variable, extract, extract.elsewhere, patterns, texts.includes('')) }
  }
  return patterns.length === 0 ? asValue(false) : { kind: 'literal', literal: among(variable, patterns) }
}

/**
 * Where the mark may stand later as well: certain for texts that have it as early as can be, and for texts without it, from
 * which nothing is taken out.
 */
function anywhere(
  variable: string,
  { prefix }: Extract,
  mark: string,
  patterns: readonly Pattern[],
  ofNothing: boolean,
): ConditionFormulas {
  const literal = (found: Literal): Formula => ({ kind: 'literal', literal: found })
  const not = ({ constraint }: Literal): Literal => ({ variable, constraint: negate(constraint) })
  const early = prefix === null ? null : among(variable, [joined(literalPattern(prefix), ANY_TEXT)])
  const marked = among(variable, [joined(ANY_TEXT, literalPattern(mark), ANY_TEXT)])
  const holds = patterns.length > 0 ? among(variable, patterns) : null
  const unknown: Formula = { kind: 'unknown', what: 'extract() of what stands later in the text' }
  const late = joinedFormula('all', literal(marked), early ? joinedFormula('all', literal(not(early)), unknown) : unknown)
  const unmarked = literal(not(marked))
  const fails = early === null ? NEVER : holds ? joinedFormula('all', literal(early), literal(not(holds))) : literal(early)
  return {
    whenTrue: anyOf(early && holds ? literal(holds) : NEVER, ofNothing ? unmarked : NEVER, late),
    whenFalse: anyOf(fails, ofNothing ? NEVER : unmarked, late),
  }
}

function anyOf(...formulas: readonly Formula[]): Formula {
  return formulas.reduce((left, right) => joinedFormula('any', left, right), NEVER)
}

function among(variable: string, patterns: readonly Pattern[]): Literal {
  return {
    variable,
    constraint: { whenAbsent: false, values: { kind: 'patterns', patterns, negated: false }, quantifier: 'all' },
  }
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
  if (outcome.kind === 'formulas') {
    const { whenTrue, whenFalse } = outcome.formulas
    return { kind: 'formulas', formulas: { whenTrue: whenFalse, whenFalse: whenTrue } }
  }
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

/** A chosen text seen through an extract(); null for one that is seen through one already. */
export function extractChosen(
  chosen: ChosenText,
  { before, after: until }: { readonly before: string; readonly after: string },
): ChosenText | null {
  const { head, extract } = chosen
  if (extract) return null
  const start = head.indexOf(before)
  if (start >= 0) return { ...chosen, extract: { prefix: head.slice(0, start + before.length), until, elsewhere: null } }
  for (let at = Math.max(0, head.length - before.length + 1); at < head.length; at++) {
    if (before.startsWith(head.slice(at))) {
      return { ...chosen, extract: { prefix: head.slice(0, at) + before, until, elsewhere: before } }
    }
  }
  return { ...chosen, extract: { prefix: head === '' ? before : null, until, elsewhere: before } }
}

function whole(test: TextTest, text: string): readonly Pattern[] {
  const before = test === 'endsWith' || test === 'contains' ? ANY_TEXT : []
  const after = test === 'startsWith' || test === 'contains' ? ANY_TEXT : []
  return [joined(before, literalPattern(text), after)]
}

/** The whole texts whose extract answers the question. The extract ends where `until` comes first. */
function extracted({ prefix, until }: Extract, test: TextTest, text: string): readonly Pattern[] | null {
  if (prefix === null) return []
  const before = literalPattern(prefix)
  if (until === '') return whole(test, text).map((pattern) => joined(before, pattern))
  const end = joined(literalPattern(until), ANY_TEXT)
  if (test === 'equals' && text !== '') {
    return (text + until).indexOf(until) === text.length ? [joined(before, literalPattern(text), end)] : []
  }
  if (until.length !== 1) return null
  if (text.includes(until)) return []
  const other = repeated(charClass('not', until), 0)
  // Without an end, nothing is extracted: the empty text.
  if (text === '') return test === 'equals' ? [joined(before, end), joined(before, other)] : [joined(before, ANY_TEXT)]
  return [joined(before, test === 'startsWith' ? [] : other, literalPattern(text), test === 'endsWith' ? [] : other, end)]
}

import type { Budget } from '../../../engine/budget.ts'
import { type Literal, negate } from '../../../engine/solve.ts'
import { type CelEnvironment, evaluate } from './evaluate.ts'
import type { Expression } from './parse.ts'
import { ALWAYS, type ConditionFormulas, type Formula, joinedFormula, NEVER } from './values.ts'

/** A condition as formulas over what the request may choose; `source` is its text, to quote from. */
export function formulasOf(expression: Expression, environment: CelEnvironment, source: string): ConditionFormulas {
  const inner = (part: Expression) => formulasOf(part, environment, source)
  switch (expression.kind) {
    case 'binary': {
      if (expression.operator !== '&&' && expression.operator !== '||') break
      const left = inner(expression.left)
      const right = inner(expression.right)
      const both = (a: Formula, b: Formula) => joinedFormula('all', a, b)
      const either = (a: Formula, b: Formula) => joinedFormula('any', a, b)
      return expression.operator === '&&'
        ? { whenTrue: both(left.whenTrue, right.whenTrue), whenFalse: either(left.whenFalse, right.whenFalse) }
        : { whenTrue: either(left.whenTrue, right.whenTrue), whenFalse: both(left.whenFalse, right.whenFalse) }
    }
    case 'not': {
      const { whenTrue, whenFalse } = inner(expression.of)
      return { whenTrue: whenFalse, whenFalse: whenTrue }
    }
    case 'choice': {
      const [test, then, otherwise] = [inner(expression.test), inner(expression.then), inner(expression.otherwise)]
      const chosen = (side: keyof ConditionFormulas) =>
        joinedFormula(
          'any',
          joinedFormula('all', test.whenTrue, then[side]),
          joinedFormula('all', test.whenFalse, otherwise[side]),
        )
      return { whenTrue: chosen('whenTrue'), whenFalse: chosen('whenFalse') }
    }
  }
  return atom(expression, environment, source)
}

function atom(expression: Expression, environment: CelEnvironment, source: string): ConditionFormulas {
  const outcome = evaluate(expression, environment)
  switch (outcome.kind) {
    case 'value':
      return { whenTrue: outcome.value === true ? ALWAYS : NEVER, whenFalse: outcome.value === false ? ALWAYS : NEVER }
    case 'literal': {
      const { variable, constraint } = outcome.literal
      return {
        whenTrue: { kind: 'literal', literal: outcome.literal },
        whenFalse: { kind: 'literal', literal: { variable, constraint: negate(constraint) } },
      }
    }
    case 'unknown': {
      const what = source.slice(expression.from, expression.to).slice(0, 200) + (outcome.what && ` (${outcome.what})`)
      return { whenTrue: { kind: 'unknown', what }, whenFalse: { kind: 'unknown', what } }
    }
    case 'formulas':
      return outcome.formulas
    default:
      return { whenTrue: NEVER, whenFalse: NEVER }
  }
}

/** One way to meet a formula: what is asked of the request, and what was taken for granted though it is not known. */
export interface Way {
  readonly literals: readonly Literal[]
  /** Of each of these, one. */
  readonly clauses: readonly (readonly Literal[])[]
  readonly unknown: readonly string[]
}

/** How ways are looked for: what is not known is noted, and taken as met where `hopeful`. The search stops where the budget ends. */
export interface WaySearch {
  readonly hopeful: boolean
  readonly budget: Budget
  readonly noted: Set<string>
}

const NOTHING_ASKED: Way = { literals: [], clauses: [], unknown: [] }

/** The ways to meet a formula. */
export function* waysToMeet(formula: Formula, search: WaySearch): Generator<Way> {
  if (!search.budget.spend(1)) return
  switch (formula.kind) {
    case 'always':
      yield NOTHING_ASKED
      return
    case 'never':
      return
    case 'literal':
      yield { ...NOTHING_ASKED, literals: [formula.literal] }
      return
    case 'unknown':
      search.noted.add(formula.what)
      if (search.hopeful) yield { ...NOTHING_ASKED, unknown: [formula.what] }
      return
    case 'any': {
      const choices = choicesOf(formula, search.budget)
      if (choices) yield { ...NOTHING_ASKED, clauses: [choices] }
      else for (const part of formula.parts) yield* waysToMeet(part, search)
      return
    }
    case 'all': {
      const [first, ...rest] = formula.parts
      if (!first) {
        yield NOTHING_ASKED
        return
      }
      for (const way of waysToMeet(first, search)) {
        for (const more of waysToMeet({ kind: 'all', parts: rest }, search)) {
          yield {
            literals: [...way.literals, ...more.literals],
            clauses: [...way.clauses, ...more.clauses],
            unknown: [...way.unknown, ...more.unknown],
          }
        }
      }
    }
  }
}

/** The literals of which any one is enough, where the formula is no more than that: the solver chooses better than a list of ways. */
function choicesOf(formula: Formula, budget: Budget): readonly Literal[] | null {
  if (!budget.spend(1)) return null
  if (formula.kind === 'literal') return [formula.literal]
  if (formula.kind !== 'any') return null
  const choices: Literal[] = []
  for (const part of formula.parts) {
    const ofPart = choicesOf(part, budget)
    if (!ofPart) return null
    choices.push(...ofPart)
  }
  return choices
}

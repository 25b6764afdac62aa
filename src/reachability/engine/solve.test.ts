import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Budget } from './budget.ts'
import { globPattern } from './patterns.ts'
import {
  type Constraint,
  type Literal,
  meets,
  type Problem,
  refute,
  type Refutation,
  solve,
  type Value,
  type Variable,
} from './solve.ts'

const LETTERS = ['a', 'b', 'ab', 'ba', 'x']
const patterns = (globs: readonly string[], negated: boolean) => ({ patterns: globs.map((glob) => globPattern(glob)), negated })
const VARIABLES: ReadonlyMap<string, Variable> = new Map<string, Variable>([
  ['finite', { presence: 'always', many: false, domain: { kind: 'finite', values: ['a', 'b', 'x'] } }],
  ['optional', { presence: 'optional', many: false, domain: { kind: 'finite', values: LETTERS } }],
  ['text', { presence: 'optional', many: false, domain: { kind: 'text', language: [patterns(LETTERS, false)] } }],
  ['many', { presence: 'optional', many: true, domain: { kind: 'text', language: [patterns(['a', 'b', 'x'], false)] } }],
])
/** Every value that each variable can have: for the one with many values, every set of them. */
const VALUES: Readonly<Record<string, readonly Value[]>> = {
  finite: ['a', 'b', 'x'],
  optional: [null, ...LETTERS],
  text: [null, ...LETTERS],
  many: [null, ['a'], ['b'], ['x'], ['a', 'b'], ['a', 'x'], ['b', 'x'], ['a', 'b', 'x']],
}

const literal: fc.Arbitrary<Literal> = fc.record({
  variable: fc.constantFrom(...VARIABLES.keys()),
  constraint: fc.record({
    whenAbsent: fc.boolean(),
    quantifier: fc.constantFrom<Constraint['quantifier']>('all', 'some'),
    values: fc
      .record({
        globs: fc.uniqueArray(fc.constantFrom('a', 'b', 'a*', '*b', '?', '*', 'x'), { minLength: 1, maxLength: 2 }),
        negated: fc.boolean(),
      })
      .map(({ globs, negated }) => ({ kind: 'patterns' as const, ...patterns(globs, negated) })),
  }),
})
const problem: fc.Arbitrary<Problem> = fc.record({
  variables: fc.constant(VARIABLES),
  required: fc.array(literal, { maxLength: 4 }),
  clauses: fc.array(fc.array(literal, { minLength: 1, maxLength: 3 }), { maxLength: 5 }),
})

type Assignment = ReadonlyMap<string, Value>

function isSolved({ required, clauses }: Problem, values: Assignment): boolean {
  const holds = ({ variable, constraint }: Literal) => meets(values.get(variable)!, constraint)
  return required.every(holds) && clauses.every((clause) => clause.some(holds))
}

const ASSIGNMENTS: readonly Assignment[] = Object.entries(VALUES).reduce<Assignment[]>(
  (all, [name, values]) => all.flatMap((before) => values.map((value) => new Map([...before, [name, value]]))),
  [new Map()],
)

/** Whether the tree shows what it says, with the literals that may be counted on at its place. */
function isSound(tree: Refutation, given: readonly Literal[], { clauses }: Problem): boolean {
  if (tree.kind === 'budget') return false
  if (tree.kind === 'split') {
    const clause = clauses[tree.clause]!
    return (
      tree.branches.length === clause.length &&
      tree.branches.every((branch, at) => isSound(branch, [...given, clause[at]!], { clauses } as Problem))
    )
  }
  const counted = tree.literals.every(
    ({ variable, constraint }) =>
      variable === tree.variable && given.some((each) => each.variable === variable && each.constraint === constraint),
  )
  return counted && !VALUES[tree.variable]!.some((value) => tree.literals.every(({ constraint }) => meets(value, constraint)))
}

describe('solve and refute', () => {
  it('agree with trying all assignments', () => {
    fc.assert(
      fc.property(problem, (given) => {
        const isSolvable = ASSIGNMENTS.some((values) => isSolved(given, values))
        const solution = solve(given, new Budget(100_000))
        const refutation = refute(given, new Budget(100_000))
        if (!isSolvable) {
          expect(solution).toBeNull()
          expect(isSound(refutation!, given.required, given)).toBe(true)
          return
        }
        expect(refutation).toBeNull()
        expect(isSolved(given, solution!.values)).toBe(true)
        // Whatever meets what was asked of each variable does.
        for (const values of ASSIGNMENTS) {
          const asked = [...solution!.asked].every(([name, constraints]) =>
            constraints.every((constraint) => meets(values.get(name)!, constraint)),
          )
          if (asked) expect(isSolved(given, values)).toBe(true)
        }
      }),
      { seed: 8, numRuns: 400 },
    )
  })

  it('say that the budget ran out, and never that there is nothing', () => {
    fc.assert(
      fc.property(problem, fc.integer({ min: 0, max: 40 }), (given, steps) => {
        const solution = solve(given, new Budget(steps))
        if (solution === null) expect(ASSIGNMENTS.some((values) => isSolved(given, values))).toBe(false)
        if (solution) expect(isSolved(given, solution.values)).toBe(true)
      }),
      { seed: 9, numRuns: 400 },
    )
  })
})

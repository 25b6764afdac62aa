import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shortestMember } from './automata.ts'
import { Budget } from './budget.ts'
import { covers, someMember } from './members.ts'
import { charClass, globPattern, joined, literalPattern, matches, type Pattern, type PatternSet, repeated } from './patterns.ts'

const budget = () => new Budget(1_000_000)
const positive = (...globs: string[]): PatternSet => ({ patterns: globs.map((glob) => globPattern(glob)), negated: false })
const negative = (...globs: string[]): PatternSet => ({ patterns: globs.map((glob) => globPattern(glob)), negated: true })

describe.each([
  { name: 'someMember', find: someMember },
  { name: 'shortestMember', find: shortestMember },
])('$name', ({ find }) => {
  it.each([
    { name: 'the literal', sets: [positive('abc')], member: 'abc' },
    { name: 'a literal that a glob lets through', sets: [positive('abc', 'b'), positive('b*')], member: 'b' },
    { name: 'nothing between disjoint prefixes', sets: [positive('a*'), positive('b*')], member: null },
    { name: 'prefix and suffix overlapping', sets: [positive('ab*'), positive('*ba')], member: 'aba' },
    { name: 'nothing where the negation covers', sets: [positive('a/b/*'), negative('a/*')], member: null },
    { name: 'something beside the negation', sets: [positive('a/*'), negative('a/b*'), negative('a/')], member: 'a/x' },
    { name: 'nothing but the excluded', sets: [positive('a?'), negative('a*')], member: null },
    {
      name: 'three that only together exclude each other',
      sets: [positive('a*'), positive('*b'), negative('a*b')],
      member: null,
    },
    { name: 'no set at all', sets: [], member: '' },
  ])('$name', ({ sets, member }) => {
    expect(find(sets, budget())).toBe(member)
  })

  it('gives up when the budget runs out', () => {
    expect(find([positive('a*b*c*'), negative('*a*b*x*', '*abc', 'abc*')], new Budget(3))).toBeUndefined()
  })
})

const LETTERS = 'abz'
const TEXTS = ['']
for (let at = 0; at < TEXTS.length && TEXTS.length < 3_000; at++) for (const char of LETTERS) TEXTS.push(TEXTS[at]! + char)

interface Described {
  readonly pattern: Pattern
  readonly source: string
}

const piece: fc.Arbitrary<Described> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('a', 'b', 'ab', 'ba').map((text) => ({ pattern: literalPattern(text), source: text })),
  },
  { weight: 2, arbitrary: fc.constant({ pattern: globPattern('*'), source: '.*' }) },
  { weight: 1, arbitrary: fc.constant({ pattern: globPattern('?'), source: '.' }) },
  {
    weight: 2,
    arbitrary: fc
      .record({
        not: fc.boolean(),
        chars: fc.constantFrom('a', 'b', 'ab'),
        least: fc.integer({ min: 0, max: 2 }),
        more: fc.constantFrom(0, 1, null),
      })
      .map(({ not, chars, least, more }) => ({
        pattern: repeated(charClass(not ? 'not' : 'in', chars), least, more === null ? undefined : least + more),
        source: `[${not ? '^' : ''}${chars}]{${least},${more === null ? '' : least + more}}`,
      })),
  },
)
const described: fc.Arbitrary<Described> = fc.array(piece, { maxLength: 4 }).map((pieces) => ({
  pattern: joined(...pieces.map(({ pattern }) => pattern)),
  source: pieces.map(({ source }) => source).join(''),
}))
const describedSets = fc.array(
  fc.record({ patterns: fc.array(described, { minLength: 1, maxLength: 3 }), negated: fc.boolean() }),
  { minLength: 1, maxLength: 4 },
)

it('both agree with trying all short texts', () => {
  fc.assert(
    fc.property(describedSets, (given) => {
      const sets = given.map(({ patterns, negated }) => ({ patterns: patterns.map(({ pattern }) => pattern), negated }))
      const expressions = given.map(({ patterns, negated }) => ({
        negated,
        expression: new RegExp(`^(?:${patterns.map(({ source }) => source).join('|')})$`),
      }))
      const allowed = (text: string) => expressions.every(({ expression, negated }) => expression.test(text) !== negated)
      const expected = TEXTS.find(allowed)
      const shortest = shortestMember(sets, budget())
      const some = someMember(sets, budget())
      if (expected !== undefined) expect(shortest).toHaveLength(expected.length)
      for (const found of [shortest, some]) {
        if (typeof found === 'string') expect(allowed(found)).toBe(true)
        else expect([found, expected]).toEqual([null, undefined])
      }
    }),
    { seed: 2, numRuns: 2_000 },
  )
})

describe('covers', () => {
  it.each([
    { outer: 'a*', inner: 'ab*', expected: true },
    { outer: 'a*c', inner: 'abc', expected: true },
    { outer: '*', inner: '?b*', expected: true },
    { outer: 'a?c', inner: 'a*c', expected: false },
    { outer: 'ab*', inner: 'a*', expected: false },
  ])('$outer over $inner: $expected', ({ outer, inner, expected }) => {
    expect(covers(globPattern(outer), globPattern(inner), budget())).toBe(expected)
  })

  it('never claims what a text shows to be otherwise', () => {
    fc.assert(
      fc.property(described, described, (outer, inner) => {
        if (!covers(outer.pattern, inner.pattern, budget())) return
        const outside = TEXTS.find((text) => matches(inner.pattern, text) && !matches(outer.pattern, text))
        expect(outside).toBeUndefined()
      }),
      { seed: 7, numRuns: 3_000 },
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Budget } from './budget.ts'
import { globPattern, holds, literalPattern, matches, type PatternSet, remainders, repeated, shortestMember } from './patterns.ts'

const budget = () => new Budget(1_000_000)
const positive = (...globs: string[]): PatternSet => ({ patterns: globs.map((glob) => globPattern(glob)), negated: false })
const negative = (...globs: string[]): PatternSet => ({ patterns: globs.map((glob) => globPattern(glob)), negated: true })

describe('matches', () => {
  it.each([
    { glob: '*', text: '', expected: true },
    { glob: '?', text: '', expected: false },
    { glob: 'a*c', text: 'abbc', expected: true },
    { glob: 'a*c', text: 'abcd', expected: false },
    { glob: 'a?c', text: 'abc', expected: true },
    { glob: '*.txt', text: 'a/b.txt', expected: true },
    { glob: '**', text: 'anything', expected: true },
  ])('$glob on "$text": $expected', ({ glob, text, expected }) => {
    expect(matches(globPattern(glob), text)).toBe(expected)
  })

  it('agrees with regular expressions', () => {
    const letters = (chars: string) => fc.string({ unit: fc.constantFrom(...chars), maxLength: 6 })
    fc.assert(
      fc.property(letters('ab*?'), letters('ab'), (glob, text) => {
        const expected = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text)
        expect(matches(globPattern(glob), text)).toBe(expected)
        expect(holds(positive(glob), text)).toBe(expected)
        expect(holds(negative(glob), text)).toBe(!expected)
      }),
      { seed: 1 },
    )
  })

  it('folds case where it is told to, and keeps wildcards off characters', () => {
    expect(matches(literalPattern('Ab', true), 'aB')).toBe(true)
    expect(matches(globPattern('a*d', { without: ':' }), 'a:d')).toBe(false)
  })
})

describe('shortestMember', () => {
  it.each([
    { name: 'the literal', sets: [positive('abc')], member: 'abc' },
    { name: 'a literal that a glob lets through', sets: [positive('abc', 'b'), positive('b*')], member: 'b' },
    { name: 'nothing between disjoint prefixes', sets: [positive('a*'), positive('b*')], member: null },
    { name: 'prefix and suffix overlapping', sets: [positive('ab*'), positive('*ba')], member: 'aba' },
    { name: 'nothing where the negation covers', sets: [positive('a/b/*'), negative('a/*')], member: null },
    { name: 'something beside the negation', sets: [positive('a/*'), negative('a/b*'), negative('a/')], member: 'a/x' },
    { name: 'nothing but the excluded', sets: [positive('a?'), negative('a*')], member: null },
  ])('$name', ({ sets, member }) => {
    expect(shortestMember(sets, budget())).toBe(member)
  })

  it('agrees with trying all short texts', () => {
    const glob = fc.string({ unit: fc.constantFrom(...'ab*?'), maxLength: 4 })
    const set = fc.record({ globs: fc.array(glob, { minLength: 1, maxLength: 2 }), negated: fc.boolean() })
    const texts = ['']
    for (let at = 0; at < texts.length && texts.length < 3_000; at++) for (const char of 'abz') texts.push(texts[at]! + char)
    fc.assert(
      fc.property(fc.array(set, { minLength: 1, maxLength: 3 }), (given) => {
        const sets = given.map(({ globs, negated }) => ({ patterns: globs.map((glob) => globPattern(glob)), negated }))
        const allowed = (text: string) =>
          given.every(
            ({ globs, negated }) =>
              globs.some((one) => new RegExp(`^${one.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text)) !== negated,
          )
        const found = shortestMember(sets, budget())
        const expected = texts.find(allowed)
        if (expected !== undefined) expect(found).toHaveLength(expected.length)
        if (typeof found === 'string') expect(allowed(found)).toBe(true)
        else expect(expected).toBeUndefined()
      }),
      { seed: 2, numRuns: 300 },
    )
  })

  it('gives up when the budget runs out', () => {
    expect(shortestMember([positive('a*b*c*'), negative('*x*')], new Budget(3))).toBeUndefined()
  })
})

describe('remainders', () => {
  it('are the patterns of what may follow a beginning', () => {
    const rests = globPattern('arn:aws:s3:::b/*')
    const set = (text: string) => remainders(rests, 'arn:aws:s3:::b/').some((rest) => matches(rest, text))
    expect([set('x'), set('')]).toEqual([true, true])
    expect(remainders(rests, 'arn:aws:s3:::c/')).toEqual([])
  })

  it('agree with matching the whole', () => {
    const unit = fc.constantFrom(...'ab*')
    fc.assert(
      fc.property(
        fc.string({ unit, maxLength: 6 }),
        fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 }),
        fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 }),
        (glob, beginning, rest) => {
          const after = remainders(globPattern(glob), beginning).some((pattern) => matches(pattern, rest))
          expect(after).toBe(matches(globPattern(glob), beginning + rest))
        },
      ),
      { seed: 3 },
    )
  })
})

it('repeated takes as many characters as it says', () => {
  const digits = repeated('0123456789', 2, 3)
  expect(['1', '12', '123', '1234', '1a'].map((text) => matches(digits, text))).toEqual([false, true, true, false, false])
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  charClass,
  globPattern,
  holds,
  joined,
  literalPattern,
  matches,
  type PatternSet,
  remainders,
  repeated,
} from './patterns.ts'

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

describe('patterns of all kinds', () => {
  const place = fc.oneof(
    fc
      .string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 2 })
      .map((text) => [literalPattern(text), text] as const),
    fc
      .record({
        not: fc.boolean(),
        chars: fc.constantFrom('a', 'b', 'ab'),
        least: fc.integer({ min: 0, max: 2 }),
        more: fc.constantFrom(0, 1, 2, null),
      })
      .map(({ not, chars, least, more }) => {
        const most = more === null ? undefined : least + more
        const pattern = repeated(not ? charClass('not', chars) : chars, least, most)
        return [pattern, `[${not ? '^' : ''}${chars}]{${least},${most ?? ''}}`] as const
      }),
  )
  const patterns = fc.array(place, { maxLength: 4 }).map((places) => ({
    pattern: joined(...places.map(([pattern]) => pattern)),
    expression: new RegExp(`^(?:${places.map(([, source]) => source).join('')})$`),
  }))
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 })

  it('match as regular expressions do, and leave what those leave', () => {
    fc.assert(
      fc.property(patterns, texts, texts, ({ pattern, expression }, text, rest) => {
        expect(matches(pattern, text)).toBe(expression.test(text))
        const left = remainders(pattern, text)
        expect(left.some((one) => matches(one, rest))).toBe(expression.test(text + rest))
      }),
      { seed: 4, numRuns: 2_000 },
    )
  })
})

it('repeated takes as many characters as it says', () => {
  const digits = repeated('0123456789', 2, 3)
  expect(['1', '12', '123', '1234', '1a'].map((text) => matches(digits, text))).toEqual([false, true, true, false, false])
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { matchesPattern } from './scope.ts'

it('agrees with the regular expression of the same meaning', () => {
  const some = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '/'), maxLength: 8 })
  fc.assert(
    fc.property(some, some, (pattern, text) => {
      const meant = new RegExp(`^${pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`)
      expect(matchesPattern(pattern, text)).toBe(meant.test(text))
    }),
    { numRuns: 2_000 },
  )
})

it.each([
  { pattern: 'Dealer-*', text: 'dealer-AU', is: true },
  { pattern: '*'.repeat(50), text: '', is: true },
  { pattern: '', text: '', is: true },
  { pattern: '', text: 'a', is: false },
  // Backtracking over every star would not end.
  { pattern: `${'*a'.repeat(30)}b`, text: 'a'.repeat(5_000), is: false },
])('$pattern on $text.length characters: $is', ({ pattern, text, is }) => {
  expect(matchesPattern(pattern, text)).toBe(is)
})

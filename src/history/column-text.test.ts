import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromColumn, toColumn } from './column-text.ts'

const unit = fc.oneof(
  fc.constantFrom('\\', '\0', 'u', '0', 'a', '\ud83d', '\ude97', '\uffff'),
  fc.string({ unit: 'binary', maxLength: 1 }),
)

it('gives back every text from one that a database takes', () => {
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 12 }), (units) => {
      const text = units.join('')
      expect(toColumn(text).isWellFormed()).toBe(true)
      expect(toColumn(text)).not.toContain('\0')
      expect(fromColumn(toColumn(text))).toBe(text)
    }),
    { numRuns: 1_000 },
  )
})

it('spells only what must be spelled', () => {
  expect(toColumn('地図/2015 (1).csv')).toBe('地図/2015 (1).csv')
  expect(toColumn('a\\b\0')).toBe('a\\\\b\\u0000')
})

import { describe, expect, it } from 'vitest'
import { isCoordinate, isCoordinatePair, location } from './location.ts'

describe('location', () => {
  it.each([
    ['35.68123', 90, true],
    ['-33.8688', 90, true],
    ['139.7671', 90, false],
    ['139.7671', 180, true],
    ['35.6', 90, false],
    ['35', 90, false],
    ['0.000', 90, false],
    ['35.68123N', 90, false],
  ])('%s within %d degrees: %s', (value, limit, expected) => expect(isCoordinate(value, limit)).toBe(expected))

  it.each([
    ['35.68123,139.76712', true],
    ['(35.68123, 139.76712)', true],
    ['139.76712 35.68123', true],
    ['139.76712 139.76712', false],
    ['1.234,5', false],
    ['35.68123,139.76712,12', false],
  ])('a pair in %s: %s', (value, expected) => expect(isCoordinatePair(value)).toBe(expected))

  it('is in a record that has a place', () => {
    expect(location.holds({ hasPlace: true, hasTime: false, hasEntity: false })).toBe(true)
    expect(location.holds({ hasPlace: false, hasTime: true, hasEntity: true })).toBe(false)
  })
})

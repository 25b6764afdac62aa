import fc from 'fast-check'
import { expect, it } from 'vitest'
import { packSpans, unpackSpans } from './coverage-runs.ts'
import { COVERAGE_STATES, type CoverageSpan } from './forensics.ts'
import { instant } from './instant.ts'

it('packs hours run by run', () => {
  const spans: CoverageSpan[] = [
    { from: '2023-01-01T00:00:00Z', to: '2023-01-31T00:00:00Z', state: 'not-configured' },
    { from: '2023-01-31T00:00:00Z', to: '2023-01-31T01:00:00Z', state: 'unconfirmed-edge' },
    { from: '2023-02-01T00:00:00Z', to: '2023-02-01T05:00:00Z', state: 'configured-observed' },
  ]
  expect(packSpans(spans)).toEqual([
    { from: '2023-01-01T00:00:00Z', runs: 'n720 e1' },
    { from: '2023-02-01T00:00:00Z', runs: 'o5' },
  ])
})

it('gives back what was packed', () => {
  const steps = fc.array(
    fc.record({
      gap: fc.integer({ min: 0, max: 3 }),
      hours: fc.integer({ min: 1, max: 99 }),
      state: fc.constantFrom(...COVERAGE_STATES),
    }),
  )
  fc.assert(
    fc.property(steps, (given) => {
      let hour = 400_000
      const spans = given.map(({ gap, hours, state }): CoverageSpan => {
        const from = hour + gap
        hour = from + hours
        return { from: instant(from * 3_600_000), to: instant(hour * 3_600_000), state }
      })
      expect(unpackSpans(packSpans(spans))).toEqual(spans)
    }),
  )
})

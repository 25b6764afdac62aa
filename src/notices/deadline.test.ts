import { describe, expect, it } from 'vitest'
import { instant } from '../model/index.ts'
import examples from './cases/deadline-examples.json' with { type: 'json' }
import { deadline } from './deadline.ts'
import { REGIMES } from './regimes/registry.ts'

describe('deadline', () => {
  it.each(examples.examples)('$id: $regime $clock: $why', (example) => {
    const clock = REGIMES.find(({ id }) => id === example.regime)?.clocks.find(({ id }) => id === example.clock)
    expect(deadline(clock!, instant(example.start), example.timezone)).toBe(example.expectedUtc)
  })

  it('is none for every clock without a number', () => {
    const numberless = REGIMES.flatMap(({ clocks, timezone }) =>
      clocks.filter(({ duration }) => duration === null).map((clock) => ({ clock, timezone })),
    )
    expect(numberless.length).toBeGreaterThan(10)
    expect(numberless.map(({ clock, timezone }) => deadline(clock, '2023-05-12T00:00:00Z', timezone))).toEqual(
      numberless.map(() => null),
    )
  })

  it.each([
    {
      name: 'counts months to the same day, or to the last of a shorter month',
      value: 1,
      unit: 'months' as const,
      start: '2023-01-31T00:00:00Z',
      due: '2023-02-28T23:59:59Z',
    },
    { name: 'counts 24 months', value: 24, unit: 'months' as const, start: '2023-05-12T10:00:00Z', due: '2025-05-12T23:59:59Z' },
  ])('$name', ({ value, unit, start, due }) => {
    const rule = { kind: 'calendar', firstDay: 'day0', roll: 'none', endOf: 'local_day' } as const
    expect(deadline({ duration: { value, unit }, rule }, start, 'UTC')).toBe(due)
  })
})

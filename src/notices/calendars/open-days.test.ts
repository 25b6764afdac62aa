import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { isOpenDay } from './open-days.ts'

describe('open days', () => {
  it.each([
    { day: '2026-04-03', calendar: 'BR', open: false, why: 'Good Friday 2026' },
    { day: '2024-03-29', calendar: 'BR', open: false, why: 'Good Friday 2024' },
    { day: '2025-04-18', calendar: 'BR', open: false, why: 'Good Friday 2025' },
    { day: '2025-04-21', calendar: 'BR', open: false, why: 'Tiradentes' },
    { day: '2023-11-20', calendar: 'BR', open: true, why: 'Black Awareness Day was not national yet' },
    { day: '2025-11-20', calendar: 'BR', open: false, why: 'Black Awareness Day' },
    { day: '2026-02-17', calendar: 'BR', open: true, why: 'Carnival is not a national holiday' },
    { day: '2026-04-04', calendar: 'BR', open: false, why: 'Saturday' },
    { day: '2023-05-04', calendar: 'JP', open: false, why: 'Greenery Day' },
    { day: '2027-01-01', calendar: 'JP', open: false, why: "New Year's Day 2027" },
    { day: '2019-05-01', calendar: 'JP', open: false, why: 'the accession, a holiday of that year only' },
    { day: '2026-12-30', calendar: 'JP', open: true, why: 'a working day but for the offices' },
  ] as const)('$day $calendar: $why', ({ day, calendar, open }) => {
    expect(isOpenDay(Temporal.PlainDate.from(day), calendar)).toBe(open)
  })

  it.each([
    { day: '2026-12-28', open: true },
    { day: '2026-12-29', open: false },
    { day: '2027-01-03', open: false },
    { day: '2027-01-04', open: true },
  ])('$day is open: $open, where offices close from 29 December to 3 January', ({ day, open }) => {
    expect(isOpenDay(Temporal.PlainDate.from(day), 'JP', ['12-29..01-03'])).toBe(open)
  })
})

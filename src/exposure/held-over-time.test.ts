import { describe, expect, it } from 'vitest'
import type { ObjectPresence, Window } from '../model/index.ts'
import { heldOverTime } from './held-over-time.ts'

const day = (text: string) => `${text}T00:00:00Z`
const span = (from: string, to: string | null): Window => ({
  opened: { notBefore: day(from), notAfter: day(from), because: [] },
  closed: to === null ? null : { notBefore: day(to), notAfter: day(to), because: [] },
})
const object = (key: string, from: string, to: string | null): ObjectPresence => ({
  store: 's',
  key,
  present: span(from, to),
  sizeBytes: null,
})

const held = (window: Window, presences: ObjectPresence[], weights: Record<string, number>) =>
  heldOverTime(window, presences, { weightOf: (key) => weights[key] ?? 0, asOf: day('2020-05-20') }).map(
    ({ at, share }) => `${at.slice(0, 7)} ${share}`,
  )

describe('heldOverTime', () => {
  it('gives the most of each month as a share of the most ever', () => {
    const objects = [object('a', '2020-01-10', null), object('b', '2020-02-20', '2020-03-01'), object('c', '2020-04-01', null)]
    expect(held(span('2020-01-15', null), objects, { a: 25, b: 75, c: 5 })).toEqual([
      '2020-01 0.25',
      '2020-02 1',
      '2020-03 0.25',
      '2020-04 0.3',
      '2020-05 0.3',
    ])
  })

  it('does not add up what was there one after the other', () => {
    const objects = [object('a', '2020-01-01', '2020-01-10'), object('b', '2020-01-10', '2020-01-20')]
    expect(held(span('2020-01-01', '2020-02-01'), objects, { a: 10, b: 10 })).toEqual(['2020-01 1'])
  })

  it('looks at the window alone, and counts what was there before it opened', () => {
    expect(
      held(span('2020-03-01', '2020-03-02'), [object('a', '2019-01-01', null), object('b', '2019-01-01', '2020-02-01')], {
        a: 1,
        b: 9,
      }),
    ).toEqual(['2020-03 1'])
  })

  it('is empty where nothing weighs anything', () => {
    expect(held(span('2020-01-01', null), [object('a', '2020-01-01', null)], {})).toEqual([])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Bounds,
  compareInstants,
  type ExposureWindow,
  type ObjectPresence,
  type Verdict,
  type Window,
} from '../model/index.ts'
import { objectExposures } from './object-exposures.ts'
import { BUCKET } from './testing/observations.ts'
import { momentOf } from './testing/worlds.ts'
import { holdsAt, overlap } from './window-overlap.ts'

const bounds = (notBefore: number | null, notAfter: number | null): Bounds => ({
  notBefore: notBefore === null ? null : momentOf(notBefore),
  notAfter: notAfter === null ? null : momentOf(notAfter),
  because: [],
})
const span = (opened: [number | null, number | null], closed: [number | null, number | null] | null): Window => ({
  opened: bounds(...opened),
  closed: closed && bounds(...closed),
})

const NONE: Verdict = { audience: 'none', witness: null, because: [] }

function exposure(window: Window, audience: Verdict['audience'] = 'anyone'): ExposureWindow {
  const read = { ...NONE, audience }
  const verdicts = { read, list: NONE, write: NONE, delete: NONE, admin: NONE }
  return { resource: BUCKET, audience: 'anyone', certain: true, window, verdicts, accessWindows: { read: window }, changes: [] }
}

const presence = (present: Window): ObjectPresence => ({ store: BUCKET.id, key: 'a', present, sizeBytes: null })

describe('object exposures', () => {
  it.each<{ name: string; open: Window; present: Window; exposed: string | null }>([
    { name: 'put in after the store was shut', open: span([10, 10], [20, 20]), present: span([20, 20], null), exposed: null },
    {
      name: 'put in a minute before',
      open: span([10, 10], [20, 20]),
      present: span([19, 19], null),
      exposed: 'certain 19/19 to 20/20',
    },
    { name: 'deleted before it was opened', open: span([10, 10], null), present: span([0, 0], [10, 10]), exposed: null },
    {
      name: 'open store, lasting object',
      open: span([10, 10], null),
      present: span([5, 5], null),
      exposed: 'certain 10/10 to …',
    },
    {
      name: 'the store may have been shut by then',
      open: span([10, 10], [20, 30]),
      present: span([25, 25], null),
      exposed: 'possible 25/25 to 20/30',
    },
    {
      name: 'the store may have been open already',
      open: span([10, 20], null),
      present: span([0, 0], [15, 15]),
      exposed: 'possible 10/15 to 15/15',
    },
    {
      name: 'both ends uncertain, both cores meet',
      open: span([10, 20], [40, 50]),
      present: span([5, 25], [45, 60]),
      exposed: 'certain 10/25 to 40/50',
    },
    {
      name: 'seen in both at one moment only',
      open: span([0, 20], [20, 30]),
      present: span([10, 10], null),
      exposed: 'certain 10/20 to 20/30',
    },
    {
      name: 'shut at the very moment it was put in',
      open: span([0, 0], [20, 20]),
      present: span([20, 20], [30, 30]),
      exposed: null,
    },
    {
      name: 'known only from a copy',
      open: span([10, 10], [20, 20]),
      present: span([0, null], null),
      exposed: 'possible 10/20 to 20/20',
    },
    {
      name: 'a store with no known beginning',
      open: span([null, 20], null),
      present: span([5, 5], null),
      exposed: 'certain 5/20 to …',
    },
  ])('$name', ({ open, present, exposed }) => {
    const minute = (moment: string | null) => (moment === null ? '?' : (Date.parse(moment) - Date.parse(momentOf(0))) / 60_000)
    const words = (pair: Bounds | null) => (pair === null ? '…' : `${minute(pair.notBefore)}/${minute(pair.notAfter)}`)
    const [found] = objectExposures(exposure(open), [presence(present)], { access: 'read' })
    expect(
      found ? `${found.certain ? 'certain' : 'possible'} ${words(found.window.opened)} to ${words(found.window.closed)}` : null,
    ).toBe(exposed)
  })

  it('has none for an access that was not open', () => {
    expect(objectExposures(exposure(span([0, 0], null)), [presence(span([0, 0], null))], { access: 'list' })).toEqual([])
  })

  it('is never certain of a store whose reach is undecided', () => {
    const [found] = objectExposures(exposure(span([0, 0], null), 'undecided'), [presence(span([0, 0], null))], { access: 'read' })
    expect(found!.certain).toBe(false)
  })
})

describe('overlap', () => {
  const bound = fc.integer({ min: 0, max: 12 })
  const someWindow = fc
    .record({ opened: fc.tuple(bound, bound), closed: fc.option(fc.tuple(bound, bound)) })
    .filter(
      ({ opened: [a, b], closed }) =>
        a <= b && (closed === null || (a <= closed[0] && closed[0] <= closed[1] && b <= closed[1] && a < closed[1])),
    )
    .map(({ opened, closed }) => span(opened, closed))

  /** Every pair of true beginnings and ends that the bounds allow, on whole minutes; the end itself is outside. */
  function truths({ opened, closed }: Window): [number, number][] {
    const minute = (moment: string) => (Date.parse(moment) - Date.parse(momentOf(0))) / 60_000
    const range = ({ notBefore, notAfter }: Bounds) => {
      const [from, to] = [minute(notBefore!), minute(notAfter!)]
      // An uncertain beginning or end lies after the last contrary sighting.
      return from === to ? [from] : Array.from({ length: to - from }, (_, index) => from + 1 + index)
    }
    const ends = closed === null ? [99] : range(closed)
    return range(opened).flatMap((start) => ends.filter((end) => end > start).map((end): [number, number] => [start, end]))
  }

  it('is there when some truth has a common moment, and certain only when every truth has', () => {
    fc.assert(
      fc.property(someWindow, someWindow, (left, right) => {
        const pairs = truths(left).flatMap((one) =>
          truths(right).map((other) => Math.max(one[0], other[0]) < Math.min(one[1], other[1])),
        )
        fc.pre(pairs.length > 0)
        const found = overlap(left, right)
        if (pairs.some((meet) => meet)) expect(found).not.toBeNull()
        if (found?.certain) expect(pairs.every((meet) => meet)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('is the same from either side, and lies within both', () => {
    fc.assert(
      fc.property(someWindow, someWindow, (left, right) => {
        const found = overlap(left, right)
        expect(overlap(right, left)).toEqual(found)
        if (found === null) return
        for (const side of [left, right]) {
          expect(compareInstants(found.window.opened.notBefore!, side.opened.notBefore!)).toBeGreaterThanOrEqual(0)
          for (let minute = 0; minute <= 12; minute += 1)
            if (holdsAt(found.window, momentOf(minute)) && found.certain) expect(holdsAt(side, momentOf(minute))).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headlineOf } from '../../findings/headline.ts'
import { sampleCase } from '../../testing/sample-case.ts'
import { hugeCase, threeHoursCase } from '../../testing/sample-states.ts'
import { formatFor } from '../../words/format.ts'
import { FULL, layRows, SLIM } from './rows.ts'
import { endsOf, PLOT, timeAxis } from './time-axis.ts'

const format = formatFor('en', 'UTC')
const now = Date.parse('2023-05-31T09:00:00Z')
const axisOf = (document: ReturnType<typeof sampleCase>) => timeAxis(headlineOf(document).stores, [now], now, format)

describe('the time axis', () => {
  it('breaks over years, enlarges the last months, and states by how much', () => {
    const axis = axisOf(sampleCase())
    expect(axis).toMatchObject({ factor: 12, headYears: 10, tailMonths: 5 })
    expect(new Date(axis.breakAt!).toISOString()).toBe('2023-01-01T00:00:00.000Z')
    const day = 86_400_000
    const inHead = axis.x(axis.start + 100 * day) - axis.x(axis.start)
    const inTail = axis.x(axis.breakAt! + 101 * day) - axis.x(axis.breakAt! + day)
    expect(Math.round(inTail / inHead)).toBe(axis.factor)
  })

  it('keeps one scale where there is little time', () => {
    expect(axisOf(threeHoursCase())).toMatchObject({ breakAt: null, factor: 1 })
  })

  it.each([
    { name: 'the sample', make: sampleCase },
    { name: 'the huge case', make: hugeCase },
    { name: 'three hours', make: threeHoursCase },
  ])('never runs backwards nor leaves the plot: $name', ({ make }) => {
    const axis = axisOf(make())
    const moment = fc.double({ min: axis.start - 1e11, max: axis.end + 1e11, noNaN: true })
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        const [first, second] = a <= b ? [a, b] : [b, a]
        expect(axis.x(first)).toBeLessThanOrEqual(axis.x(second))
        expect(axis.x(first)).toBeGreaterThanOrEqual(PLOT.left)
        expect(axis.x(second)).toBeLessThanOrEqual(PLOT.right)
      }),
    )
  })

  it.each([
    {
      name: 'exact ends',
      window: { opened: ['2020-01-01', '2020-01-01'], closed: ['2021-01-01', '2021-01-01'] },
      ends: ['2020-01-01', '2020-01-01', '2021-01-01', '2021-01-01'],
    },
    {
      name: 'between bounds',
      window: { opened: ['2020-01-01', '2020-02-01'], closed: ['2021-01-01', '2021-03-01'] },
      ends: ['2020-01-01', '2020-02-01', '2021-01-01', '2021-03-01'],
    },
    {
      name: 'still open',
      window: { opened: ['2020-01-01', '2020-01-01'], closed: null },
      ends: ['2020-01-01', '2020-01-01', '2023-05-31', '2023-05-31'],
    },
    {
      name: 'no lower bound',
      window: { opened: [null, '2020-02-01'], closed: null },
      ends: ['2020-02-01', '2020-02-01', '2023-05-31', '2023-05-31'],
    },
    {
      name: 'no upper bound of the end',
      window: { opened: ['2020-01-01', '2020-01-01'], closed: ['2021-01-01', null] },
      ends: ['2020-01-01', '2020-01-01', '2021-01-01', '2023-05-31'],
    },
  ])('reads the ends of a window: $name', ({ window, ends }) => {
    const bound = (pair: (string | null)[]) => ({
      notBefore: pair[0] === null ? null : `${pair[0]}T00:00:00Z`,
      notAfter: pair[1] === null ? null : `${pair[1]}T00:00:00Z`,
      because: [],
    })
    const read = endsOf({ opened: bound(window.opened), closed: window.closed === null ? null : bound(window.closed) }, now)
    const days = [read.openedFrom, read.openedBy, read.closedFrom, read.closedBy].map((at) =>
      new Date(at).toISOString().slice(0, 10),
    )
    expect(days).toEqual(ends)
  })
})

describe('rows', () => {
  const stores = headlineOf(hugeCase()).stores

  it.each([
    { count: 3, height: 440, full: 3, slim: 0, omitted: 0 },
    { count: 5, height: 440, full: 5, slim: 0, omitted: 0 },
    { count: 6, height: 440, full: 4, slim: 2, omitted: 0 },
    { count: 10, height: 440, full: 2, slim: 8, omitted: 0 },
    { count: 40, height: 440, full: 2, slim: 8, omitted: 30 },
  ])('$count stores in $height px', ({ count, height, full, slim, omitted }) => {
    const laid = layRows(stores.slice(0, count), height, 2)
    expect(laid.rows.filter(({ kind }) => kind === 'full')).toHaveLength(full)
    expect(laid.rows.filter(({ kind }) => kind === 'slim')).toHaveLength(slim)
    expect(laid.omitted).toBe(omitted)
    expect(laid.bottom - 88).toBe(full * FULL + slim * SLIM)
  })
})

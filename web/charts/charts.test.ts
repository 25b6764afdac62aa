import { describe, expect, it } from 'vitest'
import { type CoverageState, unpackSpans } from '../../src/model/index.ts'
import { headlineOf } from '../findings/headline.ts'
import { sampleCase } from '../testing/sample-case.ts'
import { manyFilesCase, unreadCase } from '../testing/sample-states.ts'
import { formatFor } from '../words/format.ts'
import { setsByMarket } from './element-sets.tsx'
import { MATRIX, matrixLayout } from './file-matrix/matrix-layout.ts'
import { GRID, hourLayout } from './hour-grid/hour-layout.ts'
import { stripParts } from './timeline/log-strip.ts'
import { timeAxis } from './timeline/time-axis.ts'

const now = Date.parse('2023-05-31T09:00:00Z')

describe('the file matrix', () => {
  it.each([
    { name: '612 files', make: sampleCase, perColumn: 1 },
    { name: '1,800 files', make: manyFilesCase, perColumn: 2 },
  ])('draws every one of $name once, inside its frame', ({ make, perColumn }) => {
    const document = make()
    const layout = matrixLayout(document)
    const columns = layout.groups.flatMap((group) => group.columns)
    expect(layout.perColumn).toBe(perColumn)
    expect(columns.flatMap(({ files }) => files.map(({ key }) => key)).sort()).toEqual(
      document.files.map(({ key }) => key).sort(),
    )
    expect(Math.min(...columns.map(({ x }) => x))).toBeGreaterThanOrEqual(MATRIX.left)
    expect(Math.max(...columns.map(({ x, width }) => x + width))).toBeLessThanOrEqual(MATRIX.right + 0.01)
    expect(columns.length).toBeLessThanOrEqual(1500)
  })

  it('puts the largest first in each group', () => {
    for (const { columns } of matrixLayout(sampleCase()).groups) {
      const records = columns.map(({ files }) => files[0]!.records)
      expect(records).toEqual([...records].sort((a, b) => b - a))
    }
  })
})

describe('the hour grid', () => {
  it('draws each hour in the state that the spans give it, and nothing twice', () => {
    const layout = hourLayout(headlineOf(sampleCase()).stores, now)!
    expect(layout.store.name).toBe('overseas-dealer-mx')
    const end = layout.from + layout.days * 86_400_000
    const spans = layout.store.exposures.flatMap(({ access }) => unpackSpans(access.coverage.spans))
    const hoursIn = (state: CoverageState) => {
      let hours = 0
      for (let at = layout.from; at < end; at += 3_600_000)
        if (spans.some((span) => span.state === state && Date.parse(span.from) <= at && at < Date.parse(span.to))) hours++
      return hours
    }
    const drawn = (state: CoverageState) => [...(layout.paths[state] ?? '').matchAll(/M/g)].length
    for (const state of ['configured-observed', 'configured-silent', 'unconfirmed-edge', 'missing'] as const)
      expect([state, drawn(state)]).toEqual([state, hoursIn(state)])
    const darkArea = layout.dark.reduce((sum, { width, height }) => sum + width * height, 0)
    expect(Math.round(darkArea / (GRID.day * GRID.hour))).toBe(hoursIn('not-configured'))
  })

  it('is not drawn where no log is', () => {
    expect(hourLayout(headlineOf(unreadCase()).stores, now)).toBeNull()
  })
})

describe('the log strip', () => {
  it('never covers more than was known, and shows requests wherever there were any', () => {
    const { stores } = headlineOf(sampleCase())
    const axis = timeAxis(stores, [now], now, formatFor('en', 'UTC'))
    const dealer = stores.find(({ name }) => name === 'overseas-dealer-mx')!
    const parts = stripParts(dealer, axis)
    expect(parts.length).toBeLessThan(60)
    const at = (day: string) => axis.x(Date.parse(`${day}T00:00:00Z`))
    const stateAt = (day: string) => parts.find(({ x, width }) => x <= at(day) && at(day) < x + width)?.state ?? 'dark'
    expect(
      ['2017-05-01', '2019-05-01', '2021-05-01', '2022-03-01', '2023-01-10', '2023-02-10', '2023-03-18'].map(stateAt),
    ).toEqual(['dark', 'missing', 'configured-observed', 'missing', 'dark', 'configured-observed', 'missing'])
  })
})

describe('element sets', () => {
  it('holds each person of a market in one row', () => {
    for (const { people, sets } of setsByMarket(sampleCase())) expect(sets.reduce((sum, set) => sum + set.people, 0)).toBe(people)
  })
})

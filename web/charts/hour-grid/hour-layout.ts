import { type CoverageState, unpackSpans } from '../../../src/model/index.ts'
import type { Store } from '../../findings/stores.ts'
import { endsOf } from '../timeline/time-axis.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MOST_DAYS = 132

export const GRID = { left: 34, top: 22, day: 4.1, hour: 5, width: 3.5, height: 4.3, bottom: 142 } as const

export interface HourLayout {
  readonly store: Store
  /** The first day's midnight and how many days there are. */
  readonly from: number
  readonly days: number
  /** One path for each state that is drawn cell by cell. */
  readonly paths: Readonly<Partial<Record<CoverageState, string>>>
  /** Runs of hours without any log. */
  readonly dark: readonly { readonly x: number; readonly y: number; readonly width: number; readonly height: number }[]
  readonly reads: readonly { readonly at: number; readonly x: number; readonly y: number; readonly reads: number }[]
}

/** The hours of the store that says most about access: its last days open, or the days about its last read. Null where no log is. */
export function hourLayout(stores: readonly Store[], now: number): HourLayout | null {
  const logged = stores.filter(({ exposures }) =>
    exposures.some(({ access }) => unpackSpans(access.coverage.spans).some(({ state }) => state !== 'not-configured')),
  )
  const store =
    logged.find(({ conclusive }) => ['read', 'listed', 'ambiguous'].includes(conclusive.access.conclusion)) ?? logged[0]
  if (store === undefined) return null
  const ends = store.exposures.map(({ window }) => endsOf(window, now))
  const opened = Math.min(...ends.map(({ openedFrom }) => openedFrom))
  const closed = Math.max(...ends.map(({ closedBy }) => closedBy))
  const reads = store.exposures.flatMap(({ access }) => access.readsByHour).filter((hour) => hour.reads > 0)
  const last = Math.max(...reads.map(({ hour }) => Date.parse(hour)))
  const end = Number.isFinite(last) && last < closed - (MOST_DAYS - 1) * DAY ? Math.min(closed, last + 14 * DAY) : closed
  const to = Math.ceil(end / DAY) * DAY
  const from = Math.max(Math.floor(opened / DAY) * DAY, to - MOST_DAYS * DAY)
  const days = Math.max(1, Math.round((to - from) / DAY))
  const states = statesByHour(store, from, days)
  return {
    store,
    from,
    days,
    paths: {
      'configured-observed': cells(states, 'configured-observed'),
      'configured-silent': cells(states, 'configured-silent'),
      'unconfirmed-edge': cells(states, 'unconfirmed-edge'),
      missing: marks(states, 'missing'),
      'late-pending': marks(states, 'late-pending'),
    },
    dark: darkRuns(states, days),
    reads: reads
      .map(({ hour, reads: count }) => ({
        at: Date.parse(hour),
        reads: count,
        ...placeOf(Math.floor((Date.parse(hour) - from) / HOUR)),
      }))
      .filter(({ at }) => at >= from && at < to),
  }
}

/** The state of each hour while the store was open; undefined where it was shut. */
function statesByHour(store: Store, from: number, days: number): (CoverageState | undefined)[] {
  const states = new Array<CoverageState | undefined>(days * 24)
  for (const { access } of store.exposures)
    for (const span of unpackSpans(access.coverage.spans)) {
      const first = Math.max(0, Math.floor((Date.parse(span.from) - from) / HOUR))
      const last = Math.min(states.length, Math.ceil((Date.parse(span.to) - from) / HOUR))
      for (let hour = first; hour < last; hour++) states[hour] = span.state
    }
  return states
}

export function placeOf(hour: number): { x: number; y: number } {
  return { x: round(GRID.left + Math.floor(hour / 24) * GRID.day), y: GRID.top + (hour % 24) * GRID.hour }
}

function cells(states: readonly (CoverageState | undefined)[], wanted: CoverageState): string {
  return states
    .map((state, hour) => (state === wanted ? `M${at(hour)}h${GRID.width}v${GRID.height}h-${GRID.width}z` : ''))
    .join('')
}

/** A short dash in the middle of the cell: there was a log, and it is not here. */
function marks(states: readonly (CoverageState | undefined)[], wanted: CoverageState): string {
  return states
    .map((state, hour) => {
      if (state !== wanted) return ''
      const { x, y } = placeOf(hour)
      return `M${round(x + 0.9)},${y + 2.5}h1.7`
    })
    .join('')
}

function at(hour: number): string {
  const { x, y } = placeOf(hour)
  return `${x},${y}`
}

/** Whole dark days side by side are one rectangle; hours of a day that is not all dark are one each run. */
function darkRuns(states: readonly (CoverageState | undefined)[], days: number): HourLayout['dark'] {
  const runs: { x: number; y: number; width: number; height: number }[] = []
  for (let day = 0; day < days; day++) {
    const hours = states.slice(day * 24, day * 24 + 24)
    const last = runs.at(-1)
    const x = round(GRID.left + day * GRID.day)
    if (hours.every((state) => state === 'not-configured')) {
      if (last !== undefined && last.height === 120 && Math.abs(last.x + last.width - x) < 0.2)
        last.width = round(last.width + GRID.day)
      else runs.push({ x, y: GRID.top, width: GRID.day, height: 120 })
      continue
    }
    for (let hour = 0; hour < 24; hour++) {
      if (hours[hour] !== 'not-configured') continue
      const from = hour
      while (hour < 23 && hours[hour + 1] === 'not-configured') hour++
      runs.push({ x, y: GRID.top + from * GRID.hour, width: GRID.day, height: (hour - from + 1) * GRID.hour })
    }
  }
  return runs
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

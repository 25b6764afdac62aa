import { scaleLinear, scaleUtc } from 'd3-scale'
import type { Window } from '../../../src/model/index.ts'
import type { Store } from '../../findings/stores.ts'
import type { Format } from '../../words/format.ts'

const DAY = 86_400_000
const YEAR = 365.2425 * DAY
const MONTH = YEAR / 12

/** Left and right of the plot, and where the axis breaks into its enlarged tail, in px of the drawing. */
export const PLOT = { left: 226, right: 1216, headEnd: 839.8, tailStart: 851.8 } as const

export interface TimeAxis {
  readonly start: number
  readonly end: number
  /** Where the enlarged tail begins; null for one scale throughout. */
  readonly breakAt: number | null
  /** How many times longer a day is in the tail. */
  readonly factor: number
  readonly headYears: number
  readonly tailMonths: number
  readonly ticks: readonly { readonly at: number; readonly x: number; readonly label: string }[]
  x(moment: number): number
}

/** Opened not before and not after, closed not before and not after, in epoch milliseconds; an open end reaches `now`. */
export interface Ends {
  readonly openedFrom: number
  readonly openedBy: number
  readonly closedFrom: number
  readonly closedBy: number
  /** False where no evidence bounds that side. */
  readonly isStartKnown: boolean
  readonly isEndKnown: boolean
}

export function endsOf({ opened, closed }: Window, now: number): Ends {
  const at = (moment: string | null | undefined): number | null => (moment == null ? null : Date.parse(moment))
  const closedFrom = at(closed?.notBefore)
  const closedBy = at(closed?.notAfter)
  const lastEnd = closed === null ? now : (closedBy ?? now)
  const openedFrom = at(opened.notBefore) ?? at(opened.notAfter) ?? closedFrom ?? lastEnd - DAY
  const openedBy = at(opened.notAfter) ?? openedFrom
  return {
    openedFrom,
    openedBy,
    closedFrom: closed === null ? now : (closedFrom ?? Math.max(openedBy, Math.min(lastEnd, openedBy))),
    closedBy: lastEnd,
    isStartKnown: opened.notBefore !== null && opened.notAfter !== null,
    isEndKnown: closed !== null && closed.notBefore !== null && closed.notAfter !== null,
  }
}

/** An axis that holds every window and the days of knowing; over more than two years its last months are enlarged. */
export function timeAxis(stores: readonly Store[], knownAt: readonly number[], now: number, format: Format): TimeAxis {
  const ends = stores.flatMap(({ exposures }) => exposures.map(({ window }) => endsOf(window, now)))
  const first = Math.min(...ends.map(({ openedFrom }) => openedFrom), now - 30 * DAY)
  const lastEnd = Math.max(...ends.map(({ closedBy }) => closedBy), first + DAY)
  // Days of knowing years after the last closing would squeeze what they are about: they are flagged at the edge instead.
  const flagged = knownAt.filter((moment) => moment <= lastEnd + 4 * MONTH)
  const last = Math.max(lastEnd, ...flagged)
  const span = last - first
  if (span < 2 * YEAR) return oneScale(first - span * 0.03, last + span * 0.05, format)
  const start = monthStart(first - MONTH)
  const breakAt = monthStart(last - 4 * MONTH)
  return brokenScale(start, breakAt, last + 20 * DAY, format)
}

function brokenScale(start: number, breakAt: number, end: number, format: Format): TimeAxis {
  const head = scaleLinear().domain([start, breakAt]).range([PLOT.left, PLOT.headEnd])
  const tail = scaleLinear().domain([breakAt, end]).range([PLOT.tailStart, PLOT.right])
  const x = (moment: number): number => Math.max(PLOT.left, Math.min(PLOT.right, moment <= breakAt ? head(moment) : tail(moment)))
  const pxPerMs = (scale: typeof head, from: number): number => (scale(from + DAY) - scale(from)) / DAY
  const years = yearStarts(start, breakAt)
  const every = Math.ceil(years.length / 14)
  const tailTicks = monthStarts(breakAt + DAY, end)
  return {
    start,
    end,
    breakAt,
    factor: Math.round(pxPerMs(tail, breakAt) / pxPerMs(head, start)),
    headYears: Math.max(1, Math.ceil((breakAt - start) / YEAR)),
    tailMonths: Math.max(1, Math.floor((end - breakAt) / MONTH)),
    ticks: [
      ...years
        .filter((_, index) => index % every === 0)
        .filter((at) => breakAt - at > MONTH)
        .map((at) => ({ at, x: head(at), label: format.year(at) })),
      { at: breakAt, x: PLOT.headEnd, label: monthAndYear(breakAt, format) },
      ...tailTicks.map((at) => ({ at, x: tail(at), label: format.month(at) })),
    ],
    x,
  }
}

function oneScale(start: number, end: number, format: Format): TimeAxis {
  const scale = scaleUtc([start, end], [PLOT.left, PLOT.right])
  const x = (moment: number): number => Math.max(PLOT.left, Math.min(PLOT.right, scale(moment)))
  const ticks = scale.ticks(10).map((date) => date.getTime())
  const isDaily = (ticks[1] ?? end) - (ticks[0] ?? start) < 28 * DAY
  const label = (at: number, index: number): string => {
    if (end - start < 3 * DAY) return format.momentShort(at)
    if (isDaily) return format.dayShort(at)
    return index === 0 || new Date(at).getUTCMonth() === 0 ? monthAndYear(at, format) : format.month(at)
  }
  const spaced = end - start < 3 * DAY ? ticks.filter((_, index) => index % 2 === 0) : ticks
  return {
    start,
    end,
    breakAt: null,
    factor: 1,
    headYears: 0,
    tailMonths: 0,
    ticks: spaced.map((at, index) => ({ at, x: x(at), label: label(at, index) })),
    x,
  }
}

function monthAndYear(at: number, format: Format): string {
  const year = format.year(at)
  return format.month(at).includes('月') ? `${year}年${format.month(at)}` : `${format.month(at)} ${year}`
}

function monthStart(moment: number): number {
  const date = new Date(moment)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}

function yearStarts(from: number, to: number): number[] {
  const first = new Date(from).getUTCFullYear() + 1
  const count = new Date(to).getUTCFullYear() - first + 1
  return Array.from({ length: Math.max(0, count) }, (_, index) => Date.UTC(first + index, 0)).filter((at) => at < to)
}

function monthStarts(from: number, to: number): number[] {
  const date = new Date(from)
  return Array.from({ length: 24 }, (_, index) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + index)).filter(
    (at) => at >= from && at < to - 5 * DAY,
  )
}

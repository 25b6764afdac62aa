import { type CaseExposure, type CoverageState, type Window, epochMs, unpackSpans } from '../../model/index.ts'
import type { Store } from '../../../web/index.ts'

/** The time axis of the sparklines: `cells` equal steps from `start` to `end`, in epoch milliseconds. */
export interface TimeCells {
  readonly start: number
  readonly end: number
  readonly cells: number
}

const DAY = 86_400_000
const YEAR = 365.2425 * DAY
const LEVELS = '▁▂▃▄▅▆▇█'
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** An axis of at most `room` cells that holds every window; where there are years, each takes the same number of cells. */
export function timeCells(stores: readonly Store[], now: string, room: number): TimeCells {
  const ends = stores.flatMap(({ exposures }) => exposures.flatMap(({ window }) => [...endsOf(window, epochMs(now))]))
  const first = Math.min(...ends, ...(ends.length === 0 ? [epochMs(now) - YEAR] : []))
  const last = Math.max(...ends, first + DAY)
  const years = (last - first) / YEAR
  if (years < 2) return { start: first, end: last, cells: room }
  const cell = YEAR / Math.max(1, Math.floor(room / (years + 0.1)))
  const january = Date.UTC(new Date(first).getUTCFullYear(), 0)
  const start = january + Math.floor((first - january) / cell) * cell
  const cells = Math.min(room, Math.ceil((last - start) / cell))
  return { start, end: Math.max(last, start + cells * cell), cells }
}

/** Years, or months where there are few years, each above the cell it begins in. */
export function axisLabels({ start, end, cells }: TimeCells): string {
  const years = (end - start) / YEAR
  const marks = years >= 2 ? yearMarks(start, end) : monthMarks(start, end)
  let line = ''
  for (const { at, label } of marks) {
    const cell = Math.round(((at - start) / (end - start)) * cells)
    if (cell < line.length + (line === '' ? 0 : 1) || cell + label.length > cells) continue
    line = line.padEnd(cell) + label
  }
  return line.padEnd(cells)
}

/** What the store held in each cell: a level, `░` not read, `▔` nothing personal, `?` undecided or between bounds, space closed. */
export function heldLine(store: Store, axis: TimeCells, now: string): string {
  return cellsOf(axis, (from, to) => {
    const marks = store.exposures
      .map((exposure) => heldMark(store, exposure, from, to, epochMs(now)))
      .filter((mark) => mark !== ' ')
    return marks.find((mark) => mark !== '?') ?? marks[0] ?? ' '
  })
}

/** What a log could have shown in each cell: `▲` an outsider read, `━` log, `─` silent, `·` lost, `╱` dark. */
export function logLine(store: Store, axis: TimeCells, now: string): string {
  const stretches = stretchesOf(store)
  const reads = store.exposures.flatMap(({ access }) => access.readsByHour.map(({ hour }) => epochMs(hour)))
  return cellsOf(axis, (from, to) => {
    const open = store.exposures.reduce((sum, { window }) => {
      const [opened, , , closed] = endsOf(window, epochMs(now))
      return sum + overlap(from, to, opened, closed)
    }, 0)
    if (open === 0) return ' '
    return reads.some((read) => read >= from && read < to)
      ? '▲'
      : coverageMark(
          stretches.filter((stretch) => stretch.from < to && stretch.to >= from),
          from,
          to,
          open,
        )
  })
}

function cellsOf({ start, end, cells }: TimeCells, mark: (from: number, to: number) => string): string {
  const step = (end - start) / cells
  return Array.from({ length: cells }, (_, cell) => mark(start + cell * step, start + (cell + 1) * step)).join('')
}

function heldMark(store: Store, exposure: CaseExposure, from: number, to: number, now: number): string {
  const [openedFrom, openedBy, closedFrom, closedBy] = endsOf(exposure.window, now)
  if (overlap(from, to, openedFrom, closedBy) === 0) return ' '
  if (exposure.audience === 'undecided' || !exposure.certain) return '?'
  const isBetweenBounds = (start: number, end: number): boolean => end - start > DAY && overlap(from, to, start, end) > 0
  if (isBetweenBounds(openedFrom, openedBy) || isBetweenBounds(closedFrom, closedBy)) return '?'
  if (exposure.held.length === 0) return store.contents === 'not-read' || store.contents === 'partly-read' ? '░' : '▔'
  const share = exposure.held.findLast(({ at }) => epochMs(at) <= to)?.share ?? exposure.held[0]!.share
  return share === 0 ? '▔' : LEVELS[Math.min(LEVELS.length - 1, Math.ceil(share * LEVELS.length) - 1)]!
}

const LOG_MARKS: readonly { readonly mark: string; readonly states: readonly CoverageState[] }[] = [
  { mark: '━', states: ['configured-observed'] },
  { mark: '─', states: ['configured-silent', 'unconfirmed-edge'] },
  { mark: '·', states: ['missing', 'late-pending'] },
]

interface Stretch {
  readonly from: number
  readonly to: number
  readonly state: CoverageState
}

/** The coverage of a store once, in epoch milliseconds and in order of time: years of hours are many. */
function stretchesOf(store: Store): Stretch[] {
  return store.exposures
    .flatMap(({ access }) => unpackSpans(access.coverage.spans))
    .map(({ from, to, state }) => ({ from: epochMs(from), to: epochMs(to), state }))
    .sort((a, b) => a.from - b.from)
}

/** The state that took most of the open part of the cell; requests seen at all outweigh silence. */
function coverageMark(stretches: readonly Stretch[], from: number, to: number, open: number): string {
  const time = (states: readonly CoverageState[]): number =>
    stretches.reduce(
      (sum, stretch) => sum + (states.includes(stretch.state) ? overlap(from, to, stretch.from, stretch.to) : 0),
      0,
    )
  const [observed = 0, silent = 0, lost = 0] = LOG_MARKS.map(({ states }) => time(states))
  const dark = Math.max(0, open - observed - silent - lost)
  const on = observed + silent
  if (on >= dark && on >= lost && on > 0) return observed > 0 ? '━' : '─'
  return lost >= dark && lost > 0 ? '·' : '╱'
}

/** Opened not before and not after, closed not before and not after; what no evidence bounds reaches as far as it can. */
function endsOf({ opened, closed }: Window, now: number): readonly [number, number, number, number] {
  const from = opened.notBefore ?? opened.notAfter
  const by = opened.notAfter ?? opened.notBefore
  const closedFrom = closed === null ? null : (closed.notBefore ?? closed.notAfter)
  const closedBy = closed === null ? null : (closed.notAfter ?? closed.notBefore)
  const start = from === null ? (closedFrom === null ? now - DAY : epochMs(closedFrom)) : epochMs(from)
  return [
    start,
    by === null ? start : epochMs(by),
    closedFrom === null ? now : epochMs(closedFrom),
    closedBy === null ? now : epochMs(closedBy),
  ]
}

/** Milliseconds that two spans share; a moment inside a cell counts as one, so that short windows are seen. */
function overlap(from: number, to: number, start: number, end: number): number {
  if (start >= to || end < from) return 0
  return Math.max(1, Math.min(to, end) - Math.max(from, start))
}

function yearMarks(start: number, end: number): { at: number; label: string }[] {
  const first = new Date(start).getUTCFullYear()
  const count = new Date(end).getUTCFullYear() - first + 1
  return Array.from({ length: Math.min(count, 200) }, (_, index) => ({
    at: Date.UTC(first + index, 0),
    label: String((first + index) % 100).padStart(2, '0'),
  })).filter(({ at }) => at >= start)
}

function monthMarks(start: number, end: number): { at: number; label: string }[] {
  const first = new Date(start)
  const marks: { at: number; label: string }[] = []
  for (let index = 0; index < 30; index++) {
    const at = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + index)
    if (at >= start && at <= end) marks.push({ at, label: MONTHS[new Date(at).getUTCMonth()]! })
  }
  return marks
}

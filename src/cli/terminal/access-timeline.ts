import { type CoverageState, epochMs } from '../../model/index.ts'
import { type AccessView, headed } from './access-drawing.ts'
import { oneLine, padEnd, truncateMiddle } from './text.ts'

const NAME_COLUMNS = 24
const SHARE_COLUMNS = 9

const MARKS: Readonly<Record<CoverageState, string>> = {
  'configured-observed': '━',
  'configured-silent': '─',
  'late-pending': '…',
  'unconfirmed-edge': '?',
  missing: '·',
  'not-configured': '╱',
}
/** Where a cell holds as many hours of two states, the one that shows less is drawn. */
const LEAST_TELLING: readonly CoverageState[] = [
  'not-configured',
  'missing',
  'unconfirmed-edge',
  'late-pending',
  'configured-silent',
  'configured-observed',
]

/** A row for each store, the worst first: what its logs could have shown, cell by cell, and where outsiders were served. */
export function timelineLines(view: AccessView, room: number): string[] {
  const { answer, paint, columns } = view
  const timed = answer.resources.filter(({ from }) => from !== null)
  if (timed.length === 0) return [heading(view, 'no time is asked about')]
  const start = Math.min(...timed.map(({ from }) => epochMs(from!)))
  const end = Math.max(...timed.map(({ to }) => epochMs(to!)))
  const cells = columns - NAME_COLUMNS - SHARE_COLUMNS - 2
  const rows = [...timed].sort((a, b) => b.reads - a.reads || b.doubtful - a.doubtful || b.lists - a.lists || b.lines - a.lines)
  const kept = rows.length + 2 > room ? rows.slice(0, Math.max(0, room - 3)) : rows
  const coverage = Map.groupBy(answer.coverage, ({ resource }) => resource)
  const served = Map.groupBy(answer.servedHours, ({ resource }) => resource)
  const lines = kept.map((resource) => {
    const marks = cellMarks({ start, end, cells }, coverage.get(resource.resource) ?? [], served.get(resource.resource) ?? [])
    return ` ${padEnd(truncateMiddle(oneLine(resource.name), NAME_COLUMNS - 1), NAME_COLUMNS)}${paintReads(marks, paint.open)} ${coveredShare(resource)}`
  })
  const omitted = rows.length - kept.length
  return [
    heading(view, `${stamp(start)} to ${stamp(end)} UTC${' '.repeat(Math.max(1, cells - 46))}covered`),
    ...lines,
    ...(omitted > 0 ? [paint.quiet(` and ${omitted} more stores`)] : []),
    legend(view),
  ]
}

function heading(view: AccessView, text: string): string {
  return headed(view, 'WHEN', `${' '.repeat(NAME_COLUMNS - 3)}${text}`)
}

const LEGEND = '━ log  ─ silent  ╱ dark  · lost  ? unsure  … late  ▲ outsider read  △ listed'
const NARROW_LEGEND = '━ log ─ silent ╱ dark · lost ? unsure … late ▲ read △ listed'

function legend({ paint, columns }: AccessView): string {
  const text = columns > LEGEND.length ? LEGEND : NARROW_LEGEND
  const indent = Math.max(0, Math.min(NAME_COLUMNS + 1, columns - text.length))
  return paint.quiet(`${' '.repeat(indent)}${text}`)
}

interface Axis {
  readonly start: number
  readonly end: number
  readonly cells: number
}

function cellMarks(
  { start, end, cells }: Axis,
  coverage: readonly { readonly from: string; readonly to: string; readonly state: CoverageState }[],
  served: readonly { readonly hour: string; readonly reads: number; readonly lists: number }[],
): string {
  const step = (end - start) / cells
  const weights = Array.from({ length: cells }, () => new Map<CoverageState, number>())
  for (const { from, to, state } of coverage) {
    const [first, last] = [epochMs(from), epochMs(to)]
    const lastCell = Math.min(cells - 1, Math.ceil((last - start) / step) - 1)
    for (let cell = Math.max(0, Math.floor((first - start) / step)); cell <= lastCell; cell++) {
      const shared = Math.min(last, start + (cell + 1) * step) - Math.max(first, start + cell * step)
      if (shared > 0) weights[cell]!.set(state, (weights[cell]!.get(state) ?? 0) + shared)
    }
  }
  const marks = weights.map((states) => {
    const heaviest = [...LEAST_TELLING].filter((state) => states.has(state)).sort((a, b) => states.get(b)! - states.get(a)!)[0]
    return heaviest === undefined ? ' ' : MARKS[heaviest]
  })
  for (const { hour, reads } of served) {
    const cell = Math.min(cells - 1, Math.max(0, Math.floor((epochMs(hour) - start) / step)))
    if (reads > 0) marks[cell] = '▲'
    else if (marks[cell] !== '▲') marks[cell] = '△'
  }
  return marks.join('')
}

function paintReads(marks: string, open: (text: string) => string): string {
  return marks.replace(/[▲△]+/g, (reads) => open(reads))
}

function coveredShare({ hours, hourCount }: AccessView['answer']['resources'][number]): string {
  if (hourCount === 0) return 'none'
  const share = (100 * (hours['configured-observed'] + hours['configured-silent'])) / hourCount
  // 99.97 % is not all, and one hour is not none.
  if (share > 99 && share < 100) return '99 %'
  return share > 0 && share < 1 ? '< 1 %' : `${Math.round(share)} %`
}

/** `2021-02-06 10:00`. */
function stamp(moment: number): string {
  return new Date(moment).toISOString().slice(0, 16).replace('T', ' ')
}

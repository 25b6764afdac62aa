import { fitText, textWidth } from '../../text/advances.ts'
import type { Store } from '../../findings/stores.ts'
import { PLOT, type TimeAxis } from './time-axis.ts'

const MOST = 40
const WIDEST = 190

/** Configuration changes as ▼ above the bar, labelled where a label has room; the rest are in the table. */
export function ChangeMarks({
  store,
  axis,
  y,
  flag,
}: {
  readonly store: Store
  readonly axis: TimeAxis
  readonly y: number
  readonly flag: number
}) {
  const marks = marksOf(store, axis)
  const labels = placeLabels(marks, [
    ...(axis.breakAt === null ? [] : [{ from: 834, to: 852 }]),
    { from: flag - 2, to: flag + 2 },
  ])
  return (
    <>
      {marks.map(({ x, text }) => (
        <path key={`${x} ${text}`} d={`M${x},${y - 3}l-4,-6h8z`} fill="var(--ink)">
          <title>{text}</title>
        </path>
      ))}
      {labels.map(({ x, anchor, text }) => (
        <text key={`${x} ${text}`} className={anchor === 'end' ? 'h e' : 'h'} x={x} y={y - 4} lang="en">
          {text}
        </text>
      ))}
    </>
  )
}

interface Mark {
  readonly x: number
  readonly text: string
}

function marksOf(store: Store, axis: TimeAxis): Mark[] {
  const seen = new Set<string>()
  return store.exposures
    .flatMap(({ changes }) => changes)
    .flatMap(({ at, text }) => {
      const [from, to] = [at.notBefore ?? at.notAfter, at.notAfter ?? at.notBefore]
      if (from === null || to === null) return []
      return [{ x: Math.round(((axis.x(Date.parse(from)) + axis.x(Date.parse(to))) / 2) * 10) / 10, text }]
    })
    .filter(({ x, text }) => {
      const key = `${Math.round(x)} ${text}`
      return seen.has(key) ? false : seen.add(key)
    })
    .sort((a, b) => a.x - b.x)
    .slice(0, MOST)
}

interface Span {
  readonly from: number
  readonly to: number
}

/** From the first mark on, each label goes right of its mark, else left of it, else it is left out; none is written through an obstacle. */
function placeLabels(marks: readonly Mark[], obstacles: readonly Span[]): { x: number; anchor: 'start' | 'end'; text: string }[] {
  const labels: { x: number; anchor: 'start' | 'end'; text: string }[] = []
  let taken = PLOT.left - 4
  for (const [index, { x, text }] of marks.entries()) {
    const fitted = fitText(text, WIDEST, 11)
    const width = textWidth(fitted, 11)
    const isClear = (from: number): boolean =>
      from > taken && obstacles.every((span) => from + width < span.from || from > span.to)
    const next = marks[index + 1]?.x ?? 1290
    if (isClear(x + 7) && x + 7 + width < next - 6) {
      labels.push({ x: x + 7, anchor: 'start', text: fitted })
      taken = x + 7 + width + 6
    } else if (isClear(x - 7 - width)) {
      labels.push({ x: x - 7, anchor: 'end', text: fitted })
      taken = x + 6
    } else taken = Math.max(taken, x + 6)
  }
  return labels
}

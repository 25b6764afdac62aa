import type { Store } from '../../findings/stores.ts'
import { sum } from '../../findings/stores.ts'
import type { Page } from '../../page/page.ts'
import { textWidth } from '../../text/advances.ts'
import { PLOT, type TimeAxis } from './time-axis.ts'

const STEP = 5

/** Outside reads as ticks above the log strip: tall means more; the label counts them all. */
export function ReadMarks({
  page,
  store,
  axis,
  bottom,
}: {
  readonly page: Page
  readonly store: Store
  readonly axis: TimeAxis
  readonly bottom: number
}) {
  const hours = store.exposures.flatMap(({ access }) => access.readsByHour).filter(({ reads }) => reads > 0)
  if (hours.length === 0) return null
  const bins = [...Map.groupBy(hours, ({ hour }) => Math.round(axis.x(Date.parse(hour)) / STEP))]
    .map(([bin, members]) => ({ x: bin * STEP, reads: sum(members.map(({ reads }) => reads)) }))
    .sort((a, b) => a.x - b.x)
  const most = Math.max(...bins.map(({ reads }) => reads))
  const text = page.words.when.reads(sum(hours.map(({ reads }) => reads)))
  const first = bins[0]!.x
  const roomLeft = first - 6 - textWidth(text, 11) > PLOT.left
  return (
    <>
      <text className={roomLeft ? 'e h i' : 'h i'} x={roomLeft ? first - 5 : bins.at(-1)!.x + 7} y={bottom - 1}>
        {text}
      </text>
      {bins.map(({ x, reads }) => {
        const height = 3 + Math.round((9 * reads) / most)
        return <rect key={x} x={x} y={bottom - height} width="2.5" height={height} fill="var(--ink)" />
      })}
    </>
  )
}

import type { Page } from '../../page/page.ts'
import { textWidth } from '../../text/advances.ts'
import { PLOT, type TimeAxis } from './time-axis.ts'

/** The days of knowing: this revision's as an ink rule with a flag, earlier ones dotted. */
export function KnewOn({ page, axis, bottom }: { readonly page: Page; readonly axis: TimeAxis; readonly bottom: number }) {
  const { document, words } = page
  const earlier = document.batches
    .filter(({ revision }) => revision < document.revision)
    .slice(-3)
    .reverse()
  const known = Date.parse(document.knownAt)
  const x = axis.x(known)
  const label = words.when.knewThis(document.knownAt) + (known > axis.end ? ' →' : '')
  const width = Math.max(96, textWidth(label, 11, 'semibold') + 24)
  const flagX = Math.min(x - width / 2, 1360 - width)
  return (
    <>
      {earlier.map((batch, index) => {
        const at = axis.x(Date.parse(batch.recordedAt))
        const y = 33 + index * 15
        const text = words.when.revisionOn({ moment: batch.recordedAt, revision: batch.revision })
        const roomLeft = at - 4 - textWidth(text, 11) > PLOT.left
        return (
          <g key={batch.revision}>
            <line x1={at} x2={at} y1={y - 7} y2={bottom} stroke="var(--ink)" strokeWidth="1" strokeDasharray="1 3" />
            <text className={roomLeft ? 'e i h' : 'i h'} x={roomLeft ? at - 4 : at + 4} y={y}>
              {text}
            </text>
          </g>
        )
      })}
      <line x1={x} x2={x} y1="22" y2={bottom} stroke="var(--ink)" strokeWidth="1.5" />
      <rect x={flagX} y="4" width={width} height="19" rx="2" fill="var(--ink)" />
      <text className="c w" x={flagX + width / 2} y="17.5" style={{ fill: 'var(--ink-inverse)' }}>
        {label}
      </text>
    </>
  )
}

import type { CoverageState } from '../../../src/model/index.ts'
import { Legend, type LegendEntry } from '../../parts/legend.tsx'
import type { Page } from '../../page/page.ts'
import { textWidth } from '../../text/advances.ts'
import { GRID, type HourLayout } from './hour-layout.ts'

const DAY = 86_400_000
const WIDTH = 575

/** Days as columns, hours as rows: what the log of one store covered, with outside reads on top. */
export function HourGrid({ page, layout, cells }: { readonly page: Page; readonly layout: HourLayout; readonly cells: string }) {
  const { words } = page
  const { store, from, days, reads } = layout
  const months = Array.from({ length: days }, (_, day) => from + day * DAY).filter((at) => new Date(at).getUTCDate() === 1)
  return (
    <>
      <div className="cap">
        <h3>{words.access.hourly(store.name)}</h3>
        <span className="sub">{`UTC${words.language === 'en' ? ', ' : '、'}${words.format.range(from + DAY / 2, from + (days - 0.5) * DAY)}`}</span>
      </div>
      <svg viewBox={`0 0 ${WIDTH} 164`} width="100%" role="img" aria-label={words.access.hourlyChart(store.name)}>
        <use href={`#${cells}`} />
        {[0, 6, 12, 18].map((hour) => (
          <text key={hour} className="k e" x="28" y={GRID.top + hour * GRID.hour + 8}>
            {String(hour).padStart(2, '0')}
          </text>
        ))}
        {months.map((at) => {
          const x = GRID.left + ((at - from) / DAY) * GRID.day
          return (
            <g key={at}>
              <text className="k" x={x + 3} y="14">
                {words.format.month(at + DAY / 2)}
              </text>
              <line x1={x} x2={x} y1="4" y2={GRID.bottom} stroke="var(--line-strong)" />
            </g>
          )
        })}
        <Callout page={page} reads={reads} />
      </svg>
      <Legend entries={legend(page, layout)} />
    </>
  )
}

/** The hour with most reads is named below the grid. */
function Callout({ page, reads }: { readonly page: Page; readonly reads: HourLayout['reads'] }) {
  const most = [...reads].sort((a, b) => b.reads - a.reads || b.at - a.at)[0]
  if (most === undefined) return null
  const text = page.words.access.fetched({ moment: new Date(most.at).toISOString(), reads: most.reads })
  const x = most.x + GRID.width / 2
  const goesLeft = x + 14 + textWidth(text, 11) > WIDTH
  return (
    <>
      <path d={`M${x},${most.y + 6}V151h${goesLeft ? -8 : 8}`} fill="none" stroke="var(--ink-3)" />
      <text className={goesLeft ? 'e' : undefined} x={goesLeft ? x - 11 : x + 11} y="155">
        {text}
      </text>
    </>
  )
}

function legend({ words }: Page, { paths }: HourLayout): LegendEntry[] {
  const entry = (state: CoverageState, swatch: LegendEntry['swatch']): LegendEntry => ({
    label: words.access.states[state],
    width: 12,
    swatch,
  })
  return [
    { label: words.access.outsiderRead, width: 12, swatch: <rect width="12" height="12" fill="var(--open)" /> },
    entry('configured-observed', <rect width="12" height="12" fill="var(--data-4)" />),
    entry('configured-silent', <rect width="12" height="12" fill="var(--data-2)" />),
    entry(
      'unconfirmed-edge',
      <>
        <rect width="12" height="12" fill="var(--data-1)" />
        <path d="M2,10l8,-8" stroke="var(--data-5)" />
      </>,
    ),
    entry('missing', <path d="M0,6h12" stroke="var(--data-4)" />),
    ...(paths['late-pending'] ? [entry('late-pending', <path d="M0,6h12" stroke="var(--data-4)" strokeDasharray="2 2" />)] : []),
    entry('not-configured', <rect width="12" height="12" fill="url(#tx-dark)" />),
  ]
}

import { unpackSpans } from '../../../src/model/index.ts'
import { Legend, type LegendEntry } from '../../parts/legend.tsx'
import type { Store } from '../../findings/stores.ts'
import type { Page } from '../../page/page.ts'
import { KnewOn } from './knew-on.tsx'
import { layRows, type TimelineRow } from './rows.ts'
import { StoreName } from './store-name.tsx'
import { StoreRow } from './store-row.tsx'
import { PLOT, type TimeAxis, timeAxis } from './time-axis.ts'

// Width of the column of names, in px of the drawing; the style gives it the same share of the frame.
const NAMES = 220

interface ExposureTimelineProps {
  readonly page: Page
  /** Height for the rows: a screen has more of it than a sheet of paper. */
  readonly rowsHeight: number
  readonly fewestFull: number
  readonly name: string
}

/** When each store stood open, to whom, how much it held, who came, and what a log could have shown. */
export function ExposureTimeline({ page, rowsHeight, fewestFull, name }: ExposureTimelineProps) {
  const { words, headline, document } = page
  const { stores } = headline
  const now = Date.parse(headline.now)
  const { rows, omitted, bottom } = layRows(stores, rowsHeight, fewestFull)
  const axis = timeAxis(
    rows.map(({ store }) => store),
    document.batches.map(({ recordedAt }) => Date.parse(recordedAt)),
    now,
    words.format,
  )
  const label = words.when.chart({ stores: stores.length, from: words.format.day(axis.start), to: words.format.day(axis.end) })
  const height = bottom + (omitted > 0 ? 22 : 0)
  return (
    <>
      <div className="timeline">
        {/* The names stand apart, so that they stay in sight where the chart scrolls under them. */}
        <svg className="names" viewBox={`0 0 ${NAMES} ${height}`} aria-hidden="true">
          <text className="k" x="0" y="65">
            {words.when.store}
          </text>
          {rows.map((row, index) => (
            <g key={row.store.resource}>
              {index === 0 ? null : <line x1="0" x2={NAMES} y1={row.y - 6} y2={row.y - 6} stroke="var(--line)" />}
              <StoreName page={page} row={row} />
            </g>
          ))}
          {omitted === 0 ? null : (
            <text className="k" x="0" y={bottom + 16}>
              {words.page.moreInTable(omitted)}
            </text>
          )}
        </svg>
        <svg className="plot" viewBox={`${NAMES} 0 ${1360 - NAMES} ${height}`} role="img" aria-label={label}>
          <Axis page={page} axis={axis} bottom={bottom} />
          <KnewOn page={page} axis={axis} bottom={bottom} />
          {rows.map((row, index) => (
            <g key={row.store.resource}>
              {index === 0 ? null : <line x1={NAMES} x2="1360" y1={row.y - 6} y2={row.y - 6} stroke="var(--line)" />}
              <StoreRow page={page} row={row} axis={axis} now={now} id={page.id(`${name}${index}`)} />
            </g>
          ))}
          {axis.breakAt === null ? null : <Zigzag bottom={bottom} />}
        </svg>
      </div>
      <Legend entries={legend(page, rows)} />
    </>
  )
}

function Axis({ page, axis, bottom }: { readonly page: Page; readonly axis: TimeAxis; readonly bottom: number }) {
  const { when } = page.words
  const broken = axis.breakAt !== null
  return (
    <>
      {axis.ticks.map(({ x, label }) => (
        <g key={`${x}`}>
          <line x1={x} x2={x} y1="70" y2={bottom} stroke="var(--line)" />
          <text className="k" x={x + 4} y="65">
            {label}
          </text>
        </g>
      ))}
      <line x1={PLOT.left} x2={broken ? PLOT.headEnd : PLOT.right} y1="70" y2="70" stroke="var(--line-strong)" />
      {broken ? <line x1={PLOT.tailStart} x2={PLOT.right} y1="70" y2="70" stroke="var(--line-strong)" /> : null}
      <text className="k e" x="1360" y="65">
        {when.distinctPeople}
      </text>
      <text className="k" x={PLOT.left} y="17">
        {broken ? when.head(axis.headYears) : when.oneScale}
      </text>
      {broken ? (
        <text className="k" x={PLOT.tailStart} y="17">
          {when.tail({ months: axis.tailMonths, factor: axis.factor })}
        </text>
      ) : null}
    </>
  )
}

/** Where the time axis breaks, over the whole height. */
function Zigzag({ bottom }: { readonly bottom: number }) {
  const turns = Math.ceil((bottom - 70) / 16)
  const path = `M841.8,70${' l4,8 l-4,8'.repeat(turns)}`
  return (
    <>
      <path d={path} fill="none" stroke="var(--paper)" strokeWidth="6" />
      <path d={path} fill="none" stroke="var(--line-strong)" />
    </>
  )
}

/** Every mark that the timeline can hold; kinds of doors that no row has are left out. */
function legend({ words }: Page, rows: readonly TimelineRow[]): LegendEntry[] {
  const { legend: say } = words.when
  const has = (audience: Store['audience']): boolean =>
    rows.some(({ store }) => store.exposures.some((exposure) => exposure.audience === audience))
  const states = new Set(
    rows.flatMap(({ store }) =>
      store.exposures.flatMap(({ access }) => unpackSpans(access.coverage.spans).map(({ state }) => state)),
    ),
  )
  const strip = (fill: string) => <rect width="26" height="9" y="2" fill={fill} />
  return [
    {
      label: say.open,
      width: 26,
      swatch: (
        <>
          <rect width="26" height="12" fill="var(--open-2)" />
          <path d="M0,12V9L8,6L16,5L26,2V12Z" fill="var(--open)" />
        </>
      ),
    },
    ...(has('any-identity')
      ? [{ label: say.identity, width: 26, swatch: <rect width="26" height="12" fill="url(#tx-identity)" /> }]
      : []),
    ...(has('named')
      ? [{ label: say.named, width: 26, swatch: <rect x=".5" y=".5" width="25" height="11" fill="none" stroke="var(--ink-3)" /> }]
      : []),
    {
      label: say.uncertain,
      width: 26,
      swatch: (
        <>
          <rect width="26" height="12" fill="url(#tx-uncertain)" opacity=".6" />
          <path d="M.5,0v12M25.5,0v12" stroke="var(--open)" strokeDasharray="2 2" />
        </>
      ),
    },
    {
      label: say.unread,
      width: 26,
      swatch: (
        <>
          <rect width="26" height="12" fill="var(--open-2)" />
          <rect width="26" height="12" fill="url(#tx-unread)" />
        </>
      ),
    },
    {
      label: say.undecided,
      width: 26,
      swatch: (
        <rect x=".5" y=".5" width="25" height="11" fill="url(#tx-undecided)" stroke="var(--tx-undecided)" strokeDasharray="4 3" />
      ),
    },
    { label: say.change, width: 26, swatch: <path d="M8,3h8l-4,6z" fill="var(--ink)" /> },
    { label: say.reads, width: 26, swatch: <path d="M6,12V6M11,12V2M16,12V8" stroke="var(--ink)" strokeWidth="2" /> },
    { label: say.observed, width: 26, swatch: strip('var(--data-5)') },
    { label: say.silent, width: 26, swatch: strip('var(--data-2)') },
    {
      label: say.missing,
      width: 26,
      swatch: <rect width="25" height="8" x=".5" y="2.5" fill="none" stroke="var(--data-4)" strokeDasharray="2 2" />,
    },
    ...(states.has('late-pending')
      ? [
          {
            label: say.pending,
            width: 26,
            swatch: <rect width="25" height="8" x=".5" y="2.5" fill="none" stroke="var(--data-4)" strokeDasharray="1 2" />,
          },
        ]
      : []),
    { label: say.dark, width: 26, swatch: strip('url(#tx-dark)') },
  ]
}

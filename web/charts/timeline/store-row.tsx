import type { CoverageState } from '../../../src/model/index.ts'
import { contentsOf, type Store } from '../../findings/stores.ts'
import type { Page } from '../../page/page.ts'
import { fitText, textWidth } from '../../text/advances.ts'
import { ChangeMarks } from './change-marks.tsx'
import { ExposureBar } from './exposure-bar.tsx'
import { stripParts } from './log-strip.ts'
import { ReadMarks } from './read-marks.tsx'
import type { TimelineRow } from './rows.ts'
import { endsOf, PLOT, type TimeAxis } from './time-axis.ts'

interface StoreRowProps {
  readonly page: Page
  readonly row: TimelineRow
  readonly axis: TimeAxis
  readonly now: number
  readonly id: string
}

/** A store: its bar with changes and reads, its log strip, its people. */
export function StoreRow({ page, row, axis, now, id }: StoreRowProps) {
  const { store, kind, y } = row
  const slim = kind === 'slim'
  const bar = slim ? { y: y + 3, height: 9 } : { y: y + 16, height: 26 }
  const strip = slim ? { y: bar.y + 11, height: 4 } : { y: bar.y + 45, height: 9 }
  return (
    <>
      {store.exposures.map((exposure, index) => (
        <ExposureBar
          key={`${exposure.window.opened.notBefore}${exposure.window.opened.notAfter}${exposure.audience}`}
          exposure={exposure}
          axis={axis}
          now={now}
          y={bar.y}
          height={bar.height}
          id={`${id}-${index}`}
        />
      ))}
      {slim ? null : (
        <>
          <BarLabel page={page} store={store} axis={axis} now={now} y={bar.y} />
          <ChangeMarks store={store} axis={axis} y={bar.y} flag={axis.x(Date.parse(page.document.knownAt))} />
          <ReadMarks page={page} store={store} axis={axis} bottom={bar.y + 42} />
        </>
      )}
      <EndLabel page={page} store={store} axis={axis} now={now} y={bar.y + bar.height / 2 + 4} />
      <LogStrip store={store} axis={axis} now={now} {...strip} />
      <People page={page} store={store} y={slim ? y + 14 : bar.y + 13} slim={slim} />
    </>
  )
}

/** What the bar itself says where it can say nothing by its fill: contents nobody read, reach nobody could decide. */
function BarLabel({
  page,
  store,
  axis,
  now,
  y,
}: {
  readonly page: Page
  readonly store: Store
  readonly axis: TimeAxis
  readonly now: number
  readonly y: number
}) {
  const { words } = page
  const exposure = store.exposures.reduce((widest, next) =>
    widthOf(next, axis, now) > widthOf(widest, axis, now) ? next : widest,
  )
  const ends = endsOf(exposure.window, now)
  const isUndecided = exposure.audience === 'undecided' || !exposure.certain
  const contents = contentsOf(exposure)
  const why = exposure.verdicts.read.because[0]
  const text = isUndecided
    ? why === undefined
      ? words.when.undecidedPlain
      : words.when.undecidedLabel(why)
    : contents === 'not-read' && exposure.audience !== 'named'
      ? words.when.notReadLabel({
          bytes: exposure.objects === 0 || exposure.bytes === null ? null : words.format.bytes(exposure.bytes),
          examined: words.format.bytes(exposure.bytesExamined),
          objects: exposure.objects,
        })
      : exposure.held.length === 0 && (contents === 'none-found' || contents === 'empty')
        ? words.when.contents[contents]
        : null
  if (text === null) return null
  const start = axis.x(ends.openedBy)
  // Text is never written through the break of the axis: it stands before it where there is room, else after it.
  const isBeforeBreak = axis.breakAt !== null && start < PLOT.headEnd
  const left = isBeforeBreak && start > PLOT.headEnd - 90 ? PLOT.tailStart - 2 : start
  const right = axis.x(ends.closedFrom)
  const room = (isBeforeBreak && left === start ? Math.min(right, PLOT.headEnd) : right) - left - 28
  const shown = fitText(text, Math.min(room, 560), 11)
  if (room < 60) return null
  return (
    <>
      <rect
        x={left + 6}
        y={y + 5}
        width={textWidth(shown, 11) + 14}
        height="16"
        fill={isUndecided || exposure.audience === 'named' ? 'var(--paper)' : 'var(--open-2)'}
      />
      <text className="i" x={left + 13} y={y + 17}>
        {shown}
      </text>
    </>
  )
}

function widthOf(exposure: Store['exposures'][number], axis: TimeAxis, now: number): number {
  const ends = endsOf(exposure.window, now)
  return axis.x(ends.closedFrom) - axis.x(ends.openedBy)
}

/** When it was shut: a day, both days of an uncertain end, or that it is still open. */
function EndLabel({
  page,
  store,
  axis,
  now,
  y,
}: {
  readonly page: Page
  readonly store: Store
  readonly axis: TimeAxis
  readonly now: number
  readonly y: number
}) {
  const { words, document } = page
  const last = store.exposures.reduce((latest, next) =>
    endsOf(next.window, now).closedBy >= endsOf(latest.window, now).closedBy ? next : latest,
  )
  const ends = endsOf(last.window, now)
  const { closed } = last.window
  const x = axis.x(ends.closedBy) + 6
  const text =
    closed === null
      ? store.audience === 'undecided'
        ? words.when.shutNotKnown
        : words.when.stillOpen
      : closedLabel(words, closed, document.knownAt)
  const flag = axis.x(Date.parse(document.knownAt))
  // The rule of the day of knowing is never written through.
  const clear = x - 8 < flag && x + textWidth(text, 11) + 2 > flag ? flag + 8 : x
  return (
    <text
      className={closed === null && store.audience !== 'undecided' && store.audience !== 'named' ? 'o h' : 'i h'}
      x={clear}
      y={y}
    >
      {text}
    </text>
  )
}

/** The day or both days; the year stands with them where it is not that of knowing. */
function closedLabel(
  words: Page['words'],
  { notBefore, notAfter }: { readonly notBefore: string | null; readonly notAfter: string | null },
  knownAt: string,
): string {
  const { format } = words
  if (notBefore === null && notAfter === null) return words.when.shutNotKnown
  if (notBefore === null || notAfter === null) return words.when.bound({ notBefore, notAfter })
  const year = format.parts(knownAt).year
  const isThisYear = format.parts(notBefore).year === year && format.parts(notAfter).year === year
  if (format.isSameDay(notBefore, notAfter)) return isThisYear ? format.dayShort(notAfter) : format.dayShortYear(notAfter)
  return isThisYear
    ? format.rangeShort(notBefore, notAfter)
    : `${format.dayShortYear(notBefore)}–${format.dayShortYear(notAfter)}`
}

function LogStrip({
  store,
  axis,
  now,
  y,
  height,
}: {
  readonly store: Store
  readonly axis: TimeAxis
  readonly now: number
  readonly y: number
  readonly height: number
}) {
  return (
    <>
      {store.exposures.map(({ window, audience }) => {
        const ends = endsOf(window, now)
        const x = axis.x(ends.openedFrom)
        return (
          <rect
            key={`${window.opened.notBefore}${window.opened.notAfter}${audience}`}
            x={x}
            y={y}
            width={Math.max(1.5, axis.x(ends.closedBy) - x)}
            height={height}
            fill="url(#tx-dark)"
          />
        )
      })}
      {stripParts(store, axis).map(({ x, width, state }) => (
        <rect key={x} x={x} y={y} width={Math.max(1, width)} height={height} {...STRIP_STYLE[state]} />
      ))}
    </>
  )
}

const STRIP_STYLE: Readonly<Record<CoverageState, Readonly<Record<string, string>>>> = {
  'configured-observed': { fill: 'var(--data-5)' },
  'configured-silent': { fill: 'var(--data-2)' },
  'unconfirmed-edge': { fill: 'var(--data-1)', stroke: 'var(--data-4)' },
  'not-configured': { fill: 'none' },
  missing: { fill: 'var(--paper)', stroke: 'var(--data-4)', strokeDasharray: '2 2' },
  'late-pending': { fill: 'var(--paper)', stroke: 'var(--data-4)', strokeDasharray: '1 2' },
}

function People({
  page,
  store,
  y,
  slim,
}: {
  readonly page: Page
  readonly store: Store
  readonly y: number
  readonly slim: boolean
}) {
  const { words } = page
  const isCounted = store.people > 0
  const text = isCounted ? words.format.count(store.people) : words.when.contents[store.contents]
  const darkShare = store.openHours === 0 ? 0 : store.darkHours / store.openHours
  return (
    <>
      <text className={isCounted ? 'b e' : 'i e'} x="1360" y={y} style={{ fontSize: slim ? 11 : isCounted ? 14 : 13 }}>
        {text}
      </text>
      {slim ? null : (
        <>
          <text className="k e" x="1360" y={y + 17}>
            {words.when.hoursOpen(store.openHours)}
          </text>
          <text className="k e" x="1360" y={y + 32}>
            {words.when.dark(darkShare)}
          </text>
        </>
      )}
    </>
  )
}

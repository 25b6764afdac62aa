import { scaleLinear } from 'd3-scale'
import type { Obligation } from '../../src/model/index.ts'
import { daysBetween } from '../findings/headline.ts'
import { order } from '../findings/stores.ts'
import { fitText, textWidth } from '../text/advances.ts'
import type { Page } from '../page/page.ts'

const DAY = 86_400_000
const LEFT = 276
const RIGHT = 690
const ROW = 36
const TOP = 28
export const CLOCKS_DRAWN = 10
const CLOCKS_ON_PAPER = 6

/** How many fit on paper: a full set, or one fewer and a line that counts the rest. */
export function clocksOnPaper(duties: number): number {
  return duties <= CLOCKS_ON_PAPER ? duties : CLOCKS_ON_PAPER - 1
}

/** Duties in the order in which they press: days ahead first, then days that are past, then those without a day. */
export function dutiesInOrder({ document, headline }: Page): Obligation[] {
  const rank = ({ due }: Obligation): number => (due === null ? 2 : due >= headline.now ? 0 : 1)
  return [...document.obligations].sort(
    (a, b) =>
      rank(a) - rank(b) || order(a.due ?? a.start, b.due ?? b.start) || order(a.regime, b.regime) || order(a.duty, b.duty),
  )
}

/** From knowing to due: ink is elapsed, grey is left, a tick is the day; where the law names none, the line breaks up. */
export function Clocks({ page, duties }: { readonly page: Page; readonly duties: readonly Obligation[] }) {
  const { words, headline } = page
  const now = Date.parse(headline.now)
  const starts = duties.map(({ start }) => Date.parse(start))
  const dues = duties.flatMap(({ due }) => (due === null ? [] : [Date.parse(due)]))
  const from = Math.min(now - 14 * DAY, ...starts)
  const to = Math.max(now + 20 * DAY, ...dues) + 4 * DAY
  const x = scaleLinear().domain([from, to]).range([LEFT, RIGHT]).clamp(true)
  const height = TOP + duties.length * ROW + 4
  const nowX = x(now)
  const flag = words.format.dayShort(headline.now)
  const flagWidth = textWidth(flag, 11, 'semibold') + 28
  const ticks = ticksBetween(from, to).filter((at) => Math.abs(x(at) - nowX) > flagWidth / 2 + 30)
  return (
    <svg viewBox={`0 0 740 ${height}`} width="100%" role="img" aria-label={words.owed.chart}>
      {ticks.map((at) => (
        <g key={at}>
          <line x1={x(at)} x2={x(at)} y1="20" y2={height - 4} stroke="var(--line)" />
          <text className="k" x={x(at) + 3} y="16">
            {words.format.dayShort(at)}
          </text>
        </g>
      ))}
      <line x1={nowX} x2={nowX} y1="20" y2={height - 4} stroke="var(--ink)" strokeWidth="1.5" />
      <rect x={nowX - flagWidth / 2} y="3" width={flagWidth} height="17" rx="2" fill="var(--ink)" />
      <text className="c w" x={nowX} y="15" style={{ fill: 'var(--ink-inverse)' }}>
        {flag}
      </text>
      {duties.map((duty, index) => (
        <g key={`${duty.regime} ${duty.duty} ${duty.market}`}>
          {index === 0 ? null : <line x1="0" x2="740" y1={TOP + index * ROW} y2={TOP + index * ROW} stroke="var(--line)" />}
          <DutyName page={page} duty={duty} y={TOP + index * ROW + 15} />
          <DutyClock page={page} duty={duty} y={TOP + index * ROW + 17} x={(at) => x(at)} now={now} />
        </g>
      ))}
    </svg>
  )
}

function DutyName({ page, duty, y }: { readonly page: Page; readonly duty: Obligation; readonly y: number }) {
  const { words } = page
  return (
    <>
      <text className="i w t12" x="0" y={y}>
        {fitText(words.owed.duty({ market: words.market(duty.market), duty }), LEFT - 12, 12.5, 'semibold')}
      </text>
      <text className="k" x="0" y={y + 14}>
        {fitText(`${duty.regime} · ${termOf(page, duty)}`, LEFT - 12, 11)}
      </text>
    </>
  )
}

function termOf({ words }: Page, { due, start, force }: Obligation): string {
  if (due !== null) return words.owed.days(Math.max(0, daysBetween(start, due)))
  return words.owed.noNumber(words.owed.forces[force] ?? force.replaceAll('_', ' '))
}

interface DutyClockProps {
  readonly page: Page
  readonly duty: Obligation
  readonly y: number
  readonly x: (at: number) => number
  readonly now: number
}

function DutyClock({ page, duty, y, x, now }: DutyClockProps) {
  const { words, headline } = page
  const start = Date.parse(duty.start)
  const elapsed = x(Math.max(start, now))
  const line = { y1: y, y2: y, strokeWidth: 5 }
  const begun = start <= now ? <line x1={x(start)} x2={Math.max(elapsed, x(start) + 2)} stroke="var(--ink)" {...line} /> : null
  if (duty.due === null)
    return (
      <>
        {begun}
        <line x1={elapsed + 3} x2={elapsed + 46} stroke="var(--data-4)" strokeDasharray="6 4 4 6 2 8" {...line} />
        <text className="i h w" x={elapsed + 54} y={y + 4}>
          {words.owed.dayCount(Math.max(0, daysBetween(duty.start, headline.now)))}
        </text>
      </>
    )
  const due = Date.parse(duty.due)
  const dueX = x(due)
  const days = daysBetween(headline.now, duty.due)
  const isPast = due < now
  const text = isPast ? words.owed.past(-days) : words.owed.dueIn(days)
  const width = textWidth(text, 11, 'semibold')
  const labelX = (isPast ? elapsed : dueX) + 7
  return (
    <>
      {isPast ? null : <line x1={Math.max(elapsed, x(start))} x2={dueX} stroke="var(--data-2)" {...line} />}
      {begun}
      <path d={`M${dueX},${y - 7}v14`} stroke={isPast ? 'var(--paper)' : 'var(--ink)'} strokeWidth={isPast ? 2 : 1.5} />
      {isPast ? (
        <>
          <rect x={labelX} y={y - 8} width={width + 14} height="16" rx="8" fill="var(--ink)" />
          <text className="w" x={labelX + 7} y={y + 4} style={{ fill: 'var(--ink-inverse)' }}>
            {text}
          </text>
        </>
      ) : (
        <text
          className="i h"
          x={labelX + width > 740 ? dueX - 7 - width : labelX}
          y={labelX + width > 740 ? y - 9 : y + 4}
          style={{ fontWeight: 600 }}
        >
          {text}
        </text>
      )}
    </>
  )
}

/** The first of months, every so many that at most six fit. */
function ticksBetween(from: number, to: number): number[] {
  const date = new Date(from)
  const firsts = Array.from({ length: 400 }, (_, index) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + index)).filter(
    (at) => at > from && at < to,
  )
  const every = Math.ceil(firsts.length / 6)
  return [from, ...firsts.filter((_, index) => index % every === 0)].filter(
    (at, index, all) => index === 0 || at - all[index - 1]! > (to - from) / 12,
  )
}

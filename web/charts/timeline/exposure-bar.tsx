import type { CaseExposure } from '../../../src/model/index.ts'
import { contentsOf } from '../../findings/stores.ts'
import { endsOf, type TimeAxis } from './time-axis.ts'

interface ExposureBarProps {
  readonly exposure: CaseExposure
  readonly axis: TimeAxis
  readonly now: number
  readonly y: number
  readonly height: number
  /** Unique on the page: the fades of uncertain ends are masks. */
  readonly id: string
}

/** One window as a bar: how open it was, how much personal data it held, and how sure its ends are. */
export function ExposureBar({ exposure, axis, now, y, height, id }: ExposureBarProps) {
  const ends = endsOf(exposure.window, now)
  const isUndecided = exposure.audience === 'undecided' || !exposure.certain
  const x1 = axis.x(ends.openedBy)
  const x2 = Math.max(axis.x(ends.closedFrom), x1)
  const width = Math.max(x2 - x1, 1.5)
  const isUncertainStart = axis.x(ends.openedBy) - axis.x(ends.openedFrom) > 1
  const isUncertainEnd = exposure.window.closed !== null && axis.x(ends.closedBy) - axis.x(ends.closedFrom) > 1
  const edge = isUndecided ? 'var(--tx-undecided)' : exposure.audience === 'named' ? 'var(--ink-3)' : 'var(--open)'
  const texture = isUndecided ? 'url(#tx-undecided)' : exposure.audience === 'named' ? 'url(#tx-between)' : 'url(#tx-uncertain)'
  return (
    <>
      <Body exposure={exposure} axis={axis} x={x1} width={width} y={y} height={height} isUndecided={isUndecided} />
      {isUncertainStart ? (
        <Fade
          id={`${id}a`}
          gradient="fade-start"
          texture={texture}
          edge={edge}
          x={axis.x(ends.openedFrom)}
          width={x1 - axis.x(ends.openedFrom)}
          y={y}
          height={height}
        />
      ) : isUndecided ? null : (
        <line x1={x1} x2={x1} y1={y - 3} y2={y + height + 3} stroke={edge} strokeWidth="1.5" />
      )}
      {isUncertainEnd ? (
        <Fade
          id={`${id}b`}
          gradient="fade-end"
          texture={texture}
          edge={edge}
          x={x2}
          width={axis.x(ends.closedBy) - x2}
          y={y}
          height={height}
        />
      ) : exposure.window.closed === null || isUndecided ? null : (
        <line x1={x1 + width} x2={x1 + width} y1={y - 3} y2={y + height + 3} stroke={edge} strokeWidth="1.5" />
      )}
    </>
  )
}

interface BodyProps {
  readonly exposure: CaseExposure
  readonly axis: TimeAxis
  readonly x: number
  readonly width: number
  readonly y: number
  readonly height: number
  readonly isUndecided: boolean
}

function Body({ exposure, axis, x, width, y, height, isUndecided }: BodyProps) {
  const box = { x, y, width, height }
  if (isUndecided) return <rect {...box} fill="url(#tx-undecided)" stroke="var(--tx-undecided)" strokeDasharray="4 3" />
  if (exposure.audience === 'named') return <rect {...box} fill="var(--paper)" stroke="var(--ink-3)" />
  const contents = contentsOf(exposure)
  const tint = exposure.audience === 'any-identity' ? 'url(#tx-identity)' : 'var(--open-2)'
  const hasUnread = contents === 'not-read' || contents === 'partly-read' || (exposure.bytes ?? 0) > exposure.bytesExamined
  return (
    <>
      <rect {...box} fill={tint} />
      {hasUnread ? <rect {...box} fill="url(#tx-unread)" /> : null}
      {exposure.held.length === 0 ? null : (
        <path d={heldPath(exposure, axis, x, x + width, y + height, height)} fill="var(--open)" />
      )}
    </>
  )
}

/** The share of the most personal data ever held, as steps from month to month. */
function heldPath({ held }: CaseExposure, axis: TimeAxis, left: number, right: number, bottom: number, height: number): string {
  const top = (share: number): number => round(bottom - share * height * 0.93)
  let path = `M${round(left)},${bottom}V${top(held.findLast(({ at }) => axis.x(Date.parse(at)) <= left)?.share ?? held[0]!.share)}`
  let drawn = Number.NaN
  for (const { at, share } of held) {
    const x = axis.x(Date.parse(at))
    if (x <= left || x > right || x - drawn < 1) continue
    path += `H${round(x)}V${top(share)}`
    drawn = x
  }
  return `${path}H${round(right)}V${bottom}Z`
}

interface FadeProps {
  readonly id: string
  readonly gradient: 'fade-start' | 'fade-end'
  readonly texture: string
  readonly edge: string
  readonly x: number
  readonly width: number
  readonly y: number
  readonly height: number
}

function Fade({ id, gradient, texture, edge, x, width, y, height }: FadeProps) {
  const rule = `v${height + 6}`
  return (
    <g>
      <mask id={id} maskUnits="userSpaceOnUse" x={x} y={y - 2} width={width} height={height + 4}>
        <rect x={x} y={y - 2} width={width} height={height + 4} fill={`url(#${gradient})`} />
      </mask>
      <rect x={x} y={y} width={width} height={height} fill={texture} mask={`url(#${id})`} />
      <path d={`M${round(x)},${y - 3}${rule}M${round(x + width)},${y - 3}${rule}`} stroke={edge} strokeDasharray="2 2" />
    </g>
  )
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

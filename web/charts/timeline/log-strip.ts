import { type CoverageState, unpackSpans } from '../../../src/model/index.ts'
import type { Store } from '../../findings/stores.ts'
import type { TimeAxis } from './time-axis.ts'

export interface StripPart {
  readonly x: number
  readonly width: number
  readonly state: CoverageState
}

const STEP = 1.5
// In a step that holds several states the one further to the left is drawn: what a log saw is never hidden by what it did not.
const STRONGEST: readonly CoverageState[] = [
  'configured-observed',
  'configured-silent',
  'missing',
  'late-pending',
  'unconfirmed-edge',
  'not-configured',
]

/** What the logs of a store covered, as runs of equal state at the resolution of the drawing; dark time is left out. */
export function stripParts(store: Store, axis: TimeAxis): StripPart[] {
  const from = axis.x(axis.start)
  const steps = Math.ceil((axis.x(axis.end) - from) / STEP)
  const strongest = new Uint8Array(steps).fill(STRONGEST.length)
  const share = new Float64Array(steps * STRONGEST.length)
  for (const { access } of store.exposures)
    for (const span of unpackSpans(access.coverage.spans)) {
      const left = (axis.x(Date.parse(span.from)) - from) / STEP
      const right = (axis.x(Date.parse(span.to)) - from) / STEP
      const rank = STRONGEST.indexOf(span.state)
      for (let step = Math.max(0, Math.floor(left)); step < Math.min(steps, Math.ceil(right)); step++)
        share[step * STRONGEST.length + rank]! += Math.min(right, step + 1) - Math.max(left, step)
    }
  for (let step = 0; step < steps; step++)
    strongest[step] = dominant(share.subarray(step * STRONGEST.length, (step + 1) * STRONGEST.length))
  return runs(strongest, from)
}

/** Requests seen anywhere in a step make it observed; else the state that took most of it. */
function dominant(shares: Float64Array): number {
  if (shares[0]! > 0.05) return 0
  let best = STRONGEST.length
  let most = 0
  for (const [rank, share] of shares.entries())
    if (share > most) {
      most = share
      best = rank
    }
  return best
}

function runs(states: Uint8Array, from: number): StripPart[] {
  const parts: StripPart[] = []
  let begin = 0
  for (let step = 1; step <= states.length; step++) {
    if (step < states.length && states[step] === states[begin]) continue
    const state = STRONGEST[states[begin]!]
    if (state !== undefined && state !== 'not-configured')
      parts.push({ x: from + begin * STEP, width: (step - begin) * STEP, state })
    begin = step
  }
  return parts
}

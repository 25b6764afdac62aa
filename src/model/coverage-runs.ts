import { COVERAGE_STATES, type CoverageSpan, type CoverageState } from './forensics.ts'
import { epochMs, type Instant, instant } from './instant.ts'

/**
 * Consecutive whole hours in few bytes: `from` the first hour on, run by run, a letter for the state and the number of
 * hours it lasts, such as `n720 e1 o5`. Ten years of hours that alternate would fill megabytes otherwise.
 */
export interface CoverageRuns {
  readonly from: Instant
  readonly runs: string
}

const HOUR_MS = 3_600_000
const LETTERS: Readonly<Record<CoverageState, string>> = {
  'configured-observed': 'o',
  'configured-silent': 's',
  'unconfirmed-edge': 'e',
  'not-configured': 'n',
  missing: 'm',
  'late-pending': 'l',
}
const STATE_OF = new Map(COVERAGE_STATES.map((state) => [LETTERS[state], state]))

/** Spans of whole hours in order of time; those that touch share one entry. */
export function packSpans(spans: readonly CoverageSpan[]): CoverageRuns[] {
  const stretches: { from: Instant; to: Instant; runs: string[] }[] = []
  for (const { from, to, state } of spans) {
    const run = `${LETTERS[state]}${(epochMs(to) - epochMs(from)) / HOUR_MS}`
    const last = stretches.at(-1)
    if (last?.to === from) {
      last.runs.push(run)
      last.to = to
    } else stretches.push({ from, to, runs: [run] })
  }
  return stretches.map(({ from, runs }) => ({ from, runs: runs.join(' ') }))
}

/** What `packSpans` was given. */
export function unpackSpans(stretches: readonly CoverageRuns[]): CoverageSpan[] {
  return stretches.flatMap(({ from, runs }) => {
    let at = epochMs(from)
    return runs.split(' ').map((run): CoverageSpan => {
      const start = at
      at += Number(run.slice(1)) * HOUR_MS
      return { from: instant(start), to: instant(at), state: STATE_OF.get(run[0]!)! }
    })
  })
}

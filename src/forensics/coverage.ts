import {
  COVERAGE_STATES,
  type CoverageSpan,
  type CoverageState,
  epochMs,
  type Instant,
  instant,
  type Observation,
} from '../model/index.ts'
import { accessLogHistory, dataEventHistories, type LoggingHistory } from './logging-history.ts'
import { missingHours } from './missing-hours.ts'

export const HOUR_MS = 3_600_000
/** S3 says that a change of the logging configuration takes about an hour to be in effect everywhere. */
export const EDGE_HOURS = 1
/** Records come late; S3 says "within a few hours" and promises nothing. A day before the evidence ends, silence tells nothing. */
export const LATE_HOURS = 24

export type LogSource = 's3-access-log' | 'cloudtrail-data-events'

export interface CoverageQuery {
  /** The store's resource id: `arn:aws:s3:::bucket`. */
  readonly store: string
  /** Stretches of time in question; they may overlap. */
  readonly windows: readonly { readonly from: Instant; readonly to: Instant }[]
  /** Observations of the store's and the trails' logging configuration, in any order. */
  readonly loggingHistory: readonly Observation[]
  /** Hours (epoch ms / 3,600,000) in which the logs hold lines of this store, ascending, over all time. */
  readonly observedHours: Readonly<Record<LogSource, readonly number[]>>
  /** When the evidence was gathered. */
  readonly asOf: Instant
}

export interface Coverage {
  readonly openHours: number
  readonly hours: Readonly<Record<CoverageState, number>>
  /** Runs of hours in one state, in order of time. */
  readonly spans: readonly CoverageSpan[]
  readonly hoursCoveredTwice: number
  /** Sources that cover at least one hour. */
  readonly sources: readonly LogSource[]
}

/**
 * What the logs of one store could have shown, hour by hour. *Configured* comes from the history of the configuration, never
 * from having seen records; an hour that two sources speak of has the better state of the two. An hour only partly inside a
 * window counts as a whole one; an hour only partly configured counts as not configured.
 */
export function coverageOf(query: CoverageQuery): Coverage {
  const endHour = Math.floor(epochMs(query.asOf) / HOUR_MS)
  const sources = (
    [
      ['s3-access-log', [accessLogHistory(query.store, query.loggingHistory)]],
      ['cloudtrail-data-events', dataEventHistories(query.store, query.loggingHistory)],
    ] as const
  ).map(([name, histories]) => ({ name, stateAt: stateBySource(histories, query.observedHours[name], endHour) }))
  const tally = new CoverageTally()
  for (const { firstHour, endHour } of wholeHours(query.windows)) {
    for (let hour = firstHour; hour < endHour; hour++) {
      tally.add(
        hour,
        sources.map(({ name, stateAt }) => ({ name, state: stateAt(hour) })),
      )
    }
  }
  return tally.result()
}

/** States from the most telling to the least. */
export const BY_WORTH: readonly CoverageState[] = [
  'configured-observed',
  'configured-silent',
  'late-pending',
  'unconfirmed-edge',
  'missing',
  'not-configured',
]

/** Makes the function that tells one log's state of each hour from the history of its configuration (of several histories the better counts). */
export function stateBySource(
  histories: readonly LoggingHistory[],
  observed: readonly number[],
  endHour: number,
): (hour: number) => CoverageState {
  const observedHours = new Set(observed)
  const each = histories.map((history) => {
    const hours = configuredHours(history)
    const missing = new Set(missingHours(observed, (hour) => hours(hour) === 'on', endHour))
    return (hour: number): CoverageState => {
      const configured = hours(hour)
      if (configured === 'off') return 'not-configured'
      if (configured === 'uncertain') return 'unconfirmed-edge'
      if (hour >= endHour - LATE_HOURS) return 'late-pending'
      return observedHours.has(hour) ? 'configured-observed' : missing.has(hour) ? 'missing' : 'configured-silent'
    }
  })
  return (hour) => best(each.map((stateAt) => stateAt(hour)))
}

/** Per hour: `on` only where it was on for the whole hour and no change is near; the hour after a change is uncertain. */
function configuredHours({ spans, changesMs }: LoggingHistory): (hour: number) => 'on' | 'off' | 'uncertain' {
  const edges = new Set(
    changesMs.flatMap((at) => {
      const first = Math.floor(at / HOUR_MS)
      const last = Math.ceil((at + EDGE_HOURS * HOUR_MS) / HOUR_MS) - 1
      return Array.from({ length: last - first + 1 }, (_, index) => first + index)
    }),
  )
  let index = 0
  return (hour) => {
    const from = hour * HOUR_MS
    if (index >= spans.length || spans[index]!.fromMs > from) index = 0
    while (index < spans.length - 1 && spans[index]!.toMs <= from) index += 1
    if (edges.has(hour)) return 'uncertain'
    const states: string[] = []
    for (let at = index; at < spans.length && spans[at]!.fromMs < from + HOUR_MS; at++) states.push(spans[at]!.state)
    if (states.every((state) => state === 'on')) return states.length > 0 ? 'on' : 'off'
    return states.every((state) => state === 'off') ? 'off' : 'uncertain'
  }
}

class CoverageTally {
  private readonly hours = Object.fromEntries(COVERAGE_STATES.map((state) => [state, 0])) as Record<CoverageState, number>
  private readonly spans: { firstHour: number; endHour: number; state: CoverageState }[] = []
  private readonly sources = new Set<LogSource>()
  private openHours = 0
  private hoursCoveredTwice = 0

  add(hour: number, bySource: readonly { name: LogSource; state: CoverageState }[]): void {
    const state = best(bySource.map((source) => source.state))
    const covering = bySource.filter((source) => isCovered(source.state))
    this.openHours += 1
    this.hours[state] += 1
    if (covering.length > 1) this.hoursCoveredTwice += 1
    for (const { name } of covering) this.sources.add(name)
    const last = this.spans.at(-1)
    if (last && last.state === state && last.endHour === hour) last.endHour = hour + 1
    else this.spans.push({ firstHour: hour, endHour: hour + 1, state })
  }

  result(): Coverage {
    return {
      openHours: this.openHours,
      hours: this.hours,
      spans: this.spans.map(({ firstHour, endHour, state }) => ({
        from: instant(firstHour * HOUR_MS),
        to: instant(endHour * HOUR_MS),
        state,
      })),
      hoursCoveredTwice: this.hoursCoveredTwice,
      sources: [...this.sources].sort(),
    }
  }
}

/** Whether a log was configured and nothing speaks against its delivery. */
export function isCovered(state: CoverageState): boolean {
  return state === 'configured-observed' || state === 'configured-silent'
}

function best(states: readonly CoverageState[]): CoverageState {
  return BY_WORTH.find((state) => states.includes(state)) ?? 'not-configured'
}

/** The hours of all windows, each once, as runs in order of time. */
function wholeHours(windows: CoverageQuery['windows']): readonly { firstHour: number; endHour: number }[] {
  const sorted = windows
    .map(({ from, to }) => ({ firstHour: Math.floor(epochMs(from) / HOUR_MS), endHour: Math.ceil(epochMs(to) / HOUR_MS) }))
    .filter(({ firstHour, endHour }) => firstHour < endHour)
    .sort((a, b) => a.firstHour - b.firstHour)
  const runs: { firstHour: number; endHour: number }[] = []
  for (const window of sorted) {
    const last = runs.at(-1)
    if (last && window.firstHour <= last.endHour) last.endHour = Math.max(last.endHour, window.endHour)
    else runs.push({ ...window })
  }
  return runs
}

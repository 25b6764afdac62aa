import { type CoverageState, epochMs, type Instant, instant, type Observation } from '../model/index.ts'
import { BY_WORTH, HOUR_MS, isCovered, stateBySource } from './coverage.ts'
import { accessLogHistory, dataEventHistories, type LoggingHistory } from './logging-history.ts'

/** Where one kind of log holds lines of one resource; hours are epoch ms / 3,600,000, ascending. */
export interface DeliveredHours {
  /** The log by what writes it: two kinds with one writer are one source. */
  readonly source: string
  readonly observed: readonly number[]
  /** Hours without lines between the first and the last line of one file that was delivered in one go. */
  readonly spanned: readonly number[]
}

export interface LogCoverageQuery {
  readonly resource: string
  readonly window: { readonly from: Instant; readonly to: Instant }
  /** Observations of the resource's and the trails' logging configuration; none where only logs were given. */
  readonly loggingHistory: readonly Observation[]
  readonly delivered: readonly DeliveredHours[]
  readonly asOf: Instant
}

/** A run of hours in one state for one reason. */
export interface CoverageStretch {
  readonly from: Instant
  readonly to: Instant
  readonly state: CoverageState
  readonly because: string
  /** The logs that cover it. */
  readonly sources: readonly string[]
}

export interface LogCoverage {
  readonly hourCount: number
  readonly hours: Readonly<Record<CoverageState, number>>
  /** Hours for which two independent logs are proved to have been on and delivered. */
  readonly hoursCoveredTwice: number
  readonly stretches: readonly CoverageStretch[]
}

/**
 * What the logs of one resource could have shown, hour by hour, where the logs may be all that there is. As far back as the
 * history of the logging configuration goes, it decides. Before that, and where nothing is known of it, a line proves that a log was being
 * written in its hour, and no more: an hour without a line is dark, for nothing shows that a log was on. Such hours are never taken
 * for covered by two logs, since no line proves that a log was on for the whole of its hour.
 */
export function logCoverage(query: LogCoverageQuery): LogCoverage {
  const sources = sourcesOf(query)
  const firstHour = Math.floor(epochMs(query.window.from) / HOUR_MS)
  const endHour = Math.max(firstHour, Math.ceil(epochMs(query.window.to) / HOUR_MS))
  const hours: Record<CoverageState, number> = {
    'configured-observed': 0,
    'configured-silent': 0,
    'unconfirmed-edge': 0,
    'not-configured': 0,
    missing: 0,
    'late-pending': 0,
  }
  let hoursCoveredTwice = 0
  const runs: { first: number; end: number; verdict: HourVerdict }[] = []
  for (let hour = firstHour; hour < endHour; hour++) {
    const each = sources.map(({ at }) => at(hour))
    const verdict = bestOf(each)
    hours[verdict.state] += 1
    if (each.filter(({ state, proved }) => proved && isCovered(state)).length > 1) hoursCoveredTwice += 1
    const last = runs.at(-1)
    if (last && isSame(last.verdict, verdict)) last.end = hour + 1
    else runs.push({ first: hour, end: hour + 1, verdict })
  }
  return {
    hourCount: endHour - firstHour,
    hours,
    hoursCoveredTwice,
    stretches: runs.map(({ first, end, verdict }) => ({
      from: instant(first * HOUR_MS),
      to: instant(end * HOUR_MS),
      state: verdict.state,
      because: verdict.because,
      sources: verdict.covering,
    })),
  }
}

/** What the logs are called in sentences. */
const NAMES: Readonly<Record<string, string>> = {
  's3-access-log': 'the S3 server access log',
  'cloudtrail-data-events': 'CloudTrail data events',
}

interface SourceVerdict {
  readonly source: string
  readonly state: CoverageState
  readonly because: string
  /** Whether it follows from the configuration, and not from lines alone. */
  readonly proved: boolean
}

interface HourVerdict {
  readonly state: CoverageState
  readonly because: string
  readonly covering: readonly string[]
}

interface Source {
  readonly at: (hour: number) => SourceVerdict
}

function sourcesOf({ resource, loggingHistory, delivered, asOf }: LogCoverageQuery): readonly Source[] {
  const histories: Readonly<Record<string, readonly LoggingHistory[]>> = {
    's3-access-log': [accessLogHistory(resource, loggingHistory)].filter(isKnown),
    'cloudtrail-data-events': dataEventHistories(resource, loggingHistory).filter(isKnown),
  }
  const endHour = Math.floor(epochMs(asOf) / HOUR_MS)
  const named = Map.groupBy(delivered, ({ source }) => source)
  const names = [...new Set([...Object.keys(histories), ...named.keys()])].sort()
  return names.map((source) => {
    const lines = named.get(source) ?? []
    const observed = [...new Set(lines.flatMap((each) => each.observed))].sort((a, b) => a - b)
    const byLines = verdictByLines(source, new Set(observed), new Set(lines.flatMap(({ spanned }) => spanned)))
    const known = histories[source] ?? []
    if (known.length === 0) return { at: byLines }
    const knownFrom = Math.min(...known.map(({ spans }) => spans[0]!.toMs)) / HOUR_MS
    const stateAt = stateBySource(known, observed, endHour)
    return {
      at: (hour: number) => {
        const state = stateAt(hour)
        // Before the configuration was first seen nothing is proved; a line still shows that the log was written.
        if (hour < knownFrom && !isCovered(state)) {
          const verdict = byLines(hour)
          if (isCovered(verdict.state) || state === 'not-configured') return verdict
        }
        return { source, state, because: becauseOf(state, source), proved: true }
      },
    }
  })
}

/** A history that begins at some observation, and is not "never seen". */
function isKnown({ spans }: LoggingHistory): boolean {
  return spans.length > 1
}

function verdictByLines(source: string, observed: ReadonlySet<number>, spanned: ReadonlySet<number>) {
  const name = NAMES[source] ?? source
  const seen: SourceVerdict = {
    source,
    state: 'configured-observed',
    because: `${name} holds lines of these hours; its configuration is not among what was given`,
    proved: false,
  }
  const between: SourceVerdict = {
    source,
    state: 'configured-silent',
    because: `one delivered file of ${name} holds lines from before and after these hours`,
    proved: false,
  }
  const dark: SourceVerdict = { source, state: 'not-configured', because: DARK, proved: false }
  return (hour: number): SourceVerdict => (observed.has(hour) ? seen : spanned.has(hour) ? between : dark)
}

const DARK = 'dark: no line is of these hours, and nothing given shows that a log was on; silence proves nothing here'

function becauseOf(state: CoverageState, source: string): string {
  const name = NAMES[source] ?? source
  switch (state) {
    case 'configured-observed':
      return `${name} was configured, and lines of these hours are here`
    case 'configured-silent':
      return `${name} was configured, and no line of these hours is here`
    case 'unconfirmed-edge':
      return `${name} was switched about then; a change takes about an hour, or its moment is not pinned down`
    case 'not-configured':
      return 'dark: the configuration shows that no log was on'
    case 'missing':
      return `dark: ${name} was configured, but is silent far longer than this store ever is`
    case 'late-pending':
      return `${name} was configured, but lines of the last 24 hours may still arrive`
  }
}

/** The most telling verdict; what is proved counts before what lines show, and all logs that cover the hour are named. */
function bestOf(verdicts: readonly SourceVerdict[]): HourVerdict {
  const covering = verdicts.filter(({ state }) => isCovered(state))
  const best = verdicts.reduce((left, right) => (rank(right) < rank(left) ? right : left))
  return { state: best.state, because: best.because, covering: covering.map(({ source }) => source) }
}

function rank({ state, proved }: SourceVerdict): number {
  return 2 * BY_WORTH.indexOf(state) + (proved ? 0 : 1)
}

function isSame(left: HourVerdict, right: HourVerdict): boolean {
  return (
    left.state === right.state &&
    left.because === right.because &&
    left.covering.length === right.covering.length &&
    left.covering.every((source, index) => source === right.covering[index])
  )
}

/** Files that S3 and CloudTrail deliver hold the lines of minutes to a few hours; one that spans more was put together by somebody. */
export const DELIVERY_SPAN_HOURS = 6

/** Hours between the first and the last line of a file that was delivered in one go, both ends left out. */
export function spannedHours(files: readonly { readonly first: number; readonly last: number }[]): readonly number[] {
  const hours = new Set<number>()
  for (const { first, last } of files)
    if (last - first <= DELIVERY_SPAN_HOURS) for (let hour = first + 1; hour < last; hour++) hours.add(hour)
  return [...hours].sort((a, b) => a - b)
}

import type { Instant } from './instant.ts'

/** Per store and hour, what a log could have shown. Configured comes from the history of the logging configuration. */
export const COVERAGE_STATES = [
  'configured-observed',
  'configured-silent',
  'unconfirmed-edge',
  'not-configured',
  'missing',
  'late-pending',
] as const
export type CoverageState = (typeof COVERAGE_STATES)[number]

/** A run of whole hours in one state; `to` is exclusive. */
export interface CoverageSpan {
  readonly from: Instant
  readonly to: Instant
  readonly state: CoverageState
}

export type ConclusionCode = 'read' | 'listed' | 'ambiguous' | 'silent-full' | 'silent-part' | 'dark' | 'undecided'

/** Requests by whose they were. `unknown`: the log hides the address. */
export interface RequestCounts {
  readonly inside: number
  readonly knownGood: number
  readonly knownScanner: number
  readonly outside: number
  readonly unknown: number
}

/** One outside source of requests: an address with a principal. */
export interface Outsider {
  readonly ip: string
  readonly network: string | null
  readonly principal: string | null
  readonly userAgents: readonly string[]
  readonly first: Instant
  readonly last: Instant
  readonly requests: number
  readonly reads: number
  readonly lists: number
  readonly writes: number
  readonly bytes: number
  readonly objects: number
}

/** Log lines of one store over one window. Rejected and ambiguous lines are inside what was read; nothing is dropped. */
export interface LineCounts {
  readonly read: number
  readonly parsed: number
  readonly ambiguous: number
  readonly rejected: number
}

/** Who came to one store while it was open, and what its logs could have shown. */
export interface AccessReport {
  readonly conclusion: ConclusionCode
  /** The strongest sentence that the sources bear. */
  readonly sentence: string
  readonly coverage: {
    readonly openHours: number
    /** Open hours in each state. */
    readonly hours: Readonly<Record<CoverageState, number>>
    /** Share of open hours in which a log was configured and delivered, 0 to 1, rounded to four decimals. */
    readonly covered: number
    /** Every open hour, packed; `unpackSpans` gives the spans. */
    readonly spans: readonly { readonly from: Instant; readonly runs: string }[]
    /** The sources that cover any of it: 's3-access-log', 'cloudtrail-data-events'. */
    readonly sources: readonly string[]
  }
  readonly lines: LineCounts
  readonly requests: RequestCounts
  /** Largest first by bytes, then requests, then address; at most 50, `outsiderCount` says how many there are. */
  readonly outsiders: readonly Outsider[]
  readonly outsiderCount: number
  /** Keys that outsiders read with success (or, for ambiguous lines, may have), sorted; at most 1,000. */
  readonly objectsRead: readonly string[]
  readonly objectsReadCount: number
  /** Outside requests that succeeded, by hour where there were any; by day (`hour` is its first) past 2,000 such hours. */
  readonly readsByHour: readonly { readonly hour: Instant; readonly reads: number; readonly lists: number }[]
  readonly firstRead: Instant | null
  readonly firstList: Instant | null
}

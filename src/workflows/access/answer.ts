import type { Conclusion } from '../../forensics/index.ts'
import type { CoverageState, Instant, LineCounts, Outsider, RequestCounts, Unread, ZoneOfTrust } from '../../model/index.ts'
import type { CopyMade, FirstRequest, ObjectTaken, PatternFound, SessionUse, StoreTotals } from '../../query-engines/index.ts'

/**
 * Who came, by the logs that were given, and what these logs could have shown. Plain JSON; times are UTC. Text from logs in it is
 * printable: control characters, terminal escapes and direction marks stand as `\u{…}`.
 */
export interface AccessAnswer {
  readonly schema: 'https://leftajar.example/schema/access-1.json'
  readonly asOf: Instant
  /** What was asked about; null: from the first, to the last record. */
  readonly asked: { readonly resource: string | null; readonly from: Instant | null; readonly to: Instant | null }
  readonly zone: ZoneOfTrust & { readonly source: string }
  readonly files: { readonly given: number; readonly logs: number; readonly notRead: number }
  /** Lines of all log files given; `passedOver` are records that are no requests, such as changes of a configuration. */
  readonly lines: LineCounts & { readonly passedOver: number }
  readonly coverage: readonly CoverageEntry[]
  readonly requests: RequestCounts
  /** Reads that surely succeeded, by whose they were. */
  readonly readsBy: RequestCounts
  /** Largest first by bytes, then requests, then address; at most 1,000, `outsiderCount` says how many there are. */
  readonly outsiders: readonly Outsider[]
  readonly outsiderCount: number
  /** Keys that outsiders read with success (or, on doubtful lines, may have), sorted; at most 10,000. */
  readonly objectsRead: readonly string[]
  readonly objectsReadCount: number
  /** The same objects with what was taken of each, those of most bytes first. */
  readonly objects: readonly (ObjectTaken & { readonly resource: string })[]
  readonly firstAnonymousRead: FirstRequest | null
  readonly firstRead: FirstRequest | null
  readonly firstListing: FirstRequest | null
  readonly patterns: readonly (PatternFound & { readonly meaning: string })[]
  readonly copies: readonly AccessCopy[]
  readonly sessions: readonly AccessSession[]
  readonly resources: readonly ResourceAnswer[]
  /** Hours in which outsiders surely read or listed. */
  readonly servedHours: readonly {
    readonly resource: string
    readonly hour: Instant
    readonly reads: number
    readonly lists: number
  }[]
  readonly unread: readonly Unread[]
  /** Sentences that a reader must know to judge the answer. */
  readonly notes: readonly string[]
  readonly records: { readonly file: string; readonly written: number } | null
  readonly conclusion: Conclusion
}

export interface CoverageEntry {
  readonly resource: string
  readonly from: Instant
  /** Exclusive. */
  readonly to: Instant
  readonly state: CoverageState
  readonly because: string
  /** The logs that cover it; none where it is dark. */
  readonly sources: readonly string[]
}

/** A copy that an outsider made, or, for `snapshot-shared`, that outsiders were enabled to make. */
export type AccessCopy = Omit<CopyMade, 'bucket'> & {
  readonly kind: 'object-copied' | 'snapshot-copied' | 'snapshot-restored' | 'snapshot-shared'
  readonly resource: string
}

/** A session of a role: who began it, by way of which other sessions, and what was done in it. */
export type AccessSession = SessionUse & {
  readonly role: string | null
  /** The beginning first. */
  readonly chain: readonly {
    readonly principal: string | null
    readonly account: string | null
    readonly ip: string | null
    readonly at: Instant
  }[]
  readonly beganOutside: boolean
}

export interface ResourceAnswer extends Omit<StoreTotals, 'bucket'> {
  readonly resource: string
  readonly name: string
  /** The period asked about: as given, or from the first to the last record of the resource. */
  readonly from: Instant | null
  readonly to: Instant | null
  /** Records of the resource over all time. */
  readonly lines: number
  readonly hours: Readonly<Record<CoverageState, number>>
  readonly hourCount: number
  readonly conclusion: Conclusion
}

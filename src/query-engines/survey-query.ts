import type { BulkPattern, SourceRules, Taken } from '../forensics/index.ts'
import type { Instant, Outsider, RequestCounts } from '../model/index.ts'

/** Who came to one store, or to every store that the lake knows, over one stretch of time. */
export interface SurveyQuery {
  /** The store as its log names it; null: every store. */
  readonly bucket: string | null
  readonly window: { readonly from: Instant; readonly to: Instant }
  readonly sources: Omit<SourceRules, 'asOf'>
  readonly asOf: Instant
}

/** A store that some log holds lines of. */
export interface LoggedStore {
  readonly kind: string
  readonly bucket: string
  /** The provider's own id where the log has it. */
  readonly resource: string | null
  readonly first: Instant
  readonly last: Instant
  readonly lines: number
}

/** Where one kind of log holds lines of one store; hours are epoch ms / 3,600,000, ascending. */
export interface StoreHours {
  readonly bucket: string
  readonly kind: string
  readonly observed: readonly number[]
  /** First and last hour of each file that holds lines of more than one hour. */
  readonly files: readonly { readonly first: number; readonly last: number }[]
}

/** What outsiders got of one store. */
export interface StoreTotals {
  readonly bucket: string
  readonly requests: RequestCounts
  /** Reads that surely succeeded, by whose they were. */
  readonly readsBy: RequestCounts
  readonly reads: number
  readonly lists: number
  readonly doubtful: number
  readonly others: number
}

/** The first request of a kind. */
export interface FirstRequest {
  readonly at: Instant
  readonly bucket: string
  readonly key: string | null
  readonly ip: string | null
  readonly principal: string | null
  readonly network: string | null
  readonly userAgent: string | null
  readonly requestId: string | null
}

/** One object that outsiders read, or may have. */
export interface ObjectTaken {
  readonly bucket: string
  readonly key: string
  readonly reads: number
  /** Reads that succeeded in every reading of their lines. */
  readonly sureReads: number
  readonly bytes: number
  readonly sizeBytes: number | null
  readonly taken: Taken
  readonly addresses: number
  readonly first: Instant
  readonly last: Instant
}

/** One source that behaved as a program does; thresholds are those of `BULK_THRESHOLDS`. */
export interface PatternFound {
  readonly pattern: BulkPattern
  readonly bucket: string
  readonly ip: string | null
  readonly principal: string | null
  readonly keys: number
  readonly requests: number
  readonly first: Instant
  readonly last: Instant
}

/** A copy of an object that an outsider made; the destination is what the log tells of it. */
export interface CopyMade {
  readonly at: Instant
  readonly bucket: string
  readonly key: string | null
  readonly ip: string | null
  readonly principal: string | null
  readonly network: string | null
  readonly operation: string
  readonly bytes: number | null
  readonly destination: string | null
}

/** What was done in one session of a role, whoever is inside. */
export interface SessionUse {
  readonly session: string
  readonly standing: keyof RequestCounts
  readonly requests: number
  readonly reads: number
  readonly lists: number
  readonly first: Instant
  readonly last: Instant
}

/** Text from logs in it is printable: no controls, escapes or direction marks. */
export interface Survey {
  /** By store, sorted. */
  readonly stores: readonly StoreTotals[]
  /** Lines that could not be read: those of the store and those that name none. */
  readonly rejected: number
  /** Largest first by bytes, then requests, then address. */
  readonly outsiders: readonly Outsider[]
  readonly outsiderCount: number
  readonly objects: readonly ObjectTaken[]
  readonly objectCount: number
  readonly servedHours: readonly {
    readonly bucket: string
    readonly hour: Instant
    readonly reads: number
    readonly lists: number
  }[]
  readonly firstAnonymousRead: FirstRequest | null
  readonly firstRead: FirstRequest | null
  readonly firstListing: FirstRequest | null
  readonly patterns: readonly PatternFound[]
  readonly copies: readonly CopyMade[]
  readonly sessions: readonly SessionUse[]
}

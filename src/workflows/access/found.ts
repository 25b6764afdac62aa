import type { RequestSource, SessionChain, SourceStanding } from '../../forensics/index.ts'
import type { Instant, Unread, ZoneOfTrust } from '../../model/index.ts'
import type { IngestReport, StoreHours, Survey } from '../../query-engines/index.ts'
import type { AccessAnswer } from './answer.ts'
import type { AskedStore } from './asked-stores.ts'
import type { GivenFiles } from './given-logs.ts'
import type { LoggingKnowledge } from './logging-knowledge.ts'
import type { TrailReadings } from './trail-readings.ts'

/** Everything that was found out, before it is put into words. */
export interface Found {
  readonly survey: Survey
  readonly stores: readonly AskedStore[]
  readonly everyStore: readonly AskedStore[]
  readonly hours: readonly StoreHours[]
  readonly period: { readonly from: Instant; readonly to: Instant } | null
  readonly zone: ZoneOfTrust & { readonly source: string }
  readonly chains: readonly SessionChain[]
  readonly outsideSessions: ReadonlySet<string>
  readonly trails: TrailReadings
  readonly knowledge: LoggingKnowledge
  readonly ingested: IngestReport
  readonly given: GivenFiles
  readonly unread: readonly Unread[]
  /** Kinds of log that name no store, and the store that their requests are taken for; null where every log names one. */
  readonly unnamed: { readonly kinds: readonly string[]; readonly store: string } | null
  readonly records: AccessAnswer['records']
  readonly standingOf: (source: RequestSource) => SourceStanding
}

import type { NamedNetwork } from '../../forensics/index.ts'
import type { Instant, KnownNetwork, ZoneOfTrust } from '../../model/index.ts'
import type { ProgressEvent } from '../investigate/options.ts'

/** What is asked of log files. */
export interface AccessOptions {
  /** Files and directories, as they were typed. */
  readonly paths: readonly string[]
  /** A resource id (an ARN, say) or a store's name as its log has it; null: every store that the logs name. */
  readonly resource: string | null
  /** Null: from the first record on. */
  readonly from: Instant | null
  /** Null: to the last record. */
  readonly to: Instant | null
  /** Null: the accounts that the evidence was delivered for. */
  readonly zone: (ZoneOfTrust & { readonly source: string }) | null
  readonly knownNetworks: readonly KnownNetwork[]
  readonly namedNetworks: readonly NamedNetwork[]
  /** When the logs were gathered: lines of the day before may still be missing. */
  readonly asOf: Instant
  /** Where the lake is kept; null: in a temporary place that is removed at the end. */
  readonly lakeDirectory: string | null
  /** Where every record goes as one JSON line; null: nowhere. */
  readonly recordsFile: string | null
  readonly threads?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (event: ProgressEvent) => void
}

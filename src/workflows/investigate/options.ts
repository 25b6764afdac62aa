import type { Instant, KnownNetwork, ZoneOfTrust } from '../../model/index.ts'

/** How far a run has come; `done` and `total` are in `unit`. */
export interface ProgressEvent {
  readonly stage: string
  readonly done?: number
  readonly total?: number
  readonly unit?: string
}

/** One call of investigate: one batch of evidence, learned at one moment. */
export interface InvestigateOptions {
  readonly directories: readonly string[]
  /** A directory, or a postgres:// URL. */
  readonly store: string
  /** Where the lake goes when the store is PostgreSQL. */
  readonly lakeDirectory: string
  readonly keyFile: string
  /** Null: the accounts of the organisation as found in the evidence. */
  readonly zone: (ZoneOfTrust & { readonly source: string }) | null
  readonly knownNetworks: readonly KnownNetwork[]
  /** Data handling rules of one's own; null: the built-in ones. */
  readonly rules: { readonly text: string; readonly where: string } | null
  readonly recordedAt: Instant
  readonly asOf: Instant
  readonly shareCap?: number
  readonly threads?: number
  readonly signal?: AbortSignal
  /** Told what is worth knowing and no failure, such as that an interrupted run is continued. */
  readonly onNotice?: (text: string) => void
  readonly onProgress?: (event: ProgressEvent) => void
}

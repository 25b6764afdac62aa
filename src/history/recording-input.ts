import type {
  EvidenceLayout,
  InventoryMark,
  Instant,
  ObjectSighting,
  Observation,
  OrganizationAccount,
  Unread,
} from '../model/index.ts'

/** The running batch: everything recorded with it was learned at `recordedAt` and becomes revision `revision`. */
export interface BatchHandle {
  readonly revision: number
  readonly recordedAt: Instant
  readonly name: string
  /** What an interrupted run had begun under this revision; null for a batch that starts here. */
  readonly continued: { readonly recordedAt: Instant; readonly name: string; readonly filesDone: number } | null
}

/** A file that was handed to Ajar in one batch, read before or not. */
export interface GivenFile {
  /** Relative to the directory that was given, `/`-separated. */
  readonly path: string
  readonly sha256: string
  readonly sizeBytes: number
}

/** A file of evidence as it is recorded: by its digest, once. */
export interface RecordedFile extends GivenFile {
  readonly layout: EvidenceLayout
}

/** A file whose contents are kept elsewhere (the lake, the content reports), with what of it could not be read. */
export interface FileOutcome {
  readonly file: RecordedFile
  readonly unread: readonly Unread[]
}

/** What was read from one file of evidence, or from a part of it. */
export interface EvidenceItems {
  readonly observations?: readonly Observation[]
  readonly accounts?: readonly OrganizationAccount[]
  readonly sightings?: readonly ObjectSighting[]
  readonly inventories?: readonly InventoryMark[]
  readonly unread?: readonly Unread[]
}

/** A copy of an object that is part of the evidence. */
export interface StoredObject {
  /** The bucket's resource id. */
  readonly store: string
  readonly key: string
  readonly sha256: string
  readonly path: string
  readonly sizeBytes: number
}

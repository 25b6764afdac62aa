import type {
  CaseDocument,
  ContentReport,
  Instant,
  InventoryMark,
  Json,
  MentionTable,
  ObjectSighting,
  Observation,
  OrganizationAccount,
  Unread,
} from '../model/index.ts'
import type { BatchSummary } from './batches.ts'
import type { RecordedContent } from './conclusions.ts'
import type { ConfigurationItem } from './configuration-item.ts'
import type { LedgerBreak, LedgerHead } from './ledger.ts'
import type { KnownFile } from './read-evidence.ts'
import type { BatchHandle, EvidenceItems, FileOutcome, GivenFile, RecordedFile, StoredObject } from './recording-input.ts'

/**
 * What Ajar knows and when it learned it. Facts are added and never changed. Readers take the moment `known` and answer
 * from the batches learned at or before it (all of them without one), the running batch included; their answers come in one
 * order, whatever the order of recording.
 */
export interface History {
  /** Where large tables are kept: a directory. */
  readonly lakeDirectory: string

  /** Which of these digests are recorded: their evidence need not be read again. */
  seen(digests: readonly string[]): Promise<ReadonlySet<string>>
  /** Starts the next batch, or goes on with the one that an earlier run did not finish. */
  beginBatch(batch: { readonly recordedAt: Instant; readonly name: string }): Promise<BatchHandle>
  /** Notes what the batch was given; files that were seen before are only noted. */
  recordGiven(batch: BatchHandle, files: readonly GivenFile[]): Promise<void>
  /**
   * Records one file with everything read from it in one transaction; a file that is there already is left as it is.
   * Large files come in parts. Whoever makes the parts must not call this History meanwhile: it would wait for itself.
   */
  recordEvidence(batch: BatchHandle, file: RecordedFile, items: EvidenceItems | AsyncIterable<EvidenceItems>): Promise<void>
  /** Records files whose contents are kept elsewhere, in one transaction; for thousands of them at once. */
  recordFiles(batch: BatchHandle, files: readonly FileOutcome[]): Promise<void>
  /** Records what could not even be opened, and so has no digest. */
  recordUnread(batch: BatchHandle, unread: readonly Unread[]): Promise<void>
  recordObject(batch: BatchHandle, objects: readonly StoredObject[]): Promise<void>
  recordContent(contents: readonly RecordedContent[]): Promise<void>

  observations(known?: Instant): Promise<Observation[]>
  accounts(known?: Instant): Promise<OrganizationAccount[]>
  sightings(known?: Instant): Promise<ObjectSighting[]>
  inventories(known?: Instant): Promise<InventoryMark[]>
  unread(known?: Instant): Promise<Unread[]>
  objects(known?: Instant): Promise<(StoredObject & { readonly revision: number })[]>
  evidenceFiles(known?: Instant): Promise<KnownFile[]>
  /** What was true of a resource at `validAt`, as known at `knownAt`: one item for each facet and source. */
  configurationAsOf(resource: string, validAt: Instant, knownAt?: Instant): Promise<ConfigurationItem[]>
  contentReports(): Promise<Map<string, ContentReport>>
  readMentions(sha256: string): Promise<MentionTable>

  /** What a stage made of an input, if it was remembered. The stage's name carries its version. */
  memo(stage: string, inputDigest: string): Promise<Json | undefined>
  remember(stage: string, inputDigest: string, value: Json): Promise<void>
  /** Keeps a setting when it is given the first time, and always says the one that is kept. */
  keepSetting(name: string, value: string): Promise<string>

  /** Batches by revision, the running one included: what was given, and what of it was new. */
  batches(known?: Instant): Promise<BatchSummary[]>
  /** Keeps the document, appends to the ledger and closes the batch, all or nothing. `document.ledger` is `ledger.pending`. */
  finishBatch(batch: BatchHandle, document: CaseDocument): Promise<void>
  revisions(): Promise<BatchSummary[]>
  revision(revision: number): Promise<CaseDocument | undefined>
  readonly ledger: {
    head(): Promise<LedgerHead>
    /** The chain with the running batch's evidence on it: what the document of its revision states. */
    pending(batch: BatchHandle): Promise<LedgerHead>
    verify(): Promise<LedgerHead & { readonly broken?: LedgerBreak }>
  }
  /** Waits for what is under way, and gives the store back. */
  close(): Promise<void>
}

export type { BatchSummary } from './batches.ts'
export type { RecordedContent } from './conclusions.ts'
export type { ConfigurationItem } from './configuration-item.ts'
export {
  HistoryError,
  RecordedAtOrderError,
  StoreAddressError,
  StoreDamagedError,
  StoreDiskFullError,
  StoreInUseError,
  StoreNotWritableError,
  StoreTooNewError,
  StoreUnreachableError,
} from './errors.ts'
export type { History } from './history.ts'
export type { LedgerBreak, LedgerHead } from './ledger.ts'
export { openHistory, type HistoryOptions } from './open-history.ts'
export type { KnownFile } from './read-evidence.ts'
export type { BatchHandle, EvidenceItems, FileOutcome, GivenFile, RecordedFile, StoredObject } from './recording-input.ts'

import type {
  EvidenceFile,
  EvidenceRef,
  Instant,
  InventoryMark,
  ObjectSighting,
  Observation,
  OrganizationAccount,
  Unread,
} from '../../model/index.ts'

/** One typed value read from a file of evidence. */
export type EvidenceItem =
  | { readonly kind: 'observation'; readonly observation: Observation }
  | { readonly kind: 'account'; readonly account: OrganizationAccount }
  | { readonly kind: 'sighting'; readonly sighting: ObjectSighting }
  | { readonly kind: 'inventory'; readonly mark: InventoryMark }
  | { readonly kind: 'unread'; readonly unread: Unread }

export interface ReadEvidenceOptions {
  /** Another file of the same discovery by its path: an inventory's manifest names its data files. */
  readonly related: (path: string) => EvidenceFile | undefined
  readonly signal?: AbortSignal
  /** When command-line outputs were taken whose path holds no date; without it they are named as unread. */
  readonly takenAt?: Instant
}

/** A file that could not be read, or not from this place on. */
export function unreadPart(
  file: Pick<EvidenceFile, 'path'>,
  code: Unread['code'],
  detail: string,
  lost: string,
  place: Omit<EvidenceRef, 'file'> = {},
): EvidenceItem {
  return { kind: 'unread', unread: { what: file.path, place: { file: file.path, ...place }, code, detail, lost } }
}

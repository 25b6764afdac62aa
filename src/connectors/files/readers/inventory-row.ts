import type { EvidenceFile, Instant, ObjectSighting } from '../../../model/index.ts'
import { instantOf } from '../json-fields.ts'

/** What a manifest says of the listing that it heads. */
export interface Listing {
  readonly bucket: string
  readonly store: string
  readonly at: Instant
  readonly format: string
  /** The columns of the data files in their order, without spaces. */
  readonly columns: readonly string[]
}

/** One listed object version, with its values as text whatever the format. */
export interface InventoryRow {
  readonly kind: 'row'
  /** Byte offset in a text file, else the row's number. */
  readonly offset: number
  readonly bucket: string | null
  readonly key: string | null
  readonly versionId: string | null
  readonly isDeleteMarker: boolean
  readonly sizeBytes: number | null
  readonly lastModified: string | null
}

/** The sighting that a row is: a delete marker says that the object was deleted when it was put. Null for a row that cannot be. */
export function sightingOf(file: EvidenceFile, listing: Listing, row: InventoryRow): ObjectSighting | null {
  if (row.key === null || (row.bucket !== null && row.bucket !== listing.bucket)) return null
  const lastModified = row.lastModified === null ? null : instantOf(row.lastModified)
  if (row.isDeleteMarker && lastModified === null) return null
  return {
    store: listing.store,
    key: row.key,
    versionId: row.versionId,
    kind: row.isDeleteMarker ? 'delete' : 'listed',
    at: row.isDeleteMarker ? lastModified! : listing.at,
    lastModified,
    sizeBytes: row.isDeleteMarker ? null : row.sizeBytes,
    evidence: { file: file.path, offset: row.offset },
  }
}

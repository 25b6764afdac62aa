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
  /** True too where the inventory lists current versions only. */
  readonly isLatest: boolean
  readonly isDeleteMarker: boolean
  readonly sizeBytes: number | null
  readonly lastModified: string | null
}

/**
 * The sighting that a row is. A delete marker says that the object was deleted when the marker was put, and a version that is not
 * the latest that it was put then: neither is there when the listing is made. Null for a row that cannot be.
 */
export function sightingOf(file: EvidenceFile, listing: Listing, row: InventoryRow): ObjectSighting | null {
  if (row.key === null || (row.bucket !== null && row.bucket !== listing.bucket)) return null
  const lastModified = row.lastModified === null ? null : instantOf(row.lastModified)
  const isListed = row.isLatest && !row.isDeleteMarker
  if (!isListed && lastModified === null) return null
  return {
    store: listing.store,
    key: row.key,
    versionId: row.versionId,
    kind: row.isDeleteMarker ? 'delete' : row.isLatest ? 'listed' : 'put',
    at: isListed ? listing.at : lastModified!,
    lastModified,
    sizeBytes: row.isDeleteMarker ? null : row.sizeBytes,
    evidence: { file: file.path, offset: row.offset },
  }
}

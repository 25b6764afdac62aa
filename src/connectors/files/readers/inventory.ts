import type { EvidenceFile, InventoryMark, Json } from '../../../model/index.ts'
import { type EvidenceItem, type ReadEvidenceOptions, unreadPart } from '../evidence-item.ts'
import { candidatePaths, dataFilesOf, type InventoryDataFile, isManifest } from '../inventory-manifest.ts'
import { at, instantOfEpoch, textAt } from '../json-fields.ts'
import { readDocument } from '../read-json.ts'
import { bucketRef } from '../resource-names.ts'
import { readCsvRows } from './inventory-csv.ts'
import { readParquetRows } from './inventory-parquet.ts'
import { type InventoryRow, type Listing, sightingOf } from './inventory-row.ts'

/**
 * The objects that an S3 Inventory lists, read by way of its manifest, and one mark when every data file was there, whole and
 * with the digest that the manifest names: only then does a missing object mean that it was not there.
 */
export async function* readInventory(file: EvidenceFile, options: ReadEvidenceOptions): AsyncGenerator<EvidenceItem> {
  if (!isManifest(file)) return
  const document = await readDocument(file, options.signal)
  if (document.kind === 'unread') return yield document
  const listing = listingOf(document.value)
  if (listing === null) {
    const detail = 'The manifest lacks its bucket, its time, its format or its columns.'
    return yield unreadPart(file, 'malformed', detail, 'Which objects the bucket held then.')
  }
  let whole = true
  for (const data of dataFilesOf(document.value)) {
    for await (const item of readDataFile(file, listing, data, options)) {
      if (item.kind === 'unread') whole = false
      yield item
    }
  }
  if (whole) yield { kind: 'inventory', mark: markOf(file, listing) }
}

function listingOf(manifest: Json): Listing | null {
  const bucket = textAt(manifest, 'sourceBucket')?.replace(/^arn:aws[a-z-]*:s3:::/, '') ?? null
  const at = instantOfEpoch(Number(textAt(manifest, 'creationTimestamp') ?? creationNumber(manifest)))
  const format = textAt(manifest, 'fileFormat')
  const schema = textAt(manifest, 'fileSchema')
  if (bucket === null || at === null || format === null || schema === null) return null
  const partition = /^arn:(aws[a-z-]*):/.exec(textAt(manifest, 'destinationBucket') ?? '')?.[1] ?? 'aws'
  const store = bucketRef(bucket, '', '', `arn:${partition}:s3:::${bucket}`).id
  return { bucket, store, at, format, columns: schema.split(',').map((column) => column.trim()) }
}

function creationNumber(manifest: Json): number {
  const time = at(manifest, 'creationTimestamp')
  return typeof time === 'number' ? time : Number.NaN
}

function markOf(file: EvidenceFile, listing: Listing): InventoryMark {
  return { store: listing.store, at: listing.at, evidence: { file: file.path } }
}

async function* readDataFile(
  manifest: EvidenceFile,
  listing: Listing,
  data: InventoryDataFile,
  options: ReadEvidenceOptions,
): AsyncGenerator<EvidenceItem> {
  const lost = `Which objects of ${listing.store} it lists, and with that which were not there at ${listing.at}.`
  const file = candidatePaths(manifest.path, data.key)
    .map(options.related)
    .find((candidate) => candidate !== undefined)
  if (file === undefined) {
    const detail = `The manifest names the data file ${data.key}, which is not in the evidence.`
    return yield unreadPart(manifest, 'unreadable', detail, lost)
  }
  for await (const row of rowsOf(file, listing, data, options)) {
    if (row.kind === 'unread') yield { kind: 'unread', unread: { ...row.unread, lost } }
    else yield sightingItem(file, listing, row, lost)
  }
}

function rowsOf(
  file: EvidenceFile,
  listing: Listing,
  data: InventoryDataFile,
  options: ReadEvidenceOptions,
): AsyncIterable<InventoryRow | Extract<EvidenceItem, { kind: 'unread' }>> {
  if (listing.format === 'CSV') return readCsvRows(file, listing.columns, data.md5, options.signal)
  return readParquetRows(file, listing.format, data.md5, options.signal)
}

function sightingItem(file: EvidenceFile, listing: Listing, row: InventoryRow, lost: string): EvidenceItem {
  const sighting = sightingOf(file, listing, row)
  if (sighting !== null) return { kind: 'sighting', sighting }
  return unreadPart(file, 'malformed', 'One row lacks its key or is of another bucket.', lost, { offset: row.offset })
}

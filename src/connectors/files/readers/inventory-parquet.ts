import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import type { EvidenceFile } from '../../../model/index.ts'
import { type EvidenceItem, unreadPart } from '../evidence-item.ts'
import { FileDigestCheck } from '../file-digest-check.ts'
import type { InventoryRow } from './inventory-row.ts'

type Note = Extract<EvidenceItem, { kind: 'unread' }>

const COLUMNS = ['bucket', 'key', 'version_id', 'is_latest', 'is_delete_marker', 'size', 'last_modified_date']
const ROWS_AT_ONCE = 50_000

/** The rows of a Parquet data file; other formats are named as unsupported. Keys in Parquet are not encoded. */
export async function* readParquetRows(
  file: EvidenceFile,
  format: string,
  md5: string | null,
  signal: AbortSignal | undefined,
): AsyncGenerator<InventoryRow | Note> {
  if (format !== 'Parquet') return yield note(file, 'unsupported', `The inventory is in ${format}, which is not read here.`)
  let broken = false
  for await (const found of new FileDigestCheck(file, md5).check(signal)) {
    broken = true
    yield found
  }
  try {
    yield* rowsOf(file, signal)
  } catch (error) {
    signal?.throwIfAborted()
    if (!broken) yield note(file, 'malformed', `The Parquet file could not be read: ${firstLine(error)}`)
  }
}

async function* rowsOf(file: EvidenceFile, signal: AbortSignal | undefined): AsyncGenerator<InventoryRow> {
  const buffer = await asyncBufferFromFile(file.absolutePath)
  const metadata = await parquetMetadataAsync(buffer)
  const rowCount = Number(metadata.num_rows)
  const columns = COLUMNS.filter((name) => hasColumn(metadata, name))
  for (let rowStart = 0; rowStart < rowCount; rowStart += ROWS_AT_ONCE) {
    signal?.throwIfAborted()
    const rowEnd = Math.min(rowCount, rowStart + ROWS_AT_ONCE)
    const rows = await parquetReadObjects({ file: buffer, metadata, columns, rowStart, rowEnd })
    for (const [index, row] of rows.entries()) yield rowOf(row, rowStart + index)
  }
}

function rowOf(row: Readonly<Record<string, unknown>>, offset: number): InventoryRow {
  const size = Number(row.size ?? Number.NaN)
  const modified = row.last_modified_date
  return {
    kind: 'row',
    offset,
    bucket: textOf(row.bucket),
    key: textOf(row.key),
    versionId: textOf(row.version_id),
    isLatest: row.is_latest !== false,
    isDeleteMarker: row.is_delete_marker === true,
    sizeBytes: Number.isSafeInteger(size) && size >= 0 ? size : null,
    lastModified: modified instanceof Date && !Number.isNaN(modified.getTime()) ? modified.toISOString() : textOf(modified),
  }
}

function hasColumn(metadata: FileMetaData, name: string): boolean {
  return metadata.schema.some((element) => element.name === name)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 200)
}

function note(file: EvidenceFile, code: Parameters<typeof unreadPart>[1], detail: string): Note {
  return unreadPart(file, code, detail, 'The objects that it lists.') as Note
}

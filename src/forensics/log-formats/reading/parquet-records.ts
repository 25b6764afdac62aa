import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { type AsyncBuffer, type Compressors, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import type { Json } from '../../../model/index.ts'
import type { ColumnBatch } from '../column-batch.ts'
import type { RandomAccessFile, TableOutcome } from '../log-format.ts'
import type { JsonObject } from './json-value.ts'
import type { MapRecord } from './json-reader.ts'
import { NO_RECORD } from './line-reader.ts'
import { RowWriter } from './row-writer.ts'

/** Rows of a row group that are decoded at once, at most; a larger group is decoded in stretches. */
const STRETCH_ROWS = 131_072
const BATCH_ROWS = 4096
/** A page is a few megabytes at most; more is made to hurt. */
const MOST_PAGE_BYTES = 256 << 20

const COMPRESSORS: Compressors = {
  GZIP: (input, length) => bounded(length, () => gunzipSync(input, { maxOutputLength: length })),
  BROTLI: (input, length) => bounded(length, () => brotliDecompressSync(input, { maxOutputLength: length })),
  ZSTD: (input, length) => bounded(length, () => zstdDecompressSync(input, { maxOutputLength: length })),
}

/** Reads a Parquet file's rows as JSON records, row group by row group, into batches of bounded size. */
export async function readParquetRecords(
  file: RandomAccessFile,
  batch: ColumnBatch,
  take: () => void,
  map: MapRecord,
): Promise<TableOutcome> {
  const table = new TableRows(batch, take, map)
  try {
    const source: AsyncBuffer = { byteLength: file.byteLength, slice: (start, end) => file.slice(start, end) }
    const metadata = await parquetMetadataAsync(source)
    for (const { from, to } of stretches(metadata)) {
      const rows = await parquetReadObjects({ file: source, metadata, rowStart: from, rowEnd: to, compressors: COMPRESSORS })
      if (rows.length !== to - from) throw new Error('fewer rows than its metadata say')
      table.add(rows, from)
    }
    return { passedOver: table.passedOver, problem: null }
  } catch (error) {
    const isUnsupported = error instanceof Error && /unsupported|codec|encrypt/i.test(error.message)
    const what = isUnsupported ? 'a compression or encoding that is not read' : 'damaged Parquet metadata or pages'
    return { passedOver: table.passedOver, problem: `holds ${what} after row ${table.rowsRead}` }
  }
}

function* stretches(metadata: FileMetaData): Generator<{ from: number; to: number }> {
  let groupStart = 0
  for (const group of metadata.row_groups) {
    const groupEnd = groupStart + Number(group.num_rows)
    for (let from = groupStart; from < groupEnd; from += STRETCH_ROWS) yield { from, to: Math.min(from + STRETCH_ROWS, groupEnd) }
    groupStart = groupEnd
  }
}

class TableRows {
  passedOver = 0
  rowsRead = 0
  private readonly batch: ColumnBatch
  private readonly take: () => void
  private readonly map: MapRecord
  private readonly writer = new RowWriter()

  constructor(batch: ColumnBatch, take: () => void, map: MapRecord) {
    this.batch = batch
    this.take = take
    this.map = map
  }

  add(rows: readonly Record<string, unknown>[], firstRow: number): void {
    for (let from = 0; from < rows.length; from += BATCH_ROWS) {
      const some = rows.slice(from, from + BATCH_ROWS).map((row) => jsonOf(row, 0) as JsonObject)
      this.fill(some, firstRow + from)
      this.rowsRead += some.length
      this.take()
    }
  }

  /** The records as text stand where a log's lines would, for their hashes; a row's number stands for its offset. */
  private fill(records: readonly JsonObject[], firstRow: number): void {
    const texts = records.map((record) => ENCODER.encode(JSON.stringify(record)))
    const bytes = new Uint8Array(texts.reduce((sum, text) => sum + text.length, 0))
    this.batch.reset(bytes)
    let at = 0
    texts.forEach((text, index) => {
      bytes.set(text, at)
      const row = this.batch.addRow(at, at + text.length, firstRow + index)
      at += text.length
      const readings = this.map(records[index]!, this.writer.at(this.batch, row))
      if (readings === NO_RECORD) {
        this.batch.dropRow()
        this.passedOver += 1
      } else this.batch.numbers.readings[row] = readings
    })
  }
}

const ENCODER = new TextEncoder()
const MOST_DEPTH = 32

function jsonOf(value: unknown, depth: number): Json {
  if (value === null || value === undefined || depth > MOST_DEPTH) return null
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map((each) => jsonOf(each, depth + 1))
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, jsonOf(each, depth + 1)]))
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

function bounded(length: number, decompress: () => Uint8Array): Uint8Array {
  if (length > MOST_PAGE_BYTES) throw new Error('a page claims more bytes than any writer makes')
  return decompress()
}

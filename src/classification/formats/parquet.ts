import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { type AsyncBuffer, type Compressors, parquetMetadataAsync, parquetScan, parquetSchema } from 'hyparquet'
import { UnreadableContentError } from '../content-source.ts'
import type { Cell, Format, FormatInput, RecordSink } from './format.ts'
import { JsonRows } from './flatten-json.ts'
import { RowCollector } from './row-collector.ts'

const MAGIC = 'PAR1'
const BATCH_ROWS = 8192
// A page is a few megabytes at most; more is made to hurt.
const PAGE_BYTES = 256 << 20

const COMPRESSORS: Compressors = {
  GZIP: (input, length) => bounded(length, () => gunzipSync(input, { maxOutputLength: length })),
  BROTLI: (input, length) => bounded(length, () => brotliDecompressSync(input, { maxOutputLength: length })),
  ZSTD: (input, length) => bounded(length, () => zstdDecompressSync(input, { maxOutputLength: length })),
}

/** Apache Parquet, read column by column. */
export const parquet: Format = {
  id: 'parquet',
  isWhole: true,
  isBinary: true,
  recognise: ({ bytes }) => Buffer.from(bytes.subarray(0, 4)).toString('latin1') === MAGIC,
  read: readParquet,
}

async function readParquet(input: FormatInput, sink: RecordSink): Promise<void> {
  const file = await openFile(input)
  const tail = new Uint8Array(await file.slice(Math.max(0, file.byteLength - 4), file.byteLength))
  if (file.byteLength < 12 || Buffer.from(tail).toString('latin1') !== MAGIC)
    throw new UnreadableContentError('truncated', 'the footer is missing', { offset: file.byteLength })
  try {
    await readColumns(file, input, sink)
  } catch (error) {
    input.signal?.throwIfAborted()
    if (error instanceof UnreadableContentError) throw error
    const isUnsupported = error instanceof Error && /unsupported|compression codec|encrypt/i.test(error.message)
    throw isUnsupported
      ? new UnreadableContentError('unsupported', 'a compression or encoding that is not read', { cause: error })
      : new UnreadableContentError('malformed', 'damaged Parquet metadata or pages', { cause: error })
  }
}

async function readColumns(file: AsyncBuffer, input: FormatInput, sink: RecordSink): Promise<void> {
  const metadata = await parquetMetadataAsync(file)
  const columns = parquetSchema(metadata).children
  if (columns.length > input.limits.columns)
    sink.problem({ code: 'too-many-columns', detail: `${columns.length} columns, of which ${input.limits.columns} are read` })
  const names = columns.slice(0, input.limits.columns).map((column) => column.element.name)
  const isNested = columns.some((column) => column.children.length > 0)
  const rows = new RowCollector(sink, '')
  const records = new JsonRows(rows, input.limits)
  const scan = await parquetScan({ file, metadata, compressors: COMPRESSORS, useOffsetIndex: false })
  for (const range of scan.ranges) {
    input.signal?.throwIfAborted()
    if (isNested) await nestedGroup(names, scan, range, records)
    else await flatGroup(names, scan, range, sink)
  }
  rows.flush()
}

type Scan = Awaited<ReturnType<typeof parquetScan>>
type Range = Scan['ranges'][number]

async function flatGroup(names: readonly string[], scan: Scan, range: Range, sink: RecordSink): Promise<void> {
  const read = names.map((name, i) => (sink.isNeeded('', i) ? scan.readColumn({ column: name, ...range }) : null))
  const cells = await Promise.all(read)
  for (let from = 0; from < range.rowEnd - range.rowStart; from += BATCH_ROWS) {
    const to = Math.min(from + BATCH_ROWS, range.rowEnd - range.rowStart)
    sink.rows({
      table: '',
      columns: names,
      cells: cells.map((column) => (column === null ? null : (column.slice(from, to) as ArrayLike<Cell>))),
      rowCount: to - from,
    })
  }
}

async function nestedGroup(names: readonly string[], scan: Scan, range: Range, records: JsonRows): Promise<void> {
  const cells = await Promise.all(names.map((name) => scan.readColumn({ column: name, ...range })))
  for (let row = 0; row < range.rowEnd - range.rowStart; row += 1)
    records.add(Object.fromEntries(names.map((name, i) => [name, cells[i]![row]])))
}

async function openFile(input: FormatInput): Promise<AsyncBuffer> {
  if (input.range !== null && input.sizeBytes !== null) {
    const read = input.range
    return {
      byteLength: input.sizeBytes,
      slice: async (from, to = input.sizeBytes!) => exactBuffer(await read(Math.max(0, from), Math.min(to, input.sizeBytes!))),
    }
  }
  const bytes = await input.whole()
  return { byteLength: bytes.length, slice: (from, to = bytes.length) => exactBuffer(bytes.subarray(from, to)) }
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}

function bounded(length: number, decompress: () => Uint8Array): Uint8Array {
  if (length > PAGE_BYTES) throw new UnreadableContentError('bomb', 'a page claims more bytes than any writer makes')
  return decompress()
}

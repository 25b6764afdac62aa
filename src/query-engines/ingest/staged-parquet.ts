import { appendFileSync } from 'node:fs'
import type { FileMetaData, RowGroup, SchemaElement } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { writePageHeader } from 'hyparquet-writer/src/datapage.js'
import { writeMetadata } from 'hyparquet-writer/src/metadata.js'
import { NUMBER_COLUMNS, TEXT_COLUMNS } from '../../forensics/index.ts'
import { FILE_INDEX, LINE_HASH, StagedColumns, type TextPlain } from './staged-columns.ts'

/**
 * A Parquet file that is only a bridge from the parsers to DuckDB: plain, uncompressed, unsorted. Row groups are appended as
 * they fill, so memory does not grow with the file; the container's parts (page headers, footer) are hyparquet-writer's.
 */
export class StagedParquet {
  readonly path: string
  readonly columns = new StagedColumns()
  rowCount = 0
  private offset = 0
  private readonly rowGroups: RowGroup[] = []

  constructor(path: string) {
    this.path = path
  }

  flush(): void {
    const { columns } = this
    if (columns.rowCount === 0) return
    const writer = new ByteWriter()
    if (this.offset === 0) writer.appendUint32(MAGIC)
    const chunks: Uint8Array[] = []
    const places: ColumnPlace[] = []
    let offset = this.offset
    const add = (bytes: Uint8Array) => {
      chunks.push(bytes)
      offset += bytes.length
    }
    if (this.offset === 0) add(writer.getBytes().slice())
    columns.text.forEach((column, index) => {
      const levels = definitionLevels(column, columns.rowCount)
      places.push(addPage(TEXT_COLUMNS[index]!, 'BYTE_ARRAY', levels, column.bytes.subarray(0, column.length), column.nullCount))
    })
    columns.numbers.forEach((column, index) => {
      places.push(addPage(NUMBER_COLUMNS[index]!, 'DOUBLE', NONE, bytesOf(column.subarray(0, columns.rowCount)), 0))
    })
    places.push(addPage(FILE_INDEX, 'DOUBLE', NONE, bytesOf(columns.fileIndex.subarray(0, columns.rowCount)), 0))
    places.push(addPage(LINE_HASH, 'INT64', NONE, bytesOf(columns.lineHash.subarray(0, 2 * columns.rowCount)), 0))
    this.rowGroups.push(rowGroup(places, columns.rowCount))
    for (const chunk of chunks) appendFileSync(this.path, chunk)
    this.offset = offset
    this.rowCount += columns.rowCount
    columns.clear()

    function addPage(
      name: string,
      type: ColumnPlace['type'],
      levels: Uint8Array,
      values: Uint8Array,
      nulls: number,
    ): ColumnPlace {
      const start = offset
      add(pageHeader(columns.rowCount, nulls, levels.length, values.length))
      add(levels)
      add(values)
      return { name, type, start, size: offset - start }
    }
  }

  /** Writes what is left and the footer. */
  finish(): void {
    this.flush()
    const writer = new ByteWriter()
    const metadata: Omit<FileMetaData, 'metadata_length'> = {
      version: 2,
      created_by: 'leftajar',
      schema: SCHEMA,
      num_rows: BigInt(this.rowCount),
      row_groups: this.rowGroups,
    }
    writeMetadata(writer, metadata as FileMetaData)
    writer.appendUint32(MAGIC)
    appendFileSync(this.path, writer.getBytes())
  }
}

interface ColumnPlace {
  readonly name: string
  readonly type: 'BYTE_ARRAY' | 'DOUBLE' | 'INT64'
  readonly start: number
  readonly size: number
}

/** "PAR1", little-endian. */
const MAGIC = 0x31524150
const NONE = new Uint8Array(0)

const SCHEMA: SchemaElement[] = [
  { name: 'root', num_children: TEXT_COLUMNS.length + NUMBER_COLUMNS.length + 2 },
  ...TEXT_COLUMNS.map(
    (name): SchemaElement => ({ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' }),
  ),
  ...NUMBER_COLUMNS.map((name): SchemaElement => ({ name, type: 'DOUBLE', repetition_type: 'REQUIRED' })),
  { name: FILE_INDEX, type: 'DOUBLE', repetition_type: 'REQUIRED' },
  { name: LINE_HASH, type: 'INT64', repetition_type: 'REQUIRED' },
]

function pageHeader(rows: number, nulls: number, levelBytes: number, valueBytes: number): Uint8Array {
  const writer = new ByteWriter()
  writePageHeader(writer, {
    type: 'DATA_PAGE_V2',
    uncompressed_page_size: levelBytes + valueBytes,
    compressed_page_size: levelBytes + valueBytes,
    data_page_header_v2: {
      num_values: rows,
      num_nulls: nulls,
      num_rows: rows,
      encoding: 'PLAIN',
      definition_levels_byte_length: levelBytes,
      repetition_levels_byte_length: 0,
      is_compressed: false,
    },
  })
  return writer.getBytes().slice()
}

/** Definition levels of a nullable column are its validity bits: one bit-packed run, headed by its number of bytes. */
function definitionLevels(column: TextPlain, rows: number): Uint8Array {
  const groups = (rows + 7) >> 3
  const writer = new ByteWriter()
  writer.appendVarInt((groups << 1) | 1)
  writer.appendBytes(column.valid.subarray(0, groups))
  return writer.getBytes().slice()
}

function rowGroup(places: readonly ColumnPlace[], rows: number): RowGroup {
  const total = places.reduce((sum, { size }) => sum + size, 0)
  return {
    columns: places.map(({ name, type, start, size }) => ({
      file_offset: BigInt(start),
      meta_data: {
        type,
        encodings: ['PLAIN', 'RLE'],
        path_in_schema: [name],
        codec: 'UNCOMPRESSED',
        num_values: BigInt(rows),
        total_uncompressed_size: BigInt(size),
        total_compressed_size: BigInt(size),
        data_page_offset: BigInt(start),
      },
    })),
    total_byte_size: BigInt(total),
    num_rows: BigInt(rows),
  }
}

function bytesOf(view: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
}

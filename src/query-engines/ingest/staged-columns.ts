import { type ColumnBatch, NULL_TEXT, NUMBER_COLUMNS, TEXT_COLUMNS } from '../../forensics/index.ts'

/** Columns of a staged file beside the batch's own: the file's number in its group, and the line's hash. */
export const FILE_INDEX = 'file_index'
export const LINE_HASH = 'line_hash'

/**
 * Rows gathered for one row group, already in the bytes that Parquet's PLAIN encoding has: text as length and bytes with one
 * validity bit a row, numbers as doubles (NaN is null), the hash as a signed 64-bit integer.
 */
export class StagedColumns {
  rowCount = 0
  readonly text = TEXT_COLUMNS.map(() => new TextPlain())
  readonly numbers = NUMBER_COLUMNS.map(() => new Float64Array(FIRST_ROWS))
  fileIndex = new Float64Array(FIRST_ROWS)
  lineHash = new Int32Array(2 * FIRST_ROWS)

  get byteLength(): number {
    return this.text.reduce((sum, column) => sum + column.length, 0) + this.rowCount * 8 * (NUMBER_COLUMNS.length + 2)
  }

  /** Copies rows `from` to `to` (exclusive) of the batch; `hashes` holds two 32-bit halves a row, low first. */
  append(batch: ColumnBatch, from: number, to: number, fileIndex: number, hashes: Int32Array): void {
    const count = to - from
    this.reserve(this.rowCount + count)
    TEXT_COLUMNS.forEach((name, column) => {
      this.text[column]!.append(batch.at[name], batch.length[name], from, to, batch, this.rowCount)
    })
    NUMBER_COLUMNS.forEach((name, column) => {
      this.numbers[column]!.set(batch.numbers[name].subarray(from, to), this.rowCount)
    })
    this.fileIndex.fill(fileIndex, this.rowCount, this.rowCount + count)
    this.lineHash.set(hashes.subarray(2 * from, 2 * to), 2 * this.rowCount)
    this.rowCount += count
  }

  clear(): void {
    this.rowCount = 0
    for (const column of this.text) column.clear()
  }

  private reserve(rows: number): void {
    if (rows <= this.fileIndex.length) return
    const capacity = Math.max(rows, 2 * this.fileIndex.length)
    this.numbers.forEach((column, index) => {
      const larger = new Float64Array(capacity)
      larger.set(column)
      this.numbers[index] = larger
    })
    const indexes = new Float64Array(capacity)
    indexes.set(this.fileIndex)
    this.fileIndex = indexes
    const hashes = new Int32Array(2 * capacity)
    hashes.set(this.lineHash)
    this.lineHash = hashes
  }
}

const FIRST_ROWS = 1024

/** One text column: each value as four bytes of length and its bytes. */
export class TextPlain {
  bytes = new Uint8Array(1024)
  length = 0
  valid = new Uint8Array(FIRST_ROWS / 8)
  nullCount = 0

  append(at: Int32Array, lengths: Int32Array, from: number, to: number, batch: ColumnBatch, firstRow: number): void {
    this.reserveRows(firstRow + to - from)
    const { valid } = this
    for (let row = from; row < to; row++) {
      const place = at[row]!
      if (place === NULL_TEXT) {
        this.nullCount += 1
        continue
      }
      const target = firstRow + row - from
      valid[target >> 3]! |= 1 << (target & 7)
      this.copy(place >= 0 ? batch.bytes : batch.aside, place >= 0 ? place : -2 - place, lengths[row]!)
    }
  }

  clear(): void {
    this.length = 0
    this.nullCount = 0
    this.valid.fill(0)
  }

  private copy(source: Uint8Array, start: number, length: number): void {
    let to = this.length
    if (to + length + 4 > this.bytes.length) this.reserveBytes(to + length + 4)
    const { bytes } = this
    bytes[to++] = length
    bytes[to++] = length >> 8
    bytes[to++] = length >> 16
    bytes[to++] = length >> 24
    // A loop beats `set` with its subarray for values as short as these.
    if (length > 96) bytes.set(source.subarray(start, start + length), to)
    else for (let index = 0; index < length; index++) bytes[to + index] = source[start + index]!
    this.length = to + length
  }

  private reserveBytes(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, 2 * this.bytes.length))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }

  private reserveRows(rows: number): void {
    if (rows <= 8 * this.valid.length) return
    const larger = new Uint8Array(Math.max((rows + 7) >> 3, 2 * this.valid.length))
    larger.set(this.valid)
    this.valid = larger
  }
}

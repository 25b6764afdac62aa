/**
 * Text columns of a parsed log, in the order they are stored. Values are as logged; `null` where the log says `-` or
 * its format lacks the column. `object_key` is the key with the log's URL encoding taken off; `extra` holds what no
 * other column does. `bucket` is the store as its log names it: a bucket, `account/container` in Azure, a database, a
 * distribution's domain, a load balancer, a network interface; `resource` is the provider's own id where the log has it.
 * `access` is what the operation does where the format can tell; null where the operation's name tells it.
 */
export const TEXT_COLUMNS = [
  'bucket_owner',
  'bucket',
  'remote_ip',
  'requester',
  'request_id',
  'operation',
  'key',
  'object_key',
  'request_uri',
  'error_code',
  'referer',
  'user_agent',
  'version_id',
  'host_id',
  'signature_version',
  'cipher_suite',
  'authentication_type',
  'host_header',
  'tls_version',
  'access_point_arn',
  'acl_required',
  'source_region',
  'account',
  'principal_type',
  'vpc_endpoint',
  'event_id',
  'resource',
  'access',
  'extra',
] as const
export type TextColumn = (typeof TEXT_COLUMNS)[number]

/**
 * Number columns of a parsed log; NaN stands for null. `time_ms` is epoch milliseconds in UTC, `line_offset` counts
 * bytes in the (decompressed) file. `status`, `bytes_sent` and `succeeded` are those of the worst consistent reading,
 * the `milder_` ones those of the mildest. `readings` says how many readings are consistent: 0 for a rejected line, which is kept by place and hash
 * with whatever columns could be told; more than 1 for an ambiguous one.
 */
export const NUMBER_COLUMNS = [
  'time_ms',
  'status',
  'milder_status',
  'succeeded',
  'milder_succeeded',
  'bytes_sent',
  'milder_bytes_sent',
  'object_size',
  'total_time_ms',
  'turn_around_time_ms',
  'column_count',
  'readings',
  'escaped',
  'line_offset',
  'line_length',
] as const
export type NumberColumn = (typeof NUMBER_COLUMNS)[number]

/** Parsed lines as columns: text as places in `bytes` or in `aside`, so that parsing makes no strings. */
export class ColumnBatch {
  /** The chunk that was parsed; text columns point into it. Valid until the reader fills the next chunk. */
  bytes: Uint8Array = EMPTY
  /** Bytes of values that do not stand in the chunk as they are: decoded keys, escaped text, values out of JSON. */
  aside = new Uint8Array(1 << 14)
  rowCount = 0
  private asideLength = 0
  private capacity = FIRST_CAPACITY
  /** Per text column: where each row's value starts. `NULL_TEXT`: null; `-2 - n`: byte n of `aside`. */
  readonly at: Record<TextColumn, Int32Array>
  readonly length: Record<TextColumn, Int32Array>
  readonly numbers: Record<NumberColumn, Float64Array>
  /** The same columns by their place in TEXT_COLUMNS, for those who write millions of rows. */
  readonly atBy: Int32Array[]
  readonly lengthBy: Int32Array[]
  /** Where each row's raw line lies in `bytes`, for its hash. */
  lineStart = new Int32Array(FIRST_CAPACITY)
  lineEnd = new Int32Array(FIRST_CAPACITY)

  constructor() {
    this.at = columnsOf(TEXT_COLUMNS, () => new Int32Array(FIRST_CAPACITY).fill(NULL_TEXT))
    this.length = columnsOf(TEXT_COLUMNS, () => new Int32Array(FIRST_CAPACITY))
    this.numbers = columnsOf(NUMBER_COLUMNS, () => new Float64Array(FIRST_CAPACITY).fill(Number.NaN))
    this.atBy = TEXT_COLUMNS.map((name) => this.at[name])
    this.lengthBy = TEXT_COLUMNS.map((name) => this.length[name])
  }

  /** Forgets all rows and points the batch at the next chunk. Rows to come are all null. */
  reset(bytes: Uint8Array): void {
    for (const column of this.atBy) column.fill(NULL_TEXT, 0, this.rowCount)
    for (const name of NUMBER_COLUMNS) this.numbers[name].fill(Number.NaN, 0, this.rowCount)
    this.bytes = bytes
    this.rowCount = 0
    this.asideLength = 0
  }

  /** Adds a row whose columns are all null and returns its number. */
  addRow(lineStart: number, lineEnd: number, fileOffset: number): number {
    if (this.rowCount === this.capacity) this.grow()
    const row = this.rowCount++
    this.lineStart[row] = lineStart
    this.lineEnd[row] = lineEnd
    const { line_offset, line_length, escaped } = this.numbers
    line_offset[row] = fileOffset
    line_length[row] = lineEnd - lineStart
    escaped[row] = 0
    return row
  }

  /** Takes the row back that was added last. */
  dropRow(): void {
    this.rowCount -= 1
    for (const column of this.atBy) column[this.rowCount] = NULL_TEXT
    for (const name of NUMBER_COLUMNS) this.numbers[name][this.rowCount] = Number.NaN
  }

  setText(column: TextColumn, row: number, start: number, end: number): void {
    this.at[column][row] = start
    this.length[column][row] = end - start
  }

  /** Keeps a value that does not stand in the chunk. */
  setAside(column: TextColumn, row: number, value: Uint8Array): void {
    const start = this.asideLength
    this.reserveAside(value.length)
    this.aside.set(value, start)
    this.keepAside(column, row, value.length)
  }

  setString(column: TextColumn, row: number, value: string): void {
    const start = this.asideLength
    this.reserveAside(3 * value.length)
    const { aside } = this
    // A loop beats the encoder for values as short as these, unless they are not ASCII.
    let length = 0
    for (; length < value.length && length < SHORT_TEXT; length++) {
      const code = value.charCodeAt(length)
      if (code >= 0x80) break
      aside[start + length] = code
    }
    if (length < value.length) length = ENCODER.encodeInto(value, aside.subarray(start)).written
    this.keepAside(column, row, length)
  }

  private reserveAside(byteCount: number): void {
    const end = this.asideLength + byteCount
    if (end <= this.aside.length) return
    const larger = new Uint8Array(Math.max(end, this.aside.length * 2))
    larger.set(this.aside.subarray(0, this.asideLength))
    this.aside = larger
  }

  private keepAside(column: TextColumn, row: number, length: number): void {
    this.at[column][row] = -2 - this.asideLength
    this.length[column][row] = length
    this.asideLength += length
  }

  /** The text of one cell, for tests, records and whatever is not in a hurry; null for null. */
  text(column: TextColumn, row: number): string | null {
    const at = this.at[column][row]!
    if (at === NULL_TEXT) return null
    const source = at >= 0 ? this.bytes : this.aside
    const start = at >= 0 ? at : -2 - at
    return DECODER.decode(source.subarray(start, start + this.length[column][row]!))
  }

  number(column: NumberColumn, row: number): number | null {
    const value = this.numbers[column][row]!
    return Number.isNaN(value) ? null : value
  }

  private grow(): void {
    this.capacity *= 2
    TEXT_COLUMNS.forEach((name, index) => {
      this.at[name] = enlarged(this.at[name], this.capacity, NULL_TEXT)
      this.length[name] = enlarged(this.length[name], this.capacity, 0)
      this.atBy[index] = this.at[name]
      this.lengthBy[index] = this.length[name]
    })
    for (const name of NUMBER_COLUMNS) {
      const larger = new Float64Array(this.capacity).fill(Number.NaN)
      larger.set(this.numbers[name])
      this.numbers[name] = larger
    }
    this.lineStart = enlarged(this.lineStart, this.capacity, 0)
    this.lineEnd = enlarged(this.lineEnd, this.capacity, 0)
  }
}

/** In `ColumnBatch.at`: no value. */
export const NULL_TEXT = -1

const FIRST_CAPACITY = 1024
const SHORT_TEXT = 200
const EMPTY = new Uint8Array(0)
const ENCODER = new TextEncoder()
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })

function columnsOf<Name extends string, Column>(names: readonly Name[], make: () => Column): Record<Name, Column> {
  return Object.fromEntries(names.map((name) => [name, make()])) as Record<Name, Column>
}

function enlarged(column: Int32Array, capacity: number, fill: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity)
  if (fill !== 0) larger.fill(fill, column.length)
  larger.set(column)
  return larger
}

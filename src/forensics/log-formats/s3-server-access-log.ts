import type { ColumnBatch, TextColumn } from './column-batch.ts'
import { decodeLoggedKey } from './key-encoding.ts'
import { LOG_TIME_LENGTH, parseLogTime } from './log-time.ts'
import { type LogFormat, type LogReader, MAX_READINGS, MAX_RECORD_BYTES } from './log-format.ts'
import { MIDDLE_FIELDS, readMiddle, readTail, TAIL_FIELDS } from './s3-line-fields.ts'
import { type LineReading, lineReadings } from './s3-line-readings.ts'
import { escapeRow } from './reading/escape-row.ts'
import { escapeInvalidUtf8 } from './utf8-escape.ts'

/**
 * Amazon S3 server access logs, one record a line, 18 to 27 columns.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
 */
export const s3ServerAccessLog: LogFormat = {
  id: 's3-access-log',
  layout: 's3-access-log',
  recognises: ({ lines }) => LINE.test(lines[0] ?? ''),
  open: () => new AccessLogReader(),
}

/** Owner, bucket, time, address, requester, request id, operation, key, and a URI in quotes or `-`. */
const LINE =
  /^\S{1,128} [a-zA-Z0-9][\w.-]{2,254} \[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] \S+ \S+ \S+ \S+ \S+ (?:"|- )/

/** Every consistent reading of one line's later fields, for those who want to see them all. */
export function readingsOfS3Line(line: Uint8Array): readonly S3Reading[] {
  const marks = new LineMarks()
  marks.scan(line, 0)
  const start = marks.spaceCount > 8 ? marks.spaces[8]! + 1 : line.length
  const { readings } = lineReadings(line, start, marks.end, marks.quotes, quotesFrom(marks, start), MAX_READINGS)
  const text = (from: number, to: number) => (from < 0 ? null : dashAsNull(new TextDecoder().decode(line.subarray(from, to))))
  return readings.map((reading) => ({
    requestUri: text(...reading.uri),
    status: text(reading.middle[0]!, reading.middle[1]!),
    bytesSent: text(reading.middle[4]!, reading.middle[5]!),
    referer: text(...reading.referer),
    userAgent: text(...reading.userAgent),
    versionId: text(reading.tail[0]!, reading.tail[1]!),
    columnCount: reading.columnCount,
  }))
}

export interface S3Reading {
  readonly requestUri: string | null
  readonly status: string | null
  readonly bytesSent: string | null
  readonly referer: string | null
  readonly userAgent: string | null
  readonly versionId: string | null
  readonly columnCount: number
}

class AccessLogReader implements LogReader {
  readonly passedOver = 0
  readonly problem = null
  private skipping = false
  private readonly marks = new LineMarks()

  push(chunk: Uint8Array, fileOffset: number, atEnd: boolean, batch: ColumnBatch): number {
    batch.reset(chunk)
    let at = 0
    if (this.skipping) {
      at = chunk.indexOf(NEWLINE) + 1
      if (at === 0) return chunk.length
      this.skipping = false
    }
    while (at < chunk.length) {
      const { marks } = this
      marks.scan(chunk, at)
      const whole = marks.end < chunk.length
      if (marks.end - at > MAX_RECORD_BYTES) {
        reject(batch, batch.addRow(at, at + MAX_RECORD_BYTES, fileOffset + at))
        this.skipping = !whole
      } else if (!whole && !atEnd) return at
      else parseLine(marks, chunk, at, fileOffset, batch)
      at = marks.end + 1
    }
    return chunk.length
  }
}

const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d
const SPACE = 0x20
const QUOTE = 0x22
const DASH = 0x2d

/** Per byte: 0 plain, 1 space, 2 quote, 3 newline, 4 a byte past ASCII. */
const BYTE_KIND = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === SPACE ? 1 : byte === QUOTE ? 2 : byte === NEWLINE ? 3 : byte >= 0x80 ? 4 : 0,
)

/** Where the spaces and quotes of one line are, found in one pass over its bytes. */
class LineMarks {
  spaces = new Int32Array(256)
  spaceCount = 0
  quotes = new Int32Array(64)
  quoteCount = 0
  hasForeignBytes = false
  /** The line's newline, or the end of the chunk. */
  end = 0

  scan(bytes: Uint8Array, start: number): void {
    let { spaces, quotes } = this
    let spaceCount = 0
    let quoteCount = 0
    let foreign = false
    let at = start
    for (; at < bytes.length; at++) {
      const kind = BYTE_KIND[bytes[at]!]!
      if (kind === 0) continue
      if (kind === 1) {
        if (spaceCount === spaces.length) spaces = this.spaces = doubled(spaces)
        spaces[spaceCount++] = at
      } else if (kind === 2) {
        if (quoteCount === quotes.length) quotes = this.quotes = doubled(quotes)
        quotes[quoteCount++] = at
      } else if (kind === 4) foreign = true
      else break
    }
    this.spaceCount = spaceCount
    this.quoteCount = quoteCount
    this.hasForeignBytes = foreign
    this.end = at
  }
}

const MIDDLE = new Int32Array(2 * MIDDLE_FIELDS)
const TAIL = new Int32Array(2 * (TAIL_FIELDS + 1))
const REQUEST_COLUMNS = ['requester', 'request_id', 'operation', 'key'] as const
const TAIL_COLUMNS = [
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
  'extra',
] as const satisfies readonly TextColumn[]

function parseLine(marks: LineMarks, bytes: Uint8Array, start: number, fileOffset: number, batch: ColumnBatch): void {
  const end = bytes[marks.end - 1] === CARRIAGE_RETURN && marks.end > start ? marks.end - 1 : marks.end
  if (end === start) return
  const row = batch.addRow(start, end, fileOffset + start)
  const rest = parseSafeFields(marks, bytes, start, row, batch)
  if (rest < 0) reject(batch, row)
  else if (!parseUsualLine(marks, bytes, rest, end, row, batch)) parseOddLine(marks, bytes, rest, end, row, batch)
  if (marks.hasForeignBytes) escapeRow(batch, row)
}

/** The first eight fields stand before anything that a client can write freely. Gives where the ninth starts, or -1. */
function parseSafeFields(marks: LineMarks, bytes: Uint8Array, start: number, row: number, batch: ColumnBatch): number {
  const { spaces } = marks
  if (marks.spaceCount < 9) return -1
  const ownerEnd = spaces[0]!
  const bucketEnd = spaces[1]!
  const time = parseLogTime(bytes, bucketEnd + 1)
  if (ownerEnd === start || bucketEnd === ownerEnd + 1 || spaces[3] !== bucketEnd + 1 + LOG_TIME_LENGTH || Number.isNaN(time))
    return -1
  setField(batch, 'bucket_owner', row, start, ownerEnd)
  setField(batch, 'bucket', row, ownerEnd + 1, bucketEnd)
  batch.numbers.time_ms[row] = time
  setField(batch, 'remote_ip', row, spaces[3]! + 1, spaces[4]!)
  for (let index = 0; index < REQUEST_COLUMNS.length; index++) {
    const from = spaces[4 + index]! + 1
    const to = spaces[5 + index]!
    if (from === to) return -1
    setField(batch, REQUEST_COLUMNS[index]!, row, from, to)
  }
  setObjectKey(batch, row, bytes.subarray(spaces[7]! + 1, spaces[8]!), spaces[7]! + 1)
  return spaces[8]! + 1
}

/** A line with exactly the six quotes of its three quoted fields: it has no second reading, since each field needs its two. */
function parseUsualLine(
  marks: LineMarks,
  bytes: Uint8Array,
  rest: number,
  end: number,
  row: number,
  batch: ColumnBatch,
): boolean {
  const { quotes } = marks
  if (marks.quoteCount !== 6 || quotes[0] !== rest || bytes[quotes[1]! + 1] !== SPACE) return false
  const noRequest = quotes[1] === rest + 2 && bytes[rest + 1] === DASH
  const referer = readMiddle(bytes, quotes[1]! + 2, end, noRequest, MIDDLE)
  if (referer !== quotes[2] || bytes[quotes[3]! + 1] !== SPACE || quotes[4] !== quotes[3]! + 2) return false
  if (bytes[quotes[5]! + 1] !== SPACE) return false
  const columnCount = readTail(bytes, quotes[5]! + 2, end, false, TAIL)
  if (columnCount < 0) return false
  setField(batch, 'request_uri', row, rest + 1, quotes[1]!)
  setMiddle(batch, bytes, row, MIDDLE)
  setField(batch, 'referer', row, quotes[2]! + 1, quotes[3]!)
  setField(batch, 'user_agent', row, quotes[4]! + 1, quotes[5]!)
  setTail(batch, row, TAIL, columnCount)
  batch.numbers.readings[row] = 1
  return true
}

/** Any other line: all its readings are weighed, and the worst one is believed. */
function parseOddLine(marks: LineMarks, bytes: Uint8Array, rest: number, end: number, row: number, batch: ColumnBatch): void {
  const { middles, readings, count } = lineReadings(bytes, rest, end, marks.quotes, quotesFrom(marks, rest), MAX_READINGS)
  if (count === 0) {
    reject(batch, row)
    return
  }
  const ranked = [...middles].sort((left, right) => severity(bytes, right) - severity(bytes, left) || left[0]! - right[0]!)
  const worst = ranked[0]!
  const mildest = ranked.at(-1)!
  const believed: LineReading = readings.find((reading) => reading.middle === worst) ?? readings[0]!
  setField(batch, 'request_uri', row, ...believed.uri)
  setField(batch, 'referer', row, ...believed.referer)
  setField(batch, 'user_agent', row, ...believed.userAgent)
  setTail(batch, row, believed.tail, believed.columnCount)
  setMiddle(batch, bytes, row, worst)
  const sizes = middles.map((middle) => digitsOrNaN(bytes, middle, 2)).filter((size) => !Number.isNaN(size))
  batch.numbers.bytes_sent[row] = sizes.length > 0 ? Math.max(...sizes) : Number.NaN
  batch.numbers.milder_bytes_sent[row] = sizes.length > 0 ? Math.min(...sizes) : Number.NaN
  batch.numbers.milder_status[row] = digitsOrNaN(bytes, mildest, 0)
  batch.numbers.milder_succeeded[row] = success(digitsOrNaN(bytes, mildest, 0))
  batch.numbers.readings[row] = count
}

/** Success outweighs refusal, then more bytes outweigh fewer. */
function severity(bytes: Uint8Array, middle: Int32Array): number {
  const succeeded = success(digitsOrNaN(bytes, middle, 0))
  const sent = digitsOrNaN(bytes, middle, 2)
  return (succeeded === 1 ? 1e16 : 0) + (Number.isNaN(sent) ? 0 : sent)
}

function setMiddle(batch: ColumnBatch, bytes: Uint8Array, row: number, middle: Int32Array): void {
  const { numbers } = batch
  const status = digitsOrNaN(bytes, middle, 0)
  const sent = digitsOrNaN(bytes, middle, 2)
  numbers.status[row] = status
  numbers.milder_status[row] = status
  numbers.succeeded[row] = success(status)
  numbers.milder_succeeded[row] = success(status)
  setField(batch, 'error_code', row, middle[2]!, middle[3]!)
  numbers.bytes_sent[row] = sent
  numbers.milder_bytes_sent[row] = sent
  numbers.object_size[row] = digitsOrNaN(bytes, middle, 3)
  numbers.total_time_ms[row] = digitsOrNaN(bytes, middle, 4)
  numbers.turn_around_time_ms[row] = digitsOrNaN(bytes, middle, 5)
}

function setTail(batch: ColumnBatch, row: number, tail: Int32Array, columnCount: number): void {
  for (let index = 0; index < TAIL_COLUMNS.length; index++) {
    if (tail[2 * index]! >= 0) setField(batch, TAIL_COLUMNS[index]!, row, tail[2 * index]!, tail[2 * index + 1]!)
  }
  batch.numbers.column_count[row] = columnCount
}

function setField(batch: ColumnBatch, column: TextColumn, row: number, start: number, end: number): void {
  if (end - start === 1 && batch.bytes[start] === DASH) return
  batch.setText(column, row, start, end)
}

function setObjectKey(batch: ColumnBatch, row: number, key: Uint8Array, start: number): void {
  const decoded = decodeLoggedKey(key)
  if (decoded) batch.setAside('object_key', row, escapeInvalidUtf8(decoded) ?? decoded)
  else setField(batch, 'object_key', row, start, start + key.length)
}

function reject(batch: ColumnBatch, row: number): void {
  batch.numbers.readings[row] = 0
}

/** The number in one field of a middle (0 status, 2 bytes sent, 3 object size…); NaN for `-`. */
function digitsOrNaN(bytes: Uint8Array, middle: Int32Array, field: number): number {
  const start = middle[2 * field]!
  const end = middle[2 * field + 1]!
  if (bytes[start] === DASH) return Number.NaN
  let value = 0
  for (let at = start; at < end; at++) value = value * 10 + (bytes[at]! - 0x30)
  return value
}

/** 1 where the request was served, 0 where it was not; a 304 hands out nothing. NaN for records without a status. */
function success(status: number): number {
  return Number.isNaN(status) ? Number.NaN : status >= 200 && status < 300 ? 1 : 0
}

function quotesFrom(marks: LineMarks, start: number): number {
  const first = marks.quotes.subarray(0, marks.quoteCount).findIndex((quote) => quote >= start)
  if (first > 0) marks.quotes.copyWithin(0, first, marks.quoteCount)
  return first < 0 ? 0 : marks.quoteCount - Math.max(first, 0)
}

function dashAsNull(text: string): string | null {
  return text === '-' ? null : text
}

function doubled(places: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(places.length * 2)
  larger.set(places)
  return larger
}

import { isAscii } from 'node:buffer'
import type { ColumnBatch } from './column-batch.ts'
import { LOG_TIME_LENGTH, parseLogTime } from './log-time.ts'
import { type LogFormat, type LogReader, MAX_READINGS, MAX_RECORD_BYTES } from './log-format.ts'
import { digitsOrNaN, REQUEST_COLUMNS, setField, setMiddle, setObjectKey, setTail, success } from './s3-line-cells.ts'
import { type LineReading, lineReadings } from './s3-line-readings.ts'
import { parseUsualLine } from './s3-usual-line.ts'
import { escapeRow } from './reading/escape-row.ts'

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
  marks.scan(line, 0, line.length)
  const start = marks.spaceCount > 8 ? marks.spaces[8]! + 1 : line.length
  const { readings } = lineReadings(line, start, line.length, marks.quotes, quotesFrom(marks, start), MAX_READINGS)
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
    const view = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    const isPlain = isAscii(view)
    while (at < chunk.length) {
      const newline = view.indexOf(NEWLINE, at)
      const end = newline < 0 ? chunk.length : newline
      if (end - at > MAX_RECORD_BYTES) {
        reject(batch, batch.addRow(at, at + MAX_RECORD_BYTES, fileOffset + at))
        this.skipping = newline < 0
      } else if (newline < 0 && !atEnd) return at
      else this.parseLine(chunk, at, end, fileOffset, isPlain, batch)
      at = end + 1
    }
    return chunk.length
  }

  private parseLine(
    bytes: Uint8Array,
    start: number,
    newline: number,
    fileOffset: number,
    isPlain: boolean,
    batch: ColumnBatch,
  ): void {
    const end = newline > start && bytes[newline - 1] === CARRIAGE_RETURN ? newline - 1 : newline
    if (end === start) return
    const row = batch.addRow(start, end, fileOffset + start)
    if (!parseUsualLine(bytes, start, end, row, batch)) parseOtherLine(this.marks, bytes, start, end, row, batch)
    if (!isPlain && !isAscii(bytes.subarray(start, end))) escapeRow(batch, row)
  }
}

const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d
const SPACE = 0x20
const QUOTE = 0x22

/** Where the spaces and quotes of one line are. */
class LineMarks {
  spaces = new Int32Array(256)
  spaceCount = 0
  quotes = new Int32Array(64)
  quoteCount = 0

  scan(bytes: Uint8Array, start: number, end: number): void {
    this.spaceCount = 0
    this.quoteCount = 0
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!
      if (byte === SPACE) {
        if (this.spaceCount === this.spaces.length) this.spaces = doubled(this.spaces)
        this.spaces[this.spaceCount++] = at
      } else if (byte === QUOTE) {
        if (this.quoteCount === this.quotes.length) this.quotes = doubled(this.quotes)
        this.quotes[this.quoteCount++] = at
      }
    }
  }
}

/** A line that is not plainly one: all its quotes are weighed. */
function parseOtherLine(marks: LineMarks, bytes: Uint8Array, start: number, end: number, row: number, batch: ColumnBatch): void {
  marks.scan(bytes, start, end)
  const rest = parseSafeFields(marks, bytes, start, row, batch)
  if (rest < 0) reject(batch, row)
  else parseOddLine(marks, bytes, rest, end, row, batch)
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

function reject(batch: ColumnBatch, row: number): void {
  batch.numbers.readings[row] = 0
}

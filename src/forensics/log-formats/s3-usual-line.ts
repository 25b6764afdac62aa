import { type ColumnBatch, TEXT_COLUMNS, type TextColumn } from './column-batch.ts'
import { LOG_TIME_LENGTH, parseLogTime } from './log-time.ts'
import { digitsOrNaN, setObjectKey, success } from './s3-line-cells.ts'
import { MIDDLE_FIELDS, readMiddle, readTail, TAIL_FIELDS } from './s3-line-fields.ts'

/**
 * Reads a line whose last three quoted fields hold no quote: it has no second reading, since each field needs its two. Field after
 * field from the left, each byte once. Gives false, and leaves the row null, for any other line.
 */
export function parseUsualLine(bytes: Uint8Array, start: number, end: number, row: number, batch: ColumnBatch): boolean {
  const ownerEnd = fieldEnd(bytes, start, end)
  const bucketEnd = fieldEnd(bytes, ownerEnd + 1, end)
  const timeEnd = bucketEnd + 1 + LOG_TIME_LENGTH
  if (ownerEnd === start || bucketEnd <= ownerEnd + 1 || timeEnd >= end || bytes[timeEnd] !== SPACE) return false
  const time = parseLogTime(bytes, bucketEnd + 1)
  if (Number.isNaN(time)) return false
  PLACES[0] = start
  PLACES[1] = ownerEnd
  PLACES[2] = ownerEnd + 1
  PLACES[3] = bucketEnd
  let at = timeEnd + 1
  for (let field = ADDRESS; field <= KEY; field++) {
    const to = fieldEnd(bytes, at, end)
    // Only the address may be nothing at all; that is what the wider reading says of it.
    if (to >= end || (to === at && field > ADDRESS)) return false
    PLACES[2 * field] = at
    PLACES[2 * field + 1] = to
    at = to + 1
  }
  if (!readClientFields(bytes, at, end)) return false
  batch.numbers.time_ms[row] = time
  writeCells(batch, bytes, row)
  return true
}

const SPACE = 0x20
const QUOTE = 0x22
const DASH = 0x2d
/** Fields with a column of text, by their place in PLACES. */
const ADDRESS = 2
const KEY = 6
const URI = 7
const ERROR = 8
const REFERER = 9
const USER_AGENT = 10
const FIRST_TAIL = 11
/** Among the fields of the tail. */
const HOST_HEADER = 5
const FIELD_COLUMNS: readonly TextColumn[] = [
  ...(['bucket_owner', 'bucket', 'remote_ip', 'requester', 'request_id', 'operation', 'key'] as const),
  ...(['request_uri', 'error_code', 'referer', 'user_agent', 'version_id', 'host_id', 'signature_version'] as const),
  ...(['cipher_suite', 'authentication_type', 'host_header', 'tls_version', 'access_point_arn', 'acl_required'] as const),
  'source_region',
]
const COLUMN_NUMBERS = Int32Array.from(FIELD_COLUMNS, (name) => TEXT_COLUMNS.indexOf(name))
/** Start and end of each field of the line at hand; a start of -1 for a field that is not there. */
const PLACES = new Int32Array(2 * FIELD_COLUMNS.length)
const MIDDLE = new Int32Array(2 * MIDDLE_FIELDS)
const TAIL = new Int32Array(2 * (TAIL_FIELDS + 1))
let columnCount = 0

/** The next space, or the end. */
function fieldEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && bytes[at] !== SPACE) at += 1
  return at
}

/** The next quote, or the end. */
function quotedEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && bytes[at] !== QUOTE) at += 1
  return at
}

/** From the request URI on: what clients write, and what S3 writes between and after it. */
function readClientFields(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] !== QUOTE) return false
  const uriEnd = quotedEnd(bytes, start + 1, end)
  if (uriEnd >= end || bytes[uriEnd + 1] !== SPACE) return false
  const noRequest = uriEnd === start + 2 && bytes[start + 1] === DASH
  const referer = readMiddle(bytes, uriEnd + 2, end, noRequest, MIDDLE)
  if (referer < 0 || bytes[referer] !== QUOTE) return false
  const refererEnd = quotedEnd(bytes, referer + 1, end)
  if (refererEnd + 2 >= end || bytes[refererEnd + 1] !== SPACE || bytes[refererEnd + 2] !== QUOTE) return false
  const agentEnd = quotedEnd(bytes, refererEnd + 3, end)
  if (agentEnd + 2 > end || bytes[agentEnd + 1] !== SPACE) return false
  columnCount = readTail(bytes, agentEnd + 2, end, false, TAIL)
  // A 28th column has no place of its own.
  if (columnCount < 0 || TAIL[2 * TAIL_FIELDS]! >= 0) return false
  // Of the tail's fields only the host header may hold a quote, and then there may be other readings.
  const hostEnd = TAIL[2 * HOST_HEADER + 1]!
  if (TAIL[2 * HOST_HEADER]! >= 0 && quotedEnd(bytes, TAIL[2 * HOST_HEADER]!, hostEnd) < hostEnd) return false
  place(URI, start + 1, uriEnd)
  place(ERROR, MIDDLE[2]!, MIDDLE[3]!)
  place(REFERER, referer + 1, refererEnd)
  place(USER_AGENT, refererEnd + 3, agentEnd)
  PLACES.set(TAIL.subarray(0, 2 * TAIL_FIELDS), 2 * FIRST_TAIL)
  return true
}

function place(field: number, start: number, end: number): void {
  PLACES[2 * field] = start
  PLACES[2 * field + 1] = end
}

function writeCells(batch: ColumnBatch, bytes: Uint8Array, row: number): void {
  const { atBy, lengthBy, numbers } = batch
  for (let field = 0; field < COLUMN_NUMBERS.length; field++) {
    const start = PLACES[2 * field]!
    const length = PLACES[2 * field + 1]! - start
    if (start < 0 || (length === 1 && bytes[start] === DASH)) continue
    const column = COLUMN_NUMBERS[field]!
    atBy[column]![row] = start
    lengthBy[column]![row] = length
  }
  setObjectKey(batch, row, bytes.subarray(PLACES[2 * KEY]!, PLACES[2 * KEY + 1]!), PLACES[2 * KEY]!)
  const status = digitsOrNaN(bytes, MIDDLE, 0)
  const sent = digitsOrNaN(bytes, MIDDLE, 2)
  const succeeded = success(status)
  numbers.status[row] = status
  numbers.milder_status[row] = status
  numbers.succeeded[row] = succeeded
  numbers.milder_succeeded[row] = succeeded
  numbers.bytes_sent[row] = sent
  numbers.milder_bytes_sent[row] = sent
  numbers.object_size[row] = digitsOrNaN(bytes, MIDDLE, 3)
  numbers.total_time_ms[row] = digitsOrNaN(bytes, MIDDLE, 4)
  numbers.turn_around_time_ms[row] = digitsOrNaN(bytes, MIDDLE, 5)
  numbers.column_count[row] = columnCount
  numbers.readings[row] = 1
}

import type { ColumnBatch, TextColumn } from './column-batch.ts'
import { decodeLoggedKey } from './key-encoding.ts'
import { escapeInvalidUtf8 } from './utf8-escape.ts'

const DASH = 0x2d
export const REQUEST_COLUMNS = ['requester', 'request_id', 'operation', 'key'] as const
export const TAIL_COLUMNS = [
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

export function setMiddle(batch: ColumnBatch, bytes: Uint8Array, row: number, middle: Int32Array): void {
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

export function setTail(batch: ColumnBatch, row: number, tail: Int32Array, columnCount: number): void {
  for (let index = 0; index < TAIL_COLUMNS.length; index++) {
    if (tail[2 * index]! >= 0) setField(batch, TAIL_COLUMNS[index]!, row, tail[2 * index]!, tail[2 * index + 1]!)
  }
  batch.numbers.column_count[row] = columnCount
}

export function setField(batch: ColumnBatch, column: TextColumn, row: number, start: number, end: number): void {
  if (end - start === 1 && batch.bytes[start] === DASH) return
  batch.setText(column, row, start, end)
}

export function setObjectKey(batch: ColumnBatch, row: number, key: Uint8Array, start: number): void {
  const decoded = decodeLoggedKey(key)
  if (decoded) batch.setAside('object_key', row, escapeInvalidUtf8(decoded) ?? decoded)
  else setField(batch, 'object_key', row, start, start + key.length)
}

/** The number in one field of a middle (0 status, 2 bytes sent, 3 object size…); NaN for `-`. */
export function digitsOrNaN(bytes: Uint8Array, middle: Int32Array, field: number): number {
  const start = middle[2 * field]!
  const end = middle[2 * field + 1]!
  if (bytes[start] === DASH) return Number.NaN
  let value = 0
  for (let at = start; at < end; at++) value = value * 10 + (bytes[at]! - 0x30)
  return value
}

/** 1 where the request was served, 0 where it was not; a 304 hands out nothing. NaN for records without a status. */
export function success(status: number): number {
  return Number.isNaN(status) ? Number.NaN : status >= 200 && status < 300 ? 1 : 0
}

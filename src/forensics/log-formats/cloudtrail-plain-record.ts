import { type ColumnBatch, TEXT_COLUMNS, type TextColumn } from './column-batch.ts'
import { ABSENT, ENDS, ESCAPED_TEXT, KINDS, memberNumber, NESTED, NULL, NUMBER, PLAIN_TEXT, STARTS } from './cloudtrail-scan.ts'
import { NO_RECORD } from './reading/line-reader.ts'

/** The record has to be parsed whole. */
export const NOT_WRITTEN = -2

/**
 * Writes the record that `scanRecord` has just placed, as `writeCloudtrailRecord` would, text as places in the chunk. Gives
 * readings, NO_RECORD, or NOT_WRITTEN (then nothing was written) where a member is of an unusual type.
 */
export function writePlainRecord(bytes: Uint8Array, row: number, batch: ColumnBatch): number {
  if (KINDS[SOURCE] !== PLAIN_TEXT || KINDS[CATEGORY] !== PLAIN_TEXT) return NOT_WRITTEN
  if (!is(bytes, SOURCE, 's3.amazonaws.com') || !is(bytes, CATEGORY, 'Data')) return NO_RECORD
  if (!isUsual()) return NOT_WRITTEN
  const time = timeOf(bytes)
  if (Number.isNaN(time)) return NOT_WRITTEN
  for (let index = 0; index < TEXTS.length; index++) setText(batch, bytes, COLUMNS[index]!, TEXTS[index]!, row)
  const requester = [ARN, INVOKED_BY, PRINCIPAL].find((member) => hasText(member))
  if (requester !== undefined) setText(batch, bytes, REQUESTER, requester, row)
  const hidden = isService(bytes)
  if (!hidden) setText(batch, bytes, REMOTE_IP, ADDRESS, row)
  setText(batch, bytes, VERSION_ID, hasText(VERSION) ? VERSION : NEW_VERSION, row)
  setText(batch, bytes, CIPHER_SUITE, hasText(TLS_CIPHER) ? TLS_CIPHER : CIPHER, row)
  setText(batch, bytes, HOST_HEADER, hasText(TLS_HOST) ? TLS_HOST : HOST, row)
  batch.setAside('extra', row, extraOf(bytes))
  const { numbers } = batch
  const succeeded = hasText(ERROR) ? 0 : 1
  numbers.time_ms[row] = time
  numbers.succeeded[row] = succeeded
  numbers.milder_succeeded[row] = succeeded
  numbers.bytes_sent[row] = numberOf(bytes, BYTES_OUT)
  numbers.milder_bytes_sent[row] = numbers.bytes_sent[row]!
  numbers.object_size[row] = numberOf(bytes, BYTES_IN) || Number.NaN
  return 1
}

const SOURCE = memberNumber('eventSource')
const CATEGORY = memberNumber('eventCategory')
const TIME = memberNumber('eventTime')
const ERROR = memberNumber('errorCode')
const ADDRESS = memberNumber('sourceIPAddress')
const ARN = memberNumber('userIdentity.arn')
const INVOKED_BY = memberNumber('userIdentity.invokedBy')
const PRINCIPAL = memberNumber('userIdentity.principalId')
const BUCKET = memberNumber('requestParameters.bucketName')
const KEY = memberNumber('requestParameters.key')
const VERSION = memberNumber('requestParameters.versionId')
const NEW_VERSION = memberNumber('responseElements.x-amz-version-id')
const TLS_CIPHER = memberNumber('tlsDetails.cipherSuite')
const CIPHER = memberNumber('additionalEventData.CipherSuite')
const TLS_HOST = memberNumber('tlsDetails.clientProvidedHostHeader')
const HOST = memberNumber('requestParameters.Host')
const BYTES_OUT = memberNumber('additionalEventData.bytesTransferredOut')
const BYTES_IN = memberNumber('additionalEventData.bytesTransferredIn')
const PARAMETERS = memberNumber('requestParameters')
const RESOURCES = memberNumber('resources')
const RECIPIENT = memberNumber('recipientAccountId')

/** Members that are one column each. */
const BY_COLUMN: readonly (readonly [TextColumn, number])[] = [
  ['bucket', BUCKET],
  ['key', KEY],
  ['object_key', KEY],
  ['error_code', ERROR],
  ['request_id', memberNumber('requestID')],
  ['operation', memberNumber('eventName')],
  ['user_agent', memberNumber('userAgent')],
  ['host_id', memberNumber('additionalEventData.x-amz-id-2')],
  ['signature_version', memberNumber('additionalEventData.SignatureVersion')],
  ['authentication_type', memberNumber('additionalEventData.AuthenticationMethod')],
  ['tls_version', memberNumber('tlsDetails.tlsVersion')],
  ['source_region', memberNumber('awsRegion')],
  ['account', memberNumber('userIdentity.accountId')],
  ['principal_type', memberNumber('userIdentity.type')],
  ['vpc_endpoint', memberNumber('vpcEndpointId')],
  ['event_id', memberNumber('eventID')],
]
const COLUMNS = BY_COLUMN.map(([column]) => TEXT_COLUMNS.indexOf(column))
const TEXTS = BY_COLUMN.map(([, member]) => member)
const REQUESTER = TEXT_COLUMNS.indexOf('requester')
const REMOTE_IP = TEXT_COLUMNS.indexOf('remote_ip')
const VERSION_ID = TEXT_COLUMNS.indexOf('version_id')
const CIPHER_SUITE = TEXT_COLUMNS.indexOf('cipher_suite')
const HOST_HEADER = TEXT_COLUMNS.indexOf('host_header')
const OBJECT_KEY = TEXT_COLUMNS.indexOf('object_key')
const ALL_TEXTS = [...TEXTS, ARN, INVOKED_BY, PRINCIPAL, ADDRESS, VERSION, NEW_VERSION, TLS_CIPHER, CIPHER, TLS_HOST, HOST]
const OBJECTS = ['userIdentity', 'requestParameters', 'additionalEventData', 'tlsDetails', 'responseElements'].map(memberNumber)

const DASH = 0x2d
const DECODER = new TextDecoder()
const ENCODER = new TextEncoder()

/** Whether members are of the types that CloudTrail gives them; a bucket that only `resources` names is not. */
function isUsual(): boolean {
  if (!hasText(BUCKET)) return false
  for (const member of ALL_TEXTS) if (!hasText(member) && !isNothing(member)) return false
  for (const member of OBJECTS) if (KINDS[member] !== NESTED && !isNothing(member)) return false
  const counted = (member: number) => KINDS[member] === NUMBER || isNothing(member)
  return counted(BYTES_OUT) && counted(BYTES_IN) && KINDS[TIME] === PLAIN_TEXT
}

function hasText(member: number): boolean {
  return KINDS[member] === PLAIN_TEXT || KINDS[member] === ESCAPED_TEXT
}

function isNothing(member: number): boolean {
  return KINDS[member] === ABSENT || KINDS[member] === NULL
}

function is(bytes: Uint8Array, member: number, word: string): boolean {
  const start = STARTS[member]!
  if (ENDS[member]! - start !== word.length) return false
  for (let index = 0; index < word.length; index++) if (bytes[start + index] !== word.charCodeAt(index)) return false
  return true
}

function setText(batch: ColumnBatch, bytes: Uint8Array, column: number, member: number, row: number): void {
  const kind = KINDS[member]
  if (kind === PLAIN_TEXT) {
    const start = STARTS[member]!
    const length = ENDS[member]! - start
    if (length === 0 || (length === 1 && bytes[start] === DASH && column !== OBJECT_KEY)) return
    batch.atBy[column]![row] = start
    batch.lengthBy[column]![row] = length
  } else if (kind === ESCAPED_TEXT) {
    const value = textOf(bytes, member)
    if (value !== '' && (value !== '-' || column === OBJECT_KEY)) batch.setString(TEXT_COLUMNS[column]!, row, value)
  }
}

function textOf(bytes: Uint8Array, member: number): string {
  return JSON.parse(DECODER.decode(bytes.subarray(STARTS[member]! - 1, ENDS[member]! + 1))) as string
}

/** A service's own calls carry its host name where the address would be. */
function isService(bytes: Uint8Array): boolean {
  if (!hasText(ADDRESS) || (bytes[ENDS[ADDRESS]! - 1] !== 0x6d && bytes[ENDS[ADDRESS]! - 1] !== 0x6c)) return false
  const source = textOf(bytes, ADDRESS)
  return source.endsWith('.amazonaws.com') || source === 'AWS Internal'
}

let knownDay = ''
let knownDayMs = 0

/** Epoch milliseconds of `2021-03-04T05:06:07Z`; NaN for another form, which is left to the parser. */
function timeOf(bytes: Uint8Array): number {
  const start = STARTS[TIME]!
  if (ENDS[TIME]! - start !== 20 || bytes[start + 10] !== 0x54 || bytes[start + 19] !== 0x5a) return Number.NaN
  if (bytes[start + 13] !== 0x3a || bytes[start + 16] !== 0x3a) return Number.NaN
  if (!isKnownDay(bytes, start)) {
    knownDay = DECODER.decode(bytes.subarray(start, start + 10))
    knownDayMs = /^\d{4}-\d\d-\d\d$/.test(knownDay) ? Date.parse(`${knownDay}T00:00:00Z`) : Number.NaN
  }
  const hour = twoDigits(bytes, start + 11)
  const minute = twoDigits(bytes, start + 14)
  const second = twoDigits(bytes, start + 17)
  if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN
  return knownDayMs + ((hour * 60 + minute) * 60 + second) * 1000
}

function isKnownDay(bytes: Uint8Array, start: number): boolean {
  for (let index = 0; index < 10; index++) if (bytes[start + index] !== knownDay.charCodeAt(index)) return false
  return true
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const [tens, ones] = [bytes[at]! - 0x30, bytes[at + 1]! - 0x30]
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

function numberOf(bytes: Uint8Array, member: number): number {
  if (KINDS[member] !== NUMBER) return Number.NaN
  let value = 0
  for (let at = STARTS[member]!; at < ENDS[member]!; at++) value = value * 10 + bytes[at]! - 0x30
  return value
}

const EXTRA_PARTS = ['{"requestParameters":', ',"resources":', ',"recipient":', '}', 'null'].map((part) => ENCODER.encode(part))
let extra = new Uint8Array(1 << 12)

/** Request parameters, resources and recipient as they stand in the record. */
function extraOf(bytes: Uint8Array): Uint8Array {
  let length = 0
  const add = (source: Uint8Array, start: number, end: number) => {
    if (length + end - start > extra.length) {
      const larger = new Uint8Array(2 * (length + end - start))
      larger.set(extra.subarray(0, length))
      extra = larger
    }
    for (let at = start; at < end; at++) extra[length++] = source[at]!
  }
  for (const [index, member] of [PARAMETERS, RESOURCES, RECIPIENT].entries()) {
    add(EXTRA_PARTS[index]!, 0, EXTRA_PARTS[index]!.length)
    const quotes = hasText(member) ? 1 : 0
    if (isNothing(member)) add(EXTRA_PARTS[4]!, 0, 4)
    else add(bytes, STARTS[member]! - quotes, ENDS[member]! + quotes)
  }
  add(EXTRA_PARTS[3]!, 0, 1)
  return extra.subarray(0, length)
}

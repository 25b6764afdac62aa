/**
 * Finds the members of a CloudTrail record that Ajar keeps, by their places in the bytes, in the same pass that finds where the
 * record ends: nothing is decoded and no object is made. It is strict, and gives up on whatever is not plain (escaped or repeated
 * names, odd numbers, deep nesting); such a record is then parsed whole.
 */

/** What a value is. */
export const ABSENT = 0
export const PLAIN_TEXT = 1
export const ESCAPED_TEXT = 2
export const NUMBER = 3
export const TRUE = 4
export const FALSE = 5
export const NULL = 6
export const NESTED = 7

const OUTER =
  'eventSource eventCategory managementEvent eventName eventTime sourceIPAddress requestID errorCode userAgent awsRegion vpcEndpointId eventID resources recipientAccountId userIdentity requestParameters additionalEventData tlsDetails responseElements'.split(
    ' ',
  )
const INNER: Readonly<Record<string, readonly string[]>> = {
  userIdentity: ['arn', 'invokedBy', 'principalId', 'accountId', 'type'],
  requestParameters: ['bucketName', 'key', 'versionId', 'Host'],
  additionalEventData: [
    'x-amz-id-2',
    'SignatureVersion',
    'CipherSuite',
    'AuthenticationMethod',
    'bytesTransferredOut',
    'bytesTransferredIn',
  ],
  tlsDetails: ['cipherSuite', 'clientProvidedHostHeader', 'tlsVersion'],
  responseElements: ['x-amz-version-id'],
}
const PATHS: readonly string[] = [
  ...OUTER,
  ...Object.entries(INNER).flatMap(([outer, names]) => names.map((name) => `${outer}.${name}`)),
]

/** The number of a member, by its path: `userIdentity.arn`. */
export function memberNumber(path: string): number {
  const index = PATHS.indexOf(path)
  if (index < 0) throw new RangeError(`no such member: ${path}`)
  return index
}

/** By member: what its value is, and where it starts and ends (text without its quotes). */
export const KINDS = new Uint8Array(PATHS.length)
export const STARTS = new Int32Array(PATHS.length)
export const ENDS = new Int32Array(PATHS.length)

/** The record does not end in the chunk. */
export const UNFINISHED = -1
/** The record is not plain. */
export const NOT_PLAIN = -2

/** Just past the record that opens at `start`, with its members placed; or UNFINISHED or NOT_PLAIN. */
export function scanRecord(bytes: Uint8Array, start: number): number {
  KINDS.fill(ABSENT)
  return scanObject(bytes, start, OUTER_NAMES, 0)
}

interface Name {
  readonly bytes: Uint8Array
  readonly member: number
  /** Names inside, where they are looked for. */
  readonly inner: NameTable | null
}
/** Names by `nameSlot`. */
type NameTable = readonly (readonly Name[])[]

const SLOTS = 256
const ENCODER = new TextEncoder()
const OUTER_NAMES = tableOf(
  OUTER.map((name) => ({
    name,
    member: memberNumber(name),
    inner: INNER[name]
      ? tableOf(INNER[name].map((each) => ({ name: each, member: memberNumber(`${name}.${each}`), inner: null })))
      : null,
  })),
)

function tableOf(names: readonly { name: string; member: number; inner: NameTable | null }[]): NameTable {
  const all = names.map(({ name, member, inner }) => ({ bytes: ENCODER.encode(name), member, inner }))
  return Array.from({ length: SLOTS }, (_, slot) => all.filter((each) => nameSlot(each.bytes, 0, each.bytes.length) === slot))
}

function nameSlot(bytes: Uint8Array, start: number, end: number): number {
  return ((end - start) * 31 + bytes[start]! * 7 + bytes[end - 1]!) & (SLOTS - 1)
}

const MOST_DEPTH = 40
const QUOTE = 0x22
const BACKSLASH = 0x5c

function scanObject(bytes: Uint8Array, open: number, names: NameTable | null, depth: number): number {
  if (depth > MOST_DEPTH) return NOT_PLAIN
  let at = skipSpace(bytes, open + 1)
  if (bytes[at] === 0x7d) return at + 1
  while (true) {
    if (at >= bytes.length) return UNFINISHED
    if (bytes[at] !== QUOTE) return NOT_PLAIN
    const nameStart = at + 1
    const nameEnd = textEnd(bytes, nameStart)
    if (nameEnd < 0) return nameEnd
    if (escaped) return NOT_PLAIN
    const name = names === null || nameEnd === nameStart ? undefined : nameAt(names, bytes, nameStart, nameEnd)
    at = skipSpace(bytes, nameEnd + 1)
    if (at >= bytes.length) return UNFINISHED
    if (bytes[at] !== 0x3a) return NOT_PLAIN
    at = skipSpace(bytes, at + 1)
    if (name && KINDS[name.member] !== ABSENT) return NOT_PLAIN
    const start = at
    at = scanValue(bytes, at, name?.inner ?? null, depth)
    if (at < 0) return at
    if (name) {
      const quotes = kind === PLAIN_TEXT || kind === ESCAPED_TEXT ? 1 : 0
      KINDS[name.member] = kind
      STARTS[name.member] = start + quotes
      ENDS[name.member] = at - quotes
    }
    at = skipSpace(bytes, at)
    if (at >= bytes.length) return UNFINISHED
    if (bytes[at] === 0x7d) return at + 1
    if (bytes[at] !== 0x2c) return NOT_PLAIN
    at = skipSpace(bytes, at + 1)
  }
}

function scanArray(bytes: Uint8Array, open: number, depth: number): number {
  if (depth > MOST_DEPTH) return NOT_PLAIN
  let at = skipSpace(bytes, open + 1)
  if (bytes[at] === 0x5d) return at + 1
  while (true) {
    at = scanValue(bytes, at, null, depth)
    if (at < 0) return at
    at = skipSpace(bytes, at)
    if (at >= bytes.length) return UNFINISHED
    if (bytes[at] === 0x5d) return at + 1
    if (bytes[at] !== 0x2c) return NOT_PLAIN
    at = skipSpace(bytes, at + 1)
  }
}

/** What the value was that was scanned last. */
let kind = ABSENT

function scanValue(bytes: Uint8Array, at: number, names: NameTable | null, depth: number): number {
  const first = bytes[at]
  if (first === QUOTE) {
    const end = textEnd(bytes, at + 1)
    kind = escaped ? ESCAPED_TEXT : PLAIN_TEXT
    return end < 0 ? end : end + 1
  }
  if (first === 0x7b || first === 0x5b) {
    const end = first === 0x7b ? scanObject(bytes, at, names, depth + 1) : scanArray(bytes, at, depth + 1)
    kind = NESTED
    return end
  }
  if (at >= bytes.length) return UNFINISHED
  if (first === 0x74) return literal(bytes, at, 'true', TRUE)
  if (first === 0x66) return literal(bytes, at, 'false', FALSE)
  if (first === 0x6e) return literal(bytes, at, 'null', NULL)
  return scanNumber(bytes, at)
}

function literal(bytes: Uint8Array, at: number, word: string, is: number): number {
  if (at + word.length > bytes.length) return UNFINISHED
  for (let index = 0; index < word.length; index++) if (bytes[at + index] !== word.charCodeAt(index)) return NOT_PLAIN
  kind = is
  return at + word.length
}

/** Whole numbers up to fifteen digits, without a sign; others are left to the parser. */
function scanNumber(bytes: Uint8Array, start: number): number {
  let at = start
  while (at < bytes.length && bytes[at]! >= 0x30 && bytes[at]! <= 0x39) at += 1
  if (at >= bytes.length) return UNFINISHED
  const next = bytes[at]!
  const isWhole = at > start && at - start <= 15 && (bytes[start] !== 0x30 || at === start + 1)
  if (!isWhole || !(next === 0x2c || next === 0x7d || next === 0x5d || next <= 0x20)) return NOT_PLAIN
  kind = NUMBER
  return at
}

/** Whether the text that was scanned last holds an escape. */
let escaped = false

/** The quote that closes a text; control characters may not stand in one. */
function textEnd(bytes: Uint8Array, start: number): number {
  escaped = false
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte === QUOTE) return at
    if (byte === BACKSLASH) {
      escaped = true
      const length = escapeLength(bytes, at)
      if (length < 0) return length
      at += length - 1
    } else if (byte < 0x20) return NOT_PLAIN
  }
  return UNFINISHED
}

/** How many bytes an escape has; UNFINISHED or NOT_PLAIN where it is none. */
function escapeLength(bytes: Uint8Array, at: number): number {
  if (at + 1 >= bytes.length) return UNFINISHED
  const letter = bytes[at + 1]!
  if (SHORT_ESCAPES.includes(letter)) return 2
  if (letter !== 0x75) return NOT_PLAIN
  for (let digit = at + 2; digit < at + 6; digit++) {
    if (digit >= bytes.length) return UNFINISHED
    const lower = bytes[digit]! | 0x20
    if (!(lower >= 0x61 && lower <= 0x66) && !(bytes[digit]! >= 0x30 && bytes[digit]! <= 0x39)) return NOT_PLAIN
  }
  return 6
}

/** `"`, `\\`, `/`, b, f, n, r, t. */
const SHORT_ESCAPES: readonly number[] = [0x22, 0x5c, 0x2f, 0x62, 0x66, 0x6e, 0x72, 0x74]

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09)) at += 1
  return at
}

function nameAt(names: NameTable, bytes: Uint8Array, start: number, end: number): Name | undefined {
  const candidates = names[nameSlot(bytes, start, end)]!
  for (let which = 0; which < candidates.length; which++) {
    const candidate = candidates[which]!
    const name = candidate.bytes
    if (name.length !== end - start) continue
    let index = 0
    while (index < name.length && bytes[start + index] === name[index]) index += 1
    if (index === name.length) return candidate
  }
  return undefined
}

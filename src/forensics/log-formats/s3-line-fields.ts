/**
 * The unquoted stretches of an S3 access-log line that follow what a client writes: the six fields between request URI
 * and referer, and the tail after the user agent. Places of fields go into an Int32Array as start, end, start, end…
 */

/** Fields between the request URI and the referer: status, error code, bytes sent, object size, total and turn-around time. */
export const MIDDLE_FIELDS = 6
/** Fields after the user agent, from version id to source region; a 28th column and later ones are `extra`. */
export const TAIL_FIELDS = 10
/** Columns up to and including the user agent. */
export const COLUMNS_BEFORE_TAIL = 17

/**
 * Reads the six middle fields from `start`; gives where the referer starts, or -1 where they do not stand there.
 * A record without a status (`-`) is one that S3 made itself; `statusMayMiss` allows it.
 */
export function readMiddle(bytes: Uint8Array, start: number, end: number, statusMayMiss: boolean, into: Int32Array): number {
  const statusEnd = start + 3
  let at = start
  const first = bytes[at]!
  if (first >= 0x31 && first <= 0x35 && isDigit(bytes[at + 1]!) && isDigit(bytes[at + 2]!) && bytes[statusEnd] === SPACE) {
    at = statusEnd
  } else if (statusMayMiss && first === DASH && bytes[at + 1] === SPACE) at = start + 1
  else return -1
  into[0] = start
  into[1] = at
  at += 1
  into[2] = at
  while (at < end && bytes[at] !== SPACE && bytes[at] !== QUOTE) at += 1
  if (at === into[2] || bytes[at] !== SPACE) return -1
  into[3] = at
  for (let field = 2; field < MIDDLE_FIELDS; field++) {
    at += 1
    into[2 * field] = at
    if (bytes[at] === DASH) at += 1
    else while (at < end && isDigit(bytes[at]!)) at += 1
    const length = at - into[2 * field]!
    // Fifteen digits are a petabyte, two hundred times the largest object, and exact in a double.
    if (length === 0 || length > 15 || bytes[at] !== SPACE) return -1
    into[2 * field + 1] = at
  }
  at += 1
  return at < end && (bytes[at] === QUOTE || bytes[at] === DASH) ? at : -1
}

/**
 * Reads the tail from `start` (just after the space that follows the user agent) to `end`. Gives the number of columns of
 * the whole line, or -1 where no tail stands there. A host id may hold one space. A quote may stand in the
 * host header only, the one tail field that a client writes. `untyped` admits values and counts of columns that S3 is not
 * known to write; columns past the 27th are then left in `extra` (the last pair).
 */
export function readTail(bytes: Uint8Array, start: number, end: number, untyped: boolean, into: Int32Array): number {
  into.fill(-1)
  let count = 0
  let quoted = -1
  let tokenStart = start
  for (let at = start; at <= end; at++) {
    // Space and quote are the least of all bytes that stand in a field.
    while (at < end && bytes[at]! > QUOTE) at += 1
    const byte = at === end ? SPACE : bytes[at]!
    if (byte === QUOTE) {
      if (quoted >= 0 && quoted !== count) return -1
      quoted = count
    }
    if (byte !== SPACE) continue
    if (at === tokenStart || count === MOST_TOKENS) return -1
    TOKENS[2 * count] = tokenStart
    TOKENS[2 * count + 1] = at
    count += 1
    tokenStart = at + 1
  }
  if (quoted >= 0 && quoted !== HOST_HEADER && quoted !== HOST_HEADER + 1) return -1
  if (fits(bytes, count, 0, quoted, untyped)) return place(count, 0, into)
  if (fits(bytes, count, 1, quoted, false)) return place(count, 1, into)
  return -1
}

const SPACE = 0x20
const QUOTE = 0x22
const DASH = 0x2d
const HOST_ID = 1
const HOST_HEADER = 5
const MOST_TOKENS = 64
const TOKENS = new Int32Array(2 * MOST_TOKENS)

/** Whether the tokens read as tail fields when the host id takes `wide` more tokens than one. */
function fits(bytes: Uint8Array, count: number, wide: number, quoted: number, untyped: boolean): boolean {
  if (quoted >= 0 && quoted !== HOST_HEADER + wide) return false
  if (untyped) return true
  if (count - wide > TAIL_FIELDS) return false
  if (wide === 1 && (count < 3 || !isHalfHostId(bytes, HOST_ID) || !isHalfHostId(bytes, HOST_ID + 1))) return false
  return (
    isDashOr(bytes, count, 2 + wide, 'Sig') &&
    isAuthentication(bytes, count, 4 + wide) &&
    isDashOr(bytes, count, 6 + wide, 'TLS') &&
    isDashOr(bytes, count, 7 + wide, 'arn:') &&
    (isDashOr(bytes, count, 8 + wide, 'Yes') || isDashOr(bytes, count, 8 + wide, 'No'))
  )
}

function place(count: number, wide: number, into: Int32Array): number {
  for (let token = 0; token < count; token++) {
    const field = token <= HOST_ID ? token : token - wide
    if (field < TAIL_FIELDS) {
      if (into[2 * field]! < 0) into[2 * field] = TOKENS[2 * token]!
      into[2 * field + 1] = TOKENS[2 * token + 1]!
    } else {
      if (into[2 * TAIL_FIELDS]! < 0) into[2 * TAIL_FIELDS] = TOKENS[2 * token]!
      into[2 * TAIL_FIELDS + 1] = TOKENS[2 * token + 1]!
    }
  }
  return COLUMNS_BEFORE_TAIL + count - wide
}

/** Host ids are base64; a lone dash is no half of one. */
function isHalfHostId(bytes: Uint8Array, token: number): boolean {
  const start = TOKENS[2 * token]!
  const end = TOKENS[2 * token + 1]!
  for (let at = start; at < end; at++) if (!isBase64(bytes[at]!)) return false
  return end - start >= 2
}

function isDashOr(bytes: Uint8Array, count: number, token: number, prefix: string): boolean {
  if (token >= count || isDash(bytes, token)) return true
  const start = TOKENS[2 * token]!
  if (TOKENS[2 * token + 1]! - start < prefix.length) return false
  for (let index = 0; index < prefix.length; index++) if (bytes[start + index] !== prefix.charCodeAt(index)) return false
  return true
}

/** `AuthHeader`, `QueryString` or a word of that kind; a host header, with its dots, is none. */
function isAuthentication(bytes: Uint8Array, count: number, token: number): boolean {
  if (token >= count || isDash(bytes, token)) return true
  for (let at = TOKENS[2 * token]!; at < TOKENS[2 * token + 1]!; at++) {
    const letter = bytes[at]! | 0x20
    if (letter < 0x61 || letter > 0x7a) return false
  }
  return true
}

function isDash(bytes: Uint8Array, token: number): boolean {
  return TOKENS[2 * token + 1]! - TOKENS[2 * token]! === 1 && bytes[TOKENS[2 * token]!] === DASH
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

function isBase64(byte: number): boolean {
  const letter = byte | 0x20
  return (letter >= 0x61 && letter <= 0x7a) || isDigit(byte) || byte === 0x2b || byte === 0x2f || byte === 0x3d
}

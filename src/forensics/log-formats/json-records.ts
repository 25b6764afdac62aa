import { MAX_RECORD_BYTES } from './log-format.ts'

/**
 * Finds the objects of one array inside one JSON document, `{"Records":[{…},{…}]}`, without parsing the rest, chunk by
 * chunk: so each record has its place, and a file that breaks off still gives the records before the break.
 */
export class JsonRecords {
  problem: string | null = null
  private inArray = false
  private done = false
  private readonly opening: RegExp
  private readonly what: string

  private readonly endOf: (chunk: Uint8Array, start: number) => number

  /** The array's name; null for a document that is the array itself. `endOf` gives -1 for an object that does not end in the chunk. */
  constructor(name: string | null, endOf = endOfObject) {
    this.endOf = endOf
    this.what = name === null ? 'array' : `array "${name}"`
    this.opening = name === null ? /\[/ : new RegExp(`"${name}"\\s*:\\s*\\[`)
  }

  /** Calls `found` with the place of each whole record in `chunk`; gives the bytes used up. */
  push(chunk: Uint8Array, atEnd: boolean, found: (start: number, end: number) => void): number {
    let at = 0
    if (!this.inArray && !this.done) {
      at = this.findArray(chunk)
      if (at < 0) return this.withoutArray(chunk, atEnd)
      this.inArray = true
    }
    while (!this.done) {
      at = skipSeparators(chunk, at)
      if (at === chunk.length) break
      if (chunk[at] === CLOSE_BRACKET) {
        this.done = true
        break
      }
      const end = chunk[at] === OPEN_BRACE ? this.endOf(chunk, at) : -1
      if (end > 0) found(at, end)
      else if (chunk[at] !== OPEN_BRACE || chunk.length - at > MAX_RECORD_BYTES) return this.fail(chunk, at, found)
      else if (atEnd) {
        this.problem = `ends in the middle of a record at offset ${at} of the last chunk`
        found(at, chunk.length)
        this.done = true
        break
      } else return at
      at = end
    }
    if (atEnd && !this.done) this.problem = 'ends before its array of records does'
    return chunk.length
  }

  private findArray(chunk: Uint8Array): number {
    const head = LATIN1.decode(chunk.subarray(0, HEAD_BYTES))
    const match = this.opening.exec(head)
    return match ? match.index + match[0].length : -1
  }

  private withoutArray(chunk: Uint8Array, atEnd: boolean): number {
    if (chunk.length < HEAD_BYTES && !atEnd) return 0
    this.problem = `holds no ${this.what}`
    this.done = true
    return chunk.length
  }

  private fail(chunk: Uint8Array, at: number, found: (start: number, end: number) => void): number {
    this.problem = 'holds something that is no record, or one too long; the rest of the file was not read'
    found(at, Math.min(chunk.length, at + MAX_RECORD_BYTES))
    this.done = true
    return chunk.length
  }
}

const HEAD_BYTES = 4096
const LATIN1 = new TextDecoder('latin1')
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const QUOTE = 0x22
const BACKSLASH = 0x5c

function skipSeparators(chunk: Uint8Array, start: number): number {
  let at = start
  while (at < chunk.length && (chunk[at]! <= 0x20 || chunk[at] === 0x2c)) at += 1
  return at
}

/** Just past the object that opens at `start`; -1 where it does not end in the chunk. */
export function endOfObject(chunk: Uint8Array, start: number): number {
  let depth = 0
  for (let at = start; at < chunk.length; at++) {
    const byte = chunk[at]!
    if (byte === QUOTE) {
      at += 1
      while (at < chunk.length && chunk[at] !== QUOTE) at += chunk[at] === BACKSLASH ? 2 : 1
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return -1
}

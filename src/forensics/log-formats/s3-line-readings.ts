import { MAX_READINGS } from './log-format.ts'
import { MIDDLE_FIELDS, readMiddle, readTail, TAIL_FIELDS } from './s3-line-fields.ts'

/** One way to read what follows the eight safe fields: places in the chunk; -1 where a field is missing. */
export interface LineReading {
  readonly uri: readonly [number, number]
  readonly middle: Int32Array
  readonly referer: readonly [number, number]
  readonly userAgent: readonly [number, number]
  readonly tail: Int32Array
  readonly columnCount: number
}

export interface LineReadings {
  /** Whether any reading begins with each of these middles: every one counts for the worst case. */
  readonly middles: readonly Int32Array[]
  /** Consistent readings in order from the left, at most `most`. */
  readonly readings: readonly LineReading[]
  /** How many readings are consistent, counted up to MAX_READINGS. */
  readonly count: number
}

/**
 * All consistent readings of the part of a line that starts with the request URI. S3 escapes no quote in URI, referer and
 * user agent, so a client can write any of the later fields; the right end, after the last quote, is S3's own.
 * First by the grammar that S3 keeps to: a client's request has quoted URI, referer and user agent and a status; only
 * records that S3 makes itself have a bare `-`. Where nothing reads by that, by a wider one.
 * The work is linear in the number of quotes, times the few of them after which a tail can stand.
 */
export function lineReadings(
  bytes: Uint8Array,
  start: number,
  end: number,
  quotes: Int32Array,
  quoteCount: number,
  most: number,
): LineReadings {
  const strict = new ReadingSearch(bytes, start, end, quotes, quoteCount, false).run(most)
  return strict.count > 0 ? strict : new ReadingSearch(bytes, start, end, quotes, quoteCount, true).run(most)
}

const SPACE = 0x20
const QUOTE = 0x22
const DASH = 0x2d

interface Tail {
  readonly fields: Int32Array
  readonly columnCount: number
}

class ReadingSearch {
  private readonly bytes: Uint8Array
  private readonly start: number
  private readonly end: number
  private readonly quotes: Int32Array
  private readonly quoteCount: number
  private readonly wide: boolean
  /** Quotes after which a tail can stand, as indexes into `quotes`, ascending. */
  private readonly closings: { readonly index: number; readonly tail: Tail }[] = []
  /** A request of a client: quotes are not optional. */
  private readonly bareAllowed: boolean

  constructor(bytes: Uint8Array, start: number, end: number, quotes: Int32Array, quoteCount: number, wide: boolean) {
    this.bytes = bytes
    this.start = start
    this.end = end
    this.quotes = quotes
    this.quoteCount = quoteCount
    this.wide = wide
    this.bareAllowed = wide || bytes[start] === DASH
    // From the right: once a tail fails because of a quote further right, the earlier ones mostly fail at once too.
    for (let index = quoteCount - 1; index >= 0; index--) {
      const tail = this.tailAt(quotes[index]! + 1)
      if (tail) this.closings.unshift({ index, tail })
      else if (index < quoteCount - 2 && hasSpaceBetween(bytes, quotes[index + 1]!, quotes[quoteCount - 1]!)) break
    }
  }

  run(most: number): LineReadings {
    const middles: Int32Array[] = []
    const readings: LineReading[] = []
    let count = 0
    const completions = this.completionsFrom()
    for (const { uri, middle, refererStart } of this.openings()) {
      const complete = this.countFrom(refererStart, completions)
      if (complete === 0) continue
      middles.push(middle)
      count = Math.min(MAX_READINGS, count + complete)
      for (const rest of this.restsFrom(refererStart)) {
        if (readings.length >= most) break
        readings.push({ uri, middle, ...rest })
      }
    }
    return { middles, readings, count }
  }

  /** Request URIs with the six fields after them. */
  private *openings(): Generator<{ uri: [number, number]; middle: Int32Array; refererStart: number }> {
    const { bytes, start, end, quotes, quoteCount } = this
    if (bytes[start] === DASH && bytes[start + 1] === SPACE) {
      const opening = this.openingAt([start, start + 1], start + 2, true)
      if (opening) yield opening
      return
    }
    if (bytes[start] !== QUOTE) return
    for (let index = 1; index < quoteCount; index++) {
      const close = quotes[index]!
      if (bytes[close + 1] !== SPACE || close + 2 >= end) continue
      const noRequest = close === start + 2 && bytes[start + 1] === DASH
      const opening = this.openingAt([start + 1, close], close + 2, this.wide || noRequest)
      if (opening) yield opening
    }
  }

  private openingAt(uri: [number, number], at: number, statusMayMiss: boolean) {
    const middle = new Int32Array(2 * MIDDLE_FIELDS)
    const refererStart = readMiddle(this.bytes, at, this.end, statusMayMiss, middle)
    return refererStart < 0 ? null : { uri, middle, refererStart }
  }

  /** For each quote taken as the one that closes the referer, and all later ones: how many ways the line goes on. */
  private completionsFrom(): Float64Array {
    const sums = new Float64Array(this.quoteCount + 1)
    for (let index = this.quoteCount - 1; index >= 0; index--) {
      sums[index] = sums[index + 1]! + this.countUserAgents(this.quotes[index]! + 1)
    }
    return sums
  }

  private countFrom(refererStart: number, completions: Float64Array): number {
    if (this.bytes[refererStart] === QUOTE) return completions[this.quoteIndex(refererStart) + 1]!
    return this.isBareDash(refererStart) ? this.countUserAgents(refererStart + 1) : 0
  }

  /** Ways to read ` "user agent" tail` from the space at `at`. */
  private countUserAgents(at: number): number {
    if (this.bytes[at] !== SPACE) return 0
    const opening = at + 1
    if (this.bytes[opening] === QUOTE) {
      const index = this.quoteIndex(opening)
      return this.closings.reduce((sum, closing) => (closing.index > index ? sum + 1 : sum), 0)
    }
    return this.isBareDash(opening) && this.tailAt(opening + 1) ? 1 : 0
  }

  private *restsFrom(refererStart: number): Generator<Omit<LineReading, 'uri' | 'middle'>> {
    if (this.bytes[refererStart] !== QUOTE) {
      if (this.isBareDash(refererStart)) yield* this.userAgentsFrom([refererStart, refererStart + 1], refererStart + 1)
      return
    }
    for (let index = this.quoteIndex(refererStart) + 1; index < this.quoteCount; index++) {
      const close = this.quotes[index]!
      yield* this.userAgentsFrom([refererStart + 1, close], close + 1)
    }
  }

  private *userAgentsFrom(referer: [number, number], at: number): Generator<Omit<LineReading, 'uri' | 'middle'>> {
    if (this.bytes[at] !== SPACE) return
    const opening = at + 1
    if (this.bytes[opening] === QUOTE) {
      const openingIndex = this.quoteIndex(opening)
      for (const { index, tail } of this.closings) {
        if (index <= openingIndex) continue
        const userAgent: [number, number] = [opening + 1, this.quotes[index]!]
        yield { referer, userAgent, tail: tail.fields, columnCount: tail.columnCount }
      }
    } else if (this.isBareDash(opening)) {
      const tail = this.tailAt(opening + 1)
      if (tail) yield { referer, userAgent: [opening, opening + 1], tail: tail.fields, columnCount: tail.columnCount }
    }
  }

  private tailAt(at: number): Tail | null {
    if (this.bytes[at] !== SPACE || at + 1 >= this.end) return null
    const fields = new Int32Array(2 * (TAIL_FIELDS + 1))
    const columnCount = readTail(this.bytes, at + 1, this.end, this.wide, fields)
    return columnCount < 0 ? null : { fields, columnCount }
  }

  private isBareDash(at: number): boolean {
    return this.bareAllowed && this.bytes[at] === DASH && this.bytes[at + 1] === SPACE
  }

  private quoteIndex(position: number): number {
    let low = 0
    let high = this.quoteCount - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.quotes[middle]! < position) low = middle + 1
      else high = middle
    }
    return low
  }
}

function hasSpaceBetween(bytes: Uint8Array, from: number, to: number): boolean {
  const space = bytes.indexOf(SPACE, from)
  return space >= 0 && space < to
}

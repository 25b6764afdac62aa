const QUOTE = 34
const COMMA = 44
const BACKSLASH = 92
const OPEN_ARRAY = 91
const OPEN_OBJECT = 123
const CLOSE_ARRAY = 93
const CLOSE_OBJECT = 125

/** A JSON value cut out of a longer text. */
export interface JsonSpan {
  readonly text: string
  /** Characters before it. */
  readonly offset: number
}

/**
 * Cuts the values out of a JSON text that arrives in pieces: the elements of an array at the top, or values one after
 * the other. A value longer than the limit is left out and reported with its offset and length.
 */
export class JsonValueSplitter {
  readonly #limit: number
  readonly #onTooLong: (offset: number, characters: number) => void
  /** Pieces of the value at hand that stood in earlier chunks. */
  #held: string[] = []
  #length = 0
  /** Characters before the chunk, and before the value at hand; the latter is -1 between values. */
  #before = 0
  #valueOffset = -1
  /** Open brackets, and how many of them are around every value. */
  #depth = 0
  #base = 0
  #inString = false
  #isEscaped = false

  constructor(limit: number, onTooLong: (offset: number, characters: number) => void) {
    this.#limit = limit
    this.#onTooLong = onTooLong
  }

  /** Whether everything that was opened was closed. */
  get isComplete(): boolean {
    return this.#depth === 0 && !this.#inString
  }

  /** Characters so far. */
  get offset(): number {
    return this.#before
  }

  *push(chunk: string): Generator<JsonSpan> {
    let start = this.#valueOffset < 0 ? -1 : 0
    for (let at = 0; at < chunk.length; at += 1) {
      const code = chunk.charCodeAt(at)
      if (this.#inString) {
        if (this.#isEscaped) this.#isEscaped = false
        else if (code === BACKSLASH) this.#isEscaped = true
        else if (code === QUOTE) this.#inString = false
        continue
      }
      const ends = this.#endsValue(code)
      if (ends >= 0) {
        if (start >= 0) yield* this.#cut(chunk, start, at + ends)
        start = -1
      } else if (start < 0 && !this.#isBetween(code)) {
        start = at
        this.#valueOffset = this.#before + at
      }
      this.#step(code)
    }
    if (start >= 0) this.#hold(chunk.slice(start))
    this.#before += chunk.length
  }

  /** The value that the text ended in, if it can be whole. */
  *end(): Generator<JsonSpan> {
    if (this.#valueOffset >= 0 && this.#depth === this.#base && !this.#inString) yield* this.#cut('', 0, 0)
  }

  /** Characters of the value that the text broke off in. */
  get unfinished(): number {
    return this.#valueOffset < 0 ? 0 : this.#before - this.#valueOffset
  }

  /** Whether the character ends the value at hand, and how many characters of it belong to the value; else -1. */
  #endsValue(code: number): number {
    if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) {
      if (this.#depth === this.#base + 1) return 1
      return this.#depth <= this.#base ? 0 : -1
    }
    return this.#depth === this.#base && (code === COMMA || isBlank(code)) ? 0 : -1
  }

  /** Whether the character stands outside of any value: the bracket of an array around them all. */
  #isBetween(code: number): boolean {
    return code === OPEN_ARRAY && this.#depth === 0 && this.#base === 0
  }

  #step(code: number): void {
    if (code === QUOTE) this.#inString = true
    else if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
      if (code === OPEN_ARRAY && this.#depth === 0) this.#base = 1
      this.#depth += 1
    } else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) {
      this.#depth = Math.max(0, this.#depth - 1)
      if (this.#depth === 0) this.#base = 0
    }
  }

  #hold(piece: string): void {
    this.#length += piece.length
    if (this.#length <= this.#limit) this.#held.push(piece)
    else this.#held = []
  }

  *#cut(chunk: string, from: number, to: number): Iterable<JsonSpan> {
    const offset = this.#valueOffset
    this.#hold(chunk.slice(from, to))
    const characters = this.#length
    const text = this.#held.join('')
    this.#held = []
    this.#length = 0
    this.#valueOffset = -1
    if (characters > this.#limit) this.#onTooLong(offset, characters)
    else if (text !== '') yield { text, offset }
  }
}

function isBlank(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9
}

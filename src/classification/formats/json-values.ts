const QUOTE = 34
const BACKSLASH = 92

/** A JSON value inside a text that arrives in pieces, or a span that is none. */
export interface JsonSpan {
  readonly text: string
  /** Characters before it. */
  readonly offset: number
}

/**
 * Cuts the values out of a JSON text: the elements of an array at the top, or the values one after the other. Values
 * longer than the limit are left out and reported to `onTooLong`.
 */
export class JsonValueSplitter {
  readonly #limit: number
  readonly #onTooLong: (offset: number) => void
  #rest = ''
  #consumed = 0
  /** Where scanning of `#rest` goes on. */
  #at = 0
  #start = -1
  #depth = 0
  #base = 0
  #inString = false
  #isFirst = true
  #isSkipping = false

  constructor(limit: number, onTooLong: (offset: number) => void) {
    this.#limit = limit
    this.#onTooLong = onTooLong
  }

  /** Whether everything that was opened was closed. */
  get isComplete(): boolean {
    return this.#depth === 0 && !this.#inString && this.#start < 0
  }

  get offset(): number {
    return this.#consumed + this.#rest.length
  }

  *push(chunk: string): Iterable<JsonSpan> {
    this.#rest += chunk
    const text = this.#rest
    for (let at = this.#at; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (this.#inString) {
        if (code === BACKSLASH) {
          at += 1
        } else if (code === QUOTE) {
          this.#inString = false
        }
        this.#at = at + 1
        continue
      }
      this.#at = at + 1
      if (code === QUOTE) {
        this.#inString = true
        if (this.#start < 0) this.#start = at
      } else if (code === 123 || code === 91) {
        if (this.#isFirst && code === 91) this.#base = 1
        this.#isFirst = false
        this.#depth += 1
        if (this.#depth > this.#base && this.#start < 0) this.#start = at
      } else if (code === 125 || code === 93) {
        this.#depth = Math.max(0, this.#depth - 1)
        if (this.#depth === this.#base && this.#start >= 0) yield* this.#cut(text, at + 1)
        else if (this.#depth < this.#base) {
          if (this.#start >= 0) yield* this.#cut(text, at)
          this.#base = 0
          this.#isFirst = true
        }
      } else if (code === 44 || code === 10 || code === 32 || code === 9 || code === 13) {
        if (this.#start >= 0 && this.#depth === this.#base) yield* this.#cut(text, at)
      } else if (this.#start < 0) {
        this.#start = at
        this.#isFirst = false
      }
    }
    this.#forget()
  }

  /** The value that the text ended in. */
  *end(): Iterable<JsonSpan> {
    if (this.#start >= 0 && this.#depth === this.#base && !this.#inString) yield* this.#cut(this.#rest, this.#rest.length)
  }

  *#cut(text: string, end: number): Iterable<JsonSpan> {
    const start = this.#start
    this.#start = -1
    if (this.#isSkipping) this.#isSkipping = false
    else yield { text: text.slice(start, end), offset: this.#consumed + start }
  }

  /** Keeps only what an unfinished value needs; gives up on one that grows past the limit. */
  #forget(): void {
    const keep = this.#start < 0 ? this.#at : this.#start
    if (this.#start >= 0 && this.#rest.length - keep > this.#limit) {
      if (!this.#isSkipping) this.#onTooLong(this.#consumed + keep)
      this.#isSkipping = true
      this.#consumed += this.#rest.length
      this.#at = Math.max(0, this.#at - this.#rest.length)
      this.#rest = ''
      this.#start = 0
      return
    }
    const drop = Math.min(keep, this.#rest.length)
    this.#consumed += drop
    this.#rest = this.#rest.slice(drop)
    this.#at -= drop
    if (this.#start >= 0) this.#start -= drop
  }
}

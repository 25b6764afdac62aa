const NEWLINE = 0x0a

/** One line without its end; `bytes` is null when it was longer than the bound. */
export interface TextLine {
  readonly offset: number
  readonly bytes: Buffer | null
}

/** Cuts lines out of bytes that stream by, in bounded memory. */
export class LineSplitter {
  readonly #maximumBytes: number
  #offset = 0
  #start = 0
  #parts: Buffer[] = []
  #partBytes = 0

  constructor(maximumBytes: number) {
    this.#maximumBytes = maximumBytes
  }

  *push(chunk: Buffer): Generator<TextLine> {
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      this.#keep(chunk.subarray(from, end))
      yield this.#take()
      from = end + 1
      this.#start = this.#offset + from
    }
    this.#keep(chunk.subarray(from))
    this.#offset += chunk.length
  }

  /** The last line, where the text does not end with a line's end. */
  *end(): Generator<TextLine> {
    if (this.#partBytes > 0) yield this.#take()
  }

  #keep(part: Buffer): void {
    this.#partBytes += part.length
    if (this.#partBytes > this.#maximumBytes) this.#parts = []
    else if (part.length > 0) this.#parts.push(part)
  }

  #take(): TextLine {
    const bytes =
      this.#partBytes > this.#maximumBytes ? null : this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts)
    this.#parts = []
    this.#partBytes = 0
    return { offset: this.#start, bytes }
  }
}

/** Cuts text that arrives in pieces into lines; lines longer than the limit are left out and reported. */
export class LineSplitter {
  readonly #limit: number
  readonly #onTooLong: (offset: number, characters: number) => void
  #rest = ''
  #offset = 0
  /** Where the line that is being left out began; -1 while none is. */
  #skippedFrom = -1

  constructor(limit: number, onTooLong: (offset: number, characters: number) => void) {
    this.#limit = limit
    this.#onTooLong = onTooLong
  }

  /** Calls `take` with each line that ends in the text so far, and with the characters before it. */
  push(chunk: string, take: (line: string, offset: number) => void): void {
    const text = this.#rest === '' ? chunk : this.#rest + chunk
    let from = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      if (this.#skippedFrom >= 0) this.#endSkipping(this.#offset + end)
      else if (end - from > this.#limit) this.#onTooLong(this.#offset + from, end - from)
      else take(text.slice(from, end > from && text.charCodeAt(end - 1) === 13 ? end - 1 : end), this.#offset + from)
      from = end + 1
    }
    this.#offset += from
    this.#rest = text.slice(from)
    if (this.#skippedFrom >= 0 || this.#rest.length > this.#limit) this.#dropRest()
  }

  /** Calls `take` with the last line if it has no end. */
  end(take: (line: string, offset: number) => void): void {
    if (this.#skippedFrom >= 0) this.#endSkipping(this.#offset)
    else if (this.#rest !== '') take(this.#rest, this.#offset)
    this.#rest = ''
  }

  #dropRest(): void {
    if (this.#skippedFrom < 0) this.#skippedFrom = this.#offset
    this.#offset += this.#rest.length
    this.#rest = ''
  }

  #endSkipping(end: number): void {
    this.#onTooLong(this.#skippedFrom, end - this.#skippedFrom)
    this.#skippedFrom = -1
  }
}

/** Cuts text that arrives in pieces into lines; lines longer than the limit are left out and reported. */
export class LineSplitter {
  readonly #limit: number
  readonly #onTooLong: (offset: number) => void
  #rest = ''
  #offset = 0
  #isSkipping = false

  constructor(limit: number, onTooLong: (offset: number) => void) {
    this.#limit = limit
    this.#onTooLong = onTooLong
  }

  /** Calls `take` with each line that ends in the text so far, and with the characters before it. */
  push(chunk: string, take: (line: string, offset: number) => void): void {
    const text = this.#rest === '' ? chunk : this.#rest + chunk
    let from = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      if (this.#isSkipping) this.#isSkipping = false
      else take(text.slice(from, text.charCodeAt(end - 1) === 13 && end > from ? end - 1 : end), this.#offset + from)
      from = end + 1
    }
    this.#offset += from
    this.#rest = text.slice(from)
    if (this.#isSkipping || this.#rest.length > this.#limit) this.#dropRest()
  }

  /** Calls `take` with the last line if it has no end. */
  end(take: (line: string, offset: number) => void): void {
    if (this.#rest !== '' && !this.#isSkipping) take(this.#rest, this.#offset)
    this.#rest = ''
  }

  #dropRest(): void {
    if (!this.#isSkipping) this.#onTooLong(this.#offset)
    this.#isSkipping = true
    this.#offset += this.#rest.length
    this.#rest = ''
  }
}

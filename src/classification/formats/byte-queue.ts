/** Bytes that come at the end and are taken from the beginning. */
export class ByteQueue {
  #bytes = Buffer.alloc(1 << 18)
  #from = 0
  #to = 0

  get length(): number {
    return this.#to - this.#from
  }

  append(chunk: Uint8Array): void {
    if (this.#to + chunk.length > this.#bytes.length) {
      const needed = this.length + chunk.length
      // What was taken is let go only when room is needed, so that every byte moves a bounded number of times.
      const target = needed * 2 > this.#bytes.length ? Buffer.alloc(needed * 2) : this.#bytes
      this.#bytes.copy(target, 0, this.#from, this.#to)
      this.#to -= this.#from
      this.#from = 0
      this.#bytes = target
    }
    this.#bytes.set(chunk, this.#to)
    this.#to += chunk.length
  }

  /** The bytes at hand; valid until the next `append`. */
  view(): Buffer {
    return this.#bytes.subarray(this.#from, this.#to)
  }

  drop(length: number): void {
    this.#from += length
  }
}

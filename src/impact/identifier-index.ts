import type { MentionTable } from '../model/index.ts'

/** Gives every identifier of all contents one number; equal kind and fingerprint, equal number. */
export class IdentifierIndex {
  #words = new Int32Array(4 * 4096)
  #kinds = new Uint8Array(4096)
  #slots = new Int32Array(16_384)
  #count = 0

  get size(): number {
    return this.#count
  }

  /** Codes of IDENTIFIER_KINDS by identifier. */
  kinds(): Uint8Array {
    return this.#kinds.subarray(0, this.#count)
  }

  /** The numbers of a table's identifiers. */
  numbersOf({ kinds, fingerprints }: MentionTable): Uint32Array {
    const words = wordsOf(fingerprints)
    const numbers = new Uint32Array(kinds.length)
    for (let i = 0; i < kinds.length; i += 1) numbers[i] = this.#numberOf(kinds[i]!, words, i * 4)
    return numbers
  }

  #numberOf(kind: number, words: Int32Array, at: number): number {
    const mask = this.#slots.length - 1
    let slot = (words[at]! ^ Math.imul(kind, 0x9e3779b1)) & mask
    for (let held = this.#slots[slot]!; held !== 0; held = this.#slots[slot]!) {
      if (this.#equals(held - 1, kind, words, at)) return held - 1
      slot = (slot + 1) & mask
    }
    const number = this.#count
    if (number === this.#kinds.length) this.#growColumns()
    this.#kinds[number] = kind
    for (let i = 0; i < 4; i += 1) this.#words[number * 4 + i] = words[at + i]!
    this.#slots[slot] = number + 1
    this.#count += 1
    if (this.#count * 2 > this.#slots.length) this.#rehash()
    return number
  }

  #equals(number: number, kind: number, words: Int32Array, at: number): boolean {
    if (this.#kinds[number] !== kind) return false
    for (let i = 0; i < 4; i += 1) if (this.#words[number * 4 + i] !== words[at + i]) return false
    return true
  }

  #growColumns(): void {
    const kinds = new Uint8Array(this.#kinds.length * 2)
    kinds.set(this.#kinds)
    const words = new Int32Array(this.#words.length * 2)
    words.set(this.#words)
    this.#kinds = kinds
    this.#words = words
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    const mask = this.#slots.length - 1
    for (let number = 0; number < this.#count; number += 1) {
      let slot = (this.#words[number * 4]! ^ Math.imul(this.#kinds[number]!, 0x9e3779b1)) & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = number + 1
    }
  }
}

// A table that came out of storage may start anywhere in its buffer; words need an offset divisible by four.
function wordsOf(fingerprints: Uint8Array): Int32Array {
  const aligned = fingerprints.byteOffset % 4 === 0 ? fingerprints : fingerprints.slice()
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 2)
}

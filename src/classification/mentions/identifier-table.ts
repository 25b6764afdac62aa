import { type Fingerprint, IDENTIFIER_KINDS, type IdentifierKind } from '../../model/index.ts'

const FINGERPRINT_BYTES = 16

/** The distinct identifiers of one content in order of first appearance, held as fingerprints only. */
export class IdentifierTable {
  readonly #fingerprint: Fingerprint
  #words = new Int32Array(4 * 256)
  #bytes = new Uint8Array(this.#words.buffer)
  #kinds = new Uint8Array(256)
  #slots = new Int32Array(1024)
  #count = 0
  readonly #incoming = new Int32Array(4)
  readonly #incomingBytes = new Uint8Array(this.#incoming.buffer)

  constructor(fingerprint: Fingerprint) {
    this.#fingerprint = fingerprint
  }

  /** The index of the identifier, the same for equal kind and normalised value. */
  indexOf(kind: IdentifierKind, normalised: string): number {
    return this.#indexOfFingerprint(IDENTIFIER_KINDS.indexOf(kind), this.#fingerprint(kind, normalised))
  }

  /** Takes in another table's identifiers; returns the index here of each of them. */
  absorb(other: IdentifierTable): Uint32Array {
    const indexes = new Uint32Array(other.#count)
    for (let i = 0; i < other.#count; i += 1) {
      const fingerprint = other.#bytes.subarray(i * FINGERPRINT_BYTES, (i + 1) * FINGERPRINT_BYTES)
      indexes[i] = this.#indexOfFingerprint(other.#kinds[i]!, fingerprint)
    }
    return indexes
  }

  #indexOfFingerprint(code: number, fingerprint: Uint8Array): number {
    this.#incomingBytes.set(fingerprint)
    const mask = this.#slots.length - 1
    let slot = this.#incoming[0]! & mask
    for (let held = this.#slots[slot]!; held !== 0; held = this.#slots[slot]!) {
      if (this.#equals(held - 1, code)) return held - 1
      slot = (slot + 1) & mask
    }
    return this.#append(slot, code)
  }

  countOf(kind: IdentifierKind): number {
    const code = IDENTIFIER_KINDS.indexOf(kind)
    let count = 0
    for (let i = 0; i < this.#count; i += 1) if (this.#kinds[i] === code) count += 1
    return count
  }

  /** Copies of exactly the right length. */
  columns(): { kinds: Uint8Array; fingerprints: Uint8Array } {
    return { kinds: this.#kinds.slice(0, this.#count), fingerprints: this.#bytes.slice(0, this.#count * FINGERPRINT_BYTES) }
  }

  #equals(index: number, code: number): boolean {
    const at = index * 4
    return (
      this.#kinds[index] === code &&
      this.#words[at] === this.#incoming[0] &&
      this.#words[at + 1] === this.#incoming[1] &&
      this.#words[at + 2] === this.#incoming[2] &&
      this.#words[at + 3] === this.#incoming[3]
    )
  }

  #append(slot: number, code: number): number {
    const index = this.#count
    if (index === this.#kinds.length) this.#growColumns()
    this.#kinds[index] = code
    this.#words.set(this.#incoming, index * 4)
    this.#slots[slot] = index + 1
    this.#count += 1
    if (this.#count * 2 > this.#slots.length) this.#rehash()
    return index
  }

  #growColumns(): void {
    const kinds = new Uint8Array(this.#kinds.length * 2)
    kinds.set(this.#kinds)
    const words = new Int32Array(this.#words.length * 2)
    words.set(this.#words)
    this.#kinds = kinds
    this.#words = words
    this.#bytes = new Uint8Array(words.buffer)
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    for (let i = 0; i < this.#count; i += 1) {
      let slot = this.#words[i * 4]! & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = i + 1
    }
    this.#slots = slots
  }
}

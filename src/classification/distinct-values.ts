/** Counts distinct texts by a 53-bit hash each; two in a million texts fall together once in some 20,000 contents. */
export class DistinctValues {
  #slots = new Float64Array(1024)
  #count = 0

  get count(): number {
    return this.#count
  }

  add(value: string): void {
    this.#addHash(hash53(value))
  }

  /** Adds a pair of 32-bit integers. */
  addPair(left: number, right: number): void {
    const a = Math.imul(left ^ Math.imul(right ^ (right >>> 15), 0x85ebca6b), 2654435761)
    const b = Math.imul(right ^ Math.imul(left ^ (left >>> 13), 0xc2b2ae35), 1597334677)
    this.#addHash(4294967296 * (2097151 & (b ^ (b >>> 16))) + ((a ^ (a >>> 15)) >>> 0))
  }

  /** Takes in another set. */
  absorb(other: DistinctValues): void {
    for (const key of other.#slots) if (key !== 0) this.#addHash(key)
  }

  #addHash(hash: number): void {
    const mask = this.#slots.length - 1
    const key = hash === 0 ? 1 : hash
    let slot = (key % 0x7fffffff) & mask
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) if (this.#slots[slot] === key) return
    this.#slots[slot] = key
    this.#count += 1
    if (this.#count * 2 > this.#slots.length) this.#rehash()
  }

  #rehash(): void {
    const old = this.#slots
    this.#slots = new Float64Array(old.length * 2)
    const mask = this.#slots.length - 1
    for (const key of old) {
      if (key === 0) continue
      let slot = (key % 0x7fffffff) & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = key
    }
  }
}

/** Two rounds of multiply and mix over the text's code units (cyrb53). */
function hash53(text: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0)
}

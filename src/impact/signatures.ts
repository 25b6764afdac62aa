/** Gives every distinct set of identifiers one number: records that say the same of a person are linked as one. */
export class SignatureIndex {
  #start = new Uint32Array(4097)
  #identifiers = new Uint32Array(16_384)
  #hashes = new Int32Array(4096)
  #slots = new Int32Array(16_384)
  #count = 0

  get size(): number {
    return this.#count
  }

  /** Signature s has identifiers[start[s]] … identifiers[start[s + 1] - 1], ascending. */
  columns(): { start: Uint32Array; identifiers: Uint32Array } {
    return {
      start: this.#start.subarray(0, this.#count + 1),
      identifiers: this.#identifiers.subarray(0, this.#start[this.#count]),
    }
  }

  /** The number of a set that is ascending and without repeats. */
  numberOf(set: Uint32Array): number {
    let hash = 0x9e3779b1
    for (const identifier of set) hash = Math.imul(hash ^ (hash >>> 15) ^ identifier, 0x85ebca6b)
    hash ^= hash >>> 13
    const mask = this.#slots.length - 1
    let slot = hash & mask
    for (let held = this.#slots[slot]!; held !== 0; held = this.#slots[slot]!) {
      if (this.#hashes[held - 1] === hash && this.#equals(held - 1, set)) return held - 1
      slot = (slot + 1) & mask
    }
    return this.#append(slot, hash, set)
  }

  #equals(signature: number, set: Uint32Array): boolean {
    const start = this.#start[signature]!
    if (this.#start[signature + 1]! - start !== set.length) return false
    for (let i = 0; i < set.length; i += 1) if (this.#identifiers[start + i] !== set[i]) return false
    return true
  }

  #append(slot: number, hash: number, set: Uint32Array): number {
    const signature = this.#count
    if (signature === this.#hashes.length) {
      this.#start = grown(this.#start, signature * 2 + 1)
      this.#hashes = grown(this.#hashes, signature * 2)
    }
    const start = this.#start[signature]!
    if (start + set.length > this.#identifiers.length)
      this.#identifiers = grown(this.#identifiers, Math.max(start + set.length, this.#identifiers.length * 2))
    this.#identifiers.set(set, start)
    this.#start[signature + 1] = start + set.length
    this.#hashes[signature] = hash
    this.#slots[slot] = signature + 1
    this.#count += 1
    if (this.#count * 2 > this.#slots.length) this.#rehash()
    return signature
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    const mask = this.#slots.length - 1
    for (let signature = 0; signature < this.#count; signature += 1) {
      let slot = this.#hashes[signature]! & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = signature + 1
    }
  }
}

function grown<T extends Uint32Array | Int32Array>(array: T, length: number): T {
  const larger = new (array.constructor as new (length: number) => T)(length)
  larger.set(array)
  return larger
}

import type { MentionTable } from '../../model/index.ts'
import type { IdentifierTable } from './identifier-table.ts'

/** What a record tells where it tells no market. */
export const NO_MARKET = 255

/** Collects one row for each distinct combination of identifiers, elements and market, in order of first appearance. */
export class MentionTableBuilder {
  #start = new Uint32Array(257)
  #identifiers = new Uint32Array(1024)
  #elements = new Uint32Array(256)
  #market = new Uint8Array(256)
  #basis = new Uint8Array(256)
  #records = new Uint32Array(256)
  #hashes = new Int32Array(256)
  #slots = new Int32Array(1024)
  #rowCount = 0
  #defaultMarket = NO_MARKET
  #defaultBasis = NO_MARKET
  readonly #markets: string[] = []
  readonly #marketCodes = new Map<string, number>()

  /** The code of a market in this table; a content that names more than 254 countries is not one to place anybody by. */
  marketCode(market: string): number {
    const known = this.#marketCodes.get(market)
    if (known !== undefined) return known
    if (this.#markets.length >= NO_MARKET) return NO_MARKET
    const code = this.#markets.length
    this.#markets.push(market)
    this.#marketCodes.set(market, code)
    return code
  }

  /** The market of records that tell none themselves. */
  defaultMarket(market: number, basis: number): void {
    this.#defaultMarket = market
    this.#defaultBasis = basis
  }

  /** Takes in another table's rows; `indexes` are its identifiers' indexes here. */
  absorb(other: MentionTableBuilder, indexes: Uint32Array): void {
    const codes = other.#markets.map((market) => this.marketCode(market))
    for (let row = 0; row < other.#rowCount; row += 1) {
      const identifiers = other.#identifiers.slice(other.#start[row]!, other.#start[row + 1]!)
      for (let i = 0; i < identifiers.length; i += 1) identifiers[i] = indexes[identifiers[i]!]!
      const market = codes[other.#market[row]!] ?? NO_MARKET
      const basis = other.#basis[row]!
      this.add(identifiers, 0, identifiers.length, other.#elements[row]!, market, basis, other.#records[row]!)
    }
  }

  /** Adds one record, or several alike. `identifiers[from … to)` is sorted and made distinct in place. */
  add(
    identifiers: Uint32Array,
    from: number,
    to: number,
    elements: number,
    ownMarket: number,
    ownBasis: number,
    records = 1,
  ): void {
    const market = ownMarket === NO_MARKET ? this.#defaultMarket : ownMarket
    const basis = ownMarket === NO_MARKET ? this.#defaultBasis : ownBasis
    const end = sortDistinct(identifiers, from, to)
    let hash = Math.imul(elements ^ (market << 8) ^ basis, 0x9e3779b1)
    for (let i = from; i < end; i += 1) hash = Math.imul(hash ^ (hash >>> 15) ^ identifiers[i]!, 0x85ebca6b)
    hash ^= hash >>> 13
    const mask = this.#slots.length - 1
    let slot = hash & mask
    for (let held = this.#slots[slot]!; held !== 0; held = this.#slots[slot]!) {
      if (this.#hashes[held - 1] === hash && this.#equals(held - 1, identifiers, from, end, elements, market, basis)) {
        this.#records[held - 1] = this.#records[held - 1]! + records
        return
      }
      slot = (slot + 1) & mask
    }
    this.#append(slot, hash, identifiers, from, end, elements, market, basis)
    this.#records[this.#rowCount - 1] = records
  }

  /** Records with the element in bit `bit`. */
  recordsWith(bit: number): number {
    let records = 0
    for (let row = 0; row < this.#rowCount; row += 1) if ((this.#elements[row]! >>> bit) & 1) records += this.#records[row]!
    return records
  }

  build(identifiers: IdentifierTable): MentionTable {
    const rows = this.#rowCount
    return {
      rowCount: rows,
      start: this.#start.slice(0, rows + 1),
      identifiers: this.#identifiers.slice(0, this.#start[rows]),
      ...identifiers.columns(),
      elements: this.#elements.slice(0, rows),
      market: this.#market.slice(0, rows),
      marketBasis: this.#basis.slice(0, rows),
      markets: this.#markets,
      records: this.#records.slice(0, rows),
    }
  }

  #equals(row: number, ids: Uint32Array, from: number, to: number, elements: number, market: number, basis: number): boolean {
    const start = this.#start[row]!
    if (this.#start[row + 1]! - start !== to - from) return false
    if (this.#elements[row] !== elements || this.#market[row] !== market || this.#basis[row] !== basis) return false
    for (let i = from; i < to; i += 1) if (this.#identifiers[start + i - from] !== ids[i]) return false
    return true
  }

  #append(
    slot: number,
    hash: number,
    ids: Uint32Array,
    from: number,
    to: number,
    elements: number,
    market: number,
    basis: number,
  ): void {
    const row = this.#rowCount
    if (row === this.#elements.length) this.#growRows()
    const start = this.#start[row]!
    if (start + to - from > this.#identifiers.length)
      this.#identifiers = grown(this.#identifiers, Math.max(2 * this.#identifiers.length, start + to - from))
    this.#identifiers.set(ids.subarray(from, to), start)
    this.#start[row + 1] = start + to - from
    this.#elements[row] = elements
    this.#market[row] = market
    this.#basis[row] = basis
    this.#hashes[row] = hash
    this.#slots[slot] = row + 1
    this.#rowCount += 1
    if (this.#rowCount * 2 > this.#slots.length) this.#rehash()
  }

  #growRows(): void {
    const length = this.#elements.length * 2
    this.#start = grown(this.#start, length + 1)
    this.#elements = grown(this.#elements, length)
    this.#records = grown(this.#records, length)
    this.#hashes = grown(this.#hashes, length)
    this.#market = grown(this.#market, length)
    this.#basis = grown(this.#basis, length)
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    for (let row = 0; row < this.#rowCount; row += 1) {
      let slot = this.#hashes[row]! & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = row + 1
    }
    this.#slots = slots
  }
}

function grown<T extends Uint32Array | Int32Array | Uint8Array>(array: T, length: number): T {
  const larger = new (array.constructor as new (length: number) => T)(length)
  larger.set(array)
  return larger
}

/** Sorts a run in place and drops repeats; returns its new end. */
function sortDistinct(values: Uint32Array, from: number, to: number): number {
  if (to - from > 32) values.subarray(from, to).sort()
  for (let i = from + 1; i < to; i += 1) {
    const value = values[i]!
    let j = i
    for (; j > from && values[j - 1]! > value; j -= 1) values[j] = values[j - 1]!
    values[j] = value
  }
  let end = from
  for (let i = from; i < to; i += 1) if (i === from || values[i] !== values[end - 1]) values[end++] = values[i]!
  return end
}

import { NO_MARKET } from '../mentions/mention-table-builder.ts'

export const HAS_LATITUDE = 1
export const HAS_LONGITUDE = 2
export const HAS_PLACE = 4
export const HAS_TIME = 8

/** What the columns of a batch told of each row so far; used again for batch after batch. */
export class RowFacts {
  elements = new Uint32Array(0)
  flags = new Uint8Array(0)
  market = new Uint8Array(0)
  basis = new Uint8Array(0)
  /** Identifiers as a chain for each row, so that any number fits. */
  #first = new Int32Array(0)
  #next = new Int32Array(1024)
  #identifier = new Uint32Array(1024)
  #chained = 0

  reset(rowCount: number): void {
    if (this.elements.length < rowCount) {
      this.elements = new Uint32Array(rowCount)
      this.flags = new Uint8Array(rowCount)
      this.market = new Uint8Array(rowCount)
      this.basis = new Uint8Array(rowCount)
      this.#first = new Int32Array(rowCount)
    }
    this.elements.fill(0)
    this.flags.fill(0)
    this.market.fill(NO_MARKET)
    this.basis.fill(NO_MARKET)
    this.#first.fill(-1)
    this.#chained = 0
  }

  addIdentifier(row: number, identifier: number): void {
    if (this.#chained === this.#next.length) {
      const next = new Int32Array(this.#next.length * 2)
      next.set(this.#next)
      const identifiers = new Uint32Array(next.length)
      identifiers.set(this.#identifier)
      this.#next = next
      this.#identifier = identifiers
    }
    this.#identifier[this.#chained] = identifier
    this.#next[this.#chained] = this.#first[row]!
    this.#first[row] = this.#chained
    this.#chained += 1
  }

  /** Keeps the strongest basis, and of equal ones the first. */
  placeIn(row: number, market: number, basis: number): void {
    if (market === NO_MARKET || basis >= this.basis[row]!) return
    this.market[row] = market
    this.basis[row] = basis
  }

  /** Appends the row's identifiers at `at`; returns the array (a larger one where it was full) and the new end. */
  identifiersOf(row: number, into: { values: Uint32Array; end: number }): void {
    for (let link = this.#first[row]!; link >= 0; link = this.#next[link]!) {
      if (into.end === into.values.length) {
        const larger = new Uint32Array(into.values.length * 2)
        larger.set(into.values)
        into.values = larger
      }
      into.values[into.end] = this.#identifier[link]!
      into.end += 1
    }
  }
}

import type { Cell } from '../formats/format.ts'
import type { FindingTally } from '../findings/finding-tally.ts'
import { fold } from '../text-folding.ts'
import type { Proposal } from './column-plan.ts'
import type { RowFacts } from './row-facts.ts'
import type { KnownValue, ValueReader } from './value-reader.ts'

// Checking and fingerprinting a value costs far more than looking it up; the bound keeps memory flat.
const CACHED_VALUES = 65_536
const LONGEST_VALUE = 240

/** One column whose cells are values of one or a few elements. */
export class ValueColumn {
  readonly #where: string
  readonly #proposals: readonly Proposal[]
  readonly #usesCountry: boolean
  readonly #values: ValueReader
  readonly #tally: FindingTally
  readonly #known = new Map<string, Map<string, KnownValue | null>>()

  constructor(where: string, proposals: readonly Proposal[], values: ValueReader, tally: FindingTally) {
    this.#where = where
    this.#proposals = proposals
    this.#usesCountry = proposals.some(({ detector }) => detector.usesCountry === true)
    this.#values = values
    this.#tally = tally
  }

  read(
    cells: ArrayLike<Cell>,
    rowCount: number,
    country: string | null,
    countries: readonly (string | null)[] | null,
    facts: RowFacts,
  ): void {
    const hits = new Map<Proposal['detector'], number>()
    let tried = 0
    for (let row = 0; row < rowCount; row += 1) {
      const cell = cells[row]
      if (cell == null || cell === '') continue
      tried += 1
      const value = this.#lookUp(
        typeof cell === 'string' ? cell : String(cell),
        (this.#usesCountry && countries?.[row]) || country,
      )
      if (value === null) continue
      hits.set(value.detector, (hits.get(value.detector) ?? 0) + 1)
      facts.elements[row] = facts.elements[row]! | value.bit
      if (value.identifier >= 0) facts.addIdentifier(row, value.identifier)
      facts.placeIn(row, value.market, value.basis)
    }
    for (const { detector, named } of this.#proposals) {
      const place = this.#tally.place(detector.element, this.#where, named, detector.chanceRate)
      place.tried += tried
      place.hits += hits.get(detector) ?? 0
    }
  }

  #lookUp(raw: string, country: string | null): KnownValue | null {
    const key = this.#usesCountry ? (country ?? '') : ''
    const known = this.#known.get(key) ?? new Map<string, KnownValue | null>()
    this.#known.set(key, known)
    let value = known.get(raw)
    if (value === undefined) {
      value = this.#check(raw, country)
      if (known.size >= CACHED_VALUES) known.clear()
      known.set(raw, value)
    }
    return value
  }

  #check(raw: string, country: string | null): KnownValue | null {
    if (raw.length > LONGEST_VALUE) return null
    const value = fold(raw)
    for (const { detector, named } of this.#proposals) {
      const match = detector.check(value, { named, country })
      if (match === null) continue
      const place = this.#tally.place(detector.element, this.#where, named, detector.chanceRate)
      place.values += 1
      place.strengthSum += match.strength
      return this.#values.take(detector, match)
    }
    return null
  }
}

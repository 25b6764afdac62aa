import { type DataElement, ELEMENTS, MARKET_BASES } from '../../model/index.ts'
import type { Detector, ValueMatch } from '../detectors/detector.ts'
import { DistinctValues } from '../distinct-values.ts'
import type { IdentifierTable } from '../mentions/identifier-table.ts'
import { type MentionTableBuilder, NO_MARKET } from '../mentions/mention-table-builder.ts'

/** A value as the records that hold it need it. Nothing here tells the value itself. */
export interface KnownValue {
  readonly detector: Detector
  /** The element's bit in a mention table's row. */
  readonly bit: number
  /** Index of the identifier, or -1. */
  readonly identifier: number
  readonly market: number
  readonly basis: number
}

/** Turns values that detectors accepted into identifiers, bits and markets, and counts distinct ones. */
export class ValueReader {
  readonly identifiers: IdentifierTable
  readonly #mentions: MentionTableBuilder
  readonly #distinct = new Map<DataElement, DistinctValues>()

  constructor(identifiers: IdentifierTable, mentions: MentionTableBuilder) {
    this.identifiers = identifiers
    this.#mentions = mentions
  }

  take(detector: Detector, match: ValueMatch): KnownValue {
    const identifier = detector.identifier === null ? -1 : this.identifiers.indexOf(detector.identifier, match.normalised)
    if (identifier < 0) this.distinctOf(detector.element).add(match.normalised)
    return {
      detector,
      bit: 1 << ELEMENTS.indexOf(detector.element),
      identifier,
      market: match.market === undefined ? NO_MARKET : this.#mentions.marketCode(match.market.code),
      basis: match.market === undefined ? NO_MARKET : MARKET_BASES.indexOf(match.market.basis),
    }
  }

  /** Takes in the distinct values of another reader that are no identifiers. */
  absorb(other: ValueReader): void {
    for (const [element, distinct] of other.#distinct) this.distinctOf(element).absorb(distinct)
  }

  distinctOf(element: DataElement): DistinctValues {
    const distinct = this.#distinct.get(element) ?? new DistinctValues()
    this.#distinct.set(element, distinct)
    return distinct
  }
}

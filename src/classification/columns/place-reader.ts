import { isCoordinatePair, location } from '../detectors/location.ts'
import { locationTrack } from '../detectors/location-track.ts'
import type { FindingTally } from '../findings/finding-tally.ts'
import type { Cell, RowBatch } from '../formats/format.ts'
import type { ColumnPlan } from './column-plan.ts'
import { HAS_LATITUDE, HAS_LONGITUDE, HAS_PLACE, type RowFacts } from './row-facts.ts'
import type { ValueReader } from './value-reader.ts'

const BOTH = HAS_LATITUDE | HAS_LONGITUDE

/** Reads coordinates: from columns that go by pairs, or from one that holds both. */
export class PlaceReader {
  readonly #values: ValueReader
  readonly #tally: FindingTally

  constructor(values: ValueReader, tally: FindingTally) {
    this.#values = values
    this.#tally = tally
  }

  /** Each latitude column goes with the next longitude column. */
  pairs(batch: RowBatch, columns: readonly { readonly name: string; readonly plan: ColumnPlan | null }[], facts: RowFacts): void {
    const partIndexes = (part: string): number[] =>
      columns.flatMap(({ plan }, i) => (plan?.role === 'part' && plan.part === part && batch.cells[i] != null ? [i] : []))
    const longitudes = partIndexes('longitude')
    partIndexes('latitude').forEach((latitude, i) => {
      const longitude = longitudes[i]
      if (longitude === undefined) return
      const where = batch.table === '' ? '' : `${batch.table}!`
      const names = `${where}${columns[latitude]!.name} + ${columns[longitude]!.name}`
      this.#pair(names, batch.cells[latitude]!, batch.cells[longitude]!, batch.rowCount, facts)
    })
  }

  combined(where: string, cells: ArrayLike<Cell>, rowCount: number, facts: RowFacts): void {
    const distinct = this.#values.distinctOf('location')
    let hits = 0
    let tried = 0
    for (let row = 0; row < rowCount; row += 1) {
      const cell = cells[row]
      if (cell == null || cell === '') continue
      tried += 1
      if (typeof cell !== 'string' || !isCoordinatePair(cell.trim())) continue
      hits += 1
      facts.flags[row] = facts.flags[row]! | HAS_PLACE
      distinct.add(cell)
    }
    this.#count(where, tried, hits)
  }

  #pair(where: string, latitudes: ArrayLike<Cell>, longitudes: ArrayLike<Cell>, rowCount: number, facts: RowFacts): void {
    const distinct = this.#values.distinctOf('location')
    let hits = 0
    let tried = 0
    for (let row = 0; row < rowCount; row += 1) {
      const latitude = degrees(latitudes[row], 90)
      const longitude = degrees(longitudes[row], 180)
      if (latitudes[row] != null && latitudes[row] !== '') tried += 1
      if (latitude === null || longitude === null) continue
      hits += 1
      facts.flags[row] = facts.flags[row]! | BOTH
      distinct.addPair(Math.round(latitude * 1e7), Math.round(longitude * 1e7))
    }
    this.#count(where, tried, hits)
  }

  #count(where: string, tried: number, hits: number): void {
    for (const { element } of [location, locationTrack]) {
      const place = this.#tally.place(element, where, true, 0.01)
      place.tried += tried
      place.hits += hits
      place.values += hits
      place.strengthSum += hits * 0.6
    }
  }
}

/**
 * A coordinate in range, or null. The column was seen to hold several decimals; a single number may have lost its
 * trailing zeros, so here only whole degrees, which is what a receiver without a fix writes, are refused.
 */
function degrees(cell: Cell, limit: number): number | null {
  if (cell == null || cell === '' || typeof cell === 'boolean' || cell instanceof Date) return null
  const value = Number(cell)
  return Math.abs(value) <= limit && !Number.isInteger(value) ? value : null
}

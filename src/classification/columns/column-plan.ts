import type { Detector } from '../detectors/detector.ts'
import { COMBINED, isCoordinate, isCoordinatePair } from '../detectors/location.ts'
import { DETECTORS } from '../detectors/registry.ts'
import { fold, keyPathWords } from '../text-folding.ts'
import { type ColumnPart, isTime, partOf } from './column-parts.ts'

/** A detector that a column's values are put to. */
export interface Proposal {
  readonly detector: Detector
  readonly named: boolean
  /** Its header names other things as often, and the values do not speak for themselves. */
  readonly needsCompany: boolean
}

/** What the cells of a column are taken for. */
export type ColumnPlan =
  | { readonly role: 'values'; readonly proposals: readonly Proposal[] }
  | { readonly role: 'part'; readonly part: ColumnPart }
  | { readonly role: 'place' }
  | { readonly role: 'text' }
  | { readonly role: 'none' }

const LONGEST_VALUE = 240
// In a short column even one chance hit is a high rate: what chance explains this easily is not a finding.
const MOST_LIKELY_BY_CHANCE = 5e-4
// Numbers of things, not of people: what looks like an identifier under such a header is not one.
const THINGS =
  /\b(part|sku|order|invoice|tracking|ticket|batch|lot|barcode|ean|upc|isbn|hash|digest|checksum|uuid|guid|session|transaction|txn|request|trace|build|revision|firmware|version|file|path|url|uri|size|bytes|count|total|amount|price|odometer|mileage|km)\b|部品|品番|注文|伝票|金額|走行距離|件数/

/** What a column is taken for, by its header and a sample of its distinct values (folded, not empty). */
export function planColumn(header: string, sample: readonly string[], country: string | null): ColumnPlan {
  const words = keyPathWords(header)
  const part = partOf(words)
  if (part !== null && fitsPart(part, sample)) return { role: 'part', part }
  if (COMBINED.test(words) && share(sample, isCoordinatePair) >= 0.5) return { role: 'place' }
  const proposals = DETECTORS.map((detector) => propose(detector, words, sample, country)).filter((proposal) => proposal !== null)
  if (proposals.length > 0) return { role: 'values', proposals }
  if (share(sample, isCoordinatePair) >= 0.9) return { role: 'place' }
  return isWorthReading(sample) ? { role: 'text' } : { role: 'none' }
}

function propose(detector: Detector, words: string, sample: readonly string[], country: string | null): Proposal | null {
  const named = detector.named.test(words) && !detector.notNamed?.test(words)
  if (!named && (detector.needsHeader || THINGS.test(words))) {
    // A check digit on nearly every value outweighs a header; shape alone does not.
    if (detector.needsHeader || detector.chanceRate > 0.1) return null
  }
  const hitRate = share(sample, (value) => value.length <= LONGEST_VALUE && detector.check(value, { named, country }) !== null)
  if (hitRate === 0 || hitRate < neededHitRate(detector, named)) return null
  if (!named && chanceOfAsMany(Math.round(hitRate * sample.length), sample.length, detector.chanceRate) > MOST_LIKELY_BY_CHANCE)
    return null
  const isDoubtful = named && detector.namedInCompany?.test(words) === true
  return { detector, named, needsCompany: isDoubtful && share(sample, (value) => detector.typical?.test(value) === true) < 0.6 }
}

/**
 * How many of the distinct values must pass. Under its own header a detector may find few (columns hold blanks, dashes
 * and "unknown"); otherwise they must be far more than chance would pass.
 */
function neededHitRate(detector: Detector, named: boolean): number {
  if (named) return 0.1
  return Math.min(0.9, Math.max(0.05, detector.chanceRate * 10))
}

/** The probability that at least `hits` of `values` random values pass a check that passes at `chanceRate` (binomial tail). */
function chanceOfAsMany(hits: number, values: number, chanceRate: number): number {
  let term = (1 - chanceRate) ** values
  let below = 0
  for (let count = 0; count < hits; count += 1) {
    below += term
    term *= (((values - count) / (count + 1)) * chanceRate) / (1 - chanceRate)
  }
  return Math.max(0, 1 - below)
}

function fitsPart(part: ColumnPart, sample: readonly string[]): boolean {
  if (part === 'latitude') return share(sample, (value) => isCoordinate(value, 90)) >= 0.5
  if (part === 'longitude') return share(sample, (value) => isCoordinate(value, 180)) >= 0.5
  if (part === 'time') return share(sample, isTime) >= 0.5
  return true
}

/** Whether cells may hold something inside longer text. */
function isWorthReading(sample: readonly string[]): boolean {
  return sample.some(
    (value) =>
      value.length >= 8 &&
      !isTime(value) &&
      (/@|\d{6}|\d[\d ().-]{6,}\d|様|〒|[都道府県]/.test(value) || (value.length > 20 && /\s/.test(value))),
  )
}

function share(sample: readonly string[], holds: (value: string) => boolean): number {
  if (sample.length === 0) return 0
  let count = 0
  for (const value of sample) if (holds(value)) count += 1
  return count / sample.length
}

/** At most `limit` distinct, folded, non-empty texts of some cells. */
export function sampleCells(cells: ArrayLike<unknown>, rowCount: number, limit: number): string[] {
  const distinct = new Set<string>()
  for (let row = 0; row < rowCount && distinct.size < limit; row += 1) {
    const cell = cells[row]
    if (cell === undefined || cell === null || cell === '') continue
    const text = fold(cell instanceof Date ? isoText(cell) : String(cell))
    if (text !== '') distinct.add(text.slice(0, 2_000))
  }
  return [...distinct]
}

function isoText(date: Date): string {
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}

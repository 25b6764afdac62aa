import { ELEMENTS, MARKET_BASES } from '../../model/index.ts'
import { RECORD_DETECTORS } from '../detectors/registry.ts'
import { personName } from '../detectors/person-name.ts'
import type { FindingTally } from '../findings/finding-tally.ts'
import type { Cell, RowBatch } from '../formats/format.ts'
import { countryOfAddressParts } from '../markets/postal-region.ts'
import type { MentionTableBuilder } from '../mentions/mention-table-builder.ts'
import type { ProseScanner } from '../prose/prose-scanner.ts'
import { fold } from '../text-folding.ts'
import { planColumn, sampleCells, type ColumnPlan } from './column-plan.ts'
import { type ColumnPart, isTime } from './column-parts.ts'
import { PlaceReader } from './place-reader.ts'
import { HAS_LATITUDE, HAS_LONGITUDE, HAS_PLACE, HAS_TIME, RowFacts } from './row-facts.ts'
import { ValueColumn } from './value-column.ts'
import type { ValueReader } from './value-reader.ts'

const SAMPLE_VALUES = 500
/** A plan made on so few distinct values is made again with the next batch. */
const FEW_VALUES = 50
const ENTITIES = elementBits('vin', 'chassis-number', 'terminal-id', 'customer-id', 'number-plate')
const NAMING = elementBits('customer-id', 'person-name')
const POSTAL_BASIS = MARKET_BASES.indexOf('postal-address')

interface Column {
  readonly name: string
  plan: ColumnPlan | null
  sampled: number
  values: ValueColumn | null
}

export interface TableScannerOptions {
  readonly table: string
  readonly country: string | null
  readonly values: ValueReader
  readonly mentions: MentionTableBuilder
  readonly tally: FindingTally
  readonly prose: ProseScanner
}

/** Finds elements, identifiers and markets in the rows of one table and adds its records to the mentions. */
export class TableScanner {
  readonly #options: TableScannerOptions
  readonly #columns: Column[] = []
  readonly #facts = new RowFacts()
  readonly #places: PlaceReader
  readonly #addressCountries = new Map<string, string | null>()
  readonly #identifiers = { values: new Uint32Array(64), end: 0 }
  recordCount = 0

  constructor(options: TableScannerOptions) {
    this.#options = options
    this.#places = new PlaceReader(options.values, options.tally)
  }

  isNeeded(column: number): boolean {
    const known = this.#columns[column]
    return known === undefined || known.plan === null || known.plan.role !== 'none' || known.sampled < FEW_VALUES
  }

  rows(batch: RowBatch): void {
    this.#facts.reset(batch.rowCount)
    for (let i = this.#columns.length; i < batch.columns.length; i += 1)
      this.#columns.push({ name: batch.columns[i]!, plan: null, sampled: 0, values: null })
    this.#columns.forEach((column, i) => {
      const cells = batch.cells[i]
      if (cells != null) this.#plan(column, cells, batch.rowCount)
    })
    const countries = this.#countries(batch)
    this.#columns.forEach((column, i) => {
      const cells = batch.cells[i]
      if (cells != null) this.#readColumn(column, cells, batch.rowCount, countries)
    })
    this.#readNames(batch)
    this.#places.pairs(batch, this.#columns, this.#facts)
    this.#addRecords(batch)
  }

  #where(column: Column): string {
    return this.#options.table === '' ? column.name : `${this.#options.table}!${column.name}`
  }

  #plan(column: Column, cells: ArrayLike<Cell>, rowCount: number): void {
    if (column.plan !== null && column.sampled >= FEW_VALUES) return
    const sample = sampleCells(cells, rowCount, SAMPLE_VALUES)
    if (sample.length <= column.sampled) return
    column.sampled = sample.length
    column.plan = planColumn(column.name, sample, this.#options.country)
    column.values = null
    if (column.plan.role === 'values')
      column.values = new ValueColumn(this.#where(column), column.plan.proposals, this.#options.values, this.#options.tally)
  }

  #readColumn(column: Column, cells: ArrayLike<Cell>, rowCount: number, countries: readonly (string | null)[] | null): void {
    const { plan } = column
    if (column.values !== null && this.#isBelieved(column))
      column.values.read(cells, rowCount, this.#options.country, countries, this.#facts)
    else if (plan?.role === 'place') this.#places.combined(this.#where(column), cells, rowCount, this.#facts)
    else if (plan?.role === 'text') this.#readText(column, cells, rowCount)
    else if (plan?.role === 'part' && plan.part === 'time') this.#readTimes(cells, rowCount)
  }

  /** Whether the column's header is enough, or other personal columns of the table bear it out. */
  #isBelieved({ plan }: Column): boolean {
    if (plan?.role !== 'values' || plan.proposals.some(({ needsCompany }) => !needsCompany)) return true
    const own = plan.proposals.map(({ detector }) => detector.element)
    return this.#columns.some(
      (other) => other.plan?.role === 'values' && other.plan.proposals.some(({ detector }) => !own.includes(detector.element)),
    )
  }

  #readTimes(cells: ArrayLike<Cell>, rowCount: number): void {
    const { flags } = this.#facts
    for (let row = 0; row < rowCount; row += 1) {
      const cell = cells[row]
      if (cell == null || cell === '') continue
      // The column was seen to hold times; dates of a reader's own type need no look at their text.
      if (typeof cell !== 'string' || isTime(fold(cell))) flags[row] = flags[row]! | HAS_TIME
    }
  }

  #readText(column: Column, cells: ArrayLike<Cell>, rowCount: number): void {
    const { prose, tally } = this.#options
    const where = this.#where(column)
    for (let row = 0; row < rowCount; row += 1) {
      const cell = cells[row]
      if (cell == null || cell === '') continue
      for (const { value, named, match } of prose.find(String(cell))) {
        this.#facts.elements[row] = this.#facts.elements[row]! | value.bit
        if (value.identifier >= 0) this.#facts.addIdentifier(row, value.identifier)
        this.#facts.placeIn(row, value.market, value.basis)
        const place = tally.place(value.detector.element, where, named, value.detector.chanceRate)
        place.hits += 1
        place.tried += 1
        place.values += 1
        place.strengthSum += match.strength
      }
    }
  }

  #cellsOf(batch: RowBatch, part: ColumnPart): ArrayLike<Cell> | null {
    const index = this.#columns.findIndex(({ plan }) => plan?.role === 'part' && plan.part === part)
    return index < 0 ? null : (batch.cells[index] ?? null)
  }

  /** The country that each row's address columns tell, or null where there are no such columns. */
  #countries(batch: RowBatch): (string | null)[] | null {
    const country = this.#cellsOf(batch, 'country')
    const state = this.#cellsOf(batch, 'state')
    const postcode = this.#cellsOf(batch, 'postcode')
    if (country === null && state === null && postcode === null) return null
    return Array.from({ length: batch.rowCount }, (_, row) => {
      const found = this.#addressCountry(text(country?.[row]), text(state?.[row]), text(postcode?.[row]))
      if (found !== null) this.#facts.placeIn(row, this.#options.mentions.marketCode(found), POSTAL_BASIS)
      return found
    })
  }

  #addressCountry(country: string, state: string, postcode: string): string | null {
    const key = `${country}\n${state}\n${postcode}`
    let found = this.#addressCountries.get(key)
    if (found === undefined) {
      found = countryOfAddressParts(fold(country), fold(state), fold(postcode))
      if (this.#addressCountries.size > 50_000) this.#addressCountries.clear()
      this.#addressCountries.set(key, found)
    }
    return found
  }

  /** Given and family names stand in columns of their own; together they are one name. */
  #readNames(batch: RowBatch): void {
    const given = this.#cellsOf(batch, 'given-name')
    const family = this.#cellsOf(batch, 'family-name')
    if (given === null && family === null) return
    const where = this.#columns
      .filter(({ plan }) => plan?.role === 'part' && /name$/.test(plan.part))
      .map((column) => this.#where(column))
    const joined = Array.from({ length: batch.rowCount }, (_, row) => `${text(given?.[row])} ${text(family?.[row])}`.trim())
    const column = new ValueColumn(
      where.join(' + '),
      [{ detector: personName, named: true, needsCompany: false }],
      this.#options.values,
      this.#options.tally,
    )
    column.read(joined, batch.rowCount, null, null, this.#facts)
  }

  #addRecords(batch: RowBatch): void {
    const { records } = batch
    for (let from = 0; from < batch.rowCount; ) {
      let to = from + 1
      if (records !== undefined) while (to < batch.rowCount && records[to] === records[from]) to += 1
      this.#addRecord(from, to)
      from = to
    }
  }

  /** Adds one record: one mention, or one for each person where several of its rows name one. */
  #addRecord(from: number, to: number): void {
    const { elements } = this.#facts
    this.recordCount += 1
    let naming = 0
    for (let row = from; row < to; row += 1) if ((elements[row]! & NAMING) !== 0) naming += 1
    if (naming < 2) {
      this.#addMention(from, to)
      return
    }
    for (let start = from; start < to; ) {
      let end = start + 1
      // Rows that name nobody, such as a customer's vehicles, belong to the row before them.
      while (end < to && (elements[end]! & NAMING) === 0) end += 1
      this.#addMention(start, end)
      start = end
    }
  }

  #addMention(from: number, to: number): void {
    const facts = this.#facts
    this.#identifiers.end = 0
    let elements = 0
    let hasPlace = false
    let hasTime = false
    for (let row = from; row < to; row += 1) {
      const flags = facts.flags[row]!
      elements |= facts.elements[row]!
      hasTime ||= (flags & HAS_TIME) !== 0
      hasPlace ||= (flags & HAS_PLACE) !== 0 || (flags & (HAS_LATITUDE | HAS_LONGITUDE)) === (HAS_LATITUDE | HAS_LONGITUDE)
      if (row > from) facts.placeIn(from, facts.market[row]!, facts.basis[row]!)
      facts.identifiersOf(row, this.#identifiers)
    }
    const hasEntity = (elements & ENTITIES) !== 0
    if (hasPlace)
      for (const { bit, detector } of RECORD_BITS) if (detector.holds({ hasPlace, hasTime, hasEntity })) elements |= bit
    if (elements === 0) return
    this.#options.mentions.add(
      this.#identifiers.values,
      0,
      this.#identifiers.end,
      elements,
      facts.market[from]!,
      facts.basis[from]!,
    )
  }
}

const RECORD_BITS = RECORD_DETECTORS.map((detector) => ({ detector, bit: elementBits(detector.element) }))

function elementBits(...elements: readonly (typeof ELEMENTS)[number][]): number {
  return elements.reduce((bits, element) => bits | (1 << ELEMENTS.indexOf(element)), 0)
}

function text(cell: Cell): string {
  return cell == null ? '' : String(cell)
}

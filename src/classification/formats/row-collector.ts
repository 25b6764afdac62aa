import type { Cell, RecordSink } from './format.ts'

const BATCH_ROWS = 4096
// Wide tables come in shorter batches, so that a batch takes a few dozen megabytes at most.
const BATCH_CELLS = 1 << 20

/** Gathers rows into batches by column. A record has one row or, where it holds lists, several. */
export class RowCollector {
  readonly #sink: RecordSink
  readonly #table: string
  readonly #hasKeyPaths: boolean
  readonly #columns: string[] = []
  #cells: Cell[][] = []
  #needed: boolean[] = []
  #records = new Uint32Array(BATCH_ROWS * 2)
  #rowCount = 0
  #recordNumber = 0

  constructor(sink: RecordSink, table: string, options: { hasKeyPaths?: boolean } = {}) {
    this.#hasKeyPaths = options.hasKeyPaths === true
    this.#sink = sink
    this.#table = table
  }

  get columnCount(): number {
    return this.#columns.length
  }

  /** Appends a column; returns its index. */
  column(name: string): number {
    const index = this.#columns.push(name) - 1
    this.#cells.push([])
    this.#needed.push(this.#sink.isNeeded(this.#table, index))
    return index
  }

  isNeeded(column: number): boolean {
    return this.#needed[column] === true
  }

  beginRecord(): void {
    if (this.#rowCount >= BATCH_ROWS || this.#rowCount * this.#columns.length > BATCH_CELLS) this.flush()
  }

  /** Sets a cell of the row that is not ended yet; setting it again replaces it. */
  set(column: number, cell: Cell): void {
    this.#cells[column]![this.#rowCount] = cell
  }

  endRow(): void {
    if (this.#rowCount >= this.#records.length) {
      const larger = new Uint32Array(this.#records.length * 2)
      larger.set(this.#records)
      this.#records = larger
    }
    this.#records[this.#rowCount] = this.#recordNumber
    this.#rowCount += 1
  }

  endRecord(): void {
    this.#recordNumber += 1
  }

  /** Hands out what was gathered. */
  flush(): void {
    if (this.#rowCount === 0) return
    this.#sink.rows({
      table: this.#table,
      ...(this.#hasKeyPaths ? { hasKeyPaths: true as const } : {}),
      columns: this.#columns,
      cells: this.#cells.map((cells, column) => (this.#needed[column] ? cells : null)),
      rowCount: this.#rowCount,
      ...(this.#recordNumber === this.#rowCount ? {} : { records: this.#records.slice(0, this.#rowCount) }),
    })
    this.#cells = this.#columns.map(() => [])
    this.#needed = this.#columns.map((_, column) => this.#sink.isNeeded(this.#table, column))
    this.#rowCount = 0
    this.#recordNumber = 0
  }
}

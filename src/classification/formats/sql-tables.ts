import type { Limits } from '../limits.ts'
import type { Cell, RecordSink } from './format.ts'
import { RowCollector } from './row-collector.ts'

// Tables whose rows are gathered at the same time.
const OPEN_TABLES = 64

interface Table {
  readonly rows: RowCollector
  readonly indexes: Map<string, number>
}

/** The tables of a database: rows come under column names, places are `table.column`. */
export class SqlTables {
  readonly #sink: RecordSink
  readonly #limits: Limits
  readonly #tables = new Map<string, Table>()
  readonly #columns = new Map<string, readonly string[]>()
  #hasCutColumns = false

  constructor(sink: RecordSink, limits: Limits) {
    this.#sink = sink
    this.#limits = limits
  }

  /** Names the columns of rows that come without names. */
  define(table: string, columns: readonly string[]): void {
    this.#columns.set(table, columns)
  }

  add(table: string, columns: readonly string[] | null, values: readonly Cell[]): void {
    const { rows, indexes } = this.#table(table)
    const names = columns ?? this.#columns.get(table)
    rows.beginRecord()
    values.forEach((value, i) => {
      const column = this.#column(table, names?.[i] ?? `column ${i + 1}`, rows, indexes)
      if (column >= 0 && value != null && value !== '' && rows.isNeeded(column)) rows.set(column, value)
    })
    rows.endRow()
    rows.endRecord()
  }

  flush(): void {
    for (const { rows } of this.#tables.values()) rows.flush()
  }

  #table(name: string): Table {
    const known = this.#tables.get(name)
    if (known !== undefined) return known
    if (this.#tables.size % OPEN_TABLES === OPEN_TABLES - 1) this.flush()
    const table = { rows: new RowCollector(this.#sink, name, { hasKeyPaths: true }), indexes: new Map<string, number>() }
    this.#tables.set(name, table)
    return table
  }

  #column(table: string, name: string, rows: RowCollector, indexes: Map<string, number>): number {
    const known = indexes.get(name)
    if (known !== undefined) return known
    if (indexes.size >= this.#limits.columns) {
      if (!this.#hasCutColumns)
        this.#sink.problem({ code: 'too-many-columns', detail: `a table of more than ${this.#limits.columns} columns` })
      this.#hasCutColumns = true
      return -1
    }
    const column = rows.column(`${table}.${name}`)
    indexes.set(name, column)
    return column
  }
}

import type { Limits } from '../limits.ts'
import type { RowCollector } from './row-collector.ts'

/** Writes JSON records into rows: a column for each key path, a row for each element of a list of objects. */
export class JsonRows {
  readonly #rows: RowCollector
  readonly #limits: Limits
  readonly #columns = new Map<string, number>()
  /** True once a record nested deeper, or named more key paths, than the limits allow. */
  hasCutDepth = false
  hasCutColumns = false

  constructor(rows: RowCollector, limits: Limits) {
    this.#rows = rows
    this.#limits = limits
  }

  add(record: unknown): void {
    this.#rows.beginRecord()
    this.#addRows(record, '', 0)
    this.#rows.endRecord()
  }

  /** A row for what the value says itself, then the rows of its lists: an element's own lists follow it directly. */
  #addRows(value: unknown, path: string, depth: number): void {
    const lists: [string, readonly unknown[]][] = []
    this.#scalars(value, path, depth, lists)
    this.#rows.endRow()
    for (const [listPath, elements] of lists) for (const element of elements) this.#addRows(element, listPath, depth + 1)
  }

  #scalars(value: unknown, path: string, depth: number, lists: [string, readonly unknown[]][]): void {
    if (value === null || value === undefined) return
    if (depth > this.#limits.depth) {
      this.hasCutDepth = true
    } else if (Array.isArray(value)) {
      if (value.length >= 2 && value.length <= 3 && value.every((part) => typeof part === 'number'))
        this.#set(path, value.join(', '))
      else lists.push([path, value])
    } else if (typeof value === 'object') {
      for (const key in value) {
        const inner = (value as Record<string, unknown>)[key]
        if (inner === null) continue
        const innerPath = path === '' ? key : `${path}.${key}`
        if (typeof inner === 'object') this.#scalars(inner, innerPath, depth + 1, lists)
        else this.#set(innerPath, inner as string | number | boolean)
      }
    } else this.#set(path, value as string | number | boolean)
  }

  #set(path: string, cell: string | number | boolean): void {
    let column = this.#columns.get(path)
    if (column === undefined) {
      if (this.#columns.size >= this.#limits.columns) {
        this.hasCutColumns = true
        return
      }
      column = this.#rows.column(path === '' ? 'value' : path)
      this.#columns.set(path, column)
    }
    if (this.#rows.isNeeded(column)) this.#rows.set(column, cell)
  }
}

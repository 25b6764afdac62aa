import type { Limits } from '../limits.ts'
import type { RecordSink } from './format.ts'
import { RowCollector } from './row-collector.ts'
import { findHeader } from './sheet-rows.ts'

// So many rows are looked at before it is decided whether a table holds records.
const SAMPLE_ROWS = 100
const LABELS =
  /name|phone|mobile|mail|address|\bid\b|\bno\b|number|\bvin\b|birth|rego|plate|account|licen[cs]e|氏名|名前|住所|電話|番号|生年月日|メール/i

/**
 * A table inside a document. One whose first row names the columns is handed out as rows; a form (labels beside values)
 * and a table that only lays out the page come back as lines of text.
 */
export class DocumentTable {
  readonly #name: string
  readonly #limits: Limits
  readonly #sink: RecordSink
  #sample: (readonly string[])[] = []
  #rows: RowCollector | null = null
  #width = 0
  #lines: string[] = []
  #isDecided = false

  constructor(name: string, limits: Limits, sink: RecordSink) {
    this.#name = name
    this.#limits = limits
    this.#sink = sink
  }

  row(cells: readonly string[]): void {
    if (this.#isDecided) this.#take(cells)
    else this.#sample.push(cells)
    if (this.#sample.length >= SAMPLE_ROWS) this.#decide()
  }

  /** Lines of text so far that are no records. */
  takeLines(): string[] {
    return this.#lines.splice(0)
  }

  /** Hands out the last rows; returns the lines that are no records. */
  end(): string[] {
    if (!this.#isDecided) this.#decide()
    this.#rows?.flush()
    return this.takeLines()
  }

  #decide(): void {
    this.#isDecided = true
    const sample = this.#sample
    this.#sample = []
    const header = isForm(sample) ? -1 : headerOf(sample)
    if (header >= 0 && header < sample.length - 1) this.#nameColumns(sample, header)
    sample.forEach((cells, i) => {
      if (i > header) this.#take(cells)
      else if (i < header) this.#lines.push(cells.join('\t'))
      else if (this.#rows === null) this.#take(cells)
    })
  }

  #nameColumns(sample: readonly (readonly string[])[], header: number): void {
    this.#rows = new RowCollector(this.#sink, this.#name)
    this.#width = Math.min(this.#limits.columns, Math.max(...sample.map((row) => row.length)))
    for (let i = 0; i < this.#width; i += 1) this.#rows.column(sample[header]![i]?.trim() || `column ${i + 1}`)
  }

  #take(cells: readonly string[]): void {
    if (this.#rows === null) {
      this.#lines.push(lineOf(cells))
      return
    }
    this.#rows.beginRecord()
    for (let i = 0; i < Math.min(this.#width, cells.length); i += 1)
      if (cells[i] !== '' && this.#rows.isNeeded(i)) this.#rows.set(i, cells[i])
    this.#rows.endRow()
    this.#rows.endRecord()
  }
}

function headerOf(sample: readonly (readonly string[])[]): number {
  if (sample.length < 2 || Math.max(...sample.map((row) => row.length)) < 2) return -1
  return findHeader(sample.map((row) => row.map((cell) => (cell === '' ? undefined : { v: cell }))))
}

/** Whether the first cells are labels of what stands beside them. */
function isForm(sample: readonly (readonly string[])[]): boolean {
  if (sample.some((row) => row.length > 2)) return false
  const labels = sample.filter(([label, value]) => value !== undefined && label!.length <= 40 && LABELS.test(label!))
  return labels.length >= 2 && labels.length >= sample.length / 3
}

function lineOf(cells: readonly string[]): string {
  const [label, value] = cells
  const isPair = cells.length === 2 && label !== '' && value !== '' && label!.length <= 40
  return isPair ? `${label!.replace(/[:：\s]+$/, '')}: ${value}` : cells.filter((cell) => cell !== '').join('\t')
}

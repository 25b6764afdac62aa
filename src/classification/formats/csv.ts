import type { Limits } from '../limits.ts'
import { type CsvDialect, sniffDialect } from './csv-dialect.ts'
import type { Format, FormatInput, RecordSink } from './format.ts'
import { RowCollector } from './row-collector.ts'
import { takeText, type TextTaker } from './text-chunks.ts'

const QUOTE = 34
const LF = 10
const CR = 13

/** Comma-separated values (RFC 4180) and its kin with semicolons or bars. */
export const csv: Format = {
  id: 'csv',
  recognise: ({ text, isWhole }) => (sniffDialect(text, isWhole)?.delimiter ?? '\t') !== '\t',
  read: readSeparated,
}

/** Tab-separated values. */
export const tsv: Format = {
  id: 'tsv',
  recognise: ({ text, isWhole }) => sniffDialect(text, isWhole)?.delimiter === '\t',
  read: readSeparated,
}

async function readSeparated(input: FormatInput, sink: RecordSink): Promise<void> {
  const dialect = sniffDialect(input.head.text, input.head.isWhole)!
  await takeText(input, sink, new CsvTokenizer(dialect, input.limits, sink))
}

/** Splits text that arrives in pieces into records; only fields of needed columns are cut out. */
class CsvTokenizer implements TextTaker {
  readonly #delimiter: number
  readonly #limits: Limits
  readonly #sink: RecordSink
  readonly #rows: RowCollector
  #columnCount: number
  /** The fields of the first record until it is known whether they are names. */
  #first: string[] | null = []
  #rest = ''
  /** Characters before `#rest`. */
  #consumed = 0
  /** Where the record that is being left out began; -1 while none is. */
  #skippedFrom = -1

  constructor(dialect: CsvDialect, limits: Limits, sink: RecordSink) {
    this.#delimiter = dialect.delimiter.charCodeAt(0)
    this.#columnCount = Math.min(dialect.columnCount, limits.columns)
    this.#limits = limits
    this.#sink = sink
    this.#rows = new RowCollector(sink, '')
  }

  push(chunk: string): void {
    let text = this.#rest === '' ? chunk : this.#rest + chunk
    if (this.#skippedFrom >= 0) text = this.#skipLine(text)
    const used = this.#readRecords(text, false)
    this.#consumed += used
    this.#rest = text.slice(used)
    if (this.#rest.length <= this.#limits.recordLength) return
    this.#skippedFrom = this.#consumed
    this.#rest = this.#skipLine(this.#rest)
  }

  end(): void {
    if (this.#rest !== '') this.#readRecords(this.#rest, true)
    this.abandon()
  }

  abandon(): void {
    if (this.#skippedFrom >= 0) this.#endSkipping()
    this.#rows.flush()
  }

  // An unclosed quote would swallow everything after it, so reading goes on at the next line.
  #skipLine(text: string): string {
    const end = text.indexOf('\n')
    this.#consumed += end < 0 ? text.length : end + 1
    if (end >= 0) this.#endSkipping()
    return end < 0 ? '' : text.slice(end + 1)
  }

  #endSkipping(): void {
    const characters = this.#consumed - this.#skippedFrom
    this.#sink.skipped(characters)
    this.#sink.problem({
      code: 'too-long-record',
      detail: `a record of ${characters} characters was skipped`,
      offset: this.#skippedFrom,
    })
    this.#skippedFrom = -1
  }

  /** Reads all whole records of the text; returns how many characters they took. */
  #readRecords(text: string, isLast: boolean): number {
    let at = 0
    while (at < text.length) {
      const end = this.#readRecord(text, at, isLast)
      if (end < 0) return at
      at = end
    }
    return at
  }

  /** Reads the record at `from`; returns where the next one begins, or -1 where its end is not in the text. */
  #readRecord(text: string, from: number, isLast: boolean): number {
    const length = text.length
    const delimiter = this.#delimiter
    this.#rows.beginRecord()
    let column = 0
    let at = from
    for (;;) {
      let value = ''
      if (text.charCodeAt(at) === QUOTE) {
        const close = closingQuote(text, at + 1)
        if (close < 0 && !isLast) return -1
        value = unquote(text, at + 1, close < 0 ? length : close)
        at = close < 0 ? length : close + 1
      }
      const start = at
      let code = text.charCodeAt(at)
      while (at < length && code !== delimiter && code !== LF && code !== CR) code = text.charCodeAt(++at)
      if (at >= length && !isLast) return -1
      if (at > start || value !== '') this.#setField(column, value, text, start, at)
      column += 1
      if (at >= length || code !== delimiter) break
      at += 1
    }
    // Whether a lone CR ends the line is known only with the character after it.
    if (at + 1 >= length && text.charCodeAt(at) === CR && !isLast) return -1
    if (column > 1 || at > from) this.#endRecord(column, this.#consumed + from)
    return text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? at + 2 : Math.min(at + 1, length)
  }

  #setField(column: number, quoted: string, text: string, from: number, to: number): void {
    if (this.#first !== null) this.#first[column] = quoted + text.slice(from, to)
    else if (this.#rows.isNeeded(column))
      this.#rows.set(column, quoted === '' ? text.slice(from, to) : quoted + text.slice(from, to))
  }

  #endRecord(fieldCount: number, offset: number): void {
    if (this.#first !== null && this.#takeHeader(this.#first, fieldCount)) return
    if (fieldCount !== this.#columnCount && fieldCount <= this.#limits.columns)
      this.#sink.problem({
        code: 'malformed',
        detail: `a record of ${fieldCount} fields in a table of ${this.#columnCount}`,
        offset,
      })
    this.#rows.endRow()
    this.#rows.endRecord()
  }

  /** Names the columns; false where the first record is data, which then is the row at hand. */
  #takeHeader(first: readonly string[], fieldCount: number): boolean {
    this.#first = null
    const isHeader = looksLikeHeader(first)
    this.#columnCount = Math.max(this.#columnCount, Math.min(fieldCount, this.#limits.columns))
    if (fieldCount > this.#columnCount)
      this.#sink.problem({ code: 'too-many-columns', detail: `${fieldCount} columns, of which ${this.#columnCount} are read` })
    for (let i = 0; i < this.#columnCount; i += 1) this.#rows.column((isHeader ? first[i]?.trim() : '') || `column ${i + 1}`)
    if (!isHeader)
      first.forEach((value, i) => {
        if (i < this.#columnCount) this.#rows.set(i, value)
      })
    return isHeader
  }
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text.charCodeAt(at + 1) !== QUOTE) return at
  return -1
}

function unquote(text: string, from: number, to: number): string {
  const inner = text.slice(from, to)
  return inner.includes('""') ? inner.replaceAll('""', '"') : inner
}

// Names of columns are words; a first line with numbers, addresses or long runs of digits is data.
function looksLikeHeader(fields: readonly string[]): boolean {
  const filled = fields.filter((field) => field !== undefined && field.trim() !== '')
  return (
    filled.length > 0 && filled.every((field) => field.length <= 80 && /\p{L}/u.test(field) && !/\d{4}|@|^\S+ \d/.test(field))
  )
}

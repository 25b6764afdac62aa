import type { Limits } from '../limits.ts'
import type { Format, FormatInput, RecordSink } from './format.ts'
import { SqlTables } from './sql-tables.ts'
import {
  columnsOf,
  copyCells,
  mayOpen,
  openingAt,
  rowAt,
  type SqlDialect,
  type SqlOpening,
  skipBlanks,
  skipQuoted,
  sqlDialect,
} from './sql-text.ts'
import { takeText, type TextTaker } from './text-chunks.ts'

// A statement's beginning, up to its first row, is no longer than this.
const LONGEST_OPENING = 64 << 10
const STATEMENT = /^[ \t]*(?:INSERT|REPLACE|COPY|CREATE|GO|SET|USE|LOCK|UNLOCK|ALTER|DROP|BEGIN|COMMIT)\b/i

/** SQL dump of MySQL, PostgreSQL (INSERT or COPY), SQLite or SQL Server; a row is a record. */
export const sql: Format = {
  id: 'sql',
  recognise: ({ text }) =>
    /^\s*(?:--|\/\*|#|[A-Z])/i.test(text) &&
    /^[ \t]*(?:(?:INSERT|REPLACE)\s+(?:IGNORE\s+|OR\s+\w+\s+)?(?:INTO\s+)?["'`[\w.\]]+\s*(?:\([^()]*\))?\s*VALUES?\s*\(|CREATE\s+(?:TEMPORARY\s+|UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?["`[\w.\]]+\s*\(|COPY\s+["\w.]+\s*(?:\([^()]*\))?\s+FROM\s+stdin)/im.test(
      text,
    ),
  read: async (input: FormatInput, sink: RecordSink) =>
    takeText(input, sink, new SqlReader(sqlDialect(input.head.text), input.limits, sink)),
}

/** Reads statements from text that arrives in pieces; what holds no rows is passed over. */
class SqlReader implements TextTaker {
  readonly #dialect: SqlDialect
  readonly #limits: Limits
  readonly #sink: RecordSink
  readonly #tables: SqlTables
  #text = ''
  #at = 0
  /** Characters before `#text`. */
  #before = 0
  #mode: 'statement' | 'rows' | 'copy' | 'other' = 'statement'
  #opening: SqlOpening | null = null

  constructor(dialect: SqlDialect, limits: Limits, sink: RecordSink) {
    this.#dialect = dialect
    this.#limits = limits
    this.#sink = sink
    this.#tables = new SqlTables(sink, limits)
  }

  push(chunk: string): void {
    this.#before += this.#at
    this.#text = this.#text.slice(this.#at) + chunk
    this.#at = 0
    this.#readAll(false)
    if (this.#text.length - this.#at > this.#limits.recordLength) this.#skipLine()
  }

  end(): void {
    this.#readAll(true)
    const rest = this.#text.length - this.#at
    if (rest > 0 && this.#mode !== 'other') {
      this.#sink.skipped(rest)
      this.#sink.problem({ code: 'truncated', detail: 'the dump ends inside a statement', offset: this.#before + this.#at })
    }
    this.#tables.flush()
  }

  abandon(): void {
    this.#tables.flush()
  }

  #readAll(isLast: boolean): void {
    while (this.#at < this.#text.length) {
      const end = this.#step(isLast)
      if (end < 0) return
      this.#at = end
    }
  }

  /** Reads one thing at the place at hand; returns where it ends, or -1 where that is not known yet. */
  #step(isLast: boolean): number {
    if (this.#mode === 'copy') return this.#copyLine(isLast)
    if (this.#mode === 'other') return this.#other(isLast)
    const at = skipBlanks(this.#text, this.#at, isLast)
    if (at < 0 || at >= this.#text.length) return at
    return this.#mode === 'rows' ? this.#row(at) : this.#statement(at, isLast)
  }

  #statement(at: number, isLast: boolean): number {
    if (this.#text[at] === ';') return at + 1
    const isShort = this.#text.length - at < LONGEST_OPENING && !isLast
    const opening = openingAt(this.#text, at)
    if (opening === null) {
      if (isShort && (mayOpen(this.#text, at) || this.#text.length - at < 16)) return -1
      this.#mode = 'other'
      return at
    }
    this.#opening = opening
    if (opening.kind === 'create') return this.#create(opening, isLast)
    if (opening.kind === 'insert') this.#mode = 'rows'
    else this.#mode = 'copy'
    return opening.end
  }

  #create({ table, end: from }: SqlOpening, isLast: boolean): number {
    const { columns, end } = columnsOf(this.#text, from)
    if (end < 0) return isLast ? this.#text.length : -1
    this.#tables.define(table, columns)
    this.#mode = 'other'
    return end
  }

  #row(at: number): number {
    const character = this.#text[at]
    if (character === ',') return at + 1
    if (character !== '(') {
      this.#mode = character === ';' ? 'statement' : 'other'
      // SQL Server needs no semicolon before the next statement.
      if (STATEMENT.test(this.#text.slice(at, at + 24))) this.#mode = 'statement'
      return at
    }
    const { values, end } = rowAt(this.#text, at, this.#dialect)
    if (end >= 0) this.#tables.add(this.#opening!.table, this.#opening!.columns, values)
    return end
  }

  #copyLine(isLast: boolean): number {
    const found = this.#text.indexOf('\n', this.#at)
    if (found < 0 && !isLast) return -1
    const end = found < 0 ? this.#text.length : found
    const line = this.#text.slice(this.#at, this.#text[end - 1] === '\r' ? end - 1 : end)
    if (line === '\\.') this.#mode = 'statement'
    else if (line !== '') this.#tables.add(this.#opening!.table, this.#opening!.columns, copyCells(line))
    return Math.min(end + 1, this.#text.length)
  }

  /** Passes over a statement without rows, up to its semicolon or to a line that begins another one. */
  #other(isLast: boolean): number {
    for (let at = this.#at; at < this.#text.length; ) {
      const character = this.#text[at]!
      if (character === "'" || character === '"' || character === '`') {
        const end = skipQuoted(this.#text, at, this.#dialect.hasBackslashEscapes)
        if (end < 0) return this.#pause(at, isLast)
        at = end
        continue
      }
      const tag = character === '$' ? /\$\w{0,40}\$/y : null
      if (tag !== null) {
        tag.lastIndex = at
        const match = tag.exec(this.#text)
        const end = match === null ? at : this.#text.indexOf(match[0], tag.lastIndex)
        if (end < 0) return this.#pause(at, isLast)
        at = match === null ? at + 1 : end + match[0].length
        continue
      }
      if (character === ';' || (character === '\n' && STATEMENT.test(this.#text.slice(at + 1, at + 40)))) {
        this.#mode = 'statement'
        return at + 1
      }
      at += 1
      // What follows a line's end has to be there to tell whether a statement begins.
      if (character === '\n' && this.#text.length - at < 40 && !isLast) return this.#pause(at - 1, isLast)
    }
    return this.#text.length
  }

  #pause(at: number, isLast: boolean): number {
    if (isLast) return this.#text.length
    if (at === this.#at) return -1
    return at
  }

  /** Gives up on what has grown too long: reading goes on at the next line. */
  #skipLine(): void {
    const found = this.#text.indexOf('\n', this.#at + 1)
    const end = found < 0 ? this.#text.length : found
    this.#sink.skipped(end - this.#at)
    if (this.#mode !== 'other' || found >= 0)
      this.#sink.problem({
        code: 'too-long-record',
        detail: `a statement or row of more than ${this.#limits.recordLength} characters was skipped`,
        offset: this.#before + this.#at,
      })
    this.#at = end
    this.#mode = 'other'
  }
}

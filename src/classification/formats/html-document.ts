import type { Handler } from 'htmlparser2'
import type { Limits } from '../limits.ts'
import { DocumentTable } from './document-table.ts'
import type { RecordSink } from './format.ts'
import { type Markup, parseMarkup } from './markup-parser.ts'
import { ProsePieces } from './prose-pieces.ts'

const SILENT = /^(?:script|style|template|noscript|svg|math)$/
const BLOCKS =
  /^(?:address|article|aside|blockquote|br|dd|div|dl|dt|fieldset|figcaption|footer|form|h[1-6]|header|hr|li|main|nav|ol|option|p|pre|section|select|table|tbody|textarea|title|tr|ul|caption)$/
const CELLS = /^t[dh]$/
const LONGEST_CELL = 1 << 20

/** Takes an HTML text: tables that name their columns as tables, everything else as prose; scripts are left out. */
export async function htmlDocument(limits: Limits, sink: RecordSink): Promise<Markup> {
  const reader = new HtmlReader(limits, sink)
  const parser = await parseMarkup(false, reader.handler())
  return {
    write: (text) => parser.write(text),
    end: () => {
      parser.end()
      reader.end()
    },
  }
}

interface OpenTable {
  readonly table: DocumentTable
  row: string[] | null
  cell: string[] | null
  cellLength: number
}

class HtmlReader {
  readonly #limits: Limits
  readonly #sink: RecordSink
  readonly #prose: ProsePieces
  readonly #tables: OpenTable[] = []
  #line: string[] = []
  #lineLength = 0
  #silent = 0
  #tableCount = 0

  constructor(limits: Limits, sink: RecordSink) {
    this.#limits = limits
    this.#sink = sink
    this.#prose = new ProsePieces(sink)
  }

  handler(): Partial<Handler> {
    return {
      onopentag: (name, attributes) => this.#open(name, attributes),
      onclosetag: (name) => this.#close(name),
      ontext: (text) => {
        if (this.#silent === 0) this.#text(text)
      },
    }
  }

  end(): void {
    while (this.#tables.length > 0) this.#endTable()
    this.#endLine()
    this.#prose.flush()
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (SILENT.test(name)) this.#silent += 1
    if (this.#silent > 0) return
    const table = this.#tables.at(-1)
    if (name === 'table') {
      this.#endLine()
      this.#tableCount += 1
      const opened = new DocumentTable(`table ${this.#tableCount}`, this.#limits, this.#sink)
      this.#tables.push({ table: opened, row: null, cell: null, cellLength: 0 })
    } else if (name === 'tr' && table !== undefined) {
      this.#endRow(table)
      table.row = []
    } else if (CELLS.test(name) && table !== undefined) {
      this.#endCell(table)
      table.row ??= []
      table.cell = []
      table.cellLength = 0
    } else if (BLOCKS.test(name)) this.#break()
    this.#attributes(name, attributes)
  }

  // A link may hold an address that its text does not show, a form what was filled in.
  #attributes(name: string, { href, value, name: field, id, content, type }: Readonly<Record<string, string>>): void {
    const target = /^(?:mailto|tel):([^?]*)/i.exec(href ?? '')?.[1]
    if (target !== undefined) this.#text(` ${decoded(target)} `)
    if (name === 'input' && value && !/^(?:submit|button|reset|checkbox|radio)$/i.test(type ?? ''))
      this.#ownLine(`${field ?? id ?? 'input'}: ${value}`)
    if (name === 'meta' && field && content) this.#ownLine(`${field}: ${content}`)
  }

  #close(name: string): void {
    if (SILENT.test(name)) this.#silent = Math.max(0, this.#silent - 1)
    if (this.#silent > 0) return
    const table = this.#tables.at(-1)
    if (name === 'table') this.#endTable()
    else if (name === 'tr' && table !== undefined) this.#endRow(table)
    else if (CELLS.test(name) && table !== undefined) this.#endCell(table)
    else if (BLOCKS.test(name)) this.#break()
  }

  #text(text: string): void {
    const table = this.#tables.at(-1)
    if (table?.cell != null) {
      table.cellLength += text.length
      if (table.cellLength <= LONGEST_CELL) table.cell.push(text)
      else this.#skip(table.cellLength - text.length <= LONGEST_CELL, text.length)
      return
    }
    this.#line.push(text)
    this.#lineLength += text.length
    if (this.#lineLength > LONGEST_CELL) this.#endLine()
  }

  #skip(isFirst: boolean, characters: number): void {
    this.#sink.skipped(characters)
    if (isFirst)
      this.#sink.problem({
        code: 'too-long-record',
        detail: `the end of a cell of more than ${LONGEST_CELL} characters was skipped`,
      })
  }

  #break(): void {
    const cell = this.#tables.at(-1)?.cell
    if (cell != null) cell.push('\n')
    else this.#endLine()
  }

  #ownLine(text: string): void {
    this.#break()
    this.#text(text)
    this.#break()
  }

  #endLine(): void {
    if (this.#line.length > 0) for (const line of this.#line.join('').split('\n')) this.#prose.line(plain(line))
    this.#line = []
    this.#lineLength = 0
  }

  #endCell(open: OpenTable): void {
    if (open.cell === null) return
    if ((open.row?.length ?? 0) < this.#limits.columns) open.row?.push(cellText(open.cell))
    open.cell = null
  }

  #endRow(open: OpenTable): void {
    this.#endCell(open)
    if (open.row !== null && open.row.length > 0) open.table.row(open.row)
    open.row = null
    for (const line of open.table.takeLines()) this.#prose.line(line)
  }

  #endTable(): void {
    const open = this.#tables.at(-1)
    if (open === undefined) return
    this.#endRow(open)
    this.#tables.pop()
    for (const line of open.table.end()) for (const part of line.split('\n')) this.#prose.line(part)
    this.#prose.line('')
  }
}

function cellText(pieces: readonly string[]): string {
  return pieces.join('').split('\n').map(plain).filter(Boolean).join('\n').slice(0, LONGEST_CELL)
}

function plain(text: string): string {
  return text.replace(/[\s\u00a0]+/g, ' ').trim()
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target)
  } catch {
    return target
  }
}

import type { Unzipped } from 'fflate'
import { UnreadableContentError } from '../content-source.ts'
import { DocumentTable } from './document-table.ts'
import type { Format, FormatInput, RecordSink } from './format.ts'
import { parseMarkup } from './markup-parser.ts'
import { unpackOffice } from './office-parts.ts'
import { ProsePieces } from './prose-pieces.ts'
import { hasZipSignature, namesInHead } from './zip-names.ts'

const BODY = 'word/document.xml'
// The order in which a reader would meet them.
const TEXT_PARTS = /^word\/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$/
const OTHER_TEXT = /^(?:docProps\/(?:core|custom)\.xml|customXml\/item\d+\.xml)$/
const INNER = /^word\/(?:media|embeddings|activeX)\/./

/** Word document (Office Open XML): body, headers, footers, notes and comments; tables that name their columns as tables. */
export const docx: Format = {
  id: 'docx',
  isWhole: true,
  isBinary: true,
  recognise: ({ bytes }) =>
    hasZipSignature(bytes) && namesInHead(bytes).some((name) => /^word\/(?:document|styles|settings|theme|_rels)/.test(name)),
  read: readDocx,
}

async function readDocx(input: FormatInput, sink: RecordSink): Promise<void> {
  const bytes = await input.whole()
  const sizes = new Map<string, number>()
  const parts = await unpackOffice(bytes, input, (name, storedBytes) => {
    sizes.set(name, storedBytes)
    return TEXT_PARTS.test(name) || OTHER_TEXT.test(name) || INNER.test(name)
  })
  if (parts[BODY] === undefined)
    throw new UnreadableContentError('unsupported', 'a zip archive that is no document', { offset: 0, format: 'zip' })
  sink.passed(bytes.length)
  const reader = new WordReader(input, sink)
  for (const name of textParts(parts)) {
    input.signal?.throwIfAborted()
    await reader.read(parts[name]!)
  }
  for (const name of Object.keys(parts).filter((name) => INNER.test(name))) {
    const part = parts[name]!
    await sink.member({ name, sizeBytes: part.length, storedBytes: sizes.get(name)!, open: () => once(part) })
  }
}

function textParts(parts: Unzipped): string[] {
  const names = Object.keys(parts).sort()
  return [
    BODY,
    ...names.filter((name) => name !== BODY && TEXT_PARTS.test(name)),
    ...names.filter((name) => OTHER_TEXT.test(name)),
  ]
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

interface OpenTable {
  readonly table: DocumentTable
  row: string[]
  cell: string[]
}

class WordReader {
  readonly #input: FormatInput
  readonly #sink: RecordSink
  readonly #prose: ProsePieces
  #line = ''
  #tables: OpenTable[] = []
  #tableCount = 0
  /** Names of elements that hold text: those of the word processor, or every one in the document's properties. */
  #isText = false

  constructor(input: FormatInput, sink: RecordSink) {
    this.#input = input
    this.#sink = sink
    this.#prose = new ProsePieces(sink)
  }

  /** Reads one part; its text is a block of its own. */
  async read(part: Uint8Array): Promise<void> {
    const parser = await parseMarkup(true, {
      onopentag: (name) => this.#open(name),
      ontext: (text) => {
        if (this.#isText) this.#line += text
      },
      onclosetag: (name) => this.#close(name),
    })
    const decoder = new TextDecoder(part[0] === 0xff ? 'utf-16le' : 'utf-8')
    try {
      for (let at = 0; at < part.length; at += 1 << 16) {
        this.#input.signal?.throwIfAborted()
        parser.write(decoder.decode(part.subarray(at, at + (1 << 16)), { stream: true }))
      }
      parser.end()
    } finally {
      this.#endLine()
      while (this.#tables.length > 0) this.#endTable()
      this.#prose.line('')
      this.#prose.flush()
    }
  }

  #open(name: string): void {
    this.#isText = /^w:(?:t|delText|instrText)$/.test(name) || !name.startsWith('w:')
    if (name === 'w:tbl') {
      this.#tableCount += 1
      this.#tables.push({
        table: new DocumentTable(`table ${this.#tableCount}`, this.#input.limits, this.#sink),
        row: [],
        cell: [],
      })
    } else if (name === 'w:tab') this.#line += '\t'
    else if (name === 'w:br' || name === 'w:cr') this.#endLine()
  }

  #close(name: string): void {
    if (/^w:(?:t|delText|instrText)$/.test(name)) this.#isText = false
    const open = this.#tables.at(-1)
    if (name === 'w:p' || !name.startsWith('w:')) this.#endLine()
    else if (name === 'w:tc' && open !== undefined) {
      if (open.row.length < this.#input.limits.columns) open.row.push(open.cell.join('\n'))
      open.cell = []
    } else if (name === 'w:tr' && open !== undefined) {
      if (open.row.length > 0) open.table.row(open.row)
      open.row = []
    } else if (name === 'w:tbl') this.#endTable()
  }

  #endLine(): void {
    if (this.#line === '') return
    const open = this.#tables.at(-1)
    if (open === undefined) this.#prose.line(this.#line)
    else open.cell.push(this.#line.trim())
    this.#line = ''
  }

  #endTable(): void {
    const open = this.#tables.pop()
    if (open === undefined) return
    for (const line of open.table.end()) for (const part of line.split('\n')) this.#prose.line(part)
    this.#prose.line('')
  }
}

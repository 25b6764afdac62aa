import {
  type ContentReport,
  ELEMENTS,
  type Fingerprint,
  IDENTIFIER_KINDS,
  MARKET_BASES,
  type MentionTable,
} from '../model/index.ts'
import { TableScanner } from './columns/table-scanner.ts'
import { ValueReader } from './columns/value-reader.ts'
import { type ContentSource, UnreadableContentError } from './content-source.ts'
import { FindingTally } from './findings/finding-tally.ts'
import type { ContentHead, Format, FormatInput, RecordSink } from './formats/format.ts'
import { FORMATS } from './formats/registry.ts'
import { type OpenedContent, openContent, openWrapped } from './opened-content.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import { countryOfPath } from './markets/countries.ts'
import { IdentifierTable } from './mentions/identifier-table.ts'
import { MentionTableBuilder, NO_MARKET } from './mentions/mention-table-builder.ts'
import { ProblemList } from './problem-list.ts'
import { DocumentScanner } from './prose/document-scanner.ts'
import { ProseScanner } from './prose/prose-scanner.ts'

export interface ClassifyOptions {
  /** SHA-256 of the bytes, hex; handed through to the report. */
  readonly sha256: string
  readonly fingerprint: Fingerprint
  readonly limits?: Partial<Limits>
  readonly signal?: AbortSignal
}

export interface Classification {
  readonly report: ContentReport
  readonly mentions: MentionTable
}

/**
 * Finds the personal data in one content, whatever its format. Bad content never throws: the report's problems say what
 * was not read and from which offset. Rejects only when aborted.
 */
export async function classify(source: ContentSource, options: ClassifyOptions): Promise<Classification> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const scan = new ContentScan(options.fingerprint, countryOfPath(source.name), limits)
  const opened = openContent(source, limits, options.signal)
  let format = 'unknown'
  let encoding: string | null = null
  try {
    ;({ format, encoding } = await readContent(opened, scan, limits))
  } catch (error) {
    options.signal?.throwIfAborted()
    if (error instanceof FormatError) ({ format, encoding } = error)
    const cause = error instanceof FormatError ? error.cause : error
    scan.problem(
      cause instanceof UnreadableContentError
        ? cause.toProblem()
        : { code: 'unreadable', detail: 'the bytes could not be read', offset: opened.bytesRead() },
    )
  } finally {
    await opened.close()
  }
  return scan.finish({
    sha256: options.sha256,
    format,
    encoding,
    sizeBytes: source.sizeBytes,
    bytesRead: scan.withoutSkipped(Math.min(opened.bytesRead(), source.sizeBytes)),
  })
}

/** What was recognised before reading failed. */
class FormatError extends Error {
  readonly format: string
  readonly encoding: string | null

  constructor(format: string, encoding: string | null, cause: unknown) {
    super('reading failed', { cause })
    this.format = format
    this.encoding = encoding
  }
}

async function readContent(
  opened: OpenedContent,
  sink: RecordSink,
  limits: Limits,
): Promise<{ format: string; encoding: string | null }> {
  const wrappers: string[] = []
  let input: FormatInput = await opened.input()
  for (;;) {
    if (input.head.bytes.length === 0) return { format: ['empty', ...wrappers].join('.'), encoding: null }
    const format = recognise(input.head)
    const name = [format?.id ?? 'unknown', ...wrappers].join('.')
    const encoding = format?.read === undefined ? null : (input.head.encoding?.label ?? null)
    try {
      if (format === undefined) throw unknownContent(input.head, opened)
      if (format.unwrap === undefined) {
        await format.read!(input, sink)
        if (WHOLE_FORMATS.has(format.id)) opened.allRead()
        return { format: name, encoding }
      }
      if (wrappers.length >= limits.wrappers) {
        opened.nothingRead()
        throw new UnreadableContentError('unsupported', `more than ${limits.wrappers} compressed wrappers`, { offset: 0 })
      }
      wrappers.unshift(format.id)
      input = await openWrapped(format.unwrap(input), input)
    } catch (error) {
      if (error instanceof UnreadableContentError && WHOLE_FORMATS.has(format?.id ?? '')) opened.nothingRead()
      throw error instanceof FormatError ? error : new FormatError(name, encoding, error)
    }
  }
}

// Formats of which nothing was understood when they fail.
const WHOLE_FORMATS = new Set(['xlsx', 'parquet'])

function recognise(head: ContentHead): Format | undefined {
  return FORMATS.find((format) => format.recognise(head))
}

function unknownContent(head: ContentHead, opened: OpenedContent): UnreadableContentError {
  opened.nothingRead()
  const start = Buffer.from(head.bytes.subarray(0, 8)).toString('hex')
  if (start === 'd0cf11e0a1b11ae1')
    return new UnreadableContentError('encrypted', 'an OLE container: an encrypted workbook or an old Office file', { offset: 0 })
  return new UnreadableContentError('unsupported', 'binary content of no format that is read', { offset: 0 })
}

/** Everything that is found in one content; what a format reads goes in, the report and the mentions come out. */
class ContentScan implements RecordSink {
  readonly #country: string | null
  readonly #problems: ProblemList
  readonly #identifiers: IdentifierTable
  readonly #mentions = new MentionTableBuilder()
  readonly #tally = new FindingTally()
  readonly #values: ValueReader
  readonly #prose: ProseScanner
  readonly #document: DocumentScanner
  readonly #tables = new Map<string, TableScanner>()
  #hasProse = false
  #passed = 0
  #skipped = 0

  constructor(fingerprint: Fingerprint, country: string | null, limits: Limits) {
    this.#country = country
    this.#problems = new ProblemList(limits.problems)
    this.#identifiers = new IdentifierTable(fingerprint)
    this.#values = new ValueReader(this.#identifiers, this.#mentions)
    this.#prose = new ProseScanner(this.#values, country)
    this.#document = new DocumentScanner(this.#prose, this.#mentions, this.#tally)
    const market = country === null ? NO_MARKET : this.#mentions.marketCode(country)
    this.#mentions.defaultMarket(market, market === NO_MARKET ? NO_MARKET : MARKET_BASES.indexOf('path'))
  }

  rows(batch: Parameters<RecordSink['rows']>[0]): void {
    let table = this.#tables.get(batch.table)
    if (table === undefined) {
      table = new TableScanner({
        table: batch.table,
        country: this.#country,
        values: this.#values,
        mentions: this.#mentions,
        tally: this.#tally,
        prose: this.#prose,
      })
      this.#tables.set(batch.table, table)
    }
    table.rows(batch)
  }

  prose(text: string): void {
    this.#hasProse = true
    this.#document.scan(text)
  }

  problem(problem: Parameters<RecordSink['problem']>[0]): void {
    this.#problems.add(problem)
  }

  passed(characters: number): void {
    this.#passed += characters
  }

  skipped(characters: number): void {
    this.#skipped += characters
  }

  /** What remains of some bytes when the share of text that was left out is taken off. */
  withoutSkipped(bytes: number): number {
    return this.#skipped === 0 ? bytes : Math.floor(bytes * Math.max(0, 1 - this.#skipped / this.#passed))
  }

  isNeeded(table: string, column: number): boolean {
    return this.#tables.get(table)?.isNeeded(column) ?? true
  }

  finish(facts: Omit<ContentReport, 'recordCount' | 'elements' | 'problems'>): Classification {
    const tableRecords = [...this.#tables.values()].reduce((sum, table) => sum + table.recordCount, 0)
    const elements = this.#tally.findings(
      (element) => {
        const kind = IDENTIFIER_KINDS.find((kind) => kind === element)
        if (kind !== undefined) return this.#identifiers.countOf(kind)
        return this.#values.distinctOf(element === 'location-track' ? 'location' : element).count
      },
      (element) => {
        const bit = ELEMENTS.indexOf(element)
        return this.#hasProse ? (this.#document.elements >>> bit) & 1 : this.#mentions.recordsWith(bit)
      },
    )
    return {
      report: {
        ...facts,
        recordCount: tableRecords + (this.#hasProse ? 1 : 0),
        elements: elements.filter(({ records }) => records > 0),
        problems: this.#problems.list(),
      },
      mentions: this.#mentions.build(this.#identifiers),
    }
  }
}

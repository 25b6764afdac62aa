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
import type { ContentProblem } from './content-source.ts'
import { FindingTally } from './findings/finding-tally.ts'
import type { Member, RecordSink } from './formats/format.ts'
import type { Limits } from './limits.ts'
import { IdentifierTable } from './mentions/identifier-table.ts'
import { MentionTableBuilder, NO_MARKET } from './mentions/mention-table-builder.ts'
import { ProblemList } from './problem-list.ts'
import { DocumentScanner } from './prose/document-scanner.ts'
import { ProseScanner } from './prose/prose-scanner.ts'

export interface ContentScanOptions {
  readonly fingerprint: Fingerprint
  /** What the content's path tells. */
  readonly country: string | null
  readonly limits: Limits
  readonly readMember: RecordSink['member']
  readonly unreadMember: RecordSink['unreadMember']
}

/** The part of a report that tells what was found. */
export type Findings = Pick<ContentReport, 'recordCount' | 'elements' | 'problems'>

/** Everything that is found in one content; what a format reads goes in, the report and the mentions come out. */
export class ContentScan implements RecordSink {
  readonly #country: string | null
  readonly #problems: ProblemList
  readonly #identifiers: IdentifierTable
  readonly #mentions = new MentionTableBuilder()
  readonly #tally = new FindingTally()
  readonly #values: ValueReader
  readonly #prose: ProseScanner
  readonly #document: DocumentScanner
  readonly #tables = new Map<string, TableScanner>()
  readonly #readMember: ContentScanOptions['readMember']
  readonly #unreadMember: ContentScanOptions['unreadMember']
  /** What the contents inside this one hold, by the element's bit. */
  readonly #innerRecordsWith = new Float64Array(ELEMENTS.length)
  readonly #innerMentionsWith = new Float64Array(ELEMENTS.length)
  #innerRecords = 0
  #passed = 0
  #skipped = 0

  constructor({ fingerprint, country, limits, readMember, unreadMember }: ContentScanOptions) {
    this.#country = country
    this.#readMember = readMember
    this.#unreadMember = unreadMember
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
        table: batch.hasKeyPaths ? '' : batch.table,
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
    this.#document.scan(text)
  }

  nextDocument(): void {
    this.#document.nextDocument()
  }

  member(member: Member): Promise<void> {
    return this.#readMember(member)
  }

  unreadMember(member: Omit<Member, 'open'>, problem: ContentProblem): void {
    this.#unreadMember(member, problem)
  }

  /** Takes in what was found in a content inside this one, of which `unreadBytes` of this one's bytes were not read. */
  absorb(name: string, inner: ContentScan, unreadBytes: number): void {
    inner.nextDocument()
    for (let bit = 0; bit < ELEMENTS.length; bit += 1) {
      this.#innerRecordsWith[bit] = this.#innerRecordsWith[bit]! + inner.#recordsWith(bit)
      this.#innerMentionsWith[bit] = this.#innerMentionsWith[bit]! + inner.#mentions.recordsWith(bit)
    }
    this.#innerRecords += inner.#recordCount()
    this.#mentions.absorb(inner.#mentions, this.#identifiers.absorb(inner.#identifiers))
    this.#values.absorb(inner.#values)
    this.#tally.absorb(inner.#tally)
    for (const { code, detail } of inner.#problems.list()) this.problem({ code, detail: `${name}: ${detail}` })
    this.skipped(unreadBytes)
  }

  problem(problem: Parameters<RecordSink['problem']>[0]): void {
    this.#problems.add(problem)
  }

  passed(units: number): void {
    this.#passed += units
  }

  skipped(units: number): void {
    this.#skipped += units
  }

  /** What remains of some bytes when the share of text that was left out is taken off. */
  withoutSkipped(bytes: number): number {
    if (this.#skipped === 0) return bytes
    return this.#passed === 0 ? 0 : Math.floor(bytes * Math.max(0, 1 - this.#skipped / this.#passed))
  }

  isNeeded(table: string, column: number): boolean {
    return this.#tables.get(table)?.isNeeded(column) ?? true
  }

  finish(): Findings {
    this.#document.nextDocument()
    const elements = this.#tally.findings(
      (element) => {
        const kind = IDENTIFIER_KINDS.find((kind) => kind === element)
        if (kind !== undefined) return this.#identifiers.countOf(kind)
        return this.#values.distinctOf(element === 'location-track' ? 'location' : element).count
      },
      (element) => this.#recordsWith(ELEMENTS.indexOf(element)),
    )
    return {
      recordCount: this.#recordCount(),
      elements: elements.filter(({ records }) => records > 0),
      problems: this.#problems.list(),
    }
  }

  mentions(): MentionTable {
    return this.#mentions.build(this.#identifiers)
  }

  #recordCount(): number {
    const tableRecords = [...this.#tables.values()].reduce((sum, table) => sum + table.recordCount, 0)
    return tableRecords + this.#document.documentCount + this.#innerRecords
  }

  /** Records with the element: those of tables are their mentions, a document is one record however many it mentions. */
  #recordsWith(bit: number): number {
    const inTables = this.#mentions.recordsWith(bit) - this.#document.mentionsWith[bit]! - this.#innerMentionsWith[bit]!
    return inTables + this.#document.documentsWith[bit]! + this.#innerRecordsWith[bit]!
  }
}

import type { ContentProblem } from '../content-source.ts'
import type { Limits } from '../limits.ts'
import type { TextEncoding } from './text-encoding.ts'

/** The beginning of a content, which is all that formats are recognised by. */
export interface ContentHead {
  /** At most 64 KiB. */
  readonly bytes: Uint8Array
  /** Whether these are all the bytes. */
  readonly isWhole: boolean
  /** How the bytes are text, or null where they are none. */
  readonly encoding: TextEncoding | null
  /** The bytes as text, without a byte order mark; empty where they are none. */
  readonly text: string
}

/** A content as a format sees it: already unwrapped, from its first byte. */
export interface FormatInput {
  readonly head: ContentHead
  readonly limits: Limits
  readonly signal: AbortSignal | undefined
  /** Bytes of this layer where that is known. */
  readonly sizeBytes: number | null
  chunks(): AsyncIterable<Uint8Array>
  /** All bytes; throws `too-large` past the limit for whole contents. */
  whole(): Promise<Uint8Array>
  /** Ranges where the source gives them without reading the rest. */
  readonly range: ((from: number, to: number) => Promise<Uint8Array>) | null
}

export type Cell = string | number | bigint | boolean | Date | null | undefined

/** Some rows of one table, by column. */
export interface RowBatch {
  /** The sheet; empty where a content holds one table. */
  readonly table: string
  /** Header names or key paths; a later batch of the table may append some. */
  readonly columns: readonly string[]
  /** Cells by column and row; null for a column that is not needed. */
  readonly cells: readonly (ArrayLike<Cell> | null)[]
  readonly rowCount: number
  /** The number of each row's record, ascending, where a record has several rows. */
  readonly records?: Uint32Array
}

/** Takes what a reader reads. */
export interface RecordSink {
  rows(batch: RowBatch): void
  /** Prose, whole blocks at a time; a content's prose is one record. */
  prose(text: string): void
  problem(problem: ContentProblem): void
  /** Characters of text that passed. */
  passed(characters: number): void
  /** Of those, characters that were left out and not examined. */
  skipped(characters: number): void
  /** False once a column was seen to hold nothing that is looked for: its cells need not be decoded. */
  isNeeded(table: string, column: number): boolean
}

/** A format that is read, or a wrapper around another content. */
export interface Format {
  readonly id: string
  recognise(head: ContentHead): boolean
  /** Reads all records; throws UnreadableContentError where it cannot go on, after handing out what came before. */
  read?(input: FormatInput, sink: RecordSink): Promise<void>
  /** The bytes inside a wrapper. */
  unwrap?(input: FormatInput): AsyncIterable<Uint8Array>
}

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
  /** Column names are whole key paths (`table.column`) and need no table before them. */
  readonly hasKeyPaths?: true
  /** Header names or key paths; a later batch of the table may append some. */
  readonly columns: readonly string[]
  /** Cells by column and row; null for a column that is not needed. */
  readonly cells: readonly (ArrayLike<Cell> | null)[]
  readonly rowCount: number
  /** The number of each row's record, ascending, where a record has several rows. */
  readonly records?: Uint32Array
}

/** A content inside a container. */
export interface Member {
  /** As the container writes it, or as the reader calls what has no name. */
  readonly name: string
  readonly sizeBytes: number
  /** Bytes of the container that it takes: what is not understood of it counts as not read of the container. */
  readonly storedBytes: number
  open(): AsyncIterable<Uint8Array>
}

/** Takes what a reader reads. */
export interface RecordSink {
  rows(batch: RowBatch): void
  /** Prose, whole blocks at a time; what comes before the next `nextDocument` is one record. */
  prose(text: string): void
  /** The prose that follows is another record's. */
  nextDocument(): void
  /** Reads a content inside this one, to its end or to the first thing that cannot be read. Rejects only when aborted. */
  member(member: Member): Promise<void>
  /** Names a content inside this one that is held and not read. */
  unreadMember(member: Omit<Member, 'open'>, problem: ContentProblem): void
  problem(problem: ContentProblem): void
  /** Characters of text, or bytes of what is no text, that passed. */
  passed(units: number): void
  /** Of those, the ones that were left out and not examined. */
  skipped(units: number): void
  /** False once a column was seen to hold nothing that is looked for: its cells need not be decoded. */
  isNeeded(table: string, column: number): boolean
}

/** A format that is read, or a wrapper around another content. */
export interface Format {
  readonly id: string
  /** Nothing of it was understood when it fails, and all of it was read when it does not. */
  readonly isWhole?: true
  /** Its bytes are no text, even where they look so. */
  readonly isBinary?: true
  recognise(head: ContentHead): boolean
  /** Reads all records; throws UnreadableContentError where it cannot go on, after handing out what came before. */
  read?(input: FormatInput, sink: RecordSink): Promise<void>
  /** The bytes inside a wrapper. */
  unwrap?(input: FormatInput): AsyncIterable<Uint8Array>
}

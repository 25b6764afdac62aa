import type { EvidenceLayout } from '../../model/index.ts'
import type { ColumnBatch } from './column-batch.ts'
import type { LogHead } from './log-head.ts'

/** Reads one file of a format, chunk by chunk, into column batches. Made anew for each file. */
export interface LogReader {
  /**
   * Parses the whole records of `chunk` into `batch`, which it resets, and returns how many bytes it used up; the rest
   * comes again at the start of the next chunk. With `atEnd` nothing comes after, so all of it is used.
   * `fileOffset` is the place of the chunk's first byte in the file. Never throws for what the bytes hold.
   */
  push(chunk: Uint8Array, fileOffset: number, atEnd: boolean, batch: ColumnBatch): number
  /** Records that are no requests (configuration changes, say) or that head and comment lines hold, counted and not kept. */
  readonly passedOver: number
  /** What was wrong with the file as a whole, if anything; known after the last `push`. */
  readonly problem: string | null
}

/** What a file itself does not say and whoever has it may know. */
export interface LogSettings {
  /** Where the file lay, `/`-separated: some logs say their day or their store in their name only. */
  readonly path?: string
  /** The store, as `bucket` would name it, for logs that do not say whose requests they hold (nginx, PostgreSQL). */
  readonly store?: string
  /** `Fields` of the real-time log configuration (`aws cloudfront get-realtime-log-config`): its lines have no header. */
  readonly cloudfrontRealtimeFields?: readonly string[]
}

/** One kind of log. A member is a plain object; `id` names its partition in the lake. */
export interface LogFormat {
  readonly id: string
  /** The layout that evidence discovery has for it, where it has one. */
  readonly layout?: EvidenceLayout
  /** Whether a file that begins so is of this format. By content; no file is of two formats. */
  recognises(head: LogHead): boolean
  open(settings?: LogSettings): LogReader
}

/** A file that can be read from any place, as Parquet needs. */
export interface RandomAccessFile {
  readonly byteLength: number
  slice(start: number, end?: number): Promise<ArrayBuffer>
}

/** A kind of log that comes as Parquet: read by row group. Records stand in `batch.bytes` as JSON; `line_offset` is the row's number. */
export interface TableLogFormat {
  readonly id: string
  /** Whether a Parquet file with these columns (lower case, in order) is of this format. */
  recognisesColumns(columns: readonly string[]): boolean
  /** Fills `batch` again and again and calls `take` each time. Never rejects for what the file holds. */
  readTable(file: RandomAccessFile, batch: ColumnBatch, take: () => void): Promise<TableOutcome>
}

export interface TableOutcome {
  readonly passedOver: number
  readonly problem: string | null
}

/** A record longer than this is rejected whole: no provider writes one, and memory stays bounded. */
export const MAX_RECORD_BYTES = 1 << 20

/** Readings of one line beyond this number are not told apart; the worst and the mildest are still exact. */
export const MAX_READINGS = 1000

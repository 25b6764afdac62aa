import type { EvidenceLayout } from '../../model/index.ts'
import type { ColumnBatch } from './column-batch.ts'

/** Reads one file of a format, chunk by chunk, into column batches. Made anew for each file. */
export interface LogReader {
  /**
   * Parses the whole records of `chunk` into `batch`, which it resets, and returns how many bytes it used up; the rest
   * comes again at the start of the next chunk. With `atEnd` nothing comes after, so all of it is used.
   * `fileOffset` is the place of the chunk's first byte in the file. Never throws for what the bytes hold.
   */
  push(chunk: Uint8Array, fileOffset: number, atEnd: boolean, batch: ColumnBatch): number
  /** Records that belong to another stage (configuration changes, say), counted and not kept. */
  readonly passedOver: number
  /** What was wrong with the file as a whole, if anything; known after the last `push`. */
  readonly problem: string | null
}

/** One kind of log. A member is a plain object; `id` names its partition in the lake. */
export interface LogFormat {
  readonly id: string
  readonly layout: EvidenceLayout
  open(): LogReader
}

/** A record longer than this is rejected whole: no provider writes one, and memory stays bounded. */
export const MAX_RECORD_BYTES = 1 << 20

/** Readings of one line beyond this number are not told apart; the worst and the mildest are still exact. */
export const MAX_READINGS = 1000

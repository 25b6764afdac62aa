import type { RandomAccessFile } from '../../forensics/index.ts'
import type { Unread } from '../../model/index.ts'

/** What stopped a file from being read to its end; null when nothing did. */
export type ReadingProblem = { readonly code: Unread['code']; readonly detail: string } | null

/** Where the bytes of a file go. */
export interface LogFileTaker {
  /** Takes a chunk whose first byte is at `offset` of the (decompressed) file; gives the bytes it used up. */
  take(chunk: Uint8Array, offset: number, atEnd: boolean): number
  /** Takes a Parquet file, which is read from its end. */
  table(file: RandomAccessFile): Promise<void>
}

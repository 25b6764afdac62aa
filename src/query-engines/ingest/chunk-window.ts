import type { LogFileTaker } from './log-file-taker.ts'

/** A buffer that keeps what the taker left over at the front of the next chunk. */
export interface ChunkWindow {
  /** Where to put the next bytes; never empty. */
  free(): Uint8Array
  /** Says that `length` bytes were put there; the last ones of a file wait for `end`. */
  filled(length: number, last: boolean): void
  add(piece: Uint8Array): void
  /** Hands over what is left: all of it, or (not `whole`) the whole records only. */
  end(whole: boolean): void
}

const CHUNK_BYTES = 2 << 20
let reused: Uint8Array | null = null

/** A window on one file. Files are read one after the other in a thread, so that they share one buffer. */
export function chunkWindow(take: LogFileTaker['take']): ChunkWindow {
  reused ??= new Uint8Array(CHUNK_BYTES)
  return new ReusedWindow(take, reused)
}

class ReusedWindow implements ChunkWindow {
  private buffer: Uint8Array
  private length = 0
  private offset = 0
  private readonly take: LogFileTaker['take']

  constructor(take: LogFileTaker['take'], buffer: Uint8Array) {
    this.take = take
    this.buffer = buffer
  }

  free(): Uint8Array {
    // The taker may leave up to one record; the buffer grows only where that fills it.
    if (this.length === this.buffer.length) {
      const larger = new Uint8Array(2 * this.buffer.length)
      larger.set(this.buffer)
      this.buffer = larger
    }
    return this.buffer.subarray(this.length)
  }

  filled(length: number, last: boolean): void {
    this.length += length
    if (!last) this.hand(false)
  }

  add(piece: Uint8Array): void {
    for (let at = 0; at < piece.length; ) {
      const free = this.free()
      const count = Math.min(free.length, piece.length - at)
      free.set(count === piece.length ? piece : piece.subarray(at, at + count))
      at += count
      this.length += count
      // Handing over small pieces one by one would make small batches.
      if (this.length === this.buffer.length) this.hand(false)
    }
  }

  end(whole: boolean): void {
    this.hand(whole)
    this.length = 0
  }

  private hand(atEnd: boolean): void {
    const used = this.take(this.buffer.subarray(0, this.length), this.offset, atEnd)
    this.buffer.copyWithin(0, used, this.length)
    this.length -= used
    this.offset += used
  }
}

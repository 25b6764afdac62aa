import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { createGunzip } from 'node:zlib'
import type { Unread } from '../../model/index.ts'

/** What stopped a file from being read to its end; null when nothing did. */
export type ReadingProblem = { readonly code: Unread['code']; readonly detail: string } | null

/** Takes a chunk whose first byte is at `offset` of the (decompressed) file; gives the bytes it used up. */
export type TakeChunk = (chunk: Uint8Array, offset: number, atEnd: boolean) => number

/** More than this out of a compressed file, at a ratio that no log has, is a bomb. */
const BOMB_BYTES = 64 << 20
const BOMB_RATIO = 300

/** Feeds a file, unpacked where it is gzip by its first bytes, to `take`, in chunks of bounded size. Never throws for what it holds. */
export async function readLogFile(path: string, take: TakeChunk): Promise<ReadingProblem> {
  const window = new ChunkWindow(take)
  let descriptor: number
  try {
    descriptor = openSync(path, 'r')
  } catch (error) {
    return { code: 'unreadable', detail: messageOf(error) }
  }
  try {
    const length = readSync(descriptor, window.free(), 0, window.free().length, 0)
    if (length >= 2 && isGzip(window.free())) return await readGzip(path, window)
    return readPlain(descriptor, length, window)
  } catch (error) {
    return { code: 'unreadable', detail: messageOf(error) }
  } finally {
    closeSync(descriptor)
  }
}

function readPlain(descriptor: number, firstLength: number, window: ChunkWindow): ReadingProblem {
  let length = firstLength
  let position = 0
  while (length > 0) {
    position += length
    window.filled(length)
    length = readSync(descriptor, window.free(), 0, window.free().length, position)
  }
  window.end()
  return null
}

async function readGzip(path: string, window: ChunkWindow): Promise<ReadingProblem> {
  const source = createReadStream(path)
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  source.pipe(gunzip)
  let problem: ReadingProblem = null
  let unpacked = 0
  try {
    for await (const piece of gunzip as AsyncIterable<Uint8Array>) {
      unpacked += piece.length
      if (unpacked > BOMB_BYTES && unpacked > BOMB_RATIO * source.bytesRead) {
        problem = { code: 'bomb', detail: `unpacks to more than ${BOMB_RATIO} times its size` }
        break
      }
      window.add(piece)
    }
  } catch (error) {
    problem = { code: source.bytesRead > 0 ? 'truncated' : 'unreadable', detail: messageOf(error) }
  } finally {
    source.destroy()
  }
  window.end()
  return problem
}

const CHUNK_BYTES = 2 << 20

/** A buffer that keeps what the taker left over at the front of the next chunk. */
class ChunkWindow {
  private buffer = shared()
  private length = 0
  private offset = 0
  private readonly take: TakeChunk

  constructor(take: TakeChunk) {
    this.take = take
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

  filled(length: number): void {
    this.length += length
    this.hand(false)
  }

  add(piece: Uint8Array): void {
    for (let at = 0; at < piece.length; ) {
      const free = this.free()
      const count = Math.min(free.length, piece.length - at)
      free.set(piece.subarray(at, at + count))
      at += count
      this.length += count
      // Handing over small pieces one by one would make small batches.
      if (this.length === this.buffer.length) this.hand(false)
    }
  }

  end(): void {
    this.hand(true)
    this.length = 0
  }

  private hand(atEnd: boolean): void {
    const used = this.take(this.buffer.subarray(0, this.length), this.offset, atEnd)
    this.buffer.copyWithin(0, used, this.length)
    this.length -= used
    this.offset += used
  }
}

let reused: Uint8Array | null = null

/** Files are read one after the other in a thread, so that they can share one buffer. */
function shared(): Uint8Array {
  reused ??= new Uint8Array(CHUNK_BYTES)
  return reused
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

function messageOf(error: unknown): string {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error)
}

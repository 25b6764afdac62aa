import { createReadStream, readSync } from 'node:fs'
import type { Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { unpackBzip2 } from './bzip2.ts'
import type { ChunkWindow } from './chunk-window.ts'
import type { ReadingProblem } from './log-file-taker.ts'

/** How a file is packed, by its first bytes. */
export type Compression = 'gzip' | 'zstd' | 'bzip2'

export interface PackedFile {
  readonly path: string
  readonly descriptor: number
  readonly sizeBytes: number
}

/** More than this out of a compressed file, at a ratio that no log has, is a bomb. */
const BOMB_BYTES = 64 << 20
const BOMB_RATIO = 300
/** A packed file up to this size is unpacked at once: a stream costs more than it does. */
const SMALL_BYTES = 64 << 10
const SMALL_UNPACKED_BYTES = 2 << 20
/** bzip2 is unpacked from memory; no provider packs logs of this size with it. */
const MOST_BZIP2_BYTES = 256 << 20

export function compressionOf(bytes: Uint8Array): Compression | null {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip'
  if (bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd) return 'zstd'
  const isBzip2 = bytes[0] === 0x42 && bytes[1] === 0x5a && bytes[2] === 0x68 && bytes[3]! >= 0x31 && bytes[3]! <= 0x39
  return isBzip2 ? 'bzip2' : null
}

/** Feeds what a packed file holds to the window, as far as it can be unpacked. */
export async function unpack(compression: Compression, file: PackedFile, window: ChunkWindow): Promise<ReadingProblem> {
  if (compression === 'zstd' && typeof zlib.createZstdDecompress !== 'function')
    return { code: 'unsupported', detail: 'compressed with zstd, which this Node does not unpack' }
  if (compression !== 'bzip2') {
    const small = file.sizeBytes <= SMALL_BYTES ? unpackedAtOnce(compression, file) : null
    if (!small) return unpackStream(compression, file, window)
    window.add(small)
    window.end(true)
    return null
  }
  if (file.sizeBytes > MOST_BZIP2_BYTES) return { code: 'too-large', detail: 'more than 256 MiB of bzip2' }
  const isBomb = (unpackedBytes: number, readBytes: number) =>
    unpackedBytes > BOMB_BYTES && unpackedBytes > BOMB_RATIO * Math.max(readBytes, 1)
  const problem = unpackBzip2(contentOf(file), isBomb, (piece) => window.add(piece))
  window.end(true)
  return problem
}

/** All that a small file holds; null where it is damaged or holds much, which the stream tells apart. */
function unpackedAtOnce(compression: 'gzip' | 'zstd', file: PackedFile): Uint8Array | null {
  try {
    const options = { maxOutputLength: SMALL_UNPACKED_BYTES }
    const packed = contentOf(file)
    return compression === 'gzip' ? zlib.gunzipSync(packed, options) : zlib.zstdDecompressSync(packed, options)
  } catch {
    return null
  }
}

async function unpackStream(compression: 'gzip' | 'zstd', file: PackedFile, window: ChunkWindow): Promise<ReadingProblem> {
  const source = createReadStream(file.path, { end: Math.max(0, file.sizeBytes - 1) })
  const unpacker: Transform = compression === 'gzip' ? zlib.createGunzip() : zlib.createZstdDecompress()
  source.on('error', (error) => unpacker.destroy(error))
  source.pipe(unpacker)
  let problem: ReadingProblem = null
  let unpacked = 0
  try {
    for await (const piece of unpacker as AsyncIterable<Uint8Array>) {
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
  window.end(true)
  return problem
}

function contentOf({ descriptor, sizeBytes }: PackedFile): Uint8Array {
  const bytes = new Uint8Array(sizeBytes)
  let length = 0
  while (length < sizeBytes) {
    const count = readSync(descriptor, bytes, length, sizeBytes - length, length)
    if (count === 0) break
    length += count
  }
  return bytes.subarray(0, length)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error)
}

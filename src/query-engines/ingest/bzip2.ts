import Bunzip from 'seek-bzip'
import type { ReadingProblem } from './log-file-taker.ts'

/**
 * Unpacks bzip2 (also several streams after one another), block by block, and hands out what a damaged file holds before
 * the damage. `isBomb` is asked as bytes come.
 */
export function unpackBzip2(
  packed: Uint8Array,
  isBomb: (unpackedBytes: number, readBytes: number) => boolean,
  add: (piece: Uint8Array) => void,
): ReadingProblem {
  const input = new InputBytes(packed)
  const piece = new Uint8Array(PIECE_BYTES)
  let length = 0
  let unpacked = 0
  const output = {
    writeByte(byte: number): void {
      piece[length++] = byte
      if (length < PIECE_BYTES) return
      add(piece)
      unpacked += length
      length = 0
      if (isBomb(unpacked, input.position)) throw new Bomb()
    },
    flush(): void {},
  }
  let problem: ReadingProblem = null
  try {
    Bunzip.decode(input, output, true)
  } catch (error) {
    if (error instanceof Bomb) problem = { code: 'bomb', detail: 'unpacks to more than 300 times its size' }
    else problem = { code: input.eof() ? 'truncated' : 'malformed', detail: error instanceof Error ? error.message : 'bad bzip2' }
  }
  add(piece.subarray(0, length))
  return problem
}

const PIECE_BYTES = 64 << 10

class Bomb extends Error {}

/** The input as seek-bzip wants it: bytes one by one, -1 at the end. */
class InputBytes {
  position = 0
  private readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  readByte(): number {
    return this.position < this.bytes.length ? this.bytes[this.position++]! : -1
  }

  read(buffer: Uint8Array, offset: number, length: number): number {
    const count = Math.min(length, this.bytes.length - this.position)
    if (count <= 0) return -1
    buffer.set(this.bytes.subarray(this.position, this.position + count), offset)
    this.position += count
    return count
  }

  seek(position: number): void {
    this.position = position
  }

  eof(): boolean {
    return this.position >= this.bytes.length
  }
}

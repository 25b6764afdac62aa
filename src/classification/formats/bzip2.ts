import { UnreadableContentError } from '../content-source.ts'
import { refuseBomb } from './decompressed.ts'
import type { Format, FormatInput } from './format.ts'

// `BZh`, the level, then the first block's mark (pi) or the stream's end mark (the square root of pi).
const MAGIC = /^425a683[1-9](?:314159265359|177245385090)/
const PIECE_BYTES = 64 << 10

/** bzip2, also with several streams after one another. */
export const bzip2: Format = {
  id: 'bz2',
  isBinary: true,
  recognise: ({ bytes }) => MAGIC.test(Buffer.from(bytes.subarray(0, 10)).toString('hex')),
  unwrap: unwrapBzip2,
}

/** The parts of the library by which it goes on block by block; its public function hands out everything at once. */
interface Decoder {
  _init_block(): boolean
  _read_bunzip(): number
  _start_bunzip(input: PackedBytes, output: UnpackedBytes): void
  readonly reader: { read(bits: number): number }
}

async function* unwrapBzip2(input: FormatInput): AsyncIterable<Uint8Array> {
  const { default: library } = await import('seek-bzip')
  const Bunzip = library as unknown as new (input: PackedBytes, output: UnpackedBytes) => Decoder
  const packed = new PackedBytes(await input.whole())
  const unpacked = new UnpackedBytes()
  try {
    for (const decoder = new Bunzip(packed, unpacked); ; ) {
      input.signal?.throwIfAborted()
      const hasBlock = decoder._init_block()
      if (hasBlock) decoder._read_bunzip()
      yield* unpacked.take()
      refuseBomb(input, packed.position, unpacked.total)
      if (hasBlock) continue
      // The checksum of the stream; those of its blocks were compared already.
      decoder.reader.read(32)
      if (packed.eof()) return
      decoder._start_bunzip(packed, unpacked)
    }
  } catch (cause) {
    if (cause instanceof UnreadableContentError) throw cause
    throw new UnreadableContentError(
      packed.eof() ? 'truncated' : 'malformed',
      packed.eof() ? 'the compressed stream ends early' : 'the compressed stream is damaged',
      { offset: packed.position, cause },
    )
  }
}

/** The input as the library wants it: bytes one by one, -1 at the end. */
class PackedBytes {
  readonly #bytes: Uint8Array
  position = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  readByte(): number {
    return this.position < this.#bytes.length ? this.#bytes[this.position++]! : -1
  }

  read(buffer: Uint8Array, offset: number, length: number): number {
    const piece = this.#bytes.subarray(this.position, this.position + length)
    buffer.set(piece, offset)
    this.position += piece.length
    return piece.length
  }

  seek(position: number): void {
    this.position = position
  }

  eof(): boolean {
    return this.position >= this.#bytes.length
  }
}

class UnpackedBytes {
  #pieces: Uint8Array[] = []
  #piece = new Uint8Array(PIECE_BYTES)
  #length = 0
  total = 0

  writeByte(byte: number): void {
    this.#piece[this.#length++] = byte
    this.total += 1
    if (this.#length === PIECE_BYTES) this.#endPiece()
  }

  flush(): void {}

  take(): Uint8Array[] {
    if (this.#length > 0) this.#endPiece()
    return this.#pieces.splice(0)
  }

  #endPiece(): void {
    this.#pieces.push(this.#piece.subarray(0, this.#length))
    this.#piece = new Uint8Array(PIECE_BYTES)
    this.#length = 0
  }
}

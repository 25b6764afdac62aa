import * as zlib from 'node:zlib'
import { UnreadableContentError } from '../content-source.ts'
import { decompressed } from './decompressed.ts'
import type { Format, FormatInput } from './format.ts'

// What a frame may ask for as its window: 2^27 bytes, which is what the command line tool accepts too.
const WINDOW_LOG_MAX = 27

/** Zstandard (RFC 8878), also with several frames. */
export const zstd: Format = {
  id: 'zst',
  isBinary: true,
  recognise: ({ bytes }) => {
    if (bytes.length < 4) return false
    const magic = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).readUInt32LE(0)
    return magic === 0xfd2fb528 || (magic >>> 4 === 0x184d2a5 && bytes.length > 8)
  },
  unwrap: unwrapZstd,
}

function unwrapZstd(input: FormatInput): AsyncIterable<Uint8Array> {
  if (typeof zlib.createZstdDecompress !== 'function')
    throw new UnreadableContentError('unsupported', 'this Node reads no Zstandard', { offset: 0 })
  const params = { [zlib.constants.ZSTD_d_windowLogMax]: WINDOW_LOG_MAX }
  return decompressed(input, zlib.createZstdDecompress({ chunkSize: 64 << 10, params }))
}

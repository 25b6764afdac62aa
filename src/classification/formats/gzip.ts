import { createGunzip } from 'node:zlib'
import { decompressed } from './decompressed.ts'
import type { Format } from './format.ts'

/** gzip (RFC 1952), also with several members. */
export const gzip: Format = {
  id: 'gz',
  isBinary: true,
  recognise: ({ bytes }) => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8,
  unwrap: (input) => decompressed(input, createGunzip({ chunkSize: 64 << 10 })),
}

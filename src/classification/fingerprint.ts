import { hash } from 'node:crypto'
import type { Fingerprint } from '../model/index.ts'

const BLOCK_BYTES = 64
const DIGEST_BYTES = 32

/**
 * The fingerprint under one key: the first 16 bytes of HMAC-SHA-256(key, kind + 0x00 + normalised value).
 * HMAC is spelled out (RFC 2104) over one-shot hashes, because a context object for each value costs five times as much.
 */
export function createFingerprint(key: Uint8Array): Fingerprint {
  const block = new Uint8Array(BLOCK_BYTES)
  block.set(key.length > BLOCK_BYTES ? hash('sha256', key, 'buffer') : key)
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES)
  let inner = Buffer.alloc(1024)
  for (let i = 0; i < BLOCK_BYTES; i += 1) {
    inner[i] = block[i]! ^ 0x36
    outer[i] = block[i]! ^ 0x5c
  }
  return (kind, normalised) => {
    const needed = BLOCK_BYTES + kind.length + 1 + normalised.length * 3
    if (needed > inner.length) {
      const larger = Buffer.alloc(needed)
      inner.copy(larger, 0, 0, BLOCK_BYTES)
      inner = larger
    }
    let end = BLOCK_BYTES + inner.write(kind, BLOCK_BYTES, 'latin1')
    inner[end] = 0
    end += 1
    end += inner.write(normalised, end, 'utf8')
    hash('sha256', inner.subarray(0, end), 'buffer').copy(outer, BLOCK_BYTES)
    return new Uint8Array(hash('sha256', outer, 'buffer').subarray(0, 16))
  }
}

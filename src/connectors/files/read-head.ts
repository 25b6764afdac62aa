import { open } from 'node:fs/promises'
import { constants, gunzipSync } from 'node:zlib'
import { isGzip } from './open-evidence.ts'
import type { WalkedFile } from './walk-directories.ts'

/** What a file begins with, decompressed. */
export interface Head {
  readonly bytes: Buffer
  /** Whether `bytes` is all that the file holds. */
  readonly whole: boolean
  /** The system's error code, or null when the head was read. */
  readonly error: string | null
}

const HEAD_BYTES = 16 * 1024
const HEAD_TEXT_BYTES = 1024 * 1024

/** The first kilobytes of a file; as much of a broken gzip file as comes out of it. */
export async function readHead(file: WalkedFile): Promise<Head> {
  try {
    const handle = await open(file.absolutePath, 'r')
    try {
      const buffer = Buffer.allocUnsafe(Math.min(HEAD_BYTES, file.sizeBytes + 1))
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
      const bytes = buffer.subarray(0, bytesRead)
      const whole = bytesRead >= file.sizeBytes
      return isGzip(bytes) ? { bytes: inflateHead(bytes), whole, error: null } : { bytes, whole, error: null }
    } finally {
      await handle.close()
    }
  } catch (error) {
    return { bytes: Buffer.alloc(0), whole: false, error: (error as NodeJS.ErrnoException).code ?? 'unknown error' }
  }
}

function inflateHead(compressed: Buffer): Buffer {
  // A head that would inflate past the bound is tried with less of it.
  for (let length = compressed.length; length > 0; length = length >> 2) {
    try {
      const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: HEAD_TEXT_BYTES }
      return gunzipSync(compressed.subarray(0, length), options)
    } catch {}
  }
  return Buffer.alloc(0)
}

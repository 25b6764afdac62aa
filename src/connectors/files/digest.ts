import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

export interface FileDigest {
  /** SHA-256 of the bytes as they lie on disk, hex. */
  readonly sha256: string
  readonly sizeBytes: number
}

const READ_BYTES = 1024 * 1024
const CONCURRENT_FILES = 8

/** SHA-256 of a file's bytes, read as a stream; throws the system's error where the file cannot be read. */
export async function digestFile(path: string, signal?: AbortSignal): Promise<FileDigest> {
  return digestInto(path, Buffer.allocUnsafeSlow(READ_BYTES), signal)
}

/** Digests of many files, a bounded number at a time, in the order of the paths; `null` where a file cannot be read. */
export async function digestFiles(paths: readonly string[], signal?: AbortSignal): Promise<readonly (FileDigest | null)[]> {
  const digests = new Array<FileDigest | null>(paths.length).fill(null)
  let next = 0
  async function work(): Promise<void> {
    const buffer = Buffer.allocUnsafeSlow(READ_BYTES)
    for (let index = next++; index < paths.length; index = next++) {
      signal?.throwIfAborted()
      digests[index] = await digestInto(paths[index]!, buffer, signal).catch((error: unknown) => {
        signal?.throwIfAborted()
        if (isSystemError(error)) return null
        throw error
      })
    }
  }
  await Promise.all(Array.from({ length: Math.min(CONCURRENT_FILES, paths.length) }, work))
  return digests
}

async function digestInto(path: string, buffer: Buffer, signal: AbortSignal | undefined): Promise<FileDigest> {
  const handle = await open(path, 'r')
  try {
    const hash = createHash('sha256')
    let sizeBytes = 0
    for (;;) {
      signal?.throwIfAborted()
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, sizeBytes)
      if (bytesRead === 0) return { sha256: hash.digest('hex'), sizeBytes }
      hash.update(buffer.subarray(0, bytesRead))
      sizeBytes += bytesRead
    }
  } finally {
    await handle.close()
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string'
}

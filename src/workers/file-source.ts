import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import type { ContentSource } from '../classification/index.ts'
import type { ScanTask } from './scan-protocol.ts'

const CHUNK_BYTES = 256 << 10

/** A file on disk as a content. */
export function fileSource({ absolutePath, name, sizeBytes }: ScanTask): ContentSource {
  return {
    name,
    sizeBytes,
    open: () => createReadStream(absolutePath, { highWaterMark: CHUNK_BYTES }),
    readAll: () => readFile(absolutePath),
    range: async (from, to) => {
      const file = await open(absolutePath)
      try {
        const bytes = new Uint8Array(to - from)
        let filled = 0
        while (filled < bytes.length) {
          const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled)
          if (bytesRead === 0) break
          filled += bytesRead
        }
        return bytes.subarray(0, filled)
      } finally {
        await file.close()
      }
    },
  }
}

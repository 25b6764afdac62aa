import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { type ChunkWindow, chunkWindow } from './chunk-window.ts'
import { compressionOf, unpack } from './compression.ts'
import type { LogFileTaker, ReadingProblem } from './log-file-taker.ts'

/**
 * Feeds a file, unpacked where it is gzip, zstd or bzip2 by its first bytes, to `taker`, in chunks of bounded size. Reads what
 * is there when it is opened: of a file that grows meanwhile, the last line that is not whole is left for the next time, and
 * the growth is told. Never throws for what it holds.
 */
export async function readLogFile(path: string, taker: LogFileTaker): Promise<ReadingProblem> {
  let descriptor: number
  try {
    descriptor = openSync(path, 'r')
  } catch (error) {
    return { code: 'unreadable', detail: messageOf(error) }
  }
  try {
    const { size: sizeBytes, mtimeMs } = fstatSync(descriptor)
    const window = chunkWindow(taker.take)
    const free = window.free()
    const length = readSync(descriptor, free, 0, Math.min(free.length, sizeBytes), 0)
    const compression = compressionOf(free.subarray(0, length))
    if (compression !== null) return await unpack(compression, { path, descriptor, sizeBytes }, window)
    if (isParquet(free, length)) return await readTable(path, sizeBytes, taker)
    readPlain(descriptor, length, sizeBytes, window)
    const after = fstatSync(descriptor)
    const grew = after.size !== sizeBytes || after.mtimeMs !== mtimeMs
    window.end(!grew)
    return grew ? { code: 'truncated', detail: `changed while it was read; its first ${sizeBytes} bytes were` } : null
  } catch (error) {
    return { code: 'unreadable', detail: messageOf(error) }
  } finally {
    closeSync(descriptor)
  }
}

function readPlain(descriptor: number, firstLength: number, sizeBytes: number, window: ChunkWindow): void {
  let length = firstLength
  let position = 0
  while (length > 0) {
    position += length
    window.filled(length, position >= sizeBytes)
    if (position >= sizeBytes) return
    const free = window.free()
    length = readSync(descriptor, free, 0, Math.min(free.length, sizeBytes - position), position)
  }
}

async function readTable(path: string, byteLength: number, taker: LogFileTaker): Promise<ReadingProblem> {
  const handle = await open(path, 'r')
  try {
    await taker.table({
      byteLength,
      async slice(start, end = byteLength) {
        const bytes = new Uint8Array(Math.max(0, Math.min(end, byteLength) - start))
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, start)
        if (bytesRead < bytes.length) throw new Error('the file became shorter')
        return bytes.buffer
      },
    })
    return null
  } finally {
    await handle.close()
  }
}

function isParquet(bytes: Uint8Array, length: number): boolean {
  return length >= 12 && bytes[0] === 0x50 && bytes[1] === 0x41 && bytes[2] === 0x52 && bytes[3] === 0x31
}

function messageOf(error: unknown): string {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error)
}

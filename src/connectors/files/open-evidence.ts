import { once } from 'node:events'
import { type FileHandle, open } from 'node:fs/promises'
import { createGunzip, type Gunzip, gunzipSync } from 'node:zlib'
import type { EvidenceFile, Unread } from '../../model/index.ts'

/** Where reading a file stopped, and why; what came before has been handed out. */
export class EvidenceReadError extends Error {
  readonly path: string
  readonly code: Unread['code']
  /** Byte offset in the decompressed text where it is compressed. */
  readonly offset: number

  constructor(path: string, code: Unread['code'], offset: number, sentence: string, cause?: unknown) {
    super(sentence, { cause })
    this.name = 'EvidenceReadError'
    this.path = path
    this.code = code
    this.offset = offset
  }
}

export interface OpenEvidenceLimits {
  /** Bytes of text from one file. */
  readonly totalBytes: number
  /** Bytes of text for a compressed byte, once `ratioAfterBytes` have come out. */
  readonly ratio: number
  readonly ratioAfterBytes: number
}

/** Logs and configuration compress 5 to 60 times; only bytes made to be a bomb compress several hundred times. */
const LIMITS: OpenEvidenceLimits = { totalBytes: 64 * 1024 ** 3, ratio: 250, ratioAfterBytes: 64 * 1024 ** 2 }

const READ_BYTES = 256 * 1024
const SMALL_FILE_BYTES = 256 * 1024
const SMALL_TEXT_BYTES = 16 * 1024 * 1024
/** Small, so that what one write can inflate to stays small too. */
const INFLATE_INPUT_BYTES = 16 * 1024
const FINE_INPUT_BYTES = 1

/**
 * The bytes of a file, decompressed where it begins like gzip, whatever its name.
 * An EvidenceReadError names where reading stopped: unreadable, truncated, malformed, a bomb, or too large.
 */
export async function* openEvidence(
  file: Pick<EvidenceFile, 'path' | 'absolutePath'>,
  limits: OpenEvidenceLimits = LIMITS,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const handle = await openFile(file)
  try {
    yield* readHandle(file.path, handle, limits)
  } finally {
    await handle.close()
  }
}

/** Whether bytes begin as a gzip member does. */
export function isGzip(head: Uint8Array): boolean {
  return head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b
}

async function openFile(file: Pick<EvidenceFile, 'path' | 'absolutePath'>): Promise<FileHandle> {
  try {
    return await open(file.absolutePath, 'r')
  } catch (cause) {
    throw unreadable(file.path, 0, cause)
  }
}

async function* readHandle(
  path: string,
  handle: FileHandle,
  limits: OpenEvidenceLimits,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const first = await readAt(path, handle, 0)
  if (!isGzip(first)) {
    yield* plainBytes(path, handle, first, limits)
    return
  }
  const whole = first.length < SMALL_FILE_BYTES ? inflateSmall(first, limits) : null
  if (whole !== null) yield whole
  else yield* inflate(path, handle, limits)
}

async function* plainBytes(
  path: string,
  handle: FileHandle,
  first: Buffer<ArrayBuffer>,
  limits: OpenEvidenceLimits,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let offset = 0
  for (let chunk = first; chunk.length > 0; chunk = await readAt(path, handle, offset)) {
    if (offset + chunk.length > limits.totalBytes) throw tooLarge(path, offset, limits)
    yield chunk
    offset += chunk.length
  }
}

/** A small file in one step; null where it is broken, larger than expected or followed by something else: the slow way tells which. */
function inflateSmall(compressed: Buffer, limits: OpenEvidenceLimits): Buffer<ArrayBuffer> | null {
  const maxOutputLength = Math.min(SMALL_TEXT_BYTES, limits.ratioAfterBytes, limits.totalBytes)
  try {
    // The types do not tell that `info` changes what comes back.
    const result = gunzipSync(compressed, { maxOutputLength, info: true }) as unknown as {
      buffer: Buffer<ArrayBuffer>
      engine: { bytesWritten: number }
    }
    return result.engine.bytesWritten === compressed.length ? result.buffer : null
  } catch {
    return null
  }
}

async function* inflate(path: string, handle: FileHandle, limits: OpenEvidenceLimits): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const stopped = yield* inflateOnce(path, handle, limits, { fineFrom: Number.POSITIVE_INFINITY, skipBytes: 0 })
  if (stopped === null) return
  // One step of zlib that fails gives nothing, so the step that failed is gone through again in the smallest steps.
  const again = stopped.error.code === 'malformed' ? yield* inflateOnce(path, handle, limits, stopped) : null
  throw again?.error ?? stopped.error
}

/** Where decompressing stopped, and how to come back to the step before. */
interface Stop {
  readonly error: EvidenceReadError
  /** Offset in the compressed bytes from which steps must be small. */
  readonly fineFrom: number
  /** Bytes of text that came out before. */
  readonly skipBytes: number
}

async function* inflateOnce(
  path: string,
  handle: FileHandle,
  limits: OpenEvidenceLimits,
  from: Pick<Stop, 'fineFrom' | 'skipBytes'>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, Stop | null> {
  const inflater = new Inflater(path, limits, from.skipBytes)
  let step = 0
  try {
    for (let chunk = await readAt(path, handle, 0), offset = 0; chunk.length > 0; chunk = await readAt(path, handle, offset)) {
      for (let index = 0; index < chunk.length && inflater.error === null; index += step) {
        const position = offset + index
        step = position >= from.fineFrom ? FINE_INPUT_BYTES : Math.min(INFLATE_INPUT_BYTES, from.fineFrom - position)
        await inflater.write(chunk.subarray(index, index + step))
        yield* inflater.take()
      }
      if (inflater.error !== null) break
      offset += chunk.length
    }
    await inflater.end()
    yield* inflater.take()
    if (inflater.error === null) return null
    return { error: inflater.error, fineFrom: inflater.lastWriteAt, skipBytes: inflater.bytesOut }
  } finally {
    inflater.close()
  }
}

/** Keeps what was decompressed before an error, which a stream's own iterator would throw away. */
class Inflater {
  /** Why it stopped, or null. */
  error: EvidenceReadError | null = null
  /** Bytes of text so far, those that were skipped included. */
  bytesOut = 0
  /** Offset in the compressed bytes at which the last step began. */
  lastWriteAt = 0
  readonly #path: string
  readonly #limits: OpenEvidenceLimits
  readonly #skipBytes: number
  readonly #gunzip: Gunzip = createGunzip({ chunkSize: 64 * 1024 })
  #chunks: Buffer<ArrayBuffer>[] = []
  #bytesIn = 0

  constructor(path: string, limits: OpenEvidenceLimits, skipBytes: number) {
    this.#path = path
    this.#limits = limits
    this.#skipBytes = skipBytes
    this.#gunzip.on('data', (chunk: Buffer<ArrayBuffer>) => this.#receive(chunk))
    this.#gunzip.on('error', (cause: NodeJS.ErrnoException) => this.#fail(brokenGzip(path, this.bytesOut, cause)))
  }

  /** Resolves when the bytes are decompressed or cannot be. */
  async write(bytes: Buffer): Promise<void> {
    if (this.error !== null || this.#gunzip.destroyed) return
    this.lastWriteAt = this.#bytesIn
    this.#bytesIn += bytes.length
    await new Promise<void>((resolve) => {
      this.#gunzip.once('close', resolve)
      this.#gunzip.write(bytes, () => {
        this.#gunzip.removeListener('close', resolve)
        resolve()
      })
    })
  }

  async end(): Promise<void> {
    if (this.error !== null || this.#gunzip.destroyed) return
    const closed = once(this.#gunzip, 'close').catch(() => {})
    this.#gunzip.end()
    await closed
  }

  take(): Buffer<ArrayBuffer>[] {
    const chunks = this.#chunks
    this.#chunks = []
    return chunks
  }

  close(): void {
    this.#gunzip.destroy()
  }

  #receive(chunk: Buffer<ArrayBuffer>): void {
    if (this.error !== null) return
    const bytesOut = this.bytesOut + chunk.length
    if (bytesOut > this.#limits.ratioAfterBytes && bytesOut > this.#bytesIn * this.#limits.ratio) {
      this.#fail(bomb(this.#path, this.bytesOut, this.#limits))
    } else if (bytesOut > this.#limits.totalBytes) {
      this.#fail(tooLarge(this.#path, this.bytesOut, this.#limits))
    } else {
      const kept = chunk.subarray(Math.max(0, this.#skipBytes - this.bytesOut))
      this.bytesOut = bytesOut
      if (kept.length > 0) this.#chunks.push(kept)
    }
  }

  #fail(error: EvidenceReadError): void {
    this.error ??= error
    this.#gunzip.destroy()
  }
}

async function readAt(path: string, handle: FileHandle, position: number): Promise<Buffer<ArrayBuffer>> {
  try {
    // Most files of evidence are a few kilobytes: a full buffer for each would cost more than the file.
    const left = position === 0 ? (await handle.stat()).size : READ_BYTES
    const buffer = Buffer.allocUnsafeSlow(Math.min(READ_BYTES, left + 1))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position)
    return buffer.subarray(0, bytesRead)
  } catch (cause) {
    throw unreadable(path, position, cause)
  }
}

function unreadable(path: string, offset: number, cause: unknown): EvidenceReadError {
  const code = (cause as NodeJS.ErrnoException)?.code ?? 'unknown error'
  return new EvidenceReadError(path, 'unreadable', offset, `The file could not be read (${code}).`, cause)
}

function brokenGzip(path: string, offset: number, cause: NodeJS.ErrnoException): EvidenceReadError {
  if (cause.code === 'Z_BUF_ERROR') {
    return new EvidenceReadError(path, 'truncated', offset, `The gzip data end too early, after ${offset} bytes of text.`, cause)
  }
  if (cause.message.includes('data check') || cause.message.includes('length check')) {
    const sentence = `The text does not have the checksum that the gzip data name; some of these ${offset} bytes may be wrong.`
    return new EvidenceReadError(path, 'malformed', offset, sentence, cause)
  }
  return new EvidenceReadError(path, 'malformed', offset, `The gzip data are broken after ${offset} bytes of text.`, cause)
}

function bomb(path: string, offset: number, limits: OpenEvidenceLimits): EvidenceReadError {
  const sentence = `The gzip data grow more than ${limits.ratio} times, as no log or configuration does; reading stopped.`
  return new EvidenceReadError(path, 'bomb', offset, sentence)
}

function tooLarge(path: string, offset: number, limits: OpenEvidenceLimits): EvidenceReadError {
  return new EvidenceReadError(
    path,
    'too-large',
    offset,
    `The file holds more than ${limits.totalBytes} bytes of text; reading stopped.`,
  )
}

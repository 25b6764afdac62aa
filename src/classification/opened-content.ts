import { type ContentSource, UnreadableContentError } from './content-source.ts'
import type { ContentHead, FormatInput } from './formats/format.ts'
import { detectEncoding } from './formats/text-encoding.ts'
import type { Limits } from './limits.ts'
import type { UnpackingBudget } from './unpacking-budget.ts'

const HEAD_BYTES = 64 << 10

/** A source being read, with a count of the bytes that were. */
export interface OpenedContent {
  input(): Promise<FormatInput>
  bytesRead(): number
  /** Takes back what was counted: the bytes came but were not understood. */
  nothingRead(): void
  /** Counts everything as read, also what a columnar reader could skip. */
  allRead(): void
  close(): Promise<void>
  /** The inside of a wrapper as an input of its own. */
  wrapped(bytes: AsyncIterable<Uint8Array>, outer: FormatInput): Promise<FormatInput>
}

export interface Opening {
  readonly limits: Limits
  readonly signal: AbortSignal | undefined
  readonly budget: UnpackingBudget
}

export function openContent(source: ContentSource, { limits, signal, budget }: Opening): OpenedContent {
  let bytesRead = 0
  let heldBytes = 0
  let isCounting = true
  const count = (bytes: number): void => {
    if (isCounting) bytesRead += bytes
  }
  const hold = (bytes: number): void => {
    if (!budget.hold(bytes)) throw tooLarge(`more than ${limits.wholeBytes}`)
    heldBytes += bytes
  }
  const peeked = new PeekedBytes(counted(source.open(), count, signal))
  return {
    bytesRead: () => bytesRead,
    nothingRead: () => {
      isCounting = false
      bytesRead = 0
    },
    allRead: () => {
      isCounting = false
      bytesRead = source.sizeBytes
    },
    close: () => {
      budget.release(heldBytes)
      return peeked.close()
    },
    wrapped: async (bytes, outer) => {
      const inner = new PeekedBytes(budget.counted(bytes))
      return {
        head: await inner.head(),
        limits,
        signal: outer.signal,
        sizeBytes: null,
        chunks: () => inner.chunks(),
        whole: () => gather(inner.chunks(), hold),
        range: null,
      }
    },
    input: async () => ({
      head: await peeked.head(),
      limits,
      signal,
      sizeBytes: source.sizeBytes,
      chunks: () => peeked.chunks(),
      whole: () => wholeOf(source, peeked, limits, count, hold),
      range: source.range === undefined ? null : rangeOf(source, count),
    }),
  }
}

/** A stream of bytes whose beginning can be looked at before it is read. */
class PeekedBytes {
  readonly #iterator: AsyncIterator<Uint8Array>
  readonly #held: Uint8Array[] = []
  #isDone = false
  #failure: unknown = null

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#iterator = bytes[Symbol.asyncIterator]()
  }

  async head(): Promise<ContentHead> {
    let held = 0
    while (held < HEAD_BYTES && !this.#isDone && this.#failure === null) {
      const chunk = await this.#next().catch((error: unknown) => {
        // What came before the failure is still worth reading; the failure is met again at its place.
        this.#failure = error
      })
      if (chunk === undefined) break
      this.#held.push(chunk)
      held += chunk.length
    }
    if (held === 0 && this.#failure !== null) throw this.#failure
    return describeHead(Buffer.concat(this.#held).subarray(0, HEAD_BYTES), this.#isDone && held <= HEAD_BYTES)
  }

  async *chunks(): AsyncIterable<Uint8Array> {
    for (let chunk = this.#held.shift(); chunk !== undefined; chunk = this.#held.shift()) yield chunk
    if (this.#failure !== null) throw this.#failure
    for (let chunk = await this.#next(); chunk !== undefined; chunk = await this.#next()) yield chunk
  }

  async close(): Promise<void> {
    if (!this.#isDone) await this.#iterator.return?.()?.catch(() => {})
  }

  async #next(): Promise<Uint8Array | undefined> {
    if (this.#isDone) return undefined
    const { done, value } = await this.#iterator.next()
    if (done) this.#isDone = true
    return done ? undefined : value
  }
}

function describeHead(bytes: Uint8Array, isWhole: boolean): ContentHead {
  const encoding = detectEncoding(bytes, isWhole)
  const text = encoding === null ? '' : new TextDecoder(encoding.label).decode(bytes, { stream: !isWhole })
  return { bytes, isWhole, encoding, text }
}

async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
  signal: AbortSignal | undefined,
): AsyncIterable<Uint8Array> {
  for await (const chunk of bytes) {
    signal?.throwIfAborted()
    count(chunk.length)
    yield chunk
  }
}

async function wholeOf(
  source: ContentSource,
  peeked: PeekedBytes,
  limits: Limits,
  count: (bytes: number) => void,
  hold: (bytes: number) => void,
): Promise<Uint8Array> {
  if (source.sizeBytes > limits.wholeBytes) throw tooLarge(String(source.sizeBytes))
  if (source.readAll === undefined) return gather(peeked.chunks(), hold)
  hold(source.sizeBytes)
  const bytes = await source.readAll(limits.wholeBytes)
  count(bytes.length)
  return bytes
}

function rangeOf(source: ContentSource, count: (bytes: number) => void): (from: number, to: number) => Promise<Uint8Array> {
  return async (from, to) => {
    const bytes = await source.range!(from, to)
    count(bytes.length)
    return bytes
  }
}

async function gather(chunks: AsyncIterable<Uint8Array>, hold: (bytes: number) => void): Promise<Uint8Array> {
  const held: Uint8Array[] = []
  for await (const chunk of chunks) {
    hold(chunk.length)
    held.push(chunk)
  }
  return Buffer.concat(held)
}

function tooLarge(bytes: string): UnreadableContentError {
  return new UnreadableContentError('too-large', `needs to be held whole and has ${bytes} bytes`, { offset: 0 })
}

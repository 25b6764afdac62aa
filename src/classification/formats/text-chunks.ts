import { UnreadableContentError } from '../content-source.ts'
import type { FormatInput, RecordSink } from './format.ts'
import { detectEncoding, type TextEncoding } from './text-encoding.ts'

/** Takes a content's text piece by piece. */
export interface TextTaker {
  push(text: string): void
  /** The text ended here. */
  end(): void
  /** The text broke off: what is whole is handed out, what is not is dropped. */
  abandon(): void
}

/** Decodes a content as a stream; bytes that are no character are named once and read as U+FFFD. */
export async function takeText(input: FormatInput, sink: RecordSink, taker: TextTaker): Promise<void> {
  try {
    for await (const text of decoded(input, sink)) {
      input.signal?.throwIfAborted()
      sink.passed(text.length)
      taker.push(text)
    }
  } catch (error) {
    taker.abandon()
    throw error
  }
  taker.end()
}

async function* decoded(input: FormatInput, sink: RecordSink): AsyncIterable<string> {
  const { encoding } = input.head
  if (encoding === null) throw new UnreadableContentError('unsupported', 'not text', { offset: 0 })
  if (encoding.insteadOf !== undefined) sink.problem(guessOf(encoding))
  let { label } = encoding
  let decoder = new TextDecoder(label)
  let offset = 0
  let isReported = false
  for await (const { chunk, told } of retold(input)) {
    if (told !== null && told.label !== label) {
      label = told.label
      decoder = new TextDecoder(label)
      sink.problem({ ...guessOf(told), offset })
    }
    const text = decoder.decode(chunk, { stream: true })
    const broken = isReported ? -1 : text.indexOf('\ufffd')
    if (broken >= 0) {
      isReported = true
      const before = label === 'utf-8' ? Buffer.byteLength(text.slice(0, broken)) : 0
      sink.problem({ code: 'invalid-encoding', detail: `bytes that are not ${label}`, offset: offset + before })
    }
    offset += chunk.length
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

/** The chunks; where the beginning was all ASCII, the first bytes that are not come with the encoding that they tell. */
async function* retold({ head, chunks }: FormatInput): AsyncIterable<{ chunk: Uint8Array; told: TextEncoding | null }> {
  let isAscii = !head.isWhole && head.encoding?.label === 'utf-8' && isAsciiText(head.text)
  const held: Uint8Array[] = []
  let heldBytes = 0
  const pieces = chunks()[Symbol.asyncIterator]()
  for (;;) {
    const next = await pieces.next().catch((error: unknown) => ({ done: true as const, value: undefined, error }))
    if (next.done) {
      // What came before a failure is handed out first.
      if (held.length > 0) yield toldBy(held, true)
      if ('error' in next) throw next.error
      return
    }
    const chunk = next.value
    if (!isAscii) {
      yield { chunk, told: null }
      continue
    }
    const first = heldBytes > 0 ? 0 : chunk.findIndex((byte) => byte >= 0x80)
    if (first < 0) {
      yield { chunk, told: null }
      continue
    }
    if (first > 0) yield { chunk: chunk.subarray(0, first), told: null }
    held.push(chunk.subarray(first))
    heldBytes += chunk.length - first
    if (heldBytes < TOLD_BY_BYTES) continue
    isAscii = false
    yield toldBy(held.splice(0), false)
  }
}

function toldBy(held: readonly Uint8Array[], isWhole: boolean): { chunk: Uint8Array; told: TextEncoding | null } {
  const chunk = Buffer.concat(held)
  return { chunk, told: detectEncoding(chunk.subarray(0, TOLD_BY_BYTES), isWhole && chunk.length <= TOLD_BY_BYTES) }
}

const TOLD_BY_BYTES = 64 << 10

function guessOf({ label, insteadOf = [] }: TextEncoding): { code: string; detail: string } {
  const others = insteadOf.length === 0 ? '' : `; the bytes fit ${insteadOf.join(' and ')} too`
  return { code: 'encoding-guessed', detail: `read as ${label} by what its letters look like${others}` }
}

function isAsciiText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
  return /^[\x00-\x7f]*$/.test(text)
}

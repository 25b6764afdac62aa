import { UnreadableContentError } from '../content-source.ts'
import type { FormatInput, RecordSink } from './format.ts'

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
  const decoder = new TextDecoder(encoding.label)
  let offset = 0
  let isReported = false
  for await (const chunk of input.chunks()) {
    const text = decoder.decode(chunk, { stream: true })
    const broken = isReported ? -1 : text.indexOf('\ufffd')
    if (broken >= 0) {
      isReported = true
      const before = encoding.label === 'utf-8' ? Buffer.byteLength(text.slice(0, broken)) : 0
      sink.problem({ code: 'invalid-encoding', detail: `bytes that are not ${encoding.label}`, offset: offset + before })
    }
    offset += chunk.length
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

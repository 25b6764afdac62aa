import { UnreadableContentError } from '../content-source.ts'
import type { FormatInput, RecordSink } from './format.ts'

/** A content's text in pieces, decoded as a stream; bytes that are no character are named once and read as U+FFFD. */
export async function* textChunks(input: FormatInput, sink: RecordSink): AsyncIterable<string> {
  const { encoding } = input.head
  if (encoding === null) throw new UnreadableContentError('unsupported', 'not text', { offset: 0 })
  const decoder = new TextDecoder(encoding.label, { ignoreBOM: false })
  let offset = 0
  let isReported = false
  for await (const chunk of input.chunks()) {
    input.signal?.throwIfAborted()
    const text = decoder.decode(chunk, { stream: true })
    const broken = isReported ? -1 : text.indexOf('\ufffd')
    if (broken >= 0) {
      isReported = true
      const before = encoding.label === 'utf-8' ? Buffer.byteLength(text.slice(0, broken)) : 0
      sink.problem({ code: 'invalid-encoding', detail: `bytes that are not ${encoding.label}`, offset: offset + before })
    }
    offset += chunk.length
    sink.passed(text.length)
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

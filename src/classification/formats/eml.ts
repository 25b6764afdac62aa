import type { Format, FormatInput, RecordSink } from './format.ts'
import { readMessage, startsWithMailHeaders } from './mail-message.ts'

/** A mail as it was sent (RFC 5322, MIME), with what is attached to it. */
export const eml: Format = {
  id: 'eml',
  isBinary: true,
  isWhole: true,
  recognise: ({ text }) => startsWithMailHeaders(text),
  read: async (input: FormatInput, sink: RecordSink) => {
    const bytes = await input.whole()
    sink.passed(bytes.length)
    await readMessage(bytes, '', input, sink)
  },
}

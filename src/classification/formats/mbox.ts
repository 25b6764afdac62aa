import { UnreadableContentError } from '../content-source.ts'
import { ByteQueue } from './byte-queue.ts'
import type { Format, FormatInput, RecordSink } from './format.ts'
import { readMessage, startsWithMailHeaders } from './mail-message.ts'

const LONGEST_MESSAGE = 64 << 20
const LONGEST_SEPARATOR = 1_000
const SEPARATOR = /^From \S.{0,900}\d{4}/

/** Mailbox of mails one after the other (RFC 4155); every mail is a record. */
export const mbox: Format = {
  id: 'mbox',
  isBinary: true,
  recognise: ({ text }) => SEPARATOR.test(text) && startsWithMailHeaders(text.slice(text.indexOf('\n') + 1)),
  read: readMbox,
}

async function readMbox(input: FormatInput, sink: RecordSink): Promise<void> {
  const held = new MailBytes()
  let count = 0
  const take = async (message: Uint8Array, isSkipped: boolean): Promise<void> => {
    input.signal?.throwIfAborted()
    if (message.length === 0 || isSkipped) return
    count += 1
    const headersFrom = message.indexOf(10) + 1
    try {
      await readMessage(message.subarray(headersFrom), `message ${count}/`, input, sink)
    } catch (error) {
      if (!(error instanceof UnreadableContentError)) throw error
      sink.skipped(message.length)
      sink.problem({ code: error.code, detail: `message ${count}: ${error.message}` })
    }
  }
  let isSkipping = false
  for await (const chunk of input.chunks()) {
    sink.passed(chunk.length)
    held.append(chunk)
    for (let end = held.nextMessage(); end >= 0; end = held.nextMessage()) {
      await take(held.take(end), isSkipping)
      isSkipping = false
    }
    if (held.length <= LONGEST_MESSAGE) continue
    if (!isSkipping) sink.problem({ code: 'too-long-record', detail: `a mail of more than ${LONGEST_MESSAGE} bytes was skipped` })
    isSkipping = true
    sink.skipped(held.length)
    held.take(held.length)
  }
  await take(held.take(held.length), isSkipping)
}

/** The mails at the beginning of some bytes. */
class MailBytes extends ByteQueue {
  #searched = 0

  /** Where the next message begins, once its whole separator is there; -1 before. */
  nextMessage(): number {
    const bytes = this.view()
    for (;;) {
      const at = bytes.indexOf('\nFrom ', this.#searched, 'latin1')
      const lineEnd = at < 0 ? -1 : bytes.indexOf(10, at + 1)
      if (lineEnd < 0 && (at < 0 || bytes.length - at < LONGEST_SEPARATOR)) {
        this.#searched = at < 0 ? Math.max(0, bytes.length - 6) : at
        return -1
      }
      if (lineEnd >= 0 && SEPARATOR.test(bytes.subarray(at + 1, lineEnd).toString('latin1'))) return at + 1
      this.#searched = at + 1
    }
  }

  take(length: number): Uint8Array {
    const taken = Uint8Array.from(this.view().subarray(0, length))
    this.drop(length)
    this.#searched = 0
    return taken
  }
}

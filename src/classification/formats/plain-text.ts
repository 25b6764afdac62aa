import type { Format, FormatInput, RecordSink } from './format.ts'
import { takeText } from './text-chunks.ts'
import { LineSplitter } from './text-lines.ts'

const PIECE_CHARACTERS = 1 << 20

/** Text of no other kind: notes, letters, logs. */
export const plainText: Format = {
  id: 'text',
  recognise: ({ encoding }) => encoding !== null,
  read: readText,
}

async function readText(input: FormatInput, sink: RecordSink): Promise<void> {
  const { limits } = input
  let piece: string[] = []
  let length = 0
  const flush = (): void => {
    if (length > 0) sink.prose(piece.join('\n'))
    piece = []
    length = 0
  }
  const take = (line: string): void => {
    // A long text is handed out in pieces that end where a paragraph ends, or at any line once they are twice as long.
    if (length > PIECE_CHARACTERS && (line.trim() === '' || length > 2 * PIECE_CHARACTERS)) flush()
    piece.push(line)
    length += line.length + 1
  }
  const lines = new LineSplitter(limits.recordLength, (offset, characters) => {
    sink.skipped(characters)
    sink.problem({ code: 'too-long-record', detail: `a line of ${characters} characters was skipped`, offset })
  })
  await takeText(input, sink, {
    push: (text) => lines.push(text, take),
    end: () => {
      lines.end(take)
      flush()
    },
    abandon: flush,
  })
}

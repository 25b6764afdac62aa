import type { Format, FormatInput, RecordSink } from './format.ts'
import { ProsePieces } from './prose-pieces.ts'
import { takeText } from './text-chunks.ts'
import { LineSplitter } from './text-lines.ts'

/** Text of no other kind: notes, letters, logs. */
export const plainText: Format = {
  id: 'text',
  recognise: ({ encoding }) => encoding !== null,
  read: readText,
}

async function readText(input: FormatInput, sink: RecordSink): Promise<void> {
  const pieces = new ProsePieces(sink)
  const take = (line: string): void => pieces.line(line)
  const lines = new LineSplitter(input.limits.recordLength, (offset, characters) => {
    sink.skipped(characters)
    sink.problem({ code: 'too-long-record', detail: `a line of ${characters} characters was skipped`, offset })
  })
  await takeText(input, sink, {
    push: (text) => lines.push(text, take),
    end: () => {
      lines.end(take)
      pieces.flush()
    },
    abandon: () => pieces.flush(),
  })
}

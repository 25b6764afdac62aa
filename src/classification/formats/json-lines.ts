import type { Format, FormatInput, RecordSink } from './format.ts'
import { JsonRows } from './flatten-json.ts'
import { RowCollector } from './row-collector.ts'
import { takeText } from './text-chunks.ts'
import { LineSplitter } from './text-lines.ts'

/** JSON Lines: one value to a line. */
export const jsonLines: Format = {
  id: 'jsonl',
  recognise: ({ text, isWhole }) => {
    const lines = text.split('\n', 5).map((line) => line.trim())
    const whole = lines.slice(0, isWhole ? 5 : lines.length - 1).filter((line) => line !== '')
    const first = whole[0]
    // A line too long for the sample, or one whole line, is left to the reader of single values.
    return first?.startsWith('{') === true && isJson(first) && whole.length > 1 && whole[1]!.startsWith('{')
  },
  read: readJsonLines,
}

async function readJsonLines(input: FormatInput, sink: RecordSink): Promise<void> {
  const { limits } = input
  const rows = new RowCollector(sink, '')
  const records = new JsonRows(rows, limits)
  const lines = new LineSplitter(limits.recordLength, (offset, characters) => {
    sink.skipped(characters)
    sink.problem({ code: 'too-long-record', detail: `a line of ${characters} characters was skipped`, offset })
  })
  const take = (line: string, offset: number, isLast: boolean): void => {
    let record: unknown
    try {
      record = JSON.parse(line)
    } catch {
      if (line.trim() === '') return
      sink.problem({
        code: isLast ? 'truncated' : 'malformed',
        detail: isLast ? 'the last line ends early' : 'a line that is not JSON',
        offset,
      })
      return
    }
    records.add(record)
  }
  await takeText(input, sink, {
    push: (text) => lines.push(text, (line, offset) => take(line, offset, false)),
    end: () => {
      lines.end((line, offset) => take(line, offset, true))
      rows.flush()
    },
    abandon: () => rows.flush(),
  })
  if (records.hasCutDepth) sink.problem({ code: 'too-deep', detail: `nested deeper than ${limits.depth}` })
  if (records.hasCutColumns) sink.problem({ code: 'too-many-columns', detail: `more than ${limits.columns} key paths` })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

import { UnreadableContentError } from '../content-source.ts'
import type { Format, FormatInput, RecordSink } from './format.ts'
import { JsonRows } from './flatten-json.ts'
import { JsonValueSplitter } from './json-values.ts'
import { RowCollector } from './row-collector.ts'
import { takeText } from './text-chunks.ts'

// Parsed, a value takes several times its length.
const LONGEST_VALUE = 32 << 20

/** One JSON value, or several that are not one to a line: an array of records, an object that wraps lists of them. */
export const json: Format = {
  id: 'json',
  recognise: ({ text, isWhole }) => /^\s*[[{]/.test(text) && startsLikeJson(text, isWhole),
  read: readJson,
}

async function readJson(input: FormatInput, sink: RecordSink): Promise<void> {
  const { limits } = input
  const rows = new RowCollector(sink, '')
  const records = new JsonRows(rows, limits)
  // One object may wrap everything, so a single value may be as long as a content that is held whole.
  const splitter = new JsonValueSplitter(Math.min(limits.wholeBytes, LONGEST_VALUE), (offset, characters) => {
    sink.skipped(characters)
    sink.problem({ code: 'too-long-record', detail: `a JSON value of ${characters} characters was skipped`, offset })
  })
  const take = (span: { text: string; offset: number }): void => {
    try {
      const value: unknown = JSON.parse(span.text)
      for (const record of recordsOf(value)) records.add(record)
    } catch {
      sink.problem({ code: 'malformed', detail: 'not JSON', offset: span.offset })
    }
  }
  await takeText(input, sink, {
    push: (text) => splitter.push(text).forEach(take),
    end: () => {
      splitter.end().forEach(take)
      rows.flush()
    },
    abandon: () => rows.flush(),
  })
  if (records.hasCutDepth) sink.problem({ code: 'too-deep', detail: `nested deeper than ${limits.depth}` })
  if (records.hasCutColumns) sink.problem({ code: 'too-many-columns', detail: `more than ${limits.columns} key paths` })
  sink.skipped(splitter.unfinished)
  if (!splitter.isComplete) throw new UnreadableContentError('truncated', 'the JSON text ends early', { offset: splitter.offset })
}

/** An object that wraps lists of objects stands for their elements; any other value is a record itself. */
function recordsOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [value]
  const lists = Object.values(value).filter(
    (inner): inner is unknown[] => Array.isArray(inner) && inner.length > 0 && inner.every((item) => typeof item === 'object'),
  )
  const scalars = Object.values(value).filter((inner) => typeof inner === 'string' && /\p{L}|\d{5}/u.test(inner)).length
  // A person with a list of vehicles is one record; a page of results with a few counters is many.
  return lists.length > 0 && scalars <= 2 && !hasPersonalKeys(value) ? lists.flat() : [value]
}

function hasPersonalKeys(value: object): boolean {
  return Object.keys(value).some(
    (key) =>
      /name|mail|phone|vin|customer|owner|address|氏名|電話|住所/i.test(key) &&
      !Array.isArray((value as Record<string, unknown>)[key]),
  )
}

function startsLikeJson(text: string, isWhole: boolean): boolean {
  if (isWhole) {
    try {
      JSON.parse(text)
      return true
    } catch {
      // A damaged or cut-off text is still JSON when it starts as JSON does.
    }
  }
  return /^\s*(?:\[\s*(?:[[{"\d-]|true|false|null|\])|\{\s*(?:"(?:[^"\\]|\\.){0,200}"\s*:|\}))/.test(text)
}

import { JsonRecords } from '../forensics/index.ts'
import type { Json } from '../model/index.ts'
import type { LogFile } from './ingest/ingest.ts'
import { readLogFile } from './ingest/read-log-file.ts'

/** One CloudTrail record as it stands in its file. */
export interface TrailEvent {
  readonly file: string
  readonly offset: number
  readonly record: { readonly [key: string]: Json }
}

/**
 * Records of CloudTrail files whose text `wanted` matches, file by file. Only they are parsed: most of a trail is not asked for. What cannot be
 * read is passed over here; reading the same files into the lake names it.
 */
export async function* trailEvents(
  files: readonly LogFile[],
  wanted: RegExp,
  signal?: AbortSignal,
): AsyncGenerator<readonly TrailEvent[]> {
  for (const file of files) {
    signal?.throwIfAborted()
    const events: TrailEvent[] = []
    const records = new JsonRecords('Records')
    await readLogFile(file.absolutePath, {
      take: (chunk, offset, atEnd) =>
        records.push(chunk, atEnd, (start, end) => {
          const text = LATIN1.decode(chunk.subarray(start, end))
          if (!wanted.test(text)) return
          const record = parsed(UTF8.decode(chunk.subarray(start, end)))
          if (record) events.push({ file: file.path, offset: offset + start, record })
        }),
      table: async () => {},
    })
    if (events.length > 0) yield events
  }
}

const LATIN1 = new TextDecoder('latin1')
const UTF8 = new TextDecoder()

function parsed(text: string): TrailEvent['record'] | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as TrailEvent['record']) : null
  } catch {
    return null
  }
}

import type { LogFormat, LogReader } from './log-format.ts'
import { writeCloudfrontRecord } from './reading/cloudfront-record.ts'
import { JsonReader } from './reading/json-reader.ts'
import { LineReader, NO_RECORD } from './reading/line-reader.ts'
import { RowWriter } from './reading/row-writer.ts'
import type { ColumnBatch } from './column-batch.ts'

/** CloudFront standard logs: tab-separated under a `#Fields` line (legacy, and v2 as W3C), or JSON lines (v2). */
export const cloudfrontStandard: LogFormat = {
  id: 'cloudfront',
  recognises: ({ lines, record }) =>
    lines.some((line) => isFieldsLine(line)) ||
    (record !== null && 'cs-uri-stem' in record && 'sc-status' in record && 'x-edge-location' in record),
  open: () => new CloudfrontReader(),
}

function isFieldsLine(line: string): boolean {
  return line.startsWith('#Fields:') && /\bcs-uri-stem\b/.test(line) && /\bsc-status\b/.test(line)
}

class CloudfrontReader implements LogReader {
  private reader: LogReader | null = null

  get passedOver(): number {
    return this.reader?.passedOver ?? 0
  }

  get problem(): string | null {
    return this.reader?.problem ?? null
  }

  push(chunk: Uint8Array, fileOffset: number, atEnd: boolean, batch: ColumnBatch): number {
    this.reader ??= chunk[0] === OPEN_BRACE || chunk[0] === OPEN_BRACKET ? jsonReader() : tabReader()
    return this.reader.push(chunk, fileOffset, atEnd, batch)
  }
}

const OPEN_BRACE = 0x7b
const OPEN_BRACKET = 0x5b
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })

function jsonReader(): LogReader {
  return new JsonReader((record, row) =>
    writeCloudfrontRecord(
      (name) => {
        const value = record[name]
        const text = typeof value === 'number' ? String(value) : value
        return typeof text === 'string' && text !== '-' && text !== '' ? text : null
      },
      row,
      null,
    ),
  )
}

/** Fields as the `#Fields` line above says; lines before any such line are rejected. A line with another number of fields is too. */
function tabReader(): LogReader {
  let indexes: ReadonlyMap<string, number> | null = null
  const writer = new RowWriter()
  const reader = new LineReader((bytes, start, end, row, batch) => {
    const line = DECODER.decode(bytes.subarray(start, end))
    if (line.startsWith('#')) {
      if (isFieldsLine(line))
        indexes = new Map(
          line
            .slice('#Fields:'.length)
            .trim()
            .split(/\s+/)
            .map((name, index) => [name, index]),
        )
      return NO_RECORD
    }
    if (!indexes) reader.problem = 'holds lines without a #Fields line above'
    const fields = line.split('\t')
    if (!indexes || fields.length !== indexes.size) return 0
    const known = indexes
    const get = (name: string) => {
      const value = fields[known.get(name) ?? -1]
      return value === undefined || value === '-' || value === '' ? null : value
    }
    return writeCloudfrontRecord(get, writer.at(batch, row), null)
  })
  return reader
}

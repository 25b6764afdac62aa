import type { ColumnBatch } from '../column-batch.ts'
import { JsonRecords } from '../json-records.ts'
import type { LogReader } from '../log-format.ts'
import { type JsonObject, parseJsonObject } from './json-value.ts'
import { LineReader, NO_RECORD } from './line-reader.ts'
import { RowWriter } from './row-writer.ts'

/** Writes one JSON record into a row that is there; gives readings as `ParseLine` does. */
export type MapRecord = (record: JsonObject, row: RowWriter) => number

/**
 * Reads JSON records as providers deliver and their command lines print them: one a line, an array of them, or
 * `{"records":[…]}`. What it is shows in the first bytes; a broken line costs that line only, a broken array its rest.
 */
export class JsonReader implements LogReader {
  private reader: LogReader | null = null
  private readonly map: MapRecord

  constructor(map: MapRecord) {
    this.map = map
  }

  get passedOver(): number {
    return this.reader?.passedOver ?? 0
  }

  get problem(): string | null {
    return this.reader?.problem ?? null
  }

  push(chunk: Uint8Array, fileOffset: number, atEnd: boolean, batch: ColumnBatch): number {
    this.reader ??= readerFor(chunk, this.map)
    return this.reader.push(chunk, fileOffset, atEnd, batch)
  }
}

const DECODER = new TextDecoder()
const WRAPPED = /^\ufeff?\s*(?:\{\s*"([A-Za-z]{1,40})"\s*:\s*)?\[/

function readerFor(chunk: Uint8Array, map: MapRecord): LogReader {
  const wrapped = WRAPPED.exec(DECODER.decode(chunk.subarray(0, 256)))
  return wrapped ? new ArrayReader(new JsonRecords(wrapped[1] ?? null), map) : new LineReader(parserOf(map))
}

function parserOf(map: MapRecord): ConstructorParameters<typeof LineReader>[0] {
  const writer = new RowWriter()
  return (bytes, start, end, row, batch) => {
    const record = parseJsonObject(DECODER.decode(bytes.subarray(start, end)))
    return record ? map(record, writer.at(batch, row)) : 0
  }
}

class ArrayReader implements LogReader {
  passedOver = 0
  private readonly records: JsonRecords
  private readonly parse: ConstructorParameters<typeof LineReader>[0]

  constructor(records: JsonRecords, map: MapRecord) {
    this.records = records
    this.parse = parserOf(map)
  }

  get problem(): string | null {
    return this.records.problem
  }

  push(chunk: Uint8Array, fileOffset: number, atEnd: boolean, batch: ColumnBatch): number {
    batch.reset(chunk)
    return this.records.push(chunk, atEnd, (start, end) => {
      const row = batch.addRow(start, end, fileOffset + start)
      const readings = this.parse(chunk, start, end, row, batch)
      if (readings === NO_RECORD) {
        batch.dropRow()
        this.passedOver += 1
      } else batch.numbers.readings[row] = readings
    })
  }
}

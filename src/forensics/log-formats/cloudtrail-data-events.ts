import { isUtf8 } from 'node:buffer'
import { NOT_WRITTEN, writePlainRecord } from './cloudtrail-plain-record.ts'
import { NOT_PLAIN, scanRecord } from './cloudtrail-scan.ts'
import type { ColumnBatch } from './column-batch.ts'
import { endOfObject, JsonRecords } from './json-records.ts'
import type { LogFormat, LogReader } from './log-format.ts'
import { writeCloudtrailRecord } from './reading/cloudtrail-record.ts'
import { parseJsonObject } from './reading/json-value.ts'
import { NO_RECORD } from './reading/line-reader.ts'
import { RowWriter } from './reading/row-writer.ts'

/**
 * CloudTrail log files: `{"Records":[…]}`. Kept are the data events of S3, which say who touched which object; management
 * events change configurations and are read elsewhere, so they are passed over and counted.
 */
export const cloudtrailDataEvents: LogFormat = {
  id: 'cloudtrail-data-event',
  layout: 'aws-cloudtrail',
  recognises: ({ names, record }) =>
    names[0] === 'Records' &&
    record !== null &&
    'eventSource' in record &&
    'eventVersion' in record &&
    record.eventCategory !== 'Insight',
  open: () => new CloudTrailReader(),
}

class CloudTrailReader implements LogReader {
  passedOver = 0
  private isPlain = false
  private isUtf8 = true
  private readonly records = new JsonRecords('Records', (chunk, start) => this.endOf(chunk, start))
  private readonly writer = new RowWriter()

  get problem(): string | null {
    return this.records.problem
  }

  push(chunk: Uint8Array, fileOffset: number, atEnd: boolean, batch: ColumnBatch): number {
    batch.reset(chunk)
    this.isUtf8 = isUtf8(chunk)
    return this.records.push(chunk, atEnd, (start, end) => {
      const row = batch.addRow(start, end, fileOffset + start)
      const readings = this.write(chunk, start, end, row, batch)
      if (readings === NO_RECORD) {
        batch.dropRow()
        this.passedOver += 1
      } else batch.numbers.readings[row] = readings
      this.isPlain = false
    })
  }

  /** Where a record ends; a plain one has its members placed by the way. */
  private endOf(chunk: Uint8Array, start: number): number {
    const end = scanRecord(chunk, start)
    this.isPlain = end >= 0
    return end === NOT_PLAIN ? endOfObject(chunk, start) : end
  }

  private write(chunk: Uint8Array, start: number, end: number, row: number, batch: ColumnBatch): number {
    if (this.isPlain && (this.isUtf8 || isUtf8(chunk.subarray(start, end)))) {
      const readings = writePlainRecord(chunk, row, batch)
      if (readings !== NOT_WRITTEN) return readings
    }
    const record = parseJsonObject(DECODER.decode(chunk.subarray(start, end)))
    const time = typeof record?.eventTime === 'string' ? Date.parse(record.eventTime) : Number.NaN
    return record ? writeCloudtrailRecord(record, time, this.writer.at(batch, row)) : 0
  }
}

const DECODER = new TextDecoder()

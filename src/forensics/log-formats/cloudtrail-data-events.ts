import type { ColumnBatch } from './column-batch.ts'
import { JsonRecords } from './json-records.ts'
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
  private readonly records = new JsonRecords('Records')
  private readonly writer = new RowWriter()

  get problem(): string | null {
    return this.records.problem
  }

  push(chunk: Uint8Array, fileOffset: number, atEnd: boolean, batch: ColumnBatch): number {
    batch.reset(chunk)
    return this.records.push(chunk, atEnd, (start, end) => {
      const record = parseJsonObject(DECODER.decode(chunk.subarray(start, end)))
      const row = batch.addRow(start, end, fileOffset + start)
      const time = typeof record?.eventTime === 'string' ? Date.parse(record.eventTime) : Number.NaN
      const readings = record ? writeCloudtrailRecord(record, time, this.writer.at(batch, row)) : 0
      if (readings === NO_RECORD) {
        batch.dropRow()
        this.passedOver += 1
      } else batch.numbers.readings[row] = readings
    })
  }
}

const DECODER = new TextDecoder()

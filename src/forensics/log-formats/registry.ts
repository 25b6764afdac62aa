import { cloudtrailDataEvents } from './cloudtrail-data-events.ts'
import type { LogFormat, TableLogFormat } from './log-format.ts'
import { logHeadOf } from './log-head.ts'
import { s3ServerAccessLog } from './s3-server-access-log.ts'

/** Every log format that Ajar reads line by line or record by record. */
export const LOG_FORMATS: readonly LogFormat[] = [
  cloudtrailDataEvents, //
  s3ServerAccessLog,
]

/** Every log format that comes as Parquet. */
export const TABLE_LOG_FORMATS: readonly TableLogFormat[] = []

/** The format of a file that begins with these (unpacked) bytes, by content alone; null where it is none that is known. */
export function recogniseLogFormat(bytes: Uint8Array): LogFormat | null {
  const head = logHeadOf(bytes)
  return LOG_FORMATS.find((format) => format.recognises(head)) ?? null
}

/** The format of a Parquet file with these columns; null where it is none that is known. */
export function recogniseTableLogFormat(columns: readonly string[]): TableLogFormat | null {
  const names = columns.map((name) => name.toLowerCase())
  return TABLE_LOG_FORMATS.find((format) => format.recognisesColumns(names)) ?? null
}

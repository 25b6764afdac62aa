import { cloudtrailDataEvents } from './cloudtrail-data-events.ts'
import type { LogFormat } from './log-format.ts'
import { s3ServerAccessLog } from './s3-server-access-log.ts'

/** Every log format that Ajar reads. */
export const LOG_FORMATS: readonly LogFormat[] = [
  cloudtrailDataEvents, //
  s3ServerAccessLog,
]

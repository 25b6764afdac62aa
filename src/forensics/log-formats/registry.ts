import { albAccessLog } from './alb-access-log.ts'
import { azureActivityLog } from './azure-activity-log.ts'
import { azureStorageAnalytics } from './azure-storage-analytics.ts'
import { azureStorageLogs } from './azure-storage-logs.ts'
import { cloudAuditLog } from './cloud-audit-log.ts'
import { cloudfrontRealtime } from './cloudfront-realtime.ts'
import { cloudfrontStandard } from './cloudfront-standard.ts'
import { cloudtrailDataEvents } from './cloudtrail-data-events.ts'
import { cloudtrailDigestFile } from './cloudtrail-digest-file.ts'
import { cloudtrailInsight } from './cloudtrail-insight.ts'
import { cloudtrailLake } from './cloudtrail-lake.ts'
import { gcsStorageLog } from './gcs-storage-log.ts'
import { gcsUsageLog } from './gcs-usage-log.ts'
import type { LogFormat, TableLogFormat } from './log-format.ts'
import { logHeadOf } from './log-head.ts'
import { minioAudit } from './minio-audit.ts'
import { nginxCombined } from './nginx-combined.ts'
import { nlbAccessLog } from './nlb-access-log.ts'
import { ocsfApiActivity, securityLakeApiActivity } from './ocsf-api-activity.ts'
import { postgresqlConnections } from './postgresql-connections.ts'
import { s3ServerAccessLog } from './s3-server-access-log.ts'
import { versitygwAccessLog } from './versitygw-access-log.ts'
import { vpcFlowLog } from './vpc-flow-log.ts'

/** Every log format that Ajar reads line by line or record by record. */
export const LOG_FORMATS: readonly LogFormat[] = [
  albAccessLog,
  azureActivityLog,
  azureStorageAnalytics,
  azureStorageLogs,
  cloudAuditLog,
  cloudfrontRealtime,
  cloudfrontStandard,
  cloudtrailDataEvents,
  cloudtrailDigestFile,
  cloudtrailInsight,
  gcsStorageLog,
  gcsUsageLog,
  minioAudit,
  nginxCombined,
  nlbAccessLog,
  ocsfApiActivity,
  postgresqlConnections,
  s3ServerAccessLog,
  versitygwAccessLog,
  vpcFlowLog,
]

/** Every log format that comes as Parquet. */
export const TABLE_LOG_FORMATS: readonly TableLogFormat[] = [cloudtrailLake, securityLakeApiActivity]

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

import type { OperationAccess } from '../operation-access.ts'
import type { LogFormat } from './log-format.ts'
import { parseIsoTime } from './reading/iso-time.ts'
import { JsonReader } from './reading/json-reader.ts'
import { type JsonObject, object, text, whole } from './reading/json-value.ts'
import type { RowWriter } from './reading/row-writer.ts'

/**
 * Audit log of MinIO as its webhook and its Kafka target send it, one JSON object a line. Anonymous requests have no access key.
 * https://github.com/minio/pkg/blob/main/logger/message/audit/entry.go
 */
export const minioAudit: LogFormat = {
  id: 'minio-audit',
  recognises: ({ record }) =>
    record !== null && object(record.api) !== null && 'deploymentid' in record && 'version' in record && 'time' in record,
  open: () => new JsonReader(writeEntry),
}

function writeEntry(entry: JsonObject, row: RowWriter): number {
  const api = object(entry.api)
  const time = parseIsoTime(text(entry.time))
  const name = text(api?.name)
  if (!api || Number.isNaN(time) || name === null) return 0
  const tags = object(entry.tags)
  const claims = object(entry.requestClaims)
  const headers = object(entry.requestHeader)
  const anonymous = text(entry.accessKey) === null
  row
    .number('time_ms', time)
    .text('bucket', api.bucket)
    .text('remote_ip', addressOf(text(entry.remotehost)))
    .text('requester', entry.accessKey)
    .text('request_id', entry.requestID)
    .text('operation', name)
    .access(accessOf(name))
    .text('key', api.object)
    .text('object_key', api.object)
    .text('request_uri', entry.requestPath)
    .text('error_code', text(entry.error) ?? (whole(api.statusCode) >= 400 ? text(api.status) : null))
    .text('referer', headers?.Referer)
    .text('user_agent', entry.userAgent)
    .text('host_header', entry.requestHost)
    .text('version_id', object(entry.requestQuery)?.versionId)
    .text('principal_type', anonymous ? 'anonymous' : (text(claims?.sub) ?? 'key'))
    .status(whole(api.statusCode))
    .sent(whole(api.tx))
    .number('object_size', whole(api.rx) || Number.NaN)
    .number('total_time_ms', millisecondsOf(text(api.timeToResponse)))
    .number('turn_around_time_ms', millisecondsOf(text(api.timeToFirstByte)))
    .extra({
      deployment: entry.deploymentid,
      trigger: entry.trigger ?? entry.event,
      parent: entry.parentUser,
      tags,
      query: entry.requestQuery,
    })
  return 1
}

/** Host, with a port or in brackets in some versions. */
function addressOf(host: string | null): string | null {
  if (host === null) return null
  return host.replace(/^\[(.+)\](?::\d+)?$/, '$1').replace(/^((?:\d{1,3}\.){3}\d{1,3}):\d+$/, '$1')
}

/** Times come as `1234567ns`. */
function millisecondsOf(time: string | null): number {
  const match = /^(\d{1,15})ns$/.exec(time ?? '')
  return match ? Math.floor(Number(match[1]) / 1_000_000) : Number.NaN
}

function accessOf(name: string): OperationAccess {
  if (
    /^Admin|^(?:Put|Set|Delete|Remove)(?:Bucket(?:Policy|ACL|Acl|Lifecycle|Encryption|Notification|ObjectLock|Replication|Versioning|Tagging|CORS|Cors)|ObjectACL|ObjectAcl)|^(?:Make|Put|Delete|Create)Bucket$/.test(
      name,
    )
  )
    return 'admin'
  if (/^List/.test(name)) return 'list'
  if (/^Head|^(?:GetObject(?:Attributes|Tagging|Retention|LegalHold|ACL))$/.test(name)) return 'head'
  if (/^(?:GetObject|SelectObject|GetObjectLambda)/.test(name)) return 'read'
  if (/^Delete|^Remove/.test(name)) return 'delete'
  return /^(?:Put|Copy|Post|Upload|CompleteMultipart|NewMultipart|CreateMultipart|Restore)/.test(name) ? 'write' : 'other'
}

import type { OperationAccess } from '../operation-access.ts'
import type { LogFormat } from './log-format.ts'
import { parseIsoTime } from './reading/iso-time.ts'
import { JsonReader } from './reading/json-reader.ts'
import { type JsonObject, list, object, text, whole } from './reading/json-value.ts'
import { NO_RECORD } from './reading/line-reader.ts'
import type { RowWriter } from './reading/row-writer.ts'

/**
 * Cloud Audit Logs of Google Cloud, data access and admin activity alike: JSON lines as sinks write them, an array as
 * `gcloud logging read --format=json` prints it. Other log entries are passed over.
 * https://cloud.google.com/logging/docs/audit/understanding-audit-logs
 */
export const cloudAuditLog: LogFormat = {
  id: 'cloud-audit',
  recognises: ({ record }) =>
    record !== null && 'logName' in record && (object(record.protoPayload) !== null || /cloudaudit/.test(String(record.logName))),
  open: () => new JsonReader(writeEntry),
}

function writeEntry(entry: JsonObject, row: RowWriter): number {
  const payload = object(entry.protoPayload)
  if (!payload || !/\.AuditLog$/.test(String(payload['@type'] ?? '.AuditLog'))) return NO_RECORD
  const time = parseIsoTime(text(entry.timestamp))
  const method = text(payload.methodName)
  if (Number.isNaN(time) || method === null) return 0
  const who = object(payload.authenticationInfo)
  const from = object(payload.requestMetadata)
  const labels = object(object(entry.resource)?.labels)
  const resource = text(payload.resourceName)
  const { bucket, object: key } = placeOf(resource)
  const status = object(payload.status)
  const code = status ? whole(status.code) || 0 : 0
  const granted = list(payload.authorizationInfo).map((each) => object(each)?.granted !== false)
  row
    .number('time_ms', time)
    .text('bucket', bucket ?? labels?.bucket_name ?? labels?.database_id ?? labels?.dataset_id)
    .text('remote_ip', addressOf(text(from?.callerIp)))
    .text('requester', who?.principalEmail ?? who?.principalSubject)
    .text('request_id', entry.insertId)
    .text('operation', method)
    .access(accessOf(method, text(entry.logName)))
    .text('key', key)
    .text('object_key', key)
    .text('error_code', code === 0 ? null : (text(status?.message) ?? String(code)))
    .text('user_agent', from?.callerSuppliedUserAgent)
    .text('source_region', labels?.location)
    .text('account', labels?.project_id)
    .text('principal_type', who?.principalSubject === undefined ? null : text(who.principalSubject)?.split(':')[0])
    .text('vpc_endpoint', from?.callerNetwork)
    .text('resource', resource)
    .status(httpStatusOf(code))
    .succeeded(code === 0 && granted.every(Boolean))
    .extra({
      service: payload.serviceName,
      code: code || null,
      caller: addressOf(text(from?.callerIp)) === null ? from?.callerIp : null,
      authorization: payload.authorizationInfo,
      serviceAccountKey: who?.serviceAccountKeyName,
      policyDelta: object(payload.serviceData)?.policyDelta,
    })
  return 1
}

/** `private`, `gce-internal-ip`, `redacted`… stand where an address is not told. */
function addressOf(caller: string | null): string | null {
  return caller !== null && /^[0-9a-fA-F.:]+$/.test(caller) && /[.:]/.test(caller) ? caller : null
}

function placeOf(resource: string | null): { bucket: string | null; object: string | null } {
  const match = /^(?:\/\/storage\.googleapis\.com\/)?projects\/_\/buckets\/([^/]+)(?:\/objects\/(.+))?$/s.exec(resource ?? '')
  return { bucket: match?.[1] ?? null, object: match?.[2] ?? null }
}

/** https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto says the HTTP status of each code. */
const HTTP_STATUS: readonly number[] = [200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401]

function httpStatusOf(code: number): number {
  return HTTP_STATUS[code] ?? (code >= 100 && code < 600 ? code : Number.NaN)
}

function accessOf(method: string, logName: string | null): OperationAccess {
  const name = method.toLowerCase()
  if (/setiam|acl|policy|hmackey|notification|lockretention/.test(name))
    return /\.(?:get|list)|\.(?:get|list)\w*$/.test(name) ? 'other' : 'admin'
  if (/^storage\.objects?\.(?:get|download|read)|\.tabledata\.list$|jobservice\.getqueryresults$/.test(name)) return 'read'
  if (/^storage\.(?:objects?|buckets|managedfolders)\.list/.test(name)) return 'list'
  if (/^storage\.objects?\.delete/.test(name)) return 'delete'
  if (/^storage\.(?:objects?\.(?:create|insert|update|patch|compose|copy|rewrite|restore|move)|multipartuploads\.)/.test(name))
    return 'write'
  return /cloudaudit\.googleapis\.com%2Factivity$/.test(logName ?? '') ? 'admin' : 'other'
}

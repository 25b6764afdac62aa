import type { Json } from '../../model/index.ts'
import type { LogFormat } from './log-format.ts'
import { azureAddress } from './reading/azure-operation.ts'
import { parseIsoTime } from './reading/iso-time.ts'
import { JsonReader } from './reading/json-reader.ts'
import { type JsonObject, object, text } from './reading/json-value.ts'
import type { RowWriter } from './reading/row-writer.ts'

/**
 * Azure activity log: who changed or asked the management plane of a subscription. As diagnostic settings deliver it (JSON lines,
 * formerly `{"records":[…]}`) and as `az monitor activity-log list` prints it. Listing keys gives all data away: it is `admin`.
 * https://learn.microsoft.com/azure/azure-monitor/platform/activity-log-schema
 */
export const azureActivityLog: LogFormat = {
  id: 'azure-activity',
  recognises: ({ record }) => {
    if (record === null) return false
    const isExported =
      'resourceId' in record && 'operationName' in record && 'category' in record && !/^Storage/.test(String(record.category))
    return isExported && ('time' in record ? 'resultType' in record || 'identity' in record : 'eventTimestamp' in record)
  },
  open: () => new JsonReader(writeRecord),
}

function writeRecord(record: JsonObject, row: RowWriter): number {
  const time = parseIsoTime(text(record.time) ?? text(record.eventTimestamp))
  const operation = namedValue(record.operationName)
  if (Number.isNaN(time) || operation === null) return 0
  const identity = object(record.identity)
  const claims = object(identity?.claims) ?? object(record.claims)
  const request = object(record.httpRequest)
  const result = namedValue(record.resultType) ?? namedValue(record.status)
  const resource = text(record.resourceId)
  row
    .number('time_ms', time)
    .text('bucket', storeOf(resource))
    .text('remote_ip', azureAddress(text(record.callerIpAddress) ?? text(request?.clientIpAddress) ?? text(claims?.ipaddr)))
    .text(
      'requester',
      record.caller ?? claims?.['http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn'] ?? claims?.name ?? claims?.appid,
    )
    .text('request_id', record.correlationId)
    .text('event_id', record.eventDataId)
    .text('operation', operation)
    .access(/\/read$/i.test(operation) ? 'other' : 'admin')
    .text(
      'error_code',
      result !== null && /^fail/i.test(result)
        ? (namedValue(record.subStatus) ?? namedValue(record.resultSignature) ?? result)
        : null,
    )
    .text('account', record.tenantId ?? claims?.['http://schemas.microsoft.com/identity/claims/tenantid'])
    .text('resource', resource)
    .succeeded(result === null || /^(?:start|accept)/i.test(result) ? null : /^succe/i.test(result))
    .extra({
      category: namedValue(record.category),
      level: record.level,
      result,
      authorization: identity?.authorization ?? record.authorization,
      properties: record.properties,
    })
  return 1
}

/** `text` or `{"value":"text","localizedValue":…}`, as the command line prints names. */
function namedValue(value: Json | undefined): string | null {
  return text(value) ?? text(object(value)?.value)
}

function storeOf(resource: string | null): string | null {
  const match = /\/storageAccounts\/([^/]+)(?:\/blobServices\/default\/containers\/([^/]+))?/i.exec(resource ?? '')
  if (!match) return null
  return match[2] === undefined ? match[1]!.toLowerCase() : `${match[1]!.toLowerCase()}/${match[2].toLowerCase()}`
}

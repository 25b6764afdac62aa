import type { LogFormat } from './log-format.ts'
import { azureAddress, azureObject, azureStorageAccess } from './reading/azure-operation.ts'
import { parseIsoTime } from './reading/iso-time.ts'
import { JsonReader } from './reading/json-reader.ts'
import { type JsonObject, object, text, whole } from './reading/json-value.ts'
import type { RowWriter } from './reading/row-writer.ts'

/**
 * Resource logs of Azure Storage (`StorageRead`, `StorageWrite`, `StorageDelete`) as diagnostic settings deliver them: JSON
 * lines, formerly `{"records":[…]}`. The store is `account/container`.
 * https://learn.microsoft.com/azure/storage/blobs/monitor-blob-storage-reference#resource-logs
 */
export const azureStorageLogs: LogFormat = {
  id: 'azure-storage',
  recognises: ({ record }) => record !== null && typeof record.category === 'string' && CATEGORY.test(record.category),
  open: () => new JsonReader(writeRecord),
}

const CATEGORY = /^Storage(?:Read|Write|Delete)$/i

function writeRecord(record: JsonObject, row: RowWriter): number {
  const time = parseIsoTime(text(record.time))
  const operation = text(record.operationName)
  if (Number.isNaN(time) || operation === null) return 0
  const identity = object(record.identity)
  const requester = object(identity?.requester)
  const properties = object(record.properties)
  const category = text(record.category)
  const { store, blob } = azureObject(text(properties?.objectKey) ?? pathOf(text(record.uri), text(properties?.accountName)))
  row
    .number('time_ms', time)
    .text('bucket', store ?? properties?.accountName)
    .text('remote_ip', azureAddress(text(record.callerIpAddress)))
    .text('requester', requester?.upn ?? requester?.objectId ?? requester?.appId ?? identity?.tokenHash)
    .text('request_id', record.correlationId)
    .text('operation', operation)
    .access(azureStorageAccess(operation, category))
    .text('key', properties?.objectKey)
    .text('object_key', blob)
    .text('request_uri', record.uri)
    .text('error_code', whole(record.statusCode) >= 400 ? record.statusText : null)
    .text('referer', properties?.referrerHeader)
    .text('user_agent', properties?.userAgentHeader)
    .text('authentication_type', identity?.type)
    .text('principal_type', identity?.type)
    .text('tls_version', properties?.tlsVersion)
    .text('account', requester?.tenantId)
    .text('source_region', record.location)
    .text('resource', record.resourceId)
    .status(whole(record.statusCode))
    .sent(whole(properties?.responseBodySize))
    .number('object_size', whole(properties?.requestBodySize) || Number.NaN)
    .number('total_time_ms', whole(record.durationMs))
    .extra({
      category,
      statusText: record.statusText,
      protocol: record.protocol,
      authorization: identity?.authorization,
      operationCount: properties?.operationCount,
    })
  return 1
}

function pathOf(uri: string | null, account: string | null): string | null {
  const match = uri === null || account === null ? null : /^[a-z]+:\/\/[^/]+(\/[^?]*)/.exec(uri)
  return match ? `/${account}${match[1]!.startsWith(`/${account}/`) ? match[1]!.slice(account!.length + 1) : match[1]}` : null
}

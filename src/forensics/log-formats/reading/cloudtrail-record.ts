import type { Json } from '../../../model/index.ts'
import { type JsonObject, list, object, whole } from './json-value.ts'
import { NO_RECORD } from './line-reader.ts'
import type { RowWriter } from './row-writer.ts'

/**
 * Writes one CloudTrail record, if it is a data event of S3; others change configurations and are read elsewhere.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function writeCloudtrailRecord(record: JsonObject, timeMs: number, row: RowWriter): number {
  if (!isObjectEvent(record)) return NO_RECORD
  if (Number.isNaN(timeMs)) return 0
  const identity = object(record.userIdentity)
  const parameters = object(record.requestParameters)
  const additional = object(record.additionalEventData)
  const tls = object(record.tlsDetails)
  row
    .number('time_ms', timeMs)
    .text('bucket', parameters?.bucketName ?? bucketOf(record))
    .text('remote_ip', addressOf(record.sourceIPAddress))
    .text('requester', identity?.arn ?? identity?.invokedBy ?? identity?.principalId)
    .text('request_id', record.requestID)
    .text('operation', record.eventName)
    .text('key', parameters?.key)
    .text('object_key', parameters?.key)
    .text('error_code', record.errorCode)
    .text('user_agent', record.userAgent)
    .text('version_id', parameters?.versionId ?? object(record.responseElements)?.['x-amz-version-id'])
    .text('host_id', additional?.['x-amz-id-2'])
    .text('signature_version', additional?.SignatureVersion)
    .text('cipher_suite', tls?.cipherSuite ?? additional?.CipherSuite)
    .text('authentication_type', additional?.AuthenticationMethod)
    .text('host_header', tls?.clientProvidedHostHeader ?? parameters?.Host)
    .text('tls_version', tls?.tlsVersion)
    .text('source_region', record.awsRegion)
    .text('account', identity?.accountId)
    .text('principal_type', identity?.type)
    .text('vpc_endpoint', record.vpcEndpointId)
    .text('event_id', record.eventID)
    .succeeded(record.errorCode === undefined || record.errorCode === null)
    .sent(whole(additional?.bytesTransferredOut))
    .number('object_size', whole(additional?.bytesTransferredIn) || Number.NaN)
  row.batch.setString(
    'extra',
    row.row,
    JSON.stringify({
      requestParameters: parameters,
      resources: record.resources ?? null,
      recipient: record.recipientAccountId ?? null,
    }),
  )
  return 1
}

/** Event names of S3 that are data events, for old records without `eventCategory` and `managementEvent`. */
const OBJECT_EVENT =
  /^(?:Get|Head|Put|Delete|Copy|Restore|Select|Upload|Complete|Abort|Create)(?:Object|Part|Multipart)|^List(?:Objects|ObjectVersions|ObjectsV2|Parts|MultipartUploads)/

function isObjectEvent(record: JsonObject): boolean {
  if (record.eventSource !== 's3.amazonaws.com') return false
  if (typeof record.eventCategory === 'string') return record.eventCategory === 'Data'
  if (typeof record.managementEvent === 'boolean') return !record.managementEvent
  return typeof record.eventName === 'string' && OBJECT_EVENT.test(record.eventName)
}

/** A service's own calls carry its host name where the address would be; that name is the requester then. */
function addressOf(source: Json | undefined): Json | undefined {
  return typeof source === 'string' && (source.endsWith('.amazonaws.com') || source === 'AWS Internal') ? undefined : source
}

function bucketOf(record: JsonObject): Json | undefined {
  for (const resource of list(record.resources)) {
    const arn = object(resource)?.ARN ?? object(resource)?.arn
    const match = typeof arn === 'string' ? /^arn:[^:]+:s3:::([^/]+)/.exec(arn) : null
    if (match) return match[1]
  }
  return undefined
}

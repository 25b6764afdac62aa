import type { Json } from '../../model/index.ts'
import type { ColumnBatch, TextColumn } from './column-batch.ts'
import { JsonRecords } from './json-records.ts'
import type { LogFormat, LogReader } from './log-format.ts'

/**
 * CloudTrail log files: `{"Records":[…]}`. Kept are the data events of S3, which say who touched which object; management
 * events change configurations and are read elsewhere, so they are passed over and counted.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const cloudtrailDataEvents: LogFormat = {
  id: 'cloudtrail-data-event',
  layout: 'aws-cloudtrail',
  open: () => new CloudTrailReader(),
}

class CloudTrailReader implements LogReader {
  passedOver = 0
  private readonly records = new JsonRecords('Records')
  get problem(): string | null {
    return this.records.problem
  }

  push(chunk: Uint8Array, fileOffset: number, atEnd: boolean, batch: ColumnBatch): number {
    batch.reset(chunk)
    return this.records.push(chunk, atEnd, (start, end) => {
      const record = parseRecord(chunk.subarray(start, end))
      if (record && !isObjectEvent(record)) this.passedOver += 1
      else addEvent(record, start, end, fileOffset, batch)
    })
  }
}

type JsonObject = { readonly [key: string]: Json }

const DECODER = new TextDecoder()

/** Event names of S3 that are data events, for old records without `eventCategory` and `managementEvent`. */
const OBJECT_EVENT =
  /^(?:Get|Head|Put|Delete|Copy|Restore|Select|Upload|Complete|Abort|Create)(?:Object|Part|Multipart)|^List(?:Objects|ObjectVersions|ObjectsV2|Parts|MultipartUploads)/

function isObjectEvent(record: JsonObject): boolean {
  if (record.eventSource !== 's3.amazonaws.com') return false
  if (typeof record.eventCategory === 'string') return record.eventCategory === 'Data'
  if (typeof record.managementEvent === 'boolean') return !record.managementEvent
  return typeof record.eventName === 'string' && OBJECT_EVENT.test(record.eventName)
}

function parseRecord(bytes: Uint8Array): JsonObject | null {
  try {
    return object(JSON.parse(DECODER.decode(bytes)) as Json)
  } catch {
    return null
  }
}

function addEvent(record: JsonObject | null, start: number, end: number, fileOffset: number, batch: ColumnBatch): void {
  const row = batch.addRow(start, end, fileOffset + start)
  const time = typeof record?.eventTime === 'string' ? Date.parse(record.eventTime) : Number.NaN
  if (!record || Number.isNaN(time)) {
    batch.numbers.readings[row] = 0
    return
  }
  const identity = object(record.userIdentity)
  const parameters = object(record.requestParameters)
  const additional = object(record.additionalEventData)
  const tls = object(record.tlsDetails)
  const set = (column: TextColumn, value: Json | undefined) => {
    if (typeof value === 'string' && value !== '' && value !== '-') batch.setString(column, row, value)
  }
  set('bucket', parameters?.bucketName ?? bucketOf(record))
  set('remote_ip', addressOf(record.sourceIPAddress))
  set('requester', identity?.arn ?? identity?.invokedBy ?? identity?.principalId)
  set('request_id', record.requestID)
  set('operation', record.eventName)
  set('key', parameters?.key)
  set('object_key', parameters?.key)
  set('error_code', record.errorCode)
  set('user_agent', record.userAgent)
  set('version_id', parameters?.versionId ?? object(record.responseElements)?.['x-amz-version-id'])
  set('host_id', additional?.['x-amz-id-2'])
  set('signature_version', additional?.SignatureVersion)
  set('cipher_suite', tls?.cipherSuite ?? additional?.CipherSuite)
  set('authentication_type', additional?.AuthenticationMethod)
  set('host_header', tls?.clientProvidedHostHeader ?? parameters?.Host)
  set('tls_version', tls?.tlsVersion)
  set('source_region', record.awsRegion)
  set('account', identity?.accountId)
  set('principal_type', identity?.type)
  set('vpc_endpoint', record.vpcEndpointId)
  set('event_id', record.eventID)
  set(
    'extra',
    JSON.stringify({
      requestParameters: parameters,
      resources: record.resources ?? null,
      recipient: record.recipientAccountId ?? null,
    }),
  )
  const { numbers } = batch
  numbers.time_ms[row] = time
  numbers.succeeded[row] = record.errorCode === undefined || record.errorCode === null ? 1 : 0
  numbers.milder_succeeded[row] = numbers.succeeded[row]
  numbers.bytes_sent[row] = number(additional?.bytesTransferredOut)
  numbers.milder_bytes_sent[row] = numbers.bytes_sent[row]
  numbers.object_size[row] = number(additional?.bytesTransferredIn) || Number.NaN
  numbers.readings[row] = 1
}

/** A service's own calls carry its host name where the address would be; that name is the requester then. */
function addressOf(source: Json | undefined): Json | undefined {
  return typeof source === 'string' && (source.endsWith('.amazonaws.com') || source === 'AWS Internal') ? undefined : source
}

function bucketOf(record: JsonObject): Json | undefined {
  const resources = Array.isArray(record.resources) ? (record.resources as readonly Json[]) : []
  for (const resource of resources) {
    const arn = object(resource)?.ARN
    const match = typeof arn === 'string' ? /^arn:[^:]+:s3:::([^/]+)/.exec(arn) : null
    if (match) return match[1]
  }
  return undefined
}

function object(value: Json | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
}

function number(value: Json | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.trunc(value) : Number.NaN
}

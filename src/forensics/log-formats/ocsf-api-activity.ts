import type { Json } from '../../model/index.ts'
import type { LogFormat, TableLogFormat } from './log-format.ts'
import { parseIsoTime } from './reading/iso-time.ts'
import { JsonReader } from './reading/json-reader.ts'
import { type JsonObject, list, object, parseJsonObject, text, whole } from './reading/json-value.ts'
import { NO_RECORD } from './reading/line-reader.ts'
import { readParquetRecords } from './reading/parquet-records.ts'
import type { RowWriter } from './reading/row-writer.ts'

/**
 * API activity (class 6003) in OCSF 1.0 to 1.5, as Security Lake keeps CloudTrail's data events: Parquet. Kept is what was done
 * to S3 objects; other API activity changes configurations and is passed over.
 * https://docs.aws.amazon.com/security-lake/latest/userguide/open-cybersecurity-schema-framework.html
 */
export const securityLakeApiActivity: TableLogFormat = {
  id: 'security-lake',
  recognisesColumns: (columns) => ['class_uid', 'metadata', 'api', 'actor', 'time'].every((name) => columns.includes(name)),
  readTable: (file, batch, take) => readParquetRecords(file, batch, take, writeEvent),
}

/** The same as JSON lines, as others write it. */
export const ocsfApiActivity: LogFormat = {
  id: 'ocsf-api-activity',
  recognises: ({ record }) =>
    record !== null && typeof record.class_uid === 'number' && object(record.metadata) !== null && object(record.api) !== null,
  open: () => new JsonReader(writeEvent),
}

/** Of events without a category. */
const OBJECT_OPERATION = /^(?:List|Head|Get)(?:Object|Multipart|Parts)/
const API_ACTIVITY = 6003
const SUCCESS = 1
const FAILURE = 2

function writeEvent(event: JsonObject, row: RowWriter): number {
  const api = object(event.api)
  const service = text(object(api?.service)?.name)
  const operation = text(api?.operation)
  if (whole(event.class_uid) !== API_ACTIVITY || service !== 's3.amazonaws.com' || operation === null) return NO_RECORD
  const unmapped = object(event.unmapped)
  const parameters = parseJsonObject(text(object(api?.request)?.data) ?? '')
  const place = placeOf(event, parameters, unmapped)
  const category = text(object(unmapped)?.eventCategory) ?? text(object(event.metadata)?.event_code)
  const touchesObjects = place.key !== null || category === 'Data' || OBJECT_OPERATION.test(operation)
  if (category === 'Management' || !touchesObjects) return NO_RECORD
  const time =
    typeof event.time === 'number' ? Math.trunc(event.time) : parseIsoTime(text(event.time_dt) ?? text(event.time), 'utc')
  if (Number.isNaN(time)) return 0
  const user = object(object(event.actor)?.user)
  const source = object(event.src_endpoint)
  const tls = object(event.tls)
  const error = text(object(api?.response)?.error)
  row
    .number('time_ms', time)
    .text('bucket', place.bucket)
    .text('remote_ip', source?.ip)
    .text('requester', user?.uid ?? object(event.actor)?.invoked_by ?? source?.domain)
    .text('request_id', object(api?.request)?.uid)
    .text('operation', operation)
    .text('key', place.key)
    .text('object_key', place.key)
    .text('error_code', error)
    .text('user_agent', object(event.http_request)?.user_agent)
    .text('source_region', object(event.cloud)?.region)
    .text('account', object(user?.account)?.uid ?? user?.account_uid)
    .text('principal_type', user?.type)
    .text('vpc_endpoint', source?.uid)
    .text('event_id', object(event.metadata)?.uid)
    .text('cipher_suite', tls?.cipher)
    .text('tls_version', tls?.version)
    .text('resource', place.arn)
    .succeeded(successOf(whole(event.status_id), error))
    .sent(whole(unmapped?.['additionalEventData.bytesTransferredOut']))
    .extra({ resources: event.resources, session: object(event.actor)?.session, requestParameters: parameters, unmapped })
  return 1
}

/** A status that is neither success nor failure is told by whether there is an error. */
function successOf(status: number, error: string | null): boolean {
  if (status === SUCCESS) return true
  return status === FAILURE ? false : error === null
}

interface Place {
  readonly bucket: string | null
  readonly key: string | null
  readonly arn: string | null
}

function placeOf(event: JsonObject, parameters: JsonObject | null, unmapped: JsonObject | null): Place {
  const arns = list(event.resources).flatMap((resource) => text(object(resource)?.uid) ?? [])
  const objects = arns.flatMap((arn) => /^arn:[^:]+:s3:::([^/]+)\/(.+)$/s.exec(arn) ?? [])
  const bucketArn = arns.find((arn) => /^arn:[^:]+:s3:::[^/]+$/.test(arn)) ?? null
  const given = (name: string): Json | undefined => parameters?.[name] ?? unmapped?.[`requestParameters.${name}`]
  return {
    bucket: text(given('bucketName')) ?? bucketArn?.split(':::')[1] ?? objects[1] ?? null,
    key: text(given('key')) ?? objects[2] ?? null,
    arn: bucketArn ?? arns[0] ?? null,
  }
}

import type { Json } from '../../model/index.ts'
import type { TableLogFormat } from './log-format.ts'
import { writeCloudtrailRecord } from './reading/cloudtrail-record.ts'
import { parseIsoTime } from './reading/iso-time.ts'
import { type JsonObject, list, object, parseJsonObject, text } from './reading/json-value.ts'
import { readParquetRecords } from './reading/parquet-records.ts'
import type { RowWriter } from './reading/row-writer.ts'

/**
 * CloudTrail Lake event data stores as Parquet: the columns of the event record in lower case, and where it is there
 * `eventjson`, the record itself, which then is what is read.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-supported-event-schemas.html
 */
export const cloudtrailLake: TableLogFormat = {
  id: 'cloudtrail-lake',
  recognisesColumns: (columns) => ['eventname', 'eventsource', 'eventtime'].every((name) => columns.includes(name)),
  readTable: (file, batch, take) => readParquetRecords(file, batch, take, writeRow),
}

function writeRow(values: JsonObject, row: RowWriter): number {
  const lower = Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]))
  const record = parseJsonObject(text(lower.eventjson) ?? '') ?? recordOf(lower)
  return writeCloudtrailRecord(record, parseIsoTime(text(record.eventTime), 'utc'), row)
}

const NAMES = (
  'eventVersion userIdentity eventTime eventSource eventName awsRegion sourceIPAddress userAgent errorCode errorMessage ' +
  'requestParameters responseElements additionalEventData requestID eventID readOnly resources eventType apiVersion ' +
  'managementEvent recipientAccountId sharedEventID vpcEndpointId eventCategory tlsDetails'
).split(' ')
const INNER_NAMES = new Map(
  'principalId accountId accessKeyId userName invokedBy sessionContext identityProvider tlsVersion cipherSuite clientProvidedHostHeader ARN'
    .split(' ')
    .map((name) => [name.toLowerCase(), name]),
)

/** The record with its members' own names. Parameters are maps, whose keys are as logged and whose values are all text. */
function recordOf(lower: JsonObject): JsonObject {
  const record = Object.fromEntries(NAMES.map((name) => [name, lower[name.toLowerCase()] ?? null]))
  return {
    ...record,
    errorCode: record.errorCode || null,
    userIdentity: renamed(record.userIdentity),
    tlsDetails: renamed(record.tlsDetails),
    resources: list(record.resources).map(renamed),
  }
}

function renamed(value: Json | undefined): Json {
  const known = object(value)
  if (!known) return null
  return Object.fromEntries(
    Object.entries(known).map(([name, each]) => {
      const lower = name.toLowerCase()
      return [lower === 'arn' ? 'arn' : (INNER_NAMES.get(lower) ?? name), each]
    }),
  )
}

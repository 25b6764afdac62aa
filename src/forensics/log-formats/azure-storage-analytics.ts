import type { LogFormat } from './log-format.ts'
import { azureAddress, azureObject, azureStorageAccess } from './reading/azure-operation.ts'
import { parseIsoTime } from './reading/iso-time.ts'
import { whole } from './reading/json-value.ts'
import { LineReader } from './reading/line-reader.ts'
import { quotedFields } from './reading/quoted-fields.ts'
import { RowWriter } from './reading/row-writer.ts'

/**
 * Classic logs of Azure Storage (`$logs`), versions 1.0 and 2.0: fields between semicolons, those that may hold a quote or a
 * semicolon quoted and HTML-encoded, so that nothing can be forged.
 * https://learn.microsoft.com/rest/api/storageservices/storage-analytics-log-format
 */
export const azureStorageAnalytics: LogFormat = {
  id: 'azure-storage-classic',
  recognises: ({ lines }) => /^[12]\.0;\d{4}-\d\d-\d\dT[\d:.]+Z;\w+;\w+;/.test(lines[0] ?? ''),
  open: () => {
    const writer = new RowWriter()
    return new LineReader((bytes, start, end, row, batch) =>
      writeFields(quotedFields(DECODER.decode(bytes.subarray(start, end)), ';'), writer.at(batch, row)),
    )
  },
}

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })
const FIELD_COUNT: Readonly<Record<string, number>> = { '1.0': 30, '2.0': 38 }

function writeFields(fields: string[] | null, row: RowWriter): number {
  if (!fields || fields.length !== FIELD_COUNT[fields[0]!]) return 0
  const [, start, operation, status, httpStatus, totalMs, serverMs, authentication, requester, owner, service] = fields
  const time = parseIsoTime(start ?? null)
  if (Number.isNaN(time) || operation === '') return 0
  const [url, key, requestId, operationCount, address, , , , , sent, received] = fields.slice(11)
  const [, , , , conditions, userAgent, referer, clientRequestId, objectId, tenant, application, , , userName] = fields.slice(22)
  const { store, blob } = azureObject(unescapeHtml(key!))
  row
    .number('time_ms', time)
    .text('bucket', store ?? owner)
    .text('remote_ip', azureAddress(address!))
    .text('requester', userName || objectId || requester)
    .text('request_id', requestId)
    .text('operation', operation)
    .access(azureStorageAccess(operation!, null))
    .text('key', unescapeHtml(key!))
    .text('object_key', blob)
    .text('request_uri', unescapeHtml(url!))
    .text('error_code', whole(httpStatus) >= 400 ? status : null)
    .text('referer', unescapeHtml(referer!))
    .text('user_agent', unescapeHtml(userAgent!))
    .text('authentication_type', authentication)
    .text('principal_type', authentication)
    .text('account', tenant)
    .status(whole(httpStatus))
    .sent(whole(sent))
    .number('object_size', whole(received) || Number.NaN)
    .number('total_time_ms', whole(totalMs))
    .number('turn_around_time_ms', whole(serverMs))
    .extra({ statusText: status, service, owner, operationCount, conditions, clientRequestId, application })
  return 1
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeHtml(text: string): string {
  return text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,6})|#x([0-9a-fA-F]{1,5}));/g, (whole, name, decimal, hex) => {
    if (name) return ENTITIES[name]!
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole
  })
}

import type { LogFormat } from './log-format.ts'
import { decodedText, httpAccess } from './reading/http-request.ts'
import { whole } from './reading/json-value.ts'
import { LineReader, NO_RECORD } from './reading/line-reader.ts'
import { quotedFields } from './reading/quoted-fields.ts'
import { RowWriter } from './reading/row-writer.ts'

/**
 * Usage logs of Cloud Storage: CSV under a header, every field quoted, hourly. They do not say who asked, only from where.
 * https://cloud.google.com/storage/docs/access-logs#format
 */
export const gcsUsageLog: LogFormat = {
  id: 'gcs-usage',
  recognises: ({ lines }) => /^"?time_micros"?,/.test(lines[0] ?? ''),
  open: () => {
    const writer = new RowWriter()
    let names: ReadonlyMap<string, number> = new Map()
    return new LineReader((bytes, start, end, row, batch) => {
      const fields = quotedFields(DECODER.decode(bytes.subarray(start, end)), ',')
      if (fields?.[0] === 'time_micros') {
        names = new Map(fields.map((name, index) => [name, index]))
        return NO_RECORD
      }
      if (!fields || fields.length !== names.size) return 0
      return writeFields((name) => fields[names.get(name) ?? -1] ?? '', writer.at(batch, row))
    })
  },
}

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })

function writeFields(get: (name: string) => string, row: RowWriter): number {
  const micros = get('time_micros')
  const status = get('sc_status')
  const method = get('cs_method')
  if (!/^\d{13,17}$/.test(micros) || !/^\d{3}$/.test(status) || method === '') return 0
  const [path = '', query = ''] = splitOnce(get('cs_uri'), '?')
  const operation = get('cs_operation') || method
  row
    .number('time_ms', Math.floor(Number(micros) / 1000))
    .text('bucket', get('cs_bucket'))
    .text('remote_ip', get('c_ip'))
    .text('request_id', get('s_request_id'))
    .text('operation', operation)
    .access(accessOf(operation, method, query))
    .text('key', get('cs_object'))
    .text('object_key', decodedText(get('cs_object')))
    .text('request_uri', `${method} ${path}${query === '' ? '' : `?${query}`}`)
    .text('referer', get('cs_referer'))
    .text('user_agent', get('cs_user_agent'))
    .text('host_header', get('cs_host'))
    .text('source_region', get('c_ip_region'))
    .status(Number(status))
    .sent(whole(get('sc_bytes')))
    .number('object_size', whole(get('cs_bytes')) || Number.NaN)
    .number('total_time_ms', Math.round(Number(get('time_taken_micros') || Number.NaN) / 1000))
    .extra({ ipType: get('c_ip_type') })
  return 1
}

/** Operations of both interfaces: `GET_Object`, `storage.objects.get`. */
function accessOf(operation: string, method: string, query: string): ReturnType<typeof httpAccess> {
  const name = operation.toLowerCase()
  if (/acl|iam|policy|notification|logging|website|cors|lifecycle/.test(name)) return method === 'GET' ? 'head' : 'admin'
  if (name === 'get_bucket' || /\.list$/.test(name)) return 'list'
  if (/\.(?:insert|update|patch|copy|compose|rewrite)$/.test(name)) return /buckets/.test(name) ? 'admin' : 'write'
  return /\.delete$/.test(name) ? 'delete' : httpAccess(method, query)
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

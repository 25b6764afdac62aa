import { parseIsoTime } from './iso-time.ts'
import { whole } from './json-value.ts'
import { decodedText, writeHttpRequest } from './http-request.ts'
import type { RowWriter } from './row-writer.ts'

/**
 * Writes one CloudFront record, of which `get` gives each field by its name, null for `-` and for what is not logged. The
 * user agent is URL-encoded twice, other text once. Gives 1, or 0 where it is no record.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */
export function writeCloudfrontRecord(get: (name: string) => string | null, row: RowWriter, how: string | null): number {
  const either = (standard: string, realtime: string) => get(standard) ?? get(realtime)
  const time = timeOf(get)
  const status = get('sc-status')
  const method = get('cs-method')
  const path = get('cs-uri-stem')
  if (Number.isNaN(time) || status === null || !/^\d{3}$/.test(status) || method === null || path === null) return 0
  const query = get('cs-uri-query') ?? ''
  writeHttpRequest(row, method, path.split('?')[0]!, query)
  row
    .number('time_ms', time)
    .text('bucket', either('cs(Host)', 'cs-host'))
    .text('remote_ip', get('c-ip'))
    .text('request_id', get('x-edge-request-id'))
    .text('request_uri', `${method} ${path}${query === '' ? '' : `?${query}`} ${get('cs-protocol-version') ?? ''}`.trimEnd())
    .text('error_code', errorOf(get('x-edge-detailed-result-type') ?? get('x-edge-result-type')))
    .text('referer', decodedText(either('cs(Referer)', 'cs-referer') ?? ''))
    .text('user_agent', decodedText(decodedText(either('cs(User-Agent)', 'cs-user-agent') ?? '')))
    .text('cipher_suite', get('ssl-cipher'))
    .text('host_header', get('x-host-header'))
    .text('tls_version', get('ssl-protocol'))
    .text('resource', either('DistributionId', 'primary-distribution-id'))
    .sent(whole(get('sc-bytes') ?? undefined))
    .number('object_size', whole(get('sc-content-len') ?? undefined))
    .number('total_time_ms', milliseconds(get('time-taken')))
    .number('turn_around_time_ms', milliseconds(get('time-to-first-byte')))
    .extra({
      forwardedFor: get('x-forwarded-for'),
      edge: get('x-edge-location'),
      result: get('x-edge-result-type'),
      responseResult: get('x-edge-response-result-type'),
      cookie: either('cs(Cookie)', 'cs-cookie'),
      rangeStart: get('sc-range-start'),
      rangeEnd: get('sc-range-end'),
      port: get('c-port'),
      country: get('c-country'),
      asn: get('asn'),
      fields: how,
    })
  // 000: the viewer closed the connection before CloudFront could answer.
  if (status === '000') row.number('status', 0).number('milder_status', 0).succeeded(false)
  else row.status(Number(status))
  return 1
}

function timeOf(get: (name: string) => string | null): number {
  const day = get('date')
  const clock = get('time')
  if (day !== null && clock !== null) return parseIsoTime(`${day}T${clock}Z`)
  const milliseconds = get('timestamp(ms)')
  if (milliseconds !== null && /^\d{13}$/.test(milliseconds)) return Number(milliseconds)
  const seconds = /^(\d{10})(?:\.(\d{1,3}))?$/.exec(get('timestamp') ?? '')
  return seconds ? Number(seconds[1]) * 1000 + Number((seconds[2] ?? '').padEnd(3, '0')) : Number.NaN
}

function errorOf(result: string | null): string | null {
  return result !== null && /Error|Denied|Blocked|Limit|Abort/.test(result) ? result : null
}

function milliseconds(seconds: string | null): number {
  return seconds !== null && /^\d{1,9}(?:\.\d{1,9})?$/.test(seconds) ? Math.round(Number(seconds) * 1000) : Number.NaN
}

import type { LogFormat } from './log-format.ts'
import { parseIsoTime } from './reading/iso-time.ts'
import { whole } from './reading/json-value.ts'
import { LineReader } from './reading/line-reader.ts'
import { RowWriter } from './reading/row-writer.ts'

/**
 * Access logs of Network Load Balancers: TLS connections only, one a line when it ended, times in UTC without a zone. A
 * connection is no request, so what it did is `other`.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html#access-log-entry-syntax
 */
export const nlbAccessLog: LogFormat = {
  id: 'nlb',
  recognises: ({ lines }) => /^tls [12]\.0 \d{4}-\d\d-\d\dT[\d:.]+ \S+ \S+ \S+:\d+ /.test(lines[0] ?? ''),
  open: () => {
    const writer = new RowWriter()
    return new LineReader((bytes, start, end, row, batch) =>
      writeLine(DECODER.decode(bytes.subarray(start, end)).split(' '), writer.at(batch, row)),
    )
  },
}

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })
/** Fields of version 1.0; version 2.0 adds the ALPN fields and the connection's beginning. */
const LEAST_FIELDS = 18

function writeLine(fields: readonly string[], row: RowWriter): number {
  const [type, version, ended, loadBalancer, listener, client, target, connectionMs, , received, sent, alert] = fields
  const time = parseIsoTime(ended ?? null, 'utc')
  if (type !== 'tls' || !/^[12]\.0$/.test(version ?? '') || fields.length < LEAST_FIELDS || Number.isNaN(time)) return 0
  const [certificate, , cipher, protocol, , domain] = fields.slice(12)
  row
    .number('time_ms', time)
    .text('bucket', loadBalancer)
    .text('remote_ip', client!.replace(/^\[?(.+?)\]?:\d+$/, '$1'))
    .text('operation', 'TLS')
    .access('other')
    .text('error_code', alert)
    .text('cipher_suite', cipher)
    .text('tls_version', protocol)
    .text('host_header', domain)
    .succeeded(alert === '-')
    .sent(whole(sent))
    .number('total_time_ms', whole(connectionMs))
    .extra({ listener, target, received: whole(received) || null, certificate, created: fields[21] })
  return 1
}

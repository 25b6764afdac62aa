import { type LogFormat, MAX_READINGS } from './log-format.ts'
import { writeHttpRequest, parseRequestLine } from './reading/http-request.ts'
import { parseIsoTime } from './reading/iso-time.ts'
import { LineReader } from './reading/line-reader.ts'
import { quotesIn, Readings } from './reading/quote-readings.ts'
import { RowWriter } from './reading/row-writer.ts'

/**
 * Access logs of Application Load Balancers. Status and bytes stand before all that a client writes, so they are safe; where
 * request and user agent end can be in doubt when they hold quotes.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html#access-log-entry-syntax
 */
export const albAccessLog: LogFormat = {
  id: 'alb',
  recognises: ({ lines }) => SAFE.test(lines[0] ?? ''),
  open: () => {
    const writer = new RowWriter()
    return new LineReader((bytes, start, end, row, batch) =>
      writeLine(DECODER.decode(bytes.subarray(start, end)), writer.at(batch, row)),
    )
  },
}

/** Every consistent pair of request and user agent of one line; empty where it is no ALB line. */
export function readingsOfAlbLine(line: string): readonly { readonly request: string; readonly userAgent: string }[] {
  const safe = SAFE.exec(line)
  const quotes = safe && quotesIn(line, safe[0].length)
  return safe && quotes ? pairs(line, safe[0].length, quotes) : []
}

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })
/** Type, time, load balancer, client, target, three times, two statuses, bytes received and sent; then the request's quote. */
const SAFE =
  /^(https?|h2|grpcs|wss?) (\d{4}-\d\d-\d\dT[\d:.]+Z) (\S+) (\S+) (\S+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (\d{3}|-) (\d{3}|-) (\d{1,15}) (\d{1,15}) "/
/** What follows the user agent: cipher, protocol, target group, trace id, domain, certificate, priority, time, actions… */
const TAIL =
  /^ ([^ "]+) ([^ "]+) ([^ "]+) "([^"]*)" "([^"]*)" "([^"]*)" ([^ "]+) ([^ "]+) "([^"]*)" "([^"]*)" "([^"]*)"((?: "[^"]*"| [^ "]+){0,12})$/

interface Pair {
  readonly request: string
  readonly userAgent: string
  readonly tail: RegExpExecArray
}

function pairs(line: string, start: number, quotes: readonly number[]): readonly Pair[] {
  const readings = new Readings<Pair>()
  // The tail has at least twelve quotes of its own, after the one that closes the user agent.
  const closings = quotes.slice(2, -12).flatMap((close) => {
    const tail = TAIL.exec(line.slice(close + 1))
    return tail ? [{ close, tail }] : []
  })
  for (const requestEnd of quotes) {
    if (line[requestEnd + 1] !== ' ' || line[requestEnd + 2] !== '"') continue
    for (const { close, tail } of closings) {
      if (close <= requestEnd + 2) continue
      readings.add({ request: line.slice(start, requestEnd), userAgent: line.slice(requestEnd + 3, close), tail })
    }
    if (readings.isFull) break
  }
  return readings.kept
}

function writeLine(line: string, row: RowWriter): number {
  const safe = SAFE.exec(line)
  const time = safe ? parseIsoTime(safe[2]!) : Number.NaN
  if (!safe || Number.isNaN(time)) return 0
  const [, type, , loadBalancer, client, target, , , , status, targetStatus, received, sent] = safe
  row
    .number('time_ms', time)
    .text('bucket', loadBalancer)
    .text('remote_ip', withoutPort(client!))
    .sent(Number(sent))
    .status(status === '-' ? Number.NaN : Number(status))
    .number('total_time_ms', totalMs(safe.slice(6, 9)))
  const quotes = quotesIn(line, safe[0].length)
  const readings = quotes ? pairs(line, safe[0].length, quotes) : []
  if (quotes && readings.length === 0) return 0
  const [first] = readings
  const request = first ? parseRequestLine(first.request) : null
  if (request) writeHttpRequest(row, request.method, request.path, request.query)
  row.text('request_uri', first?.request).text('user_agent', first?.userAgent)
  row
    .text('cipher_suite', first?.tail[1])
    .text('tls_version', first?.tail[2])
    .text('host_header', first?.tail[5])
    .text('error_code', first?.tail[11])
    .extra({
      type,
      target,
      targetStatus,
      received: Number(received),
      targetGroup: first?.tail[3],
      actions: first?.tail[9],
      // No request id: a client may send its own, and requests are told apart by theirs.
      trace: first?.tail[4],
    })
  return quotes ? readings.length : MAX_READINGS
}

/** `192.0.2.3:2817` without its port, `[2001:db8::1]:443` without port and brackets. */
function withoutPort(client: string): string {
  return client.replace(/^\[?(.+?)\]?:\d+$/, '$1')
}

/** The three times together; -1 stands for a connection that broke. */
function totalMs(seconds: readonly string[]): number {
  const values = seconds.map(Number)
  return values.some((value) => value < 0) ? Number.NaN : Math.round(values.reduce((sum, value) => sum + value, 0) * 1000)
}

import type { OperationAccess } from '../operation-access.ts'
import { type LogFormat, MAX_READINGS } from './log-format.ts'
import { decodedText } from './reading/http-request.ts'
import { parseIsoTime } from './reading/iso-time.ts'
import { LineReader, NO_RECORD } from './reading/line-reader.ts'
import { RowWriter } from './reading/row-writer.ts'

/**
 * Access log of versitygw: the columns of S3's, but nothing is quoted and months are whole words. Bucket and key stand decoded,
 * so they may hold spaces and whole forged stretches; the access point column repeats both, and only readings in which all
 * three places agree count. Referer, version id and host id are taken to be single words; what else a client writes between the
 * times and the signature is its user agent. A key with a line break in it makes lines that are rejected, or are forged.
 * https://github.com/versity/versitygw/blob/main/s3log/file.go
 */
export const versitygwAccessLog: LogFormat = {
  id: 'versitygw',
  recognises: ({ lines }) => lines.some((line) => /^\S+ .*? \[\d\d\/[A-Z][a-z]{2,8}\//.test(line) && TAIL.test(line)),
  open: () => {
    const writer = new RowWriter()
    return new LineReader((bytes, start, end, row, batch) => {
      const line = DECODER.decode(bytes.subarray(start, end))
      return /^log starts \d{4}-/.test(line) ? NO_RECORD : writeLine(line, writer.at(batch, row))
    })
  },
}

interface VersitygwReading {
  readonly bucket: string
  readonly key: string
  readonly time: number
  /** Address, requester, request id, operation. */
  readonly who: readonly string[]
  readonly uri: string
  readonly status: number
  readonly error: string
  /** Bytes sent, object size, total and turn-around milliseconds. */
  readonly counts: readonly number[]
  /** Referer, user agent, version id, host id. */
  readonly client: readonly string[]
  readonly tail: RegExpExecArray
}

/** Every consistent reading of one line. */
export function readingsOfVersitygwLine(line: string): readonly VersitygwReading[] {
  const readings: VersitygwReading[] = []
  // The access point's name may hold the text of a tail itself: every place where one can begin is tried.
  for (const { index } of line.matchAll(TAIL_START)) {
    const tail = TAIL.exec(line.slice(index))
    const path = tail ? /^\/?([^/]*)(?:\/(.*))?$/s.exec(tail[5]!) : null
    if (tail?.index !== 0 || !path) continue
    readings.push(...readingsOfBody(line.slice(0, index), path[1] || '-', path[2] || '-', tail))
    if (readings.length >= MAX_READINGS) break
  }
  return readings
}

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })
const TAIL_START = / SigV4 \S+ AuthHeader /g
const TAIL = / SigV4 (\S+) AuthHeader (s3\.\S+\.amazonaws\.com) (TLSv1\.\d|-)( )arn:aws:s3:::(.*) (Yes|No)$/s
const TIME = '\\[(\\d\\d)\\/([A-Z][a-z]{2,8})\\/(\\d{4}):(\\d\\d:\\d\\d:\\d\\d) ([+-]\\d{4})\\]'
const WHO = /^ (\S+) (\S+) ([0-9A-F]{16}) (\S+) /
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

function readingsOfBody(body: string, bucket: string, key: string, tail: RegExpExecArray): readonly VersitygwReading[] {
  const owner = /^\S+ /.exec(body)
  if (!owner || !body.startsWith(`${bucket} `, owner[0].length)) return []
  const afterBucket = body.slice(owner[0].length + bucket.length + 1)
  const time = new RegExp(`^${TIME}`).exec(afterBucket)
  const timeMs = time ? timeOf(time) : Number.NaN
  const who = time ? WHO.exec(afterBucket.slice(time[0].length)) : null
  if (!time || !who || Number.isNaN(timeMs)) return []
  const rest = afterBucket.slice(time[0].length + who[0].length)
  if (!rest.startsWith(`${key} `)) return []
  const middle = /^(\/\S*|-) ([1-5]\d\d) (.*)$/s.exec(rest.slice(key.length + 1))
  if (!middle || !agrees(middle[1]!, bucket, key)) return []
  const common = { bucket, key, time: timeMs, who: who.slice(1), uri: middle[1]!, status: Number(middle[2]), tail }
  return [...middle[3]!.matchAll(/(?<= |^)(\d{1,15}) (-?\d{1,15}) (\d{1,15}) (\d{1,15})(?= )/g)].flatMap((counts) => {
    const error = middle[3]!.slice(0, counts.index).trimEnd()
    // Only an inner failure is told in words.
    if (error === '' || (middle[2] !== '500' && /\s/.test(error))) return []
    const client = /^ (\S+) (.+) (\S+) (\S+)$/s.exec(middle[3]!.slice(counts.index + counts[0].length))
    return client ? [{ ...common, error, counts: counts.slice(1).map(Number), client: client.slice(1) }] : []
  })
}

function agrees(uri: string, bucket: string, key: string): boolean {
  const path = decodedText(uri.split('?')[0]!)
  return path === `/${bucket === '-' ? '' : bucket}${key === '-' ? '' : `/${key}`}` || path === `/${bucket}/` || path === '-'
}

function timeOf([, day, month, year, clock, zone]: RegExpExecArray): number {
  const number = MONTHS.indexOf(month!) + 1
  return number === 0 ? Number.NaN : parseIsoTime(`${year}-${String(number).padStart(2, '0')}-${day}T${clock}${zone}`)
}

function writeLine(line: string, row: RowWriter): number {
  const readings = readingsOfVersitygwLine(line)
  if (readings.length === 0) return 0
  const ranked = [...readings].sort((a, b) => severity(b) - severity(a))
  const worst = ranked[0]!
  const mildest = ranked.at(-1)!
  const [address, requester, requestId, operation] = worst.who
  const [referer, userAgent, versionId, hostId] = worst.client
  row
    .number('time_ms', worst.time)
    .text('bucket_owner', line.slice(0, line.indexOf(' ')))
    .text('bucket', worst.bucket)
    .text('remote_ip', address)
    .text('requester', requester)
    .text('request_id', requestId)
    .text('operation', operation)
    .access(accessOf(operation!))
    .text('key', worst.key)
    .text('object_key', worst.key === '-' ? null : worst.key)
    .text('request_uri', worst.uri)
    .text('error_code', worst.error)
    .text('referer', referer)
    .text('user_agent', userAgent)
    .text('version_id', versionId)
    .text('host_id', hostId)
    .text('cipher_suite', worst.tail[1])
    .text('host_header', worst.tail[2])
    .text('tls_version', worst.tail[3])
    .text('access_point_arn', `arn:aws:s3:::${worst.tail[5]}`)
    .status(worst.status)
    .sent(worst.counts[0]!)
    .number('milder_bytes_sent', Math.min(...readings.map(({ counts }) => counts[0]!)))
    .number('bytes_sent', Math.max(...readings.map(({ counts }) => counts[0]!)))
    .number('milder_status', mildest.status)
    .number('milder_succeeded', mildest.status >= 200 && mildest.status < 300 ? 1 : 0)
    .number('object_size', worst.counts[1]!)
    .number('total_time_ms', worst.counts[2]!)
    .number('turn_around_time_ms', worst.counts[3]!)
  return readings.length
}

function severity({ status, counts }: VersitygwReading): number {
  return (status >= 200 && status < 300 ? 1e16 : 0) + counts[0]!
}

/** Operations as versitygw names them: `s3_GetObject`, `GetObject`. */
function accessOf(operation: string): OperationAccess {
  const name = operation.replace(/^s3_/, '')
  if (/^List/.test(name)) return 'list'
  if (/^Head|^GetObject(?:Attributes|Tagging|Retention|LegalHold|Acl)/.test(name)) return 'head'
  if (/^GetObject|^SelectObject/.test(name)) return 'read'
  if (/^(?:Put|Delete)(?:Bucket|ObjectAcl|ObjectLock)|^CreateBucket|^PublicAccess/.test(name)) return 'admin'
  if (/^Delete/.test(name)) return 'delete'
  return /^(?:Put|Copy|Upload|Complete|CreateMultipart|Post|Restore)/.test(name) ? 'write' : 'other'
}

import { type LogFormat, type LogReader, type LogSettings, MAX_READINGS } from './log-format.ts'
import type { ColumnBatch } from './column-batch.ts'
import { LOG_TIME_LENGTH, parseLogTime } from './log-time.ts'
import { parseRequestLine, writeHttpRequest } from './reading/http-request.ts'
import { LineReader } from './reading/line-reader.ts'
import { quotesIn, Readings } from './reading/quote-readings.ts'
import { RowWriter } from './reading/row-writer.ts'

/**
 * The combined log of nginx, Apache and many stores behind them, also with the forwarded address that nginx's `main` adds. nginx
 * and Apache escape quotes unless told not to (`escape=none`), which the file does not say: so every quote may end a field, and
 * all consistent readings are weighed. The log does not name its store; whoever has it may (`store`).
 * https://nginx.org/en/docs/http/ngx_http_log_module.html
 */
export const nginxCombined: LogFormat = {
  id: 'nginx-combined',
  recognises: ({ lines }) => RECOGNISED.test(lines[0] ?? ''),
  open: (settings) => new CombinedReader(settings),
}

export interface CombinedReading {
  readonly user: string
  readonly request: string
  readonly status: number
  /** NaN for `-`. */
  readonly bytes: number
  readonly referer: string
  readonly userAgent: string
  readonly forwardedFor: string | null
}

const RECOGNISED =
  /^[0-9a-fA-F.:]{3,45} \S+ [^"]*\[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "[^\n]*" [1-5]\d\d (?:\d+|-) "[^\n]*"$/
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })
const ENCODER = new TextEncoder()
const START = /^([0-9a-fA-F.:]{3,45}) (\S+) /
const MIDDLE = /^ ([1-5]\d\d) (\d{1,15}|-) "/
const COMBINED_ENDING = /" [1-5]\d\d (?:\d{1,15}|-) "[^"]*" "[^"]*"\r?$/
const FORWARDED_ENDING = /" [1-5]\d\d (?:\d{1,15}|-) "[^"]*" "[^"]*" "[^"]*"\r?$/
/** Bytes that are looked at to see how many quoted fields this file's lines end with. */
const SAMPLE_BYTES = 64 << 10

class CombinedReader implements LogReader {
  private lines: LineReader | null = null
  private readonly settings: LogSettings | undefined

  constructor(settings: LogSettings | undefined) {
    this.settings = settings
  }

  get passedOver(): number {
    return this.lines?.passedOver ?? 0
  }

  get problem(): string | null {
    return this.lines?.problem ?? null
  }

  push(chunk: Uint8Array, fileOffset: number, atEnd: boolean, batch: ColumnBatch): number {
    this.lines ??= lineReader(hasForwardedFor(chunk), this.settings)
    return this.lines.push(chunk, fileOffset, atEnd, batch)
  }
}

/** Whether most lines have four quoted fields: a property of the whole file, so that one client's line does not decide it. */
function hasForwardedFor(chunk: Uint8Array): boolean {
  const lines = DECODER.decode(chunk.subarray(0, SAMPLE_BYTES)).split('\n')
  const count = (ending: RegExp) => lines.filter((line) => ending.test(line)).length
  return count(FORWARDED_ENDING) > count(COMBINED_ENDING)
}

function lineReader(forwarded: boolean, settings: LogSettings | undefined): LineReader {
  const writer = new RowWriter()
  return new LineReader((bytes, start, end, row, batch) => {
    const line = DECODER.decode(bytes.subarray(start, end))
    const times = timesOf(line)
    const readings = readingsOfCombinedLine(line, forwarded)
    const address = START.exec(line)
    if (!address || times.length === 0) return 0
    const cells = writer.at(batch, row).number('time_ms', times[0]!.ms).text('remote_ip', address[1])
    if (settings?.store !== undefined) cells.text('bucket', settings.store)
    if (readings === null) {
      cells.succeeded(true).number('milder_succeeded', 0)
      return MAX_READINGS
    }
    if (readings.length === 0) return 0
    writeReadings(cells, readings)
    return readings.length
  })
}

function writeReadings(row: RowWriter, readings: readonly CombinedReading[]): void {
  const ranked = [...readings].sort((a, b) => severity(b) - severity(a))
  const worst = ranked[0]!
  const mildest = ranked.at(-1)!
  const sizes = readings.map(({ bytes }) => bytes).filter((bytes) => !Number.isNaN(bytes))
  const request = parseRequestLine(worst.request)
  if (request) writeHttpRequest(row, request.method, request.path, request.query)
  row
    .text('requester', worst.user)
    .text('request_uri', worst.request)
    .text('referer', worst.referer)
    .text('user_agent', worst.userAgent)
    .status(worst.status)
    .number('milder_status', mildest.status)
    .number('milder_succeeded', isSuccess(mildest.status) ? 1 : 0)
    .number('bytes_sent', sizes.length > 0 ? Math.max(...sizes) : Number.NaN)
    .number('milder_bytes_sent', sizes.length > 0 ? Math.min(...sizes) : Number.NaN)
    .extra({ forwardedFor: worst.forwardedFor })
}

/** Every consistent reading of one line; null where it has more quotes than are told apart. */
export function readingsOfCombinedLine(line: string, forwarded: boolean): readonly CombinedReading[] | null {
  const quotes = quotesIn(line, 0)
  if (quotes === null) return null
  const readings = new Readings<CombinedReading>()
  for (const time of timesOf(line))
    for (const ends of fieldEnds(line, time.end, quotes, forwarded)) readings.add({ user: time.user, ...ends })
  return readings.kept
}

function* fieldEnds(
  line: string,
  start: number,
  quotes: readonly number[],
  forwarded: boolean,
): Generator<Omit<CombinedReading, 'user'>> {
  const closings = [...userAgentEnds(line, quotes, forwarded)]
  for (const requestEnd of quotes) {
    const middle = requestEnd > start ? MIDDLE.exec(line.slice(requestEnd + 1, requestEnd + 40)) : null
    if (!middle) continue
    const refererStart = requestEnd + 1 + middle[0].length
    for (const refererEnd of quotes) {
      if (refererEnd < refererStart || line[refererEnd + 1] !== ' ' || line[refererEnd + 2] !== '"') continue
      for (const { end, forwardedFor } of closings) {
        if (end < refererEnd + 3) continue
        yield {
          request: line.slice(start + 1, requestEnd),
          status: Number(middle[1]),
          bytes: middle[2] === '-' ? Number.NaN : Number(middle[2]),
          referer: line.slice(refererStart, refererEnd),
          userAgent: line.slice(refererEnd + 3, end),
          forwardedFor,
        }
      }
    }
  }
}

/** Quotes that can close the user agent: the last one, or one after which another quoted field takes the rest. */
function* userAgentEnds(
  line: string,
  quotes: readonly number[],
  forwarded: boolean,
): Generator<{ end: number; forwardedFor: string | null }> {
  const last = quotes.at(-1)
  if (last === undefined || last !== line.length - 1) return
  if (!forwarded) yield { end: last, forwardedFor: null }
  else
    for (const end of quotes)
      if (line[end + 1] === ' ' && line[end + 2] === '"' && end + 2 < last) yield { end, forwardedFor: line.slice(end + 3, last) }
}

/** Times in brackets, each followed by a quote, before any quote: a user's name may hold what looks like one. */
function timesOf(line: string): readonly { readonly ms: number; readonly user: string; readonly end: number }[] {
  const start = START.exec(line)
  const firstQuote = line.indexOf('"')
  if (!start || firstQuote < LOG_TIME_LENGTH + 1) return []
  const at = firstQuote - LOG_TIME_LENGTH - 1
  const ms = line[firstQuote - 1] === ' ' ? parseLogTime(ENCODER.encode(line.slice(at, firstQuote - 1)), 0) : Number.NaN
  const user = line.slice(start[0].length, Math.max(start[0].length, at)).trimEnd()
  return Number.isNaN(ms) || user === '' ? [] : [{ ms, user, end: firstQuote }]
}

/** Success outweighs refusal, then more bytes outweigh fewer. */
function severity({ status, bytes }: CombinedReading): number {
  return (isSuccess(status) ? 1e16 : 0) + (Number.isNaN(bytes) ? 0 : bytes)
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

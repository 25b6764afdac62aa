import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLog } from '../testing/read-log.ts'
import { nginxCombined, readingsOfCombinedLine } from './nginx-combined.ts'

const START = '198.51.100.7 - - [04/Mar/2021:14:06:07 +0900]'
const PLAIN = `${START} "GET / HTTP/1.1" 200 5 "-" "curl"`
const time = Date.UTC(2021, 2, 4, 5, 6, 7)

describe('the combined log', () => {
  it.each([
    {
      name: 'a line of nginx, in its zone',
      line: `${START} "GET /maps/a%20b.csv HTTP/1.1" 200 2048 "-" "curl/8.5.0"`,
      expected: {
        time_ms: time,
        remote_ip: '198.51.100.7',
        operation: 'GET',
        access: 'read',
        object_key: 'maps/a b.csv',
        status: 200,
        succeeded: 1,
        bytes_sent: 2048,
        user_agent: 'curl/8.5.0',
        readings: 1,
      },
    },
    {
      name: 'a user with spaces and brackets',
      line: `198.51.100.7 - a [04/Mar/2020:14:06:07 +0000] b [04/Mar/2021:14:06:07 +0900] "PUT /a HTTP/1.1" 403 - "-" "-"`,
      expected: {
        time_ms: time,
        requester: 'a [04/Mar/2020:14:06:07 +0000] b',
        access: 'write',
        status: 403,
        succeeded: 0,
        readings: 1,
      },
    },
    {
      name: 'a request that was none',
      line: `${START} "\\x16\\x03\\x01" 400 157 "-" "-"`,
      expected: { status: 400, request_uri: '\\x16\\x03\\x01', readings: 1 },
    },
    {
      name: 'a quote that Apache escaped',
      line: `${START} "GET / HTTP/1.1" 200 5 "-" "say \\"hi\\""`,
      expected: { user_agent: 'say \\"hi\\"', status: 200, readings: 1 },
    },
    {
      name: 'a forged refusal in the user agent: ambiguous, and believed to have succeeded',
      line: `${START} "GET /a HTTP/1.1" 200 9000 "-" "x" 403 1 "-" "y"`,
      expected: {
        status: 200,
        milder_status: 403,
        succeeded: 1,
        milder_succeeded: 0,
        bytes_sent: 9000,
        milder_bytes_sent: 1,
        readings: 3,
      },
    },
    { name: 'no line of such a log', line: 'GET / 200', expected: { readings: 0 } },
    {
      name: 'a line that breaks off',
      line: `${START} "GET / HTTP/1.1" 200 5 "-" "cu`,
      expected: { readings: 0, remote_ip: '198.51.100.7' },
    },
  ])('reads $name', ({ line, expected }) => {
    expect(readLog(nginxCombined, line).rows[0]).toMatchObject(expected)
  })

  it('takes the store from whoever knows it', () => {
    const line = `${START} "GET /a HTTP/1.1" 200 5 "-" "-"`
    expect(readLog(nginxCombined, line, { store: 'maps' }).rows[0]).toMatchObject({ bucket: 'maps' })
    expect(readLog(nginxCombined, line).rows[0]).not.toHaveProperty('bucket')
  })

  it('knows the forwarded address by what most lines of the file end with', () => {
    const main = `${START} "GET /a HTTP/1.1" 200 5 "-" "curl" "203.0.113.9"`
    const { rows } = readLog(nginxCombined, `${START} "GET /a HTTP/1.1" 200 5 "-" "curl"\n${main}\n${main}\n`)
    expect(rows[1]).toMatchObject({ user_agent: 'curl', extra: '{"forwardedFor":"203.0.113.9"}', readings: 1 })
    expect(rows[0]).toMatchObject({ readings: 0 })
  })

  it('finds exactly the readings that trying every choice of quotes finds, the truth among them', () => {
    const piece = fc.constantFrom('"', '" "', ' ', 'x', '" 403 1 "-" "', '" 200 9999 "', '" 404 - "', 'curl/8.0', '\\"')
    const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''))
    let ambiguous = 0
    fc.assert(
      fc.property(
        text,
        text,
        text,
        fc.constantFrom(200, 403),
        fc.integer({ min: 0, max: 9999 }),
        (path, referer, userAgent, status, bytes) => {
          const request = `GET /${path} HTTP/1.1`
          const line = `${START} "${request}" ${status} ${bytes} "${referer}" "${userAgent}"`
          const found = readingsOfCombinedLine(line, false)!
          expect(found.map(keyOf).sort()).toEqual(bruteForce(line).map(keyOf).sort())
          expect(found).toContainEqual(expect.objectContaining({ request, status, bytes, referer, userAgent }))
          const [, row] = readLog(nginxCombined, `${PLAIN}\n${line}\n${PLAIN}\n`).rows
          expect(row!.readings).toBe(found.length)
          expect(row!.succeeded).toBeGreaterThanOrEqual(status === 200 ? 1 : 0)
          if (found.length > 1) ambiguous += 1
          else expect(row).toMatchObject({ status, bytes_sent: bytes, request_uri: request })
        },
      ),
      { numRuns: 2000 },
    )
    expect(ambiguous).toBeGreaterThan(50)
  })

  it('stays quick on a line of nothing but quotes, and believes the worst of it', () => {
    const line = `${START} "GET / HTTP/1.1" 403 5 "-" "${'" 200 1 "-" "'.repeat(20_000)}"`
    expect(readLog(nginxCombined, line).rows[0]).toMatchObject({ succeeded: 1, milder_succeeded: 0, readings: 1000 })
  })
})

interface Plain {
  readonly request: string
  readonly status: number
  readonly bytes: number
  readonly referer: string
  readonly userAgent: string
}

function keyOf({ request, status, bytes, referer, userAgent }: Plain): string {
  return [request, status, bytes, referer, userAgent].join('\n')
}

/** Every choice of three quotes that end request, referer and user agent, tried one after the other. */
function bruteForce(line: string): Plain[] {
  const rest = line.slice(START.length + 1)
  const quotes = [...rest].flatMap((character, at) => (character === '"' ? [at] : []))
  const readings: Plain[] = []
  for (const a of quotes)
    for (const b of quotes)
      for (const c of quotes) {
        if (!(a < b && b < c) || a === 0 || c !== rest.length - 1) continue
        const middle = /^" ([1-5]\d\d) (\d{1,15}|-) "/.exec(rest.slice(a))
        if (!middle || a + middle[0].length > b || !rest.startsWith('" "', b) || b + 3 > c) continue
        const bytes = middle[2] === '-' ? Number.NaN : Number(middle[2])
        readings.push({
          request: rest.slice(1, a),
          status: Number(middle[1]),
          bytes,
          referer: rest.slice(a + middle[0].length, b),
          userAgent: rest.slice(b + 3, c),
        })
      }
  return readings
}

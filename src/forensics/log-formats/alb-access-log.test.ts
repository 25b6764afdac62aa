import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOG_SAMPLES } from '../testing/log-samples.ts'
import { readLog } from '../testing/read-log.ts'
import { albAccessLog, readingsOfAlbLine } from './alb-access-log.ts'

const LINE = LOG_SAMPLES.alb!.trimEnd()
const REQUEST = 'GET https://maps.example.com:443/files/a%20b.csv?x=1 HTTP/2.0'

describe('access logs of Application Load Balancers', () => {
  it('reads the documented line', () => {
    expect(readLog(albAccessLog, LINE).rows).toEqual([
      expect.objectContaining({
        time_ms: Date.UTC(2021, 6, 2, 22, 23, 0, 186),
        bucket: 'app/maps/50dc6c495c0c9188',
        remote_ip: '198.51.100.7',
        operation: 'GET',
        access: 'read',
        object_key: 'files/a b.csv',
        request_uri: REQUEST,
        user_agent: 'curl/8.5.0',
        status: 200,
        bytes_sent: 366,
        total_time_ms: 51,
        readings: 1,
      }),
    ])
  })

  it.each([
    { name: 'an address of IPv6', from: '198.51.100.7:2817', to: '[2001:db8::7]:2817', expected: { remote_ip: '2001:db8::7' } },
    {
      name: 'a connection that broke',
      from: '0.001 0.048 0.002 200',
      to: '-1 -1 -1 460',
      expected: { status: 460, succeeded: 0 },
    },
    {
      name: 'a request that was none',
      from: REQUEST,
      to: '- http://maps.example.com:443- -',
      expected: { readings: 1, status: 200 },
    },
    { name: 'a line of before connection traces', from: ' TID_1234abcd5678ef90', to: '', expected: { readings: 1 } },
    { name: 'a line of 2019', from: ' "10.0.0.1:80" "200" "-" "-" TID_1234abcd5678ef90', to: '', expected: { readings: 1 } },
    {
      name: 'new columns at the end',
      from: 'TID_1234abcd5678ef90',
      to: 'TID_1 "maps.example.com" "/x" "TransformSuccess"',
      expected: { readings: 1 },
    },
    { name: 'a listing', from: 'a%20b.csv?x=1', to: '?list-type=2&prefix=a', expected: { access: 'list' } },
  ])('reads $name', ({ from, to, expected }) => {
    expect(LINE).toContain(from)
    expect(readLog(albAccessLog, LINE.replace(from, to)).rows[0]).toMatchObject(expected)
  })

  it.each([
    { name: 'another type', line: LINE.replace('h2 ', 'ftp ') },
    { name: 'a line that breaks off', line: LINE.slice(0, 200) },
    { name: 'a time that is none', line: LINE.replace('2021-07-02', '2021-07-32') },
  ])('rejects $name', ({ line }) => {
    expect(readLog(albAccessLog, line).rows[0]).toMatchObject({ readings: 0 })
  })

  it('takes no request id from what a client may send', () => {
    expect(readLog(albAccessLog, LINE).rows[0]).not.toHaveProperty('request_id')
  })

  it('finds the truth among its readings whatever quotes a client sends, and status and bytes are certain', () => {
    const piece = fc.constantFrom('"', '" "', ' ', 'x', 'curl', '" - - - "a" "b" "c" 0 - "d" "e" "f"', '" "y" TLS TLSv1.2 arn')
    const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, text, (path, agent) => {
        const request = `GET https://maps.example.com:443/${path} HTTP/1.1`
        const line = LINE.replace(REQUEST, () => request).replace('"curl/8.5.0"', () => `"${agent}"`)
        const [row] = readLog(albAccessLog, line).rows
        expect(readingsOfAlbLine(line)).toContainEqual(expect.objectContaining({ request, userAgent: agent }))
        expect(row).toMatchObject({ status: 200, bytes_sent: 366, milder_status: 200 })
        if (row!.readings === 1)
          expect(row).toMatchObject({ request_uri: request, ...(agent === '' ? {} : { user_agent: agent }) })
      }),
      { numRuns: 1000 },
    )
  })

  it('stays quick and certain of the status on a line of nothing but quotes', () => {
    const line = LINE.replace('curl/8.5.0', '" "'.repeat(20_000))
    expect(readLog(albAccessLog, line).rows[0]).toMatchObject({ status: 200, bytes_sent: 366, readings: 1000 })
  })
})

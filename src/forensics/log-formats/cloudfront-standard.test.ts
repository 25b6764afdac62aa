import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOG_SAMPLES } from '../testing/log-samples.ts'
import { readLog } from '../testing/read-log.ts'
import { cloudfrontStandard } from './cloudfront-standard.ts'

const SAMPLE = LOG_SAMPLES.cloudfront!
const [VERSION, FIELDS, LINE] = SAMPLE.split('\n') as [string, string, string]
const EXPECTED = {
  time_ms: Date.UTC(2019, 11, 4, 21, 2, 31),
  bucket: 'd111111abcdef8.cloudfront.net',
  remote_ip: '192.0.2.24',
  operation: 'GET',
  access: 'read',
  object_key: '2019/a b.csv',
  status: 200,
  bytes_sent: 392,
  user_agent: 'Mozilla/5.0 (Windows NT 10.0)',
  referer: 'https://example.com/?q',
  host_header: 'maps.example.com',
  readings: 1,
}

describe('CloudFront standard logs', () => {
  it('reads the documented line, whose user agent is encoded twice', () => {
    expect(readLog(cloudfrontStandard, SAMPLE)).toMatchObject({ rows: [EXPECTED], passedOver: 2, problem: null })
  })

  it('reads the same record as JSON', () => {
    const names = FIELDS.slice('#Fields: '.length).split(' ')
    const values = LINE.split('\t')
    const record = Object.fromEntries(names.map((name, index) => [name, values[index]]))
    expect(readLog(cloudfrontStandard, `${JSON.stringify(record)}\n`).rows).toMatchObject([EXPECTED])
  })

  it('takes fields in whatever order the header says, also fewer, and a header again in the middle', () => {
    const other = '#Fields: sc-status cs-uri-stem cs-method timestamp(ms) c-ip\n404\t/x\tHEAD\t1575493351123\t2001:db8::7'
    expect(readLog(cloudfrontStandard, `${SAMPLE}${VERSION}\n${other}\n`).rows[1]).toMatchObject({
      time_ms: 1_575_493_351_123,
      status: 404,
      operation: 'HEAD',
      access: 'head',
      remote_ip: '2001:db8::7',
      object_key: 'x',
    })
  })

  it.each([
    { name: 'a viewer that left before the answer', from: '\t200\t', to: '\t000\t', expected: { status: 0, succeeded: 0 } },
    {
      name: 'an error of the edge',
      from: '\tHit\ttext/csv',
      to: '\tAccessDenied\ttext/csv',
      expected: { error_code: 'AccessDenied' },
    },
    { name: 'an address of IPv6', from: '192.0.2.24', to: '2001:db8::24', expected: { remote_ip: '2001:db8::24' } },
    { name: 'a line with a field too few', from: 'LAX1\t', to: '', expected: { readings: 0 } },
    { name: 'a line with a field too many', from: 'LAX1', to: 'LAX1\tx', expected: { readings: 0 } },
    { name: 'a time that is none', from: '2019-12-04', to: '2019-13-04', expected: { readings: 0 } },
  ])('reads $name', ({ from, to, expected }) => {
    expect(LINE).toContain(from)
    expect(readLog(cloudfrontStandard, `${VERSION}\n${FIELDS}\n${LINE.replace(from, to)}\n`).rows[0]).toMatchObject(expected)
  })

  it('rejects lines without a header above, and says why', () => {
    expect(readLog(cloudfrontStandard, `${LINE}\n${SAMPLE}`)).toMatchObject({
      problem: expect.stringContaining('#Fields'),
      rows: [{ readings: 0 }, { readings: 1 }],
    })
  })

  it('gives back every key and user agent that was written', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
        (key, agent) => {
          const line = LINE.replace('2019/a%20b.csv', () => encodeURIComponent(key)).replace(
            'Mozilla/5.0%2520(Windows%2520NT%252010.0)',
            () => `x${encodeURIComponent(encodeURIComponent(agent))}`,
          )
          const [row] = readLog(cloudfrontStandard, `${FIELDS}\n${line}\n`).rows
          expect(row).toMatchObject({ object_key: key, user_agent: `x${agent}`, readings: 1 })
        },
      ),
    )
  })
})

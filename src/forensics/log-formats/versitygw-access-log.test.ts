import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLog } from '../testing/read-log.ts'
import { readingsOfVersitygwLine, versitygwAccessLog } from './versitygw-access-log.ts'

interface Request {
  readonly key?: string
  readonly status?: number
  readonly error?: string
  readonly bytes?: number
  readonly referer?: string
  readonly agent?: string
  readonly month?: string
  readonly operation?: string
}

function line({
  key = 'a.csv',
  status = 200,
  error = '-',
  bytes = 2048,
  referer = '-',
  agent = 'curl/8.5.0',
  month = 'May',
  operation = 's3_GetObject',
}: Request): string {
  const uri = `/maps/${encodeURIComponent(key).replaceAll('%2F', '/')}`
  return `admin maps [04/${month}/2023:05:06:07 +0200] 198.51.100.7 - 1A2B3C4D5E6F7081 ${operation} ${key} ${uri} ${status} ${error} ${bytes} 2048 3 4 ${referer} ${agent} - - SigV4 - AuthHeader s3.us-east-1.amazonaws.com TLSv1.3 arn:aws:s3:::/maps/${key} Yes`
}

describe('the access log of versitygw', () => {
  it.each<{ name: string; request: Request; expected: object }>([
    {
      name: 'a request, in its zone',
      request: {},
      expected: {
        time_ms: Date.UTC(2023, 4, 4, 3, 6, 7),
        bucket: 'maps',
        object_key: 'a.csv',
        remote_ip: '198.51.100.7',
        request_id: '1A2B3C4D5E6F7081',
        access: 'read',
        status: 200,
        bytes_sent: 2048,
        tls_version: 'TLSv1.3',
        readings: 1,
      },
    },
    {
      name: 'a month as a whole word',
      request: { month: 'September' },
      expected: { time_ms: Date.UTC(2023, 8, 4, 3, 6, 7), readings: 1 },
    },
    { name: 'a key with spaces', request: { key: 'a b/c d' }, expected: { object_key: 'a b/c d', readings: 1 } },
    {
      name: 'a refusal',
      request: { status: 403, error: 'AccessDenied' },
      expected: { status: 403, succeeded: 0, error_code: 'AccessDenied' },
    },
    {
      name: 'an inner failure told in words',
      request: { status: 500, error: 'open /x: no such file' },
      expected: { status: 500, error_code: 'open /x: no such file', bytes_sent: 2048, readings: 1 },
    },
    {
      name: 'a user agent of several words',
      request: { agent: 'aws-cli/2.15 Python/3.11' },
      expected: { user_agent: 'aws-cli/2.15 Python/3.11' },
    },
    { name: 'a listing', request: { operation: 's3_ListObjectsV2' }, expected: { access: 'list' } },
    {
      name: 'a key that forges a whole other line before the true one',
      request: {
        key: 'x /maps/x 403 AccessDenied 1 1 1 1 - curl - - SigV4 - AuthHeader s3.us-east-1.amazonaws.com - arn:aws:s3:::/maps/x Yes',
      },
      expected: { status: 200, bytes_sent: 2048, readings: 1 },
    },
    {
      name: 'a user agent that forges the end of the line',
      request: { agent: 'c - - SigV4 - AuthHeader s3.us-east-1.amazonaws.com - arn:aws:s3:::/maps/other Yes' },
      expected: { object_key: 'a.csv', status: 200, readings: 1 },
    },
  ])('reads $name', ({ request, expected }) => {
    expect(readLog(versitygwAccessLog, line(request)).rows[0]).toMatchObject(expected)
  })

  it('counts the line that a log begins with as no request', () => {
    expect(readLog(versitygwAccessLog, `log starts 2023-05-04 05:00:00 +0000 UTC\n${line({})}\n`)).toMatchObject({
      passedOver: 1,
      rows: [{ readings: 1 }],
    })
  })

  it('rejects a line that a line break in a key cut in pieces', () => {
    const rows = readLog(versitygwAccessLog, line({ key: 'a\nb' })).rows
    expect(rows.map(({ readings }) => readings)).toEqual([0, 0, 0])
  })

  it('has the truth among its readings whatever the client writes', () => {
    const piece = fc.constantFrom(
      'a',
      ' ',
      '/',
      '200',
      ' 200 - 9 9 9 9 - x - -',
      ' /maps/a 403 X 1 1 1 1 ',
      ' SigV4 - AuthHeader s3.x.amazonaws.com - arn:aws:s3:::/maps/a Yes',
      ' Yes',
      ' - -',
    )
    const text = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => `k${pieces.join('')}k`)
    fc.assert(
      fc.property(text, text, fc.constantFrom(200, 403), (key, agent, status) => {
        const written = line({ key, agent, status, error: status === 403 ? 'AccessDenied' : '-' })
        expect(readingsOfVersitygwLine(written)).toContainEqual(expect.objectContaining({ key, status, bucket: 'maps' }))
        const [row] = readLog(versitygwAccessLog, written).rows
        if (row!.readings === 1) expect(row).toMatchObject({ object_key: key, status, bytes_sent: 2048 })
        expect(row!.succeeded).toBeGreaterThanOrEqual(status === 200 ? 1 : 0)
      }),
      { numRuns: 1000 },
    )
  })
})

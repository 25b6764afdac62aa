import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { s3LineFields, writeS3Line } from '../testing/s3-line-model.ts'
import { oracleReadings } from '../testing/s3-line-oracle.ts'
import { ColumnBatch, type NumberColumn, TEXT_COLUMNS, type TextColumn } from './column-batch.ts'
import { MAX_RECORD_BYTES } from './log-format.ts'
import { readingsOfS3Line, s3ServerAccessLog } from './s3-server-access-log.ts'

const OWNER = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'
const SAFE = `${OWNER} maps [06/Feb/2019:00:00:38 +0000] 192.0.2.3 - 3E57427F3EXAMPLE REST.GET.OBJECT a.csv`
const TAIL = '- s9lzHYrFp76ZVxRc= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader maps.s3.us-west-1.amazonaws.com'

type Expected = Partial<Record<TextColumn, string | null> & Record<NumberColumn, number | null>>

function parse(text: string | Uint8Array): ColumnBatch {
  const batch = new ColumnBatch()
  s3ServerAccessLog.open().push(typeof text === 'string' ? new TextEncoder().encode(text) : text, 0, true, batch)
  return batch
}

function cells(batch: ColumnBatch, row: number, expected: Expected): Expected {
  const read = (name: string) =>
    TEXT_COLUMNS.includes(name as TextColumn) ? batch.text(name as TextColumn, row) : batch.number(name as NumberColumn, row)
  return Object.fromEntries(Object.keys(expected).map((name) => [name, read(name)])) as Expected
}

describe('one line', () => {
  it.each<{ name: string; line: string; expected: Expected }>([
    {
      name: 'a line of 27 columns, the last the source region',
      line: `${SAFE} "GET /a.csv HTTP/1.1" 200 - 113 2048 7 6 "https://example.com/" "curl/8.5.0" ${TAIL} TLSv1.2 arn:aws:s3:us-west-1:111122223333:accesspoint/example-AP Yes us-east-1`,
      expected: {
        readings: 1,
        column_count: 27,
        bucket_owner: OWNER,
        bucket: 'maps',
        time_ms: Date.UTC(2019, 1, 6, 0, 0, 38),
        remote_ip: '192.0.2.3',
        requester: null,
        request_id: '3E57427F3EXAMPLE',
        operation: 'REST.GET.OBJECT',
        key: 'a.csv',
        request_uri: 'GET /a.csv HTTP/1.1',
        status: 200,
        succeeded: 1,
        error_code: null,
        bytes_sent: 113,
        object_size: 2048,
        total_time_ms: 7,
        turn_around_time_ms: 6,
        referer: 'https://example.com/',
        user_agent: 'curl/8.5.0',
        version_id: null,
        host_id: 's9lzHYrFp76ZVxRc=',
        signature_version: 'SigV4',
        cipher_suite: 'ECDHE-RSA-AES128-GCM-SHA256',
        authentication_type: 'AuthHeader',
        host_header: 'maps.s3.us-west-1.amazonaws.com',
        tls_version: 'TLSv1.2',
        access_point_arn: 'arn:aws:s3:us-west-1:111122223333:accesspoint/example-AP',
        acl_required: 'Yes',
        source_region: 'us-east-1',
      },
    },
    {
      name: 'a line of 18 columns of 2010',
      line: `${SAFE} "GET /a.csv HTTP/1.0" 403 AccessDenied 243 - 4 - "-" "-" -`,
      expected: {
        readings: 1,
        column_count: 18,
        status: 403,
        succeeded: 0,
        error_code: 'AccessDenied',
        user_agent: null,
        host_id: null,
      },
    },
    {
      name: 'a line of 25 columns',
      line: `${SAFE} "GET /a.csv HTTP/1.1" 206 - 9 - 4 - "-" "-" ${TAIL} TLSV1.1 -`,
      expected: {
        readings: 1,
        column_count: 25,
        succeeded: 1,
        tls_version: 'TLSV1.1',
        access_point_arn: null,
        acl_required: null,
      },
    },
    {
      name: 'a line of 26 columns',
      line: `${SAFE} "GET /a.csv HTTP/1.1" 304 - - - 4 - "-" "-" ${TAIL} TLSv1.2 - Yes`,
      expected: {
        readings: 1,
        column_count: 26,
        status: 304,
        succeeded: 0,
        bytes_sent: null,
        acl_required: 'Yes',
        source_region: null,
      },
    },
    {
      name: 'a host id with a space',
      line: `${SAFE} "GET /a.csv HTTP/1.1" 200 - 9 - 4 - "-" "x" - Ax5uPq Zr9tLm= - - - maps.s3.amazonaws.com -`,
      expected: {
        readings: 1,
        column_count: 24,
        host_id: 'Ax5uPq Zr9tLm=',
        signature_version: null,
        host_header: 'maps.s3.amazonaws.com',
      },
    },
    {
      name: 'a record that S3 made itself, with nothing quoted',
      line: `${OWNER} maps [06/Feb/2019:00:00:38 +0000] - AmazonS3 3E57427F3EXAMPLE S3.EXPIRE.OBJECT a.csv - - - - 2048 - - - - - - - - - - - - -`,
      expected: {
        status: null,
        succeeded: null,
        object_size: 2048,
        remote_ip: null,
        requester: 'AmazonS3',
        request_uri: null,
        readings: 1,
        column_count: 26,
      },
    },
    {
      name: 'a batch deletion: a status, and a bare dash for the URI',
      line: `${OWNER} maps [06/Feb/2019:00:00:38 +0000] - svc:s3.amazonaws.com 3E57427F3EXAMPLE BATCH.DELETE.OBJECT a.csv - 204 - - 2048 - - - - - Ax5u= - - - maps.s3.amazonaws.com - -`,
      expected: { status: 204, succeeded: 1, object_size: 2048, readings: 1, host_header: 'maps.s3.amazonaws.com' },
    },
    {
      name: 'an address of IPv6 and a zone two hours east',
      line: `${OWNER} maps [01/Mar/2020:00:30:00 +0200] 2001:db8::17 - 3E57427F3EXAMPLE REST.GET.OBJECT a "GET /a HTTP/1.1" 200 - 1 1 1 1 "-" "-" -`,
      expected: { time_ms: Date.UTC(2020, 1, 29, 22, 30), remote_ip: '2001:db8::17', readings: 1 },
    },
    {
      name: 'a key that the log encoded a second time',
      line: `${OWNER} maps [01/Mar/2020:00:30:00 +0000] 192.0.2.3 - 3E57427F3EXAMPLE REST.GET.OBJECT say%2522hi%2522%253F "GET /say%22hi%22%3F HTTP/1.1" 200 - 1 1 1 1 "-" "-" -`,
      expected: { key: 'say%2522hi%2522%253F', object_key: 'say"hi"?', readings: 1 },
    },
    {
      name: 'an object of 4e11 bytes',
      line: `${SAFE} "GET /a.csv HTTP/1.1" 200 - 400000000000 400000000000 7 6 "-" "-" -`,
      expected: { bytes_sent: 400_000_000_000, object_size: 400_000_000_000 },
    },
    {
      name: 'a SOAP operation and OPTIONS *',
      line: `${OWNER} maps [01/Mar/2020:00:30:00 +0000] 192.0.2.3 - 3E57427F3EXAMPLE SOAP.GetObject - "OPTIONS * HTTP/1.1" 200 - 1 1 1 1 "-" "-" -`,
      expected: { operation: 'SOAP.GetObject', request_uri: 'OPTIONS * HTTP/1.1', key: null, readings: 1 },
    },
    {
      name: 'a forged refusal in the user agent: ambiguous, and believed to have succeeded',
      line: `${SAFE} "GET /a.csv HTTP/1.1" 200 - 9000 9000 7 - "-" "x" 403 AccessDenied 243 - 1 - "-" "y" ${TAIL} TLSv1.2 -`,
      expected: {
        readings: 3,
        status: 200,
        milder_status: 403,
        succeeded: 1,
        milder_succeeded: 0,
        bytes_sent: 9000,
        milder_bytes_sent: 243,
      },
    },
    {
      name: 'a forged success on a refused request: ambiguous, and counted as if it had succeeded',
      line: `${SAFE} "GET /a.csv HTTP/1.1" 403 AccessDenied 243 - 7 - "-" "x" 200 - 9000 9000 1 - "-" "y" ${TAIL} TLSv1.2 -`,
      expected: { readings: 3, status: 200, milder_status: 403, bytes_sent: 9000 },
    },
    {
      name: 'a quote in the user agent that forges nothing',
      line: `${SAFE} "GET /a.csv HTTP/1.1" 200 - 1 1 1 1 "-" "a "quoted" word" ${TAIL} TLSv1.2 -`,
      expected: { readings: 1, status: 200, user_agent: 'a "quoted" word', referer: null },
    },
    {
      name: 'a referer and a user agent that can be parted in two ways: fields in doubt, status not',
      line: `${SAFE} "GET /a.csv HTTP/1.1" 200 - 1 1 1 1 "-" "a" "b" -`,
      expected: { readings: 2, status: 200, milder_status: 200, succeeded: 1, milder_succeeded: 1 },
    },
    {
      name: 'a line that breaks off',
      line: `${SAFE} "GET /a.csv HTTP/1.1" 200 - 1`,
      expected: { readings: 0, bucket: 'maps', status: null },
    },
    {
      name: 'a time that is none',
      line: SAFE.replace('06/Feb', '31/Feb'),
      expected: { readings: 0, bucket: null, time_ms: null },
    },
    { name: 'a line that is no access log', line: 'time,level,message', expected: { readings: 0, bucket: null } },
  ])('$name', ({ line, expected }) => {
    expect(cells(parse(line), 0, expected)).toEqual(expected)
  })
})

describe('a file', () => {
  const line = `${SAFE} "GET /a.csv HTTP/1.1" 200 - 1 1 1 1 "-" "-" -`

  it('gives each line its offset and length, whatever ends it, and skips empty lines only', () => {
    const batch = parse(`${line}\r\n\n${line}\nnoise\n${line}`)
    const offsets = Array.from({ length: batch.rowCount }, (_, row) => [
      batch.numbers.line_offset[row],
      batch.numbers.line_length[row],
    ])
    expect(offsets).toEqual([
      [0, line.length],
      [line.length + 3, line.length],
      [2 * line.length + 4, 5],
      [2 * line.length + 10, line.length],
    ])
  })

  it('writes bytes that are no UTF-8 as \\xNN and says so', () => {
    const bytes = Uint8Array.from(
      [...`${SAFE} "GET /a.csv HTTP/1.1" 200 - 1 1 1 1 "-" "caf?" -`].map((c) => (c === '?' ? 0xe9 : c.charCodeAt(0))),
    )
    expect(cells(parse(bytes), 0, { user_agent: 'caf\\xe9', escaped: 1, readings: 1 })).toEqual({
      user_agent: 'caf\\xe9',
      escaped: 1,
      readings: 1,
    })
  })

  it('keeps text of other scripts as it is', () => {
    expect(parse(`${SAFE} "GET /a.csv HTTP/1.1" 200 - 1 1 1 1 "-" "地図 🚗" -`).text('user_agent', 0)).toBe('地図 🚗')
  })

  it('rejects an endless line by its first bytes and reads on after it, the same in pieces as in one', () => {
    const long = new TextEncoder().encode(`${line}\n${'x'.repeat(3 * MAX_RECORD_BYTES)}\n${line}\n`)
    const whole = rowsInPieces(long, long.length)
    expect(whole.map(([, , readings]) => readings)).toEqual([1, 0, 1])
    expect(rowsInPieces(long, MAX_RECORD_BYTES + 7)).toEqual(whole)
  })

  it('gives the same rows however the file is cut', () => {
    const text = new TextEncoder().encode(`${line}\nnoise\n\n${SAFE} "x" 200\r\n${line}`)
    const whole = rowsInPieces(text, text.length)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: text.length }), (size) => {
        expect(rowsInPieces(text, size)).toEqual(whole)
      }),
    )
  })

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        const batch = parse(noise)
        for (let row = 0; row < batch.rowCount; row++) expect(batch.numbers.readings[row]).toBe(0)
      }),
    )
  })
})

describe('laws', () => {
  it('reads every field of a harmless line right', () => {
    fc.assert(
      fc.property(s3LineFields(false), (fields) => {
        const batch = parse(writeS3Line(fields))
        const expected = truth(fields)
        expect(cells(batch, 0, expected)).toEqual(expected)
      }),
      { numRuns: 2000 },
    )
  })

  it('has no wrong field on a hostile line that it calls certain, and weighs the truth on one that it calls ambiguous', () => {
    let ambiguous = 0
    fc.assert(
      fc.property(s3LineFields(true), (fields) => {
        const line = writeS3Line(fields)
        const batch = parse(line)
        const expected = truth(fields)
        if (batch.number('readings', 0) === 1) expect(cells(batch, 0, expected)).toEqual(expected)
        else {
          ambiguous += 1
          expect(readingsOfS3Line(new TextEncoder().encode(line))).toContainEqual(
            expect.objectContaining({
              requestUri: dash(fields.uri),
              status: fields.status,
              bytesSent: dash(fields.bytes),
              referer: dash(fields.referer),
              userAgent: dash(fields.userAgent),
            }),
          )
          expect(batch.number('succeeded', 0)).toBeGreaterThanOrEqual(expected.succeeded!)
          expect(batch.number('bytes_sent', 0) ?? 0).toBeGreaterThanOrEqual(expected.bytes_sent ?? 0)
        }
      }),
      { numRuns: 5000 },
    )
    expect(ambiguous).toBeGreaterThan(100)
  })

  it('finds exactly the readings that a brute-force search finds', () => {
    fc.assert(
      fc.property(s3LineFields(true), (fields) => {
        const line = writeS3Line(fields)
        const brute = oracleReadings(line).map((reading) =>
          [reading.uri, reading.status, reading.bytes, reading.referer, reading.userAgent].join('\n'),
        )
        const found = readingsOfS3Line(new TextEncoder().encode(line)).map((reading) =>
          [reading.requestUri, reading.status, reading.bytesSent, reading.referer, reading.userAgent]
            .map((text) => text ?? '-')
            .join('\n'),
        )
        expect(found.sort()).toEqual(brute.sort())
        expect(parse(line).number('readings', 0)).toBe(brute.length)
      }),
      { numRuns: 3000 },
    )
  })

  it('stays quick on a line of nothing but forged quotes', () => {
    const forged = '" 403 AccessDenied 243 - 7 - "-" "'.repeat(3000)
    const batch = parse(`${SAFE} "GET / HTTP/1.1" 200 - 1 1 1 1 "-" "${forged}" ${TAIL} TLSv1.2 -`)
    expect(cells(batch, 0, { status: 200, succeeded: 1, milder_succeeded: 0, readings: 1000 })).toEqual({
      status: 200,
      succeeded: 1,
      milder_succeeded: 0,
      readings: 1000,
    })
  })
})

function rowsInPieces(bytes: Uint8Array, size: number): readonly (readonly [number, number, number])[] {
  const reader = s3ServerAccessLog.open()
  const batch = new ColumnBatch()
  const rows: [number, number, number][] = []
  let from = 0
  for (let to = Math.min(size, bytes.length); ; to = Math.min(to + size, bytes.length)) {
    const atEnd = to === bytes.length
    from += reader.push(bytes.subarray(from, to), from, atEnd, batch)
    for (let row = 0; row < batch.rowCount; row++) {
      rows.push([batch.numbers.line_offset[row]!, batch.numbers.line_length[row]!, batch.numbers.readings[row]!])
    }
    if (atEnd) return rows
  }
}

function truth(fields: Parameters<typeof writeS3Line>[0]): Expected {
  const [versionId, hostId, signature, cipher, authentication, host, tls, arn, acl, region] = fields.tail
  return {
    bucket: fields.bucket,
    time_ms: fields.epochSeconds * 1000,
    remote_ip: dash(fields.ip),
    requester: dash(fields.requester),
    request_id: dash(fields.requestId),
    operation: fields.operation,
    key: dash(fields.key),
    request_uri: dash(fields.uri),
    status: Number(fields.status),
    succeeded: fields.status.startsWith('2') ? 1 : 0,
    error_code: dash(fields.error),
    bytes_sent: number(fields.bytes),
    object_size: number(fields.size),
    total_time_ms: number(fields.total),
    turn_around_time_ms: number(fields.turn),
    referer: dash(fields.referer),
    user_agent: dash(fields.userAgent),
    version_id: dash(versionId),
    host_id: dash(hostId),
    signature_version: dash(signature),
    cipher_suite: dash(cipher),
    authentication_type: dash(authentication),
    host_header: dash(host),
    tls_version: dash(tls),
    access_point_arn: dash(arn),
    acl_required: dash(acl),
    source_region: dash(region),
    column_count: 17 + fields.tail.length,
  }
}

function dash(text: string | undefined): string | null {
  return text === undefined || text === '-' ? null : text
}

function number(text: string): number | null {
  return text === '-' ? null : Number(text)
}

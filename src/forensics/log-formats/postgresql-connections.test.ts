import { describe, expect, it } from 'vitest'
import { readLog } from '../testing/read-log.ts'
import { postgresqlConnections, readingsOfMessage } from './postgresql-connections.ts'

const time = Date.UTC(2023, 4, 4, 5, 6, 7)
const AUTHORIZED = 'LOG:  connection authorized: user=app database=crm'

describe('prefixes', () => {
  it.each([
    { name: '%t:%r:%u@%d:[%p]: (RDS)', prefix: '2023-05-04 05:06:07 UTC:198.51.100.7(51234):app@crm:[2241]:' },
    {
      name: '%m:%r:%u@%d:[%p]:%l:%e:%s:%v:%x:%c:%q%a: (RDS)',
      prefix:
        '2023-05-04 05:06:07.000 UTC:198.51.100.7(51234):app@crm:[2241]:5:00000:2023-05-04 05:06:07 UTC:3/17:0:6453.8c1:psql:',
    },
    {
      name: '%t:%r:%u@%d:[%p]:%l:%e:%s:%v:%x:%c:%q%a',
      prefix: '2023-05-04 05:06:07 UTC:198.51.100.7(51234):app@crm:[2241]:5:00000:2023-05-04 05:06:07 UTC:3/17:0:6453.8c1:',
    },
    { name: '%m [%p] %q%u@%d %h ', prefix: '2023-05-04 14:06:07.000 +09 [2241] app@crm 198.51.100.7 ' },
    { name: 'IPv6', prefix: '2023-05-04 05:06:07 UTC:2001:db8::7(51234):app@crm:[2241]:', address: '2001:db8::7' },
  ])('$name', ({ prefix, address = '198.51.100.7' }) => {
    expect(readLog(postgresqlConnections, `${prefix}${AUTHORIZED}`).rows[0]).toMatchObject({
      time_ms: time,
      remote_ip: address,
      requester: 'app',
      bucket: 'crm',
      succeeded: 1,
      readings: 1,
    })
  })

  it('gives a connection the address of its process where its prefix has none', () => {
    const { rows } = readLog(
      postgresqlConnections,
      [
        '2023-05-04 05:06:07.000 UTC [7] LOG:  connection received: host=198.51.100.7 port=51234',
        '2023-05-04 05:06:07.000 UTC [8] LOG:  connection received: host=198.51.100.8 port=51235',
        `2023-05-04 05:06:07.001 UTC [7] ${AUTHORIZED}`,
        '2023-05-04 05:06:08.001 UTC [7] LOG:  disconnection: session time: 0:00:01.000 user=app database=crm host=198.51.100.7 port=51234',
        `2023-05-04 05:06:09.001 UTC [7] ${AUTHORIZED}`,
      ].join('\n'),
    )
    expect(rows.map(({ remote_ip }) => remote_ip)).toEqual([
      '198.51.100.7',
      '198.51.100.8',
      '198.51.100.7',
      '198.51.100.7',
      undefined,
    ])
  })

  it('rejects a connection whose zone may be several', () => {
    expect(readLog(postgresqlConnections, `2023-05-04 05:06:07 CST [7] ${AUTHORIZED}`).rows[0]).toMatchObject({ readings: 0 })
  })

  it('passes over statements, and the rest of messages of several lines', () => {
    const log =
      '2023-05-04 05:06:07 UTC [7] LOG:  statement: SELECT 1\n\tFROM x\n2023-05-04 05:06:07 UTC [7] ERROR:  relation "x" does not exist\n'
    expect(readLog(postgresqlConnections, log)).toMatchObject({ rows: [], passedOver: 3 })
  })
})

describe('messages', () => {
  it.each<{ severity?: string; message: string; expected: readonly object[] }>([
    {
      message: 'connection received: host=198.51.100.7 port=51234',
      expected: [{ operation: 'connection received', succeeded: null, address: '198.51.100.7', port: '51234' }],
    },
    { message: 'connection received: host=[local]', expected: [{ operation: 'connection received', succeeded: null }] },
    {
      message: 'connection authenticated: identity="app" method=scram-sha-256 (/x/pg_hba.conf:9)',
      expected: [{ operation: 'connection authenticated', succeeded: null, user: 'app', method: 'scram-sha-256' }],
    },
    {
      message:
        'connection authorized: user=app database=crm application_name=psql SSL enabled (protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, bits=256)',
      expected: [
        {
          operation: 'connection authorized',
          succeeded: true,
          user: 'app',
          database: 'crm',
          application: 'psql',
          tls: 'TLSv1.3',
          cipher: 'TLS_AES_256_GCM_SHA384',
        },
      ],
    },
    {
      message: 'connection authorized: user=app database=crm application_name=x database=y',
      expected: [
        { operation: 'connection authorized', succeeded: true, user: 'app', database: 'crm', application: 'x database=y' },
      ],
    },
    {
      message: 'connection authorized: user=a database=b database=c',
      expected: [
        { operation: 'connection authorized', succeeded: true, user: 'a', database: 'b database=c' },
        { operation: 'connection authorized', succeeded: true, user: 'a database=b', database: 'c' },
      ],
    },
    {
      message: 'disconnection: session time: 0:00:00.123 user=app database=crm host=198.51.100.7 port=51234',
      expected: [
        { operation: 'disconnection', succeeded: null, user: 'app', database: 'crm', address: '198.51.100.7', port: '51234' },
      ],
    },
    {
      severity: 'FATAL',
      message: 'password authentication failed for user "app"',
      expected: [{ operation: 'authentication failed', succeeded: false, user: 'app' }],
    },
    {
      severity: 'FATAL',
      message: 'no pg_hba.conf entry for host "198.51.100.7", user "app", database "crm", no encryption',
      expected: [{ operation: 'authentication failed', succeeded: false, address: '198.51.100.7', user: 'app', database: 'crm' }],
    },
    { severity: 'ERROR', message: 'connection received: host=198.51.100.7 port=1', expected: [] },
    { message: 'checkpoint starting: time', expected: [] },
  ])('$message', ({ severity = 'LOG', message, expected }) => {
    expect(readingsOfMessage(severity, message)).toEqual(expected)
  })

  it('stays quick on names that repeat the parts of a message', () => {
    expect(
      readingsOfMessage('LOG', `connection authorized: user=a${' database=b application_name=c'.repeat(20_000)}`).length,
    ).toBeLessThanOrEqual(100)
  })
})

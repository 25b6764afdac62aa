import { describe, expect, it } from 'vitest'
import { LOG_SAMPLES } from '../testing/log-samples.ts'
import { readLog } from '../testing/read-log.ts'
import { nlbAccessLog } from './nlb-access-log.ts'

const LINE = LOG_SAMPLES.nlb!.trimEnd()

describe('access logs of Network Load Balancers', () => {
  it.each([
    {
      name: 'the documented line, in UTC',
      line: LINE,
      expected: {
        time_ms: Date.UTC(2020, 3, 1, 8, 51, 42),
        bucket: 'net/my-network-loadbalancer/c6e77e28c25b2234',
        remote_ip: '198.51.100.7',
        operation: 'TLS',
        access: 'other',
        bytes_sent: 246,
        host_header: 'maps.example.com',
        succeeded: 1,
        readings: 1,
      },
    },
    {
      name: 'a handshake that failed',
      line: LINE.replace(' 98 246 - ', ' 0 0 40 '),
      expected: { error_code: '40', succeeded: 0 },
    },
    {
      name: 'version 1.0',
      line: LINE.replace('tls 2.0', 'tls 1.0').split(' ').slice(0, 18).join(' '),
      expected: { readings: 1 },
    },
    {
      name: 'an address of IPv6',
      line: LINE.replace('198.51.100.7:51341', '[2001:db8::7]:51341'),
      expected: { remote_ip: '2001:db8::7' },
    },
    { name: 'too few fields', line: LINE.split(' ').slice(0, 12).join(' '), expected: { readings: 0 } },
    { name: 'another protocol', line: LINE.replace('tls', 'udp'), expected: { readings: 0 } },
  ])('reads $name', ({ line, expected }) => {
    expect(readLog(nlbAccessLog, line).rows[0]).toMatchObject(expected)
  })
})

import { describe, expect, it } from 'vitest'
import { readLog } from '../testing/read-log.ts'
import { vpcFlowLog } from './vpc-flow-log.ts'

const DEFAULT = '2 111122223333 eni-1235b8ca123456789 198.51.100.7 10.0.0.5 49761 5432 6 20 4249 1418530010 1418530070 ACCEPT OK'
const V7 =
  'version vpc-id subnet-id instance-id interface-id account-id type srcaddr dstaddr srcport dstport pkt-srcaddr pkt-dstaddr protocol bytes packets start end action tcp-flags log-status flow-direction traffic-path region az-id pkt-src-aws-service pkt-dst-aws-service ecs-cluster-arn ecs-task-id'

function v7({
  src = '10.0.0.5',
  dst = '10.0.0.62',
  pktSrc = '10.0.0.5',
  pktDst = '198.51.100.7',
  direction = 'egress',
  ports = '5432 39812',
}): string {
  return `7 vpc-1 subnet-1 - eni-1 111122223333 IPv4 ${src} ${dst} ${ports} ${pktSrc} ${pktDst} 6 5380 17 1599160000 1599160060 ACCEPT 19 OK ${direction} 8 us-east-1 use1-az1 - - - -`
}

describe('VPC flow logs', () => {
  it.each([
    {
      name: 'a default line without a header: the side with the higher port is the client',
      log: DEFAULT,
      expected: {
        time_ms: 1_418_530_010_000,
        bucket: 'eni-1235b8ca123456789',
        account: '111122223333',
        remote_ip: '198.51.100.7',
        operation: 'ACCEPT',
        access: 'other',
        succeeded: 1,
        readings: 1,
      },
    },
    {
      name: 'the answer, whose bytes are bytes sent',
      log: DEFAULT.replace('198.51.100.7 10.0.0.5 49761 5432', '10.0.0.5 198.51.100.7 5432 49761'),
      expected: { remote_ip: '198.51.100.7', bytes_sent: 4249, readings: 1 },
    },
    { name: 'equal ports: who asked is in doubt', log: DEFAULT.replace('49761 5432', '5432 5432'), expected: { readings: 2 } },
    {
      name: 'a ping, which has no ports',
      log: DEFAULT.replace('49761 5432 6', '0 0 1'),
      expected: { readings: 1, remote_ip: '198.51.100.7' },
    },
    { name: 'a refusal', log: DEFAULT.replace('ACCEPT', 'REJECT'), expected: { operation: 'REJECT', succeeded: 0 } },
    {
      name: 'records that were skipped',
      log: '2 111122223333 eni-1 - - - - - - - 1431280876 1431280934 - SKIPDATA',
      expected: { error_code: 'SKIPDATA', readings: 1 },
    },
    {
      name: 'an interface without traffic',
      log: '2 111122223333 eni-1 - - - - - - - 1431280876 1431280934 - NODATA',
      expected: { error_code: 'NODATA', readings: 1 },
    },
    { name: 'IPv6', log: DEFAULT.replace('198.51.100.7', '2001:db8::7'), expected: { remote_ip: '2001:db8::7' } },
    {
      name: 'a header of version 7, egress through a NAT gateway',
      log: `${V7}\n${v7({})}`,
      expected: { remote_ip: '198.51.100.7', bytes_sent: 5380, source_region: 'us-east-1', readings: 1 },
    },
    {
      name: 'ingress by direction, whatever the ports',
      log: `${V7}\n${v7({ src: '198.51.100.7', dst: '10.0.0.5', pktSrc: '198.51.100.7', pktDst: '10.0.0.5', direction: 'ingress' })}`,
      expected: { remote_ip: '198.51.100.7' },
    },
    { name: 'a line of another number of fields', log: `${V7}\n${DEFAULT}`, expected: { readings: 0 } },
    { name: 'bytes that are none', log: DEFAULT.replace('4249', 'many'), expected: { readings: 0 } },
  ])('reads $name', ({ log, expected }) => {
    expect(readLog(vpcFlowLog, log).rows[0]).toMatchObject(expected)
  })

  it('leaves bytes of ingress out of what was sent', () => {
    expect(readLog(vpcFlowLog, DEFAULT).rows[0]).not.toHaveProperty('bytes_sent')
  })
})

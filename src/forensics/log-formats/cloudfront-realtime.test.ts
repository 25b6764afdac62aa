import { describe, expect, it } from 'vitest'
import { LOG_SAMPLES } from '../testing/log-samples.ts'
import { readLog } from '../testing/read-log.ts'
import { cloudfrontRealtime } from './cloudfront-realtime.ts'

const SAMPLE = LOG_SAMPLES['cloudfront-realtime']!
const FEW = ['timestamp', 'c-ip', 'sc-status', 'sc-bytes', 'cs-method', 'cs-host', 'cs-uri-stem']
const FEW_LINE = '1575493351.12\t192.0.2.24\t206\t9\tGET\td1.cloudfront.net\t/a%20b.csv\n'

describe('CloudFront real-time logs', () => {
  it('reads lines of all documented fields, and says that it took them for those', () => {
    expect(readLog(cloudfrontRealtime, SAMPLE).rows).toMatchObject([
      {
        time_ms: 1_575_493_351_123,
        remote_ip: '192.0.2.24',
        status: 200,
        object_key: 'a.csv',
        user_agent: 'curl/8.5.0',
        extra: expect.stringContaining('"fields":"documented order"'),
        readings: 1,
      },
    ])
  })

  it('reads fewer fields by the log configuration', () => {
    expect(readLog(cloudfrontRealtime, FEW_LINE, { cloudfrontRealtimeFields: FEW })).toMatchObject({
      problem: null,
      rows: [
        {
          time_ms: 1_575_493_351_120,
          status: 206,
          bytes_sent: 9,
          object_key: 'a b.csv',
          bucket: 'd1.cloudfront.net',
          extra: '{"fields":"log configuration"}',
          readings: 1,
        },
      ],
    })
  })

  it.each([
    { name: 'no configuration is given', settings: undefined, problem: 'are not known' },
    { name: 'another configuration is given', settings: { cloudfrontRealtimeFields: FEW.slice(1) }, problem: 'names 6' },
  ])('rejects lines of fewer fields where $name', ({ settings, problem }) => {
    expect(readLog(cloudfrontRealtime, FEW_LINE, settings)).toMatchObject({
      problem: expect.stringContaining(problem),
      rows: [{ readings: 0 }],
    })
  })

  it('rejects lines in which a configuration of as many fields finds no address or status', () => {
    const swapped = ['timestamp', 'cs-host', 'cs-uri-stem', 'sc-bytes', 'cs-method', 'sc-status', 'c-ip']
    expect(readLog(cloudfrontRealtime, FEW_LINE, { cloudfrontRealtimeFields: swapped }).rows).toMatchObject([{ readings: 0 }])
  })
})

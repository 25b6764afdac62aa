import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, describe, expect, it } from 'vitest'
import { readLog, readTableLog } from '../testing/read-log.ts'
import { cloudtrailLake } from './cloudtrail-lake.ts'
import { ocsfApiActivity, securityLakeApiActivity } from './ocsf-api-activity.ts'
import { recogniseTableLogFormat } from './registry.ts'
import { tableLogFormatOf } from './table-file.ts'

const root = mkdtempSync(join(tmpdir(), 'ajar-parquet-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A Parquet file as another engine writes it. */
async function written(select: string, codec = 'zstd'): Promise<ArrayBuffer> {
  const path = join(root, 'log.parquet')
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect()
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet, COMPRESSION ${codec}, ROW_GROUP_SIZE 2048)`)
  connection.closeSync()
  return new Uint8Array(readFileSync(path)).buffer
}

const OCSF = `SELECT
    {'uid': 'e' || i, 'product': {'name': 'CloudTrail', 'vendor_name': 'AWS'}, 'version': '1.1.0'} AS metadata,
    1614834367000 + i AS "time", 6003 AS class_uid, 'API Activity' AS class_name, {'region': 'us-east-1', 'provider': 'AWS'} AS cloud,
    {'operation': CASE WHEN i % 3 = 2 THEN 'PutBucketPolicy' ELSE 'GetObject' END, 'service': {'name': 's3.amazonaws.com'},
      'request': {'uid': 'R' || i, 'data': '{"bucketName":"maps","key":"2019/' || i || '.csv"}'}, 'response': {'error': CASE WHEN i % 3 = 1 THEN 'AccessDenied' END}} AS api,
    {'user': {'type': 'AWSAccount', 'uid': NULL::VARCHAR, 'account': {'uid': 'anonymous'}}} AS actor,
    {'ip': '198.51.100.7', 'domain': NULL::VARCHAR, 'uid': NULL::VARCHAR} AS src_endpoint, {'user_agent': 'curl/8.5.0'} AS http_request,
    CASE WHEN i % 3 = 1 THEN 2 ELSE 1 END AS status_id,
    [{'uid': 'arn:aws:s3:::maps', 'type': 'AWS::S3::Bucket'}] AS resources,
    MAP {'eventCategory': CASE WHEN i % 3 = 2 THEN 'Management' ELSE 'Data' END, 'additionalEventData.bytesTransferredOut': '2048'} AS unmapped
  FROM range(ROWS) AS numbers(i)`

const LAKE = `SELECT '1.08' AS eventversion,
    {'type': 'AssumedRole', 'principalid': 'A:x', 'arn': 'arn:aws:sts::111122223333:assumed-role/x/y', 'accountid': '111122223333'} AS useridentity,
    TIMESTAMP '2021-03-04 05:06:07' AS eventtime, 's3.amazonaws.com' AS eventsource, CASE WHEN i = 1 THEN 'PutBucketPolicy' ELSE 'GetObject' END AS eventname,
    'us-east-1' AS awsregion, '198.51.100.7' AS sourceipaddress, 'curl/8.5.0' AS useragent, NULL::VARCHAR AS errorcode,
    MAP {'bucketName': 'maps', 'key': '2019/' || i || '.csv'} AS requestparameters, MAP {'bytesTransferredOut': '2048'} AS additionaleventdata,
    'R' || i AS requestid, 'e' || i AS eventid, [{'accountid': '111122223333', 'type': 'AWS::S3::Bucket', 'arn': 'arn:aws:s3:::maps'}] AS resources,
    i = 1 AS managementevent, CASE WHEN i = 1 THEN 'Management' ELSE 'Data' END AS eventcategory,
    {'tlsversion': 'TLSv1.3', 'ciphersuite': 'TLS_AES_128_GCM_SHA256', 'clientprovidedhostheader': 'maps.s3.amazonaws.com'} AS tlsdetails
  FROM range(3) AS numbers(i)`

describe('Security Lake', () => {
  it.each(['zstd', 'gzip', 'snappy', 'uncompressed'])(
    'reads API activity on objects from Parquet (%s), and passes the rest over',
    async (codec) => {
      const file = await written(OCSF.replace('ROWS', '6'), codec)
      expect(await tableLogFormatOf({ byteLength: file.byteLength, slice: async (from, to) => file.slice(from, to) })).toBe(
        securityLakeApiActivity,
      )
      const { rows, passedOver, problem } = await readTableLog(securityLakeApiActivity, file)
      expect({ passedOver, problem }).toEqual({ passedOver: 2, problem: null })
      expect(rows.slice(0, 2)).toMatchObject([
        {
          time_ms: 1_614_834_367_000,
          bucket: 'maps',
          object_key: '2019/0.csv',
          operation: 'GetObject',
          remote_ip: '198.51.100.7',
          account: 'anonymous',
          user_agent: 'curl/8.5.0',
          request_id: 'R0',
          event_id: 'e0',
          succeeded: 1,
          bytes_sent: 2048,
          line_offset: 0,
          readings: 1,
        },
        { object_key: '2019/1.csv', succeeded: 0, error_code: 'AccessDenied', line_offset: 1 },
      ])
    },
  )

  it('reads many row groups, each row once and in order', async () => {
    const { rows, passedOver } = await readTableLog(securityLakeApiActivity, await written(OCSF.replace('ROWS', '9000')))
    expect(passedOver).toBe(3000)
    expect(rows.map(({ line_offset }) => line_offset)).toEqual(
      Array.from({ length: 9000 }, (_, row) => row).filter((row) => row % 3 !== 2),
    )
  })

  it('reads the same as JSON lines', () => {
    const event = {
      class_uid: 6003,
      metadata: {},
      time: 1,
      api: { operation: 'GetObject', service: { name: 's3.amazonaws.com' } },
      resources: [{ uid: 'arn:aws:s3:::maps/a' }],
    }
    expect(
      readLog(ocsfApiActivity, `${JSON.stringify(event)}\n${JSON.stringify({ ...event, class_uid: 3002 })}\n`),
    ).toMatchObject({ passedOver: 1, rows: [{ bucket: 'maps', object_key: 'a', readings: 1 }] })
  })
})

describe('CloudTrail Lake', () => {
  it('reads data events from the columns of an event data store', async () => {
    expect(await readTableLog(cloudtrailLake, await written(LAKE))).toMatchObject({
      passedOver: 1,
      problem: null,
      rows: [
        {
          time_ms: Date.UTC(2021, 2, 4, 5, 6, 7),
          bucket: 'maps',
          object_key: '2019/0.csv',
          requester: 'arn:aws:sts::111122223333:assumed-role/x/y',
          account: '111122223333',
          principal_type: 'AssumedRole',
          tls_version: 'TLSv1.3',
          host_header: 'maps.s3.amazonaws.com',
          bytes_sent: 2048,
          succeeded: 1,
          readings: 1,
        },
        { object_key: '2019/2.csv', line_offset: 2 },
      ],
    })
  })

  it('prefers the record itself where the store has it', async () => {
    const record = JSON.stringify({
      eventTime: '2021-03-04T05:06:08Z',
      eventSource: 's3.amazonaws.com',
      eventName: 'GetObject',
      eventCategory: 'Data',
      requestParameters: { bucketName: 'b', key: 'k' },
    })
    const { rows } = await readTableLog(
      cloudtrailLake,
      await written(`SELECT 'x' AS eventname, 'y' AS eventsource, 'z' AS eventtime, '${record}' AS eventjson`),
    )
    expect(rows).toMatchObject([{ bucket: 'b', object_key: 'k', time_ms: Date.UTC(2021, 2, 4, 5, 6, 8), readings: 1 }])
  })
})

describe('bad Parquet', () => {
  it('is no format where the columns are other ones', () => {
    expect(recogniseTableLogFormat(['a', 'b'])).toBeNull()
  })

  it('gives what it can and says the rest, never a crash', async () => {
    const whole = new Uint8Array(await written(OCSF.replace('ROWS', '900')))
    const half = whole.slice(0, whole.length / 2).buffer
    expect(
      typeof (await tableLogFormatOf({ byteLength: half.byteLength, slice: async (from, to) => half.slice(from, to) })),
    ).toBe('string')
    for (let at = 10; at < whole.length; at += Math.floor(whole.length / 13)) {
      const damaged = whole.slice()
      damaged.fill(0xff, at, at + 20)
      const { rows, problem } = await readTableLog(securityLakeApiActivity, damaged.buffer)
      expect(problem === null ? rows.length > 0 : problem.length > 0).toBe(true)
    }
  })
})

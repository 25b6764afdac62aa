import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOG_SAMPLES } from '../testing/log-samples.ts'
import { readLog } from '../testing/read-log.ts'
import { cloudAuditLog } from './cloud-audit-log.ts'
import { gcsStorageLog } from './gcs-storage-log.ts'
import { gcsUsageLog } from './gcs-usage-log.ts'

const audit = JSON.parse(LOG_SAMPLES['cloud-audit']!)
const USAGE = LOG_SAMPLES['gcs-usage']!
const payload = (change: object) => ({ ...audit, protoPayload: { ...audit.protoPayload, ...change } })

describe('Cloud Audit Logs', () => {
  it.each([
    {
      name: 'a read',
      entry: audit,
      expected: {
        time_ms: Date.UTC(2023, 4, 4, 5, 6, 7, 123),
        bucket: 'maps',
        object_key: '2019/a.csv',
        requester: 'a@example.com',
        access: 'read',
        status: 200,
        succeeded: 1,
        readings: 1,
      },
    },
    {
      name: 'a refusal',
      entry: payload({ status: { code: 7, message: 'Permission denied.' } }),
      expected: { status: 403, succeeded: 0, error_code: 'Permission denied.' },
    },
    {
      name: 'a permission that was not granted',
      entry: payload({ authorizationInfo: [{ granted: true }, { granted: false }] }),
      expected: { succeeded: 0 },
    },
    {
      name: 'a listing',
      entry: payload({ methodName: 'storage.objects.list', resourceName: 'projects/_/buckets/maps' }),
      expected: { access: 'list', bucket: 'maps' },
    },
    {
      name: 'a change of who may do what',
      entry: payload({ methodName: 'storage.setIamPermissions' }),
      expected: { access: 'admin' },
    },
    {
      name: 'other admin activity',
      entry: {
        ...payload({ methodName: 'google.cloud.sql.v1.Patch' }),
        logName: 'projects/example/logs/cloudaudit.googleapis.com%2Factivity',
      },
      expected: { access: 'admin' },
    },
    {
      name: 'nobody, from inside Google',
      entry: payload({ authenticationInfo: {}, requestMetadata: { callerIp: 'private' } }),
      expected: { extra: expect.stringContaining('"caller":"private"') },
    },
    { name: 'no method', entry: payload({ methodName: null }), expected: { readings: 0 } },
  ])('reads $name', ({ entry, expected }) => {
    expect(readLog(cloudAuditLog, JSON.stringify(entry)).rows[0]).toMatchObject(expected)
  })

  it('passes other entries over, and reads what the command line prints', () => {
    const other = { logName: 'projects/example/logs/run', textPayload: 'hi' }
    expect(readLog(cloudAuditLog, JSON.stringify([audit, other, audit], null, 2))).toMatchObject({
      passedOver: 1,
      rows: [{ readings: 1 }, { readings: 1 }],
    })
  })
})

describe('usage logs', () => {
  it('reads the documented line', () => {
    expect(readLog(gcsUsageLog, USAGE)).toMatchObject({
      passedOver: 1,
      rows: [
        {
          time_ms: 1_331_679_088_000,
          bucket: 'maps',
          object_key: '2019/a b.csv',
          remote_ip: '198.51.100.7',
          access: 'read',
          status: 200,
          bytes_sent: 2048,
          user_agent: 'say "hi", curl/8.5.0',
          readings: 1,
        },
      ],
    })
  })

  it.each([
    ['GET_Object', 'GET', 'read'],
    ['GET_Bucket', 'GET', 'list'],
    ['storage.objects.list', 'GET', 'list'],
    ['PUT_Object', 'PUT', 'write'],
    ['storage.objects.insert', 'POST', 'write'],
    ['DELETE_Object', 'DELETE', 'delete'],
    ['HEAD_Object', 'HEAD', 'head'],
    ['PUT_Acl', 'PUT', 'admin'],
    ['storage.buckets.patch', 'PATCH', 'admin'],
  ])('%s by %s is %s', (operation, method, access) => {
    const log = USAGE.replace('"GET"', `"${method}"`).replace('storage.objects.get', operation)
    expect(readLog(gcsUsageLog, log).rows[0]).toMatchObject({ access, operation })
  })

  it('gives back what was written, whatever a client sent', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 30 }).filter((text) => !/[\r\n]/.test(text) && text !== '-' && text !== ''),
        (agent) => {
          const log = USAGE.replace('say ""hi"", curl/8.5.0', () => agent.replaceAll('"', '""'))
          expect(readLog(gcsUsageLog, log).rows[0]).toMatchObject({ user_agent: agent, status: 200, readings: 1 })
        },
      ),
    )
  })

  it.each([
    { name: 'a line without a header above', log: USAGE.split('\n')[1]! },
    { name: 'a forged quote that makes more fields', log: USAGE.replace('say ""hi""', 'say","200') },
    { name: 'a status that is none', log: USAGE.replace('"200"', '"-"') },
  ])('rejects $name', ({ log }) => {
    expect(readLog(gcsUsageLog, log).rows.map(({ readings }) => readings)).toEqual([0])
  })
})

describe('storage logs', () => {
  it('says how much a bucket held on the day in the file name', () => {
    const settings = { path: 'logs/maps_storage_2023_05_31_08_00_00_0a1b_v0' }
    expect(readLog(gcsStorageLog, LOG_SAMPLES['gcs-storage']!, settings).rows).toMatchObject([
      { time_ms: Date.UTC(2023, 4, 31), bucket: 'maps', object_size: 10_000, operation: 'STORAGE' },
    ])
    expect(readLog(gcsStorageLog, '"bucket","storage_byte_hours"\n"maps","much"\n', settings).rows).toMatchObject([
      { readings: 0 },
    ])
  })
})

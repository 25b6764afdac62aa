import { describe, expect, it } from 'vitest'
import { LOG_SAMPLES } from '../testing/log-samples.ts'
import { readLog } from '../testing/read-log.ts'
import { azureActivityLog } from './azure-activity-log.ts'
import { azureStorageAnalytics } from './azure-storage-analytics.ts'
import { azureStorageLogs } from './azure-storage-logs.ts'
import { azureStorageAccess } from './reading/azure-operation.ts'
import { logHeadOf } from './log-head.ts'

const storage = JSON.parse(LOG_SAMPLES['azure-storage']!)
const activity = JSON.parse(LOG_SAMPLES['azure-activity']!)
const CLASSIC = LOG_SAMPLES['azure-storage-classic']!.trimEnd()

describe('StorageBlobLogs', () => {
  it.each([
    {
      name: 'an anonymous read',
      change: {},
      expected: {
        time_ms: Date.UTC(2023, 4, 4, 5, 6, 7, 123),
        bucket: 'dealers/inquiries',
        object_key: '2019/a b.csv',
        remote_ip: '198.51.100.7',
        principal_type: 'Anonymous',
        access: 'read',
        status: 200,
        bytes_sent: 2048,
        readings: 1,
      },
    },
    {
      name: 'a status as text',
      change: { statusCode: '403', statusText: 'AuthorizationFailure' },
      expected: { status: 403, succeeded: 0, error_code: 'AuthorizationFailure' },
    },
    { name: 'an address of IPv6', change: { callerIpAddress: '[2001:db8::7]:443' }, expected: { remote_ip: '2001:db8::7' } },
    {
      name: 'a person',
      change: { identity: { type: 'OAuth', requester: { upn: 'a@example.com', objectId: 'o', tenantId: 't' } } },
      expected: { requester: 'a@example.com', account: 't' },
    },
    {
      name: 'a signature',
      change: { identity: { type: 'SAS', tokenHash: 'key1(AB),SasSignature(CD)' } },
      expected: { requester: 'key1(AB),SasSignature(CD)', authentication_type: 'SAS' },
    },
    {
      name: 'operation names in capitals',
      change: { operationName: 'GETBLOB' },
      expected: { operation: 'GETBLOB', access: 'read' },
    },
    { name: 'no object key', change: { properties: { accountName: 'dealers' } }, expected: { bucket: 'dealers/inquiries' } },
    { name: 'a time that is none', change: { time: 'yesterday' }, expected: { readings: 0 } },
  ])('reads $name', ({ change, expected }) => {
    expect(readLog(azureStorageLogs, JSON.stringify({ ...storage, ...change })).rows[0]).toMatchObject(expected)
  })

  it('reads the older form with all records in one object, and an array', () => {
    for (const text of [JSON.stringify({ records: [storage, storage] }), JSON.stringify([storage, storage], null, 1)])
      expect(readLog(azureStorageLogs, text)).toMatchObject({ problem: null, rows: [{ readings: 1 }, { readings: 1 }] })
  })

  it('loses one line to a broken one', () => {
    const line = JSON.stringify(storage)
    expect(readLog(azureStorageLogs, `${line}\n${line.slice(0, 99)}\n${line}\n`).rows.map(({ readings }) => readings)).toEqual([
      1, 0, 1,
    ])
  })

  it.each([
    ['GetBlob', null, 'read'],
    ['ReadFile', 'StorageRead', 'read'],
    ['ListBlobs', null, 'list'],
    ['ListContainers', null, 'list'],
    ['ListFilesystemDir', 'StorageRead', 'list'],
    ['GetBlobProperties', null, 'head'],
    ['GetContainerACL', null, 'head'],
    ['SetContainerACL', null, 'admin'],
    ['SetBlobServiceProperties', null, 'admin'],
    ['PutBlob', null, 'write'],
    ['CopyBlobSource', null, 'read'],
    ['CopyBlobDestination', null, 'write'],
    ['DeleteBlob', null, 'delete'],
    ['UndeleteBlob', 'StorageDelete', 'write'],
    ['Mystery', 'StorageDelete', 'delete'],
    ['Mystery', null, 'other'],
  ])('%s (%s) is %s', (operation, category, access) => {
    expect(azureStorageAccess(operation, category)).toBe(access)
    expect(azureStorageAccess(operation.toUpperCase(), category)).toBe(access)
  })
})

describe('classic logs', () => {
  it.each([
    {
      name: 'version 1.0',
      line: CLASSIC,
      expected: {
        time_ms: Date.UTC(2014, 5, 19, 22, 59, 23, 196),
        bucket: 'dealers/inquiries',
        object_key: 'a b.csv',
        remote_ip: '192.0.2.100',
        access: 'read',
        status: 200,
        bytes_sent: 23,
        request_uri: 'https://dealers.blob.core.windows.net/inquiries/a%20b.csv?x=1&y=2',
        readings: 1,
      },
    },
    {
      name: 'version 2.0',
      line: `${CLASSIC.replace('1.0;', '2.0;')};object;tenant;app;https://storage.azure.com;issuer;a@example.com;;"{&quot;action&quot;:1}"`,
      expected: { requester: 'a@example.com', account: 'tenant', readings: 1 },
    },
    {
      name: 'a semicolon and a quote in a user agent',
      line: CLASSIC.replace('WA-Storage/4.0.1', 'a;200;&quot;;403'),
      expected: { status: 200, user_agent: expect.stringContaining('a;200;";403'), readings: 1 },
    },
    {
      name: 'a list of the account',
      line: CLASSIC.replace('GetBlob', 'ListContainers').replace('"/dealers/inquiries/a b.csv"', '"/dealers"'),
      expected: { access: 'list', bucket: 'dealers' },
    },
    { name: 'a field too few', line: CLASSIC.replace(';anonymous', ''), expected: { readings: 0 } },
    { name: 'a quote that does not close', line: CLASSIC.slice(0, -1), expected: { readings: 0 } },
    { name: 'a version that is not known', line: CLASSIC.replace('1.0;', '3.0;'), expected: { readings: 0 } },
  ])('reads $name', ({ line, expected }) => {
    expect(readLog(azureStorageAnalytics, line).rows[0]).toMatchObject(expected)
  })
})

describe('the activity log', () => {
  it.each([
    {
      name: 'the listing of keys',
      change: {},
      expected: { bucket: 'dealers', access: 'admin', requester: 'a@example.com', succeeded: 1, readings: 1 },
    },
    { name: 'a start, which is no outcome yet', change: { resultType: 'Start' }, expected: { readings: 1 } },
    {
      name: 'a failure',
      change: { resultType: 'Failure', resultSignature: 'Failed.Forbidden' },
      expected: { succeeded: 0, error_code: 'Failed.Forbidden' },
    },
  ])('reads $name', ({ change, expected }) => {
    expect(readLog(azureActivityLog, JSON.stringify({ ...activity, ...change })).rows[0]).toMatchObject(expected)
  })

  it('reads what the command line prints', () => {
    const printed = [
      {
        caller: 'a@example.com',
        category: { value: 'Administrative' },
        correlationId: 'c',
        eventTimestamp: '2023-05-04T05:06:07.1234567Z',
        httpRequest: { clientIpAddress: '198.51.100.7' },
        operationName: { value: 'Microsoft.Storage/storageAccounts/blobServices/containers/write' },
        resourceId:
          '/subscriptions/s/resourceGroups/r/providers/Microsoft.Storage/storageAccounts/dealers/blobServices/default/containers/inquiries',
        status: { value: 'Succeeded' },
      },
    ]
    const text = JSON.stringify(printed, null, 2)
    expect(azureActivityLog.recognises(logHeadOf(new TextEncoder().encode(text)))).toBe(true)
    expect(readLog(azureActivityLog, text).rows[0]).toMatchObject({
      bucket: 'dealers/inquiries',
      remote_ip: '198.51.100.7',
      requester: 'a@example.com',
      access: 'admin',
      succeeded: 1,
      readings: 1,
    })
  })
})

import { describe, expect, it } from 'vitest'
import { LOG_SAMPLES } from '../testing/log-samples.ts'
import { readLog } from '../testing/read-log.ts'
import { minioAudit } from './minio-audit.ts'

const entry = JSON.parse(LOG_SAMPLES['minio-audit']!)
const api = (change: object) => ({ ...entry, api: { ...entry.api, ...change } })

describe('the audit log of MinIO', () => {
  it.each([
    {
      name: 'an anonymous read',
      entry,
      expected: {
        time_ms: Date.UTC(2023, 4, 4, 5, 6, 7, 123),
        bucket: 'maps',
        object_key: '2019/a b.csv',
        remote_ip: '198.51.100.7',
        principal_type: 'anonymous',
        access: 'read',
        status: 200,
        bytes_sent: 2048,
        total_time_ms: 9,
        readings: 1,
      },
    },
    {
      name: 'a refusal',
      entry: { ...api({ statusCode: 403, status: 'Forbidden' }), accessKey: 'scanner' },
      expected: { succeeded: 0, error_code: 'Forbidden', requester: 'scanner' },
    },
    { name: 'a listing', entry: api({ name: 'ListObjectsV2' }), expected: { access: 'list' } },
    { name: 'a change of who may do what', entry: api({ name: 'PutBucketPolicy' }), expected: { access: 'admin' } },
    { name: 'a deletion', entry: api({ name: 'DeleteMultipleObjects' }), expected: { access: 'delete' } },
    { name: 'a host with a port', entry: { ...entry, remotehost: '[2001:db8::7]:443' }, expected: { remote_ip: '2001:db8::7' } },
    { name: 'no operation', entry: { ...entry, api: {} }, expected: { readings: 0 } },
  ])('reads $name', ({ entry, expected }) => {
    expect(readLog(minioAudit, JSON.stringify(entry)).rows[0]).toMatchObject(expected)
  })
})

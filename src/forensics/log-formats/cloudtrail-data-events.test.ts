import { describe, expect, it } from 'vitest'
import { cloudtrailDataEvents } from './cloudtrail-data-events.ts'
import { ColumnBatch } from './column-batch.ts'

const READ = {
  eventVersion: '1.08',
  eventTime: '2021-03-04T05:06:07Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  awsRegion: 'ap-northeast-1',
  sourceIPAddress: '198.51.100.7',
  userAgent: '[curl/8.5.0]',
  userIdentity: { type: 'AWSAccount', principalId: '', accountId: 'anonymous' },
  requestParameters: { bucketName: 'maps', key: 'a "b".csv', Host: 'maps.s3.amazonaws.com' },
  additionalEventData: { SignatureVersion: 'SigV4', bytesTransferredIn: 0, bytesTransferredOut: 2048, 'x-amz-id-2': 'abc=' },
  requestID: '3E57427F3EXAMPLE',
  eventID: '0fedcba9-0000-4000-8000-000000000001',
  managementEvent: false,
  eventCategory: 'Data',
}

function parse(text: string, cut = text.length) {
  const bytes = new TextEncoder().encode(text)
  const reader = cloudtrailDataEvents.open()
  const batch = new ColumnBatch()
  const rows: Record<string, unknown>[] = []
  let from = 0
  for (let to = Math.min(cut, bytes.length); ; to = Math.min(to + cut, bytes.length)) {
    const atEnd = to === bytes.length
    from += reader.push(bytes.subarray(from, to), from, atEnd, batch)
    for (let row = 0; row < batch.rowCount; row++) {
      const text = (
        ['bucket', 'object_key', 'operation', 'remote_ip', 'requester', 'account', 'error_code', 'event_id'] as const
      ).map((name) => [name, batch.text(name, row)])
      const numbers = (['time_ms', 'succeeded', 'bytes_sent', 'readings', 'line_offset'] as const).map((name) => [
        name,
        batch.number(name, row),
      ])
      rows.push(Object.fromEntries([...text, ...numbers]))
    }
    if (atEnd) return { rows, passedOver: reader.passedOver, problem: reader.problem }
  }
}

describe('CloudTrail files', () => {
  it('keeps data events of S3 with their place, and passes management events over', () => {
    const other = { ...READ, eventName: 'PutBucketPolicy', managementEvent: true, eventCategory: 'Management' }
    const text = JSON.stringify({ Records: [other, READ] })
    const { rows, passedOver, problem } = parse(text)
    expect({ passedOver, problem }).toEqual({ passedOver: 1, problem: null })
    expect(rows).toEqual([
      {
        bucket: 'maps',
        object_key: 'a "b".csv',
        operation: 'GetObject',
        remote_ip: '198.51.100.7',
        requester: null,
        account: 'anonymous',
        error_code: null,
        event_id: READ.eventID,
        time_ms: Date.parse(READ.eventTime),
        succeeded: 1,
        bytes_sent: 2048,
        readings: 1,
        line_offset: text.lastIndexOf('{"eventVersion"'),
      },
    ])
  })

  it.each([
    { name: 'a refusal', change: { errorCode: 'AccessDenied' }, expected: { succeeded: 0, error_code: 'AccessDenied' } },
    {
      name: "a service's own call, whose address is its name",
      change: {
        sourceIPAddress: 'config.amazonaws.com',
        userIdentity: { type: 'AWSService', invokedBy: 'config.amazonaws.com' },
      },
      expected: { remote_ip: null, requester: 'config.amazonaws.com' },
    },
    {
      name: 'a role session',
      change: {
        userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/x/y', accountId: '111122223333' },
      },
      expected: { requester: 'arn:aws:sts::111122223333:assumed-role/x/y', account: '111122223333' },
    },
    {
      name: 'an old record without a category',
      change: { eventCategory: undefined, managementEvent: undefined },
      expected: { operation: 'GetObject' },
    },
    { name: 'a record without a time', change: { eventTime: 'yesterday' }, expected: { readings: 0, bucket: null } },
  ])('reads $name', ({ change, expected }) => {
    expect(parse(JSON.stringify({ Records: [{ ...READ, ...change }] })).rows[0]).toMatchObject(expected)
  })

  it('gives the same rows however the file is cut', () => {
    const text = JSON.stringify(
      { Records: [READ, { ...READ, requestParameters: { bucketName: 'b', key: '}]{["\\' } }, READ] },
      null,
      1,
    )
    const whole = parse(text).rows
    expect(whole).toHaveLength(3)
    for (const cut of [1, 7, 100, 1000]) expect(parse(text, cut).rows).toEqual(whole)
  })

  it.each([
    {
      name: 'breaks off inside a record',
      text: JSON.stringify({ Records: [READ, READ] }).slice(0, -60),
      rows: 2,
      problem: 'middle of a record',
    },
    {
      name: 'breaks off between records',
      text: `${JSON.stringify({ Records: [READ] }).slice(0, -2)},`,
      rows: 1,
      problem: 'ends before',
    },
    { name: 'is no CloudTrail file', text: '{"configurationItems":[]}', rows: 0, problem: 'no array "Records"' },
    { name: 'is not JSON', text: 'binary noise', rows: 0, problem: 'no array "Records"' },
    { name: 'is empty', text: '', rows: 0, problem: 'no array "Records"' },
    { name: 'holds something else among its records', text: '{"Records":[1]}', rows: 1, problem: 'no record' },
  ])('tells of a file that $name', ({ text, rows, problem }) => {
    const parsed = parse(text)
    expect(parsed.problem).toContain(problem)
    expect(parsed.rows).toHaveLength(rows)
  })
})

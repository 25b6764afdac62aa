import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Cells, readLog } from '../testing/read-log.ts'
import { cloudtrailDataEvents } from './cloudtrail-data-events.ts'
import { NOT_PLAIN, scanRecord, UNFINISHED } from './cloudtrail-scan.ts'

const RECORD = {
  eventVersion: '1.09',
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'A:x',
    arn: 'arn:aws:sts::111122223333:assumed-role/x/y',
    accountId: '111122223333',
    sessionContext: { attributes: { mfaAuthenticated: 'false' } },
  },
  eventTime: '2021-03-04T05:06:07Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  awsRegion: 'us-west-1',
  sourceIPAddress: '198.51.100.7',
  userAgent: '[curl/8.5.0]',
  requestParameters: { bucketName: 'maps', Host: 'maps.s3.amazonaws.com', key: 'a.csv' },
  responseElements: null,
  additionalEventData: { SignatureVersion: 'SigV4', bytesTransferredIn: 0, bytesTransferredOut: 2048, 'x-amz-id-2': 'abc=' },
  requestID: '3E57427F3EXAMPLE',
  eventID: '0fedcba9-0000-4000-8000-000000000001',
  readOnly: true,
  resources: [{ type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::maps' }],
  managementEvent: false,
  eventCategory: 'Data',
  recipientAccountId: '111122223333',
  tlsDetails: { tlsVersion: 'TLSv1.2', cipherSuite: 'X' },
}

/** What a row says, apart from where it stands; `extra` as the value that it is. */
function meaning(row: Cells | undefined): unknown {
  if (!row) return null
  const { line_offset: _, line_length: __, extra, ...cells } = row
  return { ...cells, extra: extra === undefined ? null : JSON.parse(extra) }
}

/** Reads a record as it is, and with a member whose name is escaped, so that it is parsed whole. */
function bothWays(record: string): readonly unknown[] {
  return [record, record.replace('{', '{"\\u0061nother":1,')].map((each) => {
    const { rows, passedOver } = readLog(cloudtrailDataEvents, `{"Records":[${each}]}`)
    return { row: meaning(rows[0]), passedOver }
  })
}

describe('scanning a record', () => {
  it('says the same as parsing it, whatever its members are', () => {
    const value = fc.constantFrom<unknown>(
      undefined,
      null,
      '',
      '-',
      'x',
      'é地',
      'a"b\\\n',
      0,
      7,
      -1,
      1.5,
      1e21,
      true,
      false,
      {},
      [],
      { a: 1 },
      'AWS Internal',
      'config.amazonaws.com',
      '2021-02-30T00:00:00Z',
      '2021-03-04T05:06:07.5Z',
      'Data',
      's3.amazonaws.com',
    )
    const outer = fc.constantFrom(...Object.keys(RECORD), 'errorCode', 'vpcEndpointId')
    const inner = fc.constantFrom(
      'arn',
      'invokedBy',
      'principalId',
      'type',
      'bucketName',
      'key',
      'versionId',
      'Host',
      'bytesTransferredOut',
      'bytesTransferredIn',
      'CipherSuite',
      'cipherSuite',
      'clientProvidedHostHeader',
      'x-amz-version-id',
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(outer, fc.option(inner, { nil: null }), value), { maxLength: 4 }),
        fc.boolean(),
        (changes, spaced) => {
          const record: Record<string, unknown> = structuredClone(RECORD)
          for (const [name, member, drawn] of changes) {
            // Values are drawn from few, and one may be put into another: each is a copy.
            const changed = structuredClone(drawn)
            if (member === null) record[name] = changed
            else if (typeof record[name] === 'object' && record[name] !== null)
              (record[name] as Record<string, unknown>)[member] = changed
          }
          const [scanned, parsed] = bothWays(JSON.stringify(record, null, spaced ? 2 : 0))
          expect(scanned).toEqual(parsed)
        },
      ),
      { numRuns: 3000 },
    )
  })

  it.each([
    { name: 'a member twice', text: '{"eventName":"a","eventName":"b"}' },
    { name: 'an object twice', text: '{"userIdentity":{"arn":"a"},"userIdentity":{}}' },
    { name: 'an escaped name', text: '{"event\\u004eame":"a"}' },
    { name: 'a comma too many', text: '{"eventName":"a",}' },
    { name: 'a comma too few', text: '{"a":1 "b":2}' },
    { name: 'brackets that cross', text: '{"a":[1}]' },
    { name: 'a control character', text: '{"a":"\u0001"}' },
    { name: 'a number with a leading zero', text: '{"a":01}' },
    { name: 'a fraction', text: '{"a":1.5}' },
    { name: 'a word that is none', text: '{"a":nul1}' },
    { name: 'an escape that is none', text: '{"a":"\\q"}' },
    { name: 'an escape without digits', text: '{"a":"\\u00zz"}' },
    { name: 'deep nesting', text: '{"a":'.repeat(60) },
  ])('leaves $name to the parser', ({ text }) => {
    expect(scanRecord(new TextEncoder().encode(`${text} `), 0)).toBe(NOT_PLAIN)
  })

  it('never takes for whole what the parser would not, and ends where it does', () => {
    const text = JSON.stringify({ ...RECORD, errorMessage: '"\u0000\n地' }).replace('地', '\\u5730')
    const bytes = new TextEncoder().encode(text)
    for (let cut = 1; cut < bytes.length; cut++) expect(scanRecord(bytes.subarray(0, cut), 0)).toBe(UNFINISHED)
    expect(scanRecord(new TextEncoder().encode(`${text},{}`), 0)).toBe(bytes.length)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, byte) => {
        const changed = bytes.slice()
        changed[at] = byte
        const end = scanRecord(changed, 0)
        if (end >= 0) expect(() => JSON.parse(new TextDecoder().decode(changed.subarray(0, end)))).not.toThrow()
      }),
      { numRuns: 3000 },
    )
  })
})

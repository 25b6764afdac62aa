import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bucketFromFiles, isAboutFiles } from './bucket-files.ts'

const ARN = 'arn:aws:s3:::dealer-files'
const ASKED = { asOf: '2023-05-31T00:00:00Z' } as const
const denied = (operation: string, code: string) =>
  `\nAn error occurred (${code}) when calling the ${operation} operation: User is not authorized\n`

describe('the files of one bucket', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ajar-bucket-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const written = (text: string): string => {
    const file = join(folder, 'file.json')
    writeFileSync(file, text)
    return file
  }
  const policyOf = (text: string) =>
    bucketFromFiles({ arn: ARN, bucketPolicy: written(text) }, ASKED).question.configuration.facets.policy

  it.each([
    { name: 'JSON', text: '{"Policy":"{}"}', reading: { status: 'read', value: { Policy: '{}' } } },
    { name: 'nothing is set', text: denied('GetBucketPolicy', 'NoSuchBucketPolicy'), reading: { status: 'absent' } },
    {
      name: 'no block is set',
      text: denied('GetPublicAccessBlock', 'NoSuchPublicAccessBlockConfiguration'),
      reading: { status: 'absent' },
    },
    {
      name: 'no controls are set',
      text: denied('GetBucketOwnershipControls', 'OwnershipControlsNotFoundError'),
      reading: { status: 'absent' },
    },
    {
      name: 'a denied call',
      text: denied('GetBucketPolicy', 'AccessDenied'),
      reading: { status: 'not-read', reason: 'GetBucketPolicy ended with AccessDenied' },
    },
    {
      name: 'a bucket that is not there',
      text: denied('GetBucketPolicy', 'NoSuchBucket'),
      reading: { status: 'not-read', reason: 'GetBucketPolicy ended with NoSuchBucket' },
    },
  ])('what the command line printed: $name', ({ text, reading }) => {
    expect(policyOf(text)).toEqual(reading)
  })

  it('takes none for read and not set, and a flag that is not there for not read', () => {
    const { facets } = bucketFromFiles({ arn: ARN, publicAccessBlock: 'none' }, ASKED).question.configuration
    expect(facets).toEqual({ publicAccessBlock: { status: 'absent' } })
  })

  it.each([
    { name: 'no ARN', flags: { acl: 'none' }, says: /--arn is missing/ },
    {
      name: 'an ARN of something else',
      flags: { arn: 'arn:aws:sqs:eu-west-1:111111111111:q' },
      says: /is not the ARN of a bucket/,
    },
    { name: 'an account that is none', flags: { arn: ARN, account: '12' }, says: /twelve digits/ },
    {
      name: 'a file that is not there',
      flags: { arn: ARN, acl: '/nowhere/acl.json' },
      says: /--acl \/nowhere\/acl.json: cannot be read/,
    },
  ])('says what is wrong and how it is written: $name', ({ flags, says }) => {
    expect(() => bucketFromFiles(flags, ASKED)).toThrowError(says)
  })

  it.each([
    { name: 'an empty file', text: ' \n', says: /is empty, and the command prints nothing both where/ },
    { name: 'what is not JSON', text: '{"Policy', says: /is not JSON/ },
  ])('refuses $name', ({ text, says }) => {
    expect(() => policyOf(text)).toThrowError(says)
  })

  it('is asked for by any of its flags', () => {
    expect([{}, { account: '111111111111' }, { acl: 'none' }, { arn: ARN }].map(isAboutFiles)).toEqual([false, false, true, true])
  })
})

import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateEstate } from '../index.ts'

let root: string
let evidence: string

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'estate-shapes-'))
  await generateEstate({ directory: join(root, 'estate'), seed: 11, scale: 0.002 })
  evidence = join(root, 'estate/2023-05-31')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('AWS Config', () => {
  it('delivers snapshots and history under their own names and keys', () => {
    const names = filesNamed(/\/Config\//)
    const form =
      /^AWSLogs\/(\d{12})\/Config\/([a-z0-9-]+)\/\d{4}\/\d{1,2}\/\d{1,2}\/(ConfigSnapshot\/\1_Config_\2_ConfigSnapshot_\d{8}T\d{6}Z_[0-9a-f-]{36}|ConfigHistory\/\1_Config_\2_ConfigHistory_AWS::[A-Za-z0-9:]+_\d{8}T\d{6}Z_\d{8}T\d{6}Z_1)\.json\.gz$/
    expect(names.length).toBeGreaterThan(100)
    expect(names.filter((name) => !form.test(name))).toEqual([])
    for (const name of names)
      expect(Object.keys(unpacked(name)).slice(0, 2)).toEqual([
        'fileVersion',
        name.includes('/ConfigSnapshot/') ? 'configSnapshotId' : 'configurationItems',
      ])
  })

  it('encodes every supplementary setting as a string of JSON, the access control list twice', () => {
    const buckets = configurationItems().filter(({ resourceType }) => resourceType === 'AWS::S3::Bucket')
    expect(new Set(buckets.map(({ resourceId }) => resourceId)).size).toBeGreaterThanOrEqual(60)
    for (const { resourceId, supplementaryConfiguration } of buckets) {
      const settings = Object.entries(supplementaryConfiguration as Record<string, string>).map(
        ([name, value]) => [name, JSON.parse(value)] as const,
      )
      const { AccessControlList, BucketPolicy } = Object.fromEntries(settings)
      expect(JSON.parse(AccessControlList).grantList[0].permission).toBe('FullControl')
      if (resourceId === 'overseas-dealer-inquiries-copy') expect(BucketPolicy).toBeUndefined()
      else expect(BucketPolicy.policyText === null || JSON.parse(BucketPolicy.policyText).Statement !== undefined).toBe(true)
    }
  })

  it.each([
    'AWS::S3::AccountPublicAccessBlock',
    'AWS::RDS::DBInstance',
    'AWS::RDS::DBSnapshot',
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::Subnet',
    'AWS::EC2::RouteTable',
    'AWS::EC2::NetworkAcl',
    'AWS::EC2::InternetGateway',
  ])('has items of %s', (type) => {
    expect(configurationItems().some(({ resourceType }) => resourceType === type)).toBe(true)
  })

  it('knew of no public access block before there was one', () => {
    const early = configurationItems().filter(({ configurationItemCaptureTime: at }) => at < '2018-11-15')
    expect(early.length).toBeGreaterThan(100)
    expect(early.filter((item) => JSON.stringify(item).includes('PublicAccessBlock'))).toEqual([])
  })
})

describe('CloudTrail', () => {
  const records = () => filesNamed(/\/CloudTrail\//).flatMap((name) => unpacked(name).Records as Record<string, never>[])

  it('delivers records whose ids are their own but for duplicates', () => {
    const all = records()
    expect(all.length).toBeGreaterThan(900)
    const byId = Map.groupBy(all, ({ eventID }) => eventID)
    expect(byId.size).toBeLessThan(all.length)
    for (const same of byId.values()) expect(new Set(same.map((record) => JSON.stringify(record))).size).toBe(1)
  })

  it.each([
    ['CreateBucket', 's3.amazonaws.com'],
    ['PutBucketPolicy', 's3.amazonaws.com'],
    ['DeleteBucketPolicy', 's3.amazonaws.com'],
    ['PutBucketAcl', 's3.amazonaws.com'],
    ['PutBucketPublicAccessBlock', 's3.amazonaws.com'],
    ['PutAccountPublicAccessBlock', 's3.amazonaws.com'],
    ['PutBucketOwnershipControls', 's3.amazonaws.com'],
    ['PutBucketLogging', 's3.amazonaws.com'],
    ['PutEventSelectors', 'cloudtrail.amazonaws.com'],
    ['ModifyDBSnapshotAttribute', 'rds.amazonaws.com'],
    ['AuthorizeSecurityGroupIngress', 'ec2.amazonaws.com'],
    ['GetObject', 's3.amazonaws.com'],
    ['DeleteObject', 's3.amazonaws.com'],
  ])('has %s from %s', (name, source) => {
    expect(records().some(({ eventName, eventSource }) => eventName === name && eventSource === source)).toBe(true)
  })

  it('holds refused calls beside the ones that changed something', () => {
    const refused = records().filter((record) => 'errorCode' in record && String(record.eventName).startsWith('Put'))
    expect(refused.length).toBeGreaterThanOrEqual(3)
  })
})

describe('S3', () => {
  it('lists objects in inventories whose checksums hold', () => {
    const manifests = filesNamed(/^s3-inventory\/.*manifest\.json$/)
    expect(manifests.length).toBeGreaterThan(100)
    for (const name of manifests) {
      const text = readFileSync(join(evidence, name), 'utf8')
      expect(readFileSync(join(evidence, name.replace('.json', '.checksum')), 'utf8').trim()).toBe(md5(text))
      for (const { key, size, MD5checksum } of JSON.parse(text).files) {
        const data = readFileSync(join(evidence, 's3-inventory', key))
        expect({ size: data.length, md5: md5(data) }).toEqual({ size, md5: MD5checksum })
      }
    }
  })

  it('names log files by their delivery, and holds what is odd in real ones', () => {
    const names = filesNamed(/^s3-access-logs\//)
    expect(names.filter((name) => !/^s3-access-logs\/[a-z0-9-]+\/\d{4}(-\d\d){5}-[0-9A-F]{16}$/.test(name))).toEqual([])
    const text = names.map((name) => readFileSync(join(evidence, name), 'utf8')).join('')
    for (const odd of [
      /BATCH\.DELETE\.OBJECT \S+ - 204/,
      /REST\.COPY\.OBJECT_GET/,
      / 2001:db8:/,
      /%2520/,
      /" 200 .* HTTP\/1\.1" 403 AccessDenied/,
      /CensysInspect|zgrab/,
    ])
      expect(text).toMatch(odd)
    const lines = text.trimEnd().split('\n')
    expect(new Set(lines).size).toBeLessThan(lines.length)
    const plain = lines.filter((line) => (line.match(/"/g) ?? []).length === 6)
    const columns = new Set(plain.map((line) => (line.match(/"[^"]*"|\[[^\]]*\]|\S+/g) ?? []).length))
    expect([...columns].sort()).toEqual([23, 24, 25, 26, 27])
  })
})

function filesNamed(pattern: RegExp): string[] {
  return readdirSync(evidence, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(evidence.length + 1))
    .filter((name) => pattern.test(name))
    .sort()
}

function unpacked(name: string): Record<string, unknown> {
  return JSON.parse(gunzipSync(readFileSync(join(evidence, name))).toString('utf8'))
}

function configurationItems() {
  return filesNamed(/\/Config\//).flatMap(
    (name) =>
      unpacked(name).configurationItems as {
        resourceType: string
        resourceId: string
        configurationItemCaptureTime: string
        supplementaryConfiguration: unknown
      }[],
  )
}

function md5(data: string | Uint8Array): string {
  return createHash('md5').update(data).digest('hex')
}

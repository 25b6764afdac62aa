import { truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { EvidenceLayout } from '../../model/index.ts'
import { discoverEvidence } from './discover.ts'
import type { EvidenceItem } from './evidence-item.ts'
import { readEvidence } from './read-evidence.ts'
import {
  bucketEvent,
  bucketItem,
  CONFIG_PATH,
  configFile,
  itemsIn,
  itemsOf,
  observationsOf,
  removeWrittenEvidence,
  TRAIL_PATH,
  trailFile,
  unreadOf,
  writtenEvidence,
} from './testing/written-evidence.ts'

afterAll(removeWrittenEvidence)

/** Buckets with names of their own whose text does not compress away. */
const BUCKETS = Array.from({ length: 300 }, (_, index) => {
  const name = `bucket-${(index * 2_654_435_761).toString(36)}`
  return bucketItem({ BucketPolicy: { policyText: null } }, { resourceId: name, resourceName: name, ARN: `arn:aws:s3:::${name}` })
})
const WHOLE = configFile(...BUCKETS)
const TEXT = gunzipSync(WHOLE)

function policiesIn(items: readonly EvidenceItem[]): number {
  return observationsOf(items).filter(({ facet }) => facet === 'policy').length
}

describe('bad input is named with file and offset, and what came before is used', () => {
  const third = TEXT.indexOf('{"configurationItemVersion"', Math.floor(TEXT.length / 3))
  const inText = (change: (text: Buffer) => Buffer) => gzipSync(change(Buffer.from(TEXT)))
  it.each([
    ['gzip cut short', WHOLE.subarray(0, Math.floor(WHOLE.length * 0.7)), 'truncated', 60],
    [
      'gzip with a broken byte',
      Buffer.from(WHOLE).fill(0xff, Math.floor(WHOLE.length * 0.7), Math.floor(WHOLE.length * 0.7) + 8),
      'malformed',
      60,
    ],
    ['gzip with bytes behind it', Buffer.concat([WHOLE, Buffer.from('junk')]), 'malformed', 300],
    ['JSON cut short', inText((text) => text.subarray(0, third + 50)), 'truncated', 100],
    [
      'JSON broken between two items',
      inText((text) => Buffer.concat([text.subarray(0, third), Buffer.from(']}}'), text.subarray(third)])),
      'malformed',
      100,
    ],
    ['one item that is no JSON', inText((text) => text.fill('?', third + 27, third + 28)), 'malformed', 299],
    ['invalid UTF-8 in one item', inText((text) => text.fill(0xff, third + 30, third + 31)), 'malformed', 299],
    ['nothing at all', Buffer.alloc(0), 'empty', 0],
    ['an empty gzip file', gzipSync(''), 'empty', 0],
    ['no list of items', gzipSync('{"fileVersion":"1.0"}'), 'malformed', 0],
    ['something else', gzipSync('not JSON'), 'malformed', 0],
  ])('%s', async (_, content, code, atLeast) => {
    const items = await itemsIn(await writtenEvidence({ [CONFIG_PATH]: content }))
    expect(unreadOf(items)).toMatchObject([{ what: CONFIG_PATH, code, place: { file: CONFIG_PATH } }])
    expect(policiesIn(items)).toBeGreaterThanOrEqual(atLeast)
  })

  it('names where an item begins that is not JSON', async () => {
    const broken = Buffer.from(TEXT).fill('?', third + 27, third + 28)
    const items = await itemsIn(await writtenEvidence({ [CONFIG_PATH]: gzipSync(broken) }))
    expect(unreadOf(items)[0]?.place).toEqual({ file: CONFIG_PATH, offset: third })
  })

  it('a bomb stops, and what stood before it is used', async () => {
    const bomb = gzipSync(Buffer.concat([TEXT.subarray(0, -2), Buffer.from(',"'), Buffer.alloc(90 * 1024 ** 2, 'a')]))
    const items = await itemsIn(await writtenEvidence({ [CONFIG_PATH]: bomb }))
    expect(unreadOf(items)).toMatchObject([{ code: 'bomb', place: { file: CONFIG_PATH } }])
    expect(policiesIn(items)).toBe(300)
  })

  it('a line of hundreds of megabytes is left out, and the items around it are used', async () => {
    const directory = await writtenEvidence({ [CONFIG_PATH]: Buffer.concat([TEXT.subarray(0, -2), Buffer.from(',"')]) })
    await truncate(join(directory, CONFIG_PATH), 200 * 1024 ** 2)
    const items = await itemsIn(directory)
    expect(unreadOf(items)).toMatchObject([{ code: 'truncated', place: { offset: TEXT.length - 1 } }])
    expect(policiesIn(items)).toBe(300)
  })

  it('a file of nothing but broken records gives a hundred notes and a number', async () => {
    const items = await itemsIn(
      await writtenEvidence({ [CONFIG_PATH]: `{"configurationItems":[${Array(500).fill('?').join()}]}` }),
    )
    expect(unreadOf(items)).toHaveLength(101)
    expect(unreadOf(items).at(-1)?.detail).toBe('400 more like these.')
  })

  it('a file that is gone when it is read', async () => {
    const file = { path: CONFIG_PATH, absolutePath: '/nonexistent/file', sizeBytes: 1, layout: 'aws-config' as const }
    const items = await itemsOf({ files: [file], unread: [] })
    expect(unreadOf(items)).toMatchObject([{ code: 'unreadable', place: { file: CONFIG_PATH, offset: 0 } }])
  })
})

describe('hostile content', () => {
  const layouts: readonly EvidenceLayout[] = [
    'aws-config',
    'aws-cloudtrail',
    'aws-organizations',
    'aws-cli',
    's3-inventory-manifest',
  ]
  const words = fc.constantFrom(
    'configurationItems',
    'Records',
    'Accounts',
    'Policy',
    'files',
    'sourceBucket',
    'fileSchema',
    'creationTimestamp',
    'fileFormat',
    '__proto__',
    'constructor',
    'eventName',
    'eventSource',
    'eventTime',
    'requestParameters',
    'resourceType',
    'supplementaryConfiguration',
  )
  const values = fc.oneof(
    words,
    fc.constantFrom(
      'AWS::S3::Bucket',
      's3.amazonaws.com',
      'PutBucketAcl',
      'CreateBucket',
      '2020-01-01T00:00:00Z',
      'OK',
      'CSV',
      '[',
      '{}',
      1,
      null,
      true,
    ),
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      values,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(words, tie('tree'), { maxKeys: 6 }),
    ),
  }))
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    tree.map((value) => Buffer.from(JSON.stringify(value))),
    tree.map((value) => gzipSync(JSON.stringify({ Records: [value], configurationItems: [value], Accounts: [value] }))),
  )

  it('any bytes under any layout give items or notes, never a throw, and never stop at something unforeseen', async () => {
    await fc.assert(
      fc.asyncProperty(content, fc.constantFrom(...layouts), async (bytes, layout) => {
        const directory = await writtenEvidence({ 'map-updates/2020-01-01.policy.json': bytes })
        const [file] = (await discoverEvidence([directory])).files
        const items: EvidenceItem[] = []
        for await (const item of readEvidence({ ...file!, layout }, { related: () => undefined })) items.push(item)
        expect(unreadOf(items).filter(({ detail }) => detail.includes('unforeseen'))).toEqual([])
        expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(PROTOTYPE)
        await removeWrittenEvidence()
      }),
      { numRuns: 400 },
    )
  })

  it('events and items with broken parts give items or notes', async () => {
    const handled = [
      'CreateBucket',
      'PutBucketAcl',
      'PutBucketPolicy',
      'PutPublicAccessBlock',
      'PutBucketLogging',
      'PutBucketEncryption',
      'PutObject',
      'DeleteObjects',
      'PutBucketTagging',
    ]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...handled), tree, tree, async (name, parameters, part) => {
        const files = {
          [TRAIL_PATH]: trailFile(bucketEvent(name, {}, { requestParameters: parameters, resources: part })),
          [CONFIG_PATH]: configFile(
            bucketItem({ AccessControlList: part, BucketPolicy: part, PublicAccessBlockConfiguration: parameters }),
          ),
        }
        const items = await itemsIn(await writtenEvidence(files))
        expect(items.length).toBeGreaterThan(0)
        expect(unreadOf(items).filter(({ detail }) => detail.includes('unforeseen'))).toEqual([])
        await removeWrittenEvidence()
      }),
      { numRuns: 300 },
    )
  })
})

it.each(['object', 's3-access-log', 's3-inventory-data', 'aws-cloudtrail-digest', 'unknown'] as const)(
  '%s holds no typed values',
  async (layout) => {
    const file = { path: 'x', absolutePath: '/nonexistent/x', sizeBytes: 1, layout }
    expect(await itemsOf({ files: [file], unread: [] })).toEqual([])
  },
)

it('stops when it is told to', async () => {
  const directory = await writtenEvidence({ [CONFIG_PATH]: WHOLE })
  await expect(itemsIn(directory, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
})

const PROTOTYPE = Object.getOwnPropertyNames(Object.prototype)

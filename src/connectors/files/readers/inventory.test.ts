import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, describe, expect, it } from 'vitest'
import { discoverEvidence } from '../discover.ts'
import { itemsIn, removeWrittenEvidence, unreadOf, writtenEvidence } from '../testing/written-evidence.ts'

afterAll(removeWrittenEvidence)

const FOLDER = 'inventories/map-updates/all'
const MANIFEST_PATH = `${FOLDER}/2023-05-01T00-00Z/manifest.json`
const SCHEMA = 'Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size, LastModifiedDate'
const GOOD = [
  '"map-updates","2016/cars%2Bowners+of%20May.csv","v1","true","false","120","2016-05-01T10:00:00.000Z"',
  '"map-updates","gone.csv","v2","true","true","","2017-01-02T03:04:05.000Z"',
].join('\n')

function manifest(data: Uint8Array | string, rest: object = {}, entry: object = {}): object {
  const MD5checksum = createHash('md5').update(data).digest('hex')
  return {
    sourceBucket: 'map-updates',
    destinationBucket: 'arn:aws:s3:::inventories',
    version: '2016-11-30',
    creationTimestamp: '1682899200000',
    fileFormat: 'CSV',
    fileSchema: SCHEMA,
    files: [{ key: `map-updates/all/data/part.csv.gz`, size: data.length, MD5checksum, ...entry }],
    ...rest,
  }
}

async function read(data: Uint8Array | null, theManifest: object, dataPath = `${FOLDER}/data/part.csv.gz`) {
  return itemsIn(await writtenEvidence({ [MANIFEST_PATH]: theManifest, ...(data === null ? {} : { [dataPath]: data }) }))
}

describe('a whole inventory', () => {
  const data = gzipSync(GOOD)
  it('lists objects with decoded keys, takes delete markers for deletions, and marks the listing as complete', async () => {
    expect(await read(data, manifest(data))).toEqual([
      {
        kind: 'sighting',
        sighting: {
          store: 'arn:aws:s3:::map-updates',
          key: '2016/cars+owners of May.csv',
          versionId: 'v1',
          kind: 'listed',
          at: '2023-05-01T00:00:00Z',
          lastModified: '2016-05-01T10:00:00Z',
          sizeBytes: 120,
          evidence: { file: `${FOLDER}/data/part.csv.gz`, offset: 0 },
        },
      },
      {
        kind: 'sighting',
        sighting: {
          store: 'arn:aws:s3:::map-updates',
          key: 'gone.csv',
          versionId: 'v2',
          kind: 'delete',
          at: '2017-01-02T03:04:05Z',
          lastModified: '2017-01-02T03:04:05Z',
          sizeBytes: null,
          evidence: { file: `${FOLDER}/data/part.csv.gz`, offset: 101 },
        },
      },
      {
        kind: 'inventory',
        mark: { store: 'arn:aws:s3:::map-updates', at: '2023-05-01T00:00:00Z', evidence: { file: MANIFEST_PATH } },
      },
    ])
  })

  it.each([
    ['in the folder beside', `${FOLDER}/data/part.csv.gz`],
    ['below a copy of the destination bucket', 'inventories/map-updates/all/data/part.csv.gz'],
    ['next to the manifest', `${FOLDER}/2023-05-01T00-00Z/part.csv.gz`],
    ['at its key', 'map-updates/all/data/part.csv.gz'],
  ])('finds its data %s', async (_, path) => {
    const directory = await writtenEvidence({ [MANIFEST_PATH]: manifest(data), [path]: data })
    expect((await itemsIn(directory)).map((item) => item.kind)).toEqual(['sighting', 'sighting', 'inventory'])
    const { files, unread } = await discoverEvidence([directory])
    expect(files.find((file) => file.path === path)?.layout).toBe('s3-inventory-data')
    expect(unread).toEqual([])
  })

  it('a version that is not the latest was put, and is not listed as being there', async () => {
    const rows = [
      '"map-updates","gone.csv","v3","true","true","","2018-01-02T03:04:05.000Z"',
      '"map-updates","gone.csv","v2","false","false","9","2017-01-02T03:04:05.000Z"',
    ]
    const bytes = gzipSync(rows.join('\n'))
    expect(await read(bytes, manifest(bytes))).toMatchObject([
      { sighting: { kind: 'delete', at: '2018-01-02T03:04:05Z' } },
      { sighting: { kind: 'put', at: '2017-01-02T03:04:05Z', sizeBytes: 9 } },
      { kind: 'inventory' },
    ])
  })

  it('an empty bucket is marked too', async () => {
    expect(await read(null, manifest('', { files: [] }))).toMatchObject([{ kind: 'inventory' }])
  })

  it('in Parquet', async () => {
    const bytes = new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'bucket', data: ['map-updates'], type: 'STRING' },
          { name: 'key', data: ['a%20b+c.csv'], type: 'STRING' },
          { name: 'version_id', data: ['v1'], type: 'STRING' },
          { name: 'is_delete_marker', data: [false], type: 'BOOLEAN' },
          { name: 'size', data: [7n], type: 'INT64' },
          { name: 'last_modified_date', data: [new Date('2016-05-01T10:00:00Z')], type: 'TIMESTAMP' },
        ],
      }),
    )
    const items = await read(bytes, manifest(bytes, { fileFormat: 'Parquet', fileSchema: 'message s3.inventory {}' }))
    expect(items).toMatchObject([
      { kind: 'sighting', sighting: { key: 'a%20b+c.csv', versionId: 'v1', sizeBytes: 7, lastModified: '2016-05-01T10:00:00Z' } },
      { kind: 'inventory' },
    ])
    const cut = bytes.subarray(0, bytes.length - 10)
    expect((await read(cut, manifest(cut, { fileFormat: 'Parquet' }))).map((item) => item.kind)).toEqual(['unread'])
  })
})

describe('one that is not whole gives what it lists and no mark', () => {
  const data = gzipSync(GOOD)
  const broken = (text: string | Buffer) => gzipSync(text)
  it.each([
    ['its data are missing', null, manifest(data), 0, 'unreadable'],
    ['its data have another digest', data, manifest('other'), 2, 'malformed'],
    ['no digest is named', data, manifest(data, {}, { MD5checksum: undefined }), 2, 'malformed'],
    ['its data are cut', data.subarray(0, data.length - 9), manifest(data.subarray(0, data.length - 9)), 1, 'truncated'],
    ['a line has other columns', broken(`a,b\n${GOOD}`), manifest(broken(`a,b\n${GOOD}`)), 2, 'malformed'],
    ['a line’s quotes do not match', broken(`"a,b\n${GOOD}`), manifest(broken(`"a,b\n${GOOD}`)), 2, 'malformed'],
    [
      'a key is not encoded right',
      broken(GOOD.replace('%20', '%zz')),
      manifest(broken(GOOD.replace('%20', '%zz'))),
      1,
      'malformed',
    ],
    [
      'a line is not UTF-8',
      broken(Buffer.from(GOOD.replace('gone', 'g\xff'), 'latin1')),
      manifest(broken(Buffer.from(GOOD.replace('gone', 'g\xff'), 'latin1'))),
      1,
      'malformed',
    ],
    [
      'a line is far too long',
      broken(`${'x'.repeat(99_999)}\n${GOOD}`),
      manifest(broken(`${'x'.repeat(99_999)}\n${GOOD}`)),
      2,
      'too-large',
    ],
    [
      'a line is of another bucket',
      broken(GOOD.replace('"map-updates"', '"other"')),
      manifest(broken(GOOD.replace('"map-updates"', '"other"'))),
      1,
      'malformed',
    ],
    ['its format is not read', data, manifest(data, { fileFormat: 'ORC' }), 0, 'unsupported'],
    ['the manifest lacks its time', data, manifest(data, { creationTimestamp: null }), 0, 'malformed'],
  ] as const)('%s', async (_, bytes, theManifest, sightings, code) => {
    const items = await read(bytes, theManifest)
    expect(items.filter((item) => item.kind === 'sighting')).toHaveLength(sightings)
    expect(items.filter((item) => item.kind === 'inventory')).toEqual([])
    expect(unreadOf(items).map((unread) => unread.code)).toContain(code)
  })
})

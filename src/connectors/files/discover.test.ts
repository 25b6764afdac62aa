import { chmod, mkdir, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { discoverEvidence } from './discover.ts'
import { EvidenceDirectoryError } from './evidence-directories.ts'
import {
  bucketEvent,
  bucketItem,
  CONFIG_PATH,
  configFile,
  removeWrittenEvidence,
  TRAIL_PATH,
  trailFile,
  writtenEvidence,
} from './testing/written-evidence.ts'

afterAll(removeWrittenEvidence)

const LOG_LINE = `${'0'.repeat(64)} map-updates [06/Feb/2019:00:00:38 +0000] 192.0.2.3 - 3E57427F3EXAMPLE REST.GET.OBJECT k "GET /k HTTP/1.1" 200 - 1 1 1 1 "-" "-" -\n`
const MANIFEST = { sourceBucket: 'map-updates', version: '2016-11-30', fileFormat: 'CSV', fileSchema: 'Bucket, Key', files: [] }

describe('a file is known by its content, whatever its name', () => {
  it.each([
    ['a snapshot of AWS Config', 'x/y.bin', configFile(bucketItem({})), 'aws-config'],
    ['configuration items not compressed', 'history.json', { configurationItems: [] }, 'aws-config'],
    ['an oversized change notification', 'n.json', { configurationItemDiff: {}, configurationItem: {} }, 'aws-config'],
    ['events of CloudTrail', 'events', trailFile(bucketEvent('PutBucketPolicy', {})), 'aws-cloudtrail'],
    ['events under a path of AWS Config', CONFIG_PATH, trailFile(bucketEvent('PutBucketPolicy', {})), 'aws-cloudtrail'],
    [
      'a digest of CloudTrail',
      'd.json',
      { awsAccountId: '1', digestStartTime: 't', digestS3Bucket: 'b' },
      'aws-cloudtrail-digest',
    ],
    ['the accounts of an organisation', 'a.json', { Accounts: [{ Id: '111122223333', Arn: 'arn' }] }, 'aws-organizations'],
    ['a manifest of an inventory', 'm.json', MANIFEST, 's3-inventory-manifest'],
    ['access logs', 'log.gz', gzipSync(LOG_LINE), 's3-access-log'],
    ['access logs that begin with an empty line', 'log.txt', `\n${LOG_LINE}`, 's3-access-log'],
    ['a bucket policy', 'p.json', { Policy: '{}' }, 'aws-cli'],
    ['database instances', 'i.json', { DBInstances: [] }, 'aws-cli'],
    ['other JSON', 'package.json', { name: 'x', Policy: 'x' }, 'unknown'],
    ['records of something else', 'r.json', { Records: [{ s3: {} }] }, 'unknown'],
    ['text', 'README.md', 'Evidence of May.', 'unknown'],
  ])('%s', async (_, path, content, layout) => {
    const { files } = await discoverEvidence([await writtenEvidence({ [path]: content })])
    expect(files.map((file) => file.layout)).toEqual([layout])
  })
})

describe('a path tells where the content does not', () => {
  it.each([
    ['broken configuration', `copy/of/${CONFIG_PATH}`, 'aws-config'],
    ['broken configuration of an organisation', CONFIG_PATH.replace('AWSLogs/', 'AWSLogs/o-exampleorgid/'), 'aws-config'],
    ['broken events', TRAIL_PATH, 'aws-cloudtrail'],
    ['broken events of an organisation’s trail', TRAIL_PATH.replace('AWSLogs/', 'AWSLogs/o-exampleorgid/'), 'aws-cloudtrail'],
    ['a digest', TRAIL_PATH.replace('/CloudTrail/', '/CloudTrail-Digest/'), 'aws-cloudtrail-digest'],
    ['an object', 'batch/objects/map-updates/2016/cars.csv', 'object'],
    ['an object whose key looks like a delivery', `objects/map-updates/${CONFIG_PATH}`, 'object'],
    ['a log that holds no log line', 'logs/2019-02-06-00-00-38-3E57427F33A59F07', 's3-access-log'],
    ['a manifest', 'inv/map-updates/all/2023-05-01T00-00Z/manifest.json', 's3-inventory-manifest'],
    ['a bucket that cannot be one', 'objects/Not_A_Bucket!/key', 'unknown'],
  ])('%s', async (_, path, layout) => {
    const { files } = await discoverEvidence([await writtenEvidence({ [path]: 'neither this nor that' })])
    expect(files.map((file) => file.layout)).toEqual([layout])
  })

  it('takes an object’s bytes for no configuration: a stranger may have written them', async () => {
    const directory = await writtenEvidence({ 'objects/map-updates/a.json.gz': configFile(bucketItem({})) })
    const { files } = await discoverEvidence([directory])
    expect(files[0]).toMatchObject({ layout: 'object', object: { bucket: 'map-updates', key: 'a.json.gz' } })
  })

  it('names the bucket of a log whose folder and first line agree on it', async () => {
    const directory = await writtenEvidence({ 'logs/map-updates/a': LOG_LINE, 'logs/other/b': LOG_LINE })
    const { files } = await discoverEvidence([directory])
    expect(files.map((file) => file.bucket)).toEqual(['map-updates', undefined])
  })
})

describe('what cannot be used is named', () => {
  it.each([
    ['an empty file', 'empty.json', '', 'empty'],
    ['text', 'notes.txt', 'hello', 'unknown-layout'],
    ['a zip archive', 'a.zip', 'PK\x03\x04', 'unsupported'],
    ['gzip in gzip', 'a.gz', gzipSync(gzipSync('x')), 'unsupported'],
  ])('%s', async (_, path, content, code) => {
    const { unread } = await discoverEvidence([await writtenEvidence({ [path]: content })])
    expect(unread).toMatchObject([{ what: path, code, place: { file: path } }])
    expect(unread[0]?.lost).not.toBe('')
  })

  it('links that lead back, and links that lead nowhere', async () => {
    const directory = await writtenEvidence({ 'a/b/notes.json': { configurationItems: [] } })
    await symlink('..', join(directory, 'a/b/up'))
    await symlink('round', join(directory, 'round'))
    await symlink('nowhere', join(directory, 'dangling'))
    const { files, unread } = await discoverEvidence([directory])
    expect(files.map((file) => file.path)).toEqual(['a/b/notes.json'])
    expect(unread.map(({ what, code }) => [what, code])).toEqual([
      ['a/b/up', 'link-loop'],
      ['dangling', 'unreadable'],
      ['round', 'link-loop'],
    ])
  })

  it('a link to another directory is followed once, by the name that comes first', async () => {
    const elsewhere = await writtenEvidence({ 'x.json': { configurationItems: [] } })
    const directory = await writtenEvidence({ 'y.json': { configurationItems: [] } })
    await symlink(elsewhere, join(directory, 'b-link'))
    await symlink(elsewhere, join(directory, 'a-link'))
    const { files, unread } = await discoverEvidence([directory])
    expect(files.map((file) => file.path)).toEqual(['a-link/x.json', 'y.json'])
    expect(unread).toEqual([])
  })

  it('a socket', async () => {
    const directory = await writtenEvidence({ 'y.json': { configurationItems: [] } })
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(join(directory, 'socket'), resolve))
    const { unread } = await discoverEvidence([directory]).finally(() => server.close())
    expect(unread).toMatchObject([{ what: 'socket', code: 'unsupported' }])
  })

  it('a file and a directory without the right to read them', async () => {
    const directory = await writtenEvidence({ 'shut/x.json': '{}', [CONFIG_PATH]: '{}', 'notes.json': '{}' })
    for (const path of ['shut', 'notes.json', CONFIG_PATH]) await chmod(join(directory, path), 0o000)
    const { files, unread } = await asNobody(() => discoverEvidence([directory]))
    await chmod(join(directory, 'shut'), 0o700)
    expect(files.map((file) => file.layout)).toEqual(['aws-config', 'unknown'])
    expect(unread.map(({ what, code }) => [what, code])).toEqual([
      ['notes.json', 'unreadable'],
      ['shut', 'unreadable'],
    ])
  })
})

describe('directories that cannot be used at all', () => {
  it.each([
    ['missing', async (directory: string) => join(directory, 'missing')],
    ['not-a-directory', async (directory: string) => join(directory, 'file.json')],
    [
      'empty',
      async (directory: string) => mkdir(join(directory, 'empty'), { recursive: true }).then(() => join(directory, 'empty')),
    ],
    ['unreadable', async (directory: string) => chmod(directory, 0o000).then(() => directory)],
  ] as const)('%s', async (reason, choose) => {
    const given = await choose(await writtenEvidence({ 'file.json': '{}' }))
    const error = await asNobody(() => discoverEvidence([given]).catch((caught: unknown) => caught))
    expect(error).toBeInstanceOf(EvidenceDirectoryError)
    expect(error).toMatchObject({ reason, directory: given, remedy: expect.stringMatching(/\.$/) })
  })
})

describe('paths do not depend on where the directories lie', () => {
  it('one directory: relative to it', async () => {
    const files = { 'a/x.json': '{}', b: '{}' }
    const [first, second] = [await writtenEvidence(files), await writtenEvidence(files)]
    const paths = (await discoverEvidence([first])).files.map((file) => file.path)
    expect(paths).toEqual(['a/x.json', 'b'])
    expect((await discoverEvidence([second])).files.map((file) => file.path)).toEqual(paths)
  })

  it('several: below their names, as much of them as tells them apart, in any order', async () => {
    const directory = await writtenEvidence({ 'p/may/x': '1', 'q/may/x': '2', 'q/june/x': '3' })
    const given = ['q/june', 'p/may', 'q/may', 'p/../p/may'].map((name) => join(directory, name))
    const expected = ['june/x', 'p/may/x', 'q/may/x']
    expect((await discoverEvidence(given)).files.map((file) => file.path)).toEqual(expected)
    expect((await discoverEvidence(given.toReversed())).files.map((file) => file.path)).toEqual(expected)
  })

  it('a directory inside another one is read once', async () => {
    const directory = await writtenEvidence({ 'may/x': '1', y: '2' })
    const { files } = await discoverEvidence([join(directory, 'may'), directory])
    expect(files.map((file) => file.path)).toEqual(['may/x', 'y'])
  })
})

it('stops when it is told to', async () => {
  const directory = await writtenEvidence({ x: '1' })
  await expect(discoverEvidence([directory], { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
})

/** The superuser may read everything, so tests that run as it step down for a moment. */
async function asNobody<T>(run: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return run()
  process.seteuid?.(65534)
  return run().finally(() => process.seteuid?.(0))
}

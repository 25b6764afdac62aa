import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, describe, expect, it } from 'vitest'
import type { Observation, ZoneOfTrust } from '../model/index.ts'
import { type AccessQuery, type Lake, type LogFile, openLake } from './index.ts'

const root = mkdtempSync(join(tmpdir(), 'ajar-lake-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const OWNER = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'
const STORE = 'arn:aws:s3:::maps'
const TAIL = '- s9lzHYrFp76ZVxRc= - ECDHE-RSA-AES128-GCM-SHA256 - maps.s3.amazonaws.com TLSv1.2 - -'

interface Request {
  readonly at?: string
  readonly bucket?: string
  readonly ip?: string
  readonly requester?: string
  readonly id: string
  readonly operation?: string
  readonly key?: string
  readonly status?: number
  readonly bytes?: number
  readonly size?: number
  readonly agent?: string
}

function line({
  at = '06/Feb/2021:10:00:38 +0000',
  bucket = 'maps',
  ip = '192.0.2.3',
  requester = '-',
  id,
  operation = 'REST.GET.OBJECT',
  key = 'a.csv',
  status = 200,
  bytes = 100,
  size = 100,
  agent = 'curl/8.5.0',
}: Request): string {
  return `${OWNER} ${bucket} [${at}] ${ip} ${requester} ${id} ${operation} ${key} "GET /${key} HTTP/1.1" ${status} - ${bytes} ${size} 7 6 "-" "${agent}" ${TAIL}\n`
}

let made = 0
function logFile(
  text: string | Uint8Array,
  layout: LogFile['layout'] = 's3-access-log',
  name = `logs/${String(made++).padStart(4, '0')}`,
): LogFile {
  const absolutePath = join(root, name.replaceAll('/', '-'))
  writeFileSync(absolutePath, text)
  return { path: name, absolutePath, sha256: createHash('sha256').update(text).digest('hex'), layout }
}

const ZONE: ZoneOfTrust = {
  organizations: [],
  accounts: ['111122223333'],
  cidrs: ['203.0.113.0/24'],
  vpcs: [],
  vpcEndpoints: [],
  principals: [],
}
const LOGGED: Observation = {
  resource: { id: STORE, type: 'AWS::S3::Bucket', account: '111122223333', region: 'us-east-1', name: 'maps' },
  facet: 'logging',
  kind: 'change',
  validFrom: '2020-01-01T00:00:00Z',
  value: { status: 'read', value: { TargetBucket: 'logs', TargetPrefix: '' } },
  source: 'cloudtrail',
  evidence: { file: 'trail.json' },
}

function query(change: Partial<AccessQuery> = {}): AccessQuery {
  return {
    store: STORE,
    bucket: 'maps',
    windows: [{ from: '2021-02-01T00:00:00Z', to: '2021-03-01T00:00:00Z' }],
    sources: { zone: ZONE, knownNetworks: [{ cidr: '198.51.100.0/24', name: 'example scanner', standing: 'known-scanner' }] },
    loggingHistory: [LOGGED],
    reach: 'anyone',
    asOf: '2023-05-31T00:00:00Z',
    ...change,
  }
}

let lakes = 0
async function withLake<T>(
  use: (lake: Lake, directory: string) => Promise<T>,
  directory = join(root, `lake-${lakes++}`),
  threads = 1,
): Promise<T> {
  const lake = await openLake({ directory, threads })
  try {
    return await use(lake, directory)
  } finally {
    await lake.close()
  }
}

async function reportOf(lines: readonly Request[], change: Partial<AccessQuery> = {}) {
  return withLake(async (lake) => {
    await lake.ingest([logFile(lines.map(line).join(''))])
    return lake.accessReport(query(change))
  })
}

describe('who came', () => {
  const inside: Request = { id: 'I1', ip: '203.0.113.4' }
  const forged = 'x" 403 AccessDenied 243 - 1 - "-" "y'

  it.each<{ name: string; lines: Request[]; conclusion: string; counts?: object }>([
    { name: 'an outside read', lines: [inside, { id: 'R1' }], conclusion: 'read', counts: { inside: 1, outside: 1 } },
    { name: 'a read through the website endpoint', lines: [{ id: 'R1', operation: 'WEBSITE.GET.OBJECT' }], conclusion: 'read' },
    { name: 'a copy out of the store', lines: [{ id: 'R1', operation: 'REST.COPY.OBJECT_GET' }], conclusion: 'read' },
    { name: 'a refused read', lines: [{ id: 'R1', status: 403 }], conclusion: 'silent-part', counts: { outside: 1 } },
    { name: 'a read that found nothing new', lines: [{ id: 'R1', status: 304 }], conclusion: 'silent-part' },
    { name: 'a HEAD', lines: [{ id: 'R1', operation: 'REST.HEAD.OBJECT' }], conclusion: 'silent-part' },
    { name: 'a listing', lines: [{ id: 'R1', operation: 'REST.GET.BUCKET', key: '-' }], conclusion: 'listed' },
    {
      name: 'a refused listing',
      lines: [{ id: 'R1', operation: 'REST.GET.BUCKET', key: '-', status: 403 }],
      conclusion: 'silent-part',
    },
    { name: 'a forged line', lines: [{ id: 'R1', agent: forged }], conclusion: 'ambiguous' },
    { name: 'a forged line from inside', lines: [{ ...inside, agent: forged }], conclusion: 'silent-part' },
    { name: 'a read by nobody knows whom', lines: [{ id: 'R1', ip: '-' }], conclusion: 'ambiguous', counts: { unknown: 1 } },
    {
      name: "the company's own reads",
      lines: [inside, { id: 'I2', requester: 'arn:aws:iam::111122223333:user/x' }, { id: 'I3', requester: OWNER }],
      conclusion: 'silent-part',
      counts: { inside: 3 },
    },
    {
      name: 'a known scanner',
      lines: [{ id: 'S1', ip: '198.51.100.1' }],
      conclusion: 'silent-part',
      counts: { knownScanner: 1 },
    },
    {
      name: "a stranger's account",
      lines: [{ id: 'R1', ip: '-', requester: 'arn:aws:iam::999988887777:user/y' }],
      conclusion: 'read',
    },
    {
      name: 'reads outside the window',
      lines: [
        { id: 'R1', at: '01/Mar/2021:00:00:00 +0000' },
        { id: 'R2', at: '31/Jan/2021:23:59:59 +0000' },
      ],
      conclusion: 'silent-part',
      counts: { outside: 0 },
    },
    {
      name: 'a read that another zone puts into the window',
      lines: [{ id: 'R1', at: '01/Mar/2021:01:30:00 +0200' }],
      conclusion: 'read',
    },
    { name: "another store's reads", lines: [{ id: 'R1', bucket: 'other' }], conclusion: 'silent-part', counts: { outside: 0 } },
  ])('$name: $conclusion', async ({ lines, conclusion, counts = {} }) => {
    const report = await reportOf(lines)
    expect(report.conclusion).toBe(conclusion)
    expect(report.requests).toMatchObject(counts)
  })

  it('tells who took what, and when', async () => {
    const report = await reportOf([
      { id: 'R1', at: '06/Feb/2021:10:00:38 +0000', key: 'b.csv', bytes: 10 },
      { id: 'R2', at: '06/Feb/2021:10:30:00 +0000', key: 'say%2522hi%2522', bytes: 20, agent: 'bad\u001b[31m' },
      { id: 'R3', at: '07/Feb/2021:00:00:00 +0000', operation: 'REST.GET.BUCKET', key: '-', bytes: 5 },
      { id: 'R4', at: '06/Feb/2021:11:00:00 +0000', ip: '192.0.2.9', key: 'b.csv', bytes: 1000 },
    ])
    expect(report).toMatchObject({
      requests: { outside: 4 },
      lines: { read: 4, parsed: 4, ambiguous: 0, rejected: 0 },
      outsiderCount: 2,
      objectsRead: ['b.csv', 'say"hi"'],
      objectsReadCount: 2,
      firstRead: '2021-02-06T10:00:38Z',
      firstList: '2021-02-07T00:00:00Z',
      readsByHour: [
        { hour: '2021-02-06T10:00:00Z', reads: 2, lists: 0 },
        { hour: '2021-02-06T11:00:00Z', reads: 1, lists: 0 },
        { hour: '2021-02-07T00:00:00Z', reads: 0, lists: 1 },
      ],
    })
    expect(report.outsiders).toEqual([
      {
        ip: '192.0.2.9',
        network: null,
        principal: null,
        userAgents: ['curl/8.5.0'],
        first: '2021-02-06T11:00:00Z',
        last: '2021-02-06T11:00:00Z',
        requests: 1,
        reads: 1,
        lists: 0,
        writes: 0,
        bytes: 1000,
        objects: 1,
      },
      {
        ip: '192.0.2.3',
        network: null,
        principal: null,
        userAgents: ['curl/8.5.0', 'bad\\u{1b}[31m'],
        first: '2021-02-06T10:00:38Z',
        last: '2021-02-07T00:00:00Z',
        requests: 3,
        reads: 2,
        lists: 1,
        writes: 0,
        bytes: 35,
        objects: 2,
      },
    ])
  })

  it('counts a request once however often it was delivered, and both records of a copy', async () => {
    const read = line({ id: 'R1' })
    const copy = [
      line({ id: 'C1', operation: 'REST.COPY.OBJECT', ip: '203.0.113.4' }),
      line({ id: 'C1', operation: 'REST.COPY.OBJECT_GET', ip: '203.0.113.4' }),
    ]
    await withLake(async (lake) => {
      await lake.ingest([logFile(read + read), logFile(`${read}${copy.join('')}`)])
      const { requests, lines } = await lake.accessReport(query())
      expect({ requests, read: lines.read }).toMatchObject({ requests: { outside: 1, inside: 2 }, read: 5 })
    })
  })

  it('lets data events settle an ambiguous line with the same request id', async () => {
    const event = {
      eventTime: '2021-02-06T10:00:38Z',
      eventSource: 's3.amazonaws.com',
      eventName: 'GetObject',
      sourceIPAddress: '192.0.2.3',
      userIdentity: { type: 'AWSAccount', accountId: 'anonymous' },
      requestParameters: { bucketName: 'maps', key: 'a.csv' },
      requestID: 'R1',
      eventID: 'E1',
      eventCategory: 'Data',
    }
    await withLake(async (lake) => {
      await lake.ingest([
        logFile(line({ id: 'R1', agent: forged })),
        logFile(gzipSync(JSON.stringify({ Records: [event] })), 'aws-cloudtrail'),
      ])
      expect(await lake.accessReport(query())).toMatchObject({
        conclusion: 'read',
        requests: { outside: 1 },
        lines: { read: 2, ambiguous: 1 },
      })
    })
  })

  it('does not say that nobody came where an outsider wrote', async () => {
    const report = await reportOf([{ id: 'W1', operation: 'REST.PUT.OBJECT' }])
    expect(report.sentence).toContain('No outside read or listing')
    expect(report.sentence).toContain('Outsiders succeeded with 1 other request')
  })

  it('is dark for a resource that has no such logs, and for a lake that is empty', async () => {
    await withLake(async (lake) => {
      expect(
        await lake.accessReport(query({ store: 'arn:aws:rds:us-east-1:111122223333:db:x', bucket: '', loggingHistory: [] })),
      ).toMatchObject({ conclusion: 'dark' })
      expect(await lake.accessReport(query())).toMatchObject({ conclusion: 'silent-part', lines: { read: 0 } })
    })
  })

  it('counts rejected lines of the same files as lines of the store', async () => {
    await withLake(async (lake) => {
      const report = await lake.ingest([logFile(`${line({ id: 'R1', status: 403 })}what is this\n`)])
      expect(report.lines).toEqual({ read: 2, parsed: 1, ambiguous: 0, rejected: 1 })
      expect(report.unread).toMatchObject([{ code: 'malformed' }])
      expect((await lake.accessReport(query())).lines).toEqual({ read: 2, parsed: 1, ambiguous: 0, rejected: 1 })
    })
  })

  it('does not take a quote in a bucket or key for SQL', async () => {
    const report = await reportOf([{ id: 'R1', key: "x'%3B--" }], { bucket: "maps' OR '1'='1" })
    expect(report.requests.outside).toBe(0)
  })
})

describe('objects put and deleted', () => {
  it('come with their place in the evidence, each event once', async () => {
    await withLake(async (lake) => {
      const put = line({ id: 'P1', operation: 'REST.PUT.OBJECT', key: 'a%2520b', size: 7, ip: '203.0.113.4' })
      const refused = line({ id: 'P2', operation: 'REST.PUT.OBJECT', status: 403 })
      const batch = `${OWNER} maps [07/Feb/2021:00:00:00 +0000] - svc:s3.amazonaws.com D1 BATCH.DELETE.OBJECT a%2520b - 204 - - 7 - - - - - h= - - - maps.s3.amazonaws.com -\n`
      const expired = `${OWNER} maps [08/Feb/2021:00:00:00 +0000] - AmazonS3 X1 S3.EXPIRE.OBJECT c - - - - 7 - - - - - - - - - - - -\n`
      await lake.ingest([
        logFile(put + refused, 's3-access-log', 'logs/put'),
        logFile(put + batch + expired, 's3-access-log', 'logs/zzz'),
      ])
      expect(await lake.objectEvents({ store: STORE, bucket: 'maps' })).toEqual([
        expect.objectContaining({
          key: 'a b',
          kind: 'put',
          at: '2021-02-06T10:00:38Z',
          sizeBytes: 7,
          evidence: expect.objectContaining({ offset: 0, record: 'P1' }),
        }),
        expect.objectContaining({
          key: 'a b',
          kind: 'delete',
          at: '2021-02-07T00:00:00Z',
          evidence: { file: 'logs/zzz', offset: put.length, record: 'D1' },
        }),
        expect.objectContaining({ key: 'c', kind: 'delete', at: '2021-02-08T00:00:00Z', sizeBytes: null }),
      ])
    })
  })
})

describe('the lake', () => {
  const many = Array.from({ length: 60 }, (_, file) =>
    Array.from({ length: 30 }, (_, row) =>
      line({
        id: `${file}-${row}`,
        ip: `192.0.2.${row}`,
        at: `${String(1 + (file % 28)).padStart(2, '0')}/${file % 2 ? 'Feb' : 'Mar'}/2021:10:00:${String(row).padStart(2, '0')} +0000`,
        bytes: row,
      }),
    ).join(''),
  )

  it('gives the same answers whatever the order of files and the number of threads', async () => {
    // Sizes that are said to be large make several groups, so that threads are used.
    const files = many.map((text) => ({ ...logFile(text), sizeBytes: 4 << 20 }))
    const answers = []
    for (const [given, threads] of [
      [files, 1],
      [[...files].reverse(), 2],
    ] as const) {
      answers.push(
        await withLake(
          async (lake, directory) => {
            const report = await lake.ingest(given)
            return [
              report,
              await lake.accessReport(query({ windows: [{ from: '2021-01-01T00:00:00Z', to: '2022-01-01T00:00:00Z' }] })),
              digests(join(directory, 'access')),
            ]
          },
          undefined,
          threads,
        ),
      )
    }
    expect(answers[1]).toEqual(answers[0])
    expect((answers[0]![2] as string[]).length).toBeGreaterThan(2)
  })

  it('does not read a file again that it has, under whatever name, also after it was closed', async () => {
    const directory = join(root, 'again')
    const first = logFile(line({ id: 'R1' }))
    await withLake(async (lake) => {
      const before = await lake.ingest([first])
      const again = await lake.ingest([first, { ...first, path: 'elsewhere', absolutePath: '/nowhere' }])
      expect(again).toMatchObject({ fileCount: 1, knownFileCount: 1, lines: before.lines })
    }, directory)
    await withLake(async (lake) => {
      expect(await lake.ingest([first])).toMatchObject({ knownFileCount: 1 })
      expect((await lake.accessReport(query())).requests.outside).toBe(1)
    }, directory)
  })

  it.each([
    { name: 'before its commit: nothing of it counts, and it is read again', committed: false },
    { name: 'after its commit and before its parts moved: all of it counts', committed: true },
  ])('survives a crash $name', async ({ committed }) => {
    const file = logFile(line({ id: `crash-${committed}` }))
    const directory = join(root, `crash-${committed}`)
    await withLake(async (lake) => lake.ingest([file]), directory)
    // Put things back to where the crash would have left them.
    const [commit] = readdirSync(join(directory, 'commits'))
    const id = commit!.replace('.json', '')
    const { parts } = JSON.parse(readFileSync(join(directory, 'commits', commit!), 'utf8')) as {
      parts: { path: string; kind: string; month: string }[]
    }
    mkdirSync(join(directory, 'staging', id), { recursive: true })
    for (const part of parts)
      renameSync(join(directory, part.path), join(directory, 'staging', id, `part-${part.kind}-${part.month}.parquet`))
    if (!committed) renameSync(join(directory, 'commits', commit!), join(directory, 'commits', `${commit}.tmp`))
    await withLake(async (lake) => {
      expect((await lake.accessReport(query())).requests.outside).toBe(committed ? 1 : 0)
      expect(await lake.ingest([file])).toMatchObject({ knownFileCount: committed ? 1 : 0, lines: { read: 1 } })
      expect((await lake.accessReport(query())).requests.outside).toBe(1)
      expect(await lake.verify()).toEqual([])
    }, directory)
  })

  it('reads parts that were written before some columns came, alone and beside new ones', async () => {
    const directory = join(root, 'older-parts')
    await withLake(async (lake) => lake.ingest([logFile(line({ id: 'R1' }))]), directory)
    const [part] = digests(join(directory, 'access')).map((entry) => join(directory, 'access', entry.split(' ')[0]!))
    const instance = await DuckDBInstance.create()
    const session = await instance.connect()
    await session.run(`COPY (SELECT * EXCLUDE (resource, access) FROM read_parquet('${part}')) TO '${part}.old' (FORMAT parquet)`)
    session.closeSync()
    renameSync(`${part}.old`, part!)
    await withLake(async (lake) => {
      expect((await lake.accessReport(query())).requests.outside).toBe(1)
      await lake.ingest([logFile(line({ id: 'R2' }))])
      expect((await lake.accessReport(query())).requests.outside).toBe(2)
    }, directory)
  })

  it('names parts that were changed or are gone', async () => {
    await withLake(async (lake, directory) => {
      await lake.ingest([logFile(line({ id: 'R1' }))])
      const [part] = digests(join(directory, 'access')).map((entry) => entry.split(' ')[0]!)
      writeFileSync(join(directory, 'access', part!), 'x')
      expect(await lake.verify()).toMatchObject([{ problem: 'changed' }])
      rmSync(join(directory, 'access', part!))
      expect(await lake.verify()).toMatchObject([{ problem: 'missing' }])
    })
  })

  it.each([
    {
      name: 'a gzip that breaks off',
      file: () => logFile(gzipSync(many.join('')).subarray(0, 3000)),
      code: 'truncated',
      some: true,
    },
    { name: 'a gzip of nothing but zeros', file: () => logFile(gzipSync(new Uint8Array(100 << 20))), code: 'bomb', some: false },
    {
      name: 'a file that is gone',
      file: () => ({ ...logFile('x'), absolutePath: join(root, 'gone') }),
      code: 'unreadable',
      some: false,
    },
    { name: 'a directory', file: () => ({ ...logFile('y'), absolutePath: root }), code: 'unreadable', some: false },
    { name: 'a CloudTrail file that is none', file: () => logFile('{"x":1}', 'aws-cloudtrail'), code: 'malformed', some: false },
  ])('reads what it can of $name, and says so', async ({ file, code, some }) => {
    await withLake(async (lake) => {
      const { unread, lines } = await lake.ingest([file(), logFile(line({ id: 'R1' }))])
      expect(unread).toMatchObject([{ code }])
      expect(lines.parsed > 1).toBe(some)
      expect((await lake.accessReport(query())).requests.outside).toBeGreaterThan(0)
    })
  })

  it('tries a file again that it could not open', async () => {
    await withLake(async (lake) => {
      const file = logFile(line({ id: 'R1' }))
      await lake.ingest([{ ...file, absolutePath: join(root, 'gone') }])
      expect(await lake.ingest([file])).toMatchObject({ knownFileCount: 0, lines: { read: 1 } })
    })
  })

  it('stops between groups when asked to, and goes on from there', async () => {
    const files = many.slice(0, 12).map((text) => ({ ...logFile(`${text}\n`), sizeBytes: 20 << 20 }))
    await withLake(async (lake) => {
      const stop = new AbortController()
      const ended = lake.ingest(files, {
        signal: stop.signal,
        onProgress: ({ files }) => {
          if (files > 0) stop.abort()
        },
      })
      await expect(ended).rejects.toThrow(/abort/i)
      const resumed = await lake.ingest(files)
      expect(resumed.knownFileCount).toBeGreaterThan(0)
      expect(resumed).toMatchObject({ fileCount: 12, lines: { read: 360, parsed: 360 } })
    })
  })

  it('keeps lines of stores that nobody knows', async () => {
    await withLake(async (lake) => {
      await lake.ingest([logFile(line({ id: 'R1', bucket: 'never-heard-of' }))])
      expect(await lake.deliveries('never-heard-of')).toEqual([{ kind: 's3-access-log', hour: '2021-02-06T10:00:00Z', lines: 1 }])
    })
  })
})

/** Paths and digests of all files below a directory. */
function digests(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.parquet'))
    .sort()
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(directory, name)))
          .digest('hex')}`,
    )
}

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import type { ZoneOfTrust } from '../../model/index.ts'
import type { AccessAnswer } from './answer.ts'
import type { AccessOptions } from './options.ts'
import { surveyAccess } from './survey-access.ts'
import {
  accessLine,
  ACCOUNT,
  dataEvent,
  type LoggedRequest,
  OWNER,
  STRANGER,
  trailEvent,
  trailFile,
  writeLogs,
} from './testing/written-logs.ts'

const work = mkdtempSync(join(tmpdir(), 'ajar-survey-test-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const ZONE: ZoneOfTrust & { source: string } = {
  organizations: [],
  accounts: [ACCOUNT],
  cidrs: ['203.0.113.0/24'],
  vpcs: [],
  vpcEndpoints: [],
  principals: [],
  source: 'a test',
}

let made = 0
async function survey(
  files: Readonly<Record<string, string | Uint8Array>>,
  change: Partial<AccessOptions> = {},
): Promise<AccessAnswer> {
  const directory = join(work, `logs-${made++}`)
  writeLogs(directory, files)
  return surveyAccess({
    paths: [directory],
    resource: null,
    from: null,
    to: null,
    zone: ZONE,
    knownNetworks: [],
    namedNetworks: [],
    asOf: '2023-05-31T00:00:00Z',
    lakeDirectory: null,
    recordsFile: null,
    threads: 1,
    ...change,
  })
}

const log = (...requests: readonly LoggedRequest[]) => requests.map(accessLine).join('')
const FORGED = 'x" 403 AccessDenied 243 - 1 - "-" "y'
const LOGGED = {
  'trail/a.json': trailFile([
    trailEvent('PutBucketLogging', '2021-01-01T00:00:00Z', {
      requestParameters: {
        bucketName: 'maps',
        BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: '' } },
      },
    }),
  ]),
}
const DATA_EVENTS = {
  'trail/b.json': trailFile([
    trailEvent('PutEventSelectors', '2021-01-01T00:00:00Z', {
      eventSource: 'cloudtrail.amazonaws.com',
      requestParameters: {
        trailName: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/all`,
        eventSelectors: [
          {
            readWriteType: 'All',
            includeManagementEvents: true,
            dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }],
          },
        ],
      },
    }),
  ]),
}
const inside: LoggedRequest = { id: 'I1', ip: '203.0.113.4' }

describe('what may be concluded', () => {
  it.each<{
    name: string
    files: Record<string, string>
    code: string
    change?: Partial<AccessOptions>
  }>([
    { name: 'an outside read', files: { log: log(inside, { id: 'R1' }) }, code: 'read' },
    { name: 'an outside listing', files: { log: log({ id: 'L1', operation: 'REST.GET.BUCKET', key: '-' }) }, code: 'listed' },
    { name: 'a line that reads two ways', files: { log: log({ id: 'F1', agent: FORGED }) }, code: 'ambiguous' },
    { name: 'no outsider in the logs there are', files: { log: log(inside) }, code: 'silent-part' },
    { name: 'a refusal', files: { log: log({ id: 'R1', status: 403 }) }, code: 'silent-part' },
    { name: 'a store that no log names', files: { log: log(inside) }, code: 'dark', change: { resource: 'arn:aws:s3:::other' } },
    {
      name: 'a period that no line is of',
      files: { log: log(inside) },
      code: 'dark',
      change: { from: '2021-03-01T00:00:00Z', to: '2021-04-01T00:00:00Z' },
    },
    {
      name: 'a store of which no log line is, but whose logging was on',
      files: { ...LOGGED, log: log({ ...inside, bucket: 'others' }) },
      code: 'silent-part',
      change: { resource: 'arn:aws:s3:::maps', from: '2021-03-01T00:00:00Z', to: '2021-03-02T00:00:00Z' },
    },
    {
      name: 'two independent logs that were on throughout',
      files: { ...LOGGED, ...DATA_EVENTS, log: log(inside) },
      code: 'silent-full',
      change: { resource: 'arn:aws:s3:::maps', from: '2021-02-06T00:00:00Z', to: '2021-02-07T00:00:00Z' },
    },
    {
      name: 'two logs, but a line that nobody can read',
      files: { ...LOGGED, ...DATA_EVENTS, log: `${log(inside)}torn line\n` },
      code: 'silent-part',
      change: { resource: 'arn:aws:s3:::maps', from: '2021-02-06T00:00:00Z', to: '2021-02-07T00:00:00Z' },
    },
    {
      name: 'two logs, one switched on within the period',
      files: { ...LOGGED, ...DATA_EVENTS, log: log(inside) },
      code: 'silent-part',
      change: { resource: 'arn:aws:s3:::maps', from: '2020-12-31T00:00:00Z', to: '2021-02-07T00:00:00Z' },
    },
  ])('$name: $code', async ({ files, code, change }) => {
    expect((await survey(files, change)).conclusion.code).toBe(code)
  })

  it('never takes silence for cover where nothing tells of the configuration', async () => {
    const { coverage, notes } = await survey({
      log: log(inside, { ...inside, id: 'I2', at: '2021-02-08T10:00:00Z' }),
    })
    expect(coverage.map(({ state }) => state)).toEqual(['configured-observed', 'not-configured', 'configured-observed'])
    expect(coverage[1]).toMatchObject({ from: '2021-02-06T11:00:00Z', to: '2021-02-08T10:00:00Z' })
    expect(coverage[1]!.because).toContain('dark')
    expect(notes.join(' ')).toContain('hours without a line are dark')
  })

  it('does not call it silence when outsiders wrote or looked', async () => {
    const { conclusion } = await survey({ log: log({ id: 'W1', operation: 'REST.PUT.OBJECT' }) })
    expect(conclusion.code).toBe('silent-part')
    expect(conclusion.sentence).not.toContain('No outside access')
    expect(conclusion.sentence).toContain('1 other request')
  })

  it('says that colleagues may be among the outsiders where nobody is named as inside', async () => {
    const { conclusion, notes, zone } = await survey({ log: log({ id: 'R1' }) }, { zone: null })
    expect(zone.accounts).toEqual([])
    expect(conclusion.sentence).toContain('colleagues may be among')
    expect(notes.join(' ')).toContain('--zone')
  })

  it('takes the accounts that CloudTrail delivered to for inside', async () => {
    const own = trailEvent('GetObject', '2021-02-06T10:00:00Z', dataEvent('maps', 'a.csv'))
    const { zone, requests } = await survey({ 'trail.json': trailFile([own]) }, { zone: null })
    expect(zone.accounts).toEqual([ACCOUNT])
    expect(requests).toMatchObject({ inside: 1, outside: 0 })
  })
})

describe('who came and what they took', () => {
  it('tells standings apart and names networks by lists', async () => {
    const answer = await survey(
      {
        log: log(
          inside,
          { id: 'O1', requester: OWNER },
          { id: 'G1', ip: '198.51.100.1' },
          { id: 'S1', ip: '198.51.100.130' },
          { id: 'X1', ip: '192.0.2.20' },
          { id: 'U1', ip: '-' },
        ),
      },
      {
        knownNetworks: [
          { cidr: '198.51.100.0/25', name: 'example partner', standing: 'known-good', owner: 'ann', expires: '2030-01-01' },
          { cidr: '198.51.100.128/25', name: 'example scanner', standing: 'known-scanner' },
        ],
        namedNetworks: [
          { cidr: '192.0.2.0/28', name: 'elsewhere' },
          { cidr: '192.0.2.16/28', name: 'Example hosting' },
        ],
      },
    )
    expect(answer.requests).toEqual({ inside: 2, knownGood: 1, knownScanner: 1, outside: 1, unknown: 1 })
    expect(answer.outsiders.map(({ ip, network }) => [ip, network])).toEqual([['192.0.2.20', 'Example hosting']])
  })

  it('says how much of each object was handed out, and what was first', async () => {
    const answer = await survey({
      log: log(
        { id: 'L1', operation: 'REST.GET.BUCKET', key: '-', at: '2021-02-06T09:00:00Z', ip: '192.0.2.8' },
        { id: 'R1', key: 'whole.csv' },
        { id: 'R2', key: 'range.csv', status: 206, bytes: 10 },
        { id: 'R3', key: 'pieces.csv', status: 206, bytes: 60 },
        { id: 'R4', key: 'pieces.csv', status: 206, bytes: 60 },
        { id: 'R0', key: 'whole.csv', requester: `arn:aws:iam::${STRANGER}:user/eve`, at: '2021-02-06T08:00:00Z' },
      ),
    })
    expect(Object.fromEntries(answer.objects.map(({ key, taken }) => [key, taken]))).toEqual({
      'whole.csv': 'whole',
      'range.csv': 'part',
      'pieces.csv': 'pieces',
    })
    expect(answer.objectsRead).toEqual(['pieces.csv', 'range.csv', 'whole.csv'])
    expect(answer.firstRead).toMatchObject({ at: '2021-02-06T08:00:00Z', principal: `arn:aws:iam::${STRANGER}:user/eve` })
    expect(answer.firstAnonymousRead).toMatchObject({ at: '2021-02-06T10:00:38Z', principal: null })
    expect(answer.firstListing).toMatchObject({ at: '2021-02-06T09:00:00Z', ip: '192.0.2.8' })
  })

  it('finds bulk reading, keys in sequence, guesses and listings that were followed up', async () => {
    const seconds = (n: number) => new Date(Date.UTC(2021, 1, 6, 10, 0, n)).toISOString()
    const many = (count: number, make: (index: number) => Partial<LoggedRequest>) =>
      Array.from({ length: count }, (_, index) => ({ id: `N${made}${index}`, at: seconds(index + 1), ...make(index) }))
    const answer = await survey({
      bulk: log(...many(100, (n) => ({ id: `B${n}`, ip: '192.0.2.1', key: `k${(n * 37) % 100}.csv` }))),
      few: log(...many(99, (n) => ({ id: `F${n}`, ip: '192.0.2.2', key: `k${(n * 37) % 100}.csv` }))),
      sequence: log(...many(21, (n) => ({ id: `S${n}`, ip: '192.0.2.3', key: `trips/2021-${1000 + n}.csv` }))),
      guesses: log(
        ...many(50, (n) => ({
          id: `G${n}`,
          ip: '192.0.2.4',
          key: `word${String.fromCharCode(97 + (n % 26))}${'x'.repeat(n)}`,
          status: 404,
        })),
      ),
      listing: log({ id: 'L0', at: seconds(0), ip: '192.0.2.5', operation: 'REST.GET.BUCKET', key: '-' }),
      listed: log(...many(10, (n) => ({ id: `T${n}`, ip: '192.0.2.5', key: `t${'y'.repeat(n)}` }))),
    })
    expect(answer.patterns.map(({ pattern, ip, keys }) => [pattern, ip, keys])).toEqual([
      ['bulk-reading', '192.0.2.1', 100],
      ['listed-then-read', '192.0.2.5', 10],
      ['sequential-keys', '192.0.2.3', 20],
      ['key-guessing', '192.0.2.4', 50],
    ])
  })

  it('follows a session of a role to whoever began it outside', async () => {
    const session = `arn:aws:sts::${ACCOUNT}:assumed-role/reader/evening`
    const assumed = (at: string, userIdentity: object, arn: string) =>
      trailEvent('AssumeRole', at, {
        eventSource: 'sts.amazonaws.com',
        userIdentity,
        requestParameters: { roleArn: `arn:aws:iam::${ACCOUNT}:role/reader`, roleSessionName: 'evening' },
        responseElements: { assumedRoleUser: { arn, assumedRoleId: 'AROAEXAMPLE:evening' } },
      })
    const first = `arn:aws:sts::${ACCOUNT}:assumed-role/door/first`
    const ours = `arn:aws:sts::${ACCOUNT}:assumed-role/reader/ours`
    const answer = await survey({
      'trail.json': trailFile([
        assumed('2021-02-06T09:00:00Z', { type: 'AWSAccount', accountId: STRANGER, principalId: 'AIDAEXAMPLE' }, first),
        assumed('2021-02-06T09:30:00Z', { type: 'AssumedRole', arn: first, accountId: ACCOUNT }, session),
        assumed('2021-02-06T09:40:00Z', { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/ann`, accountId: ACCOUNT }, ours),
      ]),
      log: log({ id: 'R1', requester: session }, { id: 'R2', requester: ours, key: 'b.csv' }),
    })
    expect(
      answer.sessions.map(({ session, beganOutside, reads, chain }) => [session, beganOutside, reads, chain.length]),
    ).toEqual([
      [session, true, 1, 2],
      [ours, false, 1, 1],
    ])
    expect(answer.sessions[0]!.chain[0]).toMatchObject({ account: STRANGER, at: '2021-02-06T09:00:00Z' })
    expect(answer.requests).toMatchObject({ inside: 1, outside: 1 })
    expect(answer.objectsRead).toEqual(['a.csv'])
  })

  it('names copies that outsiders made, of objects and of snapshots', async () => {
    const eve = { type: 'IAMUser', arn: `arn:aws:iam::${STRANGER}:user/eve`, accountId: STRANGER }
    const answer = await survey({
      log: log({
        id: 'C1',
        operation: 'REST.COPY.OBJECT_GET',
        requester: eve.arn,
        uri: 'PUT /stolen/a.csv HTTP/1.1',
      }),
      'trail.json': trailFile([
        trailEvent('SharedSnapshotCopyInitiated', '2021-02-06T10:10:00Z', {
          eventSource: 'ec2.amazonaws.com',
          userIdentity: { type: 'AWSAccount', accountId: STRANGER },
          serviceEventDetails: { snapshotId: 'snap-0123456789abcdef0' },
        }),
        trailEvent('ModifyDBSnapshotAttribute', '2021-02-06T10:20:00Z', {
          eventSource: 'rds.amazonaws.com',
          requestParameters: { dBSnapshotIdentifier: 'crm', attributeName: 'restore', valuesToAdd: ['all', ACCOUNT] },
        }),
        trailEvent('CopyDBSnapshot', '2021-02-06T10:30:00Z', { eventSource: 'rds.amazonaws.com' }),
      ]),
    })
    expect(answer.copies.map(({ kind, resource, destination }) => [kind, resource, destination])).toEqual([
      ['object-copied', 'arn:aws:s3:::maps', '/stolen/a.csv'],
      ['snapshot-copied', 'snap-0123456789abcdef0', STRANGER],
      ['snapshot-shared', 'crm', 'all'],
    ])
  })
})

describe('what is read', () => {
  it('recognises logs by what they hold, and names what is none', async () => {
    const answer = await survey({
      'logs/any-name.gz': gzipSync(log({ id: 'R1' })),
      'more/events.txt': trailFile([
        trailEvent('GetObject', '2021-02-06T10:05:00Z', {
          ...dataEvent('maps', 'b.csv'),
          userIdentity: { type: 'AWSAccount', accountId: 'anonymous', principalId: '' },
        }),
      ]),
      'notes.txt': 'collected by hand\n',
      'nothing.log': '',
      'noise.bin': Uint8Array.from({ length: 3000 }, (_, index) => (index * 7919) % 251),
    })
    expect(answer.lines).toEqual({ read: 2, parsed: 2, ambiguous: 0, rejected: 0, passedOver: 0 })
    expect(answer.objectsRead).toEqual(['a.csv', 'b.csv'])
    expect(answer.unread.map(({ what }) => what)).toEqual(['noise.bin', 'notes.txt', 'nothing.log'])
    expect(answer.files).toEqual({ given: 5, logs: 2, notRead: 3 })
  })

  it('takes single files, named as they were typed, and counts a request that is told twice once', async () => {
    const directory = join(work, 'single')
    writeLogs(directory, {
      'one.log': log({ id: 'R1' }),
      'two.log': log({ id: 'R1' }, { id: 'R2' }),
      'three.log': log({ id: 'R3' }),
    })
    const paths = ['one.log', 'two.log'].map((name) => join(directory, name))
    const recordsFile = join(work, 'single.jsonl')
    const answer = await survey({ unused: 'x' }, { paths, recordsFile })
    expect(answer.lines.read).toBe(3)
    expect(answer.requests.outside).toBe(2)
    const records = readFileSync(recordsFile, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(new Set(records.map(({ file }) => file))).toEqual(new Set(paths))
  })

  it('writes every record with its place, its hash and its readings, in order of time', async () => {
    const recordsFile = join(work, 'records.jsonl')
    const text = log(
      { id: 'R2', at: '2021-03-01T00:00:00Z' },
      { id: 'F1', agent: FORGED },
      { id: 'R1', at: '2021-02-01T00:00:00Z' },
    )
    const { records } = await survey({ 'a.log': `${text}torn\n` }, { recordsFile })
    const lines = readFileSync(recordsFile, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(records).toEqual({ file: recordsFile, written: 3 })
    expect(lines.map(({ request_id }) => request_id)).toEqual(['R1', 'F1', 'R2'])
    for (const { file, offset, length, lineHash, request_id } of lines) {
      expect(file).toBe('a.log')
      expect(text.slice(offset, offset + length)).toContain(` ${request_id} `)
      expect(lineHash).toMatch(/^[0-9a-f]{16}$/)
    }
    expect(lines.map(({ ambiguous }) => ambiguous?.map((each: { status: number }) => each.status) ?? null)).toEqual([
      null,
      [200, 403],
      null,
    ])
  })

  it('shows and writes nothing of a log that a terminal would obey', async () => {
    const recordsFile = join(work, 'hostile.jsonl')
    const hostile = '\u001b]0;owned\u0007\u009b31m\u202e<script>'
    const answer = await survey(
      { log: log({ id: 'R1', agent: hostile, key: `k${encodeURIComponent('\u001b[2J')}.csv` }) },
      { recordsFile },
    )
    const unsafe = /[\p{Cc}\p{Cf}]/u
    expect(answer.outsiders[0]!.userAgents[0]).toContain('<script>')
    expect(unsafe.test(JSON.stringify(answer))).toBe(false)
    expect(unsafe.test(readFileSync(recordsFile, 'utf8').replaceAll('\n', ''))).toBe(false)
    expect(JSON.parse(readFileSync(recordsFile, 'utf8')).user_agent).toBe(hostile)
  })

  it('asks a kept lake of the files given, and of no others', async () => {
    const lakeDirectory = join(work, 'kept')
    await survey({ log: log({ id: 'R1' }, { id: 'R2' }) }, { lakeDirectory })
    const second = await survey({ log: log({ id: 'R3', bucket: 'other' }) }, { lakeDirectory })
    expect(second.resources.map(({ name }) => name)).toEqual(['other'])
    expect(second.requests.outside).toBe(1)
  })

  it('leaves nothing behind', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('ajar-access-'))
    await survey({ log: log({ id: 'R1' }) })
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('ajar-access-'))).toEqual(before)
  })

  it.each<{ name: string; files: Record<string, string>; change: Partial<AccessOptions>; says: RegExp }>([
    {
      name: 'a path that is not there',
      files: {},
      change: { paths: ['/nowhere/at/all'] },
      says: /nowhere\/at\/all\. Check the path/,
    },
    { name: 'no log among the files', files: { 'a.txt': 'hello\n' }, change: {}, says: /No log line is in .*a\.txt: /s },
    { name: 'an empty file', files: { 'a.log': '' }, change: {}, says: /a\.log: The file is empty/ },
  ])('$name is named with a remedy', async ({ files, change, says }) => {
    await expect(survey(files, change)).rejects.toThrow(says)
  })

  it.each([
    { resource: null, name: '(nginx-combined)' },
    { resource: 'arn:aws:s3:::front', name: 'front' },
  ])('leaves no request out whose log names no store: $name', async ({ resource, name }) => {
    const line = (time: string) => `192.0.2.7 - - [06/Feb/2021:10:${time} +0000] "GET /a.csv HTTP/1.1" 200 1234 "-" "curl/8"\n`
    const answer = await survey({ 'nginx.log': line('00:38') + line('01:38') }, { resource })
    expect(answer.resources.map((each) => [each.name, each.requests.outside])).toEqual([[name, 2]])
    expect(answer.notes.join(' ')).toContain('do not say whose requests they hold')
  })

  it('names the stores there are when the one asked for is none of them', async () => {
    const { notes } = await survey({ log: log({ id: 'R1' }) }, { resource: 'mpas' })
    expect(notes[0]).toMatch(/No log line names mpas\. They name maps\./)
  })
})

describe('against a plain loop over random requests', () => {
  it.each([1, 2, 3])('seed %i', async (seed) => {
    let state = seed * 7919
    const pick = <T>(values: readonly T[]): T => {
      state = (state * 48271) % 2147483647
      return values[state % values.length]!
    }
    const requests = Array.from({ length: 600 }, (_, index) => ({
      id: `Q${index}`,
      at: new Date(Date.UTC(2021, pick([0, 1, 2]), pick([1, 9, 28]), pick([0, 7, 23]), pick([0, 59]))).toISOString(),
      bucket: pick(['maps', 'trips']),
      ip: pick(['192.0.2.3', '192.0.2.4', '203.0.113.9', '198.51.100.1', '10.0.0.1', '2001:db8::7']),
      operation: pick(['REST.GET.OBJECT', 'REST.GET.OBJECT', 'REST.GET.BUCKET', 'REST.HEAD.OBJECT', 'REST.PUT.OBJECT']),
      key: pick(['a.csv', 'b.csv', 'c/d.csv']),
      status: pick([200, 200, 206, 304, 403, 404]),
      bytes: pick([1, 50, 100]),
    }))
    const expected = { inside: 0, knownGood: 0, knownScanner: 0, outside: 0, unknown: 0 }
    const keys = new Set<string>()
    const sums = { reads: 0, lists: 0, writes: 0, bytes: 0 }
    for (const { ip, operation, status, key, bytes } of requests) {
      const standing = ip.startsWith('203.0.113.')
        ? 'inside'
        : ip.startsWith('10.')
          ? 'unknown'
          : ip.startsWith('198.')
            ? 'knownScanner'
            : 'outside'
      expected[standing] += 1
      const served = status < 300
      if (served && (standing === 'outside' || standing === 'unknown') && operation === 'REST.GET.OBJECT') keys.add(key)
      if (standing !== 'outside' || !served) continue
      if (operation === 'REST.GET.OBJECT') sums.reads += 1
      if (operation === 'REST.GET.BUCKET') sums.lists += 1
      if (operation === 'REST.PUT.OBJECT') sums.writes += 1
      if (operation === 'REST.GET.OBJECT' || operation === 'REST.GET.BUCKET') sums.bytes += bytes
    }
    const half = Math.floor(requests.length / 2)
    const answer = await survey(
      { 'z.log': log(...requests.slice(0, half)), 'a.log.gz': gzipSync(log(...requests.slice(half))) },
      { knownNetworks: [{ cidr: '198.51.100.0/24', name: 'example scanner', standing: 'known-scanner' }] },
    )
    const total = (of: 'reads' | 'lists' | 'writes' | 'bytes') => answer.outsiders.reduce((sum, each) => sum + each[of], 0)
    expect(answer.requests).toEqual(expected)
    expect({ reads: total('reads'), lists: total('lists'), writes: total('writes'), bytes: total('bytes') }).toEqual(sums)
    expect(answer.objectsRead).toEqual([...keys].sort())
    expect(answer.resources.reduce((sum, { reads }) => sum + reads, 0)).toBe(sums.reads)
    expect(answer.servedHours.reduce((sum, { reads }) => sum + reads, 0)).toBe(sums.reads)
  })
})

import { createHash } from 'node:crypto'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { type IngestReport, type LogFile, openLake } from '../index.ts'
import { readLogFile } from './read-log-file.ts'

const root = mkdtempSync(join(tmpdir(), 'ajar-mixed-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const S3 = `${'79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'} maps [06/Feb/2019:00:00:38 +0000] 192.0.2.3 - 3E57427F3EXAMPLE REST.GET.OBJECT a.csv "GET /a.csv HTTP/1.1" 200 - 113 2048 7 6 "-" "curl/8.5.0" -\n`
const NGINX = `198.51.100.7 - - [04/Mar/2021:14:06:07 +0900] "GET /a HTTP/1.1" 200 2048 "-" "curl/8.5.0"\n`
const AZURE = `${JSON.stringify({ time: '2023-05-04T05:06:07Z', category: 'StorageRead', operationName: 'GetBlob', statusCode: 200, callerIpAddress: '198.51.100.7:1', properties: { objectKey: '/dealers/inquiries/a.csv' } })}\n`
/** `S3` twice, as bzip2 writes it (made by another program). */
const BZIP2 =
  'QlpoOTFBWSZTWYWlPckAADRfgEAQUAv/8DvW3Eo/BlsAMAC5MRU/FBNM00n6iYjTRgJsmpoDGQyGg0GjQBoAGhhER5NNKemU09QaNpBoAPUBrIfjtWUMT5kNcjbr+p5PJLKpT9OgSqegdg5d6Z3oFwLcu6YTEPEmKOaWnUUUMTXmwoTrGY30se2uN8YOaTTEt/OCbwKIkZCJVSBSaLl5RGDmzsWzZgHIl/WvW7V7DaBYNcT7ifcKrK7fO42XX04hOFW7YcFBGqU8YQ0iVxePMh+0TflDZ+YWLuSKcKEhC0p7kkJaaDkxQVkmU1mFpT3JAAA0X4BAEFAL//A71txKPwZbADAAuTEVPxQTTNNJ+omI00YCbJqaAxkMhoNBo0AaABoYREeTTSnplNPUGjaQaAD1AayH47VlDE+ZDXI26/qeTySyqU/ToEqnoHYOXemd6BcC3LumExDxJijmlp1FFDE15sKE6xmN9LHtrjfGDmk0xLfzgm8CiJGQiVUgUmi5eURg5s7Fs2YByJf1r1u1ew2gWDXE+4n3Cqyu3zuNl19OIThVu2HBQRqlPGENIlcXjzIftE35Q2fmFi7kinChIQtKe5I='

let made = 0
function file(name: string, bytes: string | Uint8Array): LogFile {
  const absolutePath = join(root, `${made++}-${name}`)
  writeFileSync(absolutePath, bytes)
  return { path: name, absolutePath, sha256: createHash('sha256').update(bytes).digest('hex') }
}

async function ingest(files: readonly LogFile[], threads = 1): Promise<IngestReport> {
  const lake = await openLake({ directory: join(root, `lake-${made++}`), threads })
  try {
    return await lake.ingest(files)
  } finally {
    await lake.close()
  }
}

describe('a mixed directory', () => {
  it('is told apart by content, whatever the names, also packed', async () => {
    const report = await ingest([
      file('a', S3),
      file('b.log', NGINX),
      file('c.json', AZURE),
      file('d.gz', gzipSync(S3.repeat(3))),
      file('e', zstdCompressSync(Buffer.from(NGINX.repeat(2)))),
      file('f', Buffer.from(BZIP2, 'base64')),
      file('g.txt', 'nothing that is known\n'),
    ])
    expect(report.files.map(({ path, layout, parsed }) => [path, layout, parsed])).toEqual([
      ['a', 's3-access-log', 1],
      ['b.log', 'nginx-combined', 1],
      ['c.json', 'azure-storage', 1],
      ['d.gz', 's3-access-log', 3],
      ['e', 'nginx-combined', 2],
      ['f', 's3-access-log', 2],
      ['g.txt', 'unknown', 0],
    ])
    expect(report.unread).toMatchObject([{ what: 'g.txt', code: 'unknown-layout' }])
  })

  it('asks again for a file whose format was not known, and not for others', async () => {
    const directory = join(root, 'asked-again')
    const files = [file('a', S3), file('g.txt', 'nothing that is known\n')]
    for (const known of [0, 1]) {
      const lake = await openLake({ directory, threads: 1 })
      expect((await lake.ingest(files)).knownFileCount).toBe(known)
      await lake.close()
    }
  })

  it('keeps what each record does beside its operation', async () => {
    const lake = await openLake({ directory: join(root, 'access'), threads: 1 })
    await lake.ingest([file('a', S3), file('c.json', AZURE)])
    expect(await lake.deliveries('dealers/inquiries')).toMatchObject([{ kind: 'azure-storage', lines: 1 }])
    await lake.close()
  })

  it('reads many small files with one report for each', async () => {
    const files = Array.from({ length: 3000 }, (_, index) => file(`small-${index}`, S3.replace('3E57427F3', `R${index}`)))
    const report = await ingest(files, 2)
    expect(report.lines).toEqual({ read: 3000, parsed: 3000, ambiguous: 0, rejected: 0 })
    expect(report.files).toHaveLength(3000)
  })
})

describe('bad input', () => {
  it.each([
    { name: 'a gzip that breaks off', bytes: gzipSync(noisy(4000)).subarray(0, 40_000), code: 'truncated', some: true },
    { name: 'a small gzip that breaks off', bytes: gzipSync(S3.repeat(50)).subarray(0, -12), code: 'truncated', some: true },
    {
      name: 'a zstd that breaks off',
      bytes: zstdCompressSync(Buffer.from(noisy(4000))).subarray(0, 40_000),
      code: 'truncated',
      some: false,
    },
    { name: 'a bzip2 that breaks off', bytes: Buffer.from(BZIP2, 'base64').subarray(0, -30), code: 'truncated', some: false },
    {
      name: 'a bzip2 that is damaged',
      bytes: Buffer.concat([Buffer.from(BZIP2, 'base64').subarray(0, 20), Buffer.alloc(500, 7)]),
      code: 'malformed',
      some: false,
    },
    { name: 'a gzip of nothing but zeros', bytes: gzipSync(Buffer.alloc(100 << 20)), code: 'bomb', some: false },
    { name: 'binary noise', bytes: createHash('sha512').update('noise').digest(), code: 'unknown-layout', some: false },
    { name: 'Parquet that breaks off', bytes: Buffer.from('PAR1 and then nothing'), code: 'malformed', some: false },
  ])('$name is read as far as it goes, and said', async ({ bytes, code, some }) => {
    const report = await ingest([file('bad', bytes)])
    expect(report.unread.map((each) => each.code)).toContain(code)
    if (some) expect(report.lines.parsed).toBeGreaterThan(0)
  })

  it('reads two zones and clocks that go backwards as they are', async () => {
    const lines = ['04/Mar/2021:14:06:07 +0900', '04/Mar/2021:05:06:06 +0000', '03/Mar/2021:23:36:05 -0530'].map((time) =>
      NGINX.replace('04/Mar/2021:14:06:07 +0900', time),
    )
    expect((await ingest([file('zones', lines.join(''))])).lines).toMatchObject({ parsed: 3, rejected: 0 })
  })

  it('reads of a file that grows what was there, leaves its unfinished line, and says so', async () => {
    const wholeLines = 15_000
    const { absolutePath } = file('grows', `${S3.repeat(wholeLines)}${S3.slice(0, 50)}`)
    let calls = 0
    let lines = 0
    let sawEnd = false
    const problem = await readLogFile(absolutePath, {
      take(chunk, _offset, atEnd) {
        if (calls++ === 0) appendFileSync(absolutePath, `${S3.slice(50)}${S3}`)
        sawEnd ||= atEnd
        lines += chunk.filter((byte) => byte === 0x0a).length
        return chunk.lastIndexOf(0x0a) + 1
      },
      async table() {},
    })
    expect({ lines, sawEnd }).toEqual({ lines: wholeLines, sawEnd: false })
    expect(problem).toMatchObject({ code: 'truncated', detail: expect.stringContaining('changed while it was read') })
  })
})

/** Lines that do not pack well. */
function noisy(count: number): string {
  return Array.from({ length: count }, (_, index) =>
    S3.replace('3E57427F3EXAMPLE', createHash('sha256').update(String(index)).digest('hex')),
  ).join('')
}

import { gzipSync, zstdCompressSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { classify, createFingerprint } from './index.ts'
import { classifyBytes, contentOf, describeElements, describeMentions } from './testing/contents.ts'
import { fixture } from './testing/recorded.ts'
import { asCsv, asWorkbook, CUSTOMER_ELEMENTS, CUSTOMERS } from './testing/same-table.ts'

const TABLE = Buffer.from(asCsv(CUSTOMERS))
const UNKNOWN = Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7919) % 251))

describe('containers', () => {
  it.each([
    { file: 'python.csv.bz2', format: 'csv.bz2', paths: [] },
    { file: 'python.csv.zst', format: 'csv.zst', paths: [] },
    { file: 'python-gnu.tar', format: 'tar', paths: [`list/${'long'.repeat(20)}/owners.csv`] },
    { file: 'python-pax.tar', format: 'tar', paths: [`list/${'long'.repeat(20)}/owners.csv`] },
    { file: 'python-ustar.tar', format: 'tar', paths: [`list/${'long'.repeat(20)}/owners.csv`] },
  ])('finds the same people in $file as in the table alone', async ({ file, format, paths }) => {
    const bytes = fixture(file)
    const alone = await classifyBytes(TABLE)
    const result = await classifyBytes(bytes)
    expect(result.report).toMatchObject({ format, recordCount: 2, problems: [], bytesRead: bytes.length })
    expect(describeElements(result)).toEqual(CUSTOMER_ELEMENTS)
    expect(result.mentions).toEqual(alone.mentions)
    expect((result.members ?? []).map(({ path }) => path)).toEqual(paths)
  })

  it('reads names and contents in Shift_JIS', async () => {
    const { report, members } = await classifyBytes(fixture('python.zip'))
    expect(report).toMatchObject({ format: 'zip', recordCount: 4, problems: [] })
    expect(members!.map(({ path, encoding }) => [path, encoding])).toEqual([
      ['list/owners.csv', 'utf-8'],
      ['顧客.csv', 'shift_jis'],
    ])
  })

  it('reads containers inside containers, each before what is in it', async () => {
    const inner = zipSync({ 'a.csv.gz': gzipSync(TABLE), 'b.xlsx': asWorkbook(CUSTOMERS) }, { level: 0 })
    const bytes = zstdCompressSync(
      zipSync({ 'list/inner.zip': inner, 'list/notes.txt': Buffer.from('write to carl@example.com') }),
    )
    const result = await classifyBytes(bytes, { name: 'inquiries/AU/file' })
    expect(result.members!.map(({ path, format, recordCount }) => `${path} ${format} ${recordCount}`)).toEqual([
      'list/inner.zip zip 4',
      'list/inner.zip!a.csv.gz csv.gz 2',
      'list/inner.zip!b.xlsx xlsx 2',
      'list/notes.txt text 1',
    ])
    expect(result.report).toMatchObject({ format: 'zip.zst', recordCount: 5, problems: [], bytesRead: bytes.length })
    // The same customers twice are the same values, in records of their own.
    expect(describeElements(result)).toEqual({
      ...Object.fromEntries(Object.entries(CUSTOMER_ELEMENTS).map(([id, count]) => [id, count.replace('in 2', 'in 4')])),
      'email-address': '3 in 5',
    })
    expect(describeMentions(result).map((row) => row.split(' | ').slice(2).join(' '))).toEqual([
      'AU by path 2',
      'AU by phone-number 2',
      'AU by path 1',
    ])
  })

  it('counts what it could not read as held and not read, by name', async () => {
    const bytes = zipSync(
      { 'a.csv': TABLE, 'scan.bin': UNKNOWN, 'b.orc': Buffer.concat([Buffer.from('ORC'), UNKNOWN]) },
      { level: 0 },
    )
    const { report, members } = await classifyBytes(bytes)
    expect(report.problems).toEqual([
      { code: 'unsupported', detail: 'scan.bin: binary content of no format that is read' },
      { code: 'unsupported', detail: 'b.orc: an ORC file is not read' },
    ])
    expect(report.sizeBytes - report.bytesRead).toBe(UNKNOWN.length * 2 + 3)
    expect(members!.map(({ path, format, bytesRead }) => `${path} ${format} ${bytesRead}`)).toEqual([
      `a.csv csv ${TABLE.length}`,
      'scan.bin unknown 0',
      'b.orc orc 0',
    ])
  })

  it('reads of a large archive only what it needs where the source gives ranges', async () => {
    const bytes = zipSync({ 'a.csv': TABLE, 'b.bin': new Uint8Array(3_000_000).map((_, i) => (i * 7919) % 251) }, { level: 0 })
    let asked = 0
    const range = async (from: number, to: number): Promise<Uint8Array> => {
      asked += to - from
      return bytes.subarray(from, to)
    }
    const options = { sha256: 'x', fingerprint: createFingerprint(new Uint8Array(32)) }
    const ranged = await classify({ ...contentOf(bytes), range }, options)
    expect(ranged).toEqual(await classify(contentOf(bytes), options))
    expect(asked).toBeLessThan(2_500_000)
  })
})

describe('containers that are made to hurt', () => {
  const nest = (depth: number): Uint8Array => {
    let bytes: Uint8Array = TABLE
    for (let i = 0; i < depth; i += 1) bytes = zipSync({ 'in.zip': bytes })
    return bytes
  }

  it('stops at containers inside each other without end', async () => {
    const { report, members } = await classifyBytes(nest(9))
    expect(report.bytesRead).toBeLessThan(report.sizeBytes)
    expect(report.problems.map(({ code }) => code)).toEqual(['too-deep'])
    expect(members).toHaveLength(7)
    expect((await classifyBytes(nest(6))).report.problems).toEqual([])
  })

  it('stops at as many contents as the limit allows', async () => {
    const bytes = zipSync(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}.csv`, TABLE])))
    const { report, members } = await classifyBytes(bytes, { limits: { members: 10, problems: 3 } })
    expect(members).toHaveLength(10)
    expect(report.recordCount).toBe(20)
    expect(report.problems.at(-1)).toEqual({ code: 'too-many-members', detail: '17 more of this kind' })
    expect(report.bytesRead).toBeLessThan(report.sizeBytes * 0.7)
  })

  it('stops at bombs, alone and in numbers', async () => {
    const bomb = Buffer.alloc(40_000_000, 'a,b\n')
    const bytes = zipSync({ '1.csv': bomb, '2.csv': bomb, '3.csv': bomb })
    const { report } = await classifyBytes(bytes, { limits: { ratioFloorBytes: 5_000_000 } })
    expect(bytes.length).toBeLessThan(500_000)
    expect(report.problems.map(({ code }) => code)).toContain('bomb')
    expect(report.bytesRead).toBeLessThan(report.sizeBytes)
  })

  it('stops at entries that share their bytes', async () => {
    const bytes = Buffer.from(zipSync({ 'a.csv': Buffer.alloc(5_000, 'a,b\n'), 'b.csv': TABLE }, { level: 0 }))
    // Both entries of the directory point at the first one's bytes.
    const second = bytes.indexOf('b.csv', bytes.indexOf('PK\u0001\u0002', 0, 'latin1'), 'latin1') - 46
    bytes.writeUInt32LE(0, second + 42)
    bytes.writeUInt32LE(5_000, second + 20)
    bytes.writeUInt32LE(5_000, second + 24)
    const { report } = await classifyBytes(bytes)
    expect(report.problems.map(({ code }) => code)).toContain('bomb')
  })

  it.each(['../../etc/owners.csv', '/etc/owners.csv', 'C:\\owners.csv', 'a\u001b[2J.csv', 'a\nb.csv'])(
    'names the hostile name %j, shows no control character and reads what it holds',
    async (name) => {
      const result = await classifyBytes(zipSync({ [name]: TABLE }))
      expect(result.report.problems.map(({ code }) => code)).toEqual(['unsafe-name'])
      expect(describeElements(result)).toEqual(CUSTOMER_ELEMENTS)
      expect(JSON.stringify([result.report.problems, result.members!.map(({ path }) => path)])).not.toMatch(/\p{Cc}|\\u00|\\n/u)
    },
  )

  it('keeps names that come twice apart', async () => {
    const one = zipSync({ 'a.csv': TABLE, 'b.csv': TABLE }, { level: 0 })
    const bytes = Buffer.from(Buffer.from(one).toString('latin1').replaceAll('b.csv', 'a.csv'), 'latin1')
    expect((await classifyBytes(bytes)).members!.map(({ path }) => path)).toEqual(['a.csv', 'a.csv (2)'])
  })

  it('names what of a truncated tar was not there', async () => {
    const { report } = await classifyBytes(fixture('python-ustar.tar').subarray(0, 600))
    expect(report).toMatchObject({ format: 'tar', problems: [{ code: 'unreadable' }, { code: 'truncated' }] })
  })
})

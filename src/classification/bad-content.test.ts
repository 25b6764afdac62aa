import { deflateRawSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classify, createFingerprint } from './index.ts'
import { classifyBytes, contentOf } from './testing/contents.ts'
import { asCsv, asObjects, asParquet, asWorkbook, CUSTOMERS, SAME_TABLE } from './testing/same-table.ts'

describe('bad content', () => {
  const table = asCsv(
    Array.from({ length: 2_000 }, (_, i) => (i === 0 ? ['customer id', 'email'] : [`C-${10_000 + i}`, `p${i}@example.com`])),
  )
  const zeros = gzipSync(Buffer.alloc(50_000_000))
  const parquet = asParquet(CUSTOMERS)
  const cfb = Buffer.from('d0cf11e0a1b11ae1'.padEnd(2048, '0'), 'hex')
  // Numbers that hardly compress, so that the damage comes late.
  const damagedGzip = gzipSync(
    asCsv(Array.from({ length: 9_000 }, (_, i) => (i === 0 ? ['customer id', 'n'] : [`C-${i}`, String(Math.sin(i))]))),
  )
  damagedGzip.fill(255, 60_000, 60_010)
  const truncatedGzip = gzipSync(table).subarray(0, 6_000)

  it.each<{
    name: string
    bytes: Uint8Array | string
    format: string
    code: string
    bytesRead: (size: number) => boolean
    found?: boolean
  }>([
    {
      name: 'a gzip cut short',
      bytes: truncatedGzip,
      format: 'csv.gz',
      code: 'truncated',
      bytesRead: (size) => size === truncatedGzip.length,
      found: true,
    },
    {
      name: 'a gzip with a wrong byte',
      bytes: damagedGzip,
      format: 'csv.gz',
      code: 'malformed',
      bytesRead: () => true,
    },
    { name: 'a bomb', bytes: zeros, format: 'unknown.gz', code: 'unsupported', bytesRead: (size) => size === 0 },
    {
      name: 'a bomb of text',
      bytes: gzipSync(Buffer.alloc(50_000_000, 'a,b\n')),
      format: 'csv.gz',
      code: 'bomb',
      bytesRead: (size) => size < 49_000,
    },
    {
      name: 'three wrappers',
      bytes: gzipSync(gzipSync(gzipSync(table))),
      format: 'gz.gz.gz',
      code: 'unsupported',
      bytesRead: (size) => size === 0,
    },
    {
      name: 'unknown binary',
      bytes: Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7919) % 251)),
      format: 'unknown',
      code: 'unsupported',
      bytesRead: (size) => size === 0,
    },
    { name: 'a damaged OLE container', bytes: cfb, format: 'xls', code: 'malformed', bytesRead: (size) => size === 0 },
    {
      name: 'a Parquet footer cut short',
      bytes: parquet.subarray(0, parquet.length - 20),
      format: 'parquet',
      code: 'truncated',
      bytesRead: (size) => size === 0,
    },
    {
      name: 'a workbook cut short',
      bytes: asWorkbook(CUSTOMERS).subarray(0, 3_000),
      format: 'xlsx',
      code: 'truncated',
      bytesRead: (size) => size === 0,
    },
    {
      name: 'JSON that ends early',
      bytes: JSON.stringify(asObjects(CUSTOMERS)).slice(0, -30),
      format: 'json',
      code: 'truncated',
      bytesRead: () => true,
      found: true,
    },
    {
      name: 'a last line that ends early',
      bytes: `{"email":"a@example.com"}\n{"email":"b@example.com"}\n{"email":"c@ex`,
      format: 'jsonl',
      code: 'truncated',
      bytesRead: () => true,
      found: true,
    },
    {
      name: 'a line that is not JSON',
      bytes: `{"email":"a@example.com"}\n{"email":}\n{"email":"c@example.com"}`,
      format: 'jsonl',
      code: 'malformed',
      bytesRead: () => true,
      found: true,
    },
    {
      name: 'invalid UTF-8',
      bytes: Buffer.concat([Buffer.from(table), Buffer.from([0x43, 0xff, 0xfe, 0x2c, 0x41])]),
      format: 'csv',
      code: 'invalid-encoding',
      bytesRead: () => true,
      found: true,
    },
    {
      name: 'deep nesting',
      bytes: `${'{"a":'.repeat(500)}1${'}'.repeat(500)}`,
      format: 'json',
      code: 'too-deep',
      bytesRead: () => true,
    },
    {
      name: 'rows of another width',
      bytes: `${table}\na,b,c,d`,
      format: 'csv',
      code: 'malformed',
      bytesRead: () => true,
      found: true,
    },
    {
      name: 'too many columns',
      bytes: `${Array.from({ length: 12_000 }, (_, i) => `c${i}`).join()}\n${'1,'.repeat(12_000)}\n`,
      format: 'csv',
      code: 'too-many-columns',
      bytesRead: () => true,
    },
  ])('names $name', async ({ bytes, format, code, bytesRead, found }) => {
    const { report } = await classifyBytes(bytes)
    expect(report.format).toBe(format)
    expect(report.problems.map((problem) => problem.code)).toContain(code)
    expect(report.bytesRead).toSatisfy(bytesRead)
    expect(report.elements.length > 0).toBe(found ?? report.elements.length > 0)
  })

  it.each([
    { format: 'csv', before: 'customer id,email\nC-100,a@example.com\n', after: '\nC-101,b@example.com\n' },
    { format: 'csv', before: 'customer id,email\nC-100,a@example.com\n"', after: '\nC-101,b@example.com\n' },
    { format: 'jsonl', before: '{"email":"a@example.com"}\n{"email":"b@example.com"}\n', after: '\n{"email":"c@example.com"}\n' },
    { format: 'text', before: 'write to a@example.com\n', after: '\nor to b@example.com\n' },
  ])('skips an endless line in $format ($#) and does not count it as read', async ({ format, before, after }) => {
    const long = 3_000_000
    const bytes = Buffer.concat([Buffer.from(before), Buffer.alloc(long, 'x'), Buffer.from(after)])
    const { report } = await classifyBytes(bytes)
    expect(report.format).toBe(format)
    expect(report.problems.filter(({ code }) => code === 'too-long-record')).toEqual([
      expect.objectContaining({ offset: expect.any(Number) }),
    ])
    expect(report.bytesRead).toBeLessThan(1_000)
    expect(report.elements.find(({ element }) => element === 'email-address')!.values).toBeGreaterThanOrEqual(2)
  })

  it('refuses a workbook that claims to expand without end', async () => {
    const sheet = deflateRawSync(Buffer.alloc(40_000_000))
    const { report } = await classifyBytes(zipOf('xl/workbook.xml', sheet, 40_000_000))
    expect(report).toMatchObject({ format: 'xlsx', bytesRead: 0, problems: [{ code: 'bomb' }] })
  })

  it('passes a failing source on as a problem, after what came before', async () => {
    const source = {
      ...contentOf(table),
      async *open() {
        yield new TextEncoder().encode(table.slice(0, 10_000))
        throw new Error('/secret/place')
      },
    }
    const { report } = await classify(source, { sha256: 'x', fingerprint: createFingerprint(new Uint8Array(32)) })
    expect(report).toMatchObject({ bytesRead: 10_000, problems: [{ code: 'unreadable', offset: 10_000 }] })
    expect(JSON.stringify(report)).not.toContain('secret')
    expect(report.recordCount).toBeGreaterThan(100)
  })

  it('stops when aborted', async () => {
    await expect(classifyBytes(table, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
  })

  it('answers for any bytes, and for any damage to good ones', async () => {
    // A damaged Parquet page can keep its library busy until the worker's time limit; see the workers.
    const seeds = SAME_TABLE.filter(({ format }) => format !== 'parquet').map(({ bytes }) =>
      typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
    )
    const damaged = fc
      .tuple(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }), fc.nat())
      .map(([seed, changes, cut]) => {
        const bytes = Uint8Array.from(seed)
        for (const [at, value] of changes) bytes[at % bytes.length] = value
        return cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes
      })
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 300 })), async (bytes) => {
        const { report, mentions } = await classifyBytes(bytes)
        expect(report.bytesRead).toBeLessThanOrEqual(report.sizeBytes)
        expect(mentions.start).toHaveLength(mentions.rowCount + 1)
        if (report.bytesRead < report.sizeBytes) expect(report.problems).not.toEqual([])
      }),
      { numRuns: 400 },
    )
  })
})

/** A zip archive of one deflated file. */
function zipOf(name: string, deflated: Uint8Array, originalBytes: number): Uint8Array {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(8, 4)
  fields.writeUInt32LE(deflated.length, 14)
  fields.writeUInt32LE(originalBytes, 18)
  fields.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('504b0304', 'hex'), fields, Buffer.from(name), deflated])
  const central = Buffer.concat([Buffer.from('504b01021400', 'hex'), fields, Buffer.alloc(14), Buffer.from(name)])
  const end = Buffer.alloc(22)
  end.write('504b0506', 'hex')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}

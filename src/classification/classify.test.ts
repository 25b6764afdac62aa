import { deflateRawSync, gzipSync } from 'node:zlib'
import { utils, write } from '@e965/xlsx'
import fc from 'fast-check'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { createFingerprint, classify } from './index.ts'
import { classifyBytes, contentOf, describeElements, describeMentions } from './testing/contents.ts'

const CUSTOMERS = [
  ['Customer ID', 'Name', 'Phone', 'Email', 'Rego', 'VIN'],
  ['C-0001', 'Ann Example', '0491 570 006', 'ann@example.com', 'ABC123', '1M8GDM9AXKP042788'],
  ['C-0002', 'Bob Sample', '+61 491 570 157', 'bob@example.com', 'XYZ-789', '1m8gdm9axkp042788'],
]
const CUSTOMER_ELEMENTS = {
  vin: '1 in 2',
  'number-plate': '2 in 2',
  'customer-id': '2 in 2',
  'person-name': '2 in 2',
  'phone-number': '2 in 2',
  'email-address': '2 in 2',
}
const asCsv = (rows: readonly (readonly string[])[], delimiter = ','): string => rows.map((row) => row.join(delimiter)).join('\n')
const asObjects = (rows: readonly (readonly string[])[]): Record<string, string>[] =>
  rows.slice(1).map((row) => Object.fromEntries(row.map((value, i) => [rows[0]![i]!, value])))
const asParquet = (rows: readonly (readonly string[])[]): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: rows[0]!.map((name, i) => ({ name, data: rows.slice(1).map((row) => row[i]!), type: 'STRING' as const })),
    }),
  )
const asWorkbook = (rows: readonly (readonly string[])[]): Uint8Array => {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([['Inquiries of March'], [], ...rows.map((row) => [...row])]), 'List')
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer)
}
const asUtf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le')

const SAME_TABLE: readonly { readonly format: string; readonly bytes: Uint8Array | string }[] = [
  { format: 'csv', bytes: asCsv(CUSTOMERS) },
  { format: 'csv', bytes: asCsv(CUSTOMERS, ';') },
  { format: 'csv', bytes: CUSTOMERS.map((row) => row.map((value) => `"${value}"`).join(',')).join('\r\n') },
  { format: 'csv', bytes: `\ufeff${asCsv(CUSTOMERS)}` },
  { format: 'csv', bytes: asUtf16(asCsv(CUSTOMERS)) },
  { format: 'tsv', bytes: asCsv(CUSTOMERS, '\t') },
  { format: 'csv.gz', bytes: gzipSync(asCsv(CUSTOMERS)) },
  {
    format: 'csv.gz',
    bytes: Buffer.concat([gzipSync(`${asCsv(CUSTOMERS.slice(0, 2))}\n`), gzipSync(asCsv(CUSTOMERS.slice(2)))]),
  },
  { format: 'csv.gz.gz', bytes: gzipSync(gzipSync(asCsv(CUSTOMERS))) },
  {
    format: 'jsonl',
    bytes: asObjects(CUSTOMERS)
      .map((record) => JSON.stringify(record))
      .join('\n'),
  },
  { format: 'json', bytes: JSON.stringify(asObjects(CUSTOMERS)) },
  { format: 'json', bytes: JSON.stringify({ total: 2, customers: asObjects(CUSTOMERS) }, null, 2) },
  {
    format: 'json',
    bytes: asObjects(CUSTOMERS)
      .map((record) => JSON.stringify(record, null, 2))
      .join('\n'),
  },
  { format: 'parquet', bytes: asParquet(CUSTOMERS) },
  { format: 'xlsx', bytes: asWorkbook(CUSTOMERS) },
]

describe('classify', () => {
  it.each(SAME_TABLE)('finds the same people in the table as $format ($#)', async ({ format, bytes }) => {
    const result = await classifyBytes(bytes, { name: 'inquiries/AU/2017/file' })
    expect(result.report).toMatchObject({ format, recordCount: 2, problems: [], bytesRead: contentOf(bytes).sizeBytes })
    expect(describeElements(result)).toEqual(CUSTOMER_ELEMENTS)
    expect(describeMentions(result).map((row) => row.replace(/#\d+/g, ''))).toEqual([
      'customer-id email-address number-plate person-name phone-number vin | vin number-plate customer-id person-name phone-number email-address | AU by path | 1',
      'customer-id email-address number-plate person-name phone-number vin | vin number-plate customer-id person-name phone-number email-address | AU by phone-number | 1',
    ])
  })

  it('says the same however the bytes are cut into chunks', async () => {
    for (const { bytes } of SAME_TABLE)
      for (const chunkBytes of [1, 7, 64]) expect(await classifyBytes(bytes, { chunkBytes })).toEqual(await classifyBytes(bytes))
  })

  it('reports the same under any key, and keeps no value', async () => {
    const values = CUSTOMERS.slice(1).flat()
    for (const { bytes } of SAME_TABLE) {
      const options = { sha256: 'x' }
      const one = await classify(contentOf(bytes), { ...options, fingerprint: createFingerprint(new Uint8Array(32)) })
      const other = await classify(contentOf(bytes), { ...options, fingerprint: createFingerprint(new Uint8Array(32).fill(1)) })
      expect(one.report).toEqual(other.report)
      expect({ ...one.mentions, fingerprints: null }).toEqual({ ...other.mentions, fingerprints: null })
      expect(one.mentions.fingerprints).not.toEqual(other.mentions.fingerprints)
      const kept = JSON.stringify(one)
      for (const value of values) expect(kept).not.toContain(value)
    }
  })

  it('gives one identifier to all spellings of a value', async () => {
    const { mentions } = await classifyBytes(
      asCsv([
        ['customer_id', 'name', 'phone', 'email', 'vin'],
        ['c-0001', 'ANN  EXAMPLE', '0491-570-006', 'ANN@EXAMPLE.COM', '1m8gdm9axkp042788'],
        ['Ｃ－０００１', 'Ａｎｎ Example', '+61 491 570 006', 'ann@example.com', '1M8GDM9AXKP042788'],
      ]),
      { name: 'x/AU/y' },
    )
    expect(mentions.kinds).toHaveLength(5)
  })

  it('finds a track where place, time and vehicle meet, and a place alone elsewhere', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => ({
      terminalId: `NVT${10_000 + (i % 3)}`,
      gps: { lat: 35.1234 + i / 1e3, lon: 139.4567 },
      at: '2015-02-09T00:00:00Z',
    }))
    const lines = (records: readonly object[]): string => records.map((record) => JSON.stringify(record)).join('\n')
    expect(describeElements(await classifyBytes(lines(rows)))).toEqual({
      'terminal-id': '3 in 30',
      location: '30 in 30',
      'location-track': '30 in 30',
    })
    const places = rows.map(({ gps, at }) => ({ gps, at }))
    expect(describeElements(await classifyBytes(lines(places)))).toEqual({ location: '30 in 30' })
    const combined = rows.map(({ terminalId, at }, i) => ({ terminalId, at, position: `35.1234,139.${4567 + i}` }))
    expect(describeElements(await classifyBytes(lines(combined)))).toMatchObject({ 'location-track': '30 in 30' })
  })

  it.each<{ name: string; rows: string[][]; expected: Record<string, string> }>([
    {
      name: 'a column of part numbers of which only chance passes as cards',
      rows: [
        ['id', 'part number'],
        ...Array.from({ length: 400 }, (_, i) => [String(i), String(4_000_000_000_000_000 + i * 7_919_000_123)]),
      ],
      expected: {},
    },
    {
      name: 'a column of cards without a telling header',
      rows: [
        ['id', 'reference'],
        ...['4111111111111111', '5555555555554444', '378282246310005', '4012888888881881'].map((card) => ['x', card]),
      ],
      expected: { 'payment-card': '4 in 4' },
    },
    {
      name: 'names of things',
      rows: [
        ['name', 'price'],
        ['Brake pad', '12'],
        ['oil filter', '8'],
        ['Wiper', '5'],
      ],
      expected: {},
    },
    {
      name: 'names of people',
      rows: [
        ['name', 'visits'],
        ['Ann Example', '12'],
        ['Bob Sample', '8'],
      ],
      expected: { 'person-name': '2 in 2' },
    },
    {
      name: 'a free text with an address and a number',
      rows: [
        ['case', 'remark'],
        ['1', 'write to ann@example.com, call +61 491 570 006'],
        ['2', 'closed today without parts'],
      ],
      expected: { 'phone-number': '1 in 1', 'email-address': '1 in 1' },
    },
    {
      name: 'given and family names',
      rows: [
        ['First Name', 'Surname', 'Mobile'],
        ['Ann', 'Example', '+61491570006'],
      ],
      expected: { 'person-name': '1 in 1', 'phone-number': '1 in 1' },
    },
  ])('reads $name', async ({ rows, expected }) => {
    expect(describeElements(await classifyBytes(asCsv(rows.map((row) => row.map((value) => `"${value}"`)))))).toEqual(expected)
  })

  it.each([
    { text: 'plate,phone\n品川 300 あ 12-34,+61491570006', expected: 'JP by number-plate' },
    { text: 'phone,address\n+61491570006,〒100-0001 東京都例田区例町1-2-3', expected: 'AU by phone-number' },
    { text: 'street,state,postcode,chassis_no\n1 Example St,NSW,2000,GRS191-1234567', expected: 'AU by postal-address' },
    { text: 'street,country,customer id\n1 Example St,New Zealand,C-100', expected: 'NZ by postal-address' },
    { text: 'chassis_no,customer id\nGRS191-1234567,C-100', expected: 'JP by chassis-number' },
    { text: 'vin,customer id\n1M8GDM9AXKP042788,C-100', expected: 'NZ by path' },
  ])('places the record $text: $expected', async ({ text, expected }) => {
    const [row] = describeMentions(await classifyBytes(text, { name: 'files/NZ/list.csv' }))
    expect(row!.split(' | ')[2]).toBe(expected)
  })

  it('reads national numbers for the country of the row before that of the path', async () => {
    const { mentions } = await classifyBytes('phone,country\n0491 570 006,Australia\n+61 491 570 006,AU', { name: 'x/JP/y' })
    expect(mentions.kinds).toHaveLength(1)
  })
})

describe('text', () => {
  it('keeps two people of one text apart and counts the document as one record', async () => {
    const note = [
      'Inquiry of 4 March',
      '',
      'Customer: Ann Example',
      'Phone: ０４９１ 570 006',
      'VIN: 1M8GDM9AXKP042788',
      '',
      'Dear Ms Example, thank you for your call.',
      '--------',
      'Email: bob@example.com',
      'Name: Bob Sample',
    ].join('\n')
    const result = await classifyBytes(note, { name: 'notes/AU/1.txt' })
    expect(result.report).toMatchObject({ format: 'text', recordCount: 1 })
    expect(describeElements(result)).toEqual({
      vin: '1 in 1',
      'person-name': '2 in 1',
      'phone-number': '1 in 1',
      'email-address': '1 in 1',
    })
    expect(describeMentions(result).map((row) => row.replace(/#\d+/g, ''))).toEqual([
      'person-name phone-number vin | vin person-name phone-number | AU by path | 1',
      'email-address person-name | person-name email-address | AU by path | 1',
    ])
  })

  it('reads Japanese labels and forms of address', async () => {
    const note = '氏名：例田 太郎\n電話：+81 3-5555-0123\n住所：東京都例田区例町1-2-3\n登録番号：品川 300 あ 12-34\n例田 太郎 様'
    expect(Object.keys(describeElements(await classifyBytes(note)))).toEqual([
      'number-plate',
      'person-name',
      'postal-address',
      'phone-number',
    ])
    expect(describeMentions(await classifyBytes(Buffer.from(note)))).toHaveLength(1)
  })

  it('takes a list of addresses for many people', async () => {
    const list = Array.from({ length: 20 }, (_, i) => `person${i}@example.com`).join('\n')
    expect(describeMentions(await classifyBytes(list))).toHaveLength(20)
  })
})

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
    { name: 'an OLE container', bytes: cfb, format: 'unknown', code: 'encrypted', bytesRead: (size) => size === 0 },
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

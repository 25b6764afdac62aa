import avsc from 'avsc'
import fc from 'fast-check'
import { zstdCompressSync } from 'node:zlib'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { CUSTOMERS } from '../testing/same-table.ts'
import { fixture, recorded } from '../testing/recorded.ts'

const [HEADER, ...ROWS] = CUSTOMERS as [string[], ...string[][]]

function objects(nameOf: (header: string) => string): object[] {
  return ROWS.map((row) => Object.fromEntries(row.map((value, i) => [nameOf(HEADER[i]!), value])))
}

describe('SQL dumps', () => {
  const rows = [
    { 'owners.id': '1', 'owners.name': "Ann O'Example", 'owners.note': 'a,b;\n(c)' },
    { 'owners.id': '2', 'owners.name': '例田 花子' },
  ]
  it.each([
    {
      dialect: 'MySQL',
      text: `-- MySQL dump 10.13\nDROP TABLE IF EXISTS \`owners\`;\nCREATE TABLE \`owners\` (\n  \`id\` int(11) NOT NULL,\n  \`name\` varchar(80) DEFAULT 'x,y',\n  \`note\` text,\n  PRIMARY KEY (\`id\`)\n) ENGINE=InnoDB;\nLOCK TABLES \`owners\` WRITE;\n/*!40000 ALTER TABLE \`owners\` DISABLE KEYS */;\nINSERT INTO \`owners\` VALUES (1,'Ann O\\'Example','a,b;\\n(c)'),(2,_utf8'例田 花子',NULL);\nUNLOCK TABLES;\n`,
    },
    {
      dialect: 'PostgreSQL with COPY',
      text: `--\n-- PostgreSQL database dump\n--\nSET client_encoding = 'UTF8';\nCREATE FUNCTION public.f() RETURNS void LANGUAGE sql AS $_$ INSERT INTO x VALUES ('no;'); $_$;\nCREATE TABLE public.owners (id integer, name text, note text);\nCOPY public.owners (id, name, note) FROM stdin;\n1\tAnn O'Example\ta,b;\\n(c)\n2\t例田 花子\t\\N\n\\.\n\nSELECT 1;\n`,
    },
    {
      dialect: 'PostgreSQL with INSERT',
      text: `INSERT INTO public.owners (id, name, note) VALUES (1, 'Ann O''Example', E'a,b;\\n(c)') ON CONFLICT DO NOTHING;\nINSERT INTO public.owners (name, id) VALUES ('例田 花子'::text, 2);\n`,
    },
    {
      dialect: 'SQLite',
      text: `PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE owners (id INTEGER PRIMARY KEY, "name" TEXT CHECK (name <> ')'), note TEXT);\nINSERT INTO owners VALUES(1,'Ann O''Example','a,b;\n(c)');\nINSERT INTO owners VALUES(2,'例田 花子',NULL);\nCOMMIT;\n`,
    },
    {
      dialect: 'SQL Server',
      text: `SET IDENTITY_INSERT [dbo].[owners] ON \nGO\nINSERT [dbo].[owners] ([id], [name], [note]) VALUES (1, N'Ann O''Example', CAST(N'a,b;\n(c)' AS NVarChar))\nGO\nINSERT [dbo].[owners] ([id], [name], [note]) VALUES (2, N'例田 花子', NULL)\nGO\nSET IDENTITY_INSERT [dbo].[owners] OFF\n`,
    },
  ])('of $dialect give the same rows', async ({ text }) => {
    const read = await recorded(text)
    expect(read).toMatchObject({ format: 'sql', problems: [] })
    expect(read.tables).toEqual({ owners: rows })
  })

  it('gives back any text that a dump quotes', async () => {
    const value = fc.string({
      unit: fc.constantFrom("'", '"', '`', '\\', ',', ';', '(', ')', '\n', '-', '#', '/', '*', 'a', 'あ', '$'),
      minLength: 1,
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 5 }), fc.boolean(), async (pairs, isMysql) => {
        const quote = (text: string): string =>
          `'${(isMysql ? text.replaceAll('\\', '\\\\') : text).replaceAll("'", isMysql ? "\\'" : "''")}'`
        const head = isMysql ? '-- MySQL dump\n' : ''
        const tuples = pairs.map(([a, b]) => `(${quote(a)},${quote(b)})`).join(',\n')
        const { tables } = await recorded(`${head}INSERT INTO t (a, b) VALUES ${tuples};\nINSERT INTO t (a) VALUES ('end');\n`)
        expect(tables.t).toEqual([...pairs.map(([a, b]) => ({ 't.a': a, 't.b': b })), { 't.a': 'end' }])
      }),
      { numRuns: 300 },
    )
  })

  it('reads what a command line prints of a database', async () => {
    const { tables } = await recorded(fixture('python-sqlite.sql'))
    expect(tables.owners).toEqual(objects((name) => `owners.${name}`))
  })
})

describe('SQLite files', () => {
  it.each(['python.sqlite', 'python-wal.sqlite'])('gives the rows that were written to %s', async (file) => {
    const { format, tables, problems } = await recorded(fixture(file))
    expect(format).toBe('sqlite')
    expect(tables.owners).toEqual(objects((name) => `owners.${name}`))
    expect(tables.visits).toEqual([{ 'visits.id': 1, 'visits.odometer': 41_000, 'visits.big': 9_007_199_254_740_993n }])
    // A binary cell is named as not read.
    expect(problems).toEqual(['unsupported'])
  })

  it('runs nothing that the file defines', async () => {
    const database = new DatabaseSync(':memory:')
    database.exec(`CREATE TABLE t (a TEXT, b TEXT GENERATED ALWAYS AS (printf('%.*c', 100000000, 'x')) VIRTUAL);
      INSERT INTO t (a) VALUES ('ann@example.com');
      CREATE VIEW v AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r`)
    const bytes = new Uint8Array(database.serialize())
    database.close()
    expect((await recorded(bytes)).tables).toEqual({ t: [{ 't.a': 'ann@example.com' }] })
  })
})

describe('Avro files', () => {
  it.each(['null', 'deflate'])('gives the records that were written with the codec %s', async (codec) => {
    const { format, tables, problems } = await recorded(fixture(`fastavro-${codec}.avro`))
    expect({ format, problems }).toEqual({ format: 'avro', problems: [] })
    const visit = {
      'visits.at': '2017-03-01T09:30:00.000Z',
      'visits.big': 2n ** 60n,
      'visits.dealer_email': 'dealer@example.com',
    }
    // JSON numbers past 2^53 stay whole; a list's elements are rows of their own.
    expect(tables['']).toEqual(objects((name) => name.toLowerCase().replace(' ', '_')).flatMap((owner) => [owner, visit]))
  })

  it.each(['bzip2', 'xz'])('names the codec %s as not read', async (codec) => {
    expect(await recorded(fixture(`fastavro-${codec}.avro`))).toMatchObject({ tables: {}, problems: ['unsupported'] })
  })

  it('reads what another library encodes, whatever the schema', async () => {
    const type = avsc.Type.forSchema({
      type: 'record',
      name: 'r',
      fields: [
        { name: 'i', type: 'int' },
        { name: 'l', type: 'long' },
        { name: 'd', type: 'double' },
        { name: 'b', type: 'boolean' },
        { name: 's', type: 'string' },
        { name: 'e', type: { type: 'enum', name: 'E', symbols: ['A', 'B'] } },
        { name: 'm', type: { type: 'map', values: 'string' } },
        { name: 'u', type: ['null', 'string'] },
        { name: 'again', type: ['null', 'E'] },
      ],
    })
    const record = fc.record({
      i: fc.integer(),
      // The other library loses the last bits of larger numbers.
      l: fc.integer({ min: -(2 ** 51), max: 2 ** 51 }),
      d: fc.double({ noNaN: true }),
      b: fc.boolean(),
      s: fc.string({ unit: 'grapheme', minLength: 1 }),
      e: fc.constantFrom('A', 'B'),
      m: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ minLength: 1 }), { noNullPrototype: true }),
      u: fc.constant('text'),
      again: fc.constant('B'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 4 }), fc.boolean(), async (records, isZstd) => {
        const body = Buffer.concat(records.map((value) => type.toBuffer(value)))
        const { tables, problems } = await recorded(container(JSON.stringify(type.schema()), records.length, body, isZstd))
        expect(problems).toEqual([])
        const expected = records.map(({ m, ...rest }) => ({
          ...rest,
          ...Object.fromEntries(Object.entries(m).map(([key, value]) => [`m.${key}`, value])),
        }))
        expect(tables['']).toEqual(expected)
      }),
      { numRuns: 100 },
    )
  })

  it.each([
    { name: 'an array of nothings', schema: { type: 'array', items: 'null' }, body: [0xfe, 0xff, 0xff, 0xff, 0xff, 0x7f, 0] },
    { name: 'records without bytes', schema: 'null', body: [], count: 1_000_000_000 },
    { name: 'a record inside itself', schema: { type: 'record', name: 'r', fields: [{ name: 'r', type: 'r' }] }, body: [0] },
    { name: 'a string longer than the block', schema: 'string', body: [0xfe, 0xff, 0xff, 0xff, 0xff, 0x7f] },
  ])('refuses $name', async ({ schema, body, count = 1 }) => {
    const { tables, problems } = await recorded(container(JSON.stringify(schema), count, Buffer.from(body), false))
    expect({ tables, problems }).toEqual({ tables: {}, problems: ['malformed'] })
  })
})

function container(schema: string, count: number, body: Uint8Array, isZstd: boolean): Uint8Array {
  const long = avsc.Type.forSchema('long')
  const text = avsc.Type.forSchema('string')
  const sync = Buffer.alloc(16, 7)
  const block = isZstd ? zstdCompressSync(body) : body
  const meta = [
    ['avro.schema', schema],
    ['avro.codec', isZstd ? 'zstandard' : 'null'],
  ].flatMap((pair) => pair.map((part) => text.toBuffer(part)))
  return Buffer.concat([
    Buffer.from('Obj\u0001', 'latin1'),
    long.toBuffer(2),
    ...meta,
    long.toBuffer(0),
    sync,
    long.toBuffer(count),
    long.toBuffer(block.length),
    block,
    sync,
  ])
}

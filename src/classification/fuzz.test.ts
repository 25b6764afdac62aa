import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { classifyBytes } from './testing/contents.ts'
import { fixture } from './testing/recorded.ts'

const XML = '<?xml version="1.0"?><l><c id="1"><n>Ann</n></c><c id="2"><n>Bob</n><m>b@example.com</m></c></l>'
const HTML = '<html><p>Hi <b>Ann</b><table><tr><th>Name<th>Mail<tr><td>Ann<td>ann@example.com<tr><td>Bob<td>b@example.com</table>'
const SQL =
  "-- MySQL dump\nCREATE TABLE `t` (`a` int, `b` text) ENGINE=x;\nINSERT INTO `t` VALUES (1,'x\\'y'),(2,'a@example.com');\nSELECT 1;\n"
const COPY = 'COPY t (a, b) FROM stdin;\n1\tann@example.com\n2\t\\N\n\\.\n'
const text = (content: string): Uint8Array => Buffer.from(content)

/** A good content of each kind, small, so that damage hits something that matters. */
const SEEDS: Record<string, Uint8Array> = {
  xls: fixture('xlwt.xls'),
  docx: smallDocument(),
  pdf: fixture('reportlab.pdf'),
  'pdf with character maps': fixture('reportlab-japanese.pdf'),
  sqlite: fixture('python.sqlite'),
  avro: fixture('fastavro-null.avro'),
  'avro, deflated': fixture('fastavro-deflate.avro'),
  eml: fixture('python.eml'),
  mbox: fixture('python.mbox'),
  zip: fixture('python.zip'),
  tar: fixture('python-pax.tar'),
  'tar.gz': gzipSync(fixture('python-gnu.tar')),
  bz2: fixture('python.csv.bz2'),
  zst: fixture('python.csv.zst'),
  xml: text(XML),
  html: text(HTML),
  sql: text(SQL),
  copy: text(COPY),
}

describe('damage', () => {
  it.each(Object.keys(SEEDS))('never breaks the reader of %s, which says what it could not read', async (kind) => {
    const seed = SEEDS[kind]!
    await fc.assert(
      fc.asyncProperty(damaged(seed), async (bytes) => {
        const { report, mentions, members = [] } = await classifyBytes(bytes, { name: 'x/file' })
        expect(mentions.start).toHaveLength(mentions.rowCount + 1)
        for (const { bytesRead, sizeBytes, problems } of [report, ...members]) {
          expect(bytesRead).toBeGreaterThanOrEqual(0)
          expect(bytesRead).toBeLessThanOrEqual(sizeBytes)
          if (bytesRead < sizeBytes) expect(problems).not.toEqual([])
        }
        for (const { code } of report.problems) expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
      }),
      { numRuns: kind.startsWith('pdf') ? 60 : 150 },
    )
  })

  it('says the same however the bytes come', async () => {
    for (const kind of Object.keys(SEEDS)) {
      const whole = await classifyBytes(SEEDS[kind]!)
      for (const chunkBytes of [1, 97]) expect(await classifyBytes(SEEDS[kind]!, { chunkBytes }), kind).toEqual(whole)
    }
  })
})

/** Flips, cuts, splices and repeats of good bytes. */
function damaged(seed: Uint8Array): fc.Arbitrary<Uint8Array> {
  const at = fc.nat(seed.length - 1)
  const flips = fc.array(fc.tuple(at, fc.nat(255)), { minLength: 1, maxLength: 12 }).map((changes) => {
    const bytes = Uint8Array.from(seed)
    for (const [place, value] of changes) bytes[place] = value
    return bytes
  })
  const cut = at.map((end) => seed.subarray(0, end))
  const splice = fc.tuple(at, at, at).map(([from, to, into]) => {
    const piece = seed.subarray(Math.min(from, to), Math.max(from, to))
    return Uint8Array.from(Buffer.concat([seed.subarray(0, into), piece, seed.subarray(into)]))
  })
  // Numbers that tell counts, lengths and places.
  const large = fc.tuple(at, fc.constantFrom(0xffffffff, 0x7fffffff, 0x80000000, 0)).map(([place, value]) => {
    const bytes = Buffer.from(seed)
    bytes.writeUInt32LE(value, Math.min(place, seed.length - 4))
    return Uint8Array.from(bytes)
  })
  return fc.oneof(flips, cut, splice, large)
}

function smallDocument(): Uint8Array {
  const paragraph = (content: string): string => `<w:p><w:r><w:t>${content}</w:t></w:r></w:p>`
  const row = (...cells: string[]): string => `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`
  const body = `${paragraph('Dear Ann Example')}<w:tbl>${row('Name', 'Mail')}${row('Ann', 'ann@example.com')}</w:tbl>`
  return zipSync({
    '[Content_Types].xml': text('<Types/>'),
    'word/document.xml': text(`<w:document xmlns:w="urn:w"><w:body>${body}</w:body></w:document>`),
    'word/media/a.png': Buffer.from('89504e470d0a1a0a', 'hex'),
  })
}

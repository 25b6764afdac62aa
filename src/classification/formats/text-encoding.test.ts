import { describe, expect, it } from 'vitest'
import { classifyBytes } from '../testing/contents.ts'
import { detectEncoding } from './text-encoding.ts'

// 氏名: 例田 花子, as each encoding writes it (from Python's codecs).
const NAME = {
  shift_jis: '8e8196bc3a2097e193632089d48e710a',
  'euc-jp': 'bbe1ccbe3a20cee3c5c420b2d6bbd20a',
  'iso-2022-jp': '1b24423b614c3e1b28423a201b24424e6345441b2842201b244232563b521b28420a',
  'utf-8': 'e6b08fe5908d3a20e4be8be794b020e88ab1e5ad900a',
  'utf-16le': '0f6c0d543a0020008b4f30752000b182505b0a00',
  'utf-16be': '6c0f540d003a00204f8b7530002082b15b50000a',
} as const
const of = (label: keyof typeof NAME): Buffer => Buffer.from(NAME[label], 'hex')

describe('detectEncoding', () => {
  it.each(Object.keys(NAME) as (keyof typeof NAME)[])('tells %s without a mark', async (label) => {
    const bytes = Buffer.concat([of(label), of(label)])
    expect(detectEncoding(bytes, true)).toEqual({ label, bomBytes: 0 })
    const { report } = await classifyBytes(bytes)
    expect(report).toMatchObject({ encoding: label, problems: [], elements: [{ element: 'person-name', where: ['氏名'] }] })
  })

  it.each([
    { name: 'UTF-8', mark: 'efbbbf', label: 'utf-8' },
    { name: 'UTF-16 little endian', mark: 'fffe', label: 'utf-16le' },
    { name: 'UTF-16 big endian', mark: 'feff', label: 'utf-16be' },
  ])('takes the mark of $name', ({ mark, label }) => {
    expect(detectEncoding(Buffer.from(`${mark}61006200`, 'hex'), true)?.label).toBe(label)
  })

  it.each([
    { name: 'zeros', bytes: Buffer.alloc(500) },
    { name: 'random bytes', bytes: Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7919) % 251)) },
    { name: 'numbers of two bytes', bytes: Buffer.from(Uint16Array.from({ length: 500 }, (_, i) => i * 131).buffer) },
  ])('takes $name for no text', ({ bytes }) => {
    expect(detectEncoding(bytes, true)).toBeNull()
  })

  it('says that Windows-1252 is a guess', async () => {
    const { report } = await classifyBytes(
      Buffer.from('customer id,name\nC-100,Jos\u00e9 Example\nC-101,J\u00f6rg Sample\n', 'latin1'),
    )
    expect(report).toMatchObject({ encoding: 'windows-1252', problems: [{ code: 'encoding-guessed' }] })
  })

  it('tells the encoding of letters that come after much ASCII, however the bytes are cut', async () => {
    const start = 'Nothing to report.\n'.repeat(4_000)
    const bytes = Buffer.concat([Buffer.from(start), of('shift_jis')])
    const results = await Promise.all([1 << 16, 4096, 999].map((chunkBytes) => classifyBytes(bytes, { chunkBytes })))
    for (const { report } of results) {
      expect(report.problems.map(({ code }) => code)).toContain('encoding-guessed')
      expect(report.problems.map(({ code }) => code)).not.toContain('invalid-encoding')
      expect(report.elements.map(({ element }) => element)).toEqual(['person-name'])
      expect(report).toEqual(results[0]!.report)
    }
  })
})

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import type { MentionTable } from '../model/index.ts'
import { StoreDamagedError } from './errors.ts'
import { decodeMentions, encodeMentions, mentionPath, readMentionFile, writeMentions } from './mention-file.ts'
import { mentions } from './testing/invented.ts'

const sha256 = 'ab'.repeat(32)

async function lake(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ajar-mentions-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

const aTable: fc.Arbitrary<MentionTable> = fc
  .tuple(fc.nat(40), fc.nat(20), fc.subarray(['JP', 'AU', 'NZ']), fc.infiniteStream(fc.nat(0xffff_ffff)))
  .map(([rowCount, identifierCount, markets, numbers]) => {
    const next = () => numbers.next().value as number
    const words = (length: number) => Uint32Array.from({ length }, next)
    const bytes = (length: number) => Uint8Array.from({ length }, next)
    return {
      rowCount,
      start: words(rowCount + 1),
      identifiers: words(rowCount * 2),
      kinds: bytes(identifierCount),
      fingerprints: bytes(identifierCount * 16),
      elements: words(rowCount),
      market: bytes(rowCount),
      marketBasis: bytes(rowCount),
      markets,
      records: words(rowCount),
    }
  })

it('gives back any table, from bytes that start anywhere', () => {
  fc.assert(
    fc.property(aTable, fc.nat(3), (table, shift) => {
      const encoded = Buffer.concat(encodeMentions(table))
      const shifted = new Uint8Array(encoded.length + shift).subarray(shift)
      shifted.set(encoded)
      expect(decodeMentions(shifted)).toEqual(table)
    }),
  )
})

it('takes no changed, cut or lengthened file for a table', () => {
  const encoded = Buffer.concat(encodeMentions(mentions()))
  for (let index = 0; index < encoded.length; index++) {
    const changed = Uint8Array.from(encoded)
    changed[index] = (changed[index] as number) ^ 0x10
    expect(decodeMentions(changed)).toBeNull()
    expect(decodeMentions(encoded.subarray(0, index))).toBeNull()
  }
  expect(decodeMentions(Buffer.concat([encoded, Buffer.alloc(4)]))).toBeNull()
})

it('writes a file whole, under the first byte of its digest, and leaves nothing beside it', async () => {
  const directory = await lake()
  await writeMentions(directory, sha256, mentions())
  await writeMentions(directory, sha256, mentions())
  expect(await readMentionFile(directory, sha256)).toEqual(mentions())
  expect(await readdir(join(directory, 'mentions', 'ab'))).toEqual([`${sha256}.mentions`])
  const bytes = await readFile(mentionPath(directory, sha256))
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from('AJMN\x01\0\0\0', 'latin1'))
})

it('says which file is missing or damaged', async () => {
  const directory = await lake()
  await expect(readMentionFile(directory, sha256)).rejects.toThrow(/mentions\/ab\/abab.* is missing/)
  await writeMentions(directory, sha256, mentions())
  const path = mentionPath(directory, sha256)
  await writeFile(path, (await readFile(path)).subarray(0, 100))
  const reading = readMentionFile(directory, sha256)
  await expect(reading).rejects.toThrow(StoreDamagedError)
  await expect(reading).rejects.toThrow(`${dirname(path)}`)
})

it('takes only digests for names', () => {
  expect(() => mentionPath('lake', '../../etc/passwd')).toThrow(RangeError)
})

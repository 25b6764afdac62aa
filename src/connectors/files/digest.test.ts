import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { digestFile, digestFiles } from './digest.ts'
import { removeWrittenEvidence, writtenEvidence } from './testing/written-evidence.ts'

afterAll(removeWrittenEvidence)

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
/** FIPS 180-2, appendix B.1 and B.3. */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
const MILLION_A = 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'

it.each([
  ['nothing', '', EMPTY],
  ['abc', 'abc', ABC],
  ['a million times a', 'a'.repeat(1_000_000), MILLION_A],
])('%s', async (_, content, sha256) => {
  const directory = await writtenEvidence({ file: content })
  expect(await digestFile(join(directory, 'file'))).toEqual({ sha256, sizeBytes: content.length })
})

it('larger than one read', async () => {
  const content = Buffer.alloc(2_500_000, 'evidence ')
  const directory = await writtenEvidence({ file: content })
  const { sha256 } = await digestFile(join(directory, 'file'))
  expect(sha256).toBe(createHash('sha256').update(content).digest('hex'))
})

it('many at once, in the order given, with null for one that cannot be read', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `file-${index}`)
  const directory = await writtenEvidence(Object.fromEntries(names.map((name) => [name, name])))
  const digests = await digestFiles([...names, 'missing', '.'].map((name) => join(directory, name)))
  const expected = names.map((name) => createHash('sha256').update(name).digest('hex'))
  expect(digests.map((digest) => digest?.sha256 ?? null)).toEqual([...expected, null, null])
})

it('stops when it is told to', async () => {
  const directory = await writtenEvidence({ file: 'abc' })
  await expect(digestFiles([join(directory, 'file')], AbortSignal.abort())).rejects.toThrow(/abort/i)
})

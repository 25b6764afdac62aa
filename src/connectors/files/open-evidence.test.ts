import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { EvidenceReadError, openEvidence } from './open-evidence.ts'
import { removeWrittenEvidence, writtenEvidence } from './testing/written-evidence.ts'

afterAll(removeWrittenEvidence)

const LIMITS = { totalBytes: 64 * 1024 ** 2, ratio: 250, ratioAfterBytes: 1024 ** 2 }

/** Bytes that do not compress, the same in every run. */
function noise(length: number): Buffer {
  let state = 1
  const bytes = Buffer.alloc(length)
  for (let index = 0; index < length; index++) {
    state = (state * 48_271) % 2_147_483_647
    bytes[index] = state & 0xff
  }
  return bytes
}

async function opened(content: string | Uint8Array, limits = LIMITS): Promise<{ text: Buffer; error: unknown }> {
  const directory = await writtenEvidence({ file: content })
  const parts: Uint8Array[] = []
  try {
    for await (const part of openEvidence({ path: 'file', absolutePath: join(directory, 'file') }, limits)) parts.push(part)
    return { text: Buffer.concat(parts), error: null }
  } catch (error) {
    return { text: Buffer.concat(parts), error }
  }
}

const LARGE = Buffer.concat([noise(600_000), Buffer.alloc(700_000, 'evidence ')])

describe('the text of a file comes out whole', () => {
  it.each([
    ['nothing', '', Buffer.alloc(0)],
    ['plain text', 'text', Buffer.from('text')],
    ['plain bytes, larger than one read', LARGE, LARGE],
    ['a small gzip file', gzipSync('text'), Buffer.from('text')],
    ['a large gzip file', gzipSync(LARGE), LARGE],
    ['gzip members one after the other', Buffer.concat([gzipSync('one '), gzipSync('two')]), Buffer.from('one two')],
    ['large gzip members', Buffer.concat([gzipSync(LARGE), gzipSync(LARGE)]), Buffer.concat([LARGE, LARGE])],
  ])('%s', async (_, content, text) => {
    const result = await opened(content)
    expect(result.error).toBeNull()
    expect(result.text.equals(text)).toBe(true)
  })
})

describe('what is broken says where, and what came before is used', () => {
  const small = gzipSync(noise(50_000))
  const large = gzipSync(LARGE)
  it.each([
    ['a small file cut short', small.subarray(0, 30_000), 'truncated', 20_000],
    ['a large file cut short', large.subarray(0, 500_000), 'truncated', 400_000],
    ['a file cut inside its header', small.subarray(0, 5), 'truncated', 0],
    [
      'a byte changed inside',
      Buffer.concat([large.subarray(0, 300_000), Buffer.from('!!!!!!'), large.subarray(300_006)]),
      'malformed',
      200_000,
    ],
    ['bytes after the end', Buffer.concat([gzipSync(noise(50_000)), Buffer.from('rest')]), 'malformed', 50_000],
    ['a bomb', gzipSync(Buffer.alloc(8 * 1024 ** 2)), 'bomb', 1024 ** 2 - 65_536],
  ])('%s', async (_, content, code, atLeast) => {
    const { text, error } = await opened(content)
    expect(error).toBeInstanceOf(EvidenceReadError)
    expect(error).toMatchObject({ code, path: 'file', offset: text.length })
    expect(text.length).toBeGreaterThanOrEqual(atLeast)
  })

  it('a checksum that does not fit is said to be one', async () => {
    const content = gzipSync(noise(1000))
    content[content.length - 6]! ^= 1
    const { text, error } = await opened(content)
    expect(text.length).toBe(1000)
    expect(error).toMatchObject({ code: 'malformed', message: expect.stringContaining('checksum') })
  })

  it('a bomb of 50 MB of zeros gives little of them', async () => {
    const { text, error } = await opened(gzipSync(Buffer.alloc(50 * 1024 ** 2)))
    expect(error).toMatchObject({ code: 'bomb' })
    expect(text.length).toBeLessThan(8 * 1024 ** 2)
  })

  it.each([
    ['plain', noise(400_000)],
    ['gzip', gzipSync(noise(400_000))],
  ])('more text than allowed: %s', async (_, content) => {
    const { text, error } = await opened(content, { ...LIMITS, totalBytes: 300_000 })
    expect(error).toMatchObject({ code: 'too-large', offset: text.length })
    expect(text.length).toBeLessThanOrEqual(300_000)
  })

  it('a file that is not there', async () => {
    const missing = openEvidence({ path: 'gone', absolutePath: '/nonexistent/gone' })
    await expect(missing.next()).rejects.toMatchObject({ code: 'unreadable', path: 'gone', offset: 0 })
  })
})

it('any bytes come out as zlib alone would give them, or stop with a named error', async () => {
  const pieces = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc.string({ maxLength: 64 }).map((text) => gzipSync(text)),
    ),
    { maxLength: 4 },
  )
  await fc.assert(
    fc.asyncProperty(pieces, fc.nat(6), async (parts, cut) => {
      const whole = Buffer.concat(parts)
      const content = whole.subarray(0, Math.max(0, whole.length - cut))
      const { text, error } = await opened(content)
      if (error === null) expect(text.equals(expectedText(content))).toBe(true)
      else expect(error).toMatchObject({ name: 'EvidenceReadError', offset: text.length })
    }),
    { numRuns: 150 },
  )
})

function expectedText(content: Buffer): Buffer {
  return content[0] === 0x1f && content[1] === 0x8b ? gunzipSync(content) : content
}

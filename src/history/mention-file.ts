import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { MentionTable } from '../model/index.ts'
import { StoreDamagedError } from './errors.ts'

/*
 * Layout, little-endian, each section padded to four bytes:
 *   u32 magic, version, rowCount, reference count, identifier count, length of the markets' text
 *   start, identifiers, elements, records (u32 each); fingerprints (16 bytes each); kinds, market, marketBasis (u8 each);
 *   markets (UTF-8, one blank between two); SHA-256 of everything before it.
 * The magic is written as a number, so that a machine of the other byte order sees a damaged file and not other numbers.
 */
const MAGIC = 0x4e4d4a41
const VERSION = 1
const HEADER_WORDS = 6
const DIGEST_BYTES = 32
const JOINED_BELOW_BYTES = 4 * 1024 * 1024

/** Where the mentions of a content are kept below the lake's directory. */
export function mentionPath(lakeDirectory: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError(`"${sha256}" is not a SHA-256 digest in hex.`)
  return join(lakeDirectory, 'mentions', sha256.slice(0, 2), `${sha256}.mentions`)
}

/** Writes a content's mentions whole or not at all: to a file beside, which is moved to its place when it is on the disk. */
export async function writeMentions(lakeDirectory: string, sha256: string, table: MentionTable): Promise<void> {
  const path = mentionPath(lakeDirectory, sha256)
  const unfinished = `${path}.${randomUUID()}.unfinished`
  await mkdir(dirname(path), { recursive: true })
  try {
    const file = await open(unfinished, 'wx', 0o600)
    try {
      // Unlike write and writev, this goes on until everything is written.
      for (const part of joined(encodeMentions(table))) await file.writeFile(part)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
  } catch (failure) {
    await rm(unfinished, { force: true })
    throw failure
  }
}

/** A content's mentions; a StoreDamagedError when the file is missing, cut short or changed. */
export async function readMentionFile(lakeDirectory: string, sha256: string): Promise<MentionTable> {
  const path = mentionPath(lakeDirectory, sha256)
  const bytes = await readFile(path).catch((failure) => {
    throw damaged(path, failure.code === 'ENOENT' ? 'is missing' : `cannot be read (${failure.code})`, failure)
  })
  const table = decodeMentions(bytes)
  if (!table) throw damaged(path, 'is cut short or was changed')
  return table
}

/** The file's parts in order; their bytes are the table's own, not copies. */
export function encodeMentions(table: MentionTable): Uint8Array[] {
  const markets = new TextEncoder().encode(table.markets.join(' '))
  const header = Uint32Array.of(MAGIC, VERSION, table.rowCount, table.identifiers.length, table.kinds.length, markets.length)
  const words = [header, table.start, table.identifiers, table.elements, table.records]
  const parts = [...words, table.fingerprints, table.kinds, table.market, table.marketBasis, markets].flatMap(padded)
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return [...parts, hash.digest()]
}

/** The table of a whole, unchanged file; null for anything else. */
export function decodeMentions(file: Uint8Array): MentionTable | null {
  if (file.byteLength < HEADER_WORDS * 4 + DIGEST_BYTES) return null
  // A pooled buffer may start anywhere; 32-bit views must not.
  const bytes = file.byteOffset % 4 === 0 ? file : file.slice()
  const content = bytes.subarray(0, bytes.byteLength - DIGEST_BYTES)
  const header = new Uint32Array(content.buffer, content.byteOffset, HEADER_WORDS)
  const [magic, version, rowCount = 0, referenceCount = 0, identifierCount = 0, marketsLength = 0] = header
  if (magic !== MAGIC || version !== VERSION) return null
  const sizes = [(rowCount + 1) * 4, referenceCount * 4, rowCount * 4, rowCount * 4, identifierCount * 16]
  sizes.push(identifierCount, rowCount, rowCount, marketsLength)
  const padding = sizes.map((size) => size + (-size & 3))
  if (padding.reduce((sum, size) => sum + size, HEADER_WORDS * 4) !== content.byteLength) return null
  const digest = createHash('sha256').update(content).digest()
  if (!digest.equals(bytes.subarray(content.byteLength))) return null

  let offset = content.byteOffset + HEADER_WORDS * 4
  const take = (index: number): Uint8Array => {
    const section = new Uint8Array(content.buffer, offset, sizes[index])
    offset += padding[index] as number
    return section
  }
  const [start, identifiers, elements, records] = [take(0), take(1), take(2), take(3)].map(asWords) as Uint32Array[]
  const [fingerprints, kinds, market, marketBasis, markets] = [take(4), take(5), take(6), take(7), take(8)] as Uint8Array[]
  const names = new TextDecoder().decode(markets)
  return {
    rowCount,
    start: start as Uint32Array,
    identifiers: identifiers as Uint32Array,
    kinds: kinds as Uint8Array,
    fingerprints: fingerprints as Uint8Array,
    elements: elements as Uint32Array,
    market: market as Uint8Array,
    marketBasis: marketBasis as Uint8Array,
    markets: names === '' ? [] : names.split(' '),
    records: records as Uint32Array,
  }
}

/** Small tables, of which there are many, go out in one write. */
function joined(parts: readonly Uint8Array[]): readonly Uint8Array[] {
  const sizeBytes = parts.reduce((sum, part) => sum + part.byteLength, 0)
  return sizeBytes < JOINED_BELOW_BYTES ? [Buffer.concat(parts, sizeBytes)] : parts
}

function padded(section: Uint32Array | Uint8Array): Uint8Array[] {
  const bytes = new Uint8Array(section.buffer, section.byteOffset, section.byteLength)
  const missing = -bytes.byteLength & 3
  return missing === 0 ? [bytes] : [bytes, new Uint8Array(missing)]
}

function asWords(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
}

function damaged(path: string, what: string, cause?: unknown): StoreDamagedError {
  const sentence = `The lake file ${path} ${what}. Delete the store and investigate the evidence again, or restore the file from a copy.`
  return new StoreDamagedError(path, sentence, { cause })
}

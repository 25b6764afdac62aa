import { createHash } from 'node:crypto'
import { ELEMENTS, IDENTIFIER_KINDS, MARKET_BASES } from '../../model/index.ts'
import { type Classification, type ContentSource, classify, createFingerprint, type Limits } from '../index.ts'

const fingerprint = createFingerprint(new Uint8Array(32).fill(5))

/** Bytes as a content, handed out in chunks of a size. */
export function contentOf(bytes: Uint8Array | string, options: { name?: string; chunkBytes?: number } = {}): ContentSource {
  const all = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  const chunkBytes = options.chunkBytes ?? 1 << 16
  return {
    name: options.name ?? 'objects/file',
    sizeBytes: all.length,
    async *open() {
      for (let at = 0; at < all.length; at += chunkBytes) yield all.subarray(at, at + chunkBytes)
    },
  }
}

/** The classification of some bytes under a fixed key. */
export function classifyBytes(
  bytes: Uint8Array | string,
  options: { name?: string; chunkBytes?: number; limits?: Partial<Limits>; signal?: AbortSignal } = {},
): Promise<Classification> {
  const { limits, signal } = options
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return classify(contentOf(bytes, options), { sha256, fingerprint, ...(limits && { limits }), ...(signal && { signal }) })
}

/** The rows of a mention table in words: kinds with the number of each identifier, elements, market and its basis, records. */
export function describeMentions({ mentions }: Classification): string[] {
  return Array.from({ length: mentions.rowCount }, (_, row) => {
    const identifiers = [...mentions.identifiers.subarray(mentions.start[row], mentions.start[row + 1])]
    const kinds = identifiers.map((i) => `${IDENTIFIER_KINDS[mentions.kinds[i]!]}#${i}`).sort()
    const elements = ELEMENTS.filter((_, bit) => (mentions.elements[row]! >>> bit) & 1)
    const market =
      mentions.market[row] === 255
        ? '-'
        : `${mentions.markets[mentions.market[row]!]} by ${MARKET_BASES[mentions.marketBasis[row]!]}`
    return `${kinds.join(' ')} | ${elements.join(' ')} | ${market} | ${mentions.records[row]}`
  })
}

/** Elements with their number of values and records. */
export function describeElements({ report }: Classification): Record<string, string> {
  return Object.fromEntries(report.elements.map(({ element, values, records }) => [element, `${values} in ${records}`]))
}

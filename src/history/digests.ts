import { createHash } from 'node:crypto'

/** SHA-256 of a text's UTF-8 bytes, hex. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Sixteen bytes of SHA-256 over several texts, spelled as a UUID: a key that needs no sequence and no look-up. */
export function contentKey(...parts: readonly (string | number | null | undefined)[]): string {
  const hex = sha256Hex(JSON.stringify(parts.map((part) => part ?? null)))
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

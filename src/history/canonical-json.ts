import { createHash } from 'node:crypto'
import { compareText, type Json } from '../model/index.ts'

const MAX_DEPTH = 512

/** The one JSON text of a value: no blanks, keys in UTF-16 order; a RangeError for nesting deeper than 512. */
export function canonicalJson(value: Json): string {
  return write(value, 0)
}

/** SHA-256 of a text's UTF-8 bytes, hex. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Sixteen bytes of SHA-256 over several texts, spelled as a UUID: a key that needs no sequence and no look-up. */
export function contentKey(...parts: readonly (string | number | null | undefined)[]): string {
  const hex = sha256Hex(JSON.stringify(parts.map((part) => part ?? null)))
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

function write(value: Json, depth: number): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (depth >= MAX_DEPTH) throw new RangeError(`JSON nested deeper than ${MAX_DEPTH} levels cannot be recorded.`)
  if (Array.isArray(value)) return `[${value.map((each: Json) => write(each ?? null, depth + 1)).join(',')}]`
  const members = Object.entries(value as { readonly [key: string]: Json }).filter(([, each]) => each !== undefined)
  members.sort(([left], [right]) => compareText(left, right))
  return `{${members.map(([key, each]) => `${JSON.stringify(key)}:${write(each, depth + 1)}`).join(',')}}`
}

import type { Json } from './json.ts'
import { compareText } from './text.ts'

const MAX_DEPTH = 512

/** The one JSON text of a value: no blanks, keys in UTF-16 order; a RangeError for nesting deeper than 512. */
export function canonicalJson(value: Json): string {
  return write(value, 0)
}

function write(value: Json, depth: number): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (depth >= MAX_DEPTH) throw new RangeError(`JSON nested deeper than ${MAX_DEPTH} levels cannot be recorded.`)
  if (Array.isArray(value)) return `[${value.map((each: Json) => write(each ?? null, depth + 1)).join(',')}]`
  const members = Object.entries(value as { readonly [key: string]: Json }).filter(([, each]) => each !== undefined)
  members.sort(([left], [right]) => compareText(left, right))
  return `{${members.map(([key, each]) => `${JSON.stringify(key)}:${write(each, depth + 1)}`).join(',')}}`
}

import type { Instant, Json } from '../../model/index.ts'
import { instant } from '../../model/index.ts'

export type JsonObject = { readonly [key: string]: Json }

/** Values nested deeper than this are refused: no provider writes them, and code that walks them would run out of stack. */
export const MAXIMUM_DEPTH = 256

/** Texts of JSON inside JSON that are longer than this are refused. */
const MAXIMUM_NESTED_TEXT_LENGTH = 4 * 1024 * 1024

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a path of own property names, or undefined. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let here: Json | undefined = value
  for (const name of path) {
    if (!isObject(here) || !Object.hasOwn(here, name)) return undefined
    here = here[name]
  }
  return here
}

/** The text at a path; null for anything that is not a non-empty text. */
export function textAt(value: Json | undefined, ...path: readonly string[]): string | null {
  const found = at(value, ...path)
  return typeof found === 'string' && found !== '' ? found : null
}

/** The list at a path; null where there is none. */
export function listAt(value: Json | undefined, ...path: readonly string[]): readonly Json[] | null {
  const found = at(value, ...path)
  return Array.isArray(found) ? (found as readonly Json[]) : null
}

/** A boolean that the source may have written as text; null for anything else. */
export function booleanOf(value: Json | undefined): boolean | null {
  if (value === true || value === 'true' || value === 'True') return true
  if (value === false || value === 'false' || value === 'False') return false
  return null
}

/** One value where the source writes either the value or a list that holds just it. */
export function single(value: Json | undefined): Json | undefined {
  return Array.isArray(value) && value.length === 1 ? (value[0] as Json) : value
}

/** A list where the source writes one element without its list; empty for nothing. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null || value === '') return []
  return Array.isArray(value) ? (value as readonly Json[]) : [value]
}

/** Parses text as JSON within bounds of length and depth; undefined where it is not JSON or goes past them. */
export function parseJson(text: string): Json | undefined {
  if (text.length > MAXIMUM_NESTED_TEXT_LENGTH || nestsTooDeep(text)) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** Undoes JSON that was written as text inside JSON, up to three times over; texts that are no JSON stay as they are. */
export function decodeNested(value: Json | undefined): Json | undefined {
  let here = value
  for (let times = 0; times < 3 && typeof here === 'string'; times++) {
    const inner = parseJson(here)
    if (inner === undefined) return here
    here = inner
  }
  return here
}

/** A copy whose keys begin with a capital, as the command line prints what other interfaces write in camel case; nulls are left out. */
export function withCapitalKeys(value: Json, depth = 0): Json {
  if (depth > MAXIMUM_DEPTH) return null
  if (Array.isArray(value)) return value.map((entry: Json) => withCapitalKeys(entry, depth + 1))
  if (!isObject(value)) return value
  const entries = Object.entries(value).filter(([, entry]) => entry !== null)
  return Object.fromEntries(
    entries.map(([key, entry]) => [key.charAt(0).toUpperCase() + key.slice(1), withCapitalKeys(entry, depth + 1)]),
  )
}

/** Only the named fields, and of these only the ones that are there and not null. */
export function pick(value: Json | undefined, names: readonly string[]): JsonObject {
  const found = names.map((name) => [name, at(value, name)] as const)
  return Object.fromEntries(found.filter((pair): pair is readonly [string, Json] => pair[1] !== undefined && pair[1] !== null))
}

/** The moment that a source wrote as ISO 8601 text with a zone, or as seconds since 1970; null for anything else. */
export function instantOf(value: Json | undefined): Instant | null {
  if (typeof value === 'number') return instantOfEpoch(value * 1000)
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/.test(value)) return null
  return instantOfEpoch(Date.parse(value))
}

/** The moment at epoch milliseconds between 1970 and 9999; null outside. */
export function instantOfEpoch(epochMs: number): Instant | null {
  return Number.isFinite(epochMs) && epochMs >= 0 && epochMs < 253_402_300_800_000 ? instant(Math.floor(epochMs)) : null
}

/** Whether brackets outside of texts nest deeper than the bound; broken JSON is left to the parser. */
export function nestsTooDeep(text: string): boolean {
  if (text.length <= MAXIMUM_DEPTH) return false
  let depth = 0
  let inText = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (inText) {
      if (code === 0x5c) index++
      else if (code === 0x22) inText = false
    } else if (code === 0x22) inText = true
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > MAXIMUM_DEPTH) return true
    } else if (code === 0x7d || code === 0x5d) depth--
  }
  return false
}

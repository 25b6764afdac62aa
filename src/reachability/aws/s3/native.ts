import type { Json } from '../../../model/index.ts'
import { isRecord, type Members } from '../../readings.ts'

/** A member whatever the case of its name: the command line says `KMSMasterKeyID`, AWS Config `kmsMasterKeyID`. */
export function memberOf(json: Json | undefined, name: string): Json | undefined {
  if (!isRecord(json)) return undefined
  if (Object.hasOwn(json, name)) return json[name]
  const found = Object.keys(json).find((key) => key.toLowerCase() === name.toLowerCase())
  return found === undefined ? undefined : json[found]
}

/** The text of a member, null where it has none. */
export function textOf(json: Json | undefined, name: string): string | null {
  const value = memberOf(json, name)
  return typeof value === 'string' && value !== '' ? value : null
}

/** What stands in the first of these wrappers; the value itself where there is no wrapper. JSON text is read. */
export function unwrapped(json: Json, ...wrappers: readonly string[]): Json {
  const value = readText(json)
  if (!isRecord(value)) return value
  for (const wrapper of wrappers) {
    const inner = memberOf(value, wrapper)
    if (inner !== undefined) return readText(inner)
  }
  return value
}

/** A list that may stand in a wrapper; null where there is none. */
export function listIn(json: Json | undefined, ...wrappers: readonly string[]): readonly Json[] | null {
  const inner = json === undefined ? null : unwrapped(json, ...wrappers)
  return Array.isArray(inner) ? inner : null
}

/** The text of a policy's document among the shapes in which services print it: itself, in `Policy`, in `policyText`. */
export function policyDocument(json: Json): Json {
  const value = readText(json)
  if (!isRecord(value) || memberOf(value, 'Statement') !== undefined) return value
  const inner = ['Policy', 'policyText', 'Content'].map((name) => memberOf(value, name)).find((each) => each !== undefined)
  if (inner === undefined) return value
  return isRecord(inner) ? policyDocument(inner) : readText(inner)
}

/** A boolean, or the word for one, which AWS Config writes in some places. */
export function booleanOf(json: Json | undefined): boolean | null {
  if (typeof json === 'boolean') return json
  return json === 'true' ? true : json === 'false' ? false : null
}

export type { Members }

/** JSON text, read; a text that is none stays as it is. */
function readText(json: Json): Json {
  if (typeof json !== 'string' || !/^\s*[[{]/.test(json)) return json
  try {
    return JSON.parse(json) as Json
  } catch {
    return json
  }
}

import { ACCESSES, type Access, type Json, type Reading, type Verdict } from '../model/index.ts'

/** A setting as the decision takes it: known, or the sentence that says why it is not. */
export type Known<T> = { readonly known: T } | { readonly problem: string }

export function isKnown<T>(setting: Known<T>): setting is { readonly known: T } {
  return 'known' in setting
}

/** A setting without which nothing is certain: where the record does not have it, it was not read. */
export function decisive<T>(
  reading: Reading<Json> | undefined,
  name: string,
  parse: (json: Json) => Known<T>,
  absent: () => Known<T>,
): Known<T> {
  if (reading === undefined) return { problem: `${name} not read` }
  switch (reading.status) {
    case 'absent':
      return absent()
    case 'not-read':
      return { problem: `${name} not read: ${sentencePart(reading.reason)}` }
    case 'read':
      return reading.value === null ? absent() : parse(reading.value)
  }
}

/**
 * A setting that only ever narrows and is seldom set: taken as `unset` where the record does not have it at all, and not
 * known where someone tried to read it and could not.
 */
export function narrowing<T>(
  reading: Reading<Json> | undefined,
  name: string,
  parse: (json: Json) => Known<T>,
  unset: T,
): Known<T> {
  return reading === undefined ? { known: unset } : decisive(reading, name, parse, () => ({ known: unset }))
}

function sentencePart(reason: string): string {
  return reason.replace(/\.\s*$/, '').slice(0, 300)
}

export type Members = { readonly [key: string]: Json }

export function isRecord(json: Json | undefined): json is Members {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

export function isTexts(json: Json | undefined): json is readonly string[] {
  return Array.isArray(json) && json.every((entry) => typeof entry === 'string')
}

/** The verdicts of all accesses, each decided by itself. */
export function eachAccess<T extends Verdict>(decide: (access: Access) => T): Readonly<Record<Access, T>> {
  return Object.fromEntries(ACCESSES.map((access) => [access, decide(access)])) as Record<Access, T>
}

export function undecided(...because: readonly string[]): Verdict {
  return { audience: 'undecided', witness: null, because: [...new Set(because)] }
}

export function nobody(...because: readonly string[]): Verdict {
  return { audience: 'none', witness: null, because: [...new Set(because)] }
}

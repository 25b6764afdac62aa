import type { Facet, Json, Reading, ResourceConfiguration } from '../../model/index.ts'
import { isRecord, type Known, type Members } from '../readings.ts'

/** The settings of one resource, wherever its record holds them. */
export interface Settings {
  /** The setting by any of its names; undefined where it was not read. */
  readonly reading: (...names: readonly string[]) => Reading<Json> | undefined
  /**
   * A setting that is seldom set. Azure delivers a resource's settings in one document and leaves out what is not set, so
   * where any one of them was read, a missing one is taken as not set.
   */
  readonly seldom: (...names: readonly string[]) => Reading<Json> | undefined
}

type Layer = (name: string) => Reading<Json> | undefined

/** Settings by layers: the first that knows a setting wins. */
export function layered(layers: readonly Layer[], anyRead: boolean): Settings {
  const reading = (...names: readonly string[]) => {
    for (const layer of layers) {
      const found = names.map(layer).filter((each) => each !== undefined)
      // Of several spellings the one that says something counts.
      if (found.length > 0) return found.find(({ status }) => status !== 'absent') ?? found[0]
    }
    return undefined
  }
  return { reading, seldom: (...names) => reading(...names) ?? (anyRead ? { status: 'absent' } : undefined) }
}

/**
 * The settings of a resource whose record holds them one by one (as `az … show` prints them), under `properties` (as
 * Resource Manager and Resource Graph deliver them), or both.
 */
export function settingsOf({ facets }: ResourceConfiguration, apart?: ReadonlySet<string>): Settings {
  return layered([facetLayer(facets), documentLayer(facets.properties, apart)], Object.keys(facets).length > 0)
}

/** Facets one by one: what is not there was not read. */
export function facetLayer(facets: Readonly<Record<Facet, Reading<Json>>>): Layer {
  return (name) => entryOf(facets, name)
}

/**
 * A whole document, with or without `properties` inside: what it does not hold is not set, but for what is `apart` (in lower
 * case): that is asked for by itself, and not read where the document does not hold it.
 */
export function documentLayer(document: Reading<Json> | undefined, apart: ReadonlySet<string> = NOTHING_APART): Layer {
  if (document === undefined || document.status === 'not-read') return () => document
  if (document.status === 'absent' || document.value === null) return (name) => unset(name, apart)
  const { value } = document
  if (!isRecord(value)) return () => ({ status: 'not-read', reason: 'the document of the resource is not understood' })
  const inner = entryOf(value, 'properties')
  return (name) => {
    const found = (isRecord(inner) ? entryOf(inner, name) : undefined) ?? entryOf(value, name)
    return found === undefined || found === null ? unset(name, apart) : { status: 'read', value: found }
  }
}

const NOTHING_APART: ReadonlySet<string> = new Set()

function unset(name: string, apart: ReadonlySet<string>): Reading<Json> | undefined {
  return apart.has(name.toLowerCase()) ? undefined : { status: 'absent' }
}

/** A member by its name, in whatever case it is spelt: Azure's own tools differ. */
export function entryOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  if (Object.hasOwn(record, name)) return record[name]
  const lower = name.toLowerCase()
  let key: string | undefined
  for (const each of Object.keys(record)) {
    if (each.length === name.length && each.toLowerCase() === lower && (key === undefined || each < key)) key = each
  }
  return key === undefined ? undefined : record[key]
}

/** The first of these members that is there and not null. */
export function member(record: Json | undefined, ...names: readonly string[]): Json | undefined {
  if (!isRecord(record)) return undefined
  for (const name of names) {
    const value = entryOf(record, name)
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

/** The members of an entry, whether it keeps them under `properties` or not. */
export function flattened(entry: Json): Members | null {
  if (!isRecord(entry)) return null
  const inner = entryOf(entry, 'properties')
  return isRecord(inner) ? { ...entry, ...inner } : entry
}

export function parseBoolean(name: string): (json: Json) => Known<boolean> {
  return (json) => {
    if (typeof json === 'boolean') return { known: json }
    const word = typeof json === 'string' ? json.toLowerCase() : ''
    if (word === 'true' || word === 'enabled') return { known: true }
    if (word === 'false' || word === 'disabled') return { known: false }
    return { problem: `${name} not understood` }
  }
}

/** One of these words, in whatever case it is written. */
export function parseWord<W extends string>(name: string, words: readonly W[]): (json: Json) => Known<W> {
  return (json) => {
    const found = typeof json === 'string' ? words.find((word) => word.toLowerCase() === json.toLowerCase()) : undefined
    return found === undefined ? { problem: `${name} not understood` } : { known: found }
  }
}

/** The list itself, also out of the `value` that Resource Manager wraps lists in. */
export function parseList(name: string): (json: Json) => Known<readonly Json[]> {
  return (json) => {
    const list = isRecord(json) ? member(json, 'value') : json
    return Array.isArray(list) ? { known: list as readonly Json[] } : { problem: `${name} not understood` }
  }
}

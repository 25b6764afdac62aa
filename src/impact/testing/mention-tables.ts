import { createHash } from 'node:crypto'
import {
  type DataElement,
  ELEMENTS,
  IDENTIFIER_KINDS,
  type IdentifierKind,
  MARKET_BASES,
  type MarketBasis,
  type MentionTable,
} from '../../model/index.ts'

/** One record in words, for tests. */
export interface TestRecord {
  readonly ids?: Partial<Record<IdentifierKind, string | readonly string[]>>
  readonly elements?: readonly DataElement[]
  readonly market?: readonly [string, MarketBasis]
  readonly records?: number
}

/** The record's identifiers as `kind=value`. */
export function identifiersOf({ ids = {} }: TestRecord): string[] {
  return Object.entries(ids).flatMap(([kind, values]) => [values].flat().map((value) => `${kind}=${value}`))
}

/** The mention table of some records, under a key. */
export function mentionTable(records: readonly TestRecord[], key = ''): MentionTable {
  const distinct = [...new Set(records.flatMap(identifiersOf))]
  const rows = records.map((record) => identifiersOf(record).map((identifier) => distinct.indexOf(identifier)))
  const markets = [...new Set(records.flatMap(({ market }) => (market ? [market[0]] : [])))]
  const start = Uint32Array.from([0, ...rows.map((_, i) => rows.slice(0, i + 1).flat().length)])
  return {
    rowCount: records.length,
    start,
    identifiers: Uint32Array.from(rows.flat()),
    kinds: Uint8Array.from(distinct, (identifier) => IDENTIFIER_KINDS.indexOf(identifier.split('=')[0] as IdentifierKind)),
    fingerprints: Uint8Array.from(distinct.flatMap((identifier) => [...fingerprint(key + identifier)])),
    elements: Uint32Array.from(records, ({ elements = [] }) =>
      elements.reduce((bits, element) => bits | (1 << ELEMENTS.indexOf(element)), 0),
    ),
    market: Uint8Array.from(records, ({ market }) => (market ? markets.indexOf(market[0]) : 255)),
    marketBasis: Uint8Array.from(records, ({ market }) => (market ? MARKET_BASES.indexOf(market[1]) : 0)),
    markets,
    records: Uint32Array.from(records, ({ records: count = 1 }) => count),
  }
}

function fingerprint(text: string): Uint8Array {
  return createHash('sha256').update(text).digest().subarray(0, 16)
}

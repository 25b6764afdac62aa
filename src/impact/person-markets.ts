import { compareText, MARKET_BASES } from '../model/index.ts'
import type { LinkedContent, MentionedContent } from './linked-people.ts'

const UNKNOWN = 'UNKNOWN'
const PATH = MARKET_BASES.indexOf('path')
const STORE_REGION = MARKET_BASES.indexOf('store-region')
const NO_BASIS = MARKET_BASES.length

/**
 * One market for each person: what the strongest basis over all their records tells; of several, the one that most
 * records tell, then the first in order of codes.
 */
export function decideMarkets(
  contents: readonly MentionedContent[],
  linked: readonly LinkedContent[],
  personCount: number,
): { market: Uint8Array; markets: readonly string[] } {
  const markets = [...new Set([UNKNOWN, ...contents.flatMap(marketsOf)])].sort(compareText)
  const codes = new Map(markets.map((market, code) => [market, code]))
  const strongest = new Uint8Array(personCount).fill(NO_BASIS)
  eachEvidence(contents, linked, codes, (person, basis) => {
    if (basis < strongest[person]!) strongest[person] = basis
  })
  const market = new Uint8Array(personCount).fill(codes.get(UNKNOWN)!)
  const hasOne = new Uint8Array(personCount)
  const contested = new Set<number>()
  eachEvidence(contents, linked, codes, (person, basis, code) => {
    if (basis !== strongest[person]) return
    if (hasOne[person] === 0) {
      hasOne[person] = 1
      market[person] = code
    } else if (market[person] !== code) contested.add(person)
  })
  if (contested.size > 0) settle(contents, linked, codes, strongest, contested, market)
  return { market, markets }
}

function settle(
  contents: readonly MentionedContent[],
  linked: readonly LinkedContent[],
  codes: ReadonlyMap<string, number>,
  strongest: Uint8Array,
  contested: ReadonlySet<number>,
  market: Uint8Array,
): void {
  const tallies = new Map<number, Map<number, number>>()
  eachEvidence(contents, linked, codes, (person, basis, code, records) => {
    if (basis !== strongest[person] || !contested.has(person)) return
    const tally = tallies.get(person) ?? new Map<number, number>()
    tallies.set(person, tally)
    tally.set(code, (tally.get(code) ?? 0) + records)
  })
  // Codes were given in the order of market names.
  for (const [person, tally] of tallies)
    market[person] = [...tally].sort((left, right) => right[1] - left[1] || left[0] - right[0])[0]![0]
}

function marketsOf({ mentions, hints }: MentionedContent): string[] {
  return [...mentions.markets, hints.pathMarket, hints.storeMarket].filter((market) => typeof market === 'string')
}

/** Calls `visit` for every row that is about somebody and has a market, from itself or from its content. */
function eachEvidence(
  contents: readonly MentionedContent[],
  linked: readonly LinkedContent[],
  codes: ReadonlyMap<string, number>,
  visit: (person: number, basis: number, market: number, records: number) => void,
): void {
  contents.forEach(({ mentions, hints }, i) => {
    const { person } = linked[i]!
    const own = mentions.markets.map((market) => codes.get(market)!)
    const hint = hints.pathMarket ?? hints.storeMarket
    const hintCode = hint === null ? -1 : codes.get(hint)!
    const hintBasis = hints.pathMarket == null ? STORE_REGION : PATH
    for (let row = 0; row < mentions.rowCount; row += 1) {
      if (person[row]! < 0) continue
      if (mentions.market[row] !== 255)
        visit(person[row]!, mentions.marketBasis[row]!, own[mentions.market[row]!]!, mentions.records[row]!)
      else if (hintCode >= 0) visit(person[row]!, hintBasis, hintCode, mentions.records[row]!)
    }
  })
}

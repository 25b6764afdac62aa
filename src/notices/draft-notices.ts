import { compareText, type ElementSetCount, type Instant, type NoticeDraft } from '../model/index.ts'
import type { Letter, NoticeOccasion } from './letter.ts'
import { writeEnglish } from './write-english.ts'
import { writeJapanese } from './write-japanese.ts'
import { REGIMES } from './regimes/registry.ts'

/** What draft letters are written from. */
export interface NoticeDraftFacts {
  readonly asOf: Instant
  /** When the organisation first knew. */
  readonly awareness: Instant
  readonly byElementSet: readonly ElementSetCount[]
  /** By market; `*` for those that are not named. */
  readonly occasions: Readonly<Record<string, NoticeOccasion>>
  /** Some contents were not read: the letter says that there may be more. */
  readonly undecidedPeople: boolean
  /** At most so many element sets a market, largest first; 12 where none is given. */
  readonly maxSetsPerMarket?: number
}

const NOTHING_KNOWN: NoticeOccasion = { window: null, conclusion: null, shut: 'unknown' }

/**
 * Draft letters, one for each market and exact set of elements, in English and in Japanese: they list what was found and
 * nothing else, and say what is not known. Largest sets first; square brackets stand where the organisation fills in.
 */
export function draftNotices(facts: NoticeDraftFacts): NoticeDraft[] {
  return setsByMarket(facts).flatMap(({ market, sets }) =>
    sets.slice(0, facts.maxSetsPerMarket ?? 12).flatMap(({ elements, people }): NoticeDraft[] => {
      const letter = letterFor(market, elements, facts)
      return [
        { market, language: 'en', elements, people, ...writeEnglish(letter) },
        { market, language: 'ja', elements, people, ...writeJapanese(letter) },
      ]
    }),
  )
}

/** How many sets of elements, and how many people in them, have no draft because of the bound. */
export function withoutDraft(facts: NoticeDraftFacts): { readonly sets: number; readonly people: number } {
  const rest = setsByMarket(facts).flatMap(({ sets }) => sets.slice(facts.maxSetsPerMarket ?? 12))
  return { sets: rest.length, people: rest.reduce((sum, { people }) => sum + people, 0) }
}

interface MarketSets {
  readonly market: string
  readonly sets: readonly { readonly elements: ElementSetCount['elements']; readonly people: number }[]
}

function setsByMarket({ byElementSet }: NoticeDraftFacts): MarketSets[] {
  const markets = [...new Set(byElementSet.flatMap(({ byMarket }) => Object.keys(byMarket)))].sort(compareText)
  return markets.map((market) => ({
    market,
    sets: byElementSet
      .map(({ elements, byMarket }) => ({ elements, people: byMarket[market] ?? 0 }))
      .filter(({ people, elements }) => people > 0 && elements.length > 0)
      .sort((left, right) => right.people - left.people || compareText(left.elements.join(), right.elements.join())),
  }))
}

function letterFor(market: string, elements: ElementSetCount['elements'], facts: NoticeDraftFacts): Letter {
  const occasion = facts.occasions[market] ?? facts.occasions['*'] ?? NOTHING_KNOWN
  const timezone = REGIMES.find(({ country }) => country === market)?.timezone ?? 'UTC'
  return { ...occasion, elements, awareness: facts.awareness, timezone, undecidedPeople: facts.undecidedPeople }
}

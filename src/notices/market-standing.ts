import { compareText, type RegimeStanding } from '../model/index.ts'
import type { NoticeFacts } from './notice-facts.ts'
import type { Regime } from './regimes/regime.ts'
import { type RegimePeople, wordsOfPeople } from './trigger.ts'

// Members of the EU and of the EEA, ISO 3166-1 alpha-2.
const EEA = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK EU'.split(' ')

/** The people that a regime protects, as far as the case knows: by country, and by state or province where that is known. */
export function affectedUnder(regime: Regime, facts: NoticeFacts): RegimePeople {
  const markets = marketsOf(regime)
  const inCountry = markets.reduce((people, market) => people + (facts.peopleByMarket[market] ?? 0), 0)
  const inRegion = regime.region === undefined ? undefined : facts.peopleByRegion?.[regime.region]
  const elements = new Set(markets.flatMap((market) => facts.elementsByMarket[market] ?? []))
  return {
    people: inRegion ?? inCountry,
    elements: [...elements].sort(compareText),
    placed: regime.region === undefined || inRegion !== undefined,
    more: facts.undecidedPeople || (facts.peopleByMarket.UNKNOWN ?? 0) > 0,
  }
}

/** Why a regime without a single known person is, or may yet be, in play. */
export function standingOf(regime: Regime, facts: NoticeFacts): Pick<RegimeStanding, 'standing' | 'because'> {
  const markets = marketsOf(regime)
  const { marketsServed, assessedMarkets } = facts
  if (marketsServed && !markets.some((market) => marketsServed.includes(market))) {
    return { standing: 'no-residents', because: 'The organisation has no customers there.' }
  }
  const unplaced = facts.peopleByMarket.UNKNOWN ?? 0
  if (assessedMarkets !== 'all' && !markets.some((market) => assessedMarkets.includes(market))) {
    return { standing: 'not-assessed', because: 'Nobody has looked yet whether people there are affected.' }
  }
  if (unplaced > 0)
    return { standing: 'not-assessed', because: `No evidence says in which market ${wordsOfPeople(unplaced)} are.` }
  if (facts.undecidedPeople)
    return { standing: 'not-assessed', because: 'None were found, but not everything that was open could be read.' }
  return { standing: 'none-affected', because: 'No people of this market were found in anything that was open.' }
}

function marketsOf(regime: Regime): readonly string[] {
  return regime.country === 'EU' ? EEA : [regime.country]
}

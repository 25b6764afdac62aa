import type { CaseDocument, RegimeStanding } from '../../src/model/index.ts'
import { order } from './stores.ts'

/** Countries whose regimes all stand in one way, by ISO code; a country that has people in the case is not among them. */
export function marketsStanding(document: CaseDocument, standing: RegimeStanding['standing']): string[] {
  const countries = Map.groupBy(document.regimes, ({ regime }) => countryOf(regime))
  return [...countries]
    .filter(
      ([country, regimes]) =>
        regimes.every((regime) => regime.standing === standing) && (document.people.byMarket[country] ?? 0) === 0,
    )
    .map(([country]) => country)
    .sort(order)
}

/** The country of a regime's id: `US-CA` is of the United States, `UK-GDPR` of the United Kingdom. */
function countryOf(regime: string): string {
  const prefix = regime.slice(0, 2)
  return prefix === 'UK' ? 'GB' : prefix
}

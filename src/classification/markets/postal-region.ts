import { countryOf } from './countries.ts'

// Postcode ranges of Australian states (Australia Post).
const AUSTRALIAN_POSTCODES: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  NSW: [
    [1000, 2599],
    [2619, 2899],
    [2921, 2999],
  ],
  ACT: [
    [200, 299],
    [2600, 2618],
    [2900, 2920],
  ],
  VIC: [
    [3000, 3999],
    [8000, 8999],
  ],
  QLD: [
    [4000, 4999],
    [9000, 9999],
  ],
  SA: [[5000, 5999]],
  WA: [[6000, 6999]],
  TAS: [[7000, 7999]],
  NT: [[800, 999]],
}
const AUSTRALIAN_STATES: Readonly<Record<string, string>> = {
  'new south wales': 'NSW',
  victoria: 'VIC',
  queensland: 'QLD',
  'south australia': 'SA',
  'western australia': 'WA',
  tasmania: 'TAS',
  'northern territory': 'NT',
  'australian capital territory': 'ACT',
}
const PREFECTURE = /^(北海道|東京都|(京都|大阪)府|\p{Script=Han}{2,3}県)$/u

/** The country that the parts of an address tell: its country if it names one, else state with postcode, or null. */
export function countryOfAddressParts(country: string, state: string, postcode: string): string | null {
  if (country !== '') return countryOf(country)
  if (PREFECTURE.test(state) || /^〒?\d{3}-\d{4}$/.test(postcode)) return 'JP'
  const code = AUSTRALIAN_STATES[state.toLowerCase()] ?? state.toUpperCase()
  const ranges = Object.hasOwn(AUSTRALIAN_POSTCODES, code) ? AUSTRALIAN_POSTCODES[code]! : []
  if (!/^\d{3,4}$/.test(postcode)) return null
  return ranges.some(([from, to]) => Number(postcode) >= from && Number(postcode) <= to) ? 'AU' : null
}

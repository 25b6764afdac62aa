import { getCountries } from 'libphonenumber-js/max'
import { fold } from '../text-folding.ts'

// Codes that the phone numbering plans know but ISO 3166-1 does not assign.
const NOT_ASSIGNED = new Set(['AC', 'TA', 'XK'])
const CODES: ReadonlySet<string> = new Set(getCountries().filter((code) => !NOT_ASSIGNED.has(code)))

const OTHER_NAMES: Readonly<Record<string, string>> = {
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  usa: 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  'viet nam': 'VN',
  'hong kong': 'HK',
  korea: 'KR',
  'republic of korea': 'KR',
  uae: 'AE',
  日本国: 'JP',
  nippon: 'JP',
  aus: 'AU',
  jpn: 'JP',
  nzl: 'NZ',
}
const NAMES = countryNames()

/** The ISO 3166-1 alpha-2 code of a country given as a code or by its English or Japanese name, or null. */
export function countryOf(value: string): string | null {
  const folded = fold(value)
  if (/^[A-Za-z]{2}$/.test(folded) && CODES.has(folded.toUpperCase())) return folded.toUpperCase()
  return NAMES.get(folded.toLowerCase()) ?? null
}

// Lower-case segments that are words or abbreviations of other things far more often than countries.
const WORDS = new Set(
  'ad ae ag ai al am as at ba bb be bi by ca cd cf co cs de dm do ec ee er es et fm fr ga gm gs hr id ie il im in io is it kg km la lc ma mc md me mg ml mp ms mt my na ne ni no pa pe pm pr ps pt re rs sa sb sc sd se sh si sk sl sm so sr st su sv tc td tg tk tm tn to tr tt tv va vc vg vi ws'.split(
    ' ',
  ),
)

/**
 * The country that a key's path names by a segment of its own: `/AU/`, `/jp/`, `/country=AU/`, `/australia/`. Two
 * different countries name none; in lower case only codes that are no common word count.
 */
export function countryOfPath(path: string): string | null {
  const found = new Set<string>()
  for (const segment of path.split('/').slice(0, -1)) {
    const value = segment.replace(/^(country|market|region)[=_-]/i, '')
    if (value === segment && /^[a-z]{2}$/.test(value) && WORDS.has(value)) continue
    const country = countryOf(value)
    if (country !== null) found.add(country)
  }
  return found.size === 1 ? [...found][0]! : null
}

function countryNames(): ReadonlyMap<string, string> {
  const names = new Map(Object.entries(OTHER_NAMES))
  for (const language of ['en', 'ja']) {
    const display = new Intl.DisplayNames([language], { type: 'region' })
    for (const code of CODES) names.set(display.of(code)!.toLowerCase(), code)
  }
  return names
}

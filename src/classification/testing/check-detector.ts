import { expect, it } from 'vitest'
import type { Detector } from '../detectors/detector.ts'
import { fold, headerWords } from '../text-folding.ts'

/** A value, what it is read as (null: refused), and what is known besides. */
export interface DetectorCase {
  readonly value: string
  readonly normalised: string | null
  readonly named?: boolean
  readonly country?: string
  readonly market?: string
}

/** The cases that every detector is held against: values, headers that name it, headers that do not, and text. */
export function checkDetector(
  detector: Detector,
  cases: {
    values: readonly DetectorCase[]
    headers: readonly string[]
    otherHeaders: readonly string[]
    text?: readonly [string, string[]][]
  },
): void {
  it.each(cases.values)('reads $value (named: $named, country: $country) as $normalised', (given) => {
    const match = detector.check(fold(given.value), { named: given.named ?? false, country: given.country ?? null })
    expect(match?.normalised ?? null).toBe(given.normalised)
    expect(match?.market?.code).toBe(given.market)
  })
  it.each(cases.headers)('is named by the header %j', (header) => expect(isNamedBy(detector, header)).toBe(true))
  it.each(cases.otherHeaders)('is not named by the header %j', (header) => expect(isNamedBy(detector, header)).toBe(false))
  it.each(cases.text ?? [])('finds in text: %s', (text, expected) => {
    const folded = fold(text)
    const found = [...detector.candidates!(folded)].map(({ start, end }) => folded.slice(start, end))
    expect(found.filter((value) => detector.check(value, { named: false, country: 'AU' }) !== null)).toEqual(expected)
  })
}

function isNamedBy(detector: Detector, header: string): boolean {
  const words = headerWords(header)
  return detector.named.test(words) && !detector.notNamed?.test(words)
}

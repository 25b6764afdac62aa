import { candidatesOf, type Detector } from './detector.ts'

const SHAPE = /^[A-HJ-NPR-Z0-9]{17}$/
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
const TRANSLITERATION = new Map([...'ABCDEFGHJKLMNPRSTUVWXYZ'].map((letter, i) => [letter, +'12345678123457923456789'[i]!]))

/** Vehicle identification number (ISO 3779). Without a header its check digit must hold; only North America and China require one. */
export const vin: Detector = {
  element: 'vin',
  identifier: 'vin',
  chanceRate: 1 / 11,
  named: /\bvin\b|\bvehicle id(entification)?( no| number| code)?\b|\bvehicle identifier\b|車台番号|車体番号|車両識別番号/,
  needsHeader: false,
  check(value, { named }) {
    const normalised = value.toUpperCase().replace(/[\s-]/g, '')
    if (!SHAPE.test(normalised) || !/\d/.test(normalised) || !/[A-Z]/.test(normalised)) return null
    const checked = hasValidCheckDigit(normalised)
    return checked || named ? { normalised, strength: checked ? 0.85 : 0.4 } : null
  },
  candidates: (text) => candidatesOf(/(?<![A-Z0-9])[A-HJ-NPR-Z0-9]{17}(?![A-Z0-9])/gi, text),
}

/** Whether position 9 is the ISO 3779 check digit of an upper-case VIN. */
export function hasValidCheckDigit(number: string): boolean {
  let sum = 0
  for (let i = 0; i < 17; i += 1) {
    const character = number[i]!
    sum += WEIGHTS[i]! * (TRANSLITERATION.get(character) ?? Number(character))
  }
  const remainder = sum % 11
  return number[8] === (remainder === 10 ? 'X' : String(remainder))
}

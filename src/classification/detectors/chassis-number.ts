import { candidatesOf, type Detector } from './detector.ts'

const SHAPE = /^([A-Z][A-Z0-9]{1,7})-?(\d{6,7})$/
// Letters, then digits, then at most two letters: GRS191, ZVW30, E12, CBAAGRS19 is not one.
const MODEL_CODE = /^[A-Z]{1,5}\d{1,3}[A-Z]{0,2}$/

/** Japanese chassis (frame) number: model code, hyphen, serial of six or seven digits; it has no check digit. */
export const chassisNumber: Detector = {
  element: 'chassis-number',
  identifier: 'chassis-number',
  chanceRate: 0.05,
  named: /\b(chassis|frame)( no| number| num| code| id|#)\b|\bchassis$|^frame$|車台番号|車体番号|フレーム番号/,
  needsHeader: false,
  check(value, { named }) {
    const match = SHAPE.exec(value.toUpperCase().replace(/[\s‐‑–—−ー]/g, (c) => (/\s/.test(c) ? '' : '-')))
    if (match === null || !MODEL_CODE.test(match[1]!)) return null
    if (!named && !value.includes('-')) return null
    return {
      normalised: `${match[1]}-${match[2]}`,
      strength: 0.6,
      market: { code: 'JP', basis: 'chassis-number' },
    }
  },
  candidates: (text) => candidatesOf(/(?<![A-Z0-9-])[A-Z]{1,5}\d{1,3}[A-Z]{0,2}-\d{6,7}(?![A-Z0-9-])/gi, text),
}

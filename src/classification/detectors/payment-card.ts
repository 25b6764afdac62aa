import { candidatesOf, type Detector } from './detector.ts'

// Issuer ranges (ISO/IEC 7812): first digits and lengths.
const ISSUERS: readonly { readonly prefix: RegExp; readonly lengths: readonly number[] }[] = [
  { prefix: /^4/, lengths: [13, 16, 19] },
  { prefix: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^(2131|1800)/, lengths: [15] },
  { prefix: /^35(2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  { prefix: /^3(0[0-5]|095|[689])/, lengths: [14] },
  { prefix: /^(6011|64[4-9]|65)/, lengths: [16, 17, 18, 19] },
  { prefix: /^62/, lengths: [16, 17, 18, 19] },
  { prefix: /^(5018|5020|5038|5893|6304|6759|676[1-3])/, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
]

/** Payment card number: an issuer's range with its length, and the Luhn check. */
export const paymentCard: Detector = {
  element: 'payment-card',
  identifier: null,
  chanceRate: 0.024,
  named: /\b((credit|debit|payment|bank) ?)?card( no| num| number|#)?$|\bpan\b|\bprimary account number\b|カード番号/,
  notNamed: /\b(sim|loyalty|business|report|score|id|gift|member|memory)\b/,
  needsHeader: false,
  check(value) {
    if (!/^\d[\d -]{10,30}\d$/.test(value)) return null
    const normalised = value.replace(/[ -]/g, '')
    if (!hasIssuer(normalised) || !passesLuhn(normalised) || /^(\d)\1+$/.test(normalised)) return null
    return { normalised, strength: 0.75 }
  },
  candidates: (text) =>
    candidatesOf(/(?<![\d.-])(?:\d{12,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|3\d{3}([ -])\d{6}\2\d{4,5})(?![\d-])/g, text),
}

function hasIssuer(digits: string): boolean {
  return ISSUERS.some(({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits))
}

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48
    const weighted = i % 2 === 0 ? digit : digit * 2
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return sum % 10 === 0
}

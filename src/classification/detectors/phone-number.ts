import parsePhoneNumber, { type CountryCode } from 'libphonenumber-js/max'
import { candidatesOf, type Detector } from './detector.ts'

const SHAPE = /^(?:tel:)?\+?[\d\s().\-/‐‑–—−]{7,28}$/
const NOT_PHONES = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d+\.\d+|\d{1,3}(?:\.\d{1,3}){3})$/

/** Phone number, normalised to E.164; a number without a country code is read for the record's or path's country. */
export const phoneNumber: Detector = {
  element: 'phone-number',
  identifier: 'phone-number',
  chanceRate: 0.3,
  named:
    /\b(tele)?phones?( no| num| number|#| home| work| mobile)?$|\b(phone|mobile|cell(phone)?|tel|landline|contact (no|number)|ph|whatsapp)( no| num| number|#)?( \d)?$|\b(phone|mobile|tel)\b|電話(番号)?|携帯(電話)?(番号)?|連絡先/,
  notNamed: /\b(model|type|os|brand|extension|terminal|device)\b|種別|機種/,
  needsHeader: false,
  usesCountry: true,
  check(value, { named, country }) {
    if (!SHAPE.test(value) || NOT_PHONES.test(value)) return null
    const digits = value.replace(/\D/g, '')
    if (digits.length < 7 || digits.length > 15) return null
    const international = /^(?:tel:)?\+/.test(value)
    if (!international && !named && !/^\(?0/.test(value)) return null
    const parsed = parsePhoneNumber(value.replace(/^tel:/, ''), (country ?? undefined) as CountryCode | undefined)
    if (parsed === undefined) return named && country === null ? { normalised: `national ${digits}`, strength: 0.2 } : null
    if (!(parsed.isValid() || (named && parsed.isPossible()))) return null
    return {
      normalised: parsed.number,
      strength: international ? 0.8 : 0.5,
      ...marketOf(parsed.country, international),
    }
  },
  candidates: (text) => candidatesOf(/(?<![\d.+A-Z-])(?:\+\d|\(?0\d)(?:[ ().-]{0,2}\d){6,13}(?![\d-])/gi, text),
}

// A number read for an assumed country says nothing about the country; one with its country code does.
function marketOf(country: string | undefined, international: boolean) {
  return country !== undefined && international ? { market: { code: country, basis: 'phone-number' as const } } : {}
}

import type { Detector } from './detector.ts'

const SHAPE = /^[A-Z0-9][A-Z0-9 ._/-]{1,38}[A-Z0-9]$/

/** The company's own number for a customer: the header names it and the shape of the value confirms it. */
export const customerId: Detector = {
  element: 'customer-id',
  identifier: 'customer-id',
  chanceRate: 0.5,
  named:
    /\b(cust(omer)?|client|member(ship)?|guest|owner|subscriber|policy ?holder|crm)( account)?( ref(erence)?)?( id| no| number| num| code| key| identifier|#| ref)\b|\b(cust|client|member)id\b|\bcustomer reference\b|\bcrm ref\b|(顧客|会員|お客様|お客さま|契約者|契約|オーナー)(id|番号|コード|no)/,
  notNamed: /\b(type|group|segment|phone|mobile|tax)\b|種別|区分/,
  needsHeader: true,
  check(value) {
    const normalised = value.toUpperCase().replace(/\s+/g, ' ')
    return SHAPE.test(normalised) && /\d/.test(normalised) ? { normalised, strength: 0.3 } : null
  },
}

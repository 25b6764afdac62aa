import type { DataElement } from '../../src/model/index.ts'

/** The order in which elements are shown: who, how to reach them, what names the vehicle, where it was, then the rest. */
const SHOWN_ORDER: readonly DataElement[] = [
  'person-name',
  'postal-address',
  'phone-number',
  'email-address',
  'date-of-birth',
  'customer-id',
  'number-plate',
  'terminal-id',
  'vin',
  'chassis-number',
  'location',
  'location-track',
]

export const FINANCIAL: readonly DataElement[] = ['payment-card', 'bank-account', 'iban']

/** Distinct elements in the order they are shown; elements that have no place of their own come last, by name. */
export function inShownOrder(elements: Iterable<DataElement>): DataElement[] {
  const place = (element: DataElement): number => SHOWN_ORDER.indexOf(element) + 1 || SHOWN_ORDER.length + 1
  return [...new Set(elements)].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
}

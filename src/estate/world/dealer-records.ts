import type { DataElement } from '../../model/index.ts'
import type { Random } from '../random.ts'
import type { Car, Person } from './people.ts'

/** What a dealer's file may say of an owner. */
export type Field = 'customerId' | 'name' | 'address' | 'phone' | 'email' | 'plate' | 'vin'

export const FIELD_ELEMENTS: Readonly<Record<Field, DataElement>> = {
  customerId: 'customer-id',
  name: 'person-name',
  address: 'postal-address',
  phone: 'phone-number',
  email: 'email-address',
  plate: 'number-plate',
  vin: 'vin',
}

/** The combinations that files come in; the first has everything. */
export const PROFILES: readonly (readonly Field[])[] = [
  ['customerId', 'name', 'address', 'phone', 'email', 'plate', 'vin'],
  ['customerId', 'name', 'phone'],
  ['name', 'address', 'phone', 'vin'],
  ['vin', 'plate'],
  ['customerId', 'vin', 'plate'],
  ['name', 'email', 'phone'],
  ['email', 'vin'],
  ['customerId', 'name', 'address', 'email'],
  ['vin'],
  ['name', 'phone', 'plate', 'vin'],
  ['customerId', 'name', 'vin', 'plate'],
  ['customerId', 'address'],
]

/** A person, and the identifiers by which the records written so far tie together. */
export interface Situated {
  readonly person: Person
  /** Place of the person among all people of the estate. */
  readonly id: number
  readonly ties: Set<string>
  mentions: number
}

export interface RecordOf {
  readonly id: number
  readonly person: Person
  readonly car: Car
  readonly fields: readonly Field[]
}

/**
 * A record of that person in a file of that profile, or null where it could not be told whose it is: it must share a
 * tying identifier with the person's earlier records; who shares a household is named; a car with two owners comes
 * with the owner's name and customer id. `whole` leaves no field out.
 */
export function recordOf(random: Random, situated: Situated, profile: readonly Field[], whole: boolean): RecordOf | null {
  const { person } = situated
  const car = random.pick(person.cars)
  const fields = profile.filter((field) => (whole || random.unit() >= 0.14) && (field !== 'plate' || car.plate !== null))
  const has = (field: Field) => fields.includes(field)
  if (person.sharesHousehold && !has('name')) return null
  if (car.twoOwners && (has('vin') || has('plate')) && !(has('name') && has('customerId'))) return null
  if (person.emailIsDealers && has('email') && !has('customerId')) return null
  const ties = tiesOf(person, car, fields)
  if (ties.length === 0 || (situated.ties.size > 0 && !ties.some((tie) => situated.ties.has(tie)))) return null
  for (const tie of ties) situated.ties.add(tie)
  situated.mentions++
  return { id: situated.id, person, car, fields }
}

/** What ties records together: a customer id; an email of one's own; a phone with the name; the number of a car with one owner. */
function tiesOf(person: Person, car: Car, fields: readonly Field[]): string[] {
  const has = (field: Field) => fields.includes(field)
  return [
    has('customerId') ? person.customerId : null,
    has('email') && !person.emailIsDealers ? person.email : null,
    has('phone') && has('name') ? 'phone and name' : null,
    has('vin') && !car.twoOwners ? car.vin : null,
  ].filter((tie) => tie !== null)
}

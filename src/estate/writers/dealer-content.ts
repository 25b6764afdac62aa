import { day } from '../moments.ts'
import type { Random } from '../random.ts'
import type { DealerFile } from '../world/dealer-files.ts'
import type { Field, RecordOf } from '../world/dealer-records.ts'
import { spellAddress, spellCustomerId, spellEmail, spellName, spellPhone, spellPlate, spellVin } from '../world/spelling.ts'
import { spreadsheet } from './spreadsheet.ts'

const HEADERS: Readonly<Record<Field, readonly [string, ...string[]]>> = {
  customerId: ['customer_id', 'Customer ID', 'CustomerID'],
  name: ['customer_name', 'Customer Name', 'Owner Name'],
  address: ['address', 'Postal Address', 'Address'],
  phone: ['phone', 'Phone', 'Telephone'],
  email: ['email', 'Email', 'E-mail'],
  plate: ['registration', 'Registration', 'Rego'],
  vin: ['vin', 'VIN', 'Vehicle Identification Number'],
}

const KEYS: Readonly<Record<Field, string>> = {
  customerId: 'customerId',
  name: 'customerName',
  address: 'postalAddress',
  phone: 'phone',
  email: 'email',
  plate: 'registrationNumber',
  vin: 'vin',
}

const LABELS: Readonly<Record<Field, string>> = {
  customerId: 'Customer ID',
  name: 'Customer',
  address: 'Address',
  phone: 'Phone',
  email: 'Email',
  plate: 'Rego',
  vin: 'VIN',
}

const FAULTS = ['B2799', 'C1201', 'P0420', 'P0171', 'U0100', 'B1421', 'P0300', 'C1241']
const REMARKS = [
  'Navigation unit restarts while driving; map update repeated and closed.',
  'Customer reports a rattle from the rear left door; trim clip replaced.',
  'Battery drained after two days of standing; telematics unit replaced under warranty.',
  'Rear camera image freezes in reverse; harness checked, connector reseated.',
]

/** The bytes of one dealer's file: its records in their order, each value in some hand, beside columns that concern nobody. */
export function dealerContent(random: Random, file: DealerFile): Uint8Array {
  switch (file.format) {
    case 'csv':
      return new TextEncoder().encode(
        `${table(random, file)
          .map((row) => row.map(csvCell).join(','))
          .join('\r\n')}\r\n`,
      )
    case 'xlsx':
      return spreadsheet(table(random, file))
    case 'jsonl':
      return new TextEncoder().encode(file.records.map((record) => `${JSON.stringify(claim(random, file, record))}\n`).join(''))
    case 'txt':
      return new TextEncoder().encode(note(random, file, file.records[0]!))
  }
}

function table(random: Random, file: DealerFile): string[][] {
  const hand = random.below(3)
  const header = [
    ...file.profile.map((field) => HEADERS[field][hand]!),
    'visit_date',
    'odometer_km',
    'fault_code',
    'part_order_no',
    'remark',
  ]
  const records: (RecordOf | null)[] = file.records.length > 0 ? file.records : [null, null, null]
  const rows = records.map((record) => [
    ...file.profile.map((field) => (record?.fields.includes(field) ? spelled(random, field, record) : '')),
    day(file.putAt - random.below(20) * 86_400_000),
    String(random.between(900, 240_000)),
    random.pick(FAULTS),
    random.text('0123456789', 16),
    random.pick(REMARKS),
  ])
  return [header, ...rows]
}

function claim(random: Random, file: DealerFile, record: RecordOf): Record<string, unknown> {
  const owner = Object.fromEntries(record.fields.map((field) => [KEYS[field], spelled(random, field, record)]))
  return {
    claim: `W${random.text('0123456789', 8)}`,
    ...owner,
    visit: day(file.putAt),
    fault: { code: random.pick(FAULTS), partOrderNo: random.text('0123456789', 16) },
  }
}

/** One note is about one person: labelled lines, with the vehicle in running text now and then. */
function note(random: Random, file: DealerFile, record: RecordOf): string {
  const inText = record.fields.includes('vin') && random.chance(0.4)
  const labelled = record.fields.filter((field) => !(inText && field === 'vin'))
  return [
    `Inquiry note ${day(file.putAt)}`,
    '',
    ...labelled.map((field) => `${LABELS[field]}: ${spelled(random, field, record)}`),
    '',
    ...(inText ? [`Vehicle ${record.car.vin} was brought in with fault ${random.pick(FAULTS)}.`] : []),
    random.pick(REMARKS),
    `Odometer ${random.between(900, 240_000)} km. Part order PX${random.text('0123456789', 4)}-${random.text('0123456789', 5)} closed.`,
    '',
  ].join('\n')
}

function spelled(random: Random, field: Field, { person, car }: RecordOf): string {
  switch (field) {
    case 'customerId':
      return spellCustomerId(random, person.customerId)
    case 'name':
      return spellName(random, person.name)
    case 'address':
      return spellAddress(random, person.address)
    case 'phone':
      return spellPhone(random, person.phone)
    case 'email':
      return spellEmail(random, person.email)
    case 'plate':
      return spellPlate(random, car.plate!)
    case 'vin':
      return spellVin(random, car.vin)
  }
}

function csvCell(value: string): string {
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

import { at } from '../moments.ts'
import { random } from '../random.ts'
import { elementMask, type Mentions } from '../truth/census.ts'
import { type DealerFile, wasExposed } from '../world/dealer-files.ts'
import { FIELD_ELEMENTS, type Field, recordOf, type Situated } from '../world/dealer-records.ts'
import { internationalPhone } from '../world/spelling.ts'
import type { Population } from '../world/population.ts'
import { AUSTRALIAN_CRM_STORE, EUROPEAN_WARRANTY_STORE, JAPANESE_REGISTRY_STORE } from '../world/closed-stores.ts'
import { terminalId } from '../world/map-customers.ts'
import { DEALER_STORE, PARTNER_STORE, UNREAD_COPY_STORE } from '../world/stores.ts'
import { chassisNumber } from '../world/vehicles.ts'
import { dealerContent } from './dealer-content.ts'
import type { Shelf } from './shelf.ts'

/** The dealers' inquiry files, and the copies of some of them in the store whose policy nobody could read. */
export function shelveDealerFiles(seed: number, { dealerFiles }: Population, shelf: Shelf): void {
  const copies = new Set(copiedFiles(dealerFiles))
  for (const file of dealerFiles) {
    const bytes = dealerContent(random(seed, 'dealer content', file.key), file)
    const mentions: Mentions = (say) => {
      for (const { id, fields } of file.records) say(id, fieldMask(fields))
    }
    shelf.put({ store: DEALER_STORE, key: file.key, putAt: file.putAt, deletedAt: file.deletedAt }, bytes, mentions)
    if (copies.has(file))
      shelf.put({ store: UNREAD_COPY_STORE, key: file.key, putAt: at('2021-11-15T06:20:31Z') }, bytes, mentions)
  }
}

function copiedFiles(files: readonly DealerFile[]): readonly DealerFile[] {
  const kept = files.filter(
    (file) => file.fate === 'stayed' && wasExposed(file) && file.records.length > 0 && file.putAt < at('2021-11-01'),
  )
  return kept.filter((_, index) => index % Math.ceil(kept.length / 6) === 0)
}

/** Drivers of a leasing company, for that company alone: a table and a JSON Lines file with chassis numbers in both. */
export function shelvePartnerFiles({ fleetDrivers }: Population, shelf: Shelf): void {
  const drivers = fleetDrivers.map((situated, index) => ({ ...situated, chassis: chassisNumber(5_000_000 + index) }))
  const table = drivers.map(({ person, chassis }) =>
    [person.name, internationalPhone(person.phone), person.address, chassis].join(','),
  )
  const named = elementMask(['person-name', 'phone-number', 'postal-address', 'chassis-number'])
  shelf.put(
    { store: PARTNER_STORE, key: 'contracts/2020/drivers.csv', putAt: at('2020-04-02T05:11:09Z') },
    `氏名,電話番号,住所,車台番号\n${table.join('\n')}\n`,
    (say) => {
      for (const { id } of drivers) say(id, named)
    },
  )
  const mileage = drivers.map(({ chassis }, index) =>
    JSON.stringify({ chassisNumber: chassis, odometerKm: 4_000 + ((index * 977) % 90_000) }),
  )
  shelf.put(
    { store: PARTNER_STORE, key: 'mileage/2022/mileage.jsonl', putAt: at('2022-04-04T05:30:40Z') },
    `${mileage.join('\n')}\n`,
    (say) => {
      for (const { id } of drivers) say(id, elementMask(['chassis-number']))
    },
  )
}

/** Closed stores with people inside: some are exposed elsewhere with less, some nowhere. */
export function shelveClosedFiles(seed: number, population: Population, shelf: Shelf): void {
  shelveCustomerExport(seed, population, shelf)
  shelveTable(
    shelf,
    { store: EUROPEAN_WARRANTY_STORE, key: 'claims/2020/claims-2020.csv', putAt: at('2020-01-13T10:02:00Z') },
    population.europeans,
    {
      columns: { name: 'Name', email: 'E-Mail', phone: 'Phone', address: 'Address', vin: 'VIN' },
    },
  )
  const registered = population.registered.map(
    ({ id, person }) => `${terminalId(id)},${person.name},${internationalPhone(person.phone)}`,
  )
  const registryElements = elementMask(['terminal-id', 'person-name', 'phone-number'])
  shelf.put(
    { store: JAPANESE_REGISTRY_STORE, key: 'registry/2023-01/owners.csv', putAt: at('2023-01-10T06:00:00Z') },
    `terminal_id,氏名,電話番号\n${registered.join('\n')}\n`,
    (say) => {
      for (const { id } of population.registered) say(id, registryElements)
    },
  )
}

function shelveCustomerExport(seed: number, { dealerOwners, crmOnly }: Population, shelf: Shelf): void {
  const choice = random(seed, 'customer export')
  const profile: readonly Field[] = ['customerId', 'name', 'email', 'phone']
  const known = dealerOwners.filter(({ person }) => person.market === 'AU' && choice.chance(0.6))
  const records = [...known, ...crmOnly].filter((situated) => recordOf(choice, situated, profile, true) !== null)
  shelveTable(
    shelf,
    { store: AUSTRALIAN_CRM_STORE, key: 'exports/2023-03-31/customers.csv', putAt: at('2023-03-31T15:30:00Z') },
    records,
    {
      columns: { customerId: 'customer_id', name: 'customer_name', email: 'email', phone: 'phone' },
    },
  )
}

function shelveTable(
  shelf: Shelf,
  placement: Parameters<Shelf['put']>[0],
  people: readonly Situated[],
  { columns }: { readonly columns: Partial<Record<Field, string>> },
): void {
  const fields = Object.keys(columns) as Field[]
  const rows = people.map(({ person }) => fields.map((field) => `"${plain(field, person)}"`).join(','))
  shelf.put(placement, `${Object.values(columns).join(',')}\n${rows.join('\n')}\n`, (say) => {
    for (const { id } of people) say(id, fieldMask(fields))
  })
}

function plain(field: Field, person: Situated['person']): string {
  const values: Record<Field, string> = {
    customerId: person.customerId,
    name: person.name,
    address: person.address,
    phone: internationalPhone(person.phone),
    email: person.email,
    plate: person.cars[0]!.plate ?? '',
    vin: person.cars[0]!.vin,
  }
  return values[field]
}

function fieldMask(fields: readonly Field[]): number {
  return elementMask(fields.map((field) => FIELD_ELEMENTS[field]))
}

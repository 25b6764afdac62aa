import type { Random } from '../random.ts'
import { AUSTRALIAN, GERMAN, INDONESIAN, JAPANESE, PHILIPPINE, THAI } from './names.ts'
import { australianPlate, vehicleNumber } from './vehicles.ts'

export type Market = 'AU' | 'ID' | 'TH' | 'PH' | 'JP' | 'DE'

export interface Car {
  readonly vin: string
  /** Only where plates of that country tell it apart: Australia. */
  readonly plate: string | null
  /** Sold on: records of two owners mention it. */
  twoOwners: boolean
}

export interface Phone {
  readonly country: string
  /** National number without the trunk prefix, in groups. */
  readonly groups: readonly string[]
}

/** An invented person as the dealers know them. */
export interface Person {
  readonly market: Market
  readonly customerId: string
  readonly name: string
  readonly address: string
  readonly phone: Phone
  readonly email: string
  /** The dealer's own address, entered for customers who have none: it tells nobody apart. */
  readonly emailIsDealers: boolean
  readonly sharesHousehold: boolean
  readonly cars: readonly Car[]
}

/** Serial numbers that keep invented people, cars and phones apart over the whole estate. */
export class Registry {
  #customers = 0
  #cars = 0
  readonly #phones = new Map<Market, number>()
  readonly #reachable = new Set<string>()

  nextCustomer(): number {
    return ++this.#customers
  }

  nextCar(): number {
    return ++this.#cars
  }

  nextPhone(market: Market): number {
    const next = this.#phones.get(market) ?? 0
    this.#phones.set(market, next + 1)
    return next
  }

  /** False when somebody of that name already has that phone. */
  claim(name: string, phone: Phone): boolean {
    const key = `${name.toLowerCase()} ${phone.country}${phone.groups.join('')}`
    if (this.#reachable.has(key)) return false
    this.#reachable.add(key)
    return true
  }
}

/** `count` people of one market; some live together and share phone and address, some run fleets, some bought another's car. */
export function inventPeople(random: Random, registry: Registry, market: Market, count: number): Person[] {
  const people: Person[] = []
  const withDealersEmail = market === 'AU' && count >= 12 ? Math.max(8, Math.round(count * 0.015)) : 0
  while (people.length < count) {
    const size = market === 'AU' && random.chance(0.05) ? Math.min(random.between(2, 4), count - people.length) : 1
    const phone = inventPhone(market, registry.nextPhone(market))
    const address = inventAddress(random, market)
    for (let member = 0; member < size; member++) {
      const dealers = people.length < withDealersEmail
      people.push(inventPerson(random, registry, { market, phone, address, sharesHousehold: size > 1, emailIsDealers: dealers }))
    }
  }
  if (market === 'AU') sellCarsOn(random, people)
  return people
}

type Situation = Pick<Person, 'market' | 'phone' | 'address' | 'sharesHousehold' | 'emailIsDealers'>

function inventPerson(random: Random, registry: Registry, situation: Situation): Person {
  const serial = registry.nextCustomer()
  let name = inventName(random, situation.market)
  while (!registry.claim(name, situation.phone)) name = inventName(random, situation.market)
  const cars = Array.from({ length: carCount(random, situation) }, () => inventCar(random, registry, situation.market))
  const mailName =
    situation.market === 'JP'
      ? 'owner'
      : name
          .normalize('NFD')
          .replace(/[^A-Za-z ]/g, '')
          .trim()
          .toLowerCase()
          .replaceAll(' ', '.')
  return {
    ...situation,
    customerId: `CU${String(4_000_000 + serial).padStart(7, '0')}`,
    name,
    email: situation.emailIsDealers
      ? 'service.desk@example.com'
      : `${mailName}.${serial}@${random.pick(['example.com', 'example.net', 'example.org'])}`,
    cars,
  }
}

function carCount(random: Random, { market, sharesHousehold, emailIsDealers }: Situation): number {
  const fleet = market === 'AU' && !sharesHousehold && !emailIsDealers && random.chance(0.004)
  return fleet ? random.between(6, 12) : random.chance(0.15) ? 2 : 1
}

function inventCar(random: Random, registry: Registry, market: Market): Car {
  const serial = registry.nextCar()
  return { vin: vehicleNumber(random, serial), plate: market === 'AU' ? australianPlate(random, serial) : null, twoOwners: false }
}

/** One car in thirty gets a second owner, a stranger to the first. */
function sellCarsOn(random: Random, people: Person[]): void {
  const sales = Math.max(people.length >= 4 ? 1 : 0, Math.floor(people.length / 30))
  for (let sale = 0; sale < sales; sale++) {
    const seller = people[random.below(people.length)]!
    const buyer = people[random.below(people.length)]!
    const car = seller.cars[0]!
    if (seller.name.toLowerCase() === buyer.name.toLowerCase() || car.twoOwners || seller === buyer) continue
    car.twoOwners = true
    ;(buyer.cars as Car[]).push(car)
  }
}

function inventName(random: Random, market: Market): string {
  const names = { AU: AUSTRALIAN, ID: INDONESIAN, TH: THAI, PH: PHILIPPINE, JP: JAPANESE, DE: GERMAN }[market]
  return market === 'JP'
    ? `${random.pick(names.family)} ${random.pick(names.given)}`
    : `${random.pick(names.given)} ${random.pick(names.family)}`
}

function inventAddress(random: Random, market: Market): string {
  const number = random.between(1, 240)
  switch (market) {
    case 'AU':
      return `${number} ${random.pick(AUSTRALIAN.streets)} ${random.pick(AUSTRALIAN.kinds)}, ${random.pick(AUSTRALIAN.towns)}`
    case 'ID':
      return `${random.pick(INDONESIAN.streets)} No. ${number}, ${random.pick(INDONESIAN.towns)}, Indonesia`
    case 'TH':
      return `${number}/${random.between(1, 90)} ${random.pick(THAI.streets)}, ${random.pick(THAI.towns)}, Thailand`
    case 'PH':
      return `${number} ${random.pick(PHILIPPINE.streets)}, ${random.pick(PHILIPPINE.towns)}, Philippines`
    case 'JP':
      return `${random.pick(JAPANESE.towns)}${random.between(1, 5)}-${random.between(1, 20)}-${random.between(1, 20)}`
    case 'DE':
      return `${random.pick(GERMAN.streets)} ${number}, ${random.pick(GERMAN.towns)}`
  }
}

// Australia and Germany reserve these numbers for fiction; elsewhere the 555-01xx form stands for nobody.
const AREAS: Readonly<Record<Market, readonly string[]>> = {
  AU: ['2 5550', '2 7010', '3 5550', '3 7010', '7 5550', '7 7010', '8 5550', '8 7010'],
  DE: ['30 23125'],
  ID: ['21 555', '22 555', '24 555', '31 555', '61 555', '274 555', '361 555'],
  TH: ['2 555', '32 555', '34 555', '38 555', '43 555', '44 555', '53 555', '74 555', '75 555', '76 555'],
  PH: ['2 8555', '32 555', '43 555', '45 555', '74 555', '82 555'],
  JP: [
    '3 5555',
    '6 5555',
    '11 555',
    '22 555',
    '25 555',
    '43 555',
    '45 555',
    '48 555',
    '52 555',
    '53 555',
    '54 555',
    '72 555',
    '75 555',
    '78 555',
    '82 555',
    '86 555',
    '92 555',
    '96 555',
    '98 555',
  ],
}
const COUNTRY_CODES: Readonly<Record<Market, string>> = { AU: '61', ID: '62', TH: '66', PH: '63', JP: '81', DE: '49' }

function inventPhone(market: Market, serial: number): Phone {
  const areas = AREAS[market]
  const area = areas[serial % areas.length]!
  const index = Math.floor(serial / areas.length)
  return { country: COUNTRY_CODES[market], groups: [...area.split(' '), subscriber(market, area, index)] }
}

function subscriber(market: Market, area: string, index: number): string {
  if (market === 'AU') return String((index * 37 + 1_203) % 10_000).padStart(4, '0')
  if (market === 'DE') return String(index % 1_000).padStart(3, '0')
  const twoDigits = String(index % 100).padStart(2, '0')
  return market === 'TH' && area !== '2 555' ? `1${twoDigits}` : `01${twoDigits}`
}

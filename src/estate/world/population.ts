import { random } from '../random.ts'
import { type DealerFile, planDealerFiles } from './dealer-files.ts'
import type { Situated } from './dealer-records.ts'
import { inventPeople, type Market, type Person, Registry } from './people.ts'

/** Everybody there is. A person's number is the same wherever the person is mentioned; the map service's customers come first. */
export interface Population {
  readonly size: number
  readonly mapCustomerCount: number
  readonly dealerFiles: readonly DealerFile[]
  readonly dealerOwners: readonly Situated[]
  /** Only in the closed customer export. */
  readonly crmOnly: readonly Situated[]
  /** In the files for the partner, and nowhere else. */
  readonly fleetDrivers: readonly Situated[]
  readonly europeans: readonly Situated[]
  /** Names and phones that a closed registry knows for some of the map service's customers. */
  readonly registered: readonly Situated[]
  readonly markets: readonly Market[]
}

/** The estate's people at a scale: at 1, 260,000 map customers and 2,800 exposed Australian owners. */
export function populate(seed: number, scale: number): Population {
  const registry = new Registry()
  const mapCustomerCount = scaled(260_000, scale, 50)
  const markets: Market[] = Array.from({ length: mapCustomerCount }, () => 'JP')
  const invent = (market: Market, label: string, count: number): Situated[] =>
    inventPeople(random(seed, 'people', label), registry, market, count).map((person) =>
      situate(person, markets.push(person.market) - 1),
    )

  const exposed = [
    ...invent('AU', 'australian owners', scaled(2_800, scale, 20)),
    ...invent('ID', 'indonesian owners', scaled(300, scale, 4)),
    ...invent('TH', 'thai owners', scaled(220, scale, 3)),
    ...invent('PH', 'philippine owners', scaled(180, scale, 3)),
  ]
  const hidden = [
    ...invent('AU', 'unexposed australian owners', scaled(60, scale, 4)),
    ...invent('ID', 'unexposed indonesian owners', scaled(12, scale, 2)),
  ]
  const crmOnly = invent('AU', 'customer export', scaled(150, scale, 4))
  const fleetDrivers = invent('JP', 'fleet drivers', scaled(1_200, scale, 6))
  const europeans = invent('DE', 'european owners', scaled(120, scale, 3))
  const registered = inventPeople(random(seed, 'people', 'registry'), registry, 'JP', Math.ceil(mapCustomerCount / 200))
  return {
    size: markets.length,
    mapCustomerCount,
    dealerFiles: planDealerFiles(random(seed, 'dealer files'), scaled(600, scale, 40), exposed, hidden),
    dealerOwners: [...exposed, ...hidden],
    crmOnly,
    fleetDrivers,
    europeans,
    registered: registered.map((person, index) => situate(person, index * 200)),
    markets,
  }
}

function situate(person: Person, id: number): Situated {
  return { person, id, ties: new Set(), mentions: 0 }
}

function scaled(atOne: number, scale: number, least: number): number {
  return Math.max(least, Math.round(atOne * scale))
}

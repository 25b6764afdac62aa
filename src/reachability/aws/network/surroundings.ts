import type { ResourceConfiguration, ResourceRef, ZoneOfTrust } from '../../../model/index.ts'
import { type AddressSet, NO_ADDRESSES, parseCidr, union } from '../../engine/addresses.ts'
import { Budget } from '../../engine/budget.ts'
import { isKnown, isRecord, type Known, type Members } from '../../readings.ts'
import { outsideAddresses } from '../../outside.ts'
import { listSetting, member, setting, textSetting } from '../native.ts'

/** The network around a resource, as far as it was read. */
export interface Surroundings {
  readonly subject: ResourceRef
  readonly zone: ZoneOfTrust
  /** The internet's addresses of both families outside the zone. */
  readonly outside: AddressSet
  readonly related: readonly ResourceConfiguration[]
  /** What the whole decision may still cost, in ranges of addresses that are gone through. */
  readonly work: Budget
  /** What was worked out of one of the related resources, by its place in the network. */
  readonly made: Map<string, unknown>
}

// A thousand rules, routes and entries of lists, the most that a network has by its quotas, cost a tenth of it.
const MOST_RANGES = 250_000

export function surroundingsOf(subject: ResourceRef, zone: ZoneOfTrust, related: readonly ResourceConfiguration[]): Surroundings {
  const outside = outsideAddresses(zone)
  return { subject, zone, outside, related, work: new Budget(MOST_RANGES), made: new Map() }
}

/** The resource of a type that goes by this id. */
export function neighbour({ related }: Surroundings, type: string, id: string): ResourceConfiguration | undefined {
  return related.find(({ resource }) => resource.type === type && (resource.name === id || resource.id.endsWith(`/${id}`)))
}

/** What is worked out once of each thing of that name. */
export function once<T>({ made }: Surroundings, name: string, make: () => T): T {
  if (!made.has(name)) made.set(name, make())
  return made.get(name) as T
}

/** Pays for going through these sets so many times; whether there was enough left. */
export function pay({ work }: Surroundings, times: number, ...sets: readonly AddressSet[]): boolean {
  return work.spend(1 + times * sets.reduce((ranges, { v4, v6 }) => ranges + v4.length + V6_COST * v6.length, 0))
}

// Numbers of 128 bits take that much longer.
const V6_COST = 4

/** All resources of a type. */
export function neighbours({ related }: Surroundings, type: string): readonly ResourceConfiguration[] {
  return related.filter(({ resource }) => resource.type === type)
}

/** What is known of a subnet: its network, its own ranges, and whether it has any of IPv6. Null: not read. */
export function subnetFacts(surroundings: Surroundings, id: string) {
  const found = neighbour(surroundings, 'AWS::EC2::Subnet', id)
  const reading = found && setting(found, 'subnet')
  const whole = reading?.status === 'read' && isRecord(reading.value) ? reading.value : null
  const field = (name: string) => {
    if (!found) return undefined
    if (whole) return member(whole, name)
    const own = setting(found, name)
    return own?.status === 'read' ? own.value : own?.status === 'absent' ? null : undefined
  }
  const text = (name: string) => {
    const value = field(name)
    return typeof value === 'string' ? value : null
  }
  const associations = field('Ipv6CidrBlockAssociationSet')
  return {
    vpc: text('VpcId') ?? (found ? textSetting(found, 'vpc') : null),
    zone: text('AvailabilityZone'),
    range: text('CidrBlock'),
    hasIpv6: associations === null ? false : Array.isArray(associations) ? associations.length > 0 : null,
  }
}

/** The addresses of a prefix list, where it is among the surroundings with all its entries. */
export function prefixListAddresses(surroundings: Surroundings, id: string): Known<AddressSet> {
  return once(surroundings, `prefix list ${id}`, () => readPrefixList(surroundings, id))
}

function readPrefixList(surroundings: Surroundings, id: string): Known<AddressSet> {
  const problem = `the prefix list ${id} was not read`
  const list = neighbour(surroundings, 'AWS::EC2::PrefixList', id)
  if (!list) return { problem }
  const cidrs = setting(list, 'cidrs')
  if (cidrs?.status === 'read' && Array.isArray(cidrs.value)) return addressesOf(cidrs.value, problem, surroundings)
  const entries = entriesOf(list)
  return isKnown(entries)
    ? addressesOf(
        entries.known.map((entry) => member(entry, 'Cidr')),
        problem,
        surroundings,
      )
    : { problem }
}

/** `aws ec2 get-managed-prefix-list-entries` prints `{"Entries":[…]}`; the list alone is taken too. */
function entriesOf(list: ResourceConfiguration): Known<readonly Members[]> {
  const reading = setting(list, 'entries')
  if (reading?.status === 'read' && isRecord(reading.value)) {
    return listSetting(
      { ...list, facets: { entries: { status: 'read', value: member(reading.value, 'Entries') ?? null } } },
      'its entries',
      'entries',
    )
  }
  return listSetting(list, 'its entries', 'entries')
}

/** Steps that reading a range from its text is worth. */
export const READING_COST = 8

// A prefix list holds at most a thousand.
const MOST_ENTRIES = 2_000

function addressesOf(cidrs: readonly unknown[], problem: string, { work }: Surroundings): Known<AddressSet> {
  if (cidrs.length > MOST_ENTRIES || !work.spend(READING_COST * cidrs.length)) return { problem }
  const sets = cidrs.map((cidr) => (typeof cidr === 'string' ? parseCidr(cidr) : null))
  return sets.includes(null) ? { problem } : { known: union(NO_ADDRESSES, ...(sets as AddressSet[])) }
}

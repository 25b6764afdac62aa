import type { Json } from '../../../model/index.ts'
import { type AddressSet, intersection, isEmpty, union } from '../../engine/addresses.ts'
import { flattened, member } from '../settings.ts'
import { CLOSED_NETWORK, type Door, type Network } from './network.ts'
import { addressesBetween, parseAddresses } from './sources.ts'

/** What anybody with a machine in Azure can send from: "Allow Azure services and resources to access this server". */
export const ANY_AZURE_ADDRESS: Omit<Door, 'because'> = {
  audience: 'anyone',
  certain: true,
  context: { network: 'any address of Azure, also in the subscriptions of other customers' },
}

const MOST_RULES = 10_000

/**
 * The addresses that a service's own firewall lets in, entry by entry. An entry is an address, a range, or an object that
 * names one; an entry that is not understood may let in anything.
 */
export function rulesNetwork(entries: readonly Json[], outside: AddressSet, what: string): Network {
  const parsed = entries.length > MOST_RULES ? [null] : entries.map((entry) => addressesOf(entry))
  const admitted = parsed.flatMap((addresses) => (addresses === null || addresses === 'dead' ? [] : [addresses]))
  const least = intersection(union(...admitted), outside)
  const unclear = parsed.includes(null)
  return {
    ...CLOSED_NETWORK,
    least,
    most: unclear ? outside : least,
    because: isEmpty(least) ? [] : [`${what} let in addresses outside the zone`],
    doubts: unclear ? [`an entry of ${what} is not understood`] : [],
    shut: isEmpty(least) && !unclear ? [`${what} let in no address outside the zone`] : [],
  }
}

function addressesOf(entry: Json): AddressSet | 'dead' | null {
  if (typeof entry === 'string') return parseAddresses(entry)
  const members = flattened(entry)
  if (!members) return null
  const action = member(members, 'action')
  if (action !== undefined && String(action).toLowerCase() !== 'allow') {
    return String(action).toLowerCase() === 'deny' ? 'dead' : null
  }
  const text = member(members, 'value', 'ipAddressOrRange', 'ipMask', 'addressPrefix', 'ipAddress')
  return typeof text === 'string' ? parseAddresses(text) : null
}

/**
 * The firewall rules of a database server: each from a first to a last address. The rule from 0.0.0.0 to 0.0.0.0 stands for
 * all of Azure, the machines of every other customer among them (Azure SQL: "IP firewall rules", "Connections from inside
 * Azure").
 */
export function databaseRulesNetwork(entries: readonly Json[], outside: AddressSet, what: string): Network {
  const doors: Door[] = []
  const ranges: AddressSet[] = []
  let unclear = 0
  if (entries.length > MOST_RULES) return { ...CLOSED_NETWORK, most: outside, doubts: [`${what} are more than ${MOST_RULES}`] }
  for (const entry of entries) {
    const members = flattened(entry)
    const from = member(members ?? undefined, 'startIpAddress', 'start_ip_address', 'startIPv6Address', 'startIp')
    const to = member(members ?? undefined, 'endIpAddress', 'end_ip_address', 'endIPv6Address', 'endIp')
    const range = typeof from === 'string' && typeof to === 'string' ? addressesBetween(from, to) : null
    if (!range) unclear++
    else if (from === '0.0.0.0' && to === '0.0.0.0') doors.push({ ...ANY_AZURE_ADDRESS, because: fromAzure(what) })
    else ranges.push(range)
  }
  const least = intersection(union(...ranges), outside)
  const names = entries.flatMap((entry) => member(flattened(entry) ?? undefined, 'name') ?? []).filter(isText)
  return {
    least,
    most: unclear > 0 ? outside : least,
    doors,
    because: isEmpty(least)
      ? []
      : [`${what} let in addresses outside the zone: ${names.slice(0, 5).join(', ') || 'without a name'}`],
    doubts: unclear > 0 ? [`an entry of ${what} is not understood`] : [],
    shut: isEmpty(least) && doors.length === 0 && unclear === 0 ? [`${what} let in no address outside the zone`] : [],
  }
}

function fromAzure(what: string): string {
  return `${what} have the rule of 0.0.0.0, which lets in all of Azure: anybody can rent a machine there`
}

function isText(json: Json): json is string {
  return typeof json === 'string'
}

import type { ZoneOfTrust } from '../model/index.ts'
import {
  addressCount,
  type AddressSet,
  ALL_ADDRESSES,
  complement,
  intersection,
  NO_ADDRESSES,
  parseCidr,
  union,
} from './engine/addresses.ts'

// Not on the internet: this network, private, shared, loopback, link-local, multicast and reserved (IANA's registries).
const NEVER_A_SOURCE = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
].map((cidr) => parseCidr(cidr)!)

const INTERNET: AddressSet = {
  v4: intersection(ALL_ADDRESSES, complement(union(...NEVER_A_SOURCE))).v4,
  v6: parseCidr('2000::/3')!.v6,
}

// One zone judges many resources.
const OUTSIDE = new WeakMap<ZoneOfTrust, AddressSet>()

/** The internet's addresses, of both families, that are not inside the zone. */
export function outsideAddresses(zone: ZoneOfTrust): AddressSet {
  const known = OUTSIDE.get(zone)
  if (known) return known
  const inside = union(NO_ADDRESSES, ...zone.cidrs.map((cidr) => parseCidr(cidr) ?? NO_ADDRESSES))
  const outside = intersection(INTERNET, complement(inside))
  OUTSIDE.set(zone, outside)
  return outside
}

/** Whether the addresses are the open internet: more than one IPv4 /8 or one IPv6 /32. */
export function isWide({ v4, v6 }: AddressSet): boolean {
  let ofV4 = 0
  for (const { first, last } of v4) ofV4 += last - first + 1
  return ofV4 > 2 ** 24 || (v6.length > 0 && addressCount(v6) > 1n << 96n)
}

import type { ZoneOfTrust } from '../../model/index.ts'
import { type AddressSet, ALL_ADDRESSES, complement, intersection, NO_ADDRESSES, parseCidr, union } from '../engine/addresses.ts'

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
]
const INTERNET: AddressSet = {
  v4: intersection(ALL_ADDRESSES, complement(union(...NEVER_A_SOURCE.map((cidr) => parseCidr(cidr)!)))).v4,
  v6: parseCidr('2000::/3')!.v6,
}

const KNOWN = new WeakMap<ZoneOfTrust, AddressSet>()

/** The internet's addresses that are not inside the zone. */
export function outsideAddresses(zone: ZoneOfTrust): AddressSet {
  const known = KNOWN.get(zone)
  if (known) return known
  const made = intersection(INTERNET, complement(union(...zone.cidrs.map((cidr) => parseCidr(cidr) ?? NO_ADDRESSES))))
  KNOWN.set(zone, made)
  return made
}

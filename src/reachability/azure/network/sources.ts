import { type AddressSet, formatAddress, isEmpty, parseAddress, parseCidr, union } from '../../engine/addresses.ts'

/** What a machine in somebody's own network has, in either family. */
export const PRIVATE_ADDRESSES = union(
  ...['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].map((cidr) => parseCidr(cidr)!),
)

/** An address of the set, as text. */
export function someAddress(set: AddressSet): string | null {
  if (isEmpty(set)) return null
  const family = set.v4.length > 0 ? 'v4' : 'v6'
  return formatAddress(family, set[family][0]!.first)
}

/** The addresses from one to another, both counted; null where that is no range. */
export function addressesBetween(from: string, to: string): AddressSet | null {
  const first = parseAddress(from.trim())
  const last = parseAddress(to.trim())
  if (first?.family === 'v4' && last?.family === 'v4' && first.value <= last.value) {
    return { v4: [{ first: first.value, last: last.value }], v6: [] }
  }
  if (first?.family === 'v6' && last?.family === 'v6' && first.value <= last.value) {
    return { v4: [], v6: [{ first: first.value, last: last.value }] }
  }
  return null
}

/** The addresses of `192.0.2.0/24`, of a single address or of `192.0.2.1-192.0.2.9`; null for anything else. */
export function parseAddresses(text: string): AddressSet | null {
  const range = /^([^-]+)-([^-]+)$/.exec(text)
  return range ? addressesBetween(range[1]!, range[2]!) : parseCidr(text)
}

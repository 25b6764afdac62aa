import { addressCount, type AddressSet } from '../../engine/addresses.ts'

/** More than one IPv4 /8 or one IPv6 /32: the open internet. */
export function isWide({ v4, v6 }: AddressSet): boolean {
  let ofV4 = 0
  for (const { first, last } of v4) ofV4 += last - first + 1
  return ofV4 > 2 ** 24 || (v6.length > 0 && addressCount(v6) > 1n << 96n)
}

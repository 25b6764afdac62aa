import { type AddressSet, formatAddress } from '../../engine/addresses.ts'

const MOST_SHOWN = 12

/** The ranges of a set, by address, IPv4 first; after the first dozen only their number. */
export function cidrList(set: AddressSet, most = MOST_SHOWN): string {
  const cidrs = cidrsOf(set)
  const more = cidrs.length - most
  return more > 0 ? `${cidrs.slice(0, most).join(', ')} and ${more} more` : cidrs.join(', ')
}

/** The fewest ranges of the form `address/prefix` that are exactly the set. */
export function cidrsOf(set: AddressSet): readonly string[] {
  return [
    ...set.v4.flatMap((range) => split('v4', BigInt(range.first), BigInt(range.last))),
    ...set.v6.flatMap((range) => split('v6', range.first, range.last)),
  ]
}

function split(family: 'v4' | 'v6', first: bigint, last: bigint): string[] {
  const width = family === 'v4' ? 32 : 128
  const found: string[] = []
  for (let at = first; at <= last; ) {
    let bits = 0
    while (bits < width && (at >> BigInt(bits)) % 2n === 0n && at + (1n << BigInt(bits + 1)) - 1n <= last) bits++
    found.push(`${shortAddress(family, at)}/${width - bits}`)
    at += 1n << BigInt(bits)
  }
  return found
}

/** IPv6 with its first longest run of zeros left out, as RFC 5952 writes it. */
function shortAddress(family: 'v4' | 'v6', value: bigint): string {
  const text = formatAddress(family, value)
  if (family === 'v4') return text
  const longest = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].reduce(
    (best, { 0: run }) => (run.length > best.length ? run : best),
    '',
  )
  if (longest === '') return text
  const at = text.indexOf(longest)
  return `${text.slice(0, at)}::${text.slice(at + longest.length).replace(/^:/, '')}`
}

/** A set of network addresses of both families: sorted, disjoint, inclusive ranges. IPv4 addresses are plain numbers. */
export interface AddressSet {
  readonly v4: readonly AddressRange<number>[]
  readonly v6: readonly AddressRange<bigint>[]
}

export interface AddressRange<T extends number | bigint = number | bigint> {
  readonly first: T
  readonly last: T
}

const LAST_V4 = 2 ** 32 - 1
const LAST_V6 = (1n << 128n) - 1n
const NONE: readonly never[] = []

export const ALL_ADDRESSES: AddressSet = { v4: [{ first: 0, last: LAST_V4 }], v6: [{ first: 0n, last: LAST_V6 }] }
export const NO_ADDRESSES: AddressSet = { v4: NONE, v6: NONE }

/** The addresses of `192.0.2.0/24`, `2001:db8::/32` or a single address; null for anything else. Bits beyond the prefix are ignored. */
export function parseCidr(text: string): AddressSet | null {
  const trimmed = text.trim()
  const slash = trimmed.indexOf('/')
  const address = parseAddress(slash < 0 ? trimmed : trimmed.slice(0, slash))
  if (!address) return null
  const width = address.family === 'v4' ? 32 : 128
  if (slash >= 0 && !/^[0-9]{1,3}$/.test(trimmed.slice(slash + 1))) return null
  const prefix = slash < 0 ? width : Number(trimmed.slice(slash + 1))
  if (prefix > width) return null
  if (address.family === 'v4') {
    const size = 2 ** (32 - prefix)
    const first = Math.floor(address.value / size) * size
    return { v4: [{ first, last: first + size - 1 }], v6: NONE }
  }
  const rest = BigInt(128 - prefix)
  const first = (address.value >> rest) << rest
  return { v4: NONE, v6: [{ first, last: first + (1n << rest) - 1n }] }
}

export type Address = { readonly family: 'v4'; readonly value: number } | { readonly family: 'v6'; readonly value: bigint }

/** An address and its family; null for what is none. */
export function parseAddress(text: string): Address | null {
  return text.includes(':') ? parseV6(text) : parseV4(text)
}

/** The address as text, IPv6 in full groups without leading zeros. */
export function formatAddress(family: 'v4' | 'v6', value: number | bigint): string {
  if (family === 'v4') {
    const bits = Number(value)
    return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`
  }
  const groups = Array.from({ length: 8 }, (_, group) => ((BigInt(value) >> BigInt(112 - 16 * group)) & 0xffffn).toString(16))
  return groups.join(':')
}

export function union(...sets: readonly AddressSet[]): AddressSet {
  if (sets.length === 1) return sets[0]!
  return { v4: merge(sets.flatMap((set) => set.v4)), v6: merge(sets.flatMap((set) => set.v6)) }
}

export function complement(set: AddressSet): AddressSet {
  return {
    v4: set.v4.length === 0 ? ALL_ADDRESSES.v4 : gaps(set.v4, 0, LAST_V4),
    v6: set.v6.length === 0 ? ALL_ADDRESSES.v6 : gaps(set.v6, 0n, LAST_V6),
  }
}

export function intersection(left: AddressSet, right: AddressSet): AddressSet {
  return { v4: overlaps(left.v4, right.v4), v6: overlaps(left.v6, right.v6) }
}

export function isEmpty(set: AddressSet): boolean {
  return set.v4.length === 0 && set.v6.length === 0
}

export function addressCount(ranges: readonly AddressRange[]): bigint {
  let total = 0n
  for (const { first, last } of ranges) total += BigInt(last) - BigInt(first) + 1n
  return total
}

export function includesAddress(set: AddressSet, text: string): boolean {
  const address = parseAddress(text)
  if (address === null) return false
  return address.family === 'v4' ? within(set.v4, address.value) : within(set.v6, address.value)
}

function within<T extends number | bigint>(ranges: readonly AddressRange<T>[], value: T): boolean {
  return ranges.some(({ first, last }) => first <= value && value <= last)
}

function merge<T extends number | bigint>(ranges: readonly AddressRange<T>[]): readonly AddressRange<T>[] {
  if (ranges.length < 2) return ranges
  const merged: AddressRange<T>[] = []
  for (const range of ranges.toSorted((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const before = merged.at(-1)
    if (before && range.first <= following(before.last)) {
      if (range.last > before.last) merged[merged.length - 1] = { first: before.first, last: range.last }
    } else merged.push(range)
  }
  return merged
}

function gaps<T extends number | bigint>(ranges: readonly AddressRange<T>[], least: T, last: T): AddressRange<T>[] {
  const found: AddressRange<T>[] = []
  let next = least
  for (const range of ranges) {
    if (range.first > next) found.push({ first: next, last: preceding(range.first) })
    next = following(range.last)
  }
  if (next <= last) found.push({ first: next, last })
  return found
}

function overlaps<T extends number | bigint>(
  left: readonly AddressRange<T>[],
  right: readonly AddressRange<T>[],
): readonly AddressRange<T>[] {
  if (left.length === 0 || right.length === 0) return NONE
  const found: AddressRange<T>[] = []
  let i = 0
  let j = 0
  while (i < left.length && j < right.length) {
    const a = left[i]!
    const b = right[j]!
    const first = a.first > b.first ? a.first : b.first
    const last = a.last < b.last ? a.last : b.last
    if (first <= last) found.push({ first, last })
    if (a.last < b.last) i++
    else j++
  }
  return found
}

function following<T extends number | bigint>(value: T): T {
  return (typeof value === 'number' ? value + 1 : (value as bigint) + 1n) as T
}

function preceding<T extends number | bigint>(value: T): T {
  return (typeof value === 'number' ? value - 1 : (value as bigint) - 1n) as T
}

function parseV4(text: string): { family: 'v4'; value: number } | null {
  let value = 0
  let bytes = 0
  for (let at = 0; at < text.length; bytes++) {
    let byte = 0
    const start = at
    for (; at < text.length && at - start < 4; at++) {
      const digit = text.charCodeAt(at) - 48
      if (digit < 0 || digit > 9) break
      byte = byte * 10 + digit
    }
    if (at === start || at - start > 3 || byte > 255 || bytes > 3) return null
    value = value * 256 + byte
    if (at < text.length && (text[at] !== '.' || ++at === text.length)) return null
  }
  return bytes === 4 ? { family: 'v4', value } : null
}

const MOST_V6_CHARACTERS = 45

function parseV6(text: string): { family: 'v6'; value: bigint } | null {
  if (text.length > MOST_V6_CHARACTERS) return null
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  if (tail) {
    const v4 = parseV4(tail[2]!)
    return v4 && parseV6(`${tail[1]}${(v4.value >>> 16).toString(16)}:${(v4.value & 0xffff).toString(16)}`)
  }
  const halves = text.split('::')
  if (halves.length > 2) return null
  const groupsOf = (half: string | undefined) => (half ? half.split(':') : [])
  const head = groupsOf(halves[0])
  const rest = groupsOf(halves[1])
  const missing = 8 - head.length - rest.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...rest]
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null
  return { family: 'v6', value: groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n) }
}

/** A set of network addresses of both families: sorted, disjoint, inclusive ranges. */
export interface AddressSet {
  readonly v4: readonly AddressRange[]
  readonly v6: readonly AddressRange[]
}

export interface AddressRange {
  readonly first: bigint
  readonly last: bigint
}

const LAST_V4 = (1n << 32n) - 1n
const LAST_V6 = (1n << 128n) - 1n

export const ALL_ADDRESSES: AddressSet = { v4: [{ first: 0n, last: LAST_V4 }], v6: [{ first: 0n, last: LAST_V6 }] }
export const NO_ADDRESSES: AddressSet = { v4: [], v6: [] }

/** The addresses of `192.0.2.0/24`, `2001:db8::/32` or a single address; null for anything else. Bits beyond the prefix are ignored. */
export function parseCidr(text: string): AddressSet | null {
  const match = /^([0-9a-fA-F:.]+)(?:\/([0-9]{1,3}))?$/.exec(text.trim())
  if (!match) return null
  const address = parseAddress(match[1]!)
  if (!address) return null
  const width = address.family === 'v4' ? 32 : 128
  const prefix = match[2] === undefined ? width : Number(match[2])
  if (prefix > width) return null
  const size = 1n << BigInt(width - prefix)
  const first = (address.value / size) * size
  const range = [{ first, last: first + size - 1n }]
  return address.family === 'v4' ? { v4: range, v6: [] } : { v4: [], v6: range }
}

/** An address and its family; null for what is none. */
export function parseAddress(text: string): { readonly family: 'v4' | 'v6'; readonly value: bigint } | null {
  return text.includes(':') ? parseV6(text) : parseV4(text)
}

/** The address as text, IPv6 in full groups without leading zeros. */
export function formatAddress(family: 'v4' | 'v6', value: bigint): string {
  if (family === 'v4') return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.')
  return Array.from({ length: 8 }, (_, group) => ((value >> BigInt(112 - 16 * group)) & 0xffffn).toString(16)).join(':')
}

export function union(...sets: readonly AddressSet[]): AddressSet {
  return { v4: merge(sets.flatMap((set) => set.v4)), v6: merge(sets.flatMap((set) => set.v6)) }
}

export function complement(set: AddressSet): AddressSet {
  return { v4: gaps(set.v4, LAST_V4), v6: gaps(set.v6, LAST_V6) }
}

export function intersection(left: AddressSet, right: AddressSet): AddressSet {
  return { v4: overlaps(left.v4, right.v4), v6: overlaps(left.v6, right.v6) }
}

export function isEmpty(set: AddressSet): boolean {
  return set.v4.length === 0 && set.v6.length === 0
}

export function addressCount(ranges: readonly AddressRange[]): bigint {
  return ranges.reduce((total, { first, last }) => total + last - first + 1n, 0n)
}

export function includesAddress(set: AddressSet, text: string): boolean {
  const address = parseAddress(text)
  return address !== null && set[address.family].some(({ first, last }) => first <= address.value && address.value <= last)
}

function merge(ranges: readonly AddressRange[]): AddressRange[] {
  const merged: AddressRange[] = []
  for (const range of [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const before = merged.at(-1)
    if (before && range.first <= before.last + 1n) {
      if (range.last > before.last) merged[merged.length - 1] = { first: before.first, last: range.last }
    } else merged.push(range)
  }
  return merged
}

function gaps(ranges: readonly AddressRange[], last: bigint): AddressRange[] {
  const found: AddressRange[] = []
  let next = 0n
  for (const range of ranges) {
    if (range.first > next) found.push({ first: next, last: range.first - 1n })
    next = range.last + 1n
  }
  if (next <= last) found.push({ first: next, last })
  return found
}

function overlaps(left: readonly AddressRange[], right: readonly AddressRange[]): AddressRange[] {
  const found: AddressRange[] = []
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

function parseV4(text: string): { family: 'v4'; value: bigint } | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (!match) return null
  const bytes = match.slice(1).map(Number)
  if (bytes.some((byte) => byte > 255)) return null
  return { family: 'v4', value: bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n) }
}

function parseV6(text: string): { family: 'v6'; value: bigint } | null {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  if (tail) {
    const v4 = parseV4(tail[2]!)
    return v4 && parseV6(`${tail[1]}${(v4.value >> 16n).toString(16)}:${(v4.value & 0xffffn).toString(16)}`)
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

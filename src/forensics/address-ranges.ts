import { parseAddress, parseCidr } from './ip-address.ts'

/** Address blocks with what each stands for, made ready for many look-ups. Where blocks nest, the narrower one counts. */
export interface AddressRanges<T> {
  /** What the block around `address` stands for; null where none is or `address` is no address. */
  find(address: bigint): T | null
  /** Texts that are no CIDR block. */
  readonly malformed: readonly string[]
}

/** Cuts nested blocks into disjoint ranges, sorted, so that a look-up is one binary search. */
export function addressRanges<T>(blocks: readonly { readonly cidr: string; readonly value: T }[]): AddressRanges<T> {
  const malformed: string[] = []
  const parsed: { first: bigint; last: bigint; value: T }[] = []
  for (const { cidr, value } of blocks) {
    const range = parseCidr(cidr)
    if (range) parsed.push({ ...range, value })
    else malformed.push(cidr)
  }
  const { starts, values } = flatten(parsed)
  return { malformed, find: (address) => values[lastAtOrBefore(starts, address)] ?? null }
}

/** Whether an address belongs to a private network, a link or the machine itself: no stranger's on the open internet. */
export function isPrivateAddress(address: bigint): boolean {
  return PRIVATE.find(address) !== null
}

interface Range<T> {
  readonly first: bigint
  readonly last: bigint
  readonly value: T
}

/** CIDR blocks nest or are apart, never overlap in part: a stack of open blocks tells which is the narrowest. */
function flatten<T>(ranges: readonly Range<T>[]): { starts: bigint[]; values: (T | null)[] } {
  const sorted = [...ranges].sort((a, b) => compare(a.first, b.first) || compare(b.last, a.last))
  const starts: bigint[] = []
  const values: (T | null)[] = []
  const open: Range<T>[] = []
  const mark = (start: bigint, value: T | null) => {
    if (starts.at(-1) === start) values[values.length - 1] = value
    else {
      starts.push(start)
      values.push(value)
    }
  }
  const closeBefore = (limit: bigint | null) => {
    while (open.length > 0 && (limit === null || open.at(-1)!.last < limit)) {
      const closed = open.pop()!
      mark(closed.last + 1n, open.at(-1)?.value ?? null)
    }
  }
  for (const range of sorted) {
    closeBefore(range.first)
    // Of two entries for the same block the first one given counts.
    if (open.at(-1)?.first === range.first && open.at(-1)?.last === range.last) continue
    mark(range.first, range.value)
    open.push(range)
  }
  closeBefore(null)
  return { starts, values }
}

function lastAtOrBefore(starts: readonly bigint[], address: bigint): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (starts[middle]! <= address) low = middle + 1
    else high = middle
  }
  return low - 1
}

function compare(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0
}

const PRIVATE = addressRanges(
  [
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '100.64.0.0/10',
    '169.254.0.0/16',
    '127.0.0.0/8',
    'fc00::/7',
    'fe80::/10',
    '::1/128',
  ].map((cidr) => ({ cidr, value: true })),
)

/** The address of a log's text, or null where the log hides it. */
export function addressIn(text: string | null): bigint | null {
  return text === null ? null : parseAddress(text)
}

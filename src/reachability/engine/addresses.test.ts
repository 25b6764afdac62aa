import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addressCount,
  type AddressSet,
  ALL_ADDRESSES,
  complement,
  formatAddress,
  includesAddress,
  intersection,
  isEmpty,
  NO_ADDRESSES,
  parseAddress,
  parseCidr,
  union,
} from './addresses.ts'

describe('parseCidr', () => {
  it.each([
    { text: '192.0.2.0/24', first: '192.0.2.0', last: '192.0.2.255' },
    { text: '192.0.2.77/24', first: '192.0.2.0', last: '192.0.2.255' },
    { text: '192.0.2.1', first: '192.0.2.1', last: '192.0.2.1' },
    { text: '0.0.0.0/0', first: '0.0.0.0', last: '255.255.255.255' },
  ])('$text', ({ text, first, last }) => {
    const [range] = parseCidr(text)!.v4
    expect([formatAddress('v4', range!.first), formatAddress('v4', range!.last)]).toEqual([first, last])
  })

  it.each([
    '192.0.2.0/33',
    '192.0.2',
    '192.0.2.',
    '1.2.3.4.5',
    '.1.2.3',
    '1..2.3',
    '0001.2.3.4',
    '1.2.3.4/',
    '1.2.3.4/+8',
    '256.0.0.1',
    'example.com',
    '2001:db8::/129',
    '2001:db8:::',
    '1::2::3',
    '',
  ])('refuses %s', (text) => {
    expect(parseCidr(text)).toBeNull()
  })

  it.each([
    { text: '2001:db8::1', full: '2001:db8:0:0:0:0:0:1' },
    { text: '::ffff:192.0.2.1', full: '0:0:0:0:0:ffff:c000:201' },
    { text: '::', full: '0:0:0:0:0:0:0:0' },
  ])('reads $text', ({ text, full }) => {
    expect(formatAddress('v6', parseAddress(text)!.value)).toBe(full)
  })
})

describe('sets', () => {
  const a = parseCidr('192.0.2.0/24')!
  const b = parseCidr('192.0.2.128/25')!

  it('join neighbours', () => {
    expect(union(parseCidr('0.0.0.0/1')!, parseCidr('128.0.0.0/1')!).v4).toEqual(ALL_ADDRESSES.v4)
  })

  it('count, meet and leave out', () => {
    expect(addressCount(a.v4)).toBe(256n)
    expect(intersection(a, b)).toEqual(b)
    expect(addressCount(intersection(a, complement(b)).v4)).toBe(128n)
    expect(isEmpty(intersection(a, complement(a)))).toBe(true)
    expect(includesAddress(b, '192.0.2.127')).toBe(false)
    expect(includesAddress(complement(b), '2001:db8::1')).toBe(true)
  })
})

describe('sets of both families against arrays of bits', () => {
  // Sixteen neighbouring blocks of each family, one bit a block.
  const blocks = {
    v4: Array.from({ length: 16 }, (_, at) => `192.0.2.${at * 16}/28`),
    v6: Array.from({ length: 16 }, (_, at) => `2001:db8:${(at * 4096).toString(16)}::/36`),
  }
  const bits = fc.array(fc.boolean(), { minLength: 16, maxLength: 16 })
  const toSet = (family: 'v4' | 'v6', chosen: readonly boolean[]) =>
    union(NO_ADDRESSES, ...blocks[family].filter((_, at) => chosen[at]).map((cidr) => parseCidr(cidr)!))
  const toBits = (family: 'v4' | 'v6', set: AddressSet) =>
    blocks[family].map((cidr) => {
      const block = parseCidr(cidr)!
      const { first, last } = block[family][0]!
      const ends = [first, last].map((value) => includesAddress(set, formatAddress(family, value)))
      expect(ends[0]).toBe(ends[1])
      expect(isEmpty(intersection(set, block))).toBe(!ends[0])
      return ends[0]
    })

  it.each(['v4', 'v6'] as const)('%s', (family) => {
    fc.assert(
      fc.property(bits, bits, (left, right) => {
        const a = toSet(family, left)
        const b = toSet(family, right)
        expect(toBits(family, a)).toEqual(left)
        expect(toBits(family, union(a, b))).toEqual(left.map((bit, at) => bit || right[at]))
        expect(toBits(family, intersection(a, b))).toEqual(left.map((bit, at) => bit && right[at]))
        expect(toBits(family, complement(a))).toEqual(left.map((bit) => !bit))
        const size = family === 'v4' ? 16n : 1n << 92n
        expect(addressCount(a[family])).toBe(size * BigInt(left.filter(Boolean).length))
        // Neighbours are one range.
        expect(a[family]).toHaveLength(left.filter((bit, at) => bit && !left[at - 1]).length)
      }),
      { seed: 5 },
    )
  })

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (v4, v6) => {
        expect(parseAddress(formatAddress('v4', v4))).toEqual({ family: 'v4', value: v4 })
        expect(parseAddress(formatAddress('v6', v6))).toEqual({ family: 'v6', value: v6 })
      }),
      { seed: 6 },
    )
  })
})

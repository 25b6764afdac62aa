import { describe, expect, it } from 'vitest'
import {
  addressCount,
  ALL_ADDRESSES,
  complement,
  formatAddress,
  includesAddress,
  intersection,
  isEmpty,
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

  it.each(['192.0.2.0/33', '192.0.2', '256.0.0.1', 'example.com', '2001:db8::/129', '2001:db8:::', '1::2::3', ''])(
    'refuses %s',
    (text) => {
      expect(parseCidr(text)).toBeNull()
    },
  )

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

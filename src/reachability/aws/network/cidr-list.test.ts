import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complement, parseCidr, union } from '../../engine/addresses.ts'
import { cidrList, cidrsOf } from './cidr-list.ts'

const anyCidr = fc.oneof(
  fc.tuple(fc.nat(255), fc.nat(255), fc.integer({ min: 0, max: 32 })).map(([a, b, prefix]) => `${a}.${b}.0.0/${prefix}`),
  fc
    .tuple(fc.nat(65_535), fc.integer({ min: 0, max: 128 }))
    .map(([group, prefix]) => `2001:db8:${group.toString(16)}::/${prefix}`),
)

describe('the ranges of a set', () => {
  it('are together the set again', () => {
    fc.assert(
      fc.property(fc.array(anyCidr, { maxLength: 6 }), fc.boolean(), (cidrs, others) => {
        const set = union(...cidrs.map((cidr) => parseCidr(cidr)!), parseCidr('192.0.2.0/24')!)
        const asked = others ? complement(set) : set
        expect(union(...cidrsOf(asked).map((cidr) => parseCidr(cidr)!), { v4: [], v6: [] })).toEqual(asked)
      }),
    )
  })

  it.each([
    { ranges: ['192.0.2.0/25', '192.0.2.128/25'], list: '192.0.2.0/24' },
    { ranges: ['198.51.100.7/32', '192.0.2.0/24'], list: '192.0.2.0/24, 198.51.100.7/32' },
    { ranges: ['2001:db8::/32'], list: '2001:db8::/32' },
    { ranges: ['2001:db8:0:1::/64', '192.0.2.1'], list: '192.0.2.1/32, 2001:db8:0:1::/64' },
    { ranges: ['::1'], list: '::1/128' },
    { ranges: ['::/0'], list: '::/0' },
    { ranges: ['192.0.2.1', '192.0.2.3', '192.0.2.5'], list: '192.0.2.1/32, 192.0.2.3/32 and 1 more', most: 2 },
  ])('read $list', ({ ranges, list, most }) => {
    expect(cidrList(union(...ranges.map((range) => parseCidr(range)!)), most)).toBe(list)
  })
})

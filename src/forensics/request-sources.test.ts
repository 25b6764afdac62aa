import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressRanges } from './address-ranges.ts'
import { parseAddress, parseCidr } from './ip-address.ts'
import { type RequestSource, sourceClassifier } from './request-sources.ts'

const OWNER = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'

const standingOf = sourceClassifier({
  zone: {
    organizations: ['o-example'],
    accounts: ['111122223333'],
    cidrs: ['203.0.113.0/24', '2001:db8:1::/48', '10.1.0.0/16'],
    vpcs: [],
    vpcEndpoints: ['vpce-0abc'],
    principals: ['arn:aws:iam::444455556666:role/partner'],
  },
  knownNetworks: [
    { cidr: '198.51.100.0/24', name: 'example scanner', standing: 'known-scanner' },
    { cidr: '198.51.100.64/26', name: 'example monitor', standing: 'known-good' },
    { cidr: '192.0.2.128/25', name: 'lapsed', standing: 'known-good', expires: '2020-01-01T00:00:00Z' },
  ],
  asOf: '2023-05-31T00:00:00Z',
})

describe('whose a request was', () => {
  it.each<{ source: Partial<RequestSource>; standing: string; network?: string }>([
    { source: { ip: '203.0.113.9' }, standing: 'inside' },
    { source: { ip: '2001:db8:1:ffff::1' }, standing: 'inside' },
    { source: { ip: '::ffff:203.0.113.9' }, standing: 'inside' },
    { source: { ip: '10.1.2.3' }, standing: 'inside' },
    { source: { ip: '10.2.2.3' }, standing: 'unknown' },
    { source: { ip: '192.0.2.1' }, standing: 'outside' },
    { source: { ip: '2001:db8:2::1' }, standing: 'outside' },
    { source: { ip: '192.0.2.1', requester: 'arn:aws:iam::111122223333:user/x' }, standing: 'inside' },
    { source: { ip: '192.0.2.1', requester: 'arn:aws:sts::111122223333:assumed-role/r/s' }, standing: 'inside' },
    { source: { ip: '192.0.2.1', requester: 'arn:aws:iam::444455556666:role/partner' }, standing: 'inside' },
    { source: { ip: '192.0.2.1', requester: 'arn:aws:iam::444455556666:role/other' }, standing: 'outside' },
    { source: { ip: null, requester: 'arn:aws:iam::444455556666:role/other' }, standing: 'outside' },
    { source: { ip: null, requester: OWNER, bucketOwner: OWNER }, standing: 'inside' },
    { source: { ip: null, requester: OWNER.replace('7', '8'), bucketOwner: OWNER }, standing: 'outside' },
    { source: { ip: null, requester: null }, standing: 'unknown' },
    { source: { ip: 'not an address', requester: null }, standing: 'unknown' },
    { source: { ip: '192.0.2.1', vpcEndpoint: 'vpce-0abc' }, standing: 'inside' },
    {
      source: { ip: null, requester: 'svc:logging.s3.amazonaws.com' },
      standing: 'knownGood',
      network: 'logging.s3.amazonaws.com',
    },
    { source: { ip: null, requester: 'svc:cloudfront.amazonaws.com' }, standing: 'unknown', network: 'cloudfront.amazonaws.com' },
    { source: { ip: '198.51.100.7' }, standing: 'knownScanner', network: 'example scanner' },
    { source: { ip: '198.51.100.70' }, standing: 'knownGood', network: 'example monitor' },
    { source: { ip: '192.0.2.200' }, standing: 'outside' },
  ])('$source.ip $source.requester is $standing', ({ source, standing, network = null }) => {
    expect(standingOf({ ip: null, requester: null, ...source })).toEqual({ standing, network })
  })
})

describe('addresses', () => {
  it.each([
    ['192.0.2.1', 0xffffc0000201n],
    ['192.0.2.1:443', 0xffffc0000201n],
    ['::', 0n],
    ['::1', 1n],
    ['[2001:db8::1]:443', 0x20010db8000000000000000000000001n],
    ['2001:db8::192.0.2.1', 0x20010db80000000000000000c0000201n],
    ['fe80::1%eth0', 0xfe800000000000000000000000000001n],
    ['1:2:3:4:5:6:7:8', 0x10002000300040005000600070008n],
    ['256.0.0.1', null],
    ['1.2.3', null],
    ['1::2::3', null],
    ['1:2:3:4:5:6:7:8:9', null],
    ['12345::', null],
    ['', null],
    ['-', null],
  ])('%s', (text, value) => {
    expect(parseAddress(text)).toBe(value)
  })

  it.each(['192.0.2.0/33', '2001:db8::/129', 'example.com/24', '192.0.2.0/', '/24'])('%s is no block', (text) => {
    expect(parseCidr(text)).toBeNull()
  })

  it('finds the narrowest block around an address, as trying them all does', () => {
    const block = fc
      .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 20, max: 32 }))
      .map(([low, prefix]) => `192.0.2.${low}/${prefix}`)
    fc.assert(
      fc.property(fc.uniqueArray(block, { maxLength: 12 }), fc.integer({ min: 0, max: 255 }), (cidrs, low) => {
        const address = parseAddress(`192.0.2.${low}`)!
        const around = cidrs
          .map((cidr) => ({ cidr, range: parseCidr(cidr)! }))
          .filter(({ range }) => range.first <= address && address <= range.last)
        const narrowest = Math.max(...around.map(({ cidr }) => Number(cidr.split('/')[1])))
        const found = addressRanges(cidrs.map((cidr) => ({ cidr, value: Number(cidr.split('/')[1]) }))).find(address)
        expect(found).toBe(around.length === 0 ? null : narrowest)
      }),
    )
  })
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { answerReachQuestion, parseReachQuestion } from '../../index.ts'

type Range = readonly [first: number, last: number]

// Points around the zone, a private range, the size of a /8 and the ends.
const POINTS = ['0.0.0.0', '1.0.0.0', '9.255.255.255', '10.0.0.0', '10.255.255.255', '11.0.0.0', '11.255.255.255', '12.0.0.0']
  .concat(['12.0.0.1', '198.51.100.0', '198.51.100.7', '203.0.112.255', '203.0.113.0', '203.0.113.255', '203.0.114.0'])
  .concat(['223.255.255.255', '255.255.255.255'])

// What no stranger sends from: the zone, and what is not on the internet.
const NOT_OUTSIDE: readonly Range[] = [
  ['203.0.113.0', '203.0.113.255'],
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['224.0.0.0', '255.255.255.255'],
].map(([first, last]) => [numberOf(first!), numberOf(last!)])

/** Counts the outside addresses between all turning points, one stretch after the other. */
function expectedAudience(rules: readonly Range[], network: string): string {
  if (network === 'Disabled') return 'none'
  if (rules.some(([first, last]) => first === 0 && last === 0)) return 'anyone'
  const turns = [...rules, ...NOT_OUTSIDE].flatMap(([first, last]) => [first, last + 1])
  const sorted = [...new Set(turns)].sort((left, right) => left - right)
  const within = (ranges: readonly Range[], at: number) => ranges.some(([first, last]) => first <= at && at <= last)
  let count = 0
  for (const [index, at] of sorted.slice(0, -1).entries()) {
    if (within(rules, at) && !within(NOT_OUTSIDE, at)) count += sorted[index + 1]! - at
  }
  return count > 2 ** 24 ? 'anyone' : count > 0 ? 'named' : 'none'
}

function numberOf(address: string): number {
  return address.split('.').reduce((value, byte) => value * 256 + Number(byte), 0)
}

const rule = fc
  .tuple(fc.constantFrom(...POINTS), fc.constantFrom(...POINTS))
  .map(([one, other]) => (numberOf(one) <= numberOf(other) ? ([one, other] as const) : ([other, one] as const)))

it.each([
  { type: 'Microsoft.Sql/servers', place: (publicNetworkAccess: string) => ({ publicNetworkAccess }) },
  {
    type: 'Microsoft.DBforMySQL/flexibleServers',
    place: (publicNetworkAccess: string) => ({ network: { publicNetworkAccess } }),
  },
])('firewall rules of $type let in whom counting finds', ({ type, place }) => {
  fc.assert(
    fc.property(
      fc.array(rule, { maxLength: 4 }),
      fc.constantFrom('Enabled', 'Enabled', 'Enabled', 'Disabled'),
      (rules, access) => {
        const { verdicts } = answerReachQuestion(
          parseReachQuestion({
            asOf: '2023-05-31T00:00:00Z',
            zone: { cidrs: ['203.0.113.0/24'] },
            resource: {
              type,
              id: `/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/r/providers/${type}/s`,
              account: '',
              properties: place(access),
              firewallRules: rules.map(([startIpAddress, endIpAddress]) => ({ startIpAddress, endIpAddress })),
              virtualNetworkRules: [],
            },
          }),
        )
        const numbers = rules.map(([first, last]) => [numberOf(first), numberOf(last)] as const)
        expect(verdicts.read.audience).toBe(expectedAudience(numbers, access))
        const from = verdicts.read.witness?.context.sourceIp
        if (typeof from === 'string') {
          const at = numberOf(from)
          expect(numbers.some(([first, last]) => first <= at && at <= last)).toBe(true)
          expect(NOT_OUTSIDE.some(([first, last]) => first <= at && at <= last)).toBe(false)
        }
      },
    ),
    { numRuns: process.env.AJAR_NIGHTLY ? 10_000 : 500, seed: 11 },
  )
})

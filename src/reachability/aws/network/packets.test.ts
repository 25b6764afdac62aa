import { BlockList, isIPv6 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, ResourceConfiguration, Verdict } from '../../../model/index.ts'
import { includesAddress } from '../../engine/addresses.ts'
import { type NetworkDoor, reachOfDoor } from './door.ts'
import { decideDatabaseInstance } from './rds.ts'
import { surroundingsOf } from './surroundings.ts'

/**
 * One packet at a time: in through the route's gateway, the subnet's access list and the groups, and its answer out through
 * the access list and the route. Membership is Node's own `BlockList`; no code is shared with the decision.
 */
interface Network {
  readonly v4: boolean
  readonly v6: boolean
  readonly groups: readonly Rule[]
  readonly list: readonly { readonly cidr: string; readonly port: number }[]
  readonly subnets: readonly Subnet[]
}

interface Rule {
  readonly protocol: string
  readonly from: number
  readonly to: number
  readonly cidrs: readonly string[]
  readonly usesList: boolean
}

interface Subnet {
  readonly routes: readonly { readonly cidr: string; readonly target: string; readonly gone: boolean }[]
  readonly acl: readonly Entry[]
}

interface Entry {
  readonly number: number
  readonly egress: boolean
  readonly allows: boolean
  readonly protocol: string
  readonly cidr: string
  readonly from: number
  readonly to: number
}

const PORTS = [3306, 5432]
const PORT_BOUNDS = [0, 1023, 1024, 3306, 32_768, 61_000, 65_535]
const SENDER_PORTS = [...new Set(PORT_BOUNDS.flatMap((at) => [at - 1, at, at + 1]))].filter((at) => at >= 1 && at <= 65_535)
const V4_POOL = [
  '0.0.0.0/0',
  '0.0.0.0/1',
  '128.0.0.0/2',
  '11.0.0.0/8',
  '12.0.0.0/7',
  '198.51.100.0/24',
  '198.51.100.7/32',
  '10.0.0.0/8',
  '203.0.113.0/24',
]
const V6_POOL = ['::/0', '2000::/3', '2001:db8::/32', '2001:db8:1::/48', '2600::/12', 'fc00::/7']
const ZONE_CIDRS = ['203.0.113.0/25', '2001:db8:1::/48']
const INTERNAL = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
]

const LISTS = new Map<string, BlockList>()

function within(cidr: string, address: string): boolean {
  const [base, prefix] = cidr.split('/')
  if (isIPv6(base!) !== isIPv6(address)) return false
  const family = isIPv6(address) ? 'ipv6' : 'ipv4'
  const list = LISTS.get(cidr) ?? new BlockList()
  if (!LISTS.has(cidr)) list.addSubnet(base!, Number(prefix), family)
  LISTS.set(cidr, list)
  return list.check(address, family)
}

function isOutside(address: string): boolean {
  if (ZONE_CIDRS.some((cidr) => within(cidr, address))) return false
  return isIPv6(address) ? within('2000::/3', address) : !INTERNAL.some((cidr) => within(cidr, address))
}

function passesList(entries: readonly Entry[], egress: boolean, address: string, port: number): boolean {
  for (const entry of [...entries].sort((a, b) => a.number - b.number)) {
    if (entry.egress !== egress || entry.protocol === '17' || !within(entry.cidr, address)) continue
    if (entry.protocol === '-1' || (entry.from <= port && port <= entry.to)) return entry.allows
  }
  return false
}

function passesGroups({ groups, list }: Network, address: string, port: number): boolean {
  return groups.some((rule) => {
    if (rule.protocol === 'udp') return false
    if (rule.protocol === 'tcp' && (port < rule.from || port > rule.to)) return false
    return [...rule.cidrs, ...(rule.usesList ? list.map(({ cidr }) => cidr) : [])].some((cidr) => within(cidr, address))
  })
}

function answerLeaves({ routes }: Subnet, address: string): boolean {
  let best = -1
  let leaves = false
  for (const { cidr, target, gone } of routes) {
    const prefix = Number(cidr.split('/')[1])
    if (!within(cidr, address) || prefix <= best) continue
    best = prefix
    leaves = target.startsWith('igw-') && !gone
  }
  return leaves
}

function connects(network: Network, subnet: Subnet, address: string, port: number): boolean {
  if (!isOutside(address) || !(isIPv6(address) ? network.v6 : network.v4)) return false
  if (!passesGroups(network, address, port) || !passesList(subnet.acl, false, address, port)) return false
  if (!answerLeaves(subnet, address)) return false
  return SENDER_PORTS.some((senderPort) => passesList(subnet.acl, true, address, senderPort))
}

/** The starts of the stretches over which every range says the same, with their lengths. */
function stretches(family: 4 | 6): readonly { readonly address: string; readonly size: bigint }[] {
  const pool = family === 4 ? [...V4_POOL, ...INTERNAL, ...ZONE_CIDRS] : [...V6_POOL, ...ZONE_CIDRS]
  const width = family === 4 ? 32 : 128
  const bounds = new Set<bigint>([0n])
  for (const cidr of pool.filter((range) => range.includes(':') === (family === 6))) {
    const [base, prefix] = cidr.split('/')
    const first = numberOf(base!)
    bounds.add(first).add(first + (1n << BigInt(width - Number(prefix))))
  }
  const end = 1n << BigInt(width)
  const starts = [...bounds].filter((at) => at < end).sort((a, b) => (a < b ? -1 : 1))
  return starts.map((at, index) => ({ address: textOf(at, family), size: (starts[index + 1] ?? end) - at }))
}

function numberOf(address: string): bigint {
  if (!address.includes(':')) return address.split('.').reduce((value, byte) => value * 256n + BigInt(byte), 0n)
  const [head, tail] = address.split('::') as [string, string | undefined]
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = [...front, ...Array<string>(8 - front.length - back.length).fill('0'), ...back]
  return groups.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n)
}

function textOf(value: bigint, family: 4 | 6): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((bits) => String((value >> bits) % 256n)).join('.')
  return Array.from({ length: 8 }, (_, at) => ((value >> BigInt(112 - 16 * at)) % 65_536n).toString(16)).join(':')
}

const STRETCHES = { 4: stretches(4), 6: stretches(6) }

function audienceByBruteForce(holds: (address: string) => boolean): string {
  const counted = (family: 4 | 6) => STRETCHES[family].reduce((sum, { address, size }) => (holds(address) ? sum + size : sum), 0n)
  const [four, six] = [counted(4), counted(6)]
  return four > 1n << 24n || six > 1n << 96n ? 'anyone' : four + six > 0n ? 'named' : 'none'
}

const anyCidr = fc.constantFrom(...V4_POOL, ...V6_POOL)
const anyPort = fc.constantFrom(...PORT_BOUNDS, ...PORTS)
const range = fc.tuple(anyPort, anyPort).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))
const rule = fc
  .record({
    protocol: fc.constantFrom('tcp', 'tcp', '-1', 'udp'),
    cidrs: fc.array(anyCidr, { maxLength: 3 }),
    usesList: fc.boolean(),
    ports: range,
  })
  .map(({ ports, ...rest }): Rule => ({ ...rest, ...ports }))
const entry = fc
  .record({
    egress: fc.boolean(),
    allows: fc.boolean(),
    protocol: fc.constantFrom('-1', '6', '6', '17'),
    cidr: anyCidr,
    ports: range,
  })
  .map(({ ports, ...rest }) => ({ ...rest, ...ports }))
const openTail: readonly Omit<Entry, 'number'>[] = [false, true].flatMap((egress) =>
  ['0.0.0.0/0', '::/0'].map((cidr) => ({ egress, allows: true, protocol: '-1', cidr, from: 0, to: 65_535 })),
)
const acl = fc
  .tuple(fc.array(entry, { maxLength: 5 }), fc.boolean())
  .map(([entries, open]) =>
    [...entries, ...(open ? openTail : [])].map((each, index): Entry => ({ ...each, number: (index + 1) * 10 })),
  )
const route = fc.record({
  cidr: anyCidr,
  target: fc.constantFrom('igw-1', 'igw-1', 'igw-1', 'nat-1', 'eigw-1', 'local'),
  gone: fc.nat(4).map((at) => at === 0),
})
const subnet: fc.Arbitrary<Subnet> = fc.record({
  routes: fc.uniqueArray(route, { selector: ({ cidr }) => cidr, maxLength: 5 }),
  acl,
})
const network: fc.Arbitrary<Network> = fc.record({
  v4: fc.boolean(),
  v6: fc.boolean(),
  groups: fc.array(rule, { minLength: 1, maxLength: 3 }),
  list: fc.array(fc.record({ cidr: anyCidr, port: anyPort }), { maxLength: 2 }),
  subnets: fc.array(subnet, { minLength: 1, maxLength: 2 }),
})

const OWNER = '111111111111'
const ZONE = { organizations: [], accounts: [OWNER], cidrs: ZONE_CIDRS, vpcs: [], vpcEndpoints: [], principals: [] }

function resource(type: string, name: string, facets: Record<string, Json>): ResourceConfiguration {
  const readings = Object.entries(facets).map(([facet, value]) => [facet, { status: 'read' as const, value }])
  return {
    resource: { id: `arn:aws:x:ap-northeast-1:${OWNER}:x/${name}`, type, account: OWNER, region: 'ap-northeast-1', name },
    facets: Object.fromEntries(readings),
  }
}

function destination(cidr: string, name: string): Record<string, string> {
  return cidr.includes(':') ? { [name.replace('Cidr', 'Ipv6Cidr')]: cidr } : { [name]: cidr }
}

function relatedOf({ groups, list, subnets }: Network): readonly ResourceConfiguration[] {
  const target = { igw: 'GatewayId', nat: 'NatGatewayId', eigw: 'EgressOnlyInternetGatewayId', local: 'GatewayId' }
  const ingress = groups.map((each) => ({
    IpProtocol: each.protocol,
    ...(each.protocol === '-1' ? {} : { FromPort: each.from, ToPort: each.to }),
    IpRanges: each.cidrs.filter((cidr) => !cidr.includes(':')).map((CidrIp) => ({ CidrIp })),
    Ipv6Ranges: each.cidrs.filter((cidr) => cidr.includes(':')).map((CidrIpv6) => ({ CidrIpv6 })),
    PrefixListIds: each.usesList ? [{ PrefixListId: 'pl-1' }] : [],
    UserIdGroupPairs: [{ GroupId: 'sg-1', UserId: OWNER }],
  }))
  return [
    resource('AWS::EC2::SecurityGroup', 'sg-1', { ingress }),
    resource('AWS::EC2::PrefixList', 'pl-1', { entries: list.map(({ cidr }) => ({ Cidr: cidr })) }),
    ...subnets.flatMap((each, index) => [
      resource('AWS::EC2::RouteTable', `rtb-${index}`, {
        vpc: 'vpc-1',
        associations: [{ SubnetId: `subnet-${index}`, Main: false }],
        routes: each.routes.map(({ cidr, target: to, gone }) => ({
          ...destination(cidr, 'DestinationCidrBlock'),
          [target[to.split('-')[0] as keyof typeof target]]: to,
          State: gone ? 'blackhole' : 'active',
        })),
      }),
      resource('AWS::EC2::NetworkAcl', `acl-${index}`, {
        associations: [{ SubnetId: `subnet-${index}` }],
        entries: each.acl.map((one) => ({
          RuleNumber: one.number,
          Egress: one.egress,
          RuleAction: one.allows ? 'allow' : 'deny',
          Protocol: one.protocol,
          ...destination(one.cidr, 'CidrBlock'),
          ...(one.protocol === '-1' ? {} : { PortRange: { From: one.from, To: one.to } }),
        })),
      }),
    ]),
  ]
}

function doorOf({ v4, v6, subnets }: Network): NetworkDoor {
  return {
    name: 'the database',
    addresses: { v4: { known: v4 }, v6: { known: v6 }, because: '' },
    ports: { known: PORTS.map((port) => ({ port, use: null, listens: true })) },
    vpc: 'vpc-1',
    subnets: { known: subnets.map((_, index) => `subnet-${index}`) },
    securityGroups: { known: ['sg-1'] },
  }
}

function verdictOf(given: Network): Verdict {
  const database = resource('AWS::RDS::DBInstance', 'db', {
    PubliclyAccessible: given.v4 || given.v6,
    NetworkType: given.v4 ? (given.v6 ? 'DUAL' : 'IPV4') : 'IPV6',
    Endpoint: { Address: 'db.example', Port: PORTS[0]! },
    DBSubnetGroup: { VpcId: 'vpc-1', Subnets: given.subnets.map((_, index) => ({ SubnetIdentifier: `subnet-${index}` })) },
    VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1', Status: 'active' }],
  })
  return decideDatabaseInstance(database, { zone: ZONE, asOf: '2023-05-31T00:00:00Z', related: relatedOf(given) }).read
}

it('meets every kind of verdict', () => {
  const met = new Set(fc.sample(network, { numRuns: 400, seed: 4 }).map((given) => verdictOf(given).audience))
  expect([...met].sort()).toEqual(['anyone', 'named', 'none', 'undecided'])
})

const RUNS = { numRuns: 300 }

describe('the addresses that reach a port', () => {
  it('are those whose packets and answers pass, in every subnet for certain and in some subnet at most', () => {
    fc.assert(
      fc.property(network, (given) => {
        const surroundings = surroundingsOf(resource('AWS::RDS::DBInstance', 'db', {}).resource, ZONE, relatedOf(given))
        const { ports } = reachOfDoor(doorOf(given), surroundings)
        for (const { port, sources } of ports) {
          for (const { address } of [...STRETCHES[4], ...STRETCHES[6]]) {
            const passes = given.subnets.map((each) => connects(given, each, address, port!))
            const expected = { address, least: passes.every(Boolean), most: passes.some(Boolean) }
            expect({
              address,
              least: includesAddress(sources.least, address),
              most: includesAddress(sources.most, address),
            }).toEqual(expected)
          }
        }
      }),
      RUNS,
    )
  })

  it('decide the verdict, and its witness connects', () => {
    fc.assert(
      fc.property(network, (given) => {
        const verdict = verdictOf(given)
        const port = PORTS[0]!
        const certain = audienceByBruteForce((address) => given.subnets.every((each) => connects(given, each, address, port)))
        const possible = audienceByBruteForce((address) => given.subnets.some((each) => connects(given, each, address, port)))
        expect(verdict.audience).toBe(certain === possible ? certain : 'undecided')
        expect(verdict.witness !== null).toBe(certain === possible && certain !== 'none')
        if (!verdict.witness) return
        const source = String(verdict.witness.context['aws:SourceIp'])
        expect(verdict.witness.context['tcp:DestinationPort']).toBe(String(port))
        expect(given.subnets.every((each) => connects(given, each, source, port))).toBe(true)
      }),
      RUNS,
    )
  })

  it('only ever shrink by a further deny at the head of an access list', () => {
    fc.assert(
      fc.property(network, entry, (given, first) => {
        const denied = {
          ...given,
          subnets: given.subnets.map((each) => ({ ...each, acl: [{ ...first, allows: false, number: 1 }, ...each.acl] })),
        }
        const order = ['none', 'named', 'anyone']
        const [before, after] = [verdictOf(given).audience, verdictOf(denied).audience]
        if (before !== 'undecided' && after !== 'undecided')
          expect(order.indexOf(after)).toBeLessThanOrEqual(order.indexOf(before))
      }),
      RUNS,
    )
  })
})

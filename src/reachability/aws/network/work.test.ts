import { describe, expect, it } from 'vitest'
import type { Json, ResourceConfiguration } from '../../../model/index.ts'
import type { NetworkDoor } from './door.ts'
import { surroundingsOf } from './surroundings.ts'
import { verdictsOfDoors } from './verdict.ts'

const OWNER = '111111111111'
const ZONE = { organizations: [], accounts: [OWNER], cidrs: [], vpcs: [], vpcEndpoints: [], principals: [] }
const RAN_OUT = 'the work budget for this decision ran out'
// What one step may cost beyond the end: a few passes over all ranges that the largest lists have.
const MOST_OVERDRAWN = 100_000

interface Size {
  readonly name: string
  readonly rules: number
  readonly rangesPerRule: number
  readonly routes: number
  readonly entries: number
  readonly subnets: number
  readonly ports: number
}

function neighbour(type: string, name: string, facets: Readonly<Record<string, Json>>): ResourceConfiguration {
  const resource = { id: `arn:aws:ec2:ap-northeast-1:${OWNER}:x/${name}`, type, account: OWNER, region: 'ap-northeast-1', name }
  const read = Object.entries(facets).map(([facet, value]) => [facet, { status: 'read' as const, value }])
  return { resource, facets: Object.fromEntries(read) }
}

/** Ranges all over the internet, no two alike, few of them neighbours. */
function range(at: number): string {
  return `${1 + ((at * 37) % 200)}.${(at * 13) % 256}.${(at * 7) % 256}.0/${24 - (at % 7)}`
}

function times<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at))
}

function surroundings({ rules, rangesPerRule, routes, entries, subnets }: Size) {
  const names = times(subnets, (at) => `subnet-${at}`)
  const open = { RuleNumber: 30_000, Protocol: '-1', RuleAction: 'allow', CidrBlock: '0.0.0.0/0' }
  const related = [
    ...names.map((name) => neighbour('AWS::EC2::Subnet', name, { VpcId: 'vpc-1', Ipv6CidrBlockAssociationSet: [] })),
    neighbour('AWS::EC2::SecurityGroup', 'sg-1', {
      ingress: times(rules, (rule) => ({
        IpProtocol: 'tcp',
        FromPort: 1,
        ToPort: 65_535,
        IpRanges: times(rangesPerRule, (at) => ({ CidrIp: range(rule * rangesPerRule + at) })),
      })),
    }),
    neighbour('AWS::EC2::RouteTable', 'rtb-1', {
      vpc: 'vpc-1',
      associations: names.map((SubnetId) => ({ SubnetId })),
      routes: [
        { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' },
        ...times(routes - 1, (at) => ({ DestinationCidrBlock: range(3 * at + 4), VpcPeeringConnectionId: 'pcx-1' })),
      ],
    }),
    neighbour('AWS::EC2::NetworkAcl', 'acl-1', {
      associations: names.map((SubnetId) => ({ SubnetId })),
      entries: [
        ...times(entries, (at) => ({
          RuleNumber: at + 1,
          Protocol: '6',
          RuleAction: 'deny',
          Egress: at % 2 === 0,
          CidrBlock: range(5 * at + 2),
          PortRange: { From: 1_000 + at, To: 2_000 + 3 * at },
        })),
        { ...open, Egress: false },
        { ...open, Egress: true },
      ],
    }),
  ]
  return surroundingsOf(neighbour('AWS::RDS::DBInstance', 'db', {}).resource, ZONE, related)
}

function door({ subnets, ports }: Size): NetworkDoor {
  return {
    name: 'the database',
    addresses: { v4: { known: true }, v6: { known: false }, because: 'the database has an address' },
    ports: { known: times(ports, (at) => ({ port: 5_432 + at, use: null, listens: true })) },
    vpc: 'vpc-1',
    subnets: { known: times(subnets, (at) => `subnet-${at}`) },
    securityGroups: { known: ['sg-1'] },
  }
}

function decided(size: Size) {
  const around = surroundings(size)
  const behind = { guard: '', noDoor: '', unread: [] }
  const { read } = verdictsOfDoors([door(size)], behind, around, '2023-05-31T00:00:00Z')
  return { verdict: read, left: around.work.left }
}

describe('the work of one decision', () => {
  it.each<Size>([
    { name: 'a usual network', rules: 10, rangesPerRule: 3, routes: 10, entries: 10, subnets: 3, ports: 1 },
    { name: 'a network at its quotas', rules: 60, rangesPerRule: 1, routes: 50, entries: 40, subnets: 6, ports: 3 },
    { name: 'a network with raised quotas', rules: 1_000, rangesPerRule: 1, routes: 1_000, entries: 40, subnets: 2, ports: 1 },
  ])('is enough for $name', (size) => {
    const { verdict, left } = decided(size)
    expect(verdict.because).not.toContain(RAN_OUT)
    expect(verdict.audience).not.toBe('undecided')
    expect(left).toBeGreaterThan(0)
  })

  it.each<Size>([
    { name: 'ranges', rules: 2_000, rangesPerRule: 100, routes: 10, entries: 10, subnets: 2, ports: 1 },
    {
      name: 'rules and routes in many subnets',
      rules: 2_000,
      rangesPerRule: 1,
      routes: 2_000,
      entries: 40,
      subnets: 200,
      ports: 1,
    },
    { name: 'entries of an access list', rules: 10, rangesPerRule: 1, routes: 10, entries: 198, subnets: 3, ports: 3 },
    { name: 'ports', rules: 1_000, rangesPerRule: 1, routes: 10, entries: 40, subnets: 2, ports: 200 },
  ])('ends where there are too many $name', (size) => {
    const { verdict, left } = decided(size)
    expect(verdict).toMatchObject({ audience: 'undecided', because: [RAN_OUT] })
    expect(left).toBeGreaterThan(-MOST_OVERDRAWN)
  })
})

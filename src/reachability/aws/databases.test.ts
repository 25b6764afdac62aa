import { describe, expect, it } from 'vitest'
import type { Facet, Json, Reading, ResourceConfiguration } from '../../model/index.ts'
import { decide } from '../index.ts'

const OWNER = '111111111111'
const ZONE = {
  organizations: [],
  accounts: [OWNER, '333333333333'],
  cidrs: ['203.0.113.0/24'],
  vpcs: [],
  vpcEndpoints: [],
  principals: [],
}

function configuration(type: string, name: string, facets: Record<Facet, Json | Reading<Json>>): ResourceConfiguration {
  const word = { 'AWS::RDS::DBInstance': 'rds', 'AWS::RDS::DBSnapshot': 'rds' }[type] ?? 'ec2'
  const readings = Object.entries(facets).map(([facet, value]) => [
    facet,
    typeof value === 'object' && value !== null && 'status' in value ? value : { status: 'read', value },
  ])
  const id = `arn:aws:${word}:ap-northeast-1:${OWNER}:thing/${name}`
  return { resource: { id, type, account: OWNER, region: 'ap-northeast-1', name }, facets: Object.fromEntries(readings) }
}

function read(subject: ResourceConfiguration, related: readonly ResourceConfiguration[] = []) {
  return decide(subject, { zone: ZONE, asOf: '2023-05-31T00:00:00Z', related }).read
}

describe('snapshots', () => {
  it.each([
    { name: 'shared with all', restore: ['all'], audience: 'any-identity' },
    { name: 'shared with nobody', restore: [], audience: 'none' },
    { name: 'shared inside', restore: ['333333333333'], audience: 'none' },
    { name: 'shared with a partner', restore: ['222222222222', '333333333333'], audience: 'named' },
    { name: 'shared and encrypted', restore: ['222222222222'], encrypted: true, audience: 'undecided' },
  ])('$name: $audience', ({ restore, encrypted, audience }) => {
    const snapshot = configuration('AWS::RDS::DBSnapshot', 's', {
      snapshotAttributes: { restore },
      ...(encrypted ? { snapshotSource: { encrypted } } : {}),
    })
    expect(read(snapshot).audience).toBe(audience)
  })

  it('are undecided where the attribute was not read', () => {
    expect(read(configuration('AWS::RDS::DBSnapshot', 's', {})).audience).toBe('undecided')
    const denied = configuration('AWS::RDS::DBSnapshot', 's', {
      snapshotAttributes: { status: 'not-read', reason: 'Access denied.' },
    })
    expect(read(denied).audience).toBe('undecided')
  })

  it('give a witness that restores', () => {
    const { witness } = read(configuration('AWS::RDS::DBSnapshot', 's', { snapshotAttributes: { restore: ['all'] } }))
    expect(witness).toMatchObject({
      action: 'rds:RestoreDBInstanceFromDBSnapshot',
      principal: { kind: 'aws', account: '999999999999' },
    })
  })
})

const INSTANCE: Record<Facet, Json> = {
  publiclyAccessible: true,
  network: { vpc: 'vpc-1', subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1'] },
  endpoint: { port: 3306 },
}
const ALLOW_ALL = [false, true].map((Egress) => ({
  RuleNumber: 100,
  Protocol: '-1',
  RuleAction: 'allow',
  Egress,
  CidrBlock: '0.0.0.0/0',
}))
const DENY_ALL = [false, true].map((Egress) => ({
  RuleNumber: 32767,
  Protocol: '-1',
  RuleAction: 'deny',
  Egress,
  CidrBlock: '0.0.0.0/0',
}))
const TO_INTERNET = [
  { DestinationCidrBlock: '10.20.0.0/16', GatewayId: 'local', State: 'active' },
  { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' },
]

interface Surroundings {
  readonly ranges?: readonly string[]
  readonly rule?: Record<string, Json>
  readonly routes?: Json
  readonly entries?: Json
}

function surroundings({
  ranges = ['0.0.0.0/0'],
  rule = {},
  routes = TO_INTERNET,
  entries = [...ALLOW_ALL, ...DENY_ALL],
}: Surroundings = {}) {
  const ingress = [{ IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, IpRanges: ranges.map((CidrIp) => ({ CidrIp })), ...rule }]
  const subnets = ['subnet-1', 'subnet-2'].map((SubnetId) => ({ SubnetId }))
  return [
    configuration('AWS::EC2::SecurityGroup', 'sg-1', { ingress }),
    configuration('AWS::EC2::RouteTable', 'rtb-1', { vpc: 'vpc-1', routes, associations: [{ Main: true }] }),
    configuration('AWS::EC2::NetworkAcl', 'acl-1', { vpc: 'vpc-1', entries, associations: subnets }),
  ]
}

describe('instances', () => {
  it.each<{ name: string; audience: string; given?: Surroundings }>([
    { name: 'open to the internet', audience: 'anyone' },
    { name: 'open to a /8', given: { ranges: ['11.0.0.0/8'] }, audience: 'named' },
    { name: 'open to more than a /8', given: { ranges: ['11.0.0.0/8', '12.0.0.0/16'] }, audience: 'anyone' },
    { name: 'open to the company', given: { ranges: ['203.0.113.0/24'] }, audience: 'none' },
    { name: 'open to private addresses', given: { ranges: ['10.0.0.0/8'] }, audience: 'none' },
    { name: 'another port', given: { rule: { FromPort: 5432, ToPort: 5432 } }, audience: 'none' },
    { name: 'another protocol', given: { rule: { IpProtocol: 'udp' } }, audience: 'none' },
    { name: 'all protocols', given: { rule: { IpProtocol: '-1' } }, audience: 'anyone' },
    {
      name: 'a list of addresses that was not read',
      given: { ranges: [], rule: { PrefixListIds: [{ PrefixListId: 'pl-1' }] } },
      audience: 'undecided',
    },
    { name: 'other groups only', given: { ranges: [], rule: { UserIdGroupPairs: [{ GroupId: 'sg-2' }] } }, audience: 'none' },
    { name: 'no route to the internet', given: { routes: [TO_INTERNET[0]!] }, audience: 'none' },
    { name: 'a gateway that is gone', given: { routes: [{ ...TO_INTERNET[1]!, State: 'blackhole' }] }, audience: 'none' },
    {
      name: 'a gateway for one range only',
      given: { routes: [{ ...TO_INTERNET[1]!, DestinationCidrBlock: '198.51.100.0/24' }] },
      audience: 'named',
    },
    { name: 'an access list that denies', given: { entries: DENY_ALL }, audience: 'none' },
    {
      name: 'an access list that denies first',
      given: {
        entries: [
          {
            RuleNumber: 1,
            Protocol: '6',
            RuleAction: 'deny',
            Egress: false,
            CidrBlock: '0.0.0.0/0',
            PortRange: { From: 3306, To: 3306 },
          },
          ...ALLOW_ALL,
        ],
      },
      audience: 'none',
    },
    { name: 'an access list without answers', given: { entries: [ALLOW_ALL[0]!, DENY_ALL[1]!] }, audience: 'none' },
    {
      name: 'an access list with answers to high ports',
      given: { entries: [ALLOW_ALL[0]!, { ...ALLOW_ALL[1]!, Protocol: '6', PortRange: { From: 49152, To: 65535 } }] },
      audience: 'anyone',
    },
  ])('$name: $audience', ({ given, audience }) => {
    expect(read(configuration('AWS::RDS::DBInstance', 'db', INSTANCE), surroundings(given)).audience).toBe(audience)
  })

  it('without a public address are shut, whatever the network was', () => {
    expect(read(configuration('AWS::RDS::DBInstance', 'db', { publiclyAccessible: false })).audience).toBe('none')
  })

  it.each(['publiclyAccessible', 'network', 'endpoint'])('are undecided without %s', (facet) => {
    const { [facet]: _, ...facets } = INSTANCE
    expect(read(configuration('AWS::RDS::DBInstance', 'db', facets), surroundings()).audience).toBe('undecided')
  })

  it.each([0, 1, 2])('are undecided without a part of the network', (part) => {
    const related = surroundings().toSpliced(part, 1)
    expect(read(configuration('AWS::RDS::DBInstance', 'db', INSTANCE), related).audience).toBe('undecided')
  })

  it('are shut by what was read, whatever was not', () => {
    const [group] = surroundings({ ranges: ['203.0.113.0/24'] })
    expect(read(configuration('AWS::RDS::DBInstance', 'db', INSTANCE), [group!]).audience).toBe('none')
  })

  it('show a connection, and say that a login is left', () => {
    const { witness, because } = read(
      configuration('AWS::RDS::DBInstance', 'db', INSTANCE),
      surroundings({ ranges: ['198.51.100.0/24'] }),
    )
    expect(witness).toMatchObject({
      action: 'tcp:connect',
      context: { 'aws:SourceIp': '198.51.100.0', 'tcp:DestinationPort': '3306' },
    })
    expect(because.at(-1)).toContain('login')
  })
})

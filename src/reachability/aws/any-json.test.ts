import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCESSES, type Json, type Reading, type ResourceConfiguration, type Verdicts } from '../../model/index.ts'
import { NETWORK_MODELS } from './network/registry.ts'
import { SHARING_MODELS } from './sharing/registry.ts'

const MODELS = [...NETWORK_MODELS, ...SHARING_MODELS].flatMap(({ types, decide }) => types.map((type) => ({ type, decide })))
const OWNER = '111111111111'
const ZONE = { organizations: [], accounts: [OWNER], cidrs: ['203.0.113.0/24'], vpcs: [], vpcEndpoints: [], principals: [] }
const KEY = `arn:aws:kms:ap-northeast-1:${OWNER}:key/k`

function configuration(type: string, name: string, facets: Readonly<Record<string, Json>>): ResourceConfiguration {
  const readings = Object.entries(facets).map(([facet, value]): [string, Reading<Json>] => [
    facet,
    value === null ? { status: 'absent' } : { status: 'read', value },
  ])
  const id = type === 'AWS::KMS::Key' ? KEY : `arn:aws:x:ap-northeast-1:${OWNER}:x/${name}`
  return { resource: { id, type, account: OWNER, region: 'ap-northeast-1', name }, facets: Object.fromEntries(readings) }
}

const every = [false, true].map((Egress) => ({
  RuleNumber: 100,
  Protocol: '-1',
  RuleAction: 'allow',
  Egress,
  CidrBlock: '0.0.0.0/0',
}))
const AROUND: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  'AWS::EC2::SecurityGroup sg-1': {
    ingress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }], PrefixListIds: [{ PrefixListId: 'pl-1' }] }],
  },
  'AWS::EC2::RouteTable rtb-1': {
    vpc: 'vpc-1',
    routes: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' }],
    associations: [{ SubnetId: 'subnet-1', Main: false }],
  },
  'AWS::EC2::NetworkAcl acl-1': { entries: every, associations: [{ SubnetId: 'subnet-1' }] },
  'AWS::EC2::PrefixList pl-1': { entries: [{ Cidr: '198.51.100.0/24' }] },
  'AWS::EC2::Subnet subnet-1': { subnet: { VpcId: 'vpc-1', Ipv6CidrBlockAssociationSet: [] } },
  'AWS::EC2::VPCBlockPublicAccessOptions b': { InternetGatewayBlockMode: 'off' },
  'AWS::Redshift::ClusterSubnetGroup grp': { Subnets: [{ SubnetIdentifier: 'subnet-1' }], VpcId: 'vpc-1' },
  'AWS::KMS::Key k': {
    policy: { Statement: [{ Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: 'kms:*', Resource: '*' }] },
    grants: [],
  },
  'AWS::RDS::DBInstance i1': { PubliclyAccessible: true, cluster: 'it' },
}
const OWN: Readonly<Record<string, Json>> = {
  PubliclyAccessible: true,
  NetworkType: 'IPV4',
  IpAddressType: 'ipv4',
  engine: 'aurora-mysql',
  EngineMode: 'provisioned',
  DBClusterMembers: [{ DBInstanceIdentifier: 'i1' }],
  network: { vpc: 'vpc-1', subnets: ['subnet-1'], securityGroups: ['sg-1'] },
  DBSubnetGroup: { Subnets: [{ SubnetIdentifier: 'subnet-1' }] },
  VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }],
  ClusterSubnetGroupName: 'grp',
  endpoint: { port: 3306 },
  VPCOptions: { VPCId: 'vpc-1', SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
  DomainEndpointOptions: {},
  NetworkInterfaces: [{ SubnetId: 'subnet-1', Groups: [{ GroupId: 'sg-1' }], Association: { PublicIp: '198.51.100.9' } }],
  addresses: { v4: ['198.51.100.9'] },
  listeningPorts: [3306],
  databasePorts: [],
  State: 'running',
  snapshotAttributes: { restore: ['222222222222'] },
  snapshotSource: { encrypted: true, kmsKey: KEY },
  createVolumePermission: [{ UserId: '222222222222' }],
  launchPermission: [{ Group: 'all' }],
  snapshotBlockPublicAccess: { State: 'unblocked' },
  AccountsWithRestoreAccess: ['222222222222'],
  AccountsWithProvisionedRestoreAccess: [],
  BlockDeviceMappings: [{ Ebs: { Encrypted: true, KmsKeyId: KEY } }],
  Public: true,
  Encrypted: true,
  KmsKeyId: KEY,
  configuration: { Snapshots: [] },
}

type Place = readonly [of: string, facet: string]
const PLACES: readonly Place[] = [
  ...Object.keys(OWN).map((facet): Place => ['', facet]),
  ...Object.entries(AROUND).flatMap(([of, facets]) =>
    [...Object.keys(facets), 'configuration'].map((facet): Place => [of, facet]),
  ),
]

function related(broken: Readonly<Record<string, Readonly<Record<string, Json>>>>): readonly ResourceConfiguration[] {
  return Object.entries(AROUND).map(([of, facets]) => {
    const [type, name] = of.split(' ') as [string, string]
    return configuration(type, name, { ...facets, ...broken[of] })
  })
}

function expectWhole(verdicts: Verdicts): void {
  for (const access of ACCESSES) {
    const { audience, witness, because } = verdicts[access]
    expect(witness !== null).toBe(audience !== 'none' && audience !== 'undecided')
    expect(because.length).toBeGreaterThan(0)
    expect(because.every((reason) => typeof reason === 'string' && reason !== '')).toBe(true)
  }
}

/** JSON whose members are often those that the services print, so that the parsers are met beyond their first check. */
const NAMES = [
  'GroupId',
  'CidrIp',
  'IpRanges',
  'PortRange',
  'From',
  'Port',
  'State',
  'Group',
  'UserId',
  'Policy',
  'Statement',
  'restore',
  'AttributeValues',
  'Entries',
  'vpc',
  '__proto__',
  'constructor',
]
const likely: fc.Arbitrary<Json> = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(null, true, false, 0, -1, 3306, 'all', '0.0.0.0/0', '222222222222', 'allow', '-1', 'igw-1', KEY),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('tree'), { maxKeys: 3 }),
  ),
})).tree
const anyJson = fc.oneof(
  likely,
  fc.jsonValue({ maxDepth: 4 }).map((value) => value as Json),
)

describe.each(MODELS)('$type', ({ type, decide }) => {
  it('gives a whole verdict for any JSON in any facet', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...PLACES), anyJson), { minLength: 1, maxLength: 4 }), (changes) => {
        const broken: Record<string, Record<string, Json>> = {}
        for (const [[of, facet], value] of changes) broken[of] = { ...broken[of], [facet]: value }
        const own = { ...OWN, ...broken[''] }
        // Some of the facets only, so that each way to read a setting is met.
        const kept = Object.fromEntries(
          Object.entries(own).filter(([facet], at) => facet in (broken[''] ?? {}) || at % changes.length === 0),
        )
        for (const facets of [own, kept]) {
          expectWhole(
            decide(configuration(type, 'it', facets), { zone: ZONE, asOf: '2023-05-31T00:00:00Z', related: related(broken) }),
          )
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('what is not understood', () => {
  const gibberish = fc.oneof(
    fc.constantFrom('perhaps', 'x'),
    fc.integer({ min: 70_000 }),
    fc.constant({ perhaps: true }),
    fc.constant([['x']]),
    fc.constant([{ perhaps: 1 }]),
  )
  const open = { PubliclyAccessible: true, NetworkType: 'IPV4', network: OWN.network!, endpoint: { port: 3306 } }
  it.each([
    ['', 'PubliclyAccessible'],
    ['', 'NetworkType'],
    ['', 'network'],
    ['', 'endpoint'],
    ['AWS::EC2::SecurityGroup sg-1', 'ingress'],
    ['AWS::EC2::RouteTable rtb-1', 'routes'],
    ['AWS::EC2::RouteTable rtb-1', 'associations'],
    ['AWS::EC2::NetworkAcl acl-1', 'entries'],
    ['AWS::EC2::NetworkAcl acl-1', 'associations'],
    ['AWS::EC2::VPCBlockPublicAccessOptions b', 'InternetGatewayBlockMode'],
  ])('shuts no database: %s %s', (of, facet) => {
    const { decide } = MODELS.find((model) => model.type === 'AWS::RDS::DBInstance')!
    const decided = (value: Json | undefined) => {
      const change = value === undefined ? {} : { [facet]: value }
      const around = related(of === '' ? {} : { [of]: change })
      return decide(configuration('AWS::RDS::DBInstance', 'it', { ...open, ...(of === '' ? change : {}) }), {
        zone: ZONE,
        asOf: '2023-05-31T00:00:00Z',
        related: around,
      }).read.audience
    }
    expect(decided(undefined)).toBe('anyone')
    fc.assert(
      fc.property(gibberish, (value) => {
        expect(decided(value as Json)).not.toBe('none')
      }),
    )
  })

  it.each([
    ['AWS::RDS::DBSnapshot', 'snapshotAttributes'],
    ['AWS::EC2::Snapshot', 'createVolumePermission'],
    ['AWS::EC2::Image', 'launchPermission'],
    ['AWS::Redshift::ClusterSnapshot', 'AccountsWithRestoreAccess'],
  ])('takes nothing back that is shared: %s %s', (type, facet) => {
    const { decide } = MODELS.find((model) => model.type === type)!
    fc.assert(
      fc.property(gibberish, (value) => {
        const verdicts = decide(configuration(type, 'it', { [facet]: value as Json }), {
          zone: ZONE,
          asOf: '2023-05-31T00:00:00Z',
        })
        expect(verdicts.read.audience).toBe('undecided')
      }),
    )
  })
})

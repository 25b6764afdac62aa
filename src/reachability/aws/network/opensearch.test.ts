import { expect, it } from 'vitest'
import type { Json, ResourceConfiguration } from '../../../model/index.ts'
import { searchDomainNetwork } from './opensearch.ts'

const OWNER = '111111111111'
const ZONE = { organizations: [], accounts: [OWNER], cidrs: [], vpcs: [], vpcEndpoints: [], principals: [] }
const INSIDE = { VPCId: 'vpc-1', SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] }

function configuration(type: string, name: string, facets: Readonly<Record<string, Json>>): ResourceConfiguration {
  const readings = Object.entries(facets).map(([facet, value]) => [
    facet,
    value === null ? { status: 'absent' as const } : { status: 'read' as const, value },
  ])
  const id = `arn:aws:x:eu-central-1:${OWNER}:x/${name}`
  return { resource: { id, type, account: OWNER, region: 'eu-central-1', name }, facets: Object.fromEntries(readings) }
}

it.each<{ name: string; facets: Readonly<Record<string, Json>>; kind: string; ports?: readonly number[] }>([
  { name: 'no network set', facets: { VPCOptions: null }, kind: 'public-endpoint', ports: [80, 443] },
  { name: 'an endpoint of its own', facets: { Endpoint: 'search-o.example' }, kind: 'public-endpoint', ports: [80, 443] },
  {
    name: 'HTTPS alone',
    facets: { VPCOptions: null, DomainEndpointOptions: { EnforceHTTPS: true } },
    kind: 'public-endpoint',
    ports: [443],
  },
  { name: 'a network', facets: { VPCOptions: INSIDE }, kind: 'network' },
  { name: 'endpoints of a network', facets: { Endpoints: { vpc: 'vpc-o.example' } }, kind: 'network' },
  { name: 'the whole domain', facets: { domain: { DomainStatus: { DomainName: 'o', VPCOptions: INSIDE } } }, kind: 'network' },
  { name: 'nothing read', facets: {}, kind: 'unknown' },
  { name: 'not understood', facets: { VPCOptions: 'perhaps' }, kind: 'unknown' },
])('$name: $kind', ({ facets, kind, ports }) => {
  const network = searchDomainNetwork(configuration('AWS::OpenSearchService::Domain', 'o', facets), {
    zone: ZONE,
    asOf: '2023-05-31T00:00:00Z',
  })
  expect(network.kind).toBe(kind)
  if (network.kind === 'public-endpoint') expect(network.ports).toEqual(ports)
  if (network.kind === 'network') expect(network.verdict.audience).toBe('none')
})

it('is in doubt where a group of another account is let in over a peering', () => {
  const related = [
    configuration('AWS::EC2::SecurityGroup', 'sg-1', {
      ingress: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-9', UserId: '222222222222' }] }],
    }),
    configuration('AWS::EC2::RouteTable', 'rtb-1', {
      vpc: 'vpc-1',
      routes: [{ DestinationCidrBlock: '10.30.0.0/16', VpcPeeringConnectionId: 'pcx-1', State: 'active' }],
      associations: [{ Main: true }],
    }),
  ]
  const network = searchDomainNetwork(configuration('AWS::OpenSearchService::Domain', 'o', { VPCOptions: INSIDE }), {
    zone: ZONE,
    asOf: '2023-05-31T00:00:00Z',
    related,
  })
  expect(network).toMatchObject({ kind: 'network', verdict: { audience: 'undecided' } })
})

import type { ResourceConfiguration, Verdict } from '../../../model/index.ts'
import type { ReachContext } from '../../reach-model.ts'
import { isKnown, isRecord, isTexts, type Known, type Members } from '../../readings.ts'
import type { DoorPort } from './door.ts'
import { managedDoor, placementFacet } from './managed-door.ts'
import { member, setting } from '../native.ts'
import { surroundingsOf } from './surroundings.ts'
import { verdictsOfDoors } from './verdict.ts'

/** How a search domain stands on the network. */
export type SearchDomainNetwork =
  /** Any address reaches its endpoint: the access policy decides, address conditions included. */
  | { readonly kind: 'public-endpoint'; readonly ports: readonly number[]; readonly because: string }
  /** Only its network reaches it, whatever its access policy says; the verdict says so. */
  | { readonly kind: 'network'; readonly verdict: Verdict }
  | { readonly kind: 'unknown'; readonly because: string }

/**
 * Whether a domain of OpenSearch Service has a public endpoint or stands in a network. Security groups and access lists guard
 * the latter only. OpenSearch Service, developer guide: "Launching your domains within a VPC".
 */
export function searchDomainNetwork(
  { resource, facets }: ResourceConfiguration,
  { zone, asOf, related = [] }: ReachContext,
): SearchDomainNetwork {
  // The whole of `aws opensearch describe-domain` is the facet `domain`.
  const whole = facets.configuration ?? facets.domain
  const configuration = whole ? { resource, facets: { ...facets, configuration: whole } } : { resource, facets }
  const options = networkOptions(configuration)
  if (!isKnown(options)) return { kind: 'unknown', because: options.problem }
  const ports = portsOf(configuration)
  if (options.known === null) {
    const because = `the domain has a public endpoint: any address reaches port ${ports.map(({ port }) => port).join(' and ')}`
    return { kind: 'public-endpoint', ports: ports.map(({ port }) => port), because }
  }
  const surroundings = surroundingsOf(configuration.resource, zone, related)
  const vpc = member(options.known, 'VPCId') ?? member(options.known, 'vpcId')
  const placement = placementFacet(configuration) ?? {
    vpc: typeof vpc === 'string' ? vpc : null,
    subnets: listed(options.known, 'SubnetIds', 'its subnets were not read'),
    securityGroups: listed(options.known, 'SecurityGroupIds', 'its security groups were not read'),
  }
  const none: Known<boolean> = { known: false }
  const door = managedDoor('the domain', { accessible: none, families: { v4: false, v6: none } }, { known: ports }, placement)
  const because = 'the domain stands in a network: its endpoint has private addresses only'
  const own = { ...door, addresses: { v4: none, v6: none, because } }
  return { kind: 'network', verdict: verdictsOfDoors([own], { guard: '', noDoor: '', unread: [] }, surroundings, asOf).read }
}

/** The network that the domain stands in; null: none, it has a public endpoint. */
function networkOptions(configuration: ResourceConfiguration): Known<Members | null> {
  const options = setting(configuration, 'VPCOptions', 'vpcOptions')
  if (options?.status === 'absent') return { known: null }
  if (options?.status === 'read') {
    if (!isRecord(options.value)) return { problem: 'the network of the domain is not understood' }
    const subnets = member(options.value, 'SubnetIds')
    const vpc = member(options.value, 'VPCId') ?? member(options.value, 'vpcId')
    const stands = (Array.isArray(subnets) && subnets.length > 0) || (typeof vpc === 'string' && vpc !== '')
    return { known: stands ? options.value : null }
  }
  if (placementFacet(configuration)) return { known: {} }
  // A public domain has an endpoint of its own name, one in a network a map of them under `vpc`.
  const endpoint = setting(configuration, 'Endpoint')
  if (endpoint?.status === 'read' && typeof endpoint.value === 'string') return { known: null }
  const endpoints = setting(configuration, 'Endpoints')
  if (endpoints?.status === 'read' && isRecord(endpoints.value) && member(endpoints.value, 'vpc') !== undefined)
    return { known: {} }
  return { problem: 'whether the domain stands in a network was not read' }
}

function portsOf(configuration: ResourceConfiguration): readonly DoorPort[] {
  const options = setting(configuration, 'DomainEndpointOptions')
  const secureOnly = options?.status === 'read' && isRecord(options.value) && member(options.value, 'EnforceHTTPS') === true
  return (secureOnly ? [443] : [80, 443]).map((port) => ({ port, use: null, listens: true }))
}

function listed(options: Members, name: string, problem: string): Known<readonly string[]> {
  const value = member(options, name)
  return isTexts(value) && value.length > 0 ? { known: value } : { problem }
}

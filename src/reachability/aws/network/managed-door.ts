import type { Json, ResourceConfiguration } from '../../../model/index.ts'
import { isKnown, isRecord, isTexts, type Known } from '../../readings.ts'
import type { DoorPort, NetworkDoor } from './door.ts'
import { idsOf, member, portOf, recordsOf, setting, textSetting } from '../native.ts'
import { subnetFacts, type Surroundings } from './surroundings.ts'

/** Where a database stands: the facet `network`, or what the service itself prints of it. */
export interface Placement {
  readonly vpc: string | null
  readonly subnets: Known<readonly string[]>
  readonly securityGroups: Known<readonly string[]>
}

/** Whether the service gives the database public addresses, and of which families. */
export interface PublicAddresses {
  readonly accessible: Known<boolean>
  readonly families: Families
}

export interface Families {
  readonly v4: boolean
  readonly v6: Known<boolean>
}

/** The door of a database that the provider runs: its public addresses stand and fall with one flag. */
export function managedDoor(
  name: string,
  { accessible, families }: PublicAddresses,
  ports: Known<readonly DoorPort[]>,
  placement: Placement,
): NetworkDoor {
  const both = ({ v4, v6 }: Families) => ({ v4: v4 ? accessible : NO, v6: isKnown(v6) ? (v6.known ? accessible : NO) : v6 })
  const own = isKnown(accessible) && !accessible.known ? { v4: NO, v6: NO } : both(families)
  const because = !isKnown(accessible)
    ? `${name} may be publicly accessible`
    : accessible.known
      ? `${name} is publicly accessible`
      : `${name} is not publicly accessible: it has no public address`
  return { name, addresses: { ...own, because }, ports, ...placement }
}

const NO: Known<boolean> = { known: false }
const YES: Known<boolean> = { known: true }

/** The flag that gives a database public addresses. */
export function accessibleFlag(configuration: ResourceConfiguration): Known<boolean> {
  const reading = setting(configuration, 'PubliclyAccessible')
  if (reading?.status === 'absent') return { known: false }
  if (reading?.status === 'read' && typeof reading.value === 'boolean') return { known: reading.value }
  return { problem: 'whether it is publicly accessible was not read' }
}

/**
 * The families that a setting names: `IPV4`, `DUAL`, `dualstack`, …; IPv4 alone where it is not set. Where it was not read there
 * are addresses of IPv4: those of IPv6 alone are rare, and said.
 */
export function familiesOf(configuration: ResourceConfiguration, name: string): Families {
  const reading = setting(configuration, name)
  if (reading?.status === 'absent') return { v4: true, v6: NO }
  switch (reading?.status === 'read' && typeof reading.value === 'string' ? reading.value.toLowerCase() : '') {
    case 'ipv4':
      return { v4: true, v6: NO }
    case 'ipv6':
      return { v4: false, v6: YES }
    case 'dual':
    case 'dualstack':
    case 'dual_stack':
      return { v4: true, v6: YES }
    default:
      return { v4: true, v6: { problem: 'whether it has addresses of IPv6 was not read' } }
  }
}

/** The one port of a database, from its endpoint or a setting of its own. */
export function portOfEndpoint(configuration: ResourceConfiguration, ...names: readonly string[]): Known<readonly DoorPort[]> {
  const endpoint = setting(configuration, 'Endpoint')
  const inside = endpoint?.status === 'read' && isRecord(endpoint.value) ? member(endpoint.value, 'Port') : undefined
  const own = names
    .map((name) => setting(configuration, name))
    .map((reading) => (reading?.status === 'read' ? reading.value : undefined))
  const port = [inside, ...own].map((value) => portOf(value)).find((found) => found !== null)
  return port === undefined || port === null
    ? { problem: 'its port was not read' }
    : { known: [{ port, use: null, listens: true }] }
}

/** The facet `network`; null where there is none. */
export function placementFacet(configuration: ResourceConfiguration): Placement | null {
  const reading = configuration.facets.network
  if (reading === undefined) return null
  const problem = 'its network was not read'
  if (reading.status !== 'read' || !isRecord(reading.value)) return unplaced(problem)
  const { vpc = '', subnets, securityGroups } = reading.value
  return {
    vpc: typeof vpc === 'string' && vpc !== '' ? vpc : null,
    subnets: textList(subnets, 'its subnets were not read'),
    securityGroups: textList(securityGroups, 'its security groups were not read'),
  }
}

export function unplaced(problem: string): Placement {
  return { vpc: null, subnets: { problem }, securityGroups: { problem } }
}

// Whatever stands on a network has a subnet and a security group: an empty list was not read to its end.
function textList(json: Json | undefined, problem: string): Known<readonly string[]> {
  return isTexts(json) && json.length > 0 ? { known: json } : { problem }
}

/** Groups as `VpcSecurityGroups` lists them. */
export function listedGroups(configuration: ResourceConfiguration, name: string, idName: string): Known<readonly string[]> {
  const reading = setting(configuration, name)
  const problem = 'its security groups were not read'
  if (reading?.status !== 'read') return { problem }
  const ids = idsOf(reading.value, idName, 'its security groups')
  return isKnown(ids) && ids.known.length === 0 ? { problem } : ids
}

/** The subnets of a group; of one zone only where the database says in which zone it stands. */
export function groupSubnets(group: Json | undefined, zone: string | null, surroundings: Surroundings): Placement['subnets'] {
  const problem = 'its subnets were not read'
  if (!isRecord(group)) return { problem }
  const subnets = recordsOf(member(group, 'Subnets'), 'its subnets')
  if (!isKnown(subnets)) return subnets
  const ids = idsOf(member(group, 'Subnets'), 'SubnetIdentifier', 'its subnets')
  if (!isKnown(ids)) return ids
  if (ids.known.length === 0) return { problem }
  const zones = subnets.known.map((subnet, index) => {
    const own = member(subnet, 'SubnetAvailabilityZone')
    const named = isRecord(own) ? member(own, 'Name') : null
    return typeof named === 'string' ? named : subnetFacts(surroundings, ids.known[index]!).zone
  })
  const near =
    zone !== null && zones.every((named) => named !== null) ? ids.known.filter((_, index) => zones[index] === zone) : []
  return { known: near.length > 0 ? near : ids.known }
}

/** Placement by `DBSubnetGroup` and `VpcSecurityGroups`, as RDS, DocumentDB and Neptune print them. */
export function databasePlacement(configuration: ResourceConfiguration, surroundings: Surroundings): Placement {
  const facet = placementFacet(configuration)
  if (facet) return facet
  const group = setting(configuration, 'DBSubnetGroup')
  const value = group?.status === 'read' ? group.value : undefined
  const vpc = isRecord(value) ? member(value, 'VpcId') : null
  return {
    vpc: typeof vpc === 'string' ? vpc : null,
    subnets: groupSubnets(value, textSetting(configuration, 'AvailabilityZone'), surroundings),
    securityGroups: listedGroups(configuration, 'VpcSecurityGroups', 'VpcSecurityGroupId'),
  }
}

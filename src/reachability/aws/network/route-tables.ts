import type { Json, ResourceConfiguration } from '../../../model/index.ts'
import {
  type AddressSet,
  ALL_ADDRESSES,
  complement,
  intersection,
  isEmpty,
  NO_ADDRESSES,
  parseCidr,
  union,
} from '../../engine/addresses.ts'
import { isKnown, type Known, type Members } from '../../readings.ts'
import { cidrsOf } from './cidr-list.ts'
import { listSetting, member, textMember, textSetting } from '../native.ts'
import { type Sources, unknownSources } from './sources.ts'
import { neighbours, once, pay, prefixListAddresses, READING_COST, subnetFacts, type Surroundings } from './surroundings.ts'

/** The addresses to which answers leave through an internet gateway, and those of networks behind other ways out. */
export interface GatewaySources extends Sources {
  /** Public addresses that a route sends to a private connection by name: a network of that range is on its other side. */
  readonly private: AddressSet
  /** Whether a peering or a transit gateway is connected at all; null: not read. */
  readonly peered: boolean | null
}

/** Where answers of a subnet go: the most exact route decides. VPC, user guide: "Route priority". */
export function gatewaySources(subnet: string, vpc: string | null, surroundings: Surroundings): GatewaySources {
  const table = tableOf(subnet, vpc ?? subnetFacts(surroundings, subnet).vpc, surroundings)
  if (!table) return notKnown(`the route table of ${subnet} was not read`)
  const { name } = table.resource
  const routes = routesOf(table, name, surroundings)
  if (!isKnown(routes)) return notKnown(routes.problem)
  const found = once(surroundings, `routes of ${table.resource.id}`, () => followRoutes(routes.known, name, surroundings))
  const appliance = isEmpty(found.most) ? null : inspectedOnTheWayIn(routes.known, subnet, surroundings)
  if (appliance === null) return found
  return { ...found, least: NO_ADDRESSES, unread: [...found.unread, appliance] }
}

function notKnown(why: string): GatewaySources {
  return { ...unknownSources(why), private: NO_ADDRESSES, peered: null }
}

/** What becomes of an answer by its target. */
type Way = 'internet' | 'nowhere' | 'appliance' | 'private' | 'unknown'

interface Route {
  readonly destination: string
  readonly isPrefixList: boolean
  readonly propagated: boolean
  readonly target: string
  readonly way: Way
}

function followRoutes(routes: readonly Route[], name: string, surroundings: Surroundings): GatewaySources {
  let least: AddressSet = NO_ADDRESSES
  let most: AddressSet = NO_ADDRESSES
  let behind: AddressSet = NO_ADDRESSES
  const unread: string[] = []
  for (const legs of byExactness(routes.flatMap((route) => legsOf(route, surroundings)))) {
    const along = (holds: (way: Way, leg: Leg) => boolean) =>
      union(NO_ADDRESSES, ...legs.filter((leg) => holds(leg.route.way, leg)).map(({ addresses }) => addresses))
    const all = along(() => true)
    if (!pay(surroundings, 3, all, least, most, behind)) break
    least = union(
      without(least, all),
      along((way) => way === 'internet'),
    )
    most = union(
      without(most, all),
      along((way) => way === 'internet' || isUnclear(way)),
    )
    // A default route says where strangers' packets go, not whose network lies there.
    behind = union(
      without(behind, all),
      along((way, { prefix }) => way === 'private' && prefix > 0),
    )
    for (const { route } of legs.filter((leg) => isUnclear(leg.route.way)))
      unread.push(
        `the route table ${name} sends ${route.destination} to ${route.target}, and what that lets through is not modelled`,
      )
  }
  for (const route of routes.filter((candidate) => candidate.isPrefixList && isDoubtful(candidate, surroundings))) {
    least = route.way === 'internet' ? least : NO_ADDRESSES
    most = route.way === 'nowhere' || route.way === 'private' ? most : ALL_ADDRESSES
    unread.push(`the route table ${name} names a list of addresses that was not read: ${route.destination}`)
  }
  const leads = isEmpty(most)
    ? 'leads to no internet gateway'
    : isEmpty(least)
      ? 'may lead to an internet gateway'
      : 'leads to an internet gateway'
  const peered = routes.some(({ target }) => /^(pcx|tgw)-|core-network/.test(target))
  return { least, most, private: behind, peered, because: [`the route table ${name} ${leads}`], unread }
}

function isUnclear(way: Way): boolean {
  return way === 'appliance' || way === 'unknown'
}

function without(addresses: AddressSet, others: AddressSet): AddressSet {
  return isEmpty(addresses) ? addresses : intersection(addresses, complement(others))
}

/** Lists of an endpoint for S3 or DynamoDB hold addresses of these services, from which no stranger comes. */
function isDoubtful({ destination, target }: Route, surroundings: Surroundings): boolean {
  return !target.startsWith('vpce-') && !isKnown(prefixListAddresses(surroundings, destination))
}

interface Leg {
  readonly route: Route
  readonly addresses: AddressSet
  readonly prefix: number
}

function legsOf(route: Route, surroundings: Surroundings): Leg[] {
  if (!route.isPrefixList) return [{ route, addresses: parseCidr(route.destination)!, prefix: prefixOf(route.destination) }]
  const listed = prefixListAddresses(surroundings, route.destination)
  if (!isKnown(listed)) return []
  // Ranges of one length each, so that exactness is compared as for single ranges.
  return cidrsByLength(listed.known).map(({ addresses, prefix }) => ({ route, addresses, prefix }))
}

/**
 * The legs of one exactness after the other, the widest first: no two of a group overlap. Of routes as exact as each other a
 * static one beats a prefix list's, and that a propagated one; the last of several wins here.
 */
function byExactness(legs: readonly Leg[]): readonly (readonly Leg[])[] {
  const groups = new Map<number, Map<string, Leg>>()
  const order = legs.toSorted((left, right) => left.prefix - right.prefix || rank(left.route) - rank(right.route))
  for (const leg of order) {
    const group = groups.get(leg.prefix) ?? new Map<string, Leg>()
    groups.set(leg.prefix, group)
    const { v4, v6 } = leg.addresses
    group.set(v4.length > 0 ? `v4 ${v4[0]!.first}` : `v6 ${v6[0]?.first}`, leg)
  }
  return [...groups.values()].map((group) => [...group.values()])
}

function rank({ propagated, isPrefixList }: Route): number {
  return propagated ? 0 : isPrefixList ? 1 : 2
}

function prefixOf(range: string): number {
  const [address, prefix] = range.split('/')
  return prefix === undefined ? (address!.includes(':') ? 128 : 32) : Number(prefix)
}

function cidrsByLength(set: AddressSet): { readonly addresses: AddressSet; readonly prefix: number }[] {
  return cidrsOf(set).map((cidr) => ({ addresses: parseCidr(cidr)!, prefix: prefixOf(cidr) }))
}

function tableOf(subnet: string, vpc: string | null, surroundings: Surroundings): ResourceConfiguration | undefined {
  const tables = neighbours(surroundings, 'AWS::EC2::RouteTable')
  const own = tables.find((table) => associationsOf(table)?.some((entry) => member(entry, 'SubnetId') === subnet))
  // Where a table's associations are not known, the subnet may be one of its own.
  if (own || vpc === null || !tables.every((table) => associationsOf(table))) return own
  return tables.find(
    (table) =>
      textSetting(table, 'vpc', 'VpcId') === vpc && associationsOf(table)?.some((entry) => member(entry, 'Main') === true),
  )
}

function associationsOf(table: ResourceConfiguration): readonly Members[] | null {
  const list = listSetting(table, 'its associations', 'associations')
  return isKnown(list) ? list.known.filter((entry) => stateOf(member(entry, 'AssociationState')) !== 'disassociated') : null
}

function stateOf(json: Json | undefined): string {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? textMember(json as Members, 'State') : ''
}

/** A gateway that has a route table of its own hands packets to an appliance first. VPC, user guide: "Gateway route tables". */
function inspectedOnTheWayIn(routes: readonly Route[], subnet: string, surroundings: Surroundings): string | null {
  const gateways = new Set(routes.filter(({ way }) => way === 'internet').map(({ target }) => target))
  const { range } = subnetFacts(surroundings, subnet)
  const inside = range === null ? null : parseCidr(range)
  for (const table of neighbours(surroundings, 'AWS::EC2::RouteTable')) {
    const edge = associationsOf(table)?.some((entry) => gateways.has(textMember(entry, 'GatewayId')))
    if (!edge) continue
    const onward = routesOf(table, table.resource.name, surroundings)
    const detours = isKnown(onward) ? onward.known.filter((route) => route.target !== 'local') : null
    const meets = (route: Route) =>
      inside === null || route.isPrefixList || !isEmpty(intersection(inside, parseCidr(route.destination)!))
    if (detours === null || detours.some(meets))
      return `packets from the internet gateway pass an appliance by the route table ${table.resource.name}, and what that lets through is not modelled`
  }
  return null
}

function routesOf(table: ResourceConfiguration, name: string, surroundings: Surroundings): Known<readonly Route[]> {
  return once(surroundings, `read routes of ${table.resource.id}`, () => readRoutes(table, name, surroundings))
}

function readRoutes(table: ResourceConfiguration, name: string, surroundings: Surroundings): Known<readonly Route[]> {
  const what = `the routes of the route table ${name}`
  const records = listSetting(table, what, 'routes', 'RouteSet')
  if (!isKnown(records)) return records
  if (!surroundings.work.spend(READING_COST * records.known.length)) return { problem: `${what} are too many` }
  const routes = records.known.map(parseRoute)
  return routes.includes(null) ? { problem: `${what} are not understood` } : { known: routes as Route[] }
}

const TARGETS = [
  'GatewayId',
  'NatGatewayId',
  'EgressOnlyInternetGatewayId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'NetworkInterfaceId',
  'InstanceId',
  'VpcEndpointId',
  'LocalGatewayId',
  'CarrierGatewayId',
  'CoreNetworkArn',
  'OdbNetworkArn',
]

function parseRoute(record: Members): Route | null {
  const range = member(record, 'DestinationCidrBlock') ?? member(record, 'DestinationIpv6CidrBlock')
  const list = member(record, 'DestinationPrefixListId')
  const destination = range ?? list
  const isPrefixList = typeof range !== 'string'
  if (typeof destination !== 'string' || (!isPrefixList && !parseCidr(destination))) return null
  const target = TARGETS.map((name) => member(record, name)).find((value) => typeof value === 'string' && value !== '')
  const gone = member(record, 'State') === 'blackhole'
  const propagated = member(record, 'Origin') === 'EnableVgwRoutePropagation'
  const named = typeof target === 'string' ? target : 'a target of no name'
  return { destination, isPrefixList, propagated, target: named, way: gone ? 'nowhere' : wayOf(named) }
}

function wayOf(target: string): Way {
  if (target.startsWith('igw-')) return 'internet'
  // These let answers out, and no connection in.
  if (target === 'local' || /^(nat|eigw)-/.test(target)) return 'nowhere'
  if (/^(eni|i|vpce)-/.test(target)) return 'appliance'
  if (/^(tgw|pcx|vgw|lgw)-/.test(target) || target.includes(':core-network/') || target.includes(':odb-network/'))
    return 'private'
  return 'unknown'
}

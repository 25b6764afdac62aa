import type { Json, Reading, ResourceConfiguration } from '../../../model/index.ts'
import {
  addressCount,
  type AddressSet,
  ALL_ADDRESSES,
  complement,
  intersection,
  isEmpty,
  NO_ADDRESSES,
  parseCidr,
  union,
} from '../../engine/addresses.ts'
import { isRecord } from '../../readings.ts'
import { type DatabaseNetwork, type Sources, unknownSources } from './sources.ts'

type Members = { readonly [key: string]: Json }

/**
 * From where the security groups let a port be reached; any one of them is enough. Groups name each other by private address.
 * The reasons name the ranges that let an outsider in, and not those of the network's own side.
 */
export function groupSources(
  groups: readonly string[],
  port: number,
  related: readonly ResourceConfiguration[],
  outside: AddressSet,
): Sources {
  let least: AddressSet = NO_ADDRESSES
  let most: AddressSet = NO_ADDRESSES
  const because: string[] = []
  const unread: string[] = []
  for (const group of groups) {
    const rules = listOf(facetOf(related, 'AWS::EC2::SecurityGroup', group, 'ingress'))
    if (!rules) {
      most = ALL_ADDRESSES
      unread.push(`the rules of the security group ${group} were not read`)
      continue
    }
    for (const rule of rules.filter((rule) => coversPort(rule, port))) {
      const ranges = [...textsAt(rule, 'IpRanges', 'CidrIp'), ...textsAt(rule, 'Ipv6Ranges', 'CidrIpv6')]
      const sources = union(...ranges.map((range) => parseCidr(range) ?? NO_ADDRESSES))
      least = union(least, sources)
      most = union(most, sources)
      const letIn = ranges.filter((range) => !isEmpty(intersection(parseCidr(range) ?? ALL_ADDRESSES, outside)))
      if (letIn.length > 0) because.push(`the security group ${group} lets ${letIn.join(', ')} reach port ${port}`)
      if (textsAt(rule, 'PrefixListIds', 'PrefixListId').length > 0 || ranges.some((range) => !parseCidr(range))) {
        most = ALL_ADDRESSES
        unread.push(`the security group ${group} names a list of addresses that was not read`)
      }
    }
  }
  return {
    least,
    most,
    unread,
    because: because.length > 0 ? because : [`no security group lets an address on the internet reach port ${port}`],
  }
}

/** The addresses to which answers leave through an internet gateway: the most exact route decides. */
export function internetSources({ vpc, subnets }: DatabaseNetwork, related: readonly ResourceConfiguration[]): Sources {
  if (subnets.length === 0) return unknownSources('the subnets of the database were not read')
  const tables = related.filter(({ resource }) => resource.type === 'AWS::EC2::RouteTable')
  return acrossSubnets(subnets, (subnet) => {
    const table = tables.find((candidate) => associations(candidate)?.some((entry) => entry.SubnetId === subnet))
    const main = tables.find(
      (candidate) => textOf(candidate.facets.vpc) === vpc && associations(candidate)?.some((entry) => entry.Main === true),
    )
    // Where a table's associations are not known, the subnet may be one of its own.
    const chosen = table ?? (tables.every((candidate) => associations(candidate)) ? main : undefined)
    const routes = chosen && listOf(chosen.facets.routes)
    if (!chosen || !routes) return unknownSources(`the route table of ${subnet} was not read`)
    const open = throughGateway(routes)
    const name = chosen.resource.name
    const because = [
      isEmpty(open)
        ? `the route table ${name} leads to no internet gateway`
        : `the route table ${name} leads to an internet gateway`,
    ]
    return { least: open, most: open, because, unread: [] }
  })
}

/** From where the subnet's access list lets a port be reached and answered. The lowest rule that fits decides. */
export function aclSources({ subnets }: DatabaseNetwork, port: number, related: readonly ResourceConfiguration[]): Sources {
  const lists = related.filter(({ resource }) => resource.type === 'AWS::EC2::NetworkAcl')
  return acrossSubnets(subnets, (subnet) => {
    const list = lists.find((candidate) => associations(candidate)?.some((entry) => entry.SubnetId === subnet))
    const entries = list && listOf(list.facets.entries)
    if (!list || !entries) return unknownSources(`the network access list of ${subnet} was not read`)
    const incoming = admitted(
      entries.filter((entry) => entry.Egress === false),
      port,
    )
    // The sender chooses the port that the answer goes to.
    const answers = answerPorts(entries).map((candidate) =>
      admitted(
        entries.filter((entry) => entry.Egress === true),
        candidate,
      ),
    )
    const open = intersection(incoming, union(...answers))
    const because = [
      `the network access list ${list.resource.name} lets ${isEmpty(open) ? 'nobody' : 'some addresses'} reach port ${port}`,
    ]
    return { least: open, most: open, because, unread: [] }
  })
}

/** In which of its subnets a database stands is not known: certain is what holds in all of them. */
function acrossSubnets(subnets: readonly string[], sourcesOf: (subnet: string) => Sources): Sources {
  const each = subnets.map(sourcesOf)
  return {
    least: each.reduce<AddressSet>((left, { least }) => intersection(left, least), ALL_ADDRESSES),
    most: union(...each.map(({ most }) => most)),
    because: [...new Set(each.flatMap(({ because }) => because))],
    unread: [
      ...each.flatMap(({ unread }) => unread),
      ...(new Set(each.map(({ because }) => because.join())).size > 1
        ? ['in which of its subnets the database stands is not known']
        : []),
    ],
  }
}

function throughGateway(routes: readonly Members[]): AddressSet {
  const known = routes.flatMap((route) => {
    const range = parseCidr(String(route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? ''))
    const gateway = String(route.GatewayId ?? '')
    return range ? [{ range, open: gateway.startsWith('igw-') && route.State !== 'blackhole' }] : []
  })
  // Widest first, so that each more exact route overrides.
  const size = ({ range }: { range: AddressSet }) => addressCount(range.v4) + addressCount(range.v6)
  known.sort((a, b) => (size(b) > size(a) ? 1 : size(b) < size(a) ? -1 : 0))
  return known.reduce<AddressSet>(
    (left, { range, open }) => (open ? union(left, range) : intersection(left, complement(range))),
    NO_ADDRESSES,
  )
}

function admitted(entries: readonly Members[], port: number): AddressSet {
  const fitting = entries
    .filter((entry) => coversAclPort(entry, port))
    .sort((a, b) => Number(a.RuleNumber) - Number(b.RuleNumber))
  let open: AddressSet = NO_ADDRESSES
  let left: AddressSet = ALL_ADDRESSES
  for (const entry of fitting) {
    const range = parseCidr(String(entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '')) ?? NO_ADDRESSES
    if (entry.RuleAction === 'allow') open = union(open, intersection(left, range))
    left = intersection(left, complement(range))
  }
  return open
}

function answerPorts(entries: readonly Members[]): readonly number[] {
  const bounds = entries.flatMap((entry) =>
    isRecord(entry.PortRange) ? [Number(entry.PortRange.From), Number(entry.PortRange.To)] : [],
  )
  const ports = [1024, 65_535, ...bounds.flatMap((at) => [at - 1, at, at + 1])]
  return [...new Set(ports)].filter((at) => at >= 1 && at <= 65_535).sort((a, b) => a - b)
}

function coversPort(rule: Members, port: number): boolean {
  const protocol = String(rule.IpProtocol)
  if (protocol === '-1') return true
  return (protocol === 'tcp' || protocol === '6') && Number(rule.FromPort ?? 0) <= port && port <= Number(rule.ToPort ?? 65_535)
}

function coversAclPort(entry: Members, port: number): boolean {
  const protocol = String(entry.Protocol)
  if (protocol === '-1') return true
  if (protocol !== '6' && protocol !== 'tcp') return false
  return !isRecord(entry.PortRange) || (Number(entry.PortRange.From) <= port && port <= Number(entry.PortRange.To))
}

function facetOf(
  related: readonly ResourceConfiguration[],
  type: string,
  name: string,
  facet: string,
): Reading<Json> | undefined {
  return related.find(({ resource }) => resource.type === type && (resource.name === name || resource.id.endsWith(`/${name}`)))
    ?.facets[facet]
}

function associations({ facets }: ResourceConfiguration): readonly Members[] | null {
  return listOf(facets.associations)
}

function listOf(reading: Reading<Json> | undefined): readonly Members[] | null {
  if (reading?.status === 'absent') return []
  if (reading?.status !== 'read' || !Array.isArray(reading.value)) return null
  return (reading.value as readonly Json[]).every((entry) => isRecord(entry)) ? (reading.value as readonly Members[]) : null
}

function textOf(reading: Reading<Json> | undefined): string | null {
  return reading?.status === 'read' && typeof reading.value === 'string' ? reading.value : null
}

function textsAt(rule: Members, list: string, name: string): readonly string[] {
  const entries = rule[list]
  return Array.isArray(entries)
    ? entries.flatMap((entry: Json) => (isRecord(entry) && typeof entry[name] === 'string' ? [entry[name]] : []))
    : []
}

import type { Json } from '../../../model/index.ts'
import { type AddressSet, ALL_ADDRESSES, intersection, isEmpty, NO_ADDRESSES, parseCidr, union } from '../../engine/addresses.ts'
import { isKnown, isRecord, type Known, type Members } from '../../readings.ts'
import { cidrList } from './cidr-list.ts'
import { listSetting, member } from '../native.ts'
import { type Sources, unknownSources } from './sources.ts'
import { neighbour, once, pay, prefixListAddresses, READING_COST, type Surroundings } from './surroundings.ts'

/** The security groups of a door, as far as they were read. */
export interface SecurityGroups {
  /** From where they let a port be reached; null stands for a port that was not read. */
  readonly sources: (port: number | null) => Sources
  /** The groups of accounts outside the zone that they let in to one of the ports, in words; null: any port. */
  readonly outsiders: (ports: readonly number[] | null) => readonly string[]
}

/**
 * Any one of the groups is enough to let a packet in, and answers always leave. Groups that are named by a rule stand for
 * private addresses, of other accounts over a peering. VPC, user guide: "Security group rules".
 */
export function securityGroupsOf(groups: Known<readonly string[]>, surroundings: Surroundings): SecurityGroups {
  if (!isKnown(groups)) {
    return { sources: () => unknownSources(groups.problem), outsiders: () => [] }
  }
  const read = groups.known.map((id) => once(surroundings, `security group ${id}`, () => groupOf(id, surroundings)))
  return {
    sources: (port) => sourcesOf(read, port, surroundings),
    outsiders: (ports) => [...new Set(read.flatMap((group) => outsidersOf(group, ports, surroundings)))],
  }
}

interface GroupRule {
  /** Null: all protocols and ports. */
  readonly ports: { readonly from: number; readonly to: number } | null
  readonly ranges: readonly string[]
  readonly prefixLists: readonly string[]
  readonly groups: readonly { readonly id: string; readonly account: string | null; readonly ended: boolean }[]
}

interface Group {
  readonly id: string
  readonly rules: Known<readonly Opening[]>
}

/** A rule with the addresses that it lets in. */
interface Opening extends GroupRule {
  readonly addresses: AddressSet
  /** The ranges that let an outsider in, as the rule writes them. */
  readonly outside: readonly string[]
  readonly lists: readonly { readonly id: string; readonly addresses: Known<AddressSet> }[]
}

function groupOf(id: string, surroundings: Surroundings): Group {
  const rules = rulesOf(id, surroundings)
  return { id, rules: isKnown(rules) ? { known: rules.known.map((rule) => openingOf(rule, surroundings)) } : rules }
}

function openingOf(rule: GroupRule, surroundings: Surroundings): Opening {
  const lists = rule.prefixLists.map((id) => ({ id, addresses: prefixListAddresses(surroundings, id) }))
  const ranges = rule.ranges.map((range) => parseCidr(range)!)
  return {
    ...rule,
    addresses: union(
      NO_ADDRESSES,
      ...ranges,
      ...lists.map(({ addresses }) => (isKnown(addresses) ? addresses.known : NO_ADDRESSES)),
    ),
    outside: rule.ranges.filter((_, index) => !isEmpty(intersection(ranges[index]!, surroundings.outside))),
    lists,
  }
}

/** The reasons name the ranges that let an outsider in, and not those of the network's own side. */
function sourcesOf(groups: readonly Group[], port: number | null, surroundings: Surroundings): Sources {
  const what = port === null ? 'some port' : `port ${port}`
  const because: string[] = []
  const unread: string[] = []
  const open: AddressSet[] = [NO_ADDRESSES]
  for (const { id, rules } of groups) {
    if (!isKnown(rules)) {
      unread.push(rules.problem)
      continue
    }
    for (const rule of rules.known.filter((candidate) => port === null || covers(candidate, port))) {
      if (!pay(surroundings, 1, rule.addresses)) break
      open.push(rule.addresses)
      if (rule.outside.length > 0) because.push(`the security group ${id} lets ${rule.outside.join(', ')} reach ${what}`)
      for (const list of rule.lists) {
        if (!isKnown(list.addresses)) {
          unread.push(`the security group ${id} names a list of addresses that was not read: ${list.addresses.problem}`)
          continue
        }
        const outsiders = intersection(list.addresses.known, surroundings.outside)
        if (!isEmpty(outsiders))
          because.push(`${what} is open to the prefix list ${list.id} by the security group ${id}: ${cidrList(outsiders)}`)
      }
    }
  }
  const addresses = union(...open)
  const shut = `no security group lets an address on the internet reach ${port === null ? 'any port' : what}`
  return {
    least: port === null ? NO_ADDRESSES : addresses,
    most: unread.length > 0 ? ALL_ADDRESSES : addresses,
    because: because.length > 0 ? because : [shut],
    unread,
  }
}

function outsidersOf(
  { id: group, rules }: Group,
  ports: readonly number[] | null,
  { subject, zone }: Surroundings,
): readonly string[] {
  if (!isKnown(rules)) return []
  const inside = new Set([subject.account, ...zone.accounts])
  return rules.known
    .filter((rule) => ports === null || ports.some((port) => covers(rule, port)))
    .flatMap((rule) => rule.groups)
    .filter(({ account, ended }) => account !== null && !inside.has(account) && !ended)
    .map(
      ({ id, account }) =>
        `the security group ${group} lets the group ${id} of the account ${account} in, which a peering may connect`,
    )
}

function covers({ ports }: GroupRule, port: number): boolean {
  return ports === null || (ports.from <= port && port <= ports.to)
}

function rulesOf(group: string, surroundings: Surroundings): Known<readonly GroupRule[]> {
  const found = neighbour(surroundings, 'AWS::EC2::SecurityGroup', group)
  const what = `the rules of the security group ${group}`
  const records = found
    ? listSetting(found, what, 'ingress', 'IpPermissions', 'SecurityGroupRules')
    : { problem: `${what} were not read` }
  if (!isKnown(records)) return records
  const rules: (GroupRule | 'not of TCP' | null)[] = []
  for (const record of records.known) {
    if (surroundings.work.exhausted) return { problem: `${what} are too many` }
    if (member(record, 'IsEgress') !== true) rules.push(parseRule(record, surroundings))
  }
  if (rules.includes(null)) return { problem: `${what} are not understood` }
  return { known: rules.filter((rule): rule is GroupRule => rule !== null && rule !== 'not of TCP') }
}

/** A rule as `IpPermissions` has it, or as `describe-security-group-rules` prints it; null where it is not understood. */
function parseRule(record: Members, { work }: Surroundings): GroupRule | 'not of TCP' | null {
  const protocol = member(record, 'IpProtocol')
  if (typeof protocol !== 'string' && typeof protocol !== 'number') return null
  const all = String(protocol) === '-1'
  if (!all && String(protocol) !== '6' && String(protocol).toLowerCase() !== 'tcp') return 'not of TCP'
  const from = bound(member(record, 'FromPort'), 0)
  const to = bound(member(record, 'ToPort'), 65_535)
  const ranges = [
    ...textsOf(member(record, 'ipv4Ranges') ?? member(record, 'IpRanges'), 'CidrIp'),
    ...textsOf(member(record, 'Ipv6Ranges'), 'CidrIpv6'),
    ...textsOf(single(member(record, 'CidrIpv4') ?? member(record, 'CidrIp')), ''),
    ...textsOf(single(member(record, 'CidrIpv6')), ''),
  ]
  const prefixLists = [
    ...textsOf(member(record, 'PrefixListIds'), 'PrefixListId'),
    ...textsOf(single(member(record, 'PrefixListId')), ''),
  ]
  const groups = [...listOf(member(record, 'UserIdGroupPairs')), ...listOf(single(member(record, 'ReferencedGroupInfo')))].map(
    parseGroup,
  )
  if (!work.spend(READING_COST * (1 + ranges.length + prefixLists.length + groups.length))) return null
  if (from === null || to === null || prefixLists.includes(null) || groups.includes(null)) return null
  if (ranges.some((range) => range === null || !parseCidr(range))) return null
  return {
    ports: all ? null : { from, to },
    ranges: ranges as string[],
    prefixLists: prefixLists as string[],
    groups: groups as GroupRule['groups'],
  }
}

function parseGroup(entry: Json): GroupRule['groups'][number] | null {
  if (!isRecord(entry)) return null
  const id = member(entry, 'GroupId') ?? member(entry, 'GroupName')
  const account = member(entry, 'UserId')
  const status = member(entry, 'PeeringStatus')
  return {
    id: typeof id === 'string' ? id : 'of no name',
    account: typeof account === 'string' ? account : null,
    ended: status === 'deleted' || status === 'rejected' || status === 'expired' || status === 'failed',
  }
}

function bound(json: Json | undefined, otherwise: number): number | null {
  if (json === undefined || json === null) return otherwise
  const value = typeof json === 'string' && /^-?\d{1,5}$/.test(json) ? Number(json) : json
  return typeof value === 'number' && Number.isInteger(value) ? value : null
}

function single(json: Json | undefined): Json | undefined {
  return json === undefined || json === null ? undefined : [json]
}

function listOf(json: Json | undefined): readonly Json[] {
  return json === undefined || json === null ? [] : Array.isArray(json) ? (json as readonly Json[]) : [json]
}

/** Texts under a name, or standing for themselves as AWS Config has them; null for what is neither. */
function textsOf(json: Json | undefined, name: string): readonly (string | null)[] {
  return listOf(json).map((entry) => {
    const text = isRecord(entry) ? member(entry, name) : entry
    return typeof text === 'string' ? text : null
  })
}

import type { Json } from '../../../model/index.ts'
import { type AddressSet, ALL_ADDRESSES, intersection, isEmpty, NO_ADDRESSES, parseCidr, union } from '../../engine/addresses.ts'
import { isKnown, isRecord, type Known, type Members } from '../../readings.ts'
import { cidrList } from './cidr-list.ts'
import { listSetting, member } from '../native.ts'
import type { Sources } from './sources.ts'
import { neighbour, prefixListAddresses, type Surroundings } from './surroundings.ts'

/**
 * From where the security groups let a port be reached; any one of them is enough, and answers always leave. Without a port:
 * from where any port may be reached. Groups that are named by a rule stand for private addresses.
 * The reasons name the ranges that let an outsider in, and not those of the network's own side.
 */
export function groupSources(groups: Known<readonly string[]>, port: number | null, surroundings: Surroundings): Sources {
  if (!isKnown(groups)) return { least: NO_ADDRESSES, most: ALL_ADDRESSES, because: [], unread: [groups.problem] }
  const each = groups.known.map((group) => oneGroup(group, port, surroundings))
  const because = each.flatMap((sources) => sources.because)
  const what = port === null ? 'any port' : `port ${port}`
  return {
    least: port === null ? NO_ADDRESSES : union(...each.map(({ least }) => least)),
    most: union(...each.map(({ most }) => most)),
    because: because.length > 0 ? because : [`no security group lets an address on the internet reach ${what}`],
    unread: each.flatMap(({ unread }) => unread),
  }
}

/** The groups of accounts outside the zone that a rule lets in, in words: they come by private addresses, over a peering. */
export function outsideGroups(
  groups: Known<readonly string[]>,
  ports: readonly number[] | null,
  surroundings: Surroundings,
): readonly string[] {
  if (!isKnown(groups)) return []
  const inside = new Set([surroundings.subject.account, ...surroundings.zone.accounts])
  const found = groups.known.flatMap((group) => {
    const rules = rulesOf(group, surroundings)
    if (!isKnown(rules)) return []
    return rules.known
      .filter((rule) => ports === null || ports.some((port) => covers(rule, port)))
      .flatMap((rule) => rule.groups)
      .filter(({ account, ended }) => account !== null && !inside.has(account) && !ended)
      .map(
        ({ id, account }) =>
          `the security group ${group} lets the group ${id} of the account ${account} in, which a peering may connect`,
      )
  })
  return [...new Set(found)]
}

interface GroupRule {
  /** Null: all protocols and ports. */
  readonly ports: { readonly from: number; readonly to: number } | null
  readonly ranges: readonly string[]
  readonly prefixLists: readonly string[]
  readonly groups: readonly { readonly id: string; readonly account: string | null; readonly ended: boolean }[]
}

function oneGroup(group: string, port: number | null, surroundings: Surroundings): Sources {
  const rules = rulesOf(group, surroundings)
  if (!isKnown(rules)) return { least: NO_ADDRESSES, most: ALL_ADDRESSES, because: [], unread: [rules.problem] }
  let least: AddressSet = NO_ADDRESSES
  let most: AddressSet = NO_ADDRESSES
  const because: string[] = []
  const unread: string[] = []
  const what = port === null ? 'some port' : `port ${port}`
  for (const rule of rules.known.filter((candidate) => port === null || covers(candidate, port))) {
    const own = union(...rule.ranges.map((range) => parseCidr(range)!))
    least = union(least, own)
    most = union(most, own)
    const letIn = rule.ranges.filter((range) => !isEmpty(intersection(parseCidr(range)!, surroundings.outside)))
    if (letIn.length > 0) because.push(`the security group ${group} lets ${letIn.join(', ')} reach ${what}`)
    for (const id of rule.prefixLists) {
      const listed = prefixListAddresses(surroundings, id)
      if (isKnown(listed)) {
        least = union(least, listed.known)
        most = union(most, listed.known)
        const outsiders = intersection(listed.known, surroundings.outside)
        if (!isEmpty(outsiders))
          because.push(`${what} is open to the prefix list ${id} by the security group ${group}: ${cidrList(outsiders)}`)
      } else {
        most = ALL_ADDRESSES
        unread.push(`the security group ${group} names a list of addresses that was not read: ${listed.problem}`)
      }
    }
  }
  return { least, most, because, unread }
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
  const rules = records.known.filter((record) => member(record, 'IsEgress') !== true).map(parseRule)
  if (rules.includes(null)) return { problem: `${what} are not understood` }
  return { known: rules.filter((rule): rule is GroupRule => rule !== null && rule !== 'not of TCP') }
}

/** A rule as `IpPermissions` has it, or as `describe-security-group-rules` prints it; null where it is not understood. */
function parseRule(record: Members): GroupRule | 'not of TCP' | null {
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

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
import { isKnown, isRecord, type Known, type Members } from '../../readings.ts'
import { listSetting, member, textMember } from '../native.ts'
import { certainSources, type Sources, unknownSources } from './sources.ts'
import { neighbours, once, pay, type Surroundings } from './surroundings.ts'

/** From where a subnet's access list lets a port be reached and answered; null stands for a port that was not read. */
export type AccessList = (port: number | null) => Sources

/**
 * The access list of a subnet. It keeps no state: a packet and its answer are judged apart, each by the lowest rule that fits.
 * VPC, user guide: "Network ACL rules".
 */
export function accessListOf(subnet: string, surroundings: Surroundings): AccessList {
  const list = neighbours(surroundings, 'AWS::EC2::NetworkAcl').find((candidate) => {
    const associations = listSetting(candidate, 'its associations', 'associations')
    return isKnown(associations) && associations.known.some((entry) => member(entry, 'SubnetId') === subnet)
  })
  if (!list) return () => unknownSources(`the network access list of ${subnet} was not read`)
  return once(surroundings, `access list ${list.resource.id}`, () => readAccessList(list, surroundings))
}

function readAccessList(list: ResourceConfiguration, surroundings: Surroundings): AccessList {
  const name = list.resource.name
  const entries = entriesOf(listSetting(list, `the entries of the network access list ${name}`, 'entries'), name)
  if (!isKnown(entries)) return () => unknownSources(entries.problem)
  const coming = entries.known.filter(({ egress }) => !egress)
  const leaving = entries.known.filter(({ egress }) => egress)
  // The sender chooses the port that the answer goes to.
  const answered = union(...answerPorts(leaving).map((port) => admitted(leaving, port, surroundings)))
  return (port) => {
    if (port === null) return { ...unknownSources('which port it listens on was not read'), most: answered }
    const open = intersection(admitted(coming, port, surroundings), answered)
    const who = isEmpty(open) ? 'nobody' : 'some addresses'
    return certainSources(open, `the network access list ${name} lets ${who} reach port ${port}`)
  }
}

interface Entry {
  readonly number: number
  readonly egress: boolean
  readonly allows: boolean
  readonly addresses: AddressSet
  readonly ports: { readonly from: number; readonly to: number }
}

function admitted(entries: readonly Entry[], port: number, surroundings: Surroundings): AddressSet {
  let open: AddressSet = NO_ADDRESSES
  let left: AddressSet = ALL_ADDRESSES
  for (const { allows, addresses, ports } of entries) {
    if (port < ports.from || port > ports.to) continue
    if (!pay(surroundings, 2, open, left, addresses)) break
    if (allows) open = union(open, intersection(left, addresses))
    left = intersection(left, complement(addresses))
  }
  return open
}

/** One port of each stretch over which all entries say the same. */
function answerPorts(entries: readonly Entry[]): readonly number[] {
  const starts = [1, ...entries.flatMap(({ ports }) => [ports.from, ports.to + 1])]
  return [...new Set(starts)].filter((at) => at >= 1 && at <= 65_535).sort((a, b) => a - b)
}

// The quota is forty in each direction of each family.
const MOST_RULES = 200

/** The entries that may judge TCP, lowest number first. */
function entriesOf(records: Known<readonly Members[]>, name: string): Known<readonly Entry[]> {
  if (!isKnown(records)) return records
  const entries = records.known.map(parseEntry)
  if (entries.includes(null)) return { problem: `the entries of the network access list ${name} are not understood` }
  const ofTcp = entries.filter((entry): entry is Entry => entry !== null && entry !== 'not of TCP')
  if (ofTcp.length > MOST_RULES) return { problem: `the network access list ${name} has more than ${MOST_RULES} rules` }
  return { known: ofTcp.sort((left, right) => left.number - right.number) }
}

function parseEntry(record: Members): Entry | 'not of TCP' | null {
  const number = member(record, 'RuleNumber')
  const action = member(record, 'RuleAction')
  const egress = member(record, 'Egress')
  const protocol = textMember(record, 'Protocol').toLowerCase()
  const range = member(record, 'CidrBlock') ?? member(record, 'Ipv6CidrBlock')
  const addresses = typeof range === 'string' ? parseCidr(range) : null
  const ports = portsOf(member(record, 'PortRange'))
  if (!/^(-1|\d{1,3}|[a-z]+)$/.test(protocol)) return null
  if (protocol !== '-1' && protocol !== 'all' && protocol !== '6' && protocol !== 'tcp') return 'not of TCP'
  if (typeof number !== 'number' || (action !== 'allow' && action !== 'deny') || typeof egress !== 'boolean') return null
  if (!addresses || !ports) return null
  const whole = protocol === '-1' || protocol === 'all'
  return { number, egress, allows: action === 'allow', addresses, ports: whole ? { from: 0, to: 65_535 } : ports }
}

function portsOf(json: Json | undefined): Entry['ports'] | null {
  if (json === undefined || json === null) return { from: 0, to: 65_535 }
  if (!isRecord(json)) return null
  const from = member(json, 'From')
  const to = member(json, 'To')
  return typeof from === 'number' && typeof to === 'number' ? { from, to } : null
}

import type { Json, ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import { includesAddress, parseAddress, parseCidr } from '../../engine/addresses.ts'
import type { ReachContext } from '../../reach-model.ts'
import { eachAccess, isKnown, isRecord, type Known, type Members, nobody } from '../../readings.ts'
import { DATABASE_PORTS } from './database-ports.ts'
import type { DoorPort, NetworkDoor } from './door.ts'
import { placementFacet, unplaced } from './managed-door.ts'
import { idsOf, listSetting, member, portOf, setting, textSetting } from '../native.ts'
import { surroundingsOf } from './surroundings.ts'
import { verdictsOfDoors } from './verdict.ts'

/**
 * An EC2 instance as a store: the ports of databases on each of its network interfaces. What listens is told by the facet
 * `listeningPorts`; where it is not there, every such port that the network opens may be a database's.
 */
export function decideInstance(configuration: ResourceConfiguration, { zone, asOf, related = [] }: ReachContext): Verdicts {
  const state = stateOf(configuration)
  if (state !== null && /^(stopp|shutting-down|terminated)/.test(state)) {
    const verdict = nobody(`the instance is ${state}: nothing listens`)
    return eachAccess(() => verdict)
  }
  const surroundings = surroundingsOf(configuration.resource, zone, related)
  const ports = listeners(configuration)
  if (isKnown(ports) && ports.known.length === 0) {
    const verdict = nobody('nothing listens on a port of a database')
    return eachAccess(() => verdict)
  }
  const doors = doorsOf(configuration, ports)
  const behind = {
    guard: "a connection meets the database's own login, if it asks for one, which is not judged here",
    noDoor: 'the instance has no network interface',
    unread: [],
  }
  return verdictsOfDoors(doors, behind, surroundings, asOf)
}

function doorsOf(configuration: ResourceConfiguration, ports: Known<readonly DoorPort[]>): readonly NetworkDoor[] {
  const interfaces = listSetting(configuration, 'its network interfaces', 'NetworkInterfaces')
  const own = setting(configuration, 'NetworkInterfaces')
  if (own !== undefined && isKnown(interfaces)) return interfaces.known.map((entry) => interfaceDoor(entry, ports))
  return [
    {
      name: 'the instance',
      addresses: { ...simpleAddresses(configuration), because: 'the public addresses of the instance' },
      ports,
      ...(placementFacet(configuration) ?? {
        vpc: textSetting(configuration, 'VpcId'),
        subnets: oneText(textSetting(configuration, 'SubnetId'), 'its subnet was not read'),
        securityGroups: groupsOf(configuration),
      }),
    },
  ]
}

/** One network interface as `describe-instances` prints it. */
function interfaceDoor(entry: Members, ports: Known<readonly DoorPort[]>): NetworkDoor {
  const id = member(entry, 'NetworkInterfaceId')
  const name = typeof id === 'string' ? `the network interface ${id}` : 'a network interface'
  const privates = member(entry, 'PrivateIpAddresses')
  const associations = [
    entry,
    ...(Array.isArray(privates) ? (privates as readonly Json[]).filter((one) => isRecord(one)) : []),
  ].flatMap((one) => {
    const association = member(one, 'Association')
    return isRecord(association) ? [association] : []
  })
  const publicAddress = associations.map((one) => member(one, 'PublicIp')).find((ip) => typeof ip === 'string')
  const carrier = associations.some((one) => typeof member(one, 'CarrierIp') === 'string')
  const v6 = routable(member(entry, 'Ipv6Addresses'))
  const groups = idsOf(member(entry, 'Groups'), 'GroupId', 'its security groups')
  const subnet = member(entry, 'SubnetId')
  const vpc = member(entry, 'VpcId')
  const v4: Known<boolean> =
    carrier && publicAddress === undefined
      ? { problem: `${name} has an address of a carrier, whose network is not modelled` }
      : { known: publicAddress !== undefined }
  const has = [
    ...(publicAddress === undefined ? [] : ['a public address of IPv4']),
    ...(isKnown(v6) && v6.known ? ['a public address of IPv6'] : []),
  ]
  return {
    name,
    addresses: { v4, v6, because: has.length > 0 ? `${name} has ${has.join(' and ')}` : `${name} has no public address` },
    ports,
    ...unplaced('its network was not read'),
    vpc: typeof vpc === 'string' ? vpc : null,
    subnets: oneText(typeof subnet === 'string' ? subnet : null, `the subnet of ${name} was not read`),
    securityGroups:
      isKnown(groups) && groups.known.length === 0 ? { problem: `the security groups of ${name} were not read` } : groups,
  }
}

/** The facet `addresses`, `{"v4":[…],"v6":[…]}`, or the addresses that the instance itself lists. */
function simpleAddresses(configuration: ResourceConfiguration): Pick<NetworkDoor['addresses'], 'v4' | 'v6'> {
  const facet = setting(configuration, 'addresses')
  const lists = facet?.status === 'read' && isRecord(facet.value) ? facet.value : null
  const address = setting(configuration, 'PublicIpAddress')
  const sixes = setting(configuration, 'Ipv6Addresses')
  const v4: Known<boolean> =
    lists?.v4 !== undefined
      ? routable(lists.v4)
      : facet?.status === 'absent' || address?.status === 'absent'
        ? { known: false }
        : address?.status === 'read' && typeof address.value === 'string'
          ? { known: true }
          : { problem: 'whether it has a public address of IPv4 was not read' }
  const v6: Known<boolean> =
    lists?.v6 !== undefined
      ? routable(lists.v6)
      : facet?.status === 'absent' || sixes?.status === 'absent'
        ? { known: false }
        : sixes?.status === 'read'
          ? routable(sixes.value)
          : { problem: 'whether it has an address of IPv6 was not read' }
  return { v4, v6 }
}

// Private ranges of IPv6 (fc00::/7, fe80::/10) lead nowhere on the internet.
const GLOBAL_V6 = parseCidr('2000::/3')!
const PRIVATE_V4 = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map((cidr) => parseCidr(cidr)!)

/** Whether a list of addresses holds one of the internet. */
function routable(json: Json | undefined): Known<boolean> {
  if (json === null || json === undefined) return { known: false }
  if (typeof json === 'boolean') return { known: json }
  const texts = idsOf(typeof json === 'string' ? [json] : json, 'Ipv6Address', 'its addresses')
  if (!isKnown(texts)) return texts
  if (texts.known.some((text) => !parseAddress(text))) return { problem: 'its addresses are not understood' }
  const isPublic = (text: string) =>
    text.includes(':') ? includesAddress(GLOBAL_V6, text) : !PRIVATE_V4.some((range) => includesAddress(range, text))
  return { known: texts.known.some(isPublic) }
}

function groupsOf(configuration: ResourceConfiguration): Known<readonly string[]> {
  const problem = 'its security groups were not read'
  const reading = setting(configuration, 'SecurityGroups', 'securityGroupIds')
  const ids = reading?.status === 'read' ? idsOf(reading.value, 'GroupId', 'its security groups') : { problem }
  return isKnown(ids) && ids.known.length === 0 ? { problem } : ids
}

function oneText(text: string | null, problem: string): Known<readonly string[]> {
  return text === null || text === '' ? { problem } : { known: [text] }
}

function stateOf(configuration: ResourceConfiguration): string | null {
  const reading = setting(configuration, 'State')
  if (reading?.status !== 'read') return null
  const name = isRecord(reading.value) ? member(reading.value, 'Name') : reading.value
  return typeof name === 'string' ? name : null
}

/**
 * What listens: `listeningPorts` lists numbers, or records with `port` and, where it is not every address, `address`;
 * `databasePorts` adds numbers to the usual ones.
 */
function listeners(configuration: ResourceConfiguration): Known<readonly DoorPort[]> {
  const more = setting(configuration, 'databasePorts')
  const own =
    more?.status === 'read' && Array.isArray(more.value) ? (more.value as readonly Json[]).map((port) => portOf(port)) : []
  const candidates = new Map([
    ...DATABASE_PORTS,
    ...own.flatMap((port) => (port === null ? [] : [[port, 'a database'] as const])),
  ])
  const reading = setting(configuration, 'listeningPorts')
  if (reading?.status === 'absent') return { known: [] }
  const open =
    reading?.status === 'read' && Array.isArray(reading.value) ? (reading.value as readonly Json[]).map(listener) : null
  const readable = open !== null && !open.includes(null)
  const ports = [...candidates]
    .sort(([left], [right]) => left - right)
    .map(([port, use]) => ({ port, use, listens: readable ? open.includes(port) : null }))
  return { known: ports.filter(({ listens }) => listens !== false) }
}

/** The port of a listener; 0 where it takes no connections from elsewhere; null where it is not understood. */
function listener(json: Json): number | null {
  if (!isRecord(json)) return portOf(json)
  const address = member(json, 'address')
  const protocol = member(json, 'protocol')
  if (typeof protocol === 'string' && !protocol.toLowerCase().startsWith('tcp')) return 0
  if (typeof address === 'string' && (/^127\./.test(address) || address === '::1' || address === 'localhost')) return 0
  return portOf(member(json, 'port'))
}

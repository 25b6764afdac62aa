import { type AddressSet, ALL_ADDRESSES, complement, intersection, isEmpty, NO_ADDRESSES, union } from '../../engine/addresses.ts'
import { isKnown, type Known } from '../../readings.ts'
import { type AccessList, accessListOf } from './access-lists.ts'
import { RAN_OUT } from '../policy/decision.ts'
import { type GatewayBlock, gatewayBlock } from './public-access-block.ts'
import { type GatewaySources, gatewaySources } from './route-tables.ts'
import { type SecurityGroups, securityGroupsOf } from './security-groups.ts'
import { type Sources, unknownSources } from './sources.ts'
import { pay, subnetFacts, type Surroundings } from './surroundings.ts'

/** A place on a network where connections are taken. */
export interface NetworkDoor {
  /** As a reader would name it: `the database`, `the network interface eni-…`. */
  readonly name: string
  /** Whether it has an address on the internet, by family, with a sentence on what says so. */
  readonly addresses: { readonly v4: Known<boolean>; readonly v6: Known<boolean>; readonly because: string }
  readonly ports: Known<readonly DoorPort[]>
  /** Null: not read. */
  readonly vpc: string | null
  /** It stands in one of them; in which is not known. */
  readonly subnets: Known<readonly string[]>
  readonly securityGroups: Known<readonly string[]>
}

export interface DoorPort {
  readonly port: number
  /** What usually listens there; null where that is not in question. */
  readonly use: string | null
  /** Null: whether anything listens was not read. */
  readonly listens: boolean | null
}

/** From where each port of a door is reached. */
export interface DoorReach {
  readonly ports: readonly { readonly port: number | null; readonly sources: Sources }[]
  /** Ways in that are no internet's and are not followed, where something speaks for them. */
  readonly otherWays: readonly string[]
}

/** From where a door is reached: the addresses that it has, its security groups, and the subnet that it stands in. */
export function reachOfDoor(door: NetworkDoor, surroundings: Surroundings): DoorReach {
  const places =
    isKnown(door.subnets) && door.subnets.known.length > 0
      ? door.subnets.known.map((id) => placeOf(door, id, surroundings))
      : null
  const groups = securityGroupsOf(door.securityGroups, surroundings)
  const addressed = addressSources(door, surroundings)
  const ports = isKnown(door.ports) ? door.ports.known : [{ port: null, use: null, listens: null }]
  const reached = ports.map(({ port, use, listens }) => {
    if (surroundings.work.exhausted) return { port, sources: unknownSources(RAN_OUT) }
    const inside = places ? acrossPlaces(places, port, surroundings) : noPlace(door)
    const heard = listening(door, port, use, listens)
    return { port, sources: meet([addressed, groups.sources(port), inside, heard], surroundings.outside) }
  })
  return { ports: reached, otherWays: otherWays(door, groups, places, surroundings) }
}

interface Place {
  readonly subnet: string
  readonly gateway: GatewaySources
  readonly block: GatewayBlock
  readonly list: AccessList
}

function placeOf({ vpc }: NetworkDoor, subnet: string, surroundings: Surroundings): Place {
  return {
    subnet,
    gateway: gatewaySources(subnet, vpc, surroundings),
    list: accessListOf(subnet, surroundings),
    block: gatewayBlock(subnet, vpc ?? subnetFacts(surroundings, subnet).vpc, surroundings),
  }
}

function noPlace({ subnets, name }: NetworkDoor): Sources {
  return {
    least: NO_ADDRESSES,
    most: ALL_ADDRESSES,
    because: [],
    unread: [isKnown(subnets) ? `the subnets of ${name} were not read` : subnets.problem],
  }
}

const FAMILIES = { v4: { v4: ALL_ADDRESSES.v4, v6: [] }, v6: { v4: [], v6: ALL_ADDRESSES.v6 } } as const

function addressSources({ addresses, subnets }: NetworkDoor, surroundings: Surroundings): Sources {
  const noV6 =
    isKnown(subnets) && subnets.known.length > 0 && subnets.known.every((id) => subnetFacts(surroundings, id).hasIpv6 === false)
  const v6: Known<boolean> = noV6 ? { known: false } : addresses.v6
  const families = [
    [addresses.v4, FAMILIES.v4],
    [v6, FAMILIES.v6],
  ] as const
  return {
    least: union(...families.map(([has, family]) => (isKnown(has) && has.known ? family : NO_ADDRESSES))),
    most: union(...families.map(([has, family]) => (isKnown(has) && !has.known ? NO_ADDRESSES : family))),
    because: [addresses.because],
    unread: families.flatMap(([has]) => (isKnown(has) ? [] : [has.problem])),
  }
}

function listening({ name }: NetworkDoor, port: number | null, use: string | null, listens: boolean | null): Sources {
  if (port === null) return { least: NO_ADDRESSES, most: ALL_ADDRESSES, because: [], unread: [] }
  const what = `port ${port}${use === null ? '' : ` (${use})`}`
  if (listens === null)
    return {
      least: NO_ADDRESSES,
      most: ALL_ADDRESSES,
      because: [],
      unread: [`whether anything listens on ${what} of ${name} was not read`],
    }
  return { least: ALL_ADDRESSES, most: ALL_ADDRESSES, because: [], unread: [] }
}

/** In which of its subnets a door stands is not known: certain is what holds in all of them. */
function acrossPlaces(places: readonly Place[], port: number | null, surroundings: Surroundings): Sources {
  const each = places.map(({ gateway, block, list: accessList }) => {
    if (surroundings.work.exhausted) return unknownSources(RAN_OUT)
    const list = accessList(port)
    if (!pay(surroundings, 6, gateway.least, gateway.most, list.least, list.most)) return unknownSources(RAN_OUT)
    const lifted = isKnown(block.blocks) ? (block.blocks.known ? NO_ADDRESSES : ALL_ADDRESSES) : null
    return {
      least: intersection(intersection(gateway.least, list.least), lifted ?? NO_ADDRESSES),
      most: intersection(intersection(gateway.most, list.most), lifted ?? ALL_ADDRESSES),
      because: [...gateway.because, ...list.because, ...(lifted === ALL_ADDRESSES ? [] : [block.because])],
      unread: [...gateway.unread, ...list.unread, ...(isKnown(block.blocks) ? [] : [block.blocks.problem])],
    }
  })
  const differ = each.some((place) => !isSame(place.most, each[0]!.most) || !isSame(place.least, each[0]!.least))
  return {
    least: each.reduce<AddressSet>((left, { least }) => intersection(left, least), ALL_ADDRESSES),
    most: union(...each.map(({ most }) => most)),
    because: [...new Set(each.flatMap(({ because }) => because))],
    unread: [
      ...new Set([
        ...each.flatMap(({ unread }) => unread),
        ...(differ ? ['in which of its subnets the database stands is not known'] : []),
      ]),
    ],
  }
}

function meet(layers: readonly Sources[], outside: AddressSet): Sources {
  return {
    least: layers.reduce((left, layer) => intersection(left, layer.least), outside),
    most: layers.reduce((left, layer) => intersection(left, layer.most), outside),
    because: layers.flatMap(({ because }) => because),
    unread: layers.flatMap(({ unread }) => unread),
  }
}

/**
 * Connections that come by a private way: a network of public addresses that a route names, and groups of other accounts. The
 * security groups and access lists of this side let them in; what lies on the other side is not modelled.
 */
function otherWays(
  { ports }: NetworkDoor,
  groups: SecurityGroups,
  places: readonly Place[] | null,
  { outside }: Surroundings,
): readonly string[] {
  const numbers = isKnown(ports) ? ports.known.filter(({ listens }) => listens !== false).map(({ port }) => port) : null
  const behind = (places ?? []).filter(({ gateway, list }) => {
    const named = { least: gateway.private, most: gateway.private, because: [], unread: [] }
    if (isEmpty(gateway.private)) return false
    return (numbers ?? [null]).some((port) => !isEmpty(meet([named, groups.sources(port), list(port)], outside).most))
  })
  const peered = places === null || places.some(({ gateway }) => gateway.peered !== false)
  return [
    ...new Set([
      ...behind.map(
        ({ gateway }) =>
          `${gateway.because.join()}, and sends public addresses to a private connection whose other side is not modelled`,
      ),
      ...(peered ? groups.outsiders(numbers) : []),
    ]),
  ]
}

function isSame(left: AddressSet, right: AddressSet): boolean {
  return isEmpty(intersection(left, complement(right))) && isEmpty(intersection(right, complement(left)))
}

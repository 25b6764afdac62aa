import { ALL_ADDRESSES, type AddressSet, complement, intersection, isEmpty, NO_ADDRESSES, union } from '../../engine/addresses.ts'
import type { OpenAudience } from '../findings.ts'
import { isWide } from '../../outside.ts'
import { PRIVATE_ADDRESSES, someAddress } from './sources.ts'

/** From where outsiders get as far as a resource, whatever it then asks of them. */
export interface Network {
  /** Internet addresses outside the zone that certainly get there, and those that may. */
  readonly least: AddressSet
  readonly most: AddressSet
  /** Particular networks of others, and doors that anybody can make. */
  readonly doors: readonly Door[]
  /** Why the addresses get there, what was not read of it, and why nothing else does. */
  readonly because: readonly string[]
  readonly doubts: readonly string[]
  readonly shut: readonly string[]
}

export interface Door {
  readonly audience: OpenAudience
  readonly certain: boolean
  readonly context: Readonly<Record<string, string>>
  readonly because: string
}

/** One way through the network. */
export interface Way extends Omit<Door, 'because'> {
  readonly because: readonly string[]
}

export const CLOSED_NETWORK: Network = { least: NO_ADDRESSES, most: NO_ADDRESSES, doors: [], because: [], doubts: [], shut: [] }

/** Networks that lead to the same resource side by side. */
export function joined(...networks: readonly Network[]): Network {
  return {
    least: union(...networks.map(({ least }) => least)),
    most: union(...networks.map(({ most }) => most)),
    doors: networks.flatMap(({ doors }) => doors),
    because: networks.flatMap(({ because }) => because),
    doubts: networks.flatMap(({ doubts }) => doubts),
    shut: networks.flatMap(({ shut }) => shut),
  }
}

/**
 * The ways through a network, the widest certain one first. With `within`, only for the addresses that a shared access
 * signature is limited to: what comes through a subnet or a private endpoint has a private one.
 */
export function waysThrough(network: Network, within: AddressSet = ALL_ADDRESSES): readonly Way[] {
  const ofNetwork = WAYS.get(network) ?? new WeakMap<AddressSet, readonly Way[]>()
  WAYS.set(network, ofNetwork)
  const made = ofNetwork.get(within) ?? findWays(network, within)
  ofNetwork.set(within, made)
  return made
}

// One network is asked for every store and every access, with the same limits.
const WAYS = new WeakMap<Network, WeakMap<AddressSet, readonly Way[]>>()

function findWays(network: Network, within: AddressSet): readonly Way[] {
  const least = intersection(network.least, within)
  const most = intersection(union(network.most, network.least), within)
  const ways: Way[] = doorsWithin(network, within).map(({ because, ...door }) => ({ ...door, because: [because] }))
  if (!isEmpty(least)) {
    const context = { sourceIp: someAddress(least)! }
    ways.unshift({ audience: isWide(least) ? 'anyone' : 'named', certain: true, context, because: network.because })
  }
  const more = intersection(most, complement(least))
  if (!isEmpty(more) && !isWide(least)) {
    const context = { sourceIp: someAddress(more)! }
    ways.push({ audience: isWide(most) ? 'anyone' : 'named', certain: false, context, because: network.doubts })
  }
  return ways.sort((left, right) => rank(right) - rank(left))
}

function doorsWithin({ doors }: Network, within: AddressSet): readonly Door[] {
  if (within === ALL_ADDRESSES) return doors
  if (isEmpty(intersection(within, PRIVATE_ADDRESSES))) return []
  return doors.map((door) => ({ ...door, certain: false }))
}

function rank({ certain, audience }: Way): number {
  return (certain ? 4 : 0) + (audience === 'anyone' ? 2 : audience === 'any-identity' ? 1 : 0)
}

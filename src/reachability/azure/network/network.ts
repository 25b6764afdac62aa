import { type AddressSet, complement, intersection, isEmpty, NO_ADDRESSES, union } from '../../engine/addresses.ts'
import type { OpenAudience } from '../findings.ts'
import { isWide, someAddress } from './sources.ts'

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
 * The ways through a network, the widest certain one first. With `within`, only for those addresses: what a shared access
 * signature is limited to also shuts the doors that have no internet address.
 */
export function waysThrough(network: Network, within?: AddressSet): readonly Way[] {
  const least = within ? intersection(network.least, within) : network.least
  const most = within ? intersection(union(network.most, network.least), within) : union(network.most, network.least)
  const ways: Way[] = within
    ? network.doors.map(({ because, ...door }) => ({
        ...door,
        certain: false,
        because: [because, 'the signature names addresses'],
      }))
    : network.doors.map(({ because, ...door }) => ({ ...door, because: [because] }))
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

function rank({ certain, audience }: Way): number {
  return (certain ? 4 : 0) + (audience === 'anyone' ? 2 : audience === 'any-identity' ? 1 : 0)
}

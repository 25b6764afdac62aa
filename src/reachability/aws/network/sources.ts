import { type AddressSet, ALL_ADDRESSES, NO_ADDRESSES } from '../../engine/addresses.ts'

/** What is known of a set of addresses: those that are in it for certain, and those that may be. */
export interface Sources {
  readonly least: AddressSet
  readonly most: AddressSet
  readonly because: readonly string[]
  /** Why `least` and `most` differ, where they do. */
  readonly unread: readonly string[]
}

/** Nothing is certain, everything possible. */
export function unknownSources(why: string): Sources {
  return { least: NO_ADDRESSES, most: ALL_ADDRESSES, because: [], unread: [why] }
}

/** Exactly these addresses. */
export function certainSources(addresses: AddressSet, ...because: readonly string[]): Sources {
  return { least: addresses, most: addresses, because, unread: [] }
}

import type { Access, Instant, Witness } from '../../../model/index.ts'
import type { AddressSet } from '../../engine/addresses.ts'
import type { Literal } from '../../engine/solve.ts'
import type { Known } from '../../readings.ts'
import type { Tag } from './cel/tags.ts'
import type { Condition } from './condition.ts'
import type { DenyRule } from './deny-policy.ts'
import type { Principal } from './principals.ts'
import type { Holds } from './roles.ts'
import type { GoogleZone } from './standing.ts'

/** A way of using a resource: a permission, and on what it is checked. */
export interface Use {
  readonly permission: string
  readonly on: Form
  /** Why nobody can do this without an identity, whoever was granted it; undefined where one can. */
  readonly needsIdentity?: string
}

/** What a permission is checked on: one thing, or any of the things whose names begin alike. */
export interface Form {
  /** The values of `resource.service` and `resource.type`. */
  readonly service: string
  readonly type: string
  /** The value of `resource.name`, or how it begins where any name may follow. */
  readonly name: string
  readonly holdsMany: boolean
  /** What the service tells conditions about its resources; what it does not tell is not known. */
  readonly tells: 'everything' | 'service-and-type' | 'nothing'
}

/** A grant: to whom, what, when, and on which names only. */
export interface Grant {
  readonly label: string
  readonly members: readonly Principal[]
  readonly holds: (permission: string) => Holds
  readonly condition: Condition
  /** What is asked of the name besides: for a grant on a folder or on one object. */
  readonly within: readonly Literal[]
  /** The same, for one concrete request. */
  readonly covers: (context: Witness['context']) => boolean
}

/** The network from which requests come through, as far as it is certain and as far as it is possible. */
export interface Network {
  readonly least: AddressSet
  readonly most: AddressSet
  readonly because: readonly string[]
  readonly unread: readonly string[]
}

/** Everything that decides who gets in by Identity and Access Management. */
export interface Door {
  readonly id: string
  readonly uses: Readonly<Record<Access, readonly Use[]>>
  readonly grants: readonly Grant[]
  /** Why there may be further grants, to anybody, that were not read. */
  readonly unreadGrants: Readonly<Record<Access, readonly string[]>>
  readonly denies: readonly DenyRule[]
  readonly unreadDenies: readonly string[]
  /** Whether `allUsers` and `allAuthenticatedUsers` are prevented; with the sentence that says by what. */
  readonly publicPrevented: Known<string | null>
  /** Why a request without credentials is refused; null where it is not. */
  readonly anonymousRefused: Known<string | null>
  readonly network: Network
  readonly tags: Known<readonly Tag[]>
  readonly zone: GoogleZone
  readonly asOf: Instant
  /** Sentences to be said beside every verdict. */
  readonly remarks: readonly string[]
}

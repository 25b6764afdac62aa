import type { Access, Verdict } from '../../model/index.ts'

/**
 * Why nobody outside gets in, or nobody wider than the verdict says, as plain JSON that can be checked against the
 * configuration piece by piece without searching. It covers every request: each kind of sender, over each route, with each
 * action of the access, by each grant that might allow it.
 */
export interface Certificate {
  readonly format: 'ajar-certificate/1'
  /** What requests name; the rest of an object's name is the sender's choice. */
  readonly resource: string
  readonly actions: readonly string[]
  /** Nobody wider than this gets in. */
  readonly audience: 'none' | 'named' | 'any-identity'
  /** `none` takes one claim about everybody; `named` one each about the anonymous and about identities; `any-identity` the first of these. */
  readonly claims: readonly Claim[]
}

/** No request by these senders gets in, but for those from a few addresses. */
export interface Claim {
  /** `identities` are those whom no policy and no zone names: what they may do, anybody may. Endpoints are those that nobody names. */
  readonly who: 'everybody' | 'anonymous' | 'identities'
  /** Internet addresses, first and last of each range, about which nothing is claimed: together no wide source. */
  readonly except: readonly (readonly [string, string])[]
  readonly closed: readonly Closed[]
}

/** The same reason closes all these requests to the same grants. */
export interface Closed {
  readonly requests: readonly RequestBlock[]
  /** One grant of each body of policy whose consent is needed; none where requests do not get as far as the grants. */
  readonly grants: readonly GrantName[]
  readonly reason: Reason
}

/** Every sender over every route with every action. */
export interface RequestBlock {
  /** `anonymous`, `user`, `role`, `root`, `federated`, `canonical ID`, `service NAME with-account`, `service NAME without-account`. */
  readonly senders: readonly string[]
  /** `internet-v4`, `internet-v6`, `endpoint`, `service` (a service sends or forwards it). */
  readonly routes: readonly string[]
  readonly actions: readonly string[]
}

/** A statement by its policy and its place from 1, or an entry of an access control list in words. */
export type GrantName = { readonly policy: string; readonly statement: number } | { readonly entry: string }

/** A part of a statement that a request meets or does not. */
export type PartName = GrantName &
  (
    | { readonly part: 'action' | 'principal' | 'resource' | 'grantee' }
    | { readonly part: 'condition'; readonly operator: string; readonly key: string }
  )

export type Reason =
  /** A layer before the grants stops outsiders of every kind but services, or all requests without credentials. */
  | { readonly kind: 'stopped'; readonly stops: 'outsiders' | 'unsigned' }
  /** The Deny applies to every such request. */
  | { readonly kind: 'denied'; readonly policy: string; readonly statement: number }
  /**
   * No value of what they speak of meets all of these parts: parts of the grants must hold, and of a Deny above the one part
   * that is said to be missed must not hold.
   */
  | { readonly kind: 'conflict'; readonly about: string; readonly parts: readonly PartName[] }
  /** The request must miss one part of this Deny; none of these ways is open, and its other parts cannot be missed. */
  | { readonly kind: 'split'; readonly policy: string; readonly statement: number; readonly ways: readonly Way[] }

export interface Way {
  readonly misses: PartName
  readonly reason: Reason
}

/** What a verdict carries where certificates are asked for. */
export interface Certified {
  readonly certificate?: Certificate | null
}

/** A verdict with its certificate. Null: it has a witness for the widest audience, is undecided, or is not decided by one door's policies alone. */
export interface CertifiedVerdict {
  readonly verdict: Verdict
  readonly certificate: Certificate | null
}

export type CertifiedVerdicts = Readonly<Record<Access, CertifiedVerdict>>

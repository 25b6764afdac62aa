/** What can be done to a store; `admin` is changing who may do what. */
export const ACCESSES = ['read', 'list', 'write', 'delete', 'admin'] as const
export type Access = (typeof ACCESSES)[number]

/**
 * The widest group outside the zone of trust that has an access. `anyone` needs no credentials; `any-identity` needs
 * some account of the provider, no matter whose; `named` is everything narrower; `undecided` is counted as possibly open.
 */
export type Audience = 'anyone' | 'any-identity' | 'named' | 'none' | 'undecided'

export type WitnessPrincipal =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'aws'
      readonly account: string
      readonly arn: string
      readonly organization: string | null
      readonly organizationPath: string | null
    }
  | { readonly kind: 'service'; readonly service: string }
  /** A Google identity as policies name it: `user:…`, `serviceAccount:…`, `group:…`. */
  | { readonly kind: 'google'; readonly member: string }
  /** An identity of Microsoft Entra, by its tenant. */
  | { readonly kind: 'entra'; readonly tenant: string; readonly object: string }
  /** Whoever holds a signed link or a key; who that is, no configuration says. */
  | { readonly kind: 'bearer'; readonly of: string }

/** One concrete request that would succeed. The context is complete: another implementation allows it as it stands. */
export interface Witness {
  readonly principal: WitnessPrincipal
  /** `s3:GetObject`; for a database's network door, `tcp:connect`. */
  readonly action: string
  readonly resource: string
  readonly context: Readonly<Record<string, string | readonly string[]>>
}

/** One decision with its reasons. A witness is there exactly when the audience is `anyone`, `any-identity` or `named`. */
export interface Verdict {
  readonly audience: Audience
  readonly witness: Witness | null
  /** Sentences; for `none` the certificate in words, for `undecided` what was not read or is not modelled. */
  readonly because: readonly string[]
  /** Of an undecided verdict, where it is known: the audience that is certain, and the widest that is possible. */
  readonly bounds?: { readonly certain: Audience; readonly possible: Audience }
}

export type Verdicts = Readonly<Record<Access, Verdict>>

/** What one statement of a policy does with one request, as the second reading found it. */
export interface TraceStep {
  /** As a reader would say it: `bucket policy`, `resource control policy 1`. */
  readonly document: string
  /** Its place in the document, from 1. */
  readonly statement: number
  readonly sid: string | null
  readonly effect: 'Allow' | 'Deny'
  /** The first part that the request does not meet; null where the statement applies. */
  readonly missed: MissedPart | null
}

export type MissedPart =
  | { readonly part: 'action' }
  | { readonly part: 'principal' }
  | { readonly part: 'resource' }
  | {
      readonly part: 'condition'
      readonly operator: string
      readonly key: string
      readonly wanted: readonly string[]
      /** The value that the request carries; null: none. */
      readonly found: string | readonly string[] | null
    }

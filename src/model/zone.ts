/** The zone of trust: who counts as inside. Everyone else is an outsider. */
export interface ZoneOfTrust {
  /** AWS organisation ids, `o-…`, and Google ones, `organizations/…`. */
  readonly organizations: readonly string[]
  /** Twelve-digit AWS account ids, Google project ids, Azure subscription ids. */
  readonly accounts: readonly string[]
  readonly cidrs: readonly string[]
  readonly vpcs: readonly string[]
  readonly vpcEndpoints: readonly string[]
  /** Principals by ARN, Google member or Entra object id: named partners. */
  readonly principals: readonly string[]
  /** Domains of Google accounts that are inside. */
  readonly domains?: readonly string[]
  /** Tenants of Microsoft Entra that are inside, by id. */
  readonly tenants?: readonly string[]
}

/** Network addresses whose requests are told apart from strangers', with who vouches for it and until when. */
export interface KnownNetwork {
  readonly cidr: string
  readonly name: string
  readonly standing: 'known-good' | 'known-scanner'
  readonly owner?: string
  readonly expires?: string
}

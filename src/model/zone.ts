/** The zone of trust: who counts as inside. Everyone else is an outsider. */
export interface ZoneOfTrust {
  /** AWS organisation ids, `o-…`. */
  readonly organizations: readonly string[]
  /** Twelve-digit AWS account ids. */
  readonly accounts: readonly string[]
  readonly cidrs: readonly string[]
  readonly vpcs: readonly string[]
  readonly vpcEndpoints: readonly string[]
  /** Principals by ARN: named partners. */
  readonly principals: readonly string[]
}

/** Network addresses whose requests are told apart from strangers', with who vouches for it and until when. */
export interface KnownNetwork {
  readonly cidr: string
  readonly name: string
  readonly standing: 'known-good' | 'known-scanner'
  readonly owner?: string
  readonly expires?: string
}

import type { Audience, Instant, KnownNetwork, Observation, ZoneOfTrust } from '../model/index.ts'

/** Who came to one store in some windows of time. */
export interface AccessQuery {
  /** The store's resource id: `arn:aws:s3:::bucket`, or that of a database, which has no such logs. */
  readonly store: string
  /** The bucket as access logs name it; empty where the store is none. */
  readonly bucket: string
  readonly windows: readonly { readonly from: Instant; readonly to: Instant }[]
  readonly sources: { readonly zone: ZoneOfTrust; readonly knownNetworks: readonly KnownNetwork[] }
  /** Observations of the store's and the trails' logging configuration. */
  readonly loggingHistory: readonly Observation[]
  /** The widest audience that could read or list. */
  readonly reach: Audience
  readonly asOf: Instant
}

import type { EvidenceRef } from './evidence.ts'
import type { Instant } from './instant.ts'
import type { Json } from './json.ts'
import type { Reading } from './reading.ts'

/** Anything that holds or hands out data, by its provider's own id and type name. */
export interface ResourceRef {
  /** ARN, Azure resource ID or Google Cloud full resource name; for an account, `arn:aws:iam::<account>:root`. */
  readonly id: string
  /** The provider's type name: `AWS::S3::Bucket`, `AWS::RDS::DBSnapshot`, `AWS::RDS::DBInstance`, `AWS::Account`… */
  readonly type: string
  readonly account: string
  readonly region: string
  readonly name: string
}

/**
 * One side of a resource's configuration, read or not by itself. The names are those of `ajar reach`:
 * `policy`, `acl`, `publicAccessBlock`, `accountPublicAccessBlock`, `objectOwnership`, `objectAcls`, `encryption`,
 * `requestPayment`, `website`, `accessPoints`, `resourceControlPolicies` for reachability; `logging`, `versioning`,
 * `lifecycle`, `tags`, `dataEvents` for the later stages; `existence` (`{"exists":boolean}`) for when it was there at all.
 */
export type Facet = string

/**
 * What one source said of one facet of one resource.
 * A `point` was seen to hold at `validFrom` and may have held before; a `change` took effect exactly then.
 */
export interface Observation {
  readonly resource: ResourceRef
  readonly facet: Facet
  readonly kind: 'point' | 'change'
  readonly validFrom: Instant
  readonly value: Reading<Json>
  /** `provider`: the provider's own published history of a setting. */
  readonly source: 'aws-config' | 'cloudtrail' | 'aws-cli' | 's3-inventory' | 'aws-organizations' | 'provider'
  readonly evidence: EvidenceRef
}

/** The configuration of one resource at one moment: what reachability decides on. A facet that is missing was not read. */
export interface ResourceConfiguration {
  readonly resource: ResourceRef
  readonly facets: Readonly<Record<Facet, Reading<Json>>>
}

/** An account of the organisation, as its organisation lists it. */
export interface OrganizationAccount {
  readonly id: string
  readonly name: string
  readonly organization: string | null
  readonly status: string
}

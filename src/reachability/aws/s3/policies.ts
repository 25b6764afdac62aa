import type { Facet } from '../../../model/index.ts'
import { isKnown, type Known } from '../../readings.ts'
import type { NamedPolicy } from '../../reach-model.ts'
import type { BucketDoors } from './doors.ts'
import type { ReadPolicy } from './read-policy.ts'

/** A policy by the name that traces give it, where it was read and is set. */
export function namedPolicy(read: Known<ReadPolicy | null>, facet: Facet | null): readonly NamedPolicy[] {
  return isKnown(read) && read.known ? [{ document: read.known.policy.name, facet, value: read.known.document }] : []
}

/** The policies that bear on a bucket: its own, those above it, and those of its key and endpoints. */
export function policiesOfBucket({ facets, endpoints }: BucketDoors): readonly NamedPolicy[] {
  const { policy, controls, encryption } = facets
  const key = isKnown(encryption.byDefault) ? encryption.byDefault.known : null
  return [
    ...namedPolicy(policy, 'policy'),
    ...(isKnown(controls) ? controls.known.flatMap((known) => namedPolicy({ known }, 'resourceControlPolicies')) : []),
    ...(key ? [...namedPolicy(key.policy, null), ...namedPolicy(key.grants, null)] : []),
    ...endpoints.flatMap((endpoint) => namedPolicy(endpoint.policy, null)),
  ]
}

/** The policies of another resource, seen from this one. */
export function fromElsewhere(policies: readonly NamedPolicy[]): readonly NamedPolicy[] {
  return policies.map((policy) => ({ ...policy, facet: null }))
}

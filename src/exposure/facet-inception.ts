import type { Facet, Instant } from '../model/index.ts'

/**
 * The day on which the provider first offered a setting: before it, nobody can have set it, whatever nobody saw.
 * https://aws.amazon.com/blogs/aws/amazon-s3-block-public-access-another-layer-of-protection-for-your-accounts-and-buckets/
 * https://aws.amazon.com/about-aws/whats-new/2020/10/amazon-s3-object-ownership-enables-bucket-owners-to-automatically-assume-ownership-of-objects-uploaded-to-their-buckets/
 */
const FIRST_OFFERED: Readonly<Record<Facet, Instant>> = {
  publicAccessBlock: '2018-11-15T00:00:00Z',
  accountPublicAccessBlock: '2018-11-15T00:00:00Z',
  objectOwnership: '2020-10-02T00:00:00Z',
}

/** Before this moment the setting did not exist; null for settings that are as old as what they belong to. */
export function firstOffered(facet: Facet): Instant | null {
  return Object.hasOwn(FIRST_OFFERED, facet) ? FIRST_OFFERED[facet]! : null
}

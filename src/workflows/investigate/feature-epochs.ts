import { compareInstants, earliest, type Instant, type Observation, type ResourceRef } from '../../model/index.ts'

/**
 * Settings that a provider introduced on a known day: before it nobody can have set them, so their absence until then is
 * known without any source having looked.
 * https://aws.amazon.com/about-aws/whats-new/2018/11/introducing-amazon-s3-block-public-access/
 * https://aws.amazon.com/about-aws/whats-new/2020/10/amazon-s3-object-ownership/ (ACLs could be disabled from 2021-11-30 on)
 */
const INTRODUCED: readonly { readonly type: string; readonly facet: string; readonly at: Instant }[] = [
  { type: 'AWS::S3::Bucket', facet: 'publicAccessBlock', at: '2018-11-15T00:00:00Z' },
  { type: 'AWS::Account', facet: 'accountPublicAccessBlock', at: '2018-11-15T00:00:00Z' },
  { type: 'AWS::S3::Bucket', facet: 'objectOwnership', at: '2020-10-02T00:00:00Z' },
]

// S3's own first day: no account's settings of it are older. https://aws.amazon.com/about-aws/whats-new/2006/03/13/announcing-amazon-s3---simple-storage-service/
const S3_BEGAN: Instant = '2006-03-14T00:00:00Z'

/** What follows from the days on which settings came into being, for resources that are older and were looked at later. */
export function beforeIntroduction(observations: readonly Observation[]): Observation[] {
  const byResource = Map.groupBy(observations, ({ resource }) => resource.id)
  return INTRODUCED.flatMap(({ type, facet, at }) =>
    [...byResource.values()]
      .filter((group) => group[0]!.resource.type === type && isSeenOnlyLater(group, facet, at))
      .flatMap((group) => {
        const began = beginningOf(group)
        return compareInstants(began, at) < 0 ? [absence(group[0]!.resource, facet, began), absence(group[0]!.resource, facet, at)] : []
      }),
  )
}

/** An account is older than anything in it; of a bucket the first that is known. */
function beginningOf(group: readonly Observation[]): Instant {
  if (group[0]!.resource.type === 'AWS::Account') return S3_BEGAN
  const [first, ...others] = group.map(({ validFrom }) => validFrom)
  return earliest(first!, ...others)
}

/** Without a later look, the absence of that day would be taken to hold for ever. */
function isSeenOnlyLater(group: readonly Observation[], facet: string, at: Instant): boolean {
  const ofFacet = group.filter((observation) => observation.facet === facet)
  return ofFacet.some(({ value }) => value.status !== 'not-read') && ofFacet.every(({ validFrom }) => compareInstants(validFrom, at) > 0)
}

function absence(resource: ResourceRef, facet: string, at: Instant): Observation {
  return {
    resource,
    facet,
    kind: 'point',
    validFrom: at,
    value: { status: 'absent' },
    source: 'provider',
    evidence: { file: 'the day on which AWS introduced the setting' },
  }
}

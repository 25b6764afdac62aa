import { compareInstants, type Instant, type Observation, type ResourceRef } from '../../model/index.ts'

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

/** What follows from the days on which settings came into being, for resources that are older and were looked at later. */
export function beforeIntroduction(observations: readonly Observation[]): Observation[] {
  const byResource = Map.groupBy(observations, ({ resource }) => resource.id)
  return INTRODUCED.flatMap(({ type, facet, at }) =>
    [...byResource.values()]
      .filter((group) => group[0]!.resource.type === type && wasThere(group, at) && isSeenLater(group, facet, at))
      .map((group) => absence(group[0]!.resource, facet, at)),
  )
}

/** An account is older than anything in it; a bucket must be known to have been there. */
function wasThere(group: readonly Observation[], at: Instant): boolean {
  return group[0]!.resource.type === 'AWS::Account' || group.some(({ validFrom }) => compareInstants(validFrom, at) <= 0)
}

/** Without a later look, the absence of that day would be taken to hold for ever. */
function isSeenLater(group: readonly Observation[], facet: string, at: Instant): boolean {
  const ofFacet = group.filter((observation) => observation.facet === facet)
  return (
    ofFacet.some(({ validFrom, value }) => compareInstants(validFrom, at) > 0 && value.status !== 'not-read') &&
    ofFacet.every(({ validFrom }) => compareInstants(validFrom, at) > 0)
  )
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

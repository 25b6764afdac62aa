import type {
  Audience,
  Json,
  Observation,
  Reading,
  ResourceConfiguration,
  ResourceRef,
  Verdict,
  Verdicts,
} from '../../model/index.ts'

export const BUCKET: ResourceRef = {
  id: 'arn:aws:s3:::example-bucket',
  type: 'AWS::S3::Bucket',
  account: '111122223333',
  region: 'ap-northeast-1',
  name: 'example-bucket',
}
export const ACCOUNT: ResourceRef = {
  id: 'arn:aws:iam::111122223333:root',
  type: 'AWS::Account',
  account: '111122223333',
  region: 'aws-global',
  name: '111122223333',
}

export const ALL_ON: Json = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
}

/** A reading of a facet of the bucket, or of the account for `accountPublicAccessBlock`. `null` is "nothing set". */
export function seen(
  kind: 'point' | 'change',
  facet: string,
  validFrom: string,
  value: Json,
  record = `${facet}@${validFrom}`,
): Observation {
  const reading: Reading<Json> = value === null ? { status: 'absent' } : { status: 'read', value }
  return observation(kind, facet, validFrom, reading, record)
}

export function notRead(kind: 'point' | 'change', facet: string, validFrom: string): Observation {
  return observation(kind, facet, validFrom, {
    status: 'not-read',
    reason: 'AccessDenied',
    missingPermission: 's3:GetBucketPolicy',
  })
}

export function created(validFrom: string): Observation {
  return seen('change', 'existence', validFrom, { exists: true })
}

export function deleted(validFrom: string): Observation {
  return seen('change', 'existence', validFrom, { exists: false })
}

function observation(
  kind: 'point' | 'change',
  facet: string,
  validFrom: string,
  value: Reading<Json>,
  record = `${facet}@${validFrom}`,
): Observation {
  return {
    resource: facet === 'accountPublicAccessBlock' ? ACCOUNT : BUCKET,
    facet,
    kind,
    validFrom,
    value,
    source: kind === 'change' ? 'cloudtrail' : 'aws-config',
    evidence: { file: `${kind}.json`, record },
  }
}

/**
 * A decider as small as can be: the facet `policy` names the audience it grants to reading, any block that is all on
 * takes it away. What was not read is undecided unless the rest already answers; so is a facet that these observations
 * hold and a configuration lacks.
 */
export function deciderFor(observations: readonly Observation[]): (configuration: ResourceConfiguration) => Verdicts {
  const facets = new Set(observations.map(({ facet }) => facet))
  const unseen: Reading<Json> = { status: 'not-read', reason: 'not seen yet' }
  return (configuration) => {
    const reading = (facet: string): Reading<Json> =>
      configuration.facets[facet] ?? (facets.has(facet) ? unseen : { status: 'absent' })
    const audience = audienceOf(reading('policy'), [reading('publicAccessBlock'), reading('accountPublicAccessBlock')])
    const shut: Verdict = { audience: 'none', witness: null, because: ['nothing grants it'] }
    const read: Verdict = { audience, witness: null, because: [audience] }
    return { read, list: shut, write: shut, delete: shut, admin: shut }
  }
}

function audienceOf(grant: Reading<Json>, blocks: readonly Reading<Json>[]): Audience {
  if (blocks.some((block) => block.status === 'read' && block.value === ALL_ON)) return 'none'
  const granted = grant.status === 'absent' ? 'none' : grant.status === 'read' ? (grant.value as Audience) : 'undecided'
  if (granted === 'none') return 'none'
  return blocks.some((block) => block.status === 'not-read') ? 'undecided' : granted
}

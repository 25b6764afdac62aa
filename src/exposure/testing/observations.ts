import type {
  Access,
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
 * takes it away, and what was not read is undecided unless the rest already answers.
 */
export function decideSimply(configuration: ResourceConfiguration): Verdicts {
  const grant = configuration.facets.policy
  const blocks = [configuration.facets.publicAccessBlock, configuration.facets.accountPublicAccessBlock]
  const audience = audienceOf(grant, blocks)
  const shut: Verdict = { audience: 'none', witness: null, because: ['nothing grants it'] }
  const read: Verdict = { audience, witness: null, because: [audience] }
  return {
    ...(Object.fromEntries(['list', 'write', 'delete', 'admin'].map((access) => [access, shut])) as Record<Access, Verdict>),
    read,
  }
}

function audienceOf(grant: Reading<Json> | undefined, blocks: readonly (Reading<Json> | undefined)[]): Audience {
  if (blocks.some((block) => block?.status === 'read' && block.value === ALL_ON)) return 'none'
  if (grant?.status === 'absent' || grant === undefined) return 'none'
  const granted = grant.status === 'read' ? (grant.value as Audience) : 'undecided'
  if (granted === 'none') return 'none'
  return blocks.some((block) => block?.status === 'not-read') ? 'undecided' : granted
}

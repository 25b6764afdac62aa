import type { Access, ResourceConfiguration, TraceStep, Verdict, Verdicts, Witness } from '../../../model/index.ts'
import type { NamedPolicy, ReachContext } from '../../reach-model.ts'
import { eachAccess, isKnown, undecided } from '../../readings.ts'
import { decideByPolicies } from '../policy/decision.ts'
import { replay } from '../policy/replay.ts'
import { type AccessPoint, accessPointOf } from './access-points.ts'
import { S3_ACTIONS } from './actions.ts'
import type { Mode } from '../policy/statements.ts'
import type { S3Door } from './door-parts.ts'
import { BucketDoors } from './doors.ts'
import { bucketFacets } from './facets.ts'
import { BUCKET_SETTING_ACTIONS } from './passages.ts'
import { fromElsewhere, namedPolicy, policiesOfBucket } from './policies.ts'
import { doubts } from './reasons.ts'
import { problemsIn } from './settings.ts'

/**
 * Who outside the zone gets in through an access point, or through one that leads to buckets of several regions: both its own
 * policy and that of a bucket behind it must let a request in. A bucket that is not among the related resources may allow
 * anything and nothing.
 */
export function decideAccessPoint(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const point = accessPointOf(configuration)
  if (!point) return eachAccess(() => undecided('the access point is not understood'))
  const behind = bucketsBehind(point, configuration, context)
  return eachAccess((access) => decideAccess(access, point, behind, context.certificates ?? false))
}

/** What each statement does with a request through the access point. */
export function traceAccessPoint(
  configuration: ResourceConfiguration,
  context: ReachContext,
  witness: Witness,
): readonly TraceStep[] {
  const point = accessPointOf(configuration)
  if (!point) return []
  const doors = bucketsBehind(point, configuration, context).flatMap(({ doors }) => doors.through(point, 'read', 'least'))
  const traces = doors.map((door) => replay(witness, door.replayed))
  return (traces.find(({ allowed }) => allowed) ?? traces[0])?.steps ?? []
}

/** The policies that bear on the access point: its own, and those of the buckets behind it. */
export function policiesAtAccessPoint(configuration: ResourceConfiguration, context: ReachContext): readonly NamedPolicy[] {
  const point = accessPointOf(configuration)
  if (!point) return []
  const behind = bucketsBehind(point, configuration, context)
  const own = configuration.facets.policy?.status === 'read' ? 'policy' : null
  return [...namedPolicy(point.policy, own), ...policiesBehind(behind)]
}

/** The policies of the buckets behind an access point. */
export function policiesBehind(behind: readonly BucketBehind[]): readonly NamedPolicy[] {
  return fromElsewhere(behind.flatMap(({ doors }) => policiesOfBucket(doors)))
}

/** The actions that access points take. */
export function pointActions(access: Access): readonly string[] {
  return S3_ACTIONS[access].filter((action) => !BUCKET_SETTING_ACTIONS.has(action))
}

export interface BucketBehind {
  readonly name: string
  readonly doors: BucketDoors
  readonly isRead: boolean
}

/** The buckets behind an access point, with whatever was read of them. */
export function bucketsBehind(
  point: AccessPoint,
  { resource }: ResourceConfiguration,
  { zone, asOf, related = [] }: ReachContext,
): readonly BucketBehind[] {
  const partition = resource.id.split(':')[1] ?? 'aws'
  const names = point.buckets.length > 0 ? point.buckets : ['a-bucket-that-was-not-read']
  return names.map((name) => {
    const found = related.find((other) => other.resource.type === 'AWS::S3::Bucket' && other.resource.name === name)
    const bucket = found ?? {
      resource: { ...resource, type: 'AWS::S3::Bucket', id: `arn:${partition}:s3:::${name}`, name },
      facets: {},
    }
    const others = [...related, { resource, facets: {} }]
    return {
      name,
      doors: new BucketDoors(bucket, bucketFacets(bucket, others, zone), zone, asOf, [point]),
      isRead: found !== undefined,
    }
  })
}

function decideAccess(access: Access, point: AccessPoint, behind: readonly BucketBehind[], certified: boolean): Verdict {
  return decideByPolicies<S3Door>({
    actions: pointActions(access),
    door: (mode: Mode) => behind.flatMap(({ doors }) => doors.through(point, access, mode)),
    doubts: [...problemsIn([point.policy, point.vpc, point.block]), ...doubtsBehind(access, point, behind)],
    replayed: ({ replayed }) => replayed,
    whyNobody: () => whyNobody(point, behind),
    certified,
  })
}

/** What is not known of the buckets behind an access point and bears on the access. */
export function doubtsBehind(access: Access, point: AccessPoint, behind: readonly BucketBehind[]): readonly string[] {
  return behind.flatMap(({ name, doors, isRead }) =>
    isRead
      ? [...problemsIn([doors.facets.policy]), ...doubts(access, doors, [point])]
      : [`the bucket ${name} behind it was not read`],
  )
}

function whyNobody({ arn, policy, vpc }: AccessPoint, behind: readonly BucketBehind[]): readonly string[] {
  const own =
    isKnown(policy) && policy.known === null
      ? `no policy is set on ${arn}`
      : `the policies of ${arn} and of ${behind.map(({ name }) => name).join(', ')} together let no outsider in`
  return [own, ...(isKnown(vpc) && vpc.known !== null ? [`it is reached from ${vpc.known} only`] : [])]
}

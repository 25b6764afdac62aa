import type { Access, ResourceConfiguration, TraceStep, Verdict, Verdicts, Witness } from '../../../model/index.ts'
import type { NamedPolicy, ReachContext } from '../../reach-model.ts'
import { eachAccess, isKnown, undecided } from '../../readings.ts'
import { decideByPolicies } from '../policy/decision.ts'
import { replay } from '../policy/replay.ts'
import { S3_ACTIONS } from './actions.ts'
import { throughDistributions } from './distributions.ts'
import type { S3Door } from './door-parts.ts'
import { BucketDoors } from './doors.ts'
import { bucketFacets } from './facets.ts'
import { addressed } from './passages.ts'
import { namedPolicy, policiesOfBucket } from './policies.ts'
import { closedBy, doubts, remarks, whyNobody } from './reasons.ts'

/**
 * Who outside the zone of trust can reach a bucket. Each access is decided twice, every doubt taken to the closed side and
 * then to the open side; where both agree, the verdict is certain.
 */
export function decideBucket(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const doors = doorsOf(configuration, context)
  return eachAccess((access) => decideAccess(access, doors, configuration, context))
}

/** What each statement does with a request to the bucket. */
export function traceBucket(configuration: ResourceConfiguration, context: ReachContext, witness: Witness): readonly TraceStep[] {
  const doors = doorsOf(configuration, context)
  const access = (Object.keys(S3_ACTIONS) as Access[]).find((each) => S3_ACTIONS[each].includes(witness.action)) ?? 'read'
  const all = doors.all(access, 'least')
  const named = all.filter(({ target }) => witness.resource.startsWith(target.arn))
  const traces = (named.length > 0 ? named : all).map((door) => replay(witness, door.replayed))
  return (traces.find(({ allowed }) => allowed) ?? traces[0])?.steps ?? []
}

/** The policies that bear on the bucket, its access points' where those make a difference. */
export function policiesAtBucket(configuration: ResourceConfiguration, context: ReachContext): readonly NamedPolicy[] {
  const doors = doorsOf(configuration, context)
  const points = doors.pointsMatter ? doors.facets.accessPoints.points : []
  return [...policiesOfBucket(doors), ...points.flatMap(({ policy }) => namedPolicy(policy, null))]
}

function doorsOf(configuration: ResourceConfiguration, { zone, asOf, related = [] }: ReachContext): BucketDoors {
  return new BucketDoors(configuration, bucketFacets(configuration, related, zone), zone, asOf)
}

function decideAccess(
  access: Access,
  doors: BucketDoors,
  { resource }: ResourceConfiguration,
  { related = [], certificates = false }: ReachContext,
): Verdict {
  const { policy } = doors.facets
  // A policy that is not known may deny everything and grant anything.
  if (!isKnown(policy)) return undecided(policy.problem, ...closedBy(access, doors))
  const verdict = decideByPolicies<S3Door>({
    actions: S3_ACTIONS[access],
    door: (mode) => doors.all(access, mode),
    doubts: doubts(access, doors),
    replayed: ({ replayed }) => replayed,
    whyNobody: () => whyNobody(access, doors),
    certified: certificates,
  })
  const beside = [...remarks(verdict, doors), ...(access === 'read' ? throughDistributions(policy.known, resource, related) : [])]
  return {
    ...verdict,
    witness: verdict.witness && addressed(verdict.witness, doors.arn),
    because: [...verdict.because, ...beside],
  }
}

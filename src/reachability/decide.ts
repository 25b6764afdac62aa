import {
  ACCESSES,
  type Access,
  type Instant,
  type ResourceConfiguration,
  type Verdict,
  type Verdicts,
  type ZoneOfTrust,
} from '../model/index.ts'
import { decideDatabase } from './aws/database-network.ts'
import { decideSnapshot } from './aws/database-snapshot.ts'
import { decideBucket } from './aws/s3-bucket.ts'

/** What is asked of a configuration: outside which zone, and when. `related` are the parts of its network and its account. */
export interface ReachContext {
  readonly zone: ZoneOfTrust
  readonly asOf: Instant
  readonly related?: readonly ResourceConfiguration[]
}

type Decision = (configuration: ResourceConfiguration, context: ReachContext) => Verdicts

const DECISIONS: Readonly<Record<string, Decision>> = {
  'AWS::S3::Bucket': decideBucket,
  'AWS::RDS::DBSnapshot': decideSnapshot,
  'AWS::RDS::DBClusterSnapshot': decideSnapshot,
  'AWS::RDS::DBInstance': decideDatabase,
  'AWS::RDS::DBCluster': decideDatabase,
}

/**
 * For each access, the widest audience outside the zone of trust, with a request that would succeed or the reasons why none
 * does. What was not read, and what is not modelled, makes a verdict `undecided` unless the rest decides it anyway.
 */
export function decide(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const { type } = configuration.resource
  const decision = Object.hasOwn(DECISIONS, type) ? DECISIONS[type] : undefined
  if (decision) return decision(configuration, context)
  const verdict: Verdict = { audience: 'undecided', witness: null, because: [`resources of type ${type} are not modelled`] }
  return Object.fromEntries(ACCESSES.map((access) => [access, verdict])) as Record<Access, Verdict>
}

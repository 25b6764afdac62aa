import { ACCESSES, type Access, type ResourceConfiguration, type TraceStep, type Verdicts } from '../model/index.ts'
import { NETWORK_MODELS } from './aws/network/registry.ts'
import { S3_MODELS } from './aws/s3/registry.ts'
import { SERVICE_MODELS } from './aws/services/registry.ts'
import { SHARING_MODELS } from './aws/sharing/registry.ts'
import { AZURE_MODELS } from './azure/registry.ts'
import { GCP_MODELS } from './gcp/registry.ts'
import type { NamedPolicy, ReachContext, ReachModel } from './reach-model.ts'
import { eachAccess, undecided } from './readings.ts'
import { S3_COMPATIBLE_MODELS } from './s3-compatible/registry.ts'

const MODELS: readonly ReachModel[] = [
  ...S3_MODELS,
  ...SERVICE_MODELS,
  ...SHARING_MODELS,
  ...NETWORK_MODELS,
  ...GCP_MODELS,
  ...AZURE_MODELS,
  ...S3_COMPATIBLE_MODELS,
]

const BY_TYPE: ReadonlyMap<string, ReachModel> = new Map(MODELS.flatMap((model) => model.types.map((type) => [type, model])))

/** The types of resource that are modelled, by their providers' names. */
export const MODELLED_TYPES: readonly string[] = [...BY_TYPE.keys()].sort()

/**
 * For each access, the widest audience outside the zone of trust, with a request that would succeed or the reasons why none
 * does. What was not read, and what is not modelled, makes a verdict `undecided` unless the rest decides it anyway.
 */
export function decide(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const { type } = configuration.resource
  const model = BY_TYPE.get(type)
  if (model) return model.decide(configuration, context)
  const verdict = undecided(`resources of type ${type} are not modelled`)
  return eachAccess(() => verdict)
}

/** For each access that has a witness, what every statement does with it; empty where no policies guard the door. */
export function traceWitnesses(
  configuration: ResourceConfiguration,
  context: ReachContext,
  verdicts: Verdicts,
): Readonly<Partial<Record<Access, readonly TraceStep[]>>> {
  const trace = BY_TYPE.get(configuration.resource.type)?.trace
  if (!trace) return {}
  return Object.fromEntries(
    ACCESSES.flatMap((access) => {
      const { witness } = verdicts[access]
      return witness ? [[access, trace(configuration, context, witness)]] : []
    }),
  )
}

/** The policies that bear on the resource, as traces name them; null where its model does not tell them apart. */
export function policiesOf(configuration: ResourceConfiguration, context: ReachContext): readonly NamedPolicy[] | null {
  return BY_TYPE.get(configuration.resource.type)?.policies?.(configuration, context) ?? null
}

import type { Facet, Instant, Json, ResourceConfiguration, TraceStep, Verdicts, Witness, ZoneOfTrust } from '../model/index.ts'

/** What is asked of a configuration: outside which zone, and when. `related` are the parts of its network, hierarchy and account. */
export interface ReachContext {
  readonly zone: ZoneOfTrust
  readonly asOf: Instant
  readonly related?: readonly ResourceConfiguration[]
  /** Whether verdicts are to carry their certificates, which takes longer. */
  readonly certificates?: boolean
}

/** The decision for some types of resource: a member of a provider's registry. */
export interface ReachModel {
  /** The provider's own type names. */
  readonly types: readonly string[]
  readonly decide: (configuration: ResourceConfiguration, context: ReachContext) => Verdicts
  /** The second reading of a witness statement by statement, for resources whose doors are guarded by policies. */
  readonly trace?: (configuration: ResourceConfiguration, context: ReachContext, witness: Witness) => readonly TraceStep[]
  /** The policies that bear on the resource, by the names that traces give them. */
  readonly policies?: (configuration: ResourceConfiguration, context: ReachContext) => readonly NamedPolicy[]
}

/** A policy as it was read, out of what was printed around it. */
export interface NamedPolicy {
  /** As trace steps name it: `queue policy`. */
  readonly document: string
  /** The resource's own facet that it came in; null where it came with another resource, or follows from one. */
  readonly facet: Facet | null
  readonly value: Json
}

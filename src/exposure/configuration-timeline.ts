import type { Facet, Instant, Json, Observation, Reading } from '../model/index.ts'
import type { ObservedState } from './observed-states.ts'

/** One value that a facet may have, with a digest that tells it from others. */
export interface FacetValue {
  readonly digest: string
  readonly reading: Reading<Json>
}

/** The states of one facet over one lifetime of the resource. */
export interface FacetHistory {
  readonly facet: Facet
  readonly states: readonly ObservedState<Observation>[]
}

/** One stretch in which the resource existed: a bucket may be deleted and made again under its name. */
export interface Lifetime {
  readonly born: { readonly notBefore: Instant | null; readonly notAfter: Instant; readonly seen: Observation }
  readonly died: { readonly notBefore: Instant; readonly notAfter: Instant; readonly seen: Observation } | null
  readonly histories: readonly FacetHistory[]
}

/**
 * The open span between two moments at which something known changes, or one such moment itself (`from` equals `to`).
 * `settled` facets have one of the values given, whatever the truth is; `unsettled` ones had not been seen yet, and the
 * value given is the first that any source saw afterwards.
 */
export interface TimelineInterval {
  readonly from: Instant | null
  readonly to: Instant
  readonly lifetime: number
  readonly exists: 'certain' | 'possible'
  readonly settled: ReadonlyMap<Facet, readonly FacetValue[]>
  readonly unsettled: ReadonlyMap<Facet, FacetValue>
}

/** Everything that the observations of one resource prove about its configuration up to `asOf`. */
export interface ConfigurationTimeline {
  readonly asOf: Instant
  readonly lifetimes: readonly Lifetime[]
  /** In the order of time; spans and moments take turns. */
  readonly intervals: readonly TimelineInterval[]
}

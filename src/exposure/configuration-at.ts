import {
  type Bounds,
  compareInstants,
  type Instant,
  type ResourceConfiguration,
  type ResourceRef,
  type Window,
} from '../model/index.ts'
import type { ConfigurationTimeline, Lifetime } from './configuration-timeline.ts'

/**
 * The likeliest configuration at a moment: where a switch lies between bounds, the value before it. Null where the
 * resource was not there, or not known to be. A facet that nobody had seen by then is not read.
 */
export function configurationAt(
  resource: ResourceRef,
  timeline: ConfigurationTimeline,
  at: Instant,
): ResourceConfiguration | null {
  const interval = timeline.intervals.find(({ from, to }) => (from === at && to === at) || isInside(at, from, to))
  if (!interval) return null
  const settled = [...interval.settled].map(([facet, values]) => [facet, values[0]!.reading] as const)
  const unsettled = [...interval.unsettled].map(
    ([facet]) => [facet, { status: 'not-read', reason: 'no source had seen it by then' }] as const,
  )
  return { resource, facets: Object.fromEntries([...settled, ...unsettled]) }
}

/** Spans are open: at their very ends stand moments of their own. */
function isInside(at: Instant, from: Instant | null, to: Instant): boolean {
  return compareInstants(at, to) < 0 && (from === null || compareInstants(from, at) < 0)
}

/** When the resource was there, from its first beginning to its last end; null where nothing says that it ever was. */
export function existenceOf(timeline: ConfigurationTimeline): Window | null {
  const first = timeline.lifetimes[0]
  const last = timeline.lifetimes.at(-1)
  if (!first || !last) return null
  return { opened: birthOf(first), closed: deathOf(last) }
}

function birthOf({ born }: Lifetime): Bounds {
  const words = born.notBefore === born.notAfter ? 'The store was created' : 'The store was first seen'
  return {
    notBefore: born.notBefore,
    notAfter: born.notAfter,
    because: [{ text: `${words} on ${born.notAfter}.`, evidence: born.seen.evidence }],
  }
}

function deathOf({ died }: Lifetime): Bounds | null {
  if (died === null) return null
  const { notBefore, notAfter, seen } = died
  return { notBefore, notAfter, because: [{ text: `The store was gone on ${notAfter}.`, evidence: seen.evidence }] }
}

import type { EvidenceRef, Facet, Instant, Json, Observation, Reading, ResourceRef } from '../../model/index.ts'
import type { EvidenceItem } from './evidence-item.ts'

/** Everything of an observation but what was observed. */
export type Occasion = Omit<Observation, 'facet' | 'value'>

export const ABSENT: Reading<Json> = { status: 'absent' }

export function read(value: Json): Reading<Json> {
  return { status: 'read', value }
}

export function notRead(reason: string): Reading<Json> {
  return { status: 'not-read', reason }
}

export function observed(occasion: Occasion, facet: Facet, value: Reading<Json>): EvidenceItem {
  return { kind: 'observation', observation: { ...occasion, facet, value } }
}

/** What was observed of several facets at once; undefined for a facet of which the source says nothing. */
export function observedAll(occasion: Occasion, readings: Readonly<Record<Facet, Reading<Json> | undefined>>): EvidenceItem[] {
  return Object.entries(readings).flatMap(([facet, value]) => (value === undefined ? [] : [observed(occasion, facet, value)]))
}

export function existence(occasion: Occasion, exists: boolean): EvidenceItem {
  return observed(occasion, 'existence', read({ exists }))
}

export function occasionOf(
  source: Observation['source'],
  kind: Observation['kind'],
  resource: ResourceRef,
  validFrom: Instant,
  evidence: EvidenceRef,
): Occasion {
  return { resource, kind, validFrom, source, evidence }
}

import { compareInstants, type Observation } from '../model/index.ts'
import type { Lifetime } from './configuration-timeline.ts'
import { type ObservedState, observedStates, type Sighting } from './observed-states.ts'

/** When the resource was there: from its `existence` facet, and from every other reading, which proves that it existed. */
export function lifetimesOf(observations: readonly Observation[]): Omit<Lifetime, 'histories'>[] {
  const readings = observations.filter((observation) => observation.value.status !== 'not-read')
  // Where nothing could be read, the attempts still say that there was something to read.
  const states = observedStates((readings.length > 0 ? readings : observations).map(toSighting))
  return states.flatMap((state, index) => (exists(state) ? [toLifetime(state, index, states[index + 1])] : []))
}

/** Whether an observation belongs to this lifetime; the instant of an exact end belongs to what follows. */
export function isWithin(lifetime: Omit<Lifetime, 'histories'>, observation: Observation): boolean {
  const { born, died } = lifetime
  if (born.notBefore !== null && compareInstants(observation.validFrom, born.notBefore) < 0) return false
  return died === null || compareInstants(observation.validFrom, died.notAfter) < 0
}

/** Whether the observation says that the resource existed. */
export function provesExistence(observation: Observation): boolean {
  if (observation.facet !== 'existence') return true
  const { value } = observation
  if (value.status !== 'read' || typeof value.value !== 'object' || value.value === null) return value.status === 'read'
  return !('exists' in value.value) || value.value.exists !== false
}

function toSighting(observation: Observation): Sighting<Observation> {
  return {
    at: observation.validFrom,
    // A change of any other facet proves that the resource was there, not that it began then.
    kind: observation.facet === 'existence' ? observation.kind : 'point',
    digest: provesExistence(observation) ? 'exists' : 'gone',
    rank: 0,
    from: observation,
  }
}

function exists(state: ObservedState<Observation>): boolean {
  return state.digests.includes('exists')
}

function toLifetime(
  state: ObservedState<Observation>,
  index: number,
  next: ObservedState<Observation> | undefined,
): Omit<Lifetime, 'histories'> {
  const bornUnseen = index === 0 && state.kind === 'point'
  return {
    born: { notBefore: bornUnseen ? null : state.notBefore, notAfter: state.notAfter, seen: state.first },
    died: next ? { notBefore: next.notBefore, notAfter: next.notAfter, seen: next.first } : null,
  }
}

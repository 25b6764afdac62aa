import {
  type Bounds,
  compareInstants,
  compareText,
  type ExposureWindow,
  type Instant,
  type Observation,
  type Window,
} from '../model/index.ts'
import { reasonsForChange } from './change-reasons.ts'
import type { FacetHistory, Lifetime } from './configuration-timeline.ts'
import { describeSetting } from './facet-words.ts'
import type { ObservedState } from './observed-states.ts'

type Mark = ExposureWindow['changes'][number]

// A timeline with more marks than this shows nothing.
const MAX_MARKS = 100

/** The configuration changes in and at the ends of a window, in order, with a few words each. */
export function marksWithin(lifetime: Lifetime, window: Window): Mark[] {
  const marks = [...lifeMarks(lifetime), ...lifetime.histories.flatMap((history) => facetMarks(lifetime, history))]
  return marks
    .filter(({ at }) => touches(at, window))
    .sort((left, right) => compareBounds(left.at, right.at) || compareText(left.text, right.text))
    .slice(0, MAX_MARKS)
}

function lifeMarks(lifetime: Lifetime): Mark[] {
  const mark = (at: { notBefore: Instant | null; notAfter: Instant }, text: string): Mark => ({
    at: { ...at, because: reasonsForChange(lifetime, at) },
    facet: 'existence',
    text,
  })
  const { born, died } = lifetime
  const noun = /::S3::Bucket$/.test(born.seen.resource.type) ? 'bucket' : 'resource'
  return [
    // An unknown beginning is no mark: nobody saw it.
    ...(born.notBefore === null ? [] : [mark({ notBefore: born.notBefore, notAfter: born.notAfter }, `${noun} created`)]),
    ...(died === null ? [] : [mark({ notBefore: died.notBefore, notAfter: died.notAfter }, `${noun} deleted`)]),
  ]
}

function facetMarks(lifetime: Lifetime, { facet, states }: FacetHistory): Mark[] {
  return states.flatMap((state, index) => {
    const earlier = states[index - 1]
    // A first sighting is not a change, and two spellings of one setting are not worth a mark.
    if (!earlier && state.kind === 'point') return []
    const text = wordsOf(facet, state)
    if (earlier ? wordsOf(facet, earlier) === text : isDefaultAtBirth(lifetime, state)) return []
    const at = { notBefore: state.notBefore, notAfter: state.notAfter }
    return [{ at: { ...at, because: reasonsForChange(lifetime, at, facet) }, facet, text }]
  })
}

function isDefaultAtBirth(lifetime: Lifetime, state: ObservedState<Observation>): boolean {
  return state.notAfter === lifetime.born.notAfter && state.first.value.status === 'absent'
}

function wordsOf(facet: string, state: ObservedState<Observation>): string {
  return state.values.map((observation) => describeSetting(facet, observation.value)).join(' or ')
}

function touches(at: Bounds, { opened, closed }: Window): boolean {
  const startsInTime = closed?.notAfter == null || at.notBefore === null || compareInstants(at.notBefore, closed.notAfter) <= 0
  const endsInTime = opened.notBefore === null || at.notAfter === null || compareInstants(at.notAfter, opened.notBefore) >= 0
  return startsInTime && endsInTime
}

function compareBounds(left: Bounds, right: Bounds): number {
  return (
    compareInstants(left.notAfter ?? '~', right.notAfter ?? '~') || compareInstants(left.notBefore ?? ' ', right.notBefore ?? ' ')
  )
}

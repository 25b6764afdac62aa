import { compareText, type Facet, type Instant, type Observation, type Reason } from '../model/index.ts'
import type { FacetHistory, Lifetime } from './configuration-timeline.ts'
import { describeSetting, nameOfFacet, nameOfSource } from './facet-words.ts'

// A snapshot shows every facet at once; the first few say enough.
const MAX_REASONS = 6

/** The sentences that bear a pair of bounds: who saw what, and when, on either side of them. */
export function reasonsForChange(
  lifetime: Lifetime,
  at: { readonly notBefore: Instant | null; readonly notAfter: Instant | null },
  onlyFacet?: Facet,
): Reason[] {
  const histories = lifetime.histories.filter(({ facet }) => onlyFacet === undefined || facet === onlyFacet)
  const exact = at.notBefore === at.notAfter
  const reasons = [
    ...(at.notAfter === null ? [] : histories.flatMap((history) => firstSeen(history, at.notAfter as Instant))),
    ...(at.notBefore === null || exact ? [] : histories.flatMap((history) => lastSeen(history, at.notBefore as Instant))),
    ...(onlyFacet === undefined || onlyFacet === 'existence' ? lifeReasons(lifetime, at) : []),
  ]
  const distinct = new Map(reasons.map((reason) => [reason.text, reason]))
  return [...distinct.values()].slice(0, MAX_REASONS)
}

function firstSeen({ facet, states }: FacetHistory, at: Instant): Reason[] {
  const index = states.findIndex((state) => state.notAfter === at)
  const state = states[index]
  if (!state) return []
  const { first } = state
  // A change may be recorded without its outcome, which a later sighting then shows.
  const setting = describeSetting(facet, (state.values[0] ?? first).value)
  const verb = state.kind === 'change' ? 'recorded the change to' : index === 0 ? 'first captured' : 'captured'
  return [because(first, `${nameOfSource(first.source)} ${verb} "${setting}" on ${at}`)]
}

function lastSeen({ facet, states }: FacetHistory, at: Instant): Reason[] {
  const state = states.find((candidate) => candidate.notBefore === at && candidate.notBefore !== candidate.notAfter)
  if (!state?.before) return []
  const setting = describeSetting(facet, state.before.value)
  return [
    because(
      state.before,
      `${nameOfSource(state.before.source)} still captured "${setting}" on ${at}, the last time before the ${nameOfFacet(facet)} changed`,
    ),
  ]
}

function lifeReasons(
  { born, died }: Lifetime,
  at: { readonly notBefore: Instant | null; readonly notAfter: Instant | null },
): Reason[] {
  const reasons: Reason[] = []
  if (at.notBefore === null) reasons.push({ text: 'Nothing in the evidence says when it was created.', evidence: null })
  else if (born.notBefore === born.notAfter && at.notBefore === born.notAfter)
    reasons.push(because(born.seen, `It was created on ${born.notAfter}`))
  if (died && (at.notAfter === died.notAfter || at.notBefore === died.notBefore)) {
    const words =
      died.notBefore === died.notAfter ? `It was deleted on ${died.notAfter}` : `It was no longer there on ${died.notAfter}`
    reasons.push(because(died.seen, words))
  }
  return reasons.sort((left, right) => compareText(left.text, right.text))
}

function because(observation: Observation, text: string): Reason {
  const { evidence, source } = observation
  if (evidence.record === undefined) return { text: `${text}.`, evidence }
  const noun = source === 'cloudtrail' ? 'event' : source === 'aws-config' ? 'configuration item' : 'record'
  return { text: `${text} (${noun} ${evidence.record}).`, evidence }
}

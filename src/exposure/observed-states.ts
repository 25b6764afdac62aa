import { compareInstants, compareText, type Instant } from '../model/index.ts'

/** One sighting of something that changes over time. `digest` tells values apart; `rank` orders sightings of one instant. */
export interface Sighting<T> {
  readonly at: Instant
  readonly kind: 'point' | 'change'
  readonly digest: string
  readonly rank: number
  readonly from: T
  /** It changed, and the source does not say to what. */
  readonly isUnknown?: boolean
}

/**
 * A value that held for a while. Its beginning lies in (notBefore, notAfter], or is exact where the two are equal;
 * `before` is the last sighting of the value before it. `digests` has more than one member only where changes of the
 * same instant contradict each other.
 */
export interface ObservedState<T> {
  readonly digests: readonly string[]
  readonly values: readonly T[]
  readonly notBefore: Instant
  readonly notAfter: Instant
  readonly kind: 'point' | 'change'
  readonly before: T | null
  readonly first: T
  readonly last: T
  readonly lastSeen: Instant
}

/**
 * The states that a set of sightings proves, in order. Equal neighbours are one state. A change switches exactly then;
 * two points that differ say only that a switch lies after the one and not after the other. The first state's own
 * beginning is left at its first sighting: what came before it is for the caller to judge.
 */
export function observedStates<T>(sightings: readonly Sighting<T>[]): ObservedState<T>[] {
  const states: ObservedState<T>[] = []
  for (const group of sameInstant(sortSightings(sightings))) appendGroup(states, group)
  return states
}

/** What holds at an instant, or throughout a span in which no state's bounds lie: indexes into the states, -1 for "before the first". */
export function statesOver<T>(states: readonly ObservedState<T>[], from: Instant | null, to: Instant): readonly number[] {
  const index = lastStateBegunBy(states, from)
  const next = states[index + 1]
  if (next === undefined || index < 0) return [index]
  return mayHaveSwitched(next, from as Instant, to) ? [index, index + 1] : [index]
}

function mayHaveSwitched<T>(next: ObservedState<T>, from: Instant, to: Instant): boolean {
  if (next.notBefore === next.notAfter) return false
  const begun = compareInstants(from, next.notBefore)
  return from === to ? begun > 0 : begun >= 0
}

/** The last state whose beginning is certain by then; binary search, because a facet may have thousands of states. */
function lastStateBegunBy<T>(states: readonly ObservedState<T>[], from: Instant | null): number {
  if (from === null) return -1
  let low = 0
  let high = states.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareInstants(states[middle]!.notAfter, from) <= 0) low = middle + 1
    else high = middle
  }
  return low - 1
}

function sortSightings<T>(sightings: readonly Sighting<T>[]): Sighting<T>[] {
  return [...sightings].sort(
    (left, right) =>
      compareInstants(left.at, right.at) ||
      // What a point saw at the very instant of a change is taken to be the value before it.
      compareText(right.kind, left.kind) ||
      left.rank - right.rank ||
      compareText(left.digest, right.digest),
  )
}

interface Group<T> {
  readonly sightings: readonly Sighting<T>[]
  readonly next: Sighting<T> | undefined
}

function* sameInstant<T>(sorted: readonly Sighting<T>[]): Generator<Group<T>> {
  let start = 0
  for (let end = 1; end <= sorted.length; end += 1) {
    if (end < sorted.length && sorted[end]!.at === sorted[start]!.at) continue
    yield { sightings: sorted.slice(start, end), next: sorted[end] }
    start = end
  }
}

function appendGroup<T>(states: ObservedState<T>[], group: Group<T>): void {
  const changes = group.sightings.filter((sighting) => sighting.kind === 'change')
  const points = group.sightings.filter((sighting) => sighting.kind === 'point')
  if (changes.length === 0) {
    appendState(states, outcomes(points, group.next))
    return
  }
  const after = outcomes(changes, group.next).map((change) => learnedLater(change, group.next, states.at(-1)))
  // A point that agrees with the change saw its outcome; one that does not, saw the value before it.
  const earlier = points.filter((point) => !after.some((change) => change.digest === point.digest))
  if (earlier.length > 0) appendState(states, outcomes(earlier, undefined))
  appendState(states, after)
}

/** A recorded change to an unknown value, after which a new value is seen: it changed to that one, then. */
function learnedLater<T>(
  change: Sighting<T>,
  next: Sighting<T> | undefined,
  previous: ObservedState<T> | undefined,
): Sighting<T> & { readonly shows?: T } {
  if (!change.isUnknown || next?.kind !== 'point' || previous?.digests.includes(next.digest)) return change
  return { ...change, digest: next.digest, shows: next.from }
}

/** Which of the sightings of one instant came last: the highest rank, then the one that the next sighting confirms; else all. */
function outcomes<T>(sightings: readonly Sighting<T>[], next: Sighting<T> | undefined): Sighting<T>[] {
  const highest = Math.max(...sightings.map((sighting) => sighting.rank))
  const last = sightings.filter((sighting) => sighting.rank === highest)
  const confirmed = last.filter((sighting) => next?.kind === 'point' && sighting.digest === next.digest)
  const chosen = confirmed.length > 0 ? confirmed : last
  return chosen.filter((sighting, index) => index === 0 || sighting.digest !== chosen[index - 1]!.digest)
}

function appendState<T>(states: ObservedState<T>[], seen: readonly (Sighting<T> & { readonly shows?: T })[]): void {
  const first = seen[0]!
  const previous = states.at(-1)
  if (previous && sameDigests(previous.digests, seen)) {
    states[states.length - 1] = { ...previous, last: first.from, lastSeen: first.at }
    return
  }
  states.push({
    digests: seen.map((sighting) => sighting.digest),
    values: seen.map((sighting) => sighting.shows ?? sighting.from),
    notBefore: first.kind === 'point' && previous ? previous.lastSeen : first.at,
    notAfter: first.at,
    kind: first.kind,
    before: previous?.last ?? null,
    first: first.from,
    last: first.from,
    lastSeen: first.at,
  })
}

function sameDigests<T>(digests: readonly string[], seen: readonly Sighting<T>[]): boolean {
  return digests.length === seen.length && digests.every((digest, index) => digest === seen[index]!.digest)
}

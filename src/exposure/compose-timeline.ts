import {
  canonicalJson,
  compareInstants,
  compareText,
  type EvidenceRef,
  type Facet,
  type Instant,
  type Json,
  type Observation,
  type Reading,
} from '../model/index.ts'
import type { ConfigurationTimeline, FacetHistory, FacetValue, Lifetime, TimelineInterval } from './configuration-timeline.ts'
import { firstOffered } from './facet-inception.ts'
import { isWithin, lifetimesOf, provesExistence } from './lifetimes.ts'
import { type ObservedState, observedStates, type Sighting, statesOver } from './observed-states.ts'

// These say how a store is kept, not who may reach it: they neither split the timeline nor weaken a verdict.
const NOT_ABOUT_REACH: ReadonlySet<Facet> = new Set([
  'existence',
  'logging',
  'versioning',
  'lifecycle',
  'tags',
  'dataEvents',
  'policyStatus',
  'engine',
])

/**
 * The elementary intervals of one resource's configuration; in each, the configurations that are possible.
 * `observations` are those of the resource, of its account (`AWS::Account`) and of resources it hangs on, whose facets
 * are then named `<facet>:<resource id>`. What is observed after `asOf` is ignored. The order of the input does not matter.
 */
export function composeTimeline(
  observations: readonly Observation[],
  options: { readonly asOf: Instant; readonly resource?: { readonly id: string } },
): ConfigurationTimeline {
  const known = observations.filter((observation) => compareInstants(observation.validFrom, options.asOf) <= 0)
  const main = options.resource?.id ?? mainResourceId(known)
  const own = known.filter((observation) => observation.resource.id === main)
  const around = historiesOf(
    known.filter((observation) => observation.resource.id !== main),
    ({ resource, facet }) => (resource.type === 'AWS::Account' ? facet : `${facet}:${resource.id}`),
    null,
  )
  const lifetimes = lifetimesOf(own).map((lifetime): Lifetime => {
    const during = historiesOf(
      own.filter((observation) => isWithin(lifetime, observation)),
      ({ facet }) => facet,
      lifetime.born.notAfter,
    )
    return { ...lifetime, histories: [...during, ...around].sort((left, right) => compareText(left.facet, right.facet)) }
  })
  return {
    asOf: options.asOf,
    lifetimes,
    intervals: lifetimes.flatMap((lifetime, index) => intervalsOf(lifetime, index, options.asOf)),
  }
}

/** The resource that the observations are about: not its account, and not the network around it. */
function mainResourceId(observations: readonly Observation[]): string | null {
  const ids = [...new Set(observations.map(({ resource }) => `${rankOfType(resource.type)} ${resource.id}`))].sort(compareText)
  return ids[0]?.slice(2) ?? null
}

function rankOfType(type: string): number {
  return type === 'AWS::Account' ? 2 : type.startsWith('AWS::EC2::') ? 1 : 0
}

/** `since`: when the resource is known to have been there; null for an account and the network, which are older than what they hold. */
function historiesOf(
  observations: readonly Observation[],
  nameOf: (observation: Observation) => Facet,
  since: Instant | null,
): FacetHistory[] {
  const creations = new Set(observations.filter(isCreation).map(({ evidence }) => placeOf(evidence)))
  const byFacet = new Map<Facet, Observation[]>()
  for (const observation of observations) {
    if (NOT_ABOUT_REACH.has(observation.facet)) continue
    const facet = nameOf(observation)
    const group = byFacet.get(facet)
    if (group) group.push(observation)
    else byFacet.set(facet, [observation])
  }
  return [...byFacet].map(([facet, group]) => ({
    facet,
    states: observedStates(toSightings([...group, ...asFirstOffered(facet, group, since)], creations)),
  }))
}

/** On the day on which a setting is first offered, nobody has set it yet: as good as having looked. */
function asFirstOffered(facet: Facet, group: readonly Observation[], since: Instant | null): Observation[] {
  const offered = firstOffered(facet)
  if (offered === null || (since !== null && compareInstants(since, offered) >= 0)) return []
  const isSeenOnlyLater = group.every(({ validFrom }) => compareInstants(offered, validFrom) < 0)
  if (!isSeenOnlyLater || !group.some(({ value }) => value.status !== 'not-read')) return []
  const evidence = { file: 'the day on which the provider introduced the setting' }
  return [
    {
      resource: group[0]!.resource,
      facet,
      kind: 'point',
      validFrom: offered,
      value: { status: 'absent' },
      source: 'provider',
      evidence,
    },
  ]
}

function isCreation(observation: Observation): boolean {
  return observation.facet === 'existence' && observation.kind === 'change' && provesExistence(observation)
}

function placeOf(evidence: EvidenceRef): string {
  return `${evidence.file}\u0000${evidence.offset ?? ''}\u0000${evidence.record ?? ''}`
}

/** A reading from any source beats a failed attempt of another; a change whose new value is not known is still a change. */
function toSightings(observations: readonly Observation[], creations: ReadonlySet<string>): Sighting<Observation>[] {
  const isAtCreation = ({ evidence }: Observation) => creations.has(placeOf(evidence))
  const isRead = ({ value }: Observation) => value.status !== 'not-read'
  const anyRead = observations.some(isRead)
  return observations
    .filter((observation) => !anyRead || isRead(observation) || (observation.kind === 'change' && !isAtCreation(observation)))
    .map((observation) => ({
      at: observation.validFrom,
      kind: observation.kind,
      digest: digestOf(observation.value),
      // What a creation sets comes before whatever else changed in the same second.
      rank: isAtCreation(observation) ? 0 : 1,
      from: observation,
      isUnknown: !isRead(observation),
    }))
}

function digestOf(reading: Reading<Json>): string {
  return reading.status === 'read' ? `read ${canonicalJson(reading.value)}` : reading.status
}

function intervalsOf(lifetime: Lifetime, index: number, asOf: Instant): TimelineInterval[] {
  const boundaries = boundariesOf(lifetime, asOf)
  const intervals: TimelineInterval[] = []
  const add = (from: Instant | null, to: Instant) => {
    const exists = existenceOver(lifetime, from, to)
    if (exists) intervals.push({ from, to, lifetime: index, exists, ...facetsOver(lifetime, from, to) })
  }
  if (lifetime.born.notBefore === null) add(null, boundaries[0]!)
  boundaries.forEach((boundary, position) => {
    add(boundary, boundary)
    const next = boundaries[position + 1]
    if (next !== undefined) add(boundary, next)
  })
  return intervals
}

function boundariesOf({ born, died, histories }: Lifetime, asOf: Instant): Instant[] {
  const start = born.notBefore
  const end = died?.notAfter ?? asOf
  const all = new Set<Instant>([born.notAfter, end])
  if (start !== null) all.add(start)
  if (died) all.add(died.notBefore)
  for (const { facet, states } of histories) {
    const moments = [...states.flatMap((state) => [state.notBefore, state.notAfter]), firstOffered(facet)]
    for (const moment of moments) {
      const isInside =
        moment !== null && (start === null || compareInstants(start, moment) <= 0) && compareInstants(moment, end) <= 0
      if (isInside) all.add(moment)
    }
  }
  return [...all].sort(compareInstants)
}

/** Whether the resource was there throughout; null where it certainly was not. */
function existenceOver({ born, died }: Lifetime, from: Instant | null, to: Instant): 'certain' | 'possible' | null {
  const isMoment = from === to
  if (isMoment && born.notBefore !== born.notAfter && from === born.notBefore) return null
  if (isMoment && from === died?.notAfter) return null
  const begun = from !== null && compareInstants(born.notAfter, from) <= 0
  // At the moment of its last sighting a resource that went later was still there.
  const going =
    died !== null && compareInstants(died.notBefore, from ?? to) < (isMoment ? 0 : 1) && died.notBefore !== died.notAfter
  return begun && !going ? 'certain' : 'possible'
}

function facetsOver(lifetime: Lifetime, from: Instant | null, to: Instant): Pick<TimelineInterval, 'settled' | 'unsettled'> {
  const settled = new Map<Facet, readonly FacetValue[]>()
  const unsettled = new Map<Facet, FacetValue>()
  for (const { facet, states } of lifetime.histories) {
    const held = statesOver(states, from, to)
    if (held[0] === -1 && isBeforeOffered(facet, to)) settled.set(facet, [{ digest: 'absent', reading: { status: 'absent' } }])
    else if (held[0] === -1) unsettled.set(facet, valuesOf(states[0]!)[0]!)
    else
      settled.set(
        facet,
        held.flatMap((index) => valuesOf(states[index]!)),
      )
  }
  return { settled, unsettled }
}

/** Throughout a stretch that ends by then; the very moment of the first offer is already after. */
function isBeforeOffered(facet: Facet, to: Instant): boolean {
  const first = firstOffered(facet)
  return first !== null && compareInstants(to, first) <= 0
}

function valuesOf(state: ObservedState<Observation>): FacetValue[] {
  return state.values.map(({ value }, index) => ({ digest: state.digests[index]!, reading: value }))
}

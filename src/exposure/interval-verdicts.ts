import {
  ACCESSES,
  type Access,
  type Audience,
  compareText,
  type Facet,
  type Reading,
  type Json,
  type ResourceConfiguration,
  type ResourceRef,
  type Verdict,
  type Verdicts,
} from '../model/index.ts'
import type { FacetValue, TimelineInterval } from './configuration-timeline.ts'

/** What reach says of one interval, over all configurations that the evidence leaves possible. */
export interface IntervalVerdicts {
  /** One entry for each configuration that may have held. */
  readonly possible: readonly Verdicts[]
  /** What may have held if facets that nobody had seen had their first known value already. */
  readonly farFetched: readonly Verdicts[]
  /** Accesses that are proved open, whatever is not known. */
  readonly proved: ReadonlySet<Access>
  /** The widest audience, where it is proved; else null. */
  readonly provedAudience: Audience | null
}

// One for each doubling of six facets; past that the stretch is undecided rather than slow.
const MAX_CONFIGURATIONS = 64
const RANK: Readonly<Record<Audience, number>> = { none: 0, undecided: 1, named: 2, 'any-identity': 3, anyone: 4 }

/** Negative when the left audience is narrower; `undecided` is wider than `none` only. */
export function compareAudiences(left: Audience, right: Audience): number {
  return RANK[left] - RANK[right]
}

/** The widest audience over all accesses. */
export function widestAudience(verdicts: Verdicts): Audience {
  return ACCESSES.map((access) => verdicts[access].audience).reduce((widest, next) =>
    compareAudiences(next, widest) > 0 ? next : widest,
  )
}

/** Decides intervals of one resource; equal configurations are decided once. */
export function intervalDecider(resource: ResourceRef, decide: (configuration: ResourceConfiguration) => Verdicts) {
  const decided = new Map<string, Verdicts>()
  function verdictsOf(facets: ReadonlyMap<Facet, FacetValue>): Verdicts {
    const entries = [...facets].sort(([left], [right]) => compareText(left, right))
    const key = entries.map(([facet, value]) => `${facet} ${value.digest}`).join('\u0000')
    const known = decided.get(key)
    if (known) return known
    const readings = Object.fromEntries(entries.map(([facet, value]): [Facet, Reading<Json>] => [facet, value.reading]))
    const verdicts = decide({ resource, facets: readings })
    decided.set(key, verdicts)
    return verdicts
  }
  return (interval: TimelineInterval) => decideInterval(interval, verdictsOf)
}

type VerdictsOf = (facets: ReadonlyMap<Facet, FacetValue>) => Verdicts

function decideInterval(interval: TimelineInterval, verdictsOf: VerdictsOf): IntervalVerdicts {
  const configurations = combinations(interval.settled)
  if (configurations === null) return { possible: [UNDECIDED], farFetched: [], proved: new Set(), provedAudience: null }
  const branches = configurations.map((facets) => decideBranch(facets, interval.unsettled, verdictsOf))
  const existing = interval.exists === 'certain'
  const audiences = new Set(branches.flatMap(({ sure, possible }) => [sure, ...possible]).map(widestAudience))
  const [only] = audiences
  const isProved = (access: Access) => branches.every(({ sure }) => isOpenTo(sure[access].audience))
  return {
    possible: branches.flatMap(({ possible }) => possible),
    farFetched: branches.flatMap(({ farFetched }) => farFetched),
    proved: new Set(existing ? ACCESSES.filter(isProved) : []),
    provedAudience: existing && audiences.size === 1 && only !== 'undecided' ? only! : null,
  }
}

interface Branch {
  /** What holds whatever the facets were that nobody had seen. */
  readonly sure: Verdicts
  readonly possible: readonly Verdicts[]
  readonly farFetched: readonly Verdicts[]
}

function decideBranch(
  facets: ReadonlyMap<Facet, FacetValue>,
  unsettled: ReadonlyMap<Facet, FacetValue>,
  verdictsOf: VerdictsOf,
): Branch {
  const sure = verdictsOf(facets)
  if (unsettled.size === 0 || widestAudience(sure) === 'none') return { sure, possible: [sure], farFetched: [] }
  const assuming = (early: Iterable<[Facet, FacetValue]>) => atMost(sure, verdictsOf(new Map([...facets, ...early])))
  const asFirstSeen = assuming(unsettled)
  const neverSet = assuming([...unsettled.keys()].map((facet) => [facet, UNSET]))
  const mixtures = combinations(new Map([...unsettled].map(([facet, value]) => [facet, [value, UNSET]])))
  return {
    sure,
    // A block that nobody had seen may not have been there: where the grants are known, the store was then open. But that a
    // grant was there before anyone saw it is believed only of a store that was found open.
    possible: [...(isOpen(sure) ? [asFirstSeen] : []), ...(isOpen(neverSet) ? [neverSet] : [])],
    farFetched: [asFirstSeen, ...(mixtures === null ? [sure] : mixtures.map(assuming).filter(isOpen))],
  }
}

/** The verdicts under an assumption, corrected by what holds without it. */
function atMost(sure: Verdicts, assumed: Verdicts): Verdicts {
  const pick = (access: Access): Verdict => {
    const certain = sure[access]
    if (certain.audience === 'none' || certain.audience === 'undecided')
      return certain.audience === 'none' ? certain : assumed[access]
    return compareAudiences(assumed[access].audience, certain.audience) > 0 ? assumed[access] : certain
  }
  return Object.fromEntries(ACCESSES.map((access) => [access, pick(access)])) as Record<Access, Verdict>
}

function isOpen(verdicts: Verdicts): boolean {
  return isOpenTo(widestAudience(verdicts))
}

function isOpenTo(audience: Audience): boolean {
  return audience !== 'none' && audience !== 'undecided'
}

/** Every way to choose one value a facet; null where there are too many. */
function combinations(facets: ReadonlyMap<Facet, readonly FacetValue[]>): ReadonlyMap<Facet, FacetValue>[] | null {
  let choices: Map<Facet, FacetValue>[] = [new Map()]
  for (const [facet, values] of facets) {
    if (choices.length * values.length > MAX_CONFIGURATIONS) return null
    choices = choices.flatMap((choice) => values.map((value) => new Map([...choice, [facet, value]])))
  }
  return choices
}

const UNSET: FacetValue = { digest: 'absent', reading: { status: 'absent' } }
const TOO_MANY: Verdict = {
  audience: 'undecided',
  witness: null,
  because: [`More than ${MAX_CONFIGURATIONS} configurations are possible at this time.`],
}
const UNDECIDED: Verdicts = { read: TOO_MANY, list: TOO_MANY, write: TOO_MANY, delete: TOO_MANY, admin: TOO_MANY }

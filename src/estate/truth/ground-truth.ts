import type { Access, Audience, DataElement, Instant } from '../../model/index.ts'
import { iso, type Moment } from '../moments.ts'
import { BATCHES } from '../world/accounts.ts'
import { capturesOf } from '../world/captures.ts'
import { DATABASE, DATABASE_OPENINGS } from '../world/databases.ts'
import type { Population } from '../world/population.ts'
import { inTrail, type Store, storeArn } from '../world/store.ts'
import type { AccessTally, AccessTruth } from './access.ts'
import { type Census, elementsOf, ESTATE_ELEMENTS, inBatch, type OpeningTally } from './census.ts'

/** What evidence can bound of one end of a window, and when it really was. Equal bounds: exact. */
export interface TrueBounds {
  readonly notBefore: Instant | null
  readonly notAfter: Instant | null
  readonly actual: Instant
}

export interface TrueExposure {
  readonly resource: string
  readonly audiences: Readonly<Record<Access, Audience>>
  readonly window: { readonly opened: TrueBounds; readonly closed: TrueBounds | null }
  readonly objects: number
  readonly bytes: number
  readonly elements: readonly { readonly element: DataElement; readonly people: number; readonly files: number }[]
  readonly people: TruePeople
  readonly access: AccessTruth
  /** Reachable through a content distribution only: whether it is an exposure is a matter of definition. */
  readonly indirect?: true
}

export interface TruePeople {
  readonly total: number
  readonly byMarket: Readonly<Record<string, number>>
}

export interface TrueBatch {
  readonly name: string
  readonly recordedAt: Instant
  /** People whose data strangers could read, or possibly could; a person is in one element set. */
  readonly people: TruePeople & {
    readonly byElementSet: readonly { readonly elements: readonly DataElement[]; readonly people: number }[]
  }
  readonly exposures: readonly TrueExposure[]
  /** Exposed files that mention people. */
  readonly files: readonly {
    readonly resource: string
    readonly key: string
    readonly people: number
    readonly records: number
    readonly elements: readonly DataElement[]
  }[]
  /** People whom the batch's objects mention and no stranger could read of; a named partner is no stranger. */
  readonly notExposedPeople: number
}

/**
 * What is true of an estate, from its own model of the world. Audiences are for a zone of trust that is the
 * organisation's accounts and nothing else.
 */
export interface GroundTruth {
  readonly seed: number
  readonly scale: number
  readonly batches: readonly TrueBatch[]
  /** As of the last batch. */
  readonly notExposedPeople: number
}

export function groundTruth(
  seed: number,
  scale: number,
  population: Population,
  census: Census,
  tally: AccessTally,
): GroundTruth {
  const batches = BATCHES.map((_, batch) => trueBatch(batch, population, census, tally))
  return { seed, scale, batches, notExposedPeople: batches.at(-1)!.notExposedPeople }
}

function trueBatch(batch: number, population: Population, census: Census, tally: AccessTally): TrueBatch {
  const exposed = census.exposed[batch]!
  const openings = census.openings.filter((opening) => opening.batch === batch)
  const exposures = [...openings.map((opening) => trueExposure(opening, population, tally)), ...databaseExposures(batch)]
  const readable = openings.filter(({ opening }) => opening.audiences.read !== 'none')
  const files = readable.flatMap(({ store, objects }) =>
    objects
      .filter(({ people }) => people > 0)
      .map(({ key, people, records, elements }) => ({
        resource: storeArn(store),
        key,
        people,
        records,
        elements: elementsOf(elements),
      })),
  )
  return {
    name: BATCHES[batch]!.name,
    recordedAt: iso(BATCHES[batch]!.recordedAt),
    people: { ...countPeople(exposed, population), byElementSet: byElementSet(exposed) },
    exposures: exposures.sort(
      (a, b) => compare(a.resource, b.resource) || compare(a.window.opened.actual, b.window.opened.actual),
    ),
    files: files.sort((a, b) => compare(a.resource, b.resource) || compare(a.key, b.key)),
    notExposedPeople: census.mentioned[batch]!.reduce(
      (count, mentioned, person) => count + (mentioned === 1 && exposed[person] === 0 ? 1 : 0),
      0,
    ),
  }
}

function trueExposure(
  { store, opening, batch, objects, elements }: OpeningTally,
  population: Population,
  tally: AccessTally,
): TrueExposure {
  return {
    resource: storeArn(store),
    audiences: opening.audiences,
    window: {
      opened: opening.audiences.read === 'undecided' ? neverSeenOpen(store) : bounds(store, opening.opened, batch),
      closed: opening.closed === null || !inBatch(store, opening.closed, batch) ? null : bounds(store, opening.closed, batch),
    },
    objects: objects.length,
    bytes: objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    elements: ESTATE_ELEMENTS.map((element, bit) => ({
      element,
      people: elements.reduce((count, mask) => count + ((mask >> bit) & 1), 0),
      files: objects.reduce((count, object) => count + ((object.elements >> bit) & 1), 0),
    })).filter(({ people }) => people > 0),
    people: countPeople(elements, population),
    access: tally.of(store, opening, batch),
    ...(store.indirect ? { indirect: true as const } : {}),
  }
}

/** Exact where the call was kept; else between the last capture that saw it before (or the creation) and the first that saw it after. */
function bounds(store: Store, moment: Moment, batch: number): TrueBounds {
  if (inTrail(store.account, moment)) return { notBefore: iso(moment), notAfter: iso(moment), actual: iso(moment) }
  const captures = capturesOf(store).filter((capture) => inBatch(store, capture, batch))
  const before = captures.findLast((capture) => capture < moment) ?? store.createdAt
  const after = captures.find((capture) => capture >= moment)
  return { notBefore: iso(before), notAfter: after === undefined ? null : iso(after), actual: iso(moment) }
}

function neverSeenOpen(store: Store): TrueBounds {
  return { notBefore: iso(store.createdAt), notAfter: null, actual: iso(store.createdAt) }
}

function databaseExposures(batch: number): TrueExposure[] {
  return DATABASE_OPENINGS.filter(({ opened }) => inBatch(DATABASE, opened, batch)).map(({ resource, audiences, opened }) => ({
    resource,
    audiences,
    window: { opened: { notBefore: iso(opened), notAfter: iso(opened), actual: iso(opened) }, closed: null },
    objects: 0,
    bytes: 0,
    elements: [],
    people: { total: 0, byMarket: {} },
    access: { conclusion: 'dark', outsideReads: 0, outsideLists: 0, ambiguousReads: 0, objectsRead: 0 },
  }))
}

function countPeople(elements: Uint16Array, { markets }: Population): TruePeople {
  const byMarket: Record<string, number> = {}
  let total = 0
  for (let person = 0; person < elements.length; person++) {
    if (elements[person] === 0) continue
    total++
    const market = markets[person]!
    byMarket[market] = (byMarket[market] ?? 0) + 1
  }
  return { total, byMarket: Object.fromEntries(Object.entries(byMarket).sort(([a], [b]) => compare(a, b))) }
}

function byElementSet(exposed: Uint16Array): TrueBatch['people']['byElementSet'] {
  const counts = new Map<number, number>()
  for (const mask of exposed) if (mask !== 0) counts.set(mask, (counts.get(mask) ?? 0) + 1)
  return [...counts]
    .map(([mask, people]) => ({ elements: elementsOf(mask), people }))
    .sort((a, b) => b.people - a.people || compare(a.elements.join(), b.elements.join()))
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

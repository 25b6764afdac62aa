import type { ConclusionCode } from '../../model/index.ts'
import type { Moment } from '../moments.ts'
import { BATCHES } from '../world/accounts.ts'
import { type Store, type StoreOpening, settingsAt } from '../world/store.ts'
import { LOST_LOGS, type Visit } from '../world/visits.ts'
import { inBatch } from './census.ts'

/** What outsiders got from one store while it was open, as far as kept logs show it. */
export interface AccessTruth {
  readonly conclusion: ConclusionCode
  /** Distinct successful requests for an object; lines with two meanings are not among them. */
  readonly outsideReads: number
  readonly outsideLists: number
  readonly ambiguousReads: number
  /** Distinct keys read, or possibly read where the line has two meanings. */
  readonly objectsRead: number
}

interface Counts {
  reads: number
  lists: number
  ambiguous: number
  readonly keys: Set<string>
}

/** Counts as the lines are written, so that no parser has to be believed. */
export class AccessTally {
  readonly #counts = new Map<string, Counts>()

  read(store: Store, moment: Moment, key: string): void {
    this.#add(store, moment, (counts) => {
      counts.reads++
      counts.keys.add(key)
    })
  }

  visit({ store, at, operation, key, forged }: Visit): void {
    if (operation === 'REST.GET.OBJECT' && !forged) this.read(store, at, key!)
    else
      this.#add(store, at, (counts) => {
        if (forged) {
          counts.ambiguous++
          counts.keys.add(key!)
        } else counts.lists++
      })
  }

  of(store: Store, opening: StoreOpening, batch: number): AccessTruth {
    const counts = this.#counts.get(slot(store, opening, batch)) ?? { reads: 0, lists: 0, ambiguous: 0, keys: new Set() }
    const found =
      counts.reads > 0
        ? 'read'
        : counts.lists > 0
          ? 'listed'
          : counts.ambiguous > 0
            ? 'ambiguous'
            : silence(store, opening, batch)
    return {
      conclusion: opening.audiences.read === 'undecided' ? 'undecided' : found,
      outsideReads: counts.reads,
      outsideLists: counts.lists,
      ambiguousReads: counts.ambiguous,
      objectsRead: counts.keys.size,
    }
  }

  #add(store: Store, moment: Moment, count: (counts: Counts) => void): void {
    for (const opening of store.openings) {
      if (moment < opening.opened || (opening.closed !== null && moment >= opening.closed)) continue
      for (const batch of BATCHES.keys()) {
        if (!inBatch(store, moment, batch)) continue
        const name = slot(store, opening, batch)
        const counts = this.#counts.get(name) ?? { reads: 0, lists: 0, ambiguous: 0, keys: new Set<string>() }
        this.#counts.set(name, counts)
        count(counts)
      }
    }
  }
}

function slot(store: Store, opening: StoreOpening, batch: number): string {
  return `${store.name} ${opening.opened} ${batch}`
}

/** What saying nothing is worth: logs over the whole opening, over part of it, or none. */
function silence(store: Store, opening: StoreOpening, batch: number): ConclusionCode {
  const end = Math.min(opening.closed ?? Infinity, BATCHES[batch]!.evidenceUntil)
  const edges = [
    opening.opened,
    ...store.changes.map(({ at }) => at),
    ...LOST_LOGS.filter((lost) => lost.store === store).flatMap(({ from, to }) => [from, to]),
  ]
  const inside = edges.filter((edge) => opening.opened <= edge && edge < end)
  const logged = inside.map(
    (edge) =>
      settingsAt(store, edge).logging !== null &&
      !LOST_LOGS.some((lost) => lost.store === store && lost.from <= edge && edge < lost.to),
  )
  return logged.every(Boolean) ? 'silent-full' : logged.some(Boolean) ? 'silent-part' : 'dark'
}

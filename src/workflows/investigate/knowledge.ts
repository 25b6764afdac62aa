import type { History, StoredObject } from '../../history/index.ts'
import {
  compareText,
  type ContentReport,
  type InventoryMark,
  type ObjectSighting,
  type Observation,
  type OrganizationAccount,
  type Unread,
} from '../../model/index.ts'
import type { Lake } from '../../query-engines/index.ts'
import { remembered } from './remembered.ts'

// Raised whenever the same logs tell of other events.
const STAGE = 'events-in-logs/1'
// Past this, asking the logs again is cheaper than keeping the answer.
const MOST_REMEMBERED = 200_000

/** Everything recorded so far, this batch included. */
export interface Knowledge {
  readonly observations: readonly Observation[]
  readonly accounts: readonly OrganizationAccount[]
  /** By the store's resource id. */
  readonly sightings: ReadonlyMap<string, readonly ObjectSighting[]>
  readonly inventories: ReadonlyMap<string, readonly InventoryMark[]>
  readonly copies: ReadonlyMap<string, readonly StoredObject[]>
  readonly reports: ReadonlyMap<string, ContentReport>
  readonly unread: readonly Unread[]
  readonly evidence: { readonly files: number; readonly bytes: number }
}

export async function knowEverything(history: History, lake: Lake): Promise<Knowledge> {
  const observations = await history.observations()
  const copies = Map.groupBy(await history.objects(), ({ store }) => store)
  const sightings = [...(await history.sightings()), ...(await eventsInLogs(history, lake, [...copies.keys()].sort(compareText)))]
  const files = await history.evidenceFiles()
  return {
    observations,
    accounts: await history.accounts(),
    sightings: Map.groupBy(sightings, ({ store }) => store),
    inventories: Map.groupBy(await history.inventories(), ({ store }) => store),
    copies,
    reports: await history.contentReports(),
    unread: (await history.unread()).toSorted((left, right) => compareText(left.what, right.what)),
    evidence: { files: files.length, bytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) },
  }
}

/** The logs tell of puts and deletes too; only stores of whose objects there are copies are asked for. */
async function eventsInLogs(history: History, lake: Lake, stores: readonly string[]): Promise<readonly ObjectSighting[]> {
  const question = {
    stage: STAGE,
    input: [stores, lake.digest()],
    isKept: (events: readonly ObjectSighting[]) => events.length <= MOST_REMEMBERED,
  }
  return remembered(history, question, async () => {
    const events: ObjectSighting[] = []
    for (const store of stores)
      for (const event of await lake.objectEvents({ store, bucket: bucketOf(store) })) events.push(event)
    return events
  })
}

function bucketOf(store: string): string {
  return store.slice(store.lastIndexOf(':') + 1)
}

import type { DataElement } from '../../model/index.ts'
import type { Moment } from '../moments.ts'
import { BATCHES } from '../world/accounts.ts'
import { type Store, type StoredObject, type StoreOpening, strangersCanRead } from '../world/store.ts'

/** The elements that the estate holds, in the order of their code units; the position is the element's bit. */
export const ESTATE_ELEMENTS = [
  'chassis-number',
  'customer-id',
  'email-address',
  'location',
  'location-track',
  'number-plate',
  'person-name',
  'phone-number',
  'postal-address',
  'terminal-id',
  'vin',
] as const satisfies readonly DataElement[]

export type EstateElement = (typeof ESTATE_ELEMENTS)[number]

export function elementMask(elements: Iterable<DataElement>): number {
  let mask = 0
  for (const element of elements) mask |= 1 << ESTATE_ELEMENTS.indexOf(element as EstateElement)
  return mask
}

export function elementsOf(mask: number): EstateElement[] {
  return ESTATE_ELEMENTS.filter((_, bit) => (mask >> bit) & 1)
}

/** Everybody in one object: person and the elements of each record. */
export type Mentions = (say: (person: number, elements: number) => void) => void

/** One opening of one store as one batch of evidence can know it. */
export interface OpeningTally {
  readonly store: Store
  readonly opening: StoreOpening
  readonly batch: number
  readonly objects: StoredObject[]
  /** Per person, the elements that this opening laid open. */
  readonly elements: Uint16Array
}

/** Counts people as the world knows them: no linking, no detectors, by the number each person was born with. */
export class Census {
  readonly personCount: number
  readonly openings: OpeningTally[]
  readonly objects: StoredObject[] = []
  /** Per batch and person, the elements that strangers could read. */
  readonly exposed: readonly Uint16Array[]
  /** Per batch, who is mentioned anywhere in the evidence. */
  readonly mentioned: readonly Uint8Array[]
  readonly #stamps: Int32Array

  constructor(personCount: number, stores: readonly Store[]) {
    this.personCount = personCount
    this.exposed = BATCHES.map(() => new Uint16Array(personCount))
    this.mentioned = BATCHES.map(() => new Uint8Array(personCount))
    this.#stamps = new Int32Array(personCount).fill(-1)
    this.openings = BATCHES.flatMap((_, batch) =>
      stores.flatMap((store) =>
        store.openings
          .filter((opening) => inBatch(store, opening.opened, batch))
          .map((opening) => ({ store, opening, batch, objects: [], elements: new Uint16Array(personCount) })),
      ),
    )
  }

  add(object: Omit<StoredObject, 'records' | 'people' | 'elements'>, mentions: Mentions): void {
    const reached = this.openings.filter(({ store, opening, batch }) => {
      return store === object.store && inBatch(store, object.putAt, batch) && overlaps(object, opening)
    })
    const readable = reached.filter(({ opening }) => opening.audiences.read !== 'none')
    const strangers = readable.filter(({ opening }) => strangersCanRead(opening)).map(({ batch }) => this.exposed[batch]!)
    const seenIn = this.mentioned.filter((_, batch) => inBatch(object.store, object.putAt, batch))
    const stamp = this.objects.length
    let records = 0
    let people = 0
    let elements = 0
    mentions((person, mask) => {
      records++
      elements |= mask
      if (this.#stamps[person] !== stamp) people++
      this.#stamps[person] = stamp
      for (const tally of readable) tally.elements[person]! |= mask
      for (const masks of strangers) masks[person]! |= mask
      for (const seen of seenIn) seen[person] = 1
    })
    const stored = { ...object, records, people, elements }
    this.objects.push(stored)
    for (const tally of reached) tally.objects.push(stored)
  }
}

/** Whether a batch's evidence reaches that moment of that store. */
export function inBatch(store: Pick<Store, 'account'>, moment: Moment, batch: number): boolean {
  return (batch > 0 || store.account.japanese) && moment <= BATCHES[batch]!.evidenceUntil
}

function overlaps(object: { readonly putAt: Moment; readonly deletedAt: Moment | null }, opening: StoreOpening): boolean {
  return (
    (opening.closed === null || object.putAt < opening.closed) && (object.deletedAt === null || object.deletedAt > opening.opened)
  )
}

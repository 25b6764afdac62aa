import { createHash } from 'node:crypto'
import type { Moment } from '../moments.ts'
import type { Census, Mentions } from '../truth/census.ts'
import { inBatch } from '../truth/census.ts'
import type { Store } from '../world/store.ts'
import type { Delivery } from './delivery.ts'

export interface Placement {
  readonly store: Store
  readonly key: string
  readonly putAt: Moment
  /** When it was deleted from the store; the company kept a copy all the same. */
  readonly deletedAt?: Moment | null
}

/** Puts the objects' bytes where a company's copy of its stores has them, and tells the census who is inside. */
export class Shelf {
  readonly #delivery: Delivery
  readonly #census: Census

  constructor(delivery: Delivery, census: Census) {
    this.#delivery = delivery
    this.#census = census
  }

  put({ store, key, putAt, deletedAt = null }: Placement, content: Uint8Array | string, mentions: Mentions = () => {}): void {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    this.#delivery.write(`objects/${store.name}/${key}`, bytes, inBatch(store, putAt, 0))
    const etag = createHash('md5').update(bytes).digest('hex')
    this.#census.add({ store, key, putAt, deletedAt, sizeBytes: bytes.length, etag }, mentions)
  }
}

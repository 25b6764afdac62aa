import { KIND, type RecordGraph } from './record-graph.ts'

/** Tells which identifiers so many people share that they tie nobody together: a dealer's phone, a test device. */
export class ShareCounter {
  readonly #graph: RecordGraph
  readonly #cap: number
  /** By identifier: the last question in which it was counted. */
  readonly #seen: Uint32Array
  #question = 0

  constructor(graph: RecordGraph, cap: number) {
    this.#graph = graph
    this.#cap = cap
    this.#seen = new Uint32Array(graph.identifierCount)
  }

  /** Whether the records hold more customer ids than the cap, or more names. */
  isSharedByMany(signatures: Iterable<number>): boolean {
    const { start, identifiers, kinds } = this.#graph
    this.#question += 1
    let customers = 0
    let names = 0
    for (const signature of signatures)
      for (let at = start[signature]!; at < start[signature + 1]!; at += 1) {
        const identifier = identifiers[at]!
        if (this.#seen[identifier] === this.#question) continue
        this.#seen[identifier] = this.#question
        if (kinds[identifier] === KIND['customer-id']) customers += 1
        else if (kinds[identifier] === KIND['person-name']) names += 1
      }
    return customers > this.#cap || names > this.#cap
  }
}

import type { Access, Audience, DataElement, EvidenceRef } from '../model/index.ts'

/** One object that is or was in a store, or all objects under one prefix: then `ageDays` is that of the oldest. */
export interface ObjectFacts {
  readonly key: string
  /** Whole days since it was put there; null where no evidence tells. */
  readonly ageDays: number | null
  readonly elements: readonly DataElement[]
  /** Whether it is there at the moment that the answer is given for. */
  readonly present: 'yes' | 'possibly' | 'no'
  /** Whether its content was read to the end; without it, as the store says. */
  readonly examined?: boolean
  readonly evidence?: readonly EvidenceRef[]
}

/** What the rules may ask of a store. What was not read is said to be so: it makes a rule undecided, never kept. */
export interface StoreFacts {
  readonly resource: string
  readonly account: string
  readonly region: string
  readonly name: string
  /** The store's tags; null where they were not read. */
  readonly tags?: Readonly<Record<string, string>> | null
  /** Who could reach it from outside: at the moment of the answer, and the widest audience there ever was. */
  readonly audiences: {
    readonly now: Readonly<Record<Access, Audience>>
    readonly ever: Readonly<Record<Access, Audience>>
  }
  /** What was found so far; `examined` when everything in the store was read. */
  readonly personalData: { readonly elements: readonly DataElement[]; readonly people: number; readonly examined: boolean }
  readonly logging: 'on' | 'off' | 'not-read'
  readonly objects: readonly ObjectFacts[]
  /** False where not every object of the store is known; then no rule on objects is kept for certain. */
  readonly objectsComplete?: boolean
  readonly evidence: readonly EvidenceRef[]
}

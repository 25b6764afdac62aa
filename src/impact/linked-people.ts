import type { LinkingNotes, MentionTable } from '../model/index.ts'

/** What is known of a content besides its bytes. */
export interface ContentHints {
  /** The market that its key's path names, where the mentions were made without it. */
  readonly pathMarket?: string | null
  /** The market that its store's region speaks for. */
  readonly storeMarket: string | null
}

export interface MentionedContent {
  readonly id: string
  readonly mentions: MentionTable
  readonly hints: ContentHints
}

/** A row that mentions nobody. */
export const NOBODY = -1

/** The rows of one content by the person they are about. */
export interface LinkedContent {
  /** By row: the person, or NOBODY. */
  readonly person: Int32Array
  /** By row: bits of ELEMENTS. */
  readonly elements: Uint32Array
}

/** Everyone who is mentioned in any of the contents that were linked together. */
export interface LinkedPeople {
  readonly personCount: number
  /** By person: index into `markets`. */
  readonly market: Uint8Array
  /** Sorted; `UNKNOWN` stands for no evidence. */
  readonly markets: readonly string[]
  readonly contents: ReadonlyMap<string, LinkedContent>
  readonly notes: LinkingNotes
}

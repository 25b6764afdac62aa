import type { ConclusionCode, ElementSetCount, Instant, Window } from '../model/index.ts'

/** What a letter to the people of one market tells, beside the elements. */
export interface NoticeOccasion {
  /** When the data could be reached, from the first possible moment to the last; null where it is not known. */
  readonly window: Window | null
  /** The weakest conclusion over the stores that are concerned; null where access was not examined. */
  readonly conclusion: ConclusionCode | null
  /** Whether everything that was open is shut now; unknown where it is undecided. */
  readonly shut: boolean | 'unknown'
}

/** One market's letter for one exact set of elements, ready to be written in a language. */
export interface Letter extends NoticeOccasion {
  readonly elements: ElementSetCount['elements']
  readonly awareness: Instant
  readonly timezone: string
  readonly undecidedPeople: boolean
}

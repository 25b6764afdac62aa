import type { StoreExplanation } from '../../src/model/index.ts'
import type { StoreFinding } from '../findings/store-finding.ts'
import type { Words } from '../words/en.ts'

/** What every part of a store's page is drawn from. */
export interface StoreView {
  readonly store: StoreExplanation
  readonly finding: StoreFinding
  readonly words: Words
  /** An element id that is unique though both languages stand in one file. */
  id(name: string): string
}

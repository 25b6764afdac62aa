import type { CaseDocument } from '../../src/model/index.ts'
import type { Headline } from '../findings/headline.ts'
import type { Words } from '../words/en.ts'

/** What every part of the page is drawn from: the case, what it comes to, and the language it is told in. */
export interface Page {
  readonly document: CaseDocument
  readonly headline: Headline
  readonly words: Words
  /** An element id that is unique though both languages stand in one file. */
  id(name: string): string
}

import type { Headline, Words } from '../../../web/index.ts'
import type { CaseDocument } from '../../model/index.ts'
import type { Paint } from './paint.ts'

/** What every section of the view is drawn from. */
export interface View {
  readonly document: CaseDocument
  readonly headline: Headline
  readonly words: Words
  readonly paint: Paint
  readonly columns: number
}

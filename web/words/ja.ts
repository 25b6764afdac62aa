import { ELEMENT_LABELS, elementInSentence } from './element-names.ts'
import type { Words } from './en.ts'
import type { Format } from './format.ts'
import { japaneseExposure } from './ja/exposure.ts'
import { japaneseFirstScreen } from './ja/first-screen.ts'
import { japanesePhrases } from './ja/phrases.ts'
import { japaneseResponse } from './ja/response.ts'
import { japaneseStore } from './ja/store.ts'

/** Every sentence of the page in Japanese, written for it; identifiers, codes and file names stay as they are. */
export function japanese(format: Format): Words {
  return {
    language: 'ja',
    format,
    elements: ELEMENT_LABELS.ja,
    element: (name) => elementInSentence('ja', name),
    market: japanesePhrases(format).market,
    ...japaneseFirstScreen(format),
    ...japaneseExposure(format),
    ...japaneseResponse(format),
    ...japaneseStore(format),
  }
}

import type { DataElement } from '../../src/model/index.ts'
import { ELEMENT_LABELS, elementInSentence } from './element-names.ts'
import { englishExposure } from './en/exposure.ts'
import { englishFirstScreen } from './en/first-screen.ts'
import { englishResponse } from './en/response.ts'
import { englishStore } from './en/store.ts'
import type { Format } from './format.ts'

/** Every sentence of the page in English, whole, with its values named. `**` marks what is stressed, `[n]` the evidence. */
export function english(format: Format) {
  return {
    language: 'en' as 'en' | 'ja',
    format,
    elements: ELEMENT_LABELS.en,
    element: (name: DataElement): string => elementInSentence('en', name),
    market: (code: string): string => (code === 'UNKNOWN' ? 'Not known' : format.market(code)),
    ...englishFirstScreen(format),
    ...englishExposure(format),
    ...englishResponse(format),
    ...englishStore(format),
  }
}

/** What every language says. */
export type Words = ReturnType<typeof english>

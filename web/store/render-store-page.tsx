import { renderToStaticMarkup } from 'react-dom/server'
import type { StoreExplanation } from '../../src/model/index.ts'
import { storeFinding } from '../findings/store-finding.ts'
import { htmlDocument, type ReportOptions, wordsIn } from '../page/html-document.tsx'
import { withShownText } from '../text/shown.ts'
import { StorePage } from './store-page.tsx'
import { STORE_STYLE } from './store-style.ts'
import type { StoreView } from './store-view.ts'

/** One store as one HTML file that asks no server for anything, in both languages and both themes. */
export function renderStorePage(given: StoreExplanation, options: ReportOptions): string {
  const store = withShownText(given)
  const finding = storeFinding(store)
  const viewIn = (code: 'en' | 'ja'): StoreView => ({
    store,
    finding,
    words: wordsIn(code, options),
    id: (name) => `${code}-${name}`,
  })
  const [en, ja] = [viewIn('en'), viewIn('ja')]
  const { language, theme } = options
  return htmlDocument({
    title: (language === 'en' ? en : ja).words.store.title(store.resource.name),
    body: renderToStaticMarkup(<StorePage en={en} ja={ja} language={language} theme={theme} />),
    style: STORE_STYLE,
    options,
  })
}

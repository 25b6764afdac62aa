import { renderToStaticMarkup } from 'react-dom/server'
import type { CaseDocument } from '../../src/model/index.ts'
import { PRINT_STYLE } from '../style/print-style.ts'
import { withShownText } from '../text/shown.ts'
import { headlineOf } from '../findings/headline.ts'
import { CasePage } from './case-page.tsx'
import { htmlDocument, type ReportOptions, wordsIn } from './html-document.tsx'
import type { Page } from './page.ts'

/** The case as one HTML file that asks no server for anything: both languages, both themes, four A4 pages on paper. */
export function renderCaseReport(given: CaseDocument, options: ReportOptions): string {
  const document = withShownText(given)
  const headline = headlineOf(document)
  const pageIn = (code: 'en' | 'ja'): Page => ({
    document,
    headline,
    words: wordsIn(code, options),
    id: (name) => `${code}-${name}`,
  })
  const [en, ja] = [pageIn('en'), pageIn('ja')]
  const { language, theme } = options
  return htmlDocument({
    title: (language === 'en' ? en : ja).words.page.title(document.case),
    body: renderToStaticMarkup(<CasePage en={en} ja={ja} language={language} theme={theme} />),
    style: PRINT_STYLE + sheetMargins(document),
    options,
  })
}

/** The foot of every sheet: which case and revision it belongs to, and which of how many it is. */
function sheetMargins({ case: name, revision, knownAt }: CaseDocument): string {
  const text = `Ajar · ${name} · ${revision} · ${knownAt}`.replace(/[^\w .:·-]/g, '_').slice(0, 120)
  const type = 'font:8px var(--font-ui);color:#4b5158'
  return `@page{@bottom-left{content:"${text}";${type}}@bottom-right{content:counter(page) " / " counter(pages);${type}}}\n`
}

import { renderToStaticMarkup } from 'react-dom/server'
import type { CaseDocument } from '../../src/model/index.ts'
import { PAGE_STYLE } from '../style/page-style.ts'
import { PRINT_STYLE } from '../style/print-style.ts'
import { TOKENS } from '../style/tokens.ts'
import { withShownText } from '../text/shown.ts'
import { english } from '../words/en.ts'
import { formatFor } from '../words/format.ts'
import { japanese } from '../words/ja.ts'
import { headlineOf } from '../findings/headline.ts'
import { CasePage } from './case-page.tsx'
import { embeddedFonts } from './fonts.ts'
import type { Page } from './page.ts'
import { PAGE_SCRIPT } from './script.ts'

export interface ReportOptions {
  /** The language and theme that the page opens with; both switches are on the page. */
  readonly language: 'en' | 'ja'
  readonly theme: 'light' | 'dark'
  /** IANA name of the zone that days and times are told in; it stands beside every time. */
  readonly timeZone?: string
}

/** The case as one HTML file that asks no server for anything: both languages, both themes, four A4 pages on paper. */
export function renderCaseReport(given: CaseDocument, options: ReportOptions): string {
  const document = withShownText(given)
  const { language, theme, timeZone = 'UTC' } = options
  const headline = headlineOf(document)
  const pageIn = (code: 'en' | 'ja'): Page => ({
    document,
    headline,
    words: code === 'en' ? english(formatFor('en', timeZone)) : japanese(formatFor('ja', timeZone)),
    id: (name) => `${code}-${name}`,
  })
  const en = pageIn('en')
  const ja = pageIn('ja')
  const body = renderToStaticMarkup(<CasePage en={en} ja={ja} language={language} theme={theme} />)
  const title = renderToStaticMarkup(<title>{(language === 'en' ? en : ja).words.page.title(document.case)}</title>)
  return `<!doctype html>
<html lang="${language}" data-theme="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="generator" content="Ajar">
${title}
<style>
${embeddedFonts(visibleText(body))}
${TOKENS}${PAGE_STYLE}${PRINT_STYLE}${sheetMargins(document)}</style>
</head>
<body>${body}<script>${PAGE_SCRIPT}</script></body>
</html>
`
}

/** The foot of every sheet: which case and revision it belongs to, and which of how many it is. */
function sheetMargins({ case: name, revision, knownAt }: CaseDocument): string {
  const text = `Ajar · ${name} · ${revision} · ${knownAt}`.replace(/[^\w .:·-]/g, '_').slice(0, 120)
  const type = 'font:8px var(--font-ui);color:#4b5158'
  return `@page{@bottom-left{content:"${text}";${type}}@bottom-right{content:counter(page) " / " counter(pages);${type}}}\n`
}

/** The text between the tags; what a page never shows needs no font. */
function visibleText(markup: string): string {
  return markup.replace(/<[^>]*>/g, ' ')
}

import { renderToStaticMarkup } from 'react-dom/server'
import { PAGE_STYLE } from '../style/page-style.ts'
import { TOKENS } from '../style/tokens.ts'
import { english, type Words } from '../words/en.ts'
import { formatFor } from '../words/format.ts'
import { japanese } from '../words/ja.ts'
import { embeddedFonts } from './fonts.ts'
import { PAGE_SCRIPT } from './script.ts'

export interface ReportOptions {
  /** The language and theme that the page opens with; both switches are on the page. */
  readonly language: 'en' | 'ja'
  readonly theme: 'light' | 'dark'
  /** IANA name of the zone that days and times are told in; it stands beside every time. */
  readonly timeZone?: string
}

export function wordsIn(language: 'en' | 'ja', { timeZone = 'UTC' }: ReportOptions): Words {
  return language === 'en' ? english(formatFor('en', timeZone)) : japanese(formatFor('ja', timeZone))
}

interface Parts {
  readonly title: string
  readonly body: string
  /** What this page has beside the style of all pages. */
  readonly style: string
  readonly options: ReportOptions
}

/** One HTML file that asks no server for anything: style, fonts and script are inside. */
export function htmlDocument({ title, body, style, options: { language, theme } }: Parts): string {
  return `<!doctype html>
<html lang="${language}" data-theme="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="generator" content="Ajar">
${renderToStaticMarkup(<title>{title}</title>)}
<style>
${embeddedFonts(visibleText(body))}
${TOKENS}${PAGE_STYLE}${style}</style>
</head>
<body>${body}<script>${PAGE_SCRIPT}</script></body>
</html>
`
}

/** The text between the tags; what a page never shows needs no font. */
function visibleText(markup: string): string {
  return markup.replace(/<[^>]*>/g, ' ')
}

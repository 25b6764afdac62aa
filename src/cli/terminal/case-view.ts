import type { CaseDocument } from '../../model/index.ts'
import { english, formatFor, headlineOf, plainText, publicSentences, titleOf } from '../../../web/index.ts'
import { changedLines, openLines, owedLines, readLines, whoseLines } from './case-sections.ts'
import { paintFor } from './paint.ts'
import { oneLine, padEnd, stripControls, truncate, wrap } from './text.ts'
import type { View } from './view.ts'

export interface TerminalOptions {
  /** Columns of the terminal; the view is drawn for 100 and gives way down to 72. */
  readonly columns: number
  readonly color: boolean
  /** Lines above the view. */
  readonly heading?: string
  /** The last line: where the case and its report are. */
  readonly footer?: string
}

const LINES = 46
const NARROWEST = 72
const WIDEST = 100

/** The case on one screen: 46 lines of 100 columns in the order of the page. Nothing from outside reaches the terminal unstripped. */
export function renderCaseInTerminal(document: CaseDocument, options: TerminalOptions): string {
  const columns = Math.max(NARROWEST, Math.min(WIDEST, Math.floor(options.columns) || WIDEST))
  const words = english(formatFor('en', 'UTC'))
  const view: View = { document, headline: headlineOf(document), words, paint: paintFor(options.color), columns }
  const heading = aboveLines(options.heading, view)
  const footer = footerLines(options.footer, view)
  const top = [...titleLines(view), '', ...sentenceLines(view), '']
  const room = LINES - heading.length - top.length - footer.length
  return [...heading, ...top, ...sections(view, room), ...footer].map((line) => line.trimEnd()).join('\n')
}

/** The five sections in what room there is; what does not fit is counted in a line of its own. */
function sections(view: View, room: number): string[] {
  const parts = [openLines, whoseLines, readLines, owedLines, changedLines]
  const wanted = parts.map((lines) => lines(view, Number.POSITIVE_INFINITY).length)
  const given = shareOut(wanted, room - parts.length)
  return parts.flatMap((lines, index) => [...lines(view, given[index]!), ''])
}

// The least that says anything, and the lines of each section on the designed screen.
const LEAST = [6, 2, 2, 2, 2]
const COMFORTABLE = [13, 5, 5, 4, 2]

/** Everyone's least first, then up to the designed screen a line at a time in turn, then to whoever still wants some. */
function shareOut(wanted: readonly number[], room: number): number[] {
  const given = wanted.map((lines, index) => Math.min(lines, LEAST[index]!))
  let left = room - given.reduce((sum, lines) => sum + lines, 0)
  for (const goal of [COMFORTABLE, wanted])
    for (let moved = true; moved && left > 0; ) {
      moved = false
      for (const [index, lines] of wanted.entries()) {
        if (left <= 0 || given[index]! >= Math.min(lines, goal[index]!)) continue
        // A store takes two lines.
        const step = index === 0 ? Math.min(2, left, lines - given[index]!) : 1
        given[index]! += step
        left -= step
        moved = true
      }
    }
  return given
}

function titleLines({ document, headline, words, paint, columns }: View): string[] {
  const name = oneLine(document.case)
  const indent = Math.min(12, [...name].length + 2)
  const { facts, format } = words
  const state = [
    facts.statusOf({ status: headline.status, undecided: headline.undecided.length }).toLowerCase(),
    facts.severities[headline.severity.level].toLowerCase(),
    `revision ${document.revision}`,
    `known at ${document.knownAt.slice(0, 16).replace('T', ' ')} ${format.zone}`,
  ].join(' · ')
  return [
    `${paint.strong(truncate(name, indent - 2))}  ${paint.strong(truncate(oneLine(titleOf(headline, words)), columns - indent))}`,
    `${' '.repeat(indent)}${truncate(state, columns - indent)}`,
  ]
}

/** The public sentences, whole ones only: as many as four lines hold, and always the first. */
function sentenceLines({ document, headline, words, columns }: View): string[] {
  const sentences = publicSentences(document, headline, words).map((sentence) => oneLine(plainText(sentence)))
  let lines: string[] = []
  for (let many = sentences.length; many > 0; many--) {
    lines = wrap(sentences.slice(0, many).join(' '), columns - 4)
    if (lines.length <= 4) break
  }
  const kept = lines.length > 4 ? [...lines.slice(0, 3), truncate(lines.slice(3).join(' '), columns - 4)] : lines
  return kept.map((line) => `  ${line}`)
}

function aboveLines(heading: string | undefined, { paint, columns }: View): string[] {
  if (heading === undefined || heading.trim() === '') return []
  const lines = stripControls(heading).split('\n').slice(0, 3)
  return [...lines.map((line) => paint.quiet(truncate(line.trimEnd(), columns))), '']
}

function footerLines(footer: string | undefined, { document, paint, columns }: View): string[] {
  const text = footer ?? `ledger ${document.ledger.entries} entries   head ${document.ledger.head.slice(0, 12)}`
  return [paint.quiet(padEnd(`  ${oneLine(text.replaceAll('   ', ' · '))}`, columns))]
}

import { type AccessView, number } from './access-drawing.ts'
import type { AccessAnswer } from '../../workflows/index.ts'
import { timelineLines } from './access-timeline.ts'
import { firstLines, outsiderLines, tookLines, whoseLines, besidesLines, notReadLines } from './access-sections.ts'
import { paintFor } from './paint.ts'
import { oneLine, truncate, wrap } from './text.ts'

const LINES = 60
const MOST_SENTENCE_LINES = 8
const MOST_NOTE_LINES = 8

export interface AccessViewOptions {
  readonly columns: number
  readonly color: boolean
}

/**
 * Who came, on at most 60 lines: the conclusion, a timeline with what is dark drawn dark, whose requests there were, the first of each kind, the
 * outsiders that took most and what they took, what was not read, and the sentence that may be said in public. Nothing from a log reaches the terminal unstripped.
 */
export function renderAccessInTerminal(answer: AccessAnswer, { columns, color }: AccessViewOptions): string {
  const view: AccessView = { answer, paint: paintFor(color), columns }
  const top = [...titleLines(view), '']
  const bottom = [...noteLines(view), ...publicLines(view)]
  const sections = [timelineLines, whoseLines, firstLines, outsiderLines, tookLines, besidesLines, notReadLines]
  const wanted = sections.map((lines) => lines(view, Number.POSITIVE_INFINITY).length)
  const given = shareOut(wanted, LINES - top.length - bottom.length)
  const middle = sections.flatMap((lines, index) => (given[index]! < 2 ? [] : [...lines(view, given[index]! - 1), '']))
  return [...top, ...middle, ...bottom].map((line) => line.trimEnd()).join('\n')
}

/** A line at a time in turn, each section with a line between it and the next, until nobody wants more or no line is left. */
function shareOut(wanted: readonly number[], room: number): readonly number[] {
  const goal = wanted.map((lines) => (lines === 0 ? 0 : lines + 1))
  const given = goal.map((lines) => Math.min(lines, 4))
  let left = room - given.reduce((sum, lines) => sum + lines, 0)
  for (let moved = true; moved && left > 0; ) {
    moved = false
    for (const [index, lines] of goal.entries()) {
      if (left <= 0 || given[index]! >= lines) continue
      given[index]! += 1
      left -= 1
      moved = true
    }
  }
  return given
}

function titleLines({ answer, paint, columns }: AccessView): string[] {
  const { lines, files, resources, conclusion } = answer
  const code = conclusion.code.toUpperCase()
  const subject = resources.length === 1 ? resources[0]!.resource : `${resources.length} stores that the logs name`
  const title = `${code.padEnd(11)} ${oneLine(subject)}`
  const counts = [
    `${number(files.logs)} log ${files.logs === 1 ? 'file' : 'files'}`,
    `${number(lines.read)} ${lines.read === 1 ? 'line' : 'lines'}`,
    `${number(lines.ambiguous)} ambiguous`,
    `${number(lines.rejected)} could not be read`,
    ...(lines.passedOver > 0 ? [`${number(lines.passedOver)} no requests`] : []),
  ].join(' · ')
  const painted = answer.conclusion.code === 'read' ? paint.open : paint.strong
  return [painted(truncate(title, columns)), `            ${truncate(counts, columns - 12)}`]
}

function noteLines({ answer, paint, columns }: AccessView): string[] {
  const lines = answer.notes.flatMap((note) =>
    wrap(oneLine(note), columns - 4).map((line, index) => `${index === 0 ? '  · ' : '    '}${line}`),
  )
  const kept = lines.length > MOST_NOTE_LINES ? [...lines.slice(0, MOST_NOTE_LINES - 1), '    …'] : lines
  return kept.length === 0 ? [] : [...kept.map((line) => paint.quiet(line)), '']
}

function publicLines({ answer, paint, columns }: AccessView): string[] {
  const sentence = wrap(oneLine(answer.conclusion.sentence), columns - 2)
  return [
    paint.strong(truncate('SAY         at most this in public', columns)),
    ...sentence.slice(0, MOST_SENTENCE_LINES).map((line) => `  ${line}`),
  ]
}

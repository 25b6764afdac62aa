import type { ValueReader, KnownValue } from '../columns/value-reader.ts'
import type { Detector, ValueMatch } from '../detectors/detector.ts'
import { DETECTORS } from '../detectors/registry.ts'
import { fold, headerWords } from '../text-folding.ts'

/** A value found in text. */
export interface ProseFinding {
  readonly value: KnownValue
  readonly match: ValueMatch
  /** A label named the element. */
  readonly named: boolean
  /** The label, or `text`. */
  readonly where: string
}

interface Span {
  readonly start: number
  readonly end: number
}

// A line without one of these holds nothing that is looked for: digits in a row, an at sign, a label, a form of address.
const WORTH_A_LOOK = /\d{3}|@|[:：=\t]|様|[〒都道府県]|\b(?:Mr|Mrs|Ms|Miss|Dr|Dear)\b|\d[\d ().-]{5}/
const LABEL = /^[\s*>#•・■●◆-]*([^:：=\t]{1,40}?)\s*[:：=\t]\s*(\S.*)$/
const FIELDS = /\s{2,}|\s[|/]\s|[;；]\s|\t/

const NOTHING: readonly ProseFinding[] = []
const REMEMBERED = 20_000
const LONGEST_REMEMBERED = 300

/** Finds values in text: those that a label names, then those whose form speaks for itself. */
export class ProseScanner {
  readonly #values: ValueReader
  readonly #country: string | null
  /** Cells in which nothing was found. */
  readonly #empty = new Set<string>()

  constructor(values: ValueReader, country: string | null) {
    this.#values = values
    this.#country = country
  }

  /** Findings of a cell, line by line. Cells that hold nothing tend to come again. */
  find(text: string): readonly ProseFinding[] {
    if (this.#empty.has(text)) return NOTHING
    const findings = text.split(/\r?\n/).flatMap((line) => [...this.findInLine(line)])
    if (findings.length > 0) return findings
    if (text.length <= LONGEST_REMEMBERED) {
      if (this.#empty.size >= REMEMBERED) this.#empty.clear()
      this.#empty.add(text)
    }
    return NOTHING
  }

  *findInLine(raw: string): Iterable<ProseFinding> {
    const line = fold(raw)
    if (!WORTH_A_LOOK.test(line)) return
    const taken: Span[] = []
    for (const field of fieldsOf(line)) yield* this.#labelled(field, taken)
    yield* this.#unlabelled(line, taken)
  }

  *#labelled(field: { text: string; start: number }, taken: Span[]): Iterable<ProseFinding> {
    const match = LABEL.exec(field.text)
    if (match === null) return
    const [, label, value] = match as unknown as [string, string, string]
    const words = headerWords(label)
    const start = field.start + field.text.length - value.length
    for (const detector of DETECTORS) {
      if (!detector.named.test(words) || detector.notNamed?.test(words)) continue
      for (const candidate of readings(value)) {
        const found = detector.check(candidate, { named: true, country: this.#country })
        if (found === null) continue
        taken.push({ start, end: start + candidate.length })
        yield { value: this.#values.take(detector, found), match: found, named: true, where: label.trim() }
        return
      }
    }
  }

  *#unlabelled(line: string, taken: Span[]): Iterable<ProseFinding> {
    for (const detector of DETECTORS) {
      if (detector.candidates === undefined) continue
      for (const span of detector.candidates(line)) {
        if (taken.some((other) => span.start < other.end && other.start < span.end)) continue
        const found = this.#checkSpan(detector, line, span)
        if (found === null) continue
        taken.push(span)
        yield { value: this.#values.take(detector, found), match: found, named: false, where: 'text' }
      }
    }
  }

  #checkSpan(detector: Detector, line: string, span: Span): ValueMatch | null {
    return detector.check(line.slice(span.start, span.end), { named: false, country: this.#country })
  }
}

/** The parts of a line that may each have a label; the whole line where it has one label only. */
function fieldsOf(line: string): { text: string; start: number }[] {
  const fields: { text: string; start: number }[] = []
  let start = 0
  for (const text of line.split(FIELDS)) {
    const at = line.indexOf(text, start)
    fields.push({ text, start: at })
    start = at + text.length
  }
  return fields.filter(({ text }) => /[:：=]/.test(text)).length > 1 ? fields : [{ text: line, start: 0 }]
}

/** A labelled value, then the same without what often follows it. */
function* readings(value: string): Iterable<string> {
  yield value
  const cut = /\s*(?:[(（<[]|\s-\s|,\s|;|。)/.exec(value)
  if (cut !== null && cut.index > 0) yield value.slice(0, cut.index)
  const word = /^\S+/.exec(value)![0]
  if (word !== value) yield word.replace(/[.,;]$/, '')
}

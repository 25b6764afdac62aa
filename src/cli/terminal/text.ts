// Escape sequences first, so that none of their printable tails stays behind: CSI, OSC and other strings, two-byte escapes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const ESCAPES = /\x1b\[[0-?]*[ -/]*[@-~]|\x9b[0-?]*[ -/]*[@-~]|(?:\x1b[PX\]^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)|\x1b[ -/]*[0-~]?/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
// What turns the direction of text or hides in it: it could make a name read as another.
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu
const LINE_SEPARATORS = /[\u2028\u2029]/g

/** Text from outside made safe for a terminal: no escapes, controls or direction marks; line breaks and tabs stay. */
export function stripControls(text: string): string {
  return text.replace(ESCAPES, '').replace(LINE_SEPARATORS, ' ').replace(CONTROLS, '').replace(INVISIBLE, '')
}

/** The same on one line. */
export function oneLine(text: string): string {
  return stripControls(text).replace(/\s+/g, ' ').trim()
}

const WIDE =
  /[\u1100-\u115f\u231a\u231b\u2329\u232a\u23e9-\u23ec\u25fd\u25fe\u2614\u2615\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{1f1e6}-\u{1f64f}\u{1f680}-\u{1f9ff}\u{20000}-\u{3fffd}]/u
const MARK_ONLY = /^[\p{Mn}\p{Me}]+$/u
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Columns of a terminal that the text takes; full-width characters take two. */
export function displayWidth(text: string): number {
  let columns = 0
  for (const { segment } of graphemes.segment(text)) columns += graphemeWidth(segment)
  return columns
}

/** The text in at most so many columns, cut with … where it is longer. */
export function truncate(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text
  if (columns <= 0) return ''
  let kept = ''
  let taken = 0
  for (const { segment } of graphemes.segment(text)) {
    const width = graphemeWidth(segment)
    if (taken + width > columns - 1) break
    kept += segment
    taken += width
  }
  return `${kept.trimEnd()}…`
}

/** The text in exactly so many columns. */
export function padEnd(text: string, columns: number): string {
  const fitted = truncate(text, columns)
  return fitted + ' '.repeat(Math.max(0, columns - displayWidth(fitted)))
}

/** The text in exactly so many columns, at their right end. */
export function padStart(text: string, columns: number): string {
  const fitted = truncate(text, columns)
  return ' '.repeat(Math.max(0, columns - displayWidth(fitted))) + fitted
}

/** Words laid into lines of at most so many columns; a word longer than a line is cut. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (displayWidth(longer) <= columns) line = longer
    else {
      if (line !== '') lines.push(line)
      line = truncate(word, columns)
    }
  }
  return line === '' ? lines : [...lines, line]
}

function graphemeWidth(grapheme: string): number {
  if (MARK_ONLY.test(grapheme)) return 0
  return WIDE.test(grapheme) || grapheme.includes('\ufe0f') ? 2 : 1
}

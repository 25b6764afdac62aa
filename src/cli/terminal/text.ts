// Escape sequences go first and whole, so that none of their printable tails stays behind: CSI, then OSC and other
// strings up to their end, then what is two or three bytes long.
const ESC = String.fromCharCode(0x1b)
const CSI = String.fromCharCode(0x9b)
const ENDS = `${String.fromCharCode(0x07)}${String.fromCharCode(0x9c)}`
const STRINGS = String.fromCharCode(0x90, 0x98, 0x9d, 0x9e, 0x9f)
const ESCAPES = new RegExp(
  [
    `(?:${ESC}\\[|${CSI})[0-?]*[ -/]*[@-~]`,
    `(?:${ESC}[PX\\]^_]|[${STRINGS}])[^${ENDS}${ESC}]*(?:[${ENDS}]|${ESC}\\\\|$)`,
    `${ESC}[ -/]*[0-~]?`,
  ].join('|'),
  'g',
)
// What else a terminal would obey, and what turns the direction of text or hides in it: a name could be read as another.
const UNSHOWN = /(?![\t\n])[\p{Cc}\p{Cf}]/gu
const LINE_SEPARATORS = /[\u2028\u2029]/g

/** Text from outside made safe for a terminal: no escapes, controls or direction marks; line breaks and tabs stay. */
export function stripControls(text: string): string {
  return text.replace(ESCAPES, '').replace(LINE_SEPARATORS, ' ').replace(UNSHOWN, '')
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

/** The same with the middle cut out: names of one family differ at their ends. */
export function truncateMiddle(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text
  const tail = Math.floor((columns - 1) / 3)
  let end = ''
  for (const { segment } of [...graphemes.segment(text)].reverse()) {
    if (displayWidth(end) + graphemeWidth(segment) > tail) break
    end = segment + end
  }
  const head = truncate(text, columns - displayWidth(end))
  return head.endsWith('…') ? head + end : truncate(text, columns)
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

/** Marks take no column of their own, an emoji takes two whatever it is composed of. */
function graphemeWidth(grapheme: string): number {
  if (/\p{Emoji_Presentation}/u.test(grapheme) || grapheme.includes('\ufe0f')) return 2
  let columns = 0
  for (const character of grapheme) columns += MARK_ONLY.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return columns
}

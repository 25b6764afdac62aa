import { type JsonObject, parseJsonObject } from './reading/json-value.ts'

/** How much of a file its format is recognised by. */
export const HEAD_BYTES = 64 << 10

/** The beginning of an (unpacked) file, from which its format is told. */
export interface LogHead {
  /** Whole lines, the first ones, at most 16; the only one may be cut. Without a byte order mark. */
  readonly lines: readonly string[]
  /** The first record where the file is JSON: of lines, of an array, or of `{"Records":[…]}`; null for other files. */
  readonly record: JsonObject | null
  /** Names of the members before the first array of records: `Records` or `records`, or that of a single document. */
  readonly names: readonly string[]
}

/** The head of a file from its first bytes. Never throws. */
export function logHeadOf(bytes: Uint8Array): LogHead {
  const text = DECODER.decode(bytes.subarray(0, HEAD_BYTES)).replace(/^\ufeff/, '')
  const lines = text.split('\n', MOST_LINES + 1).map((line) => line.replace(/\r$/, ''))
  if (lines.length > 1 && (lines.length > MOST_LINES || bytes.length > HEAD_BYTES)) lines.pop()
  return { lines, ...jsonHead(text) }
}

const MOST_LINES = 16
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })
const WRAPPER = /^\s*\{\s*"([A-Za-z]{1,40})"\s*:\s*\[\s*/

function jsonHead(text: string): Pick<LogHead, 'record' | 'names'> {
  const wrapper = WRAPPER.exec(text)
  if (wrapper) return { record: firstObject(text, wrapper[0].length), names: [wrapper[1]!] }
  const start = /^\s*\[?\s*(?=\{)/.exec(text)?.[0].length
  const record = start === undefined ? null : firstObject(text, start)
  return { record, names: record ? Object.keys(record) : [] }
}

/** The object that opens at `start`; where it is longer than the head, its text is closed by force, losing its last members. */
function firstObject(text: string, start: number): JsonObject | null {
  if (text[start] !== '{') return null
  const closers: string[] = []
  let lastComma = -1
  let closersAtComma: string[] = []
  for (let at = start; at < text.length; at++) {
    const character = text[at]!
    if (character === '"') at = endOfString(text, at)
    else if (character === '{') closers.push('}')
    else if (character === '[') closers.push(']')
    else if (character === '}' || character === ']') {
      closers.pop()
      if (closers.length === 0) return parseJsonObject(text.slice(start, at + 1))
    } else if (character === ',') {
      lastComma = at
      closersAtComma = [...closers]
    }
    if (closers.length > MOST_DEPTH) return null
  }
  return lastComma < 0 ? null : parseJsonObject(text.slice(start, lastComma) + closersAtComma.reverse().join(''))
}

const MOST_DEPTH = 64

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

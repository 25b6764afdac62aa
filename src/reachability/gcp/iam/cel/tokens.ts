import type { Known } from '../../../readings.ts'

/** A word of a condition, with its place in the text. */
export interface Token {
  readonly kind: 'name' | 'text' | 'int' | 'double' | 'symbol' | 'end'
  /** The name, the symbol, the digits, or what a quoted text stands for. */
  readonly text: string
  readonly from: number
  readonly to: number
}

const MOST_CHARACTERS = 20_000
const SYMBOLS = ['&&', '||', '==', '!=', '<=', '>=', ...'<>!?:+-*/%.,()[]{}']
const NUMBER = /0[xX][0-9a-fA-F]+|(?:[0-9]+\.[0-9]+|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+|[0-9]+/y
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y
const BLANK = /(?:\s|\/\/[^\n]*)+/y

/** The words of a condition in the Common Expression Language (https://github.com/google/cel-spec, section Syntax). */
export function tokens(source: string): Known<readonly Token[]> {
  if (source.length > MOST_CHARACTERS) return { problem: `a condition of more than ${MOST_CHARACTERS} characters` }
  const found: Token[] = []
  let at = 0
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    return pattern.exec(source)?.[0] ?? null
  }
  while (true) {
    at += take(BLANK)?.length ?? 0
    if (at >= source.length) break
    const next = quoted(source, at) ?? number(take(NUMBER), at) ?? plain('name', take(NAME), at) ?? symbol(source, at)
    if (!next) return { problem: `a condition that is not understood at character ${at}` }
    if ('problem' in next) return next
    found.push(next)
    at = next.to
  }
  return { known: [...found, { kind: 'end', text: '', from: at, to: at }] }
}

function plain(kind: Token['kind'], text: string | null, from: number): Token | null {
  return text === null ? null : { kind, text, from, to: from + text.length }
}

function number(text: string | null, from: number): Token | null {
  if (text === null) return null
  return plain(/^(0[xX]|[0-9]+$)/.test(text) ? 'int' : 'double', text, from)
}

function symbol(source: string, from: number): Token | null {
  return plain('symbol', SYMBOLS.find((candidate) => source.startsWith(candidate, from)) ?? null, from)
}

const OPENING = /([rR]?)("""|'''|"|')/y
const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '?': '?',
  '"': '"',
  "'": "'",
  '`': '`',
}

function quoted(source: string, from: number): Token | { readonly problem: string } | null {
  OPENING.lastIndex = from
  const opening = OPENING.exec(source)
  if (!opening) return null
  const raw = opening[1] !== ''
  const quote = opening[2]!
  let text = ''
  let at = from + opening[0].length
  while (!source.startsWith(quote, at)) {
    const char = source[at]
    if (char === undefined || (quote.length === 1 && char === '\n'))
      return { problem: 'a condition with a text that does not end' }
    if (char !== '\\' || raw) {
      text += char
      at++
      continue
    }
    const sequence = escapeAt(source, at + 1)
    if (!sequence) return { problem: `a condition with an unknown escape at character ${at}` }
    text += sequence.text
    at += 1 + sequence.length
  }
  return { kind: 'text', text, from, to: at + quote.length }
}

function escapeAt(source: string, at: number): { readonly text: string; readonly length: number } | null {
  const simple = ESCAPES[source[at] ?? '']
  if (simple !== undefined) return { text: simple, length: 1 }
  const match = /^(?:[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))/.exec(source.slice(at, at + 9))
  if (!match) return null
  const hex = match[1] ?? match[2] ?? match[3]
  const code = hex === undefined ? Number.parseInt(match[4]!, 8) : Number.parseInt(hex, 16)
  return code > 0x10ffff ? null : { text: String.fromCodePoint(code), length: match[0].length }
}

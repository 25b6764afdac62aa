import type { Json } from '../../model/index.ts'

/** The keys of a request, by their names in lower case; a key that is absent has no entry. */
export type RequestKeys = ReadonlyMap<string, readonly string[]>

/**
 * Whether a Condition element holds for one concrete request. Written from the documents alone, in their order: IAM user
 * guide, "Condition operators", "Creating a condition with multiple keys or values", "Variables and tags".
 */
export function conditionsHold(block: Json | undefined, keys: RequestKeys, variables: boolean): boolean {
  if (block === undefined) return true
  for (const [operator, comparisons] of Object.entries(
    block as { readonly [operator: string]: { readonly [key: string]: Json } },
  )) {
    for (const [key, values] of Object.entries(comparisons)) {
      const written = (Array.isArray(values) ? (values as readonly Json[]) : [values]).map(String)
      if (!conditionHolds(operator, keys.get(key.toLowerCase()), written, keys, variables)) return false
    }
  }
  return true
}

function conditionHolds(
  operator: string,
  present: readonly string[] | undefined,
  written: readonly string[],
  keys: RequestKeys,
  variables: boolean,
): boolean {
  let name = operator.toLowerCase()
  if (name === 'null') return written.some((value) => value.toLowerCase() === String(present === undefined))
  let quantifier = 'none'
  if (name.startsWith('forallvalues:') || name.startsWith('foranyvalue:')) {
    quantifier = name.split(':')[0]!
    name = name.slice(quantifier.length + 1)
  }
  // "If the key is not present, evaluate the condition element as true."
  if (name.endsWith('ifexists')) {
    if (present === undefined) return true
    name = name.slice(0, -'ifexists'.length)
  }
  const operation = OPERATIONS[name]
  if (!operation) throw new Error(`no operator is called ${operator}`)
  const { negated, matches } = operation
  const matchesAny = (value: string) => written.some((text) => matches(value, text, keys, variables))
  const meets = (value: string) => matchesAny(value) !== negated
  switch (quantifier) {
    case 'forallvalues':
      // "It also returns true if there are no keys in the request."
      return present === undefined || present.every(meets)
    case 'foranyvalue':
      // "For no matching key or a null dataset, the condition returns false."
      return present?.some(meets) ?? false
    default:
      // "If the key is not present, the values do not match"; for a negated operator "the condition is true".
      return (present?.some(matchesAny) ?? false) !== negated
  }
}

interface Operation {
  readonly negated: boolean
  readonly matches: (value: string, written: string, keys: RequestKeys, variables: boolean) => boolean
}

function operation(matches: Operation['matches'], negated = false): Operation {
  return { negated, matches }
}

const equals: Operation['matches'] = (value, written, keys, variables) => {
  const pieces = resolved(written, keys, variables)
  return pieces !== null && pieces.map(({ text }) => text).join('') === value
}
const equalsIgnoringCase: Operation['matches'] = (value, written, keys, variables) => {
  const pieces = resolved(written, keys, variables)
  return (
    pieces !== null &&
    pieces
      .map(({ text }) => text)
      .join('')
      .toLowerCase() === value.toLowerCase()
  )
}
const like: Operation['matches'] = (value, written, keys, variables) => {
  const pieces = resolved(written, keys, variables)
  return pieces !== null && globOf(pieces).test(value)
}
const arnLike: Operation['matches'] = (value, written, keys, variables) => {
  const pieces = resolved(written, keys, variables)
  // The documents do not say what an ARN pattern of fewer than six parts matches; a star alone is taken for any ARN.
  return pieces !== null && (written === '*' || arnMatches(value, pieces))
}
const isBool: Operation['matches'] = (value, written, keys, variables) => {
  const text = resolved(written, keys, variables)
    ?.map((piece) => piece.text)
    .join('')
    .toLowerCase()
  return (text === 'true' || text === 'false') && value.toLowerCase() === text
}
const inRange: Operation['matches'] = (value, written) => addressWithin(value, written)

function numeric(compare: (value: number, written: number) => boolean): Operation['matches'] {
  return (value, written) => {
    const [left, right] = [numberOf(value), numberOf(written)]
    return left !== null && right !== null && compare(left, right)
  }
}

function date(compare: (value: number, written: number) => boolean): Operation['matches'] {
  return (value, written) => {
    const [left, right] = [secondsOf(value), secondsOf(written)]
    return left !== null && right !== null && compare(left, right)
  }
}

const ORDER: Readonly<Record<string, (value: number, written: number) => boolean>> = {
  lessthan: (value, written) => value < written,
  lessthanequals: (value, written) => value <= written,
  greaterthan: (value, written) => value > written,
  greaterthanequals: (value, written) => value >= written,
}
const same = (value: number, written: number) => value === written

const OPERATIONS: Readonly<Record<string, Operation>> = {
  stringequals: operation(equals),
  stringnotequals: operation(equals, true),
  stringequalsignorecase: operation(equalsIgnoringCase),
  stringnotequalsignorecase: operation(equalsIgnoringCase, true),
  stringlike: operation(like),
  stringnotlike: operation(like, true),
  arnequals: operation(arnLike),
  arnlike: operation(arnLike),
  arnnotequals: operation(arnLike, true),
  arnnotlike: operation(arnLike, true),
  bool: operation(isBool),
  binaryequals: operation(equals),
  ipaddress: operation(inRange),
  notipaddress: operation(inRange, true),
  numericequals: operation(numeric(same)),
  numericnotequals: operation(numeric(same), true),
  dateequals: operation(date(same)),
  datenotequals: operation(date(same), true),
  ...Object.fromEntries(Object.entries(ORDER).map(([name, compare]) => [`numeric${name}`, operation(numeric(compare))])),
  ...Object.fromEntries(Object.entries(ORDER).map(([name, compare]) => [`date${name}`, operation(date(compare))])),
}

/** A stretch of a policy's text: as it is written there, where wildcards count, or a value put in, where they do not. */
export interface Piece {
  readonly text: string
  readonly literal: boolean
}

/** The text with its variables replaced; null where a variable without default has no value: "there is no equal or like value". */
export function resolved(written: string, keys: RequestKeys, variables: boolean): readonly Piece[] | null {
  if (!variables) return [{ text: written, literal: false }]
  const pieces: Piece[] = []
  let rest = written
  for (;;) {
    const start = rest.indexOf('${')
    const end = rest.indexOf('}', start)
    if (start < 0 || end < 0) break
    pieces.push({ text: rest.slice(0, start), literal: false })
    const inside = rest.slice(start + 2, end)
    rest = rest.slice(end + 1)
    const value = ['*', '?', '$'].includes(inside) ? inside : variableValue(inside, keys)
    if (value === null) return null
    pieces.push({ text: value, literal: true })
  }
  return [...pieces, { text: rest, literal: false }]
}

function variableValue(inside: string, keys: RequestKeys): string | null {
  const [name = '', ...rest] = inside.split(',')
  const value = keys.get(name.trim().toLowerCase())
  // "You can't use a multivalued condition key as a variable."
  if (value !== undefined) return value.length === 1 ? value[0]! : null
  const fallback = rest.join(',').trim()
  return fallback.length >= 2 && fallback.startsWith("'") && fallback.endsWith("'") ? fallback.slice(1, -1) : null
}

/** Wildcards of written pieces: `*` any text, `?` one character. */
export function globOf(pieces: readonly Piece[], flags = ''): RegExp {
  const [only] = pieces
  const plain = pieces.length === 1 && !only!.literal ? `${flags} ${only!.text}` : null
  const remembered = plain === null ? undefined : PLAIN.get(plain)
  if (remembered) return remembered
  const source = pieces.map(({ text, literal }) => [...text].map((char) => regexOf(char, literal)).join('')).join('')
  const known = GLOBS.get(flags + source) ?? new RegExp(`^${source}$`, `su${flags}`)
  GLOBS.set(flags + source, known)
  if (plain !== null) PLAIN.set(plain, known)
  return known
}

// The same patterns are tried on very many requests.
const GLOBS = new Map<string, RegExp>()
const PLAIN = new Map<string, RegExp>()

function regexOf(char: string, literal: boolean): string {
  if (!literal && char === '*') return '.*'
  if (!literal && char === '?') return '.'
  return /[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char
}

/** "Each of the six colon-delimited components of the ARN is checked separately." */
export function arnMatches(value: string, pieces: readonly Piece[]): boolean {
  const parts: Piece[][] = [[]]
  for (const { text, literal } of pieces) {
    for (const [at, stretch] of text.split(':').entries()) {
      if (at > 0) {
        // The sixth part keeps the colons that follow.
        if (parts.length < 6) parts.push([])
        else parts.at(-1)!.push({ text: ':', literal: true })
      }
      parts.at(-1)!.push({ text: stretch, literal })
    }
  }
  const fields = value.split(':')
  const six = [...fields.slice(0, 5), fields.slice(5).join(':')]
  if (fields.length < 6 || parts.length < 6) return false
  return parts.every((part, at) => globOf(part).test(six[at]!))
}

function numberOf(text: string): number | null {
  return /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null
}

/** Seconds since 1970 of an epoch number or an ISO 8601 date. */
function secondsOf(text: string): number | null {
  const epoch = numberOf(text)
  // Four digits are a year.
  if (epoch !== null && !/^\d{4}$/.test(text)) return epoch
  const whole = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/.test(text)
  const time = whole ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? null : time / 1000
}

/** Whether an address lies in a range such as `203.0.113.0/24` or `2001:db8::/32`; a range without a length is one address. */
export function addressWithin(address: string, range: string): boolean {
  const [base, length] = range.split('/') as [string, string?]
  const [left, right] = [bitsOf(address), bitsOf(base)]
  if (left === null || right === null || left.length !== right.length) return false
  const count = length === undefined ? right.length : Number(length)
  return left.slice(0, count) === right.slice(0, count)
}

/** The address as a text of 32 or 128 bits; null where it is none. */
export function bitsOf(address: string): string | null {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address)) return bits(address.split('.'), 10, 8)
  if (!address.includes(':')) return null
  const [head, tail] = address.split('::') as [string, string?]
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  if (tail === undefined) return groups(head).length === 8 ? bits(groups(head), 16, 16) : null
  const missing = 8 - groups(head).length - groups(tail).length
  return missing < 1 ? null : bits([...groups(head), ...Array<string>(missing).fill('0'), ...groups(tail)], 16, 16)
}

function bits(numbers: readonly string[], radix: number, width: number): string | null {
  const each = numbers.map((text) => Number.parseInt(text, radix))
  if (each.some((number) => Number.isNaN(number) || number < 0 || number >= 2 ** width)) return null
  return each.map((number) => number.toString(2).padStart(width, '0')).join('')
}

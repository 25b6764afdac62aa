import { type AddressSet, complement, isEmpty, NO_ADDRESSES, parseCidr, union } from '../../engine/addresses.ts'
import { ANY_TEXT, globPattern, holds, isAnyText, joined, literalPattern, onlyText, type Pattern } from '../../engine/patterns.ts'
import { accepts, type Constraint, EVERY, NOTHING, outside, type Variable, type ValueSet } from '../../engine/solve.ts'
import type { KeyView } from './key-view.ts'
import type { Atom } from './document.ts'
import { type Expand, piecesOf } from './variables.ts'

/** What a condition asks of a key, or why that is not known. */
export type Asked = { readonly constraint: Constraint } | { readonly unknown: string }

/**
 * The meaning of one condition, its semantics for a missing key included: a positive operator is not met, a negated one
 * is; `IfExists` and `ForAllValues` are met, `ForAnyValue` is not; `Null` asks for absence itself.
 * AWS, IAM user guide: "Condition operators", "Multivalued context keys".
 */
export function askedBy(atom: Atom, variables: boolean, expand: Expand): Asked {
  if (atom.operator === 'null') return askedByNull(atom)
  const negated = NEGATED.has(atom.operator)
  const positive = positiveValues(negated ? NEGATED.get(atom.operator)! : atom.operator, atom, variables, expand)
  if (typeof positive === 'string') return { unknown: positive }
  const values = negated ? outside(positive) : positive
  const quantifier = atom.quantifier ?? (negated ? 'all' : 'some')
  const missing = atom.quantifier === 'all' || (atom.quantifier === null && negated)
  return { constraint: { whenAbsent: atom.ifExists || missing, values, quantifier } }
}

/** The constraint in terms of a variable whose values it can be compared with; null where it cannot. */
export function fitted(constraint: Constraint, variable: Variable): Constraint | null {
  const { values } = constraint
  switch (variable.domain.kind) {
    case 'text':
      return values.kind === 'addresses' || values.kind === 'test' ? null : constraint
    case 'addresses': {
      if (values.kind === 'every' || values.kind === 'nothing' || values.kind === 'addresses') return constraint
      const addresses = values.kind === 'patterns' ? addressesIn(values.patterns) : null
      if (!addresses || values.kind !== 'patterns') return null
      return { ...constraint, values: { kind: 'addresses', addresses: values.negated ? complement(addresses) : addresses } }
    }
    case 'finite':
      return values.kind === 'addresses' ? null : constraint
    case 'number': {
      if (values.kind !== 'patterns') return values.kind === 'addresses' ? null : constraint
      const numbers = values.patterns.map(onlyText)
      if (!numbers.every((number) => number !== null)) return null
      return {
        ...constraint,
        values: {
          kind: 'test',
          accepts: (value) => holds(values, value),
          landmarks: numbers.map(Number).filter(Number.isFinite),
        },
      }
    }
  }
}

/** Whether the constraint is met by what is known of a key that no sender can change. */
export function metBy(constraint: Constraint, view: Extract<KeyView, { kind: 'absent' | 'fixed' }>): boolean {
  if (view.kind === 'absent') return constraint.whenAbsent
  return constraint.quantifier === 'all'
    ? view.values.every((value) => accepts(constraint.values, value))
    : view.values.some((value) => accepts(constraint.values, value))
}

const NEGATED = new Map([
  ['stringnotequals', 'stringequals'],
  ['stringnotequalsignorecase', 'stringequalsignorecase'],
  ['stringnotlike', 'stringlike'],
  ['arnnotequals', 'arnlike'],
  ['arnnotlike', 'arnlike'],
  ['numericnotequals', 'numericequals'],
  ['datenotequals', 'dateequals'],
  ['notipaddress', 'ipaddress'],
])

function askedByNull({ ifExists, quantifier, values }: Atom): Asked {
  const wanted = new Set(values.map((value) => value.toLowerCase()))
  if (ifExists || quantifier !== null || [...wanted].some((value) => value !== 'true' && value !== 'false')) {
    return { unknown: 'the condition operator Null with such a value' }
  }
  return { constraint: { whenAbsent: wanted.has('true'), values: wanted.has('false') ? EVERY : NOTHING, quantifier: 'some' } }
}

/** The values that meet one of the listed ones, or what is not understood. */
function positiveValues(operator: string, atom: Atom, variables: boolean, expand: Expand): ValueSet | string {
  const { values } = atom
  switch (operator) {
    case 'stringequals':
      return patternSet(values.flatMap((value) => textPatterns(value, variables, expand, false, false)))
    case 'stringequalsignorecase':
      return patternSet(values.flatMap((value) => textPatterns(value, variables, expand, false, true)))
    case 'stringlike':
      return patternSet(values.flatMap((value) => textPatterns(value, variables, expand, true, false)))
    case 'arnequals':
    case 'arnlike':
      return arnValues(values, variables, expand)
    case 'bool':
      if (!values.every((value) => /^(true|false)$/i.test(value))) return `the value of Bool ${atom.key}`
      return patternSet(values.map((value) => literalPattern(value, true)))
    case 'ipaddress': {
      const sets = values.map(parseCidr)
      if (!sets.every((set) => set !== null)) return `an address range of ${atom.key}`
      return { kind: 'addresses', addresses: union(...sets) }
    }
    default:
      return comparedValues(operator, values) ?? `the condition operator ${operator}`
  }
}

const COMPARISONS: Readonly<Record<string, (value: number, constant: number) => boolean>> = {
  equals: (value, constant) => value === constant,
  lessthan: (value, constant) => value < constant,
  lessthanequals: (value, constant) => value <= constant,
  greaterthan: (value, constant) => value > constant,
  greaterthanequals: (value, constant) => value >= constant,
}

function comparedValues(operator: string, values: readonly string[]): ValueSet | null {
  const match = /^(numeric|date)(\w+)$/.exec(operator)
  const compare = match && Object.hasOwn(COMPARISONS, match[2]!) ? COMPARISONS[match[2]!] : undefined
  if (!match || !compare) return null
  const read = match[1] === 'numeric' ? numberOf : secondsOf
  const constants = values.map(read)
  if (!constants.every((constant) => constant !== null)) return null
  return {
    kind: 'test',
    landmarks: constants,
    accepts: (value) => {
      const own = read(value)
      return own !== null && constants.some((constant) => compare(own, constant))
    },
  }
}

function numberOf(text: string): number | null {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null
}

/** Seconds since 1970 of an ISO 8601 date (UTC where it names no zone) or of a number of seconds. */
function secondsOf(text: string): number | null {
  if (numberOf(text) !== null && !/^\d{4}$/.test(text)) return Number(text)
  const match = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/.exec(text)
  if (!match) return null
  const ms = Date.parse(match[3] !== undefined && match[6] === undefined ? `${text}Z` : text)
  return Number.isNaN(ms) ? null : ms / 1000
}

function textPatterns(value: string, variables: boolean, expand: Expand, globs: boolean, foldCase: boolean): Pattern[] {
  return piecesOf(value, variables, expand).map((pieces) =>
    joined(
      ...pieces.map((piece) =>
        piece.kind === 'anything'
          ? ANY_TEXT
          : piece.kind === 'written' && globs
            ? globPattern(piece.text, { foldCase })
            : literalPattern(piece.text, foldCase),
      ),
    ),
  )
}

/** An ARN pattern matches part by part: no wildcard crosses one of the first five colons. */
export function arnPattern(glob: string): Pattern | null {
  if (/^\*+$/.test(glob)) return ANY_TEXT
  const parts = glob.split(':')
  if (parts.length < 6) return null
  const first = parts.slice(0, 5).flatMap((part) => [globPattern(part, { without: ':' }), literalPattern(':')])
  return joined(...first, globPattern(parts.slice(5).join(':')))
}

function arnValues(values: readonly string[], variables: boolean, expand: Expand): ValueSet | string {
  const patterns: Pattern[] = []
  for (const value of values) {
    for (const pieces of piecesOf(value, variables, expand)) {
      if (pieces.some((piece) => piece.kind === 'value' && /[*?:]/.test(piece.text))) return `the ARN ${value}`
      const pattern = arnPattern(pieces.map((piece) => (piece.kind === 'anything' ? '*' : piece.text)).join(''))
      if (!pattern) return `the ARN ${value}`
      patterns.push(pattern)
    }
  }
  return patternSet(patterns)
}

function patternSet(patterns: readonly Pattern[]): ValueSet {
  return patterns.length === 0 ? NOTHING : { kind: 'patterns', patterns, negated: false }
}

/** Addresses written as text: single ones, `*`, and leading bytes with `.*`; null for other patterns. */
function addressesIn(patterns: readonly Pattern[]): AddressSet | null {
  let found: AddressSet = NO_ADDRESSES
  for (const pattern of patterns) {
    const last = pattern.at(-1)
    const open = last !== undefined && isAnyText([last])
    const text = onlyText(open ? pattern.slice(0, -1) : pattern)
    if (text === null) return null
    const set = open ? leadingBytes(text) : text.includes('/') ? NO_ADDRESSES : (parseCidr(text) ?? NO_ADDRESSES)
    if (!set) return null
    found = isEmpty(found) ? set : union(found, set)
  }
  return found
}

function leadingBytes(text: string): AddressSet | null {
  if (text === '') return complement(NO_ADDRESSES)
  const bytes = /^((?:\d{1,3}\.){1,3})$/.exec(text)?.[1]?.split('.').slice(0, -1)
  if (!bytes) return null
  return parseCidr(`${[...bytes, '0', '0', '0'].slice(0, 4).join('.')}/${8 * bytes.length}`)
}

import type { DataElement, IdentifierKind, MarketBasis } from '../../model/index.ts'

/** What is known about a value besides itself. */
export interface ValueContext {
  /** A header, key or label named the element. */
  readonly named: boolean
  /** ISO 3166-1 alpha-2 code of the country that numbers without one are read for, or null. */
  readonly country: string | null
}

/** A value that passed a detector's check. */
export interface ValueMatch {
  /** One spelling for all spellings of a value; it never leaves the reader that saw it. */
  readonly normalised: string
  /** How much structure, check digit and issuer alone tell, 0 to 1. */
  readonly strength: number
  readonly market?: { readonly code: string; readonly basis: MarketBasis }
}

/** Where in a text a value may be. */
export interface TextCandidate {
  readonly start: number
  readonly end: number
}

/** One data element: how its values are named, checked, written alike and found in text. */
export interface Detector {
  readonly element: DataElement
  /** The kind under which its values can tie records together. */
  readonly identifier: IdentifierKind | null
  /** Share of random values of the right shape that pass `check` without a header. */
  readonly chanceRate: number
  /** Headers in words (`headerWords`) that name the element. */
  readonly named: RegExp
  /** Headers that rule it out though they hold its words. */
  readonly notNamed?: RegExp
  /** Of the headers that name it, those that name other things as often: believed beside other personal columns only. */
  readonly namedInCompany?: RegExp
  /** The form that most values have, by which a column under such a header is believed also alone. */
  readonly typical?: RegExp
  /** Values are only believed under a header, key or label that names the element. */
  readonly needsHeader: boolean
  /** National forms depend on a country. */
  readonly usesCountry?: boolean
  /** The value (folded: NFKC, trimmed) as this element, or null. Linear in the length of the value. */
  check(value: string, context: ValueContext): ValueMatch | null
  /** Candidates in text (folded) that `check` then decides; absent where only a label can tell. */
  candidates?(text: string): Iterable<TextCandidate>
}

/** Candidates of a global regular expression. The expression must be linear in time. */
export function* candidatesOf(pattern: RegExp, text: string): Iterable<TextCandidate> {
  for (const match of text.matchAll(pattern)) yield { start: match.index, end: match.index + match[0].length }
}

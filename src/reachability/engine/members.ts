import { firstOf, shortestMember, stepsOf } from './automata.ts'
import type { Budget } from './budget.ts'
import { clash, commonMember, follows, MOST_PLACES } from './chains.ts'
import { Kept } from './kept.ts'
import { holds, onlyText, type Pattern, type PatternSet } from './patterns.ts'

/**
 * Some short text that is in all of the sets, or null when there is none; undefined when the budget runs out. The same
 * sets in the same order give the same text. Texts that are cheap to come by are tried before automata are walked, and
 * what plainly contradicts itself is refuted without them.
 */
export function someMember(sets: readonly PatternSet[], budget: Budget): string | null | undefined {
  if (!budget.spend(1 + sets.length)) return undefined
  const positive = sets.filter(({ negated }) => !negated)
  const listed = fewestTexts(positive)
  if (listed) return amongTexts(listed, sets, budget)
  if (positive.length < 2) {
    const samples = factsOf(positive[0]?.patterns ?? NO_LIMIT).samples()
    for (const sample of samples) if (fits(sample, sets, budget)) return sample
  }
  const left = consistent(
    positive.map(({ patterns }) => patterns),
    sets.filter(({ negated }) => negated),
    budget,
  )
  if (left === null) return budget.exhausted ? undefined : null
  for (let one = 0; one < left.length; one++) {
    for (let other = one + 1; other < left.length; other++) {
      const common = commonMembers(left[one]!, left[other]!, budget)
      if (common === null) continue
      if (common.length === 0) return budget.exhausted ? undefined : null
      for (const text of common) if (fits(text, sets, budget)) return text
    }
  }
  return budget.exhausted ? undefined : shortestMember(sets, budget)
}

const NO_LIMIT: readonly Pattern[] = [[]]
const CHARACTERS_FOR_ONE_STEP = 64
const MOST_SAMPLES = 4

function fits(text: string, sets: readonly PatternSet[], budget: Budget): boolean {
  for (const set of sets) {
    if (!budget.spend(matchCost(set, text)) || !holds(set, text)) return false
  }
  return true
}

function matchCost({ patterns }: PatternSet, text: string): number {
  return 1 + Math.floor((patterns.length * (text.length + 8)) / CHARACTERS_FOR_ONE_STEP)
}

function amongTexts(texts: readonly string[], sets: readonly PatternSet[], budget: Budget): string | null | undefined {
  const found = texts.find((text) => fits(text, sets, budget))
  return budget.exhausted ? undefined : (found ?? null)
}

/** The texts to try, when one of the sets holds a finite number that can be written down. */
function fewestTexts(positive: readonly PatternSet[]): readonly string[] | null {
  let best: readonly string[] | null = null
  for (const { patterns } of positive) {
    const texts = factsOf(patterns).texts
    if (texts && (best === null || texts.length < best.length)) best = texts
  }
  return best
}

/** What follows from a list of patterns alone. */
class Facts {
  /** All texts that match, shorter ones first, where each pattern is one text. */
  readonly texts: readonly string[] | null
  readonly #patterns: readonly Pattern[]
  #samples: readonly string[] | null = null

  constructor(patterns: readonly Pattern[]) {
    this.#patterns = patterns
    const texts: string[] = []
    for (const pattern of patterns) {
      const text = onlyText(pattern)
      if (text === null) break
      texts.push(text)
    }
    this.texts = texts.length === patterns.length ? texts.sort((a, b) => a.length - b.length) : null
  }

  /** Some short texts that match. */
  samples(): readonly string[] {
    this.#samples ??= this.#patterns.slice(0, MOST_SAMPLES).flatMap((pattern) => sampleOf(pattern) ?? [])
    return this.#samples
  }
}

const FACTS = new Kept<readonly Pattern[], Facts>('facts')

function factsOf(patterns: readonly Pattern[]): Facts {
  return FACTS.of(patterns) ?? FACTS.keep(patterns, new Facts(patterns))
}

/** The pattern with each wildcard filled as shortly as it can be. */
function sampleOf(pattern: Pattern): string | null {
  let sample = ''
  for (const place of pattern) {
    if (place.text !== null) sample += place.text
    else if (place.least > 0) {
      const char = firstOf(place.takes)
      if (char === null) return null
      sample += char.repeat(place.least)
    }
  }
  return sample
}

/**
 * Of each positive set, the patterns that do not plainly lie inside a negated one, and that do not differ plainly from all of
 * another positive set; null where none of some set is left.
 */
function consistent(
  positive: readonly (readonly Pattern[])[],
  negative: readonly PatternSet[],
  budget: Budget,
): readonly (readonly Pattern[])[] | null {
  const left: (readonly Pattern[])[] = []
  for (const patterns of positive) {
    const outside = negative.length === 0 ? patterns : uncovered(patterns, negative, budget)
    if (outside.length === 0) return null
    left.push(outside)
  }
  for (let at = 0; at < left.length; at++) {
    for (let other = 0; other < left.length; other++) {
      if (other === at) continue
      const meeting = meetingSome(left[at]!, left[other]!, budget)
      if (meeting.length === 0) return null
      left[at] = meeting
    }
  }
  return left
}

function uncovered(patterns: readonly Pattern[], negative: readonly PatternSet[], budget: Budget): readonly Pattern[] {
  let kept: Pattern[] | null = null
  for (let at = 0; at < patterns.length; at++) {
    const covered = isCovered(patterns[at]!, negative, budget)
    if (covered) kept ??= patterns.slice(0, at)
    else kept?.push(patterns[at]!)
  }
  return kept ?? patterns
}

/** Once the budget has run out the answer is worth nothing, and quickly given. */
function isCovered(pattern: Pattern, negative: readonly PatternSet[], budget: Budget): boolean {
  for (const { patterns } of negative) {
    for (const outer of patterns) if (!budget.spend(1) || covers(outer, pattern, budget)) return true
  }
  return false
}

function meetingSome(patterns: readonly Pattern[], others: readonly Pattern[], budget: Budget): readonly Pattern[] {
  let kept: Pattern[] | null = null
  for (let at = 0; at < patterns.length; at++) {
    const steps = stepsOf(patterns[at]!)
    let meets = false
    for (let other = 0; other < others.length && !meets; other++)
      meets = !budget.spend(1) || !clash(steps, stepsOf(others[other]!))
    if (!meets) kept ??= patterns.slice(0, at)
    else kept?.push(patterns[at]!)
  }
  return kept ?? patterns
}

/** Whether the outer pattern plainly matches all that the inner one does. */
export function covers(outer: Pattern, inner: Pattern, budget: Budget): boolean {
  if (isSamePattern(outer, inner)) return true
  // What the outer one spells out, the inner one must too.
  const spelled = longestText(outer)
  if (spelled !== '' && !isSpelled(spelled, inner)) return false
  if (!budget.spend(1 + lengthCost(inner))) return false
  return follows(stepsOf(outer), stepsOf(inner))
}

function isSamePattern(one: Pattern, other: Pattern): boolean {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) if (!isSamePlace(one[at]!, other[at]!)) return false
  return true
}

function isSpelled(text: string, pattern: Pattern): boolean {
  for (const place of pattern) if (place.text?.includes(text)) return true
  return false
}

function longestText(pattern: Pattern): string {
  let longest = ''
  for (const { text } of pattern) if (text !== null && text.length > longest.length) longest = text
  return longest
}

function lengthCost(pattern: Pattern): number {
  let length = 0
  for (const place of pattern) length += place.text === null ? 1 : place.text.length
  return Math.floor(length / CHARACTERS_FOR_ONE_STEP)
}

function isSamePlace(one: Pattern[number], other: Pattern[number]): boolean {
  if (one.text !== null || other.text !== null) return one.text === other.text
  return one.takes === other.takes && one.least === other.least && one.most === other.most
}

const MOST_PAIRS = 256

/** For each two patterns that have a text in common, one such text; empty if there is none, null where they are too long to say. */
function commonMembers(one: readonly Pattern[], other: readonly Pattern[], budget: Budget): readonly string[] | null {
  const found: string[] = []
  let pairs = 0
  for (const left of one) {
    for (const right of other) {
      if (!budget.spend(1 + lengthCost(left) + lengthCost(right))) return []
      const steps = stepsOf(left)
      const others = stepsOf(right)
      if (clash(steps, others)) continue
      if ((steps.classes.length + 1) * (others.classes.length + 1) > MOST_PLACES) return null
      const text = commonMember(steps, others, budget)
      if (text !== null) found.push(text)
      if (++pairs > MOST_PAIRS && found.length > 0) return found
    }
  }
  return found
}

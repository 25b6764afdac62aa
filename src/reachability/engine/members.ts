import { commonCharacter, firstOf, shortestMember, type Steps, stepsOf } from './automata.ts'
import type { Budget } from './budget.ts'
import { Kept } from './kept.ts'
import { type CharClass, holds, onlyText, type Pattern, type PatternSet, takesCode } from './patterns.ts'

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
      if (common === undefined) return undefined
      if (common.length === 0) return null
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
    const outside = negative.length === 0 ? patterns : patterns.filter((pattern) => !isCovered(pattern, negative, budget))
    if (outside.length === 0) return null
    left.push(outside)
  }
  for (let at = 0; at < left.length; at++) {
    for (let other = 0; other < left.length; other++) {
      if (other === at) continue
      const meeting = left[at]!.filter((pattern) => left[other]!.some((each) => !budget.spend(1) || !clash(pattern, each)))
      if (meeting.length === 0) return null
      left[at] = meeting
    }
  }
  return left
}

function isCovered(pattern: Pattern, negative: readonly PatternSet[], budget: Budget): boolean {
  return negative.some((set) => set.patterns.some((outer) => budget.spend(1) && covers(outer, pattern, budget)))
}

/** Whether the outer pattern plainly matches all that the inner one does. */
export function covers(outer: Pattern, inner: Pattern, budget: Budget): boolean {
  if (outer.length === inner.length && outer.every((place, at) => isSamePlace(place, inner[at]!))) return true
  // What the outer one spells out, the inner one must too.
  const spelled = longestText(outer)
  if (spelled !== '' && !inner.some((place) => place.text?.includes(spelled))) return false
  if (!budget.spend(1 + Math.floor(lengthOf(inner) / CHARACTERS_FOR_ONE_STEP))) return false
  return follows(stepsOf(outer), stepsOf(inner))
}

function longestText(pattern: Pattern): string {
  let longest = ''
  for (const { text } of pattern) if (text !== null && text.length > longest.length) longest = text
  return longest
}

function lengthOf(pattern: Pattern): number {
  let length = 0
  for (const place of pattern) length += place.text === null ? 1 : place.text.length
  return length
}

/**
 * Walks along the inner pattern with the steps at which the outer one stands whatever text the inner one matches. That may
 * miss that it covers, and never claims it wrongly.
 */
function follows(outer: Steps, inner: Steps): boolean {
  let here = passedOn(outer, [0])
  for (let at = 0; at < inner.classes.length && here.length > 0; at++) {
    const takes = inner.classes[at]!
    const next = advanced(outer, here, takes)
    if (inner.repeat[at] === 0) here = next
    else if (inner.repeat[at] === 1) here = here.filter((step) => next.includes(step))
    else {
      // Any number of them: the steps that are stood at after none, and still after each one more.
      for (let stay = here.filter((step) => next.includes(step)); stay.length < here.length; ) {
        here = stay
        const again = advanced(outer, here, takes)
        stay = here.filter((step) => again.includes(step))
      }
    }
  }
  return here.includes(outer.classes.length)
}

function advanced(outer: Steps, here: readonly number[], takes: CharClass): readonly number[] {
  const next: number[] = []
  for (const step of here) {
    const own = outer.classes[step]
    if (own && isWithin(takes, own)) next.push(outer.repeat[step] === 2 ? step : step + 1)
  }
  return passedOn(outer, next)
}

/** The steps with those behind them that may be passed over to. */
function passedOn({ repeat }: Steps, steps: readonly number[]): readonly number[] {
  const all: number[] = []
  for (let step of steps) {
    if (!all.includes(step)) all.push(step)
    while (step < repeat.length && repeat[step] !== 0) if (!all.includes(++step)) all.push(step)
  }
  return all
}

function isWithin(inner: CharClass, outer: CharClass): boolean {
  if (inner === outer || outer.kind === 'any') return true
  if (inner.kind === 'in') {
    for (let at = 0; at < inner.chars.length; at++) if (!takesCode(outer, inner.chars.charCodeAt(at))) return false
    return true
  }
  if (inner.kind === 'any' || outer.kind === 'in') return false
  for (let at = 0; at < outer.chars.length; at++) if (takesCode(inner, outer.chars.charCodeAt(at))) return false
  return true
}

function isSamePlace(one: Pattern[number], other: Pattern[number]): boolean {
  if (one.text !== null || other.text !== null) return one.text === other.text
  return one.takes === other.takes && one.least === other.least && one.most === other.most
}

const MOST_PAIRS = 256

/** For each two patterns that have a text in common, one such text; empty only if there is none. Undefined: budget. */
function commonMembers(one: readonly Pattern[], other: readonly Pattern[], budget: Budget): readonly string[] | undefined {
  const found: string[] = []
  let pairs = 0
  for (const left of one) {
    for (const right of other) {
      if (!budget.spend(1)) return undefined
      if (clash(left, right)) continue
      const text = commonMember(left, right, budget)
      if (text === undefined) return undefined
      if (text !== null) found.push(text)
      if (++pairs > MOST_PAIRS && found.length > 0) return found
    }
  }
  return found
}

/**
 * Whether the two patterns differ plainly in how their texts begin, so far as both say what stands there. A wildcard that
 * cannot take the character behind it ends where that character comes.
 */
function clash(left: Pattern, right: Pattern): boolean {
  const one = new Reader(left)
  const other = new Reader(right)
  for (;;) {
    const a = one.next()
    const b = other.next()
    if (a === null || b === null)
      return a === null && b === null ? false : isClosed(a === null ? one : other, a === null ? other : one)
    if (a.open && b.open) {
      if (!sameEnd(a, one, b, other)) return false
      one.skipPlace()
      other.skipPlace()
      continue
    }
    if (a.open || b.open) {
      const ended = a.open ? runOver(a, one, other) : runOver(b, other, one)
      if (ended !== true) return ended === 'clash'
    } else if (!meet(a, b)) return true
    else {
      one.advance()
      other.advance()
    }
  }
}

/** Whether two endless places both end where a character comes that neither of them takes. */
function sameEnd(a: Sign, one: Reader, b: Sign, other: Reader): boolean {
  const end = one.firstBehind()
  return end !== null && end === other.firstBehind() && !takesCode(a.takes!, end) && !takesCode(b.takes!, end)
}

/** One pattern has ended: whether the other one needs another character. */
function isClosed(ended: Reader, going: Reader): boolean {
  return ended.next() === null && going.next()?.open === false
}

interface Sign {
  readonly code: number
  readonly takes: CharClass | null
  readonly open: boolean
}

function meet(a: Sign, b: Sign): boolean {
  if (a.takes === null) return b.takes === null ? a.code === b.code : takesCode(b.takes, a.code)
  if (b.takes === null) return takesCode(a.takes, b.code)
  return commonCharacter(a.takes, b.takes) !== null
}

/** Moves both behind an endless place, where it is clear how far that goes: true, or that it is not, or that they clash. */
function runOver({ takes }: Sign, open: Reader, fixed: Reader): true | 'clash' | 'unclear' {
  const end = open.firstBehind()
  if (end === null || takesCode(takes!, end)) return 'unclear'
  for (;;) {
    const sign = fixed.next()
    if (sign === null) return 'clash'
    if (sign.open) return 'unclear'
    if (sign.takes === null) {
      if (sign.code === end) {
        open.skipPlace()
        return true
      }
      if (!takesCode(takes!, sign.code)) return 'clash'
    } else if (takesCode(sign.takes, end)) return 'unclear'
    fixed.advance()
  }
}

/** Reads a pattern sign by sign. */
class Reader {
  readonly #pattern: Pattern
  #place = 0
  #offset = 0

  constructor(pattern: Pattern) {
    this.#pattern = pattern
  }

  next(): Sign | null {
    const place = this.#pattern[this.#place]
    if (!place) return null
    if (place.text !== null) return { code: place.text.charCodeAt(this.#offset), takes: null, open: false }
    return { code: 0, takes: place.takes, open: this.#offset >= place.least }
  }

  advance(): void {
    const place = this.#pattern[this.#place]!
    this.#offset++
    if (this.#offset >= (place.text !== null ? place.text.length : place.most)) this.skipPlace()
  }

  skipPlace(): void {
    this.#place++
    this.#offset = 0
  }

  /** The character that must come behind an endless place; null where that may be one of many. */
  firstBehind(): number | null {
    const place = this.#pattern[this.#place]
    const behind = this.#pattern[this.#place + 1]
    return place?.text === null && place.most === Number.POSITIVE_INFINITY && behind && behind.text !== null
      ? behind.text.charCodeAt(0)
      : null
  }
}

const STEPS_FOR_ONE = 16
const SIZE_FOR_ONE = 512

/** A text that both match: a walk of the product of two chains, ending wildcards before filling them. Null: none; undefined: budget. */
function commonMember(one: Pattern, other: Pattern, budget: Budget): string | null | undefined {
  const size = (lengthOf(one) + 1) * (lengthOf(other) + 1)
  if (!budget.spend(1 + Math.floor(size / SIZE_FOR_ONE))) return undefined
  const left = stepsOf(one)
  const right = stepsOf(other)
  const height = left.classes.length + 1
  const width = right.classes.length + 1
  const seen = new Uint8Array(height * width)
  // For each place of the way: where it came from, and the character it took.
  const stack: Trail[] = [{ at: 0, char: '', before: null }]
  const last = height * width - 1
  let visited = 0
  while (stack.length > 0) {
    const trail = stack.pop()!
    if (trail.at === last) return trailText(trail)
    if (seen[trail.at] === 1) continue
    seen[trail.at] = 1
    if (++visited % STEPS_FOR_ONE === 0 && !budget.spend(1)) return undefined
    const i = Math.floor(trail.at / width)
    const j = trail.at % width
    const takes = i < height - 1 ? left.classes[i]! : null
    const also = j < width - 1 ? right.classes[j]! : null
    if (takes && also) {
      const to = (left.repeat[i] === 2 ? i : i + 1) * width + (right.repeat[j] === 2 ? j : j + 1)
      const char = seen[to] === 1 ? null : commonCharacter(takes, also)
      if (char !== null) stack.push({ at: to, char, before: trail })
    }
    if (also && right.repeat[j] !== 0 && seen[trail.at + 1] !== 1) stack.push({ at: trail.at + 1, char: '', before: trail })
    if (takes && left.repeat[i] !== 0 && seen[trail.at + width] !== 1)
      stack.push({ at: trail.at + width, char: '', before: trail })
  }
  return null
}

interface Trail {
  readonly at: number
  readonly char: string
  readonly before: Trail | null
}

function trailText(trail: Trail): string {
  const chars: string[] = []
  for (let at: Trail | null = trail; at; at = at.before) chars.push(at.char)
  return chars.reverse().join('')
}

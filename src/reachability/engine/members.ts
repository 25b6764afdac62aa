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

/**
 * Walks along the inner pattern with the steps at which the outer one stands whatever text the inner one matches. That may
 * miss that it covers, and never claims it wrongly.
 */
function follows(outer: Steps, inner: Steps): boolean {
  let at = 0
  // As long as both say one thing after the other there is one step to stand at.
  while (at < inner.classes.length && at < outer.classes.length && inner.repeat[at] === 0 && outer.repeat[at] === 0) {
    if (!isWithin(inner.classes[at]!, outer.classes[at]!)) return false
    at++
  }
  let here = passedOn(outer, [at])
  for (; at < inner.classes.length && here.length > 0; at++) {
    const takes = inner.classes[at]!
    const next = advanced(outer, here, takes)
    if (inner.repeat[at] === 0) here = next
    else if (inner.repeat[at] === 1) here = both(here, next)
    else {
      // Any number of them: the steps that are stood at after none, and still after each one more.
      for (let stay = both(here, next); stay.length < here.length; ) {
        here = stay
        stay = both(here, advanced(outer, here, takes))
      }
    }
  }
  return here.includes(outer.classes.length)
}

function both(some: readonly number[], others: readonly number[]): readonly number[] {
  for (const step of some) if (!others.includes(step)) return some.filter((each) => others.includes(each))
  return some
}

function advanced(outer: Steps, here: readonly number[], takes: CharClass): readonly number[] {
  if (here.length === 1) {
    const step = here[0]!
    const own = outer.classes[step]
    if (!own || !isWithin(takes, own)) return NOWHERE
    if (outer.repeat[step] === 2) return passedOn(outer, here)
    return outer.repeat[step + 1] === 0 ? [step + 1] : passedOn(outer, [step + 1])
  }
  const next: number[] = []
  for (const step of here) {
    const own = outer.classes[step]
    if (own && isWithin(takes, own)) next.push(outer.repeat[step] === 2 ? step : step + 1)
  }
  return passedOn(outer, next)
}

const NOWHERE: readonly number[] = []

/** The steps with those behind them that may be passed over to. */
function passedOn({ repeat }: Steps, steps: readonly number[]): readonly number[] {
  let all: number[] | null = null
  for (let step of steps) {
    while (step < repeat.length && repeat[step] !== 0) {
      step++
      if (!(all ?? steps).includes(step)) {
        all ??= [...steps]
        all.push(step)
      }
    }
  }
  return all ?? steps
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

/**
 * Whether the two patterns differ plainly in how their texts begin, so far as both say what stands there. A wildcard that
 * cannot take the character behind it ends where that character comes.
 */
function clash(one: Steps, other: Steps): boolean {
  let i = 0
  let j = 0
  while (i < one.classes.length && j < other.classes.length) {
    const a = one.repeat[i]!
    const b = other.repeat[j]!
    if (a === 0 && b === 0) {
      if (!meet(one.classes[i++]!, other.classes[j++]!)) return true
    } else if (a === 2 && b === 2) {
      const end = endOf(one, i)
      if (end < 0 || end !== endOf(other, j)) return false
      i++
      j++
    } else if (a === 2 && b === 0) {
      const past = passed(one, i++, other, j)
      if (past < 0) return past === CLASH
      j = past
    } else if (a === 0 && b === 2) {
      const past = passed(other, j++, one, i)
      if (past < 0) return past === CLASH
      i = past
    } else return false
  }
  // What is left of the longer one must not need another character.
  return one.repeat[i] === 0 || other.repeat[j] === 0
}

function meet(one: CharClass, other: CharClass): boolean {
  if (one === other) return true
  if (one.only >= 0) return takesCode(other, one.only)
  if (other.only >= 0) return takesCode(one, other.only)
  return commonCharacter(one, other) !== null
}

/** The character at which an endless step ends, where it must come behind and the step cannot take it; else -1. */
function endOf({ classes, repeat }: Steps, at: number): number {
  if (repeat[at + 1] !== 0) return -1
  const end = classes[at + 1]!.only
  return end >= 0 && !takesCode(classes[at]!, end) ? end : -1
}

const CLASH = -1
const UNCLEAR = -2

/** Where the fixed steps from `from` stand when the endless step has ended; or that they clash with it, or that it is not clear. */
function passed(open: Steps, at: number, fixed: Steps, from: number): number {
  const end = endOf(open, at)
  if (end < 0) return UNCLEAR
  for (let step = from; step < fixed.classes.length; step++) {
    if (fixed.repeat[step] !== 0) return UNCLEAR
    const takes = fixed.classes[step]!
    if (takes.only === end) return step
    if (takes.only >= 0 ? !takesCode(open.classes[at]!, takes.only) : takesCode(takes, end))
      return takes.only >= 0 ? CLASH : UNCLEAR
  }
  return CLASH
}

const STEPS_FOR_ONE = 16
const MOST_PLACES = 200_000

// For each place of the product: the walk that came there last, from where, and with which character (0 for none).
let walk = 0
const LAST_WALK = 2 ** 31 - 1
const seenBy = new Int32Array(MOST_PLACES)
const cameFrom = new Int32Array(MOST_PLACES)
const withCode = new Uint16Array(MOST_PLACES)
const waiting = new Int32Array(MOST_PLACES)

/** A text that both match, null if there is none: a walk of the product of two chains, ending wildcards before filling them. */
function commonMember(left: Steps, right: Steps, budget: Budget): string | null {
  const width = right.classes.length + 1
  const size = (left.classes.length + 1) * width
  if (walk === LAST_WALK) seenBy.fill(0)
  walk = walk === LAST_WALK ? 1 : walk + 1
  let count = 0
  let visited = 0
  const visit = (to: number, from: number, code: number) => {
    if (seenBy[to] === walk) return
    seenBy[to] = walk
    cameFrom[to] = from
    withCode[to] = code
    waiting[count++] = to
  }
  visit(0, -1, 0)
  while (count > 0) {
    const at = waiting[--count]!
    if (at === size - 1) return walkedText(at)
    if (++visited % STEPS_FOR_ONE === 0 && !budget.spend(1)) return null
    const i = Math.floor(at / width)
    const j = at % width
    const one = left.classes[i]
    const other = right.classes[j]
    if (one && other) {
      const to = (left.repeat[i] === 2 ? i : i + 1) * width + (right.repeat[j] === 2 ? j : j + 1)
      if (seenBy[to] !== walk) {
        const code = commonCode(one, other)
        if (code >= 0) visit(to, at, code)
      }
    }
    if (other && right.repeat[j] !== 0) visit(at + 1, at, 0)
    if (one && left.repeat[i] !== 0) visit(at + width, at, 0)
  }
  return null
}

function commonCode(one: CharClass, other: CharClass): number {
  if (one.only >= 0) return takesCode(other, one.only) ? one.only : -1
  if (other.only >= 0) return takesCode(one, other.only) ? other.only : -1
  return commonCharacter(one, other)?.charCodeAt(0) ?? -1
}

function walkedText(end: number): string {
  const chars: string[] = []
  for (let at = end; at > 0; at = cameFrom[at]!) if (withCode[at] !== 0) chars.push(String.fromCharCode(withCode[at]!))
  return chars.reverse().join('')
}

import { commonCharacter, firstOf, shortestMember, type Steps, stepsOf } from './automata.ts'
import type { Budget } from './budget.ts'
import { Kept } from './kept.ts'
import { type CharClass, holds, onlyText, type Pattern, type PatternSet, remainders, isAnyText, takesCode } from './patterns.ts'

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
  for (const { patterns } of positive.length > 0 ? positive : [{ patterns: NO_LIMIT }]) {
    for (const sample of factsOf(patterns).samples()) if (fits(sample, sets, budget)) return sample
  }
  const negative = sets.filter(({ negated }) => negated)
  if (positive.some((set) => isCovered(set, negative, budget))) return null
  for (let one = 0; one < positive.length; one++) {
    for (let other = one + 1; other < positive.length; other++) {
      const common = commonMembers(positive[one]!, positive[other]!, budget)
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

/** Whether each pattern of the set plainly lies inside a negated one. */
function isCovered({ patterns }: PatternSet, negative: readonly PatternSet[], budget: Budget): boolean {
  if (negative.length === 0) return false
  return patterns.every((pattern) =>
    negative.some((set) => set.patterns.some((outer) => budget.spend(1) && covers(outer, pattern))),
  )
}

/** Whether the outer pattern plainly matches all that the inner one does: it is the same, or open after its beginning. */
function covers(outer: Pattern, inner: Pattern): boolean {
  if (outer.length === inner.length && outer.every((place, at) => isSamePlace(place, inner[at]!))) return true
  if (!isOpenAtEnd(outer)) return false
  const beginning = inner[0]?.text ?? ''
  return beginning !== '' && remainders(outer, beginning).some(isAnyText)
}

function isOpenAtEnd(pattern: Pattern): boolean {
  const last = pattern.at(-1)
  return last !== undefined && isAnyText([last])
}

function isSamePlace(one: Pattern[number], other: Pattern[number]): boolean {
  if (one.text !== null || other.text !== null) return one.text === other.text
  return one.takes === other.takes && one.least === other.least && one.most === other.most
}

const MOST_PAIRS = 256

/** For each two patterns of the sets that have a text in common, one such text; empty only if there is none. Undefined: budget. */
function commonMembers(one: PatternSet, other: PatternSet, budget: Budget): readonly string[] | undefined {
  const found: string[] = []
  let pairs = 0
  for (const left of one.patterns) {
    for (const right of other.patterns) {
      if (!budget.spend(1)) return undefined
      if (clash(left, right)) continue
      const text = commonMember(stepsOf(left), stepsOf(right), budget)
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
    if (a.open && b.open) return false
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

/** A text that both match: a walk of the product of two chains, ending wildcards before filling them. Null: none; undefined: budget. */
function commonMember(left: Steps, right: Steps, budget: Budget): string | null | undefined {
  const height = left.classes.length + 1
  const width = right.classes.length + 1
  const seen = new Uint8Array(height * width)
  if (!budget.spend(1 + Math.floor((height * width) / 512))) return undefined
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
    const one = i < height - 1 ? left.classes[i]! : null
    const other = j < width - 1 ? right.classes[j]! : null
    if (one && other) {
      const to = (left.repeat[i] === 2 ? i : i + 1) * width + (right.repeat[j] === 2 ? j : j + 1)
      const char = seen[to] === 1 ? null : commonCharacter(one, other)
      if (char !== null) stack.push({ at: to, char, before: trail })
    }
    if (other && right.repeat[j] !== 0 && seen[trail.at + 1] !== 1) stack.push({ at: trail.at + 1, char: '', before: trail })
    if (one && left.repeat[i] !== 0 && seen[trail.at + width] !== 1) stack.push({ at: trail.at + width, char: '', before: trail })
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

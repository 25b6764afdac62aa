import { commonCharacter, type Steps } from './automata.ts'
import type { Budget } from './budget.ts'
import { type CharClass, takesCode } from './patterns.ts'

/**
 * Walks along the inner pattern with the steps at which the outer one stands whatever text the inner one matches. That may
 * miss that it covers, and never claims it wrongly.
 */
export function follows(outer: Steps, inner: Steps): boolean {
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

/**
 * Whether the two patterns differ plainly in how their texts begin, so far as both say what stands there. A wildcard that
 * cannot take the character behind it ends where that character comes.
 */
export function clash(one: Steps, other: Steps): boolean {
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
/** How long the product of two chains may be for a walk. */
export const MOST_PLACES = 200_000

// For each place of the product: the walk that came there last, from where, and with which character (0 for none).
let walk = 0
const LAST_WALK = 2 ** 31 - 1
const seenBy = new Int32Array(MOST_PLACES)
const cameFrom = new Int32Array(MOST_PLACES)
const withCode = new Uint16Array(MOST_PLACES)
const waiting = new Int32Array(MOST_PLACES)

/** A text that both match, null if there is none: a walk of the product of two chains, ending wildcards before filling them. */
export function commonMember(left: Steps, right: Steps, budget: Budget): string | null {
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

import type { Budget } from './budget.ts'
import { Kept } from './kept.ts'
import { type CharClass, charClass, type Pattern, type PatternSet, takesCode } from './patterns.ts'

/**
 * The shortest text that is in all of the sets (ties by the order in which characters are tried), or null when there
 * is none: a breadth-first walk of the product of the sets' automata. Undefined when the budget runs out.
 */
export function shortestMember(sets: readonly PatternSet[], budget: Budget): string | null | undefined {
  const automata: UnionAutomaton[] = []
  for (const { patterns } of sets) {
    const automaton = automatonOf(patterns, budget)
    if (!automaton) return undefined
    automata.push(automaton)
  }
  const accepting = (state: readonly number[]) => sets.every((set, at) => automata[at]!.accepts(state[at]!) !== set.negated)
  const dead = (state: readonly number[]) => sets.some((set, at) => !set.negated && automata[at]!.isDead(state[at]!))
  const start = automata.map(() => 0)
  if (dead(start)) return null
  const seen = new Set([start.join()])
  const cost = automata.reduce((total, automaton) => total + automaton.cost, 1)
  let frontier: Reached[] = [{ state: start, char: '', before: null }]
  while (frontier.length > 0) {
    const next: Reached[] = []
    for (const reached of frontier) {
      if (accepting(reached.state)) return textOf(reached)
      const classes = new Set<CharClass>()
      for (let at = 0; at < automata.length; at++)
        for (const takes of automata[at]!.classes(reached.state[at]!)) classes.add(takes)
      for (const char of representatives(classes)) {
        if (!budget.spend(cost)) return undefined
        const state = reached.state.map((from, at) => automata[at]!.step(from, char.charCodeAt(0)))
        const key = state.join()
        if (seen.has(key) || dead(state)) continue
        seen.add(key)
        next.push({ state, char, before: reached })
      }
    }
    frontier = next
  }
  return null
}

interface Reached {
  readonly state: readonly number[]
  readonly char: string
  readonly before: Reached | null
}

function textOf(reached: Reached): string {
  const chars: string[] = []
  for (let at: Reached | null = reached; at; at = at.before) chars.push(at.char)
  return chars.reverse().join('')
}

/** The characters of a pattern one by one: which class stands where, and whether it may be passed over or taken again. */
export interface Steps {
  readonly classes: readonly CharClass[]
  /** 0: exactly once; 1: at most once; 2: any number of times. */
  readonly repeat: Uint8Array
}

const STEPS = new Kept<Pattern, Steps>('steps')

/** The steps of the pattern. */
export function stepsOf(pattern: Pattern): Steps {
  const known = STEPS.of(pattern)
  if (known) return known
  const classes: CharClass[] = []
  const repeat: number[] = []
  const add = (takes: CharClass, kind: number) => {
    classes.push(takes)
    repeat.push(kind)
  }
  for (const place of pattern) {
    if (place.text !== null) for (let at = 0; at < place.text.length; at++) add(oneCharacter(place.text.charCodeAt(at)), 0)
    else {
      for (let once = 0; once < place.least; once++) add(place.takes, 0)
      if (place.most === Number.POSITIVE_INFINITY) add(place.takes, 2)
      else for (let extra = place.least; extra < place.most; extra++) add(place.takes, 1)
    }
  }
  return STEPS.keep(pattern, { classes, repeat: Uint8Array.from(repeat) })
}

const CHARACTERS_FOR_ONE_STEP = 16

const ASCII = Array.from({ length: 128 }, (_, code) => charClass('in', String.fromCharCode(code)))

function oneCharacter(code: number): CharClass {
  return ASCII[code] ?? charClass('in', String.fromCharCode(code))
}

const AUTOMATON = new Kept<readonly Pattern[], UnionAutomaton>('automaton')

/** Automata are built as far as they are walked. */
function automatonOf(patterns: readonly Pattern[], budget: Budget): UnionAutomaton | null {
  let length = 1
  for (const pattern of patterns) for (const place of pattern) length += place.text === null ? 1 : place.text.length
  // What was built before costs as much, so that no decision depends on those before it.
  if (!budget.spend(Math.ceil(length / CHARACTERS_FOR_ONE_STEP))) return null
  return AUTOMATON.of(patterns) ?? AUTOMATON.keep(patterns, new UnionAutomaton(patterns))
}

interface AutomatonState {
  /** A bit for each step of each pattern at which the text read so far may stand. */
  readonly active: Int32Array
  readonly accepts: boolean
  readonly isDead: boolean
  classes: readonly CharClass[] | null
  readonly next: Map<number, number>
}

/** The union of patterns as a deterministic automaton: sets of steps as bits. */
class UnionAutomaton {
  /** How much one step of it costs, in units of a budget. */
  readonly cost: number
  readonly #classes: (CharClass | null)[] = []
  readonly #words: number
  /** Steps that may be passed over, steps that may be taken again, and the ends of the patterns. */
  readonly #passed: Int32Array
  readonly #again: Int32Array
  readonly #ends: Int32Array
  readonly #taking = new Map<number, Int32Array>()
  readonly #states: AutomatonState[] = []
  readonly #numbers = new Map<string, number>()

  constructor(patterns: readonly Pattern[]) {
    const all = patterns.map(stepsOf)
    const size = all.reduce((total, { classes }) => total + classes.length + 1, 0)
    this.#words = Math.max(1, Math.ceil(size / 32))
    this.cost = Math.ceil(this.#words / 8)
    this.#passed = new Int32Array(this.#words)
    this.#again = new Int32Array(this.#words)
    this.#ends = new Int32Array(this.#words)
    const start = new Int32Array(this.#words)
    for (const { classes, repeat } of all) {
      mark(start, this.#classes.length)
      for (let at = 0; at < classes.length; at++) {
        if (repeat[at] !== 0) mark(this.#passed, this.#classes.length)
        if (repeat[at] === 2) mark(this.#again, this.#classes.length)
        this.#classes.push(classes[at]!)
      }
      mark(this.#ends, this.#classes.length)
      this.#classes.push(null)
    }
    this.#number(this.#closed(start))
  }

  step(from: number, code: number): number {
    const state = this.#states[from]!
    const known = state.next.get(code)
    if (known !== undefined) return known
    const taking = this.#takingOf(code)
    const active = new Int32Array(this.#words)
    let carry = 0
    for (let word = 0; word < this.#words; word++) {
      const taken = state.active[word]! & taking[word]!
      const on = taken & ~this.#again[word]!
      active[word] = (taken & this.#again[word]!) | (on << 1) | carry
      carry = on >>> 31
    }
    const to = this.#number(this.#closed(active))
    state.next.set(code, to)
    return to
  }

  accepts(state: number): boolean {
    return this.#states[state]!.accepts
  }

  isDead(state: number): boolean {
    return this.#states[state]!.isDead
  }

  /** How the state tells the next characters apart. */
  classes(number: number): readonly CharClass[] {
    const state = this.#states[number]!
    if (state.classes) return state.classes
    const classes = new Set<CharClass>()
    for (let word = 0; word < this.#words; word++) {
      for (let bits = state.active[word]!; bits !== 0; bits &= bits - 1) {
        const takes = this.#classes[word * 32 + 31 - Math.clz32(bits & -bits)]
        if (takes && takes.kind !== 'any') classes.add(takes)
      }
    }
    state.classes = [...classes]
    return state.classes
  }

  /** The steps that take the character. */
  #takingOf(code: number): Int32Array {
    const known = this.#taking.get(code)
    if (known) return known
    const taking = new Int32Array(this.#words)
    for (let at = 0; at < this.#classes.length; at++) {
      const takes = this.#classes[at]
      if (takes && takesCode(takes, code)) mark(taking, at)
    }
    this.#taking.set(code, taking)
    return taking
  }

  /** Adds the steps that can be reached without a character. */
  #closed(active: Int32Array): Int32Array {
    let carry = 0
    for (let word = 0; word < this.#words; word++) {
      let bits = active[word]! | carry
      for (;;) {
        const more = bits | ((bits & this.#passed[word]!) << 1)
        if (more === bits) break
        bits = more
      }
      active[word] = bits
      carry = (bits & this.#passed[word]!) >>> 31
    }
    return active
  }

  #number(active: Int32Array): number {
    let key = ''
    let isDead = true
    let accepts = false
    for (let word = 0; word < this.#words; word++) {
      const bits = active[word]!
      key += String.fromCharCode(bits & 0xffff, bits >>> 16)
      if (bits !== 0) isDead = false
      if ((bits & this.#ends[word]!) !== 0) accepts = true
    }
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.#states.length)
    return this.#states.push({ active, accepts, isDead, classes: null, next: new Map() }) - 1
  }
}

function mark(bits: Int32Array, at: number): void {
  bits[at >>> 5]! |= 1 << (at & 31)
}

// The order in which unnamed characters are tried: readable ones first.
const PREFERRED = 'x9abcdefghijklmnopqrstuvwyz012345678ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./:@=+,~ \u00e9\u4e00'
const REPRESENTATIVES = new Map<string, readonly string[]>()
const MOST_REPRESENTATIVES = 5_000

/** One character for each way in which the classes tell characters apart. */
function representatives(classes: ReadonlySet<CharClass>): readonly string[] {
  const key = [...classes].map(({ id }) => id).join()
  const known = REPRESENTATIVES.get(key)
  if (known) return known
  let named = PREFERRED
  for (const takes of classes) named += takes.chars
  named += unnamedIn(named)
  const bySignature = new Map<string, string>()
  for (let at = 0; at < named.length; at++) {
    let signature = ''
    for (const takes of classes) signature += takesCode(takes, named.charCodeAt(at)) ? '1' : '0'
    if (!bySignature.has(signature)) bySignature.set(signature, named[at]!)
  }
  const chars = [...bySignature.values()]
  if (REPRESENTATIVES.size >= MOST_REPRESENTATIVES) REPRESENTATIVES.clear()
  REPRESENTATIVES.set(key, chars)
  return chars
}

/** A character that both classes take, the readable ones first; null where there is none. */
export function commonCharacter(one: CharClass, other: CharClass): string | null {
  const narrow = one.kind === 'in' && (other.kind !== 'in' || one.chars.length <= other.chars.length) ? one : other
  const wide = narrow === one ? other : one
  // Of two classes that leave characters out, some character that neither names is in both.
  const chars = narrow.kind === 'in' ? narrow.chars : PREFERRED + unnamedIn(narrow.chars + wide.chars)
  for (let at = 0; at < chars.length; at++) {
    const code = chars.charCodeAt(at)
    if (takesCode(wide, code) && takesCode(narrow, code)) return chars[at]!
  }
  return null
}

/** A character that the class takes; null for the class of none. */
export function firstOf(takes: CharClass): string | null {
  return takes.kind === 'in' ? (takes.chars[0] ?? null) : commonCharacter(takes, takes)
}

const FIRST_PRIVATE = 0xf000

/** A character that the text does not hold. */
function unnamedIn(text: string): string {
  let code = FIRST_PRIVATE
  while (text.includes(String.fromCharCode(code))) code++
  return String.fromCharCode(code)
}

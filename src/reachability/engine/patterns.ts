import type { Budget } from './budget.ts'

/** Which characters one place of a pattern takes. */
export type CharClass =
  | { readonly kind: 'any' }
  | { readonly kind: 'one'; readonly char: string; readonly id: number }
  | { readonly kind: 'in'; readonly chars: string; readonly id: number }
  | { readonly kind: 'not'; readonly chars: string; readonly id: number }

/** One place of a pattern: a class that is taken once, any number of times, or at most once. */
export interface Place {
  readonly takes: CharClass
  readonly repeat: 'once' | 'star' | 'optional'
}

/** A language of strings: places in a row. Every such language is regular, so the questions below have exact answers. */
export type Pattern = readonly Place[]

/** Strings that match one of the patterns, or, negated, none of them. */
export interface PatternSet {
  readonly patterns: readonly Pattern[]
  readonly negated: boolean
}

const ANY: CharClass = { kind: 'any' }

/** The pattern that matches exactly this text; with `foldCase`, in whatever case. */
export function literalPattern(text: string, foldCase = false): Pattern {
  return [...units(text)].map((char) => ({ takes: oneChar(char, foldCase), repeat: 'once' as const }))
}

/** `*` is any text and `?` any one character; `crosses` says which characters those two do not take. */
export function globPattern(glob: string, options: { foldCase?: boolean; without?: string } = {}): Pattern {
  const wild: CharClass = options.without ? interned('not', options.without) : ANY
  const places: Place[] = []
  for (const char of units(glob)) {
    if (char === '*') {
      if (places.at(-1)?.repeat !== 'star') places.push({ takes: wild, repeat: 'star' })
    } else if (char === '?') places.push({ takes: wild, repeat: 'once' })
    else places.push({ takes: oneChar(char, options.foldCase ?? false), repeat: 'once' })
  }
  return places
}

/** Between `least` and `most` characters of `chars`; without `most`, as many as one likes. */
export function repeated(chars: string | CharClass, least: number, most?: number): Pattern {
  const takes: CharClass = typeof chars === 'string' ? interned('in', chars) : chars
  const places: Place[] = Array.from({ length: least }, () => ({ takes, repeat: 'once' as const }))
  if (most === undefined) places.push({ takes, repeat: 'star' })
  else for (let extra = least; extra < most; extra++) places.push({ takes, repeat: 'optional' })
  return places
}

export const ANY_TEXT: Pattern = [{ takes: ANY, repeat: 'star' }]

/** The text of a pattern that matches one string only; null for the others. */
export function onlyText(pattern: Pattern): string | null {
  let text = ''
  for (const { takes, repeat } of pattern) {
    if (takes.kind !== 'one' || repeat !== 'once') return null
    text += takes.char
  }
  return text
}

/** Whether the set holds this text. */
export function holds({ patterns, negated }: PatternSet, text: string): boolean {
  const automaton = automatonOf(patterns)
  let state = 0
  for (const char of units(text)) {
    state = automaton.step(state, char)
    if (automaton.isDead(state)) return negated
  }
  return automaton.accepts(state) !== negated
}

/** Whether the pattern matches the whole text. */
export function matches(pattern: Pattern, text: string): boolean {
  const only = onlyText(pattern)
  if (only !== null) return only === text
  let active = closure(pattern, new Set([0]))
  for (const char of units(text)) {
    active = step(pattern, active, char)
    if (active.size === 0) return false
  }
  return active.has(pattern.length)
}

/** What is left of the pattern after this beginning: the patterns of the texts that may follow it. */
export function remainders(pattern: Pattern, beginning: string): readonly Pattern[] {
  let active = closure(pattern, new Set([0]))
  for (const char of units(beginning)) active = step(pattern, active, char)
  // The rest after a star includes the rest after its end.
  const places = [...active].filter((at) => !(at > 0 && active.has(at - 1) && pattern[at - 1]!.repeat !== 'once'))
  return places.map((at) => pattern.slice(at))
}

/**
 * The shortest text that is in all of the sets (ties by the order in which characters are tried), or null when there
 * is none: a breadth-first walk of the product of the patterns' automata. Undefined when the budget runs out.
 */
export function shortestMember(sets: readonly PatternSet[], budget: Budget): string | null | undefined {
  const fixed = finiteChoice(sets)
  if (fixed) return fixed.find((text) => sets.every((set) => holds(set, text))) ?? null
  const automata = sets.map(({ patterns }) => automatonOf(patterns))
  const accepting = (state: readonly number[]) => sets.every((set, at) => automata[at]!.accepts(state[at]!) !== set.negated)
  const dead = (state: readonly number[]) => sets.some((set, at) => !set.negated && automata[at]!.isDead(state[at]!))
  const start = automata.map(() => 0)
  const seen = new Set([start.join()])
  let frontier: { readonly state: readonly number[]; readonly text: string }[] = [{ state: start, text: '' }]
  while (frontier.length > 0) {
    const next: typeof frontier = []
    for (const { state, text } of frontier) {
      if (accepting(state)) return text
      const classes = new Set<CharClass>()
      for (let at = 0; at < state.length; at++) for (const takes of automata[at]!.classes(state[at]!)) classes.add(takes)
      for (const char of representatives(classes)) {
        if (!budget.spend(1)) return undefined
        const to = state.map((from, at) => automata[at]!.step(from, char))
        const key = to.join()
        if (seen.has(key) || dead(to)) continue
        seen.add(key)
        next.push({ state: to, text: text + char })
      }
    }
    frontier = next
  }
  return null
}

/** The texts to try, when one of the sets holds a finite number that can be written down. */
function finiteChoice(sets: readonly PatternSet[]): readonly string[] | null {
  let best: readonly string[] | null = null
  for (const set of sets) {
    if (set.negated) continue
    const texts = set.patterns.map(onlyText)
    if (texts.every((text) => text !== null) && (best === null || texts.length < best.length)) best = texts
  }
  return best?.toSorted((a, b) => a.length - b.length) ?? null
}

// Automata are built as far as they are walked, and kept as long as their patterns.
const AUTOMATA = new WeakMap<readonly Pattern[], UnionAutomaton>()

function automatonOf(patterns: readonly Pattern[]): UnionAutomaton {
  const known = AUTOMATA.get(patterns)
  if (known) return known
  const automaton = new UnionAutomaton(patterns)
  AUTOMATA.set(patterns, automaton)
  return automaton
}

interface AutomatonState {
  /** Per pattern, the places at which the text read so far may stand. */
  readonly active: readonly ReadonlySet<number>[]
  readonly accepts: boolean
  readonly isDead: boolean
  readonly classes: readonly CharClass[]
  readonly next: Map<string, number>
}

/** The union of patterns as a deterministic automaton. */
class UnionAutomaton {
  readonly #patterns: readonly Pattern[]
  readonly #states: AutomatonState[] = []
  readonly #numbers = new Map<string, number>()

  constructor(patterns: readonly Pattern[]) {
    this.#patterns = patterns
    this.#number(patterns.map((pattern) => closure(pattern, new Set([0]))))
  }

  step(from: number, char: string): number {
    const state = this.#states[from]!
    const known = state.next.get(char)
    if (known !== undefined) return known
    const to = this.#number(this.#patterns.map((pattern, at) => step(pattern, state.active[at]!, char)))
    state.next.set(char, to)
    return to
  }

  accepts(state: number): boolean {
    return this.#states[state]!.accepts
  }

  isDead(state: number): boolean {
    return this.#states[state]!.isDead
  }

  /** How the state tells the next characters apart. */
  classes(state: number): readonly CharClass[] {
    return this.#states[state]!.classes
  }

  #number(active: readonly ReadonlySet<number>[]): number {
    const key = active.map((places) => [...places].sort((a, b) => a - b).join()).join(';')
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.#states.length)
    const classes = new Set<CharClass>()
    for (const [at, places] of active.entries()) {
      for (const place of places) {
        const takes = this.#patterns[at]![place]?.takes
        if (takes && takes.kind !== 'any') classes.add(takes)
      }
    }
    const accepts = this.#patterns.some((pattern, at) => active[at]!.has(pattern.length))
    const isDead = active.every((places) => places.size === 0)
    return this.#states.push({ active, accepts, isDead, classes: [...classes], next: new Map() }) - 1
  }
}

function step(pattern: Pattern, active: ReadonlySet<number>, char: string): Set<number> {
  const next = new Set<number>()
  for (const at of active) {
    const place = pattern[at]
    if (place && takesChar(place.takes, char)) next.add(place.repeat === 'star' ? at : at + 1)
  }
  return closure(pattern, next)
}

/** Adds the places that can be reached without a character. */
function closure(pattern: Pattern, active: Set<number>): Set<number> {
  for (const at of active) {
    const place = pattern[at]
    // A set that is added to while it is walked also walks what was added.
    if (place && place.repeat !== 'once') active.add(at + 1)
  }
  return active
}

function takesChar(takes: CharClass, char: string): boolean {
  switch (takes.kind) {
    case 'any':
      return true
    case 'one':
      return takes.char === char
    case 'in':
      return takes.chars.includes(char)
    case 'not':
      return !takes.chars.includes(char)
  }
}

// The order in which unnamed characters are tried: readable ones first, and one that no policy is likely to hold last.
const PREFERRED = 'x9abcdefghijklmnopqrstuvwyz012345678ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./:@=+,~ \u00e9\u4e00\u{f000}'
const REPRESENTATIVES = new Map<string, readonly string[]>()

/** One character for each way in which the classes tell characters apart. */
function representatives(classes: ReadonlySet<CharClass>): readonly string[] {
  let key = ''
  for (const takes of classes) key += `${takes.kind === 'any' ? '' : takes.id},`
  const known = REPRESENTATIVES.get(key)
  if (known) return known
  let named = ''
  for (const takes of classes) named += takes.kind === 'one' ? takes.char : takes.kind === 'any' ? '' : takes.chars
  const bySignature = new Map<string, string>()
  for (const char of [...units(PREFERRED), ...units(named)]) {
    let signature = ''
    for (const takes of classes) signature += takesChar(takes, char) ? '1' : '0'
    if (!bySignature.has(signature)) bySignature.set(signature, char)
  }
  if (REPRESENTATIVES.size > 20_000) REPRESENTATIVES.clear()
  const chars = [...bySignature.values()]
  REPRESENTATIVES.set(key, chars)
  return chars
}

// Equal classes are one object, so that sets of them are small and their numbers name them.
const CLASSES = new Map<string, CharClass>()
let classCount = 0

function interned(kind: 'one' | 'in' | 'not', chars: string): CharClass {
  const key = `${kind}${chars}`
  const known = CLASSES.get(key)
  if (known) return known
  const id = classCount++
  const made: CharClass = kind === 'one' ? { kind, char: chars, id } : { kind, chars, id }
  CLASSES.set(key, made)
  return made
}

/** The class of these characters, or of all but these. */
export function charClass(kind: 'in' | 'not', chars: string): CharClass {
  return interned(kind, chars)
}

function oneChar(char: string, foldCase: boolean): CharClass {
  const lower = char.toLowerCase()
  const upper = char.toUpperCase()
  return foldCase && lower !== upper && lower.length === 1 && upper.length === 1
    ? interned('in', lower + upper)
    : interned('one', char)
}

function* units(text: string): Generator<string> {
  for (let at = 0; at < text.length; at++) yield text[at]!
}

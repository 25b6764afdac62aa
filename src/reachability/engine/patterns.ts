import type { Budget } from './budget.ts'

/** Which characters one place of a pattern takes. */
export type CharClass =
  | { readonly kind: 'any' }
  | { readonly kind: 'one'; readonly char: string }
  | { readonly kind: 'in'; readonly chars: string }
  | { readonly kind: 'not'; readonly chars: string }

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
  const wild: CharClass = options.without ? { kind: 'not', chars: options.without } : ANY
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
  const takes: CharClass = typeof chars === 'string' ? { kind: 'in', chars } : chars
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
export function holds(set: PatternSet, text: string): boolean {
  return set.patterns.some((pattern) => matches(pattern, text)) !== set.negated
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
  const automata = sets.map((set) => new UnionAutomaton(set.patterns))
  const accepting = (state: readonly number[]) => sets.every((set, at) => automata[at]!.accepts(state[at]!) !== set.negated)
  const dead = (state: readonly number[]) => sets.some((set, at) => !set.negated && automata[at]!.isDead(state[at]!))
  const alphabet = representatives(sets)
  const start = automata.map(() => 0)
  const seen = new Set([start.join()])
  let frontier: { state: readonly number[]; text: string }[] = [{ state: start, text: '' }]
  while (frontier.length > 0) {
    const next: typeof frontier = []
    for (const { state, text } of frontier) {
      if (accepting(state)) return text
      for (const char of alphabet) {
        if (!budget.spend(1)) return undefined
        const to = automata.map((automaton, at) => automaton.step(state[at]!, char))
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
  return best
}

/** The union of patterns as a deterministic automaton that is built as far as it is walked. */
class UnionAutomaton {
  readonly #patterns: readonly Pattern[]
  readonly #states: (readonly ReadonlySet<number>[])[] = []
  readonly #numbers = new Map<string, number>()
  readonly #steps = new Map<string, number>()

  constructor(patterns: readonly Pattern[]) {
    this.#patterns = patterns
    this.#number(patterns.map((pattern) => closure(pattern, new Set([0]))))
  }

  step(from: number, char: string): number {
    const key = `${from}${char}`
    const known = this.#steps.get(key)
    if (known !== undefined) return known
    const to = this.#number(this.#patterns.map((pattern, at) => step(pattern, this.#states[from]![at]!, char)))
    this.#steps.set(key, to)
    return to
  }

  accepts(state: number): boolean {
    return this.#patterns.some((pattern, at) => this.#states[state]![at]!.has(pattern.length))
  }

  isDead(state: number): boolean {
    return this.#states[state]!.every((active) => active.size === 0)
  }

  #number(state: readonly ReadonlySet<number>[]): number {
    const key = state.map((active) => [...active].sort((a, b) => a - b).join()).join(';')
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.#states.length)
    return this.#states.push(state) - 1
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

/** One character for each way in which the classes tell characters apart. */
function representatives(sets: readonly PatternSet[]): readonly string[] {
  const classes = new Map<string, CharClass>()
  for (const set of sets) {
    for (const pattern of set.patterns) {
      for (const { takes } of pattern) if (takes.kind !== 'any') classes.set(JSON.stringify(takes), takes)
    }
  }
  const named = [...classes.values()].flatMap((takes) => [
    ...units(takes.kind === 'one' ? takes.char : takes.kind === 'any' ? '' : takes.chars),
  ])
  const bySignature = new Map<string, string>()
  for (const char of [...units(PREFERRED), ...named]) {
    let signature = ''
    for (const takes of classes.values()) signature += takesChar(takes, char) ? '1' : '0'
    if (!bySignature.has(signature)) bySignature.set(signature, char)
  }
  return [...bySignature.values()]
}

function oneChar(char: string, foldCase: boolean): CharClass {
  const lower = char.toLowerCase()
  const upper = char.toUpperCase()
  return foldCase && lower !== upper && lower.length === 1 && upper.length === 1
    ? { kind: 'in', chars: lower + upper }
    : { kind: 'one', char }
}

function* units(text: string): Generator<string> {
  for (let at = 0; at < text.length; at++) yield text[at]!
}

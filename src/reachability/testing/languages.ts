/**
 * Sets of texts as regular expressions with intersection and complement, and whether one of them is empty: by Brzozowski's
 * derivatives, "Derivatives of Regular Expressions" (1964). Equal languages of one form are one object.
 */
export type Language =
  | { readonly id: number; readonly kind: 'nothing' | 'empty-text' }
  | { readonly id: number; readonly kind: 'char'; readonly chars: string; readonly negated: boolean }
  | { readonly id: number; readonly kind: 'then'; readonly first: Language; readonly rest: Language }
  | { readonly id: number; readonly kind: 'or' | 'and'; readonly of: readonly Language[] }
  | { readonly id: number; readonly kind: 'not' | 'repeated'; readonly one: Language }

const KNOWN = new Map<string, Language>()

function made<T extends object>(key: string, form: T): Language {
  const known = KNOWN.get(key) ?? ({ id: KNOWN.size, ...form } as unknown as Language)
  KNOWN.set(key, known)
  return known
}

export const NOTHING = made('nothing', { kind: 'nothing' })
export const EMPTY_TEXT = made('empty-text', { kind: 'empty-text' })
export const EVERYTHING = not(NOTHING)
export const ANY_CHAR = except('')

export function oneOf(chars: string): Language {
  return made(`in ${chars}`, { kind: 'char', chars, negated: false })
}

export function except(chars: string): Language {
  return made(`not in ${chars}`, { kind: 'char', chars, negated: true })
}

export function inTurn(...parts: readonly Language[]): Language {
  return parts.reduceRight((rest, first) => {
    if (first === NOTHING || rest === NOTHING) return NOTHING
    if (first === EMPTY_TEXT) return rest
    if (rest === EMPTY_TEXT) return first
    if (first.kind === 'then') return inTurn(first.first, inTurn(first.rest, rest))
    return made(`then ${first.id} ${rest.id}`, { kind: 'then', first, rest })
  }, EMPTY_TEXT)
}

export function or(...parts: readonly Language[]): Language {
  const of = flat('or', parts).filter((part) => part !== NOTHING)
  if (of.includes(EVERYTHING)) return EVERYTHING
  return of.length === 0 ? NOTHING : of.length === 1 ? of[0]! : made(`or ${ids(of)}`, { kind: 'or', of })
}

export function and(...parts: readonly Language[]): Language {
  const of = flat('and', parts).filter((part) => part !== EVERYTHING)
  if (of.includes(NOTHING)) return NOTHING
  return of.length === 0 ? EVERYTHING : of.length === 1 ? of[0]! : made(`and ${ids(of)}`, { kind: 'and', of })
}

export function not(one: Language): Language {
  return one.kind === 'not' ? one.one : made(`not ${one.id}`, { kind: 'not', one })
}

export function repeated(one: Language, least = 0): Language {
  const more = one === NOTHING || one === EMPTY_TEXT ? EMPTY_TEXT : made(`repeated ${one.id}`, { kind: 'repeated', one })
  return inTurn(...Array<Language>(least).fill(one), more)
}

export function exactly(one: Language, count: number): Language {
  return inTurn(...Array<Language>(count).fill(one))
}

export function text(literal: string, foldCase = false): Language {
  return inTurn(
    ...Array.from(literal, (char) => oneOf(foldCase ? [...new Set([char.toLowerCase(), char.toUpperCase()])].join('') : char)),
  )
}

/** `*` any text, `?` one character, neither of which takes these. */
export function glob(written: string, without = ''): Language {
  const one = except(without)
  return inTurn(...Array.from(written, (char) => (char === '*' ? repeated(one) : char === '?' ? one : oneOf(char))))
}

function flat(kind: 'or' | 'and', parts: readonly Language[]): readonly Language[] {
  const all = parts.flatMap((part) => (part.kind === kind ? part.of : [part]))
  return [...new Set(all)].sort((one, other) => one.id - other.id)
}

function ids(of: readonly Language[]): string {
  return of.map(({ id }) => id).join()
}

const MOST_STATES = 20_000

/** Whether no text is in the language; false as well where that would take too long to find out. */
export function isEmpty(language: Language): boolean {
  const alphabet = representatives(language)
  // What is added while it is gone through is gone through as well: shorter texts first.
  const states = new Set([language])
  for (const state of states) {
    if (state === NOTHING) continue
    if (takesEmptyText(state) || states.size > MOST_STATES) return false
    for (const char of alphabet) states.add(after(state, char))
  }
  return true
}

const TAKES_EMPTY = new Map<Language, boolean>()

function takesEmptyText(language: Language): boolean {
  const known = TAKES_EMPTY.get(language)
  if (known !== undefined) return known
  const takes = (() => {
    switch (language.kind) {
      case 'nothing':
      case 'char':
        return false
      case 'empty-text':
      case 'repeated':
        return true
      case 'then':
        return takesEmptyText(language.first) && takesEmptyText(language.rest)
      case 'or':
        return language.of.some(takesEmptyText)
      case 'and':
        return language.of.every(takesEmptyText)
      case 'not':
        return !takesEmptyText(language.one)
    }
  })()
  TAKES_EMPTY.set(language, takes)
  return takes
}

const AFTER = new Map<string, Language>()

/** What may follow the character. */
function after(language: Language, char: string): Language {
  const key = `${language.id} ${char}`
  const known = AFTER.get(key) ?? derivative(language, char)
  AFTER.set(key, known)
  return known
}

function derivative(language: Language, char: string): Language {
  switch (language.kind) {
    case 'nothing':
    case 'empty-text':
      return NOTHING
    case 'char':
      return language.chars.includes(char) !== language.negated ? EMPTY_TEXT : NOTHING
    case 'then': {
      const first = inTurn(after(language.first, char), language.rest)
      return takesEmptyText(language.first) ? or(first, after(language.rest, char)) : first
    }
    case 'or':
      return or(...language.of.map((part) => after(part, char)))
    case 'and':
      return and(...language.of.map((part) => after(part, char)))
    case 'not':
      return not(after(language.one, char))
    case 'repeated':
      return inTurn(after(language.one, char), language)
  }
}

/** One character for each way in which the language can tell characters apart, and one that it does not mention. */
function representatives(language: Language): readonly string[] {
  const classes = new Set<string>()
  const seen = new Set<Language>()
  const open = [language]
  for (let state = open.pop(); state; state = open.pop()) {
    if (seen.has(state)) continue
    seen.add(state)
    if (state.kind === 'char') classes.add(state.chars)
    if (state.kind === 'then') open.push(state.first, state.rest)
    if (state.kind === 'or' || state.kind === 'and') open.push(...state.of)
    if (state.kind === 'not' || state.kind === 'repeated') open.push(state.one)
  }
  const groups = new Map<string, string>()
  for (const char of new Set([...[...classes].join(''), '\u{10ffff}'])) {
    const group = [...classes].map((chars) => (chars.includes(char) ? 1 : 0)).join('')
    if (!groups.has(group)) groups.set(group, char)
  }
  return [...groups.values()]
}

/** Which characters one place of a pattern takes. Equal classes are one object. */
export interface CharClass {
  readonly kind: 'any' | 'in' | 'not'
  readonly chars: string
  readonly id: number
  /** The code of the one character that the class takes; -1 for all other classes. */
  readonly only: number
  /** For the first 128 characters, whether the class takes them. */
  readonly ascii: Uint8Array
}

/** One place of a pattern: a text as it is, or between `least` and `most` characters of a class (`most` may be infinite). */
export type Place = { readonly text: string } | Open

interface Open {
  readonly text: null
  readonly takes: CharClass
  readonly least: number
  readonly most: number
}

/** A language of strings: places in a row. Every such language is regular, so questions about it have exact answers. */
export type Pattern = readonly Place[]

/** Strings that match one of the patterns, or, negated, none of them. */
export interface PatternSet {
  readonly patterns: readonly Pattern[]
  readonly negated: boolean
}

// Equal classes are one object; the classes of one character are by far the most.
const CLASSES = new Map<string, CharClass>()
const MOST_CLASSES = 20_000
let classCount = 0

/** The class of these characters, or of all but these. */
export function charClass(kind: 'in' | 'not', chars: string): CharClass {
  return interned(kind, chars)
}

function interned(kind: CharClass['kind'], chars: string): CharClass {
  const key = `${kind}${chars}`
  const known = CLASSES.get(key)
  if (known) return known
  const ascii = new Uint8Array(128).fill(kind === 'in' ? 0 : 1)
  for (let at = 0; at < chars.length; at++) {
    const code = chars.charCodeAt(at)
    if (code < 128) ascii[code] = kind === 'in' ? 1 : 0
  }
  const only = kind === 'in' && chars.length === 1 ? chars.charCodeAt(0) : -1
  const made = { kind, chars, id: classCount++, only, ascii }
  if (CLASSES.size >= MOST_CLASSES) CLASSES.clear()
  CLASSES.set(key, made)
  return made
}

const ANY: CharClass = interned('any', '')

/** Any text at all. */
export const ANY_TEXT: Pattern = [{ text: null, takes: ANY, least: 0, most: Number.POSITIVE_INFINITY }]

/** Any text but the empty one. */
export const SOME_CHARACTERS: Pattern = [{ text: null, takes: ANY, least: 1, most: Number.POSITIVE_INFINITY }]

/** The pattern that matches exactly this text; with `foldCase`, in whatever case. */
export function literalPattern(text: string, foldCase = false): Pattern {
  if (!foldCase) return text === '' ? [] : [{ text }]
  const places: Place[] = []
  for (let at = 0; at < text.length; at++) places.push(inAnyCase(text[at]!))
  return places
}

/** `*` is any text and `?` any one character; `without` says which characters those two do not take. */
export function globPattern(glob: string, options: { foldCase?: boolean; without?: string } = {}): Pattern {
  const wild = options.without ? interned('not', options.without) : ANY
  const places: Place[] = []
  let start = 0
  for (let at = 0; at <= glob.length; at++) {
    const char = glob[at]
    if (at < glob.length && char !== '*' && char !== '?') continue
    if (at > start) places.push(...literalPattern(glob.slice(start, at), options.foldCase))
    start = at + 1
    if (at === glob.length) break
    const last = places.at(-1)
    const least = char === '?' ? 1 : 0
    const most = char === '?' ? 1 : Number.POSITIVE_INFINITY
    // Wildcards in a row are one place that counts.
    if (last && last.text === null && last.takes === wild) {
      places[places.length - 1] = { ...last, least: last.least + least, most: last.most + most }
    } else places.push({ text: null, takes: wild, least, most })
  }
  return places
}

/** Between `least` and `most` characters of `chars`; without `most`, as many as one likes. */
export function repeated(chars: string | CharClass, least: number, most: number = Number.POSITIVE_INFINITY): Pattern {
  return [{ text: null, takes: typeof chars === 'string' ? interned('in', chars) : chars, least, most }]
}

/** The patterns in a row, as one. */
export function joined(...patterns: readonly Pattern[]): Pattern {
  const places: Place[] = []
  for (const pattern of patterns) {
    for (const place of pattern) {
      const last = places.at(-1)
      if (last && last.text !== null && place.text !== null) places[places.length - 1] = { text: last.text + place.text }
      else places.push(place)
    }
  }
  return places
}

/** The pattern where its wildcards do not take these characters. */
export function without(pattern: Pattern, chars: string): Pattern {
  if (pattern.every((place) => place.text !== null || place.takes !== ANY)) return pattern
  const takes = interned('not', chars)
  return pattern.map((place) => (place.text === null && place.takes === ANY ? { ...place, takes } : place))
}

/** Whether the pattern is that of any text. */
export function isAnyText(pattern: Pattern): boolean {
  const [place] = pattern
  return pattern.length === 1 && place!.text === null && place!.takes === ANY && place!.least === 0 && endless(place!)
}

/** The text of a pattern that matches one string only; null for the others. */
export function onlyText(pattern: Pattern): string | null {
  if (pattern.length === 0) return ''
  if (pattern.length === 1) return pattern[0]!.text
  let text = ''
  for (const place of pattern) {
    if (place.text === null) return null
    text += place.text
  }
  return text
}

/** Whether the set holds this text. */
export function holds({ patterns, negated }: PatternSet, text: string): boolean {
  for (const pattern of patterns) if (matches(pattern, text)) return !negated
  return negated
}

/** Whether the pattern matches the whole text. Work: at most places times characters. */
export function matches(pattern: Pattern, text: string): boolean {
  let at = 0
  for (let index = 0; index < pattern.length; index++) {
    const place = pattern[index]!
    if (place.text !== null) {
      if (!text.startsWith(place.text, at)) return false
      at += place.text.length
      continue
    }
    const next = pattern[index + 1]
    const end = runEnd(place.takes, text, at, place.most)
    if (end - at < place.least) return false
    if (!next) return end === text.length
    const settled = place.least === place.most ? end : onlyEnd(place, next, pattern[index + 2], text, at, end)
    if (settled === null) return reaches(pattern, index, text, at)
    if (settled < 0) return false
    at = settled
  }
  return at === text.length
}

/** What is left of the pattern after this beginning: the patterns of the texts that may follow it. */
export function remainders(pattern: Pattern, beginning: string): readonly Pattern[] {
  const rests: Pattern[] = []
  let before = new Set([0])
  for (let index = 0; index < pattern.length && before.size > 0; index++) {
    const place = pattern[index]!
    const after = new Set<number>()
    let opened = false
    for (const at of before) {
      if (place.text !== null) {
        const left = beginning.length - at
        if (left < place.text.length) {
          if (beginning.startsWith(place.text.slice(0, left), at))
            rests.push([{ text: place.text.slice(left) }, ...pattern.slice(index + 1)])
        } else if (beginning.startsWith(place.text, at)) after.add(at + place.text.length)
        continue
      }
      const end = runEnd(place.takes, beginning, at, place.most)
      const taken = beginning.length - at
      if (end === beginning.length && taken < place.most) {
        const rest = { ...place, least: Math.max(0, place.least - taken), most: place.most - taken }
        // However much an endless place has taken, what is left of it is the same.
        if (!(opened && endless(place) && rest.least === 0)) rests.push([rest, ...pattern.slice(index + 1)])
        opened ||= rest.least === 0
        // The rest inside an open place holds the rests behind it.
        if (place.least - taken <= 0) {
          for (let to = at + place.least; to < beginning.length; to++) after.add(to)
          continue
        }
      }
      for (let to = at + place.least; to <= end; to++) after.add(to)
    }
    before = after
  }
  if (before.has(beginning.length)) rests.push([])
  return rests
}

/** Whether the class takes the character with this code (UTF-16). */
export function takesCode(takes: CharClass, code: number): boolean {
  if (code < 128) return takes.ascii[code] === 1
  return takes.kind === 'any' || takes.chars.includes(String.fromCharCode(code)) === (takes.kind === 'in')
}

/**
 * Where an open place may as well end, given what stands behind it: at a text that it cannot run into, or, for a wildcard,
 * at the first text that fits where another wildcard or the end follows. Null where that is not settled, -1 for nowhere.
 */
function onlyEnd(place: Open, next: Place, third: Place | undefined, text: string, at: number, end: number): number | null {
  if (next.text === null) return null
  if (endless(place) && !takesCode(place.takes, next.text.charCodeAt(0))) return end
  if (place.takes !== ANY || !endless(place)) return null
  if (!third) return text.length - next.text.length >= at + place.least ? text.length - next.text.length : -1
  return third.text === null && third.takes === ANY && endless(third) ? text.indexOf(next.text, at + place.least) : null
}

/** Where the characters of the class that stand from here on end. */
function runEnd(takes: CharClass, text: string, from: number, most: number): number {
  const last = Math.min(text.length, from + most)
  if (takes === ANY) return last
  let at = from
  while (at < last && takesCode(takes, text.charCodeAt(at))) at++
  return at
}

/** Whether the rest of the pattern matches the rest of the text: place by place, all positions at which it may stand. */
function reaches(pattern: Pattern, from: number, text: string, at: number): boolean {
  let here = new Uint8Array(text.length + 1)
  let there = new Uint8Array(text.length + 1)
  here[at] = 1
  for (let index = from; index < pattern.length; index++) {
    const place = pattern[index]!
    const any = place.text === null ? spread(place, text, here, there) : follow(place.text, text, here, there)
    if (!any) return false
    const done = here
    here = there
    there = done.fill(0)
  }
  return here[text.length] === 1
}

function follow(literal: string, text: string, here: Uint8Array, there: Uint8Array): boolean {
  let any = false
  for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) {
    if (here[at] !== 1) continue
    there[at + literal.length] = 1
    any = true
  }
  return any
}

function spread(place: Open, text: string, here: Uint8Array, there: Uint8Array): boolean {
  let any = false
  let marked = 0
  let end = -1
  for (let at = 0; at <= text.length; at++) {
    if (here[at] !== 1) continue
    if (end < at || place.most !== Number.POSITIVE_INFINITY) end = runEnd(place.takes, text, at, place.most)
    for (let to = Math.max(marked, at + place.least); to <= end; to++) {
      there[to] = 1
      any = true
    }
    if (end >= at + place.least) marked = Math.max(marked, end + 1)
  }
  return any
}

function endless(place: Place): boolean {
  return place.text === null && place.most === Number.POSITIVE_INFINITY
}

function inAnyCase(char: string): Place {
  const lower = char.toLowerCase()
  const upper = char.toUpperCase()
  if (lower === upper || lower.length !== 1 || upper.length !== 1) return { text: char }
  return { text: null, takes: interned('in', lower + upper), least: 1, most: 1 }
}

import type { Facts, FactValue } from './fields.ts'

const MAX_CHARACTERS = 500
const PLACEHOLDER = /\{([^{}]*)\}/g

/** A sentence with facts in it, written `{path}`. */
export interface Sentence {
  readonly text: string
  fill(facts: Facts): string
}

/** Checks a sentence's placeholders; an Error in one sentence for one that is no fact. */
export function compileSentence(text: string, knownPaths: ReadonlySet<string>): Sentence {
  if (text.length > MAX_CHARACTERS) throw new Error(`a sentence is longer than ${MAX_CHARACTERS} characters`)
  for (const [, path = ''] of text.matchAll(PLACEHOLDER)) {
    if (!knownPaths.has(path)) throw new Error(`"{${path}}" is not a fact; there are ${Array.from(knownPaths).join(', ')}`)
  }
  return { text, fill: (facts) => text.replaceAll(PLACEHOLDER, (_, path: string) => inWords(facts[path])) }
}

/** A whole number with a comma between thousands, the same in every locale. */
export function grouped(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',')
}

function inWords(value: FactValue | undefined): string {
  if (value === undefined) return 'not known'
  if (typeof value === 'object') return value.length === 0 ? 'nothing' : value.map(inWords).join(', ')
  if (typeof value === 'number') return Number.isSafeInteger(value) ? grouped(value) : String(value)
  return String(value)
}

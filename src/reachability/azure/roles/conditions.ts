import { matchesAction } from './definitions.ts'

/** The request that a condition of a role assignment is asked about. */
export interface ConditionRequest {
  readonly action: string
  readonly suboperation: string | null
  /** Attributes with the value they have in this request, by their full name in lower case: `…/containers:name`. */
  readonly attributes: ReadonlyMap<string, string>
}

/** Whether a condition holds; null where it asks of something that is not known, or is not understood. */
export type Truth = boolean | null

const MOST_CHARACTERS = 8_192
const MOST_DEPTH = 50

/**
 * Decides a condition of a role assignment: ActionMatches, SubOperationMatches, and comparisons of text with the attributes
 * of the request. Everything else has an unknown value, which matters only where the rest does not decide.
 * Azure RBAC: "Azure role assignment condition format and syntax".
 */
export function conditionHolds(text: string, request: ConditionRequest): Truth {
  if (text.length > MOST_CHARACTERS) return null
  const tokens = tokensOf(text)
  if (!tokens) return null
  try {
    const reader = new Reader(tokens, request)
    const truth = reader.either(0)
    return reader.atEnd ? truth : null
  } catch (error) {
    if (error instanceof NotUnderstood) return null
    throw error
  }
}

class NotUnderstood extends Error {}

const TOKEN = /\s+|(&&|\|\||[(){},!])|('(?:[^'\\]|\\.)*')|(@[A-Za-z]+\[[^\]]{1,400}\])|([A-Za-z0-9_.:+-]+)/y

function tokensOf(text: string): readonly string[] | null {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text)
    if (!match) return null
    if (match[0].trim() !== '') tokens.push(match[0])
  }
  return tokens
}

class Reader {
  readonly #tokens: readonly string[]
  readonly #request: ConditionRequest
  #at = 0

  constructor(tokens: readonly string[], request: ConditionRequest) {
    this.#tokens = tokens
    this.#request = request
  }

  get atEnd(): boolean {
    return this.#at === this.#tokens.length
  }

  either(depth: number): Truth {
    let truth = this.both(depth)
    while (this.#take('OR') || this.#take('||')) truth = or(truth, this.both(depth))
    return truth
  }

  both(depth: number): Truth {
    let truth = this.single(depth)
    while (this.#take('AND') || this.#take('&&')) truth = and(truth, this.single(depth))
    return truth
  }

  single(depth: number): Truth {
    if (depth > MOST_DEPTH) throw new NotUnderstood()
    if (this.#take('!') || this.#take('NOT')) return not(this.single(depth + 1))
    if (this.#take('(')) {
      const truth = this.either(depth + 1)
      this.#expect(')')
      return truth
    }
    const word = this.#next()
    if (word === 'ActionMatches') return this.#texts().some((pattern) => matchesAction(pattern, this.#request.action))
    if (word === 'SubOperationMatches') {
      const asked = this.#texts()
      return asked.some((name) => name.toLowerCase() === this.#request.suboperation?.toLowerCase())
    }
    if (word === 'Exists' || word === 'NotExists') {
      const isKnown = this.#request.attributes.has(attributeName(this.#next()))
      return isKnown ? word === 'Exists' : null
    }
    if (word.startsWith('@')) return this.#comparison(word)
    throw new NotUnderstood()
  }

  #comparison(attribute: string): Truth {
    const operator = this.#next()
    const given = this.#peek() === '{' ? this.#texts() : [this.#next()].map(plainText)
    const value = attribute.startsWith('@Resource[') ? this.#request.attributes.get(attributeName(attribute)) : undefined
    const compare = COMPARISONS[operator.replace(/^ForAnyOfAnyValues:/, '')]
    if (value === undefined || !compare || given.some((each) => each === null)) return null
    const texts = given as readonly string[]
    // Several values with a plain operator are no documented form.
    if (texts.length !== 1 && !operator.startsWith('ForAnyOfAnyValues:')) return null
    return texts.some((text) => compare(value, text))
  }

  #texts(): readonly string[] {
    this.#expect('{')
    const texts: string[] = []
    do {
      const text = plainText(this.#next())
      if (text === null) throw new NotUnderstood()
      texts.push(text)
    } while (this.#take(','))
    this.#expect('}')
    return texts
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at]
  }

  #next(): string {
    const token = this.#tokens[this.#at++]
    if (token === undefined) throw new NotUnderstood()
    return token
  }

  #take(token: string): boolean {
    if (this.#peek()?.toUpperCase() !== token) return false
    this.#at++
    return true
  }

  #expect(token: string): void {
    if (this.#next() !== token) throw new NotUnderstood()
  }
}

function plainText(token: string): string | null {
  return token.startsWith("'") ? token.slice(1, -1) : null
}

function attributeName(token: string): string {
  return token
    .replace(/^@[A-Za-z]+\[/, '')
    .replace(/\]$/, '')
    .toLowerCase()
}

const COMPARISONS: Readonly<Record<string, (value: string, text: string) => boolean>> = {
  StringEquals: (value, text) => value === text,
  StringNotEquals: (value, text) => value !== text,
  StringEqualsIgnoreCase: (value, text) => value.toLowerCase() === text.toLowerCase(),
  StringNotEqualsIgnoreCase: (value, text) => value.toLowerCase() !== text.toLowerCase(),
  StringStartsWith: (value, text) => value.startsWith(text),
  StringNotStartsWith: (value, text) => !value.startsWith(text),
  StringStartsWithIgnoreCase: (value, text) => value.toLowerCase().startsWith(text.toLowerCase()),
}

function and(left: Truth, right: Truth): Truth {
  if (left === false || right === false) return false
  return left === null || right === null ? null : true
}

function or(left: Truth, right: Truth): Truth {
  return not(and(not(left), not(right)))
}

function not(truth: Truth): Truth {
  return truth === null ? null : !truth
}

import type { Known } from '../../../readings.ts'
import { type Token, tokens } from './tokens.ts'

interface Placed {
  /** Where the expression stands in the condition, so that a doubt can quote it. */
  readonly from: number
  readonly to: number
}

/** An expression of the Common Expression Language. */
export type Expression = Placed &
  (
    | { readonly kind: 'constant'; readonly value: boolean | bigint | number | string | null }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'select'; readonly of: Expression; readonly field: string }
    | { readonly kind: 'index'; readonly of: Expression; readonly at: Expression }
    | { readonly kind: 'call'; readonly target: Expression | null; readonly name: string; readonly args: readonly Expression[] }
    | { readonly kind: 'list'; readonly items: readonly Expression[] }
    | { readonly kind: 'not' | 'minus'; readonly of: Expression }
    | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
    | { readonly kind: 'choice'; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
  )

const MOST_DEPTH = 60
const MOST_PARTS = 4_000

/** Reads a condition. Maps, macros and messages are not read: no condition of Google's documents has any. */
export function parseCondition(source: string): Known<Expression> {
  const words = tokens(source)
  if ('problem' in words) return words
  try {
    return { known: new Parser(words.known).whole() }
  } catch (error) {
    if (error instanceof NotUnderstood) return { problem: error.message }
    throw error
  }
}

class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood'
}

/** The operators by how loosely they bind, loosest first. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
]

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0
  #parts = 0

  constructor(words: readonly Token[]) {
    this.#tokens = words
  }

  whole(): Expression {
    const expression = this.#choice()
    if (this.#next.kind !== 'end') throw this.#unexpected()
    return expression
  }

  get #next(): Token {
    return this.#tokens[this.#at]!
  }

  #choice(): Expression {
    if (++this.#depth > MOST_DEPTH) throw new NotUnderstood('a condition that is nested too deeply')
    const test = this.#operation(0)
    let expression = test
    if (this.#skip('?')) {
      const then = this.#operation(0)
      this.#expect(':')
      const otherwise = this.#choice()
      expression = this.#made({ kind: 'choice', test, then, otherwise, from: test.from, to: otherwise.to })
    }
    this.#depth--
    return expression
  }

  #operation(level: number): Expression {
    const operators = LEVELS[level]
    if (!operators) return this.#unary()
    let left = this.#operation(level + 1)
    while (operators.includes(this.#next.text) && ['symbol', 'name'].includes(this.#next.kind)) {
      const operator = this.#take().text
      const right = this.#operation(level + 1)
      left = this.#made({ kind: 'binary', operator, left, right, from: left.from, to: right.to })
    }
    return left
  }

  #unary(): Expression {
    const start = this.#next
    for (const [symbol, kind] of [
      ['!', 'not'],
      ['-', 'minus'],
    ] as const) {
      if (!this.#skip(symbol)) continue
      if (++this.#depth > MOST_DEPTH) throw new NotUnderstood('a condition that is nested too deeply')
      const of = this.#unary()
      this.#depth--
      return this.#made({ kind, of, from: start.from, to: of.to })
    }
    return this.#member(this.#primary())
  }

  #member(start: Expression): Expression {
    let of = start
    while (true) {
      if (this.#skip('.')) {
        const field = this.#take('name')
        const args = this.#skip('(') ? this.#list(')') : null
        const to = this.#tokens[this.#at - 1]!.to
        of = this.#made(
          args
            ? { kind: 'call', target: of, name: field.text, args, from: of.from, to }
            : { kind: 'select', of, field: field.text, from: of.from, to },
        )
      } else if (this.#skip('[')) {
        const at = this.#choice()
        const to = this.#expect(']').to
        of = this.#made({ kind: 'index', of, at, from: of.from, to })
      } else return of
    }
  }

  #primary(): Expression {
    const token = this.#take()
    const { from, to } = token
    switch (token.kind) {
      case 'text':
        return this.#made({ kind: 'constant', value: token.text, from, to })
      case 'int':
        return this.#made({ kind: 'constant', value: BigInt(token.text), from, to })
      case 'double':
        return this.#made({ kind: 'constant', value: Number(token.text), from, to })
      case 'name':
        return this.#named(token)
      default:
        if (token.text === '(') {
          const inner = this.#choice()
          return { ...inner, from, to: this.#expect(')').to }
        }
        if (token.text === '[') {
          const items = this.#list(']')
          return this.#made({ kind: 'list', items, from, to: this.#tokens[this.#at - 1]!.to })
        }
        this.#at--
        throw this.#unexpected()
    }
  }

  #named({ text, from, to }: Token): Expression {
    const constants: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null }
    if (Object.hasOwn(constants, text)) return this.#made({ kind: 'constant', value: constants[text]!, from, to })
    if (!this.#skip('(')) return this.#made({ kind: 'name', name: text, from, to })
    const args = this.#list(')')
    return this.#made({ kind: 'call', target: null, name: text, args, from, to: this.#tokens[this.#at - 1]!.to })
  }

  #list(closing: string): readonly Expression[] {
    const items: Expression[] = []
    while (!this.#skip(closing)) {
      if (items.length > 0) {
        this.#expect(',')
        // A comma may stand after the last item of a list.
        if (closing === ']' && this.#skip(closing)) break
      }
      items.push(this.#choice())
    }
    return items
  }

  #made(expression: Expression): Expression {
    if (++this.#parts > MOST_PARTS) throw new NotUnderstood('a condition of too many parts')
    return expression
  }

  #take(kind?: Token['kind']): Token {
    const token = this.#next
    if (kind !== undefined && token.kind !== kind) throw this.#unexpected()
    if (token.kind !== 'end') this.#at++
    else if (kind === undefined) throw this.#unexpected()
    return token
  }

  #skip(symbol: string): boolean {
    const found = this.#next.kind === 'symbol' && this.#next.text === symbol
    if (found) this.#at++
    return found
  }

  #expect(symbol: string): Token {
    const token = this.#next
    if (!this.#skip(symbol)) throw this.#unexpected()
    return token
  }

  #unexpected(): NotUnderstood {
    return new NotUnderstood(`a condition that is not understood at character ${this.#next.from}`)
  }
}

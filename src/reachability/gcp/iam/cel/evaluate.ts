import type { Known } from '../../../readings.ts'
import { extractChosen, extractFrom, extractTemplate, onlyQuestion, opposite, textQuestion } from './chosen.ts'
import type { Expression } from './parse.ts'
import { tagQuestion, type Tag } from './tags.ts'
import { DATE_PARTS, datePart, durationOf, timestampOf } from './time.ts'
import { type CelValue, equalValues, ERROR, isMoment, type Moment, orderOf, type Outcome, asValue } from './values.ts'

/** What a condition can ask about. */
export interface CelEnvironment {
  /** An attribute by its dotted path, `resource.name`; null where there is none of that name. */
  readonly attribute: (path: string) => Outcome | null
  /** `api.getAttribute(name, otherwise)`. */
  readonly apiAttribute: (name: string, otherwise: CelValue) => Outcome
  readonly tags: Known<readonly Tag[]>
}

const NOT_KNOWN: Outcome = { kind: 'unknown', what: '' }

/** What an expression comes to in this environment. Whatever is not modelled is not known, and never false. */
export function evaluate(expression: Expression, environment: CelEnvironment): Outcome {
  const inner = (part: Expression) => evaluate(part, environment)
  switch (expression.kind) {
    case 'constant':
      return asValue(expression.value)
    case 'name':
    case 'select': {
      const path = pathOf(expression)
      return (path === null ? null : environment.attribute(path)) ?? NOT_KNOWN
    }
    case 'index':
      return NOT_KNOWN
    case 'list':
      return listOf(expression.items.map(inner))
    case 'not': {
      const outcome = inner(expression.of)
      return outcome.kind === 'chosen-text' || outcome.kind === 'chosen-list' ? ERROR : opposite(outcome)
    }
    case 'minus':
      return onValues([inner(expression.of)], ([value]) =>
        typeof value === 'bigint' || typeof value === 'number' ? asValue(-value) : ERROR,
      )
    case 'choice': {
      const test = inner(expression.test)
      if (test.kind !== 'value') return test.kind === 'error' ? ERROR : NOT_KNOWN
      return typeof test.value === 'boolean' ? inner(test.value ? expression.then : expression.otherwise) : ERROR
    }
    case 'binary':
      return binary(expression.operator, inner(expression.left), () => inner(expression.right))
    case 'call':
      return call(expression, environment)
  }
}

/** The dotted path that an expression spells: `request.auth.claims`; null for what is none. */
export function pathOf(expression: Expression): string | null {
  if (expression.kind === 'name') return expression.name
  if (expression.kind !== 'select') return null
  const of = pathOf(expression.of)
  return of === null ? null : `${of}.${expression.field}`
}

function binary(operator: string, left: Outcome, rightOf: () => Outcome): Outcome {
  const right = rightOf()
  switch (operator) {
    case '&&':
      return joined(left, right, false)
    case '||':
      return joined(left, right, true)
    case '==':
      return equality(left, right)
    case '!=':
      return opposite(equality(left, right))
    case 'in':
      return membership(left, right)
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return onValues([left, right], ([a, b]) => arithmetic(operator, a!, b!))
    default:
      return onValues([left, right], ([a, b]) => {
        const order = orderOf(a!, b!)
        if (order === null) return ERROR
        return asValue(operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0)
      })
  }
}

/** One side alone decides an `||` by true and an `&&` by false, whatever the other is: even an error. */
function joined(left: Outcome, right: Outcome, deciding: boolean): Outcome {
  const decides = (side: Outcome) => side.kind === 'value' && side.value === deciding
  if (decides(left) || decides(right)) return asValue(deciding)
  const passes = (side: Outcome) => side.kind === 'value' && side.value === !deciding
  if (passes(left)) return asAnswer(right)
  if (passes(right)) return asAnswer(left)
  return isError(left) && isError(right) ? ERROR : NOT_KNOWN
}

function asAnswer(outcome: Outcome): Outcome {
  return isError(outcome) ? ERROR : outcome
}

function isError(outcome: Outcome): boolean {
  if (outcome.kind === 'value') return typeof outcome.value !== 'boolean'
  return outcome.kind === 'error' || outcome.kind === 'chosen-text' || outcome.kind === 'chosen-list'
}

function equality(left: Outcome, right: Outcome): Outcome {
  if (left.kind === 'error' || right.kind === 'error') return ERROR
  if (left.kind === 'value' && right.kind === 'value') return asValue(equalValues(left.value, right.value))
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (other.kind !== 'value') continue
    if (one.kind === 'chosen-text') {
      return typeof other.value === 'string' ? textQuestion(one, 'equals', [other.value]) : asValue(false)
    }
    if (one.kind === 'literal' && typeof other.value === 'boolean') return other.value ? one : opposite(one)
  }
  return NOT_KNOWN
}

function membership(left: Outcome, right: Outcome): Outcome {
  if (left.kind === 'error' || right.kind === 'error') return ERROR
  if (right.kind !== 'value') return NOT_KNOWN
  const items = right.value
  if (!Array.isArray(items)) return ERROR
  if (left.kind === 'value') return asValue(items.some((item: CelValue) => equalValues(item, left.value)))
  const texts = items.filter((item: CelValue): item is string => typeof item === 'string')
  return left.kind === 'chosen-text' ? textQuestion(left, 'equals', texts) : NOT_KNOWN
}

const MOST_ITEMS = 10_000
const INTEGERS = { least: -(2n ** 63n), most: 2n ** 63n - 1n }

function arithmetic(operator: string, left: CelValue, right: CelValue): Outcome {
  if (typeof left === 'string' && typeof right === 'string') return operator === '+' ? asValue(left + right) : ERROR
  if (Array.isArray(left) && Array.isArray(right)) {
    if (operator !== '+') return ERROR
    return left.length + right.length > MOST_ITEMS ? NOT_KNOWN : asValue([...left, ...right])
  }
  if (isMoment(left) && isMoment(right)) return momentSum(operator, left, right)
  if (typeof left === 'number' && typeof right === 'number') {
    const sums: Readonly<Record<string, number>> = { '+': left + right, '-': left - right, '*': left * right, '/': left / right }
    return sums[operator] === undefined ? ERROR : asValue(sums[operator])
  }
  if (typeof left !== 'bigint' || typeof right !== 'bigint') return ERROR
  if (right === 0n && (operator === '/' || operator === '%')) return ERROR
  const result =
    operator === '+'
      ? left + right
      : operator === '-'
        ? left - right
        : operator === '*'
          ? left * right
          : divided(operator, left, right)
  return result < INTEGERS.least || result > INTEGERS.most ? ERROR : asValue(result)
}

function divided(operator: string, left: bigint, right: bigint): bigint {
  return operator === '/' ? left / right : left % right
}

function momentSum(operator: string, left: Moment, right: Moment): Outcome {
  const kinds = `${left.kind} ${operator} ${right.kind}`
  const made = (kind: Moment['kind'], nanoseconds: bigint) => asValue({ kind, nanoseconds })
  switch (kinds) {
    case 'timestamp + duration':
    case 'duration + timestamp':
      return made('timestamp', left.nanoseconds + right.nanoseconds)
    case 'timestamp - duration':
      return made('timestamp', left.nanoseconds - right.nanoseconds)
    case 'timestamp - timestamp':
    case 'duration - duration':
      return made('duration', left.nanoseconds - right.nanoseconds)
    case 'duration + duration':
      return made('duration', left.nanoseconds + right.nanoseconds)
    default:
      return ERROR
  }
}

type Call = Extract<Expression, { kind: 'call' }>

function call(expression: Call, environment: CelEnvironment): Outcome {
  const { target, name, args } = expression
  const values = args.map((argument) => evaluate(argument, environment))
  if (target === null) return onValues(values, (known) => plainFunction(name, known))
  const path = pathOf(target)
  if (path === 'api' && name === 'getAttribute') {
    return onValues(values, ([key, otherwise]) =>
      typeof key === 'string' && otherwise !== undefined ? environment.apiAttribute(key, otherwise) : ERROR,
    )
  }
  if (path === 'resource') return onValues(values, (known) => tagQuestion(name, known, environment.tags))
  const of = evaluate(target, environment)
  return onValues(values, (known) => method(of, name, known))
}

function plainFunction(name: string, [argument, ...more]: readonly CelValue[]): Outcome {
  if (argument === undefined || more.length > 0) return NOT_KNOWN
  if (name === 'timestamp' || name === 'duration') {
    if (isMoment(argument)) return argument.kind === name ? asValue(argument) : ERROR
    if (typeof argument !== 'string') return NOT_KNOWN
    const moment = name === 'timestamp' ? timestampOf(argument) : durationOf(argument)
    // A spelling that is not read here may still be one that Google reads.
    return moment ? asValue(moment) : NOT_KNOWN
  }
  if (name === 'size') return sizeOf(argument)
  return NOT_KNOWN
}

function sizeOf(value: CelValue): Outcome {
  if (typeof value === 'string') return asValue(BigInt([...value].length))
  return Array.isArray(value) ? asValue(BigInt(value.length)) : ERROR
}

function method(of: Outcome, name: string, args: readonly CelValue[]): Outcome {
  if (of.kind === 'error') return ERROR
  const [argument] = args
  if (of.kind === 'chosen-list') {
    return name === 'hasOnly' && isTextList(argument) ? onlyQuestion(of, argument) : NOT_KNOWN
  }
  if (of.kind === 'chosen-text') {
    if (typeof argument !== 'string' || args.length !== 1) return NOT_KNOWN
    if (name === 'startsWith' || name === 'endsWith' || name === 'contains') return textQuestion(of, name, [argument])
    if (name !== 'extract') return NOT_KNOWN
    const template = extractTemplate(argument)
    return (template && extractChosen(of, template)) ?? NOT_KNOWN
  }
  return of.kind === 'value' ? methodOfValue(of.value, name, args) : NOT_KNOWN
}

function methodOfValue(value: CelValue, name: string, args: readonly CelValue[]): Outcome {
  const [argument] = args
  if (name === 'size' && args.length === 0) return sizeOf(value)
  if (isMoment(value) && value.kind === 'timestamp' && DATE_PARTS.has(name)) {
    const zone = argument ?? 'UTC'
    if (typeof zone !== 'string' || args.length > 1) return ERROR
    const part = datePart(name, value, zone)
    return part === null || part === undefined ? ERROR : asValue(part)
  }
  if (name === 'hasOnly' && isTextList(value) && isTextList(argument)) {
    return asValue(value.every((item) => argument.includes(item)))
  }
  if (typeof value !== 'string') return NOT_KNOWN
  if (typeof argument !== 'string' || args.length !== 1) return NOT_KNOWN
  switch (name) {
    case 'startsWith':
      return asValue(value.startsWith(argument))
    case 'endsWith':
      return asValue(value.endsWith(argument))
    case 'contains':
      return asValue(value.includes(argument))
    case 'extract': {
      const template = extractTemplate(argument)
      return template ? asValue(extractFrom(value, template)) : NOT_KNOWN
    }
    default:
      return NOT_KNOWN
  }
}

function isTextList(value: CelValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function listOf(items: readonly Outcome[]): Outcome {
  return onValues(items, (values) => asValue(values))
}

/** Goes on with values; errors go before what is not known, which does not change them. */
function onValues(outcomes: readonly Outcome[], then: (values: readonly CelValue[]) => Outcome): Outcome {
  const values: CelValue[] = []
  for (const outcome of outcomes) {
    if (outcome.kind === 'error') return ERROR
    if (outcome.kind === 'value') values.push(outcome.value)
  }
  return values.length === outcomes.length ? then(values) : NOT_KNOWN
}

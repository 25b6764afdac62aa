import { isCelError, run } from '@bufbuild/cel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isKnown } from '../../../readings.ts'
import { type CelEnvironment, evaluate } from './evaluate.ts'
import { parseCondition } from './parse.ts'
import { timestampOf } from './time.ts'
import { asValue, type CelValue, isMoment, type Outcome } from './values.ts'

const NOW = '2023-05-31T23:30:15.250Z'
const NAME = 'projects/_/buckets/b/objects/public/x.csv'
const ENVIRONMENT: CelEnvironment = {
  tags: { known: [] },
  attribute: (path) => (path === 'resource.name' ? asValue(NAME) : path === 'request.time' ? asValue(timestampOf(NOW)!) : null),
  apiAttribute: () => ({ kind: 'unknown', what: '' }),
}

function outcomeOf(expression: string): Outcome | { readonly kind: 'problem' } {
  const parsed = parseCondition(expression)
  return isKnown(parsed) ? evaluate(parsed.known, ENVIRONMENT) : { kind: 'problem' }
}

/** What the other implementation makes of it: a value as text, or an error. */
function other(expression: string): string {
  const result = run(expression, { resource: { name: NAME }, request: { time: run(`timestamp('${NOW}')`) as never } })
  return isCelError(result) ? 'error' : String(result)
}

function shown(value: CelValue): string {
  return isMoment(value) ? `${value.kind} ${value.nanoseconds}` : String(value)
}

describe('conditions with values alone', () => {
  it.each([
    '1 + 2 * 3 == 7',
    '-7 / 2 == -3',
    '-7 % 3',
    '7 - -2',
    '1 / 0 == 1',
    '9223372036854775807 + 1 == 0',
    '1.5 + 1.5 == 3.0',
    '1 == 1.0',
    "'a' + 'b' == 'ab'",
    "'a' < 'b' && 'B' < 'a'",
    "'a' == 1",
    "'x' in ['x', 'y']",
    '1 in [1.0, 2.0]',
    "size('naïve') == 5",
    "'naïve'.size()",
    "'abc'.startsWith('ab') ? 'yes' : 'no'",
    "'abc'.endsWith('bc') && 'abc'.contains('b')",
    "!('abc'.contains('d'))",
    'true || 1 / 0 == 1',
    '1 / 0 == 1 || true',
    'false && 1 / 0 == 1',
    '1 / 0 == 1 && false',
    '1 / 0 == 1 || false',
    '1 / 0 == 1 && true',
    '!(1 / 0 == 1)',
    '[1, 2] == [1.0, 2.0]',
    'null == null',
    'true != false',
    'false < true',
    "'\\u00e9\\n\\x41\\101' == 'é\\nAA'",
    "r'\\n' == '\\\\n'",
    "'''it's''' == \"it's\"",
    '0x1F == 31 // a remark\n && true',
    "resource.name == 'projects/_/buckets/b/objects/public/x.csv'",
    "request.time > timestamp('2023-05-31T23:30:15.249999Z')",
    "request.time < timestamp('2023-06-01T08:30:15.251+09:00')",
    "request.time - timestamp('2023-05-31T00:00:00Z') < duration('24h')",
    "request.time + duration('-1h30m') < request.time",
    'request.time.getFullYear()',
    'request.time.getMonth()',
    'request.time.getDate()',
    'request.time.getDayOfMonth()',
    'request.time.getDayOfWeek()',
    'request.time.getDayOfYear()',
    'request.time.getHours()',
    'request.time.getMinutes()',
    'request.time.getSeconds()',
    'request.time.getMilliseconds()',
    "request.time.getHours('Asia/Tokyo')",
    "request.time.getDate('Asia/Tokyo')",
    "request.time.getDayOfWeek('Asia/Tokyo')",
    "request.time.getDayOfYear('America/New_York')",
    "request.time.getHours('-08:00')",
    "request.time.getHours('Nowhere/Place')",
  ])('%s is what the other implementation says', (expression) => {
    const outcome = outcomeOf(expression)
    expect(outcome.kind === 'value' ? shown(outcome.value) : outcome.kind).toBe(other(expression))
  })

  const constant = fc.constantFrom('1', '2', '-1', '1.5', "'a'", "'b'", 'true', 'false', 'null', '0', '[1]', "['a']")
  const random = fc.letrec<{ any: string }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      { arbitrary: constant, weight: 3 },
      {
        arbitrary: fc
          .tuple(
            fc.constantFrom('&&', '||', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%', 'in'),
            tie('any'),
            tie('any'),
          )
          .map(([operator, left, right]) => `(${left} ${operator} ${right})`),
        weight: 4,
      },
      { arbitrary: tie('any').map((of) => `!(${of} == 1)`), weight: 1 },
      { arbitrary: fc.tuple(tie('any'), tie('any'), tie('any')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`), weight: 1 },
    ),
  })).any

  it('agrees on random expressions, or does not know', () => {
    fc.assert(
      fc.property(random, (expression) => {
        const outcome = outcomeOf(expression)
        if (outcome.kind === 'unknown' || outcome.kind === 'problem') return
        const expected = other(expression)
        // What is no truth is no grant: lists and numbers are compared as far as a condition can tell.
        const isTrue = outcome.kind === 'value' && outcome.value === true
        expect({ expression, isTrue }).toEqual({ expression, isTrue: expected === 'true' })
      }),
      { numRuns: process.env.AJAR_NIGHTLY ? 20_000 : 1_000, seed: 4 },
    )
  })

  it.each([
    ["resource.name.extract('/objects/{folder}/') == 'public'", true],
    ["resource.name.extract('objects/{rest}') == 'public/x.csv'", true],
    ["resource.name.extract('{start}/') == 'projects'", true],
    ["resource.name.extract('nowhere/{x}') == ''", true],
    ["resource.name.extract('/objects/{x}/nowhere') == ''", true],
    ["resource.name.extract('.{ending}') == 'csv'", true],
    ["['a'].hasOnly(['a', 'b'])", true],
    ["['a', 'c'].hasOnly(['a', 'b'])", false],
  ])('%s is %s by the documents of Google', (expression, expected) => {
    expect(outcomeOf(expression)).toEqual({ kind: 'value', value: expected })
  })

  it.each([
    'resource.name',
    'resource.nam == 1',
    "request.host == 'x'",
    "'a'.matches('b')",
    'date(1)',
    "{'a': 1}",
    'a[0]',
    '[1].exists(x, x == 1)',
  ])('%s is not taken for false', (expression) => {
    const outcome = outcomeOf(expression)
    expect(outcome.kind === 'value' && outcome.value === false).toBe(false)
  })

  it.each([
    ["'abc", 'a text without an end'],
    ['(1', 'a parenthesis without an end'],
    ['1 +', 'an operator without an end'],
    ['1 2', 'two values in a row'],
    ["'\\q'", 'an escape that does not exist'],
    ['#', 'a sign that does not exist'],
    [`${'('.repeat(200)}1${')'.repeat(200)}`, 'too many parentheses'],
    [`${'!'.repeat(500)}true`, 'too many signs'],
    [`1${' + 1'.repeat(5000)}`, 'too many parts'],
    ['x'.repeat(30_000), 'too many characters'],
  ])('%#: %s is a problem: %s', (expression) => {
    expect(outcomeOf(expression).kind).toBe('problem')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCESSES } from '../model/index.ts'
import { answerReachQuestion, MODELLED_TYPES, parseReachQuestion, ReachQuestionError } from './index.ts'
import { questionOf, type TrickyCase, trickyCases } from './testing/tricky-cases.ts'

const RUNS = process.env.AJAR_NIGHTLY ? 40_000 : 3_000
const AUDIENCES = ['anyone', 'any-identity', 'named', 'none', 'undecided']
type Tree = { [key: string]: unknown } | unknown[]

/** The audiences of any question at all, or the message of the error that says what of it is not understood. */
function answer(question: unknown): Readonly<Record<string, string>> | string {
  try {
    const { verdicts } = answerReachQuestion(parseReachQuestion(question))
    expect(Object.keys(verdicts).toSorted()).toEqual([...ACCESSES].toSorted())
    for (const { audience, witness, because } of Object.values(verdicts)) {
      expect(AUDIENCES).toContain(audience)
      expect(witness !== null).toBe(!['none', 'undecided'].includes(audience))
      expect(because.length).toBeGreaterThan(0)
      expect(because.join()).not.toContain('internal contradiction')
    }
    return Object.fromEntries(Object.entries(verdicts).map(([access, { audience }]) => [access, audience]))
  } catch (error) {
    if (error instanceof ReachQuestionError) return error.message
    throw error
  }
}

const CASES = trickyCases().flatMap(({ cases }) => cases)
const tricky = fc.constantFrom(...CASES)

const ODD_TEXT = fc.constantFrom(
  '',
  '*',
  '**',
  '?',
  `\${`,
  `\${}`,
  `\${aws:username`,
  '\u0000',
  '\ud800',
  '\u{1f600}',
  'arn:',
  'arn:aws:s3:::',
  'arn:::::',
  ':::::::',
  '999.999.999.999/99',
  '::/129',
  '1/0',
  '__proto__',
  'constructor',
  'toString',
  'Allow ',
  'ALLOW',
  '0x10',
  '1e999',
  '-0',
  'NaN',
  'true ',
  '2012-10-17',
  'a'.repeat(3_000),
  '*a'.repeat(300),
  '*?'.repeat(200),
  '9999-99-99',
)
const odd: fc.Arbitrary<unknown> = fc.oneof(
  ODD_TEXT,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(null, [], {}, true, 0, -1, 1e308, 2 ** 53, [[]], [null], { '': '' }),
  fc
    .constantFrom('__proto__', 'constructor', 'hasOwnProperty', 'length')
    .map((key) => JSON.parse(`{"${key}":{"AWS":"*"}}`) as unknown),
  fc.integer({ min: 1, max: 3_000 }).map((length) => Array.from({ length }, (_, at) => `v${at}`)),
  fc.integer({ min: 2, max: 90 }).map((depth) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown),
  fc.integer({ min: 2, max: 60 }).map((depth) => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`) as unknown),
)

/** Every place in a tree: the container and the key in it. */
function placesIn(tree: unknown): { readonly of: Tree; readonly key: string }[] {
  if (typeof tree !== 'object' || tree === null) return []
  return Object.keys(tree).flatMap((key) => [{ of: tree as Tree, key }, ...placesIn((tree as Record<string, unknown>)[key])])
}

function put(of: Tree, key: string, value: unknown): void {
  Object.defineProperty(of, key, { value, enumerable: true, configurable: true, writable: true })
}

describe('any JSON gives a verdict or a clear error', () => {
  it('as a question', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (question) => {
        answer(question)
      }),
      { numRuns: RUNS / 10, seed: 51 },
    )
  })

  it.each(MODELLED_TYPES.map((type) => ({ type })))('as a setting of $type', ({ type }) => {
    const names = facetsOf(type)
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), odd, { maxKeys: 6 }), (settings) => {
        answer({ id: 'q', asOf: '2023-05-31T00:00:00Z', resource: { ...nameOf(type), ...settings } })
      }),
      { numRuns: Math.max(20, Math.ceil(RUNS / MODELLED_TYPES.length)), seed: 52 },
    )
  })

  it('in any place of a tricky case', { timeout: RUNS * 100 }, () => {
    fc.assert(
      fc.property(tricky, fc.nat(), odd, fc.constantFrom('value', 'name', 'drop'), (one, which, value, what) => {
        const question = structuredClone(questionOf(one))
        const places = placesIn(question)
        const { of, key } = places[which % places.length]!
        if (what === 'value') put(of, key, value)
        else if (Array.isArray(of)) of.splice(Number(key), 1)
        else {
          const { [key]: moved } = of
          delete of[key]
          if (what === 'name') put(of, `${key}${typeof value === 'string' ? value.slice(0, 40) : 'x'}`, moved)
        }
        answer(question)
      }),
      { numRuns: RUNS, seed: 53 },
    )
  })
})

const ELEMENTS = [
  'Version',
  'Statement',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
  'AWS',
  'Service',
  'CanonicalUser',
]
const OPERATOR = /^(ForA(ll|ny)Values?:)?(String|Numeric|Date|Arn|Bool|IpAddress|NotIpAddress|Null)/

/** Names in policies that have a meaning only as they are: elements, kinds of principals, operators, and their values. */
function meaningful(question: unknown): { readonly of: Tree; readonly key: string }[] {
  const isAws = (JSON.stringify(question) ?? '').includes('"type":"AWS::')
  return isAws
    ? placesIn(question).filter(({ of, key }) => !Array.isArray(of) && (ELEMENTS.includes(key) || OPERATOR.test(key)))
    : []
}

it('a door that is open is not closed by what is misspelt in a policy', { timeout: RUNS * 100 }, () => {
  let tried = 0
  fc.assert(
    fc.property(tricky, fc.nat(), fc.constantFrom('x', ' ', 's', '\u200b', '__proto__'), (one: TrickyCase, which, with_) => {
      const question = structuredClone(questionOf(one))
      const before = answer(question)
      const places = meaningful(question)
      if (typeof before === 'string' || places.length === 0) return
      const { of, key } = places[which % places.length]!
      const members = of as Record<string, unknown>
      const value = members[key]
      if ((key === 'Effect' || key === 'Version') && which % 2 === 0) put(of, key, `${String(value)}${with_}`)
      else {
        delete members[key]
        put(of, `${key}${with_}`, value)
      }
      const after = answer(question)
      for (const access of ACCESSES) {
        if (before[access] === 'none' || before[access] === 'undecided') continue
        tried += 1
        expect({
          name: one.name,
          misspelt: `${key}${with_}`,
          access,
          after: typeof after === 'string' ? 'error' : after[access],
        }).not.toMatchObject({ after: 'none' })
      }
    }),
    { numRuns: RUNS, seed: 54 },
  )
  expect(tried).toBeGreaterThan(RUNS / 4)
})

/** The settings that the tricky cases know of a type, and some of any. */
function facetsOf(type: string): readonly string[] {
  const any = [
    'policy',
    'acl',
    'publicAccessBlock',
    'resourceControlPolicies',
    'encryption',
    'tags',
    'firewall',
    'properties',
    'iam',
    'networkRules',
  ]
  const known = CASES.flatMap((one) => {
    const { resource } = questionOf(one) as { resource: Record<string, unknown> }
    return resource.type === type
      ? Object.keys(resource).filter((name) => !['type', 'arn', 'id', 'account', 'region', 'name'].includes(name))
      : []
  })
  return [...new Set([...known, ...any])].sort()
}

/** The names of a resource of the type, taken from a case where there is one. */
function nameOf(type: string): object {
  for (const one of CASES) {
    const { resource } = questionOf(one) as { resource: Record<string, unknown> }
    if (resource.type !== type) continue
    const names = ['type', 'arn', 'id', 'account', 'region', 'name'].filter((name) => resource[name] !== undefined)
    return Object.fromEntries(names.map((name) => [name, resource[name]]))
  }
  return {
    type,
    id: type.startsWith('AWS::') ? 'arn:aws:x:us-east-1:111111111111:y/z' : 'some/resource',
    account: '111111111111',
    region: 'us-east-1',
  }
}

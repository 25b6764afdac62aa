import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCESSES, type Access, type Audience, type Json, type Verdicts } from '../model/index.ts'
import { decide } from './index.ts'
import { OWNER, randomPolicy, randomSettings, ZONE } from './testing/random-buckets.ts'

type Members = Readonly<Record<string, Json>>

const RUNS = { numRuns: process.env.AJAR_NIGHTLY ? 3_000 : 80, seed: 4 }
const WIDTH: readonly Audience[] = ['none', 'named', 'any-identity', 'anyone']

function decideBucket(policy: Json, settings: Members): Verdicts {
  const facets = Object.fromEntries(
    Object.entries({ policy, ...settings }).map(([facet, value]) => [
      facet,
      value === null ? ({ status: 'absent' } as const) : ({ status: 'read', value } as const),
    ]),
  )
  const resource = { id: 'arn:aws:s3:::b', type: 'AWS::S3::Bucket', account: OWNER, region: 'ap-northeast-1', name: 'b' }
  return decide({ resource, facets }, { zone: ZONE, asOf: '2023-05-31T00:00:00Z' })
}

function widths(policy: Json, settings: Members): Record<Access, number> {
  const verdicts = decideBucket(policy, settings)
  return Object.fromEntries(ACCESSES.map((access) => [access, WIDTH.indexOf(verdicts[access].audience)])) as Record<
    Access,
    number
  >
}

function statementsOf(policy: Members): readonly Members[] {
  return [policy.Statement].flat() as readonly Members[]
}

function withStatements(policy: Members, statements: readonly Members[]): Json {
  return { ...policy, Statement: statements as readonly Json[] }
}

describe('laws of reach', () => {
  it('an added Deny never opens', () => {
    fc.assert(
      fc.property(randomPolicy, randomPolicy, randomSettings, (policy, other, settings) => {
        const denies = statementsOf(other).map((statement) => ({ ...statement, Effect: 'Deny' }))
        const before = widths(policy, settings)
        const after = widths(withStatements(policy, [...statementsOf(policy), ...denies]), settings)
        for (const access of ACCESSES) expect(after[access]).toBeLessThanOrEqual(before[access])
      }),
      RUNS,
    )
  })

  it('a condition dropped from an Allow never closes', () => {
    fc.assert(
      fc.property(randomPolicy, randomSettings, (policy, settings) => {
        const looser = statementsOf(policy).map(({ Condition, ...statement }) =>
          statement.Effect === 'Allow' || Condition === undefined ? statement : { ...statement, Condition },
        )
        const before = widths(policy, settings)
        const after = widths(withStatements(policy, looser), settings)
        for (const access of ACCESSES) expect(after[access]).toBeGreaterThanOrEqual(before[access])
      }),
      RUNS,
    )
  })

  it.each([
    { name: 'the order of statements', change: (statements: readonly Members[]) => statements.toReversed() },
    { name: 'the case of key names', change: (statements: readonly Members[]) => statements.map(upperCaseKeys) },
    { name: 'an address range in two halves', change: (statements: readonly Members[]) => statements.map(splitRanges) },
    { name: 'a statement said twice', change: (statements: readonly Members[]) => [...statements, ...statements] },
  ])('$name changes no audience', ({ change }) => {
    fc.assert(
      fc.property(randomPolicy, randomSettings, (policy, settings) => {
        expect(widths(withStatements(policy, change(statementsOf(policy))), settings)).toEqual(widths(policy, settings))
      }),
      RUNS,
    )
  })

  it('a block never opens', () => {
    fc.assert(
      fc.property(randomPolicy, randomSettings, fc.boolean(), (policy, settings, ofAccount) => {
        const block = { IgnorePublicAcls: true, RestrictPublicBuckets: true }
        const before = widths(policy, settings)
        const after = widths(policy, { ...settings, [ofAccount ? 'accountPublicAccessBlock' : 'publicAccessBlock']: block })
        for (const access of ACCESSES) expect(after[access]).toBeLessThanOrEqual(before[access])
      }),
      RUNS,
    )
  })

  it('a setting that is not read is decided only as every value of it would be', () => {
    const settingNames = ['acl', 'objectOwnership', 'publicAccessBlock', 'accountPublicAccessBlock'] as const
    fc.assert(
      fc.property(
        randomPolicy,
        randomSettings,
        randomSettings,
        fc.constantFrom(...settingNames),
        (policy, settings, others, name) => {
          const { [name]: _, ...rest } = settings
          const verdicts = decideBucket(policy, rest)
          for (const values of [settings, others]) {
            const full = decideBucket(policy, { ...rest, [name]: values[name]! })
            for (const access of ACCESSES) {
              if (verdicts[access].audience !== 'undecided') expect(verdicts[access].audience).toBe(full[access].audience)
            }
          }
        },
      ),
      RUNS,
    )
  })

  it('gives a witness exactly where the door is open, and reasons always', () => {
    fc.assert(
      fc.property(randomPolicy, randomSettings, (policy, settings) => {
        for (const verdict of Object.values(decideBucket(policy, settings))) {
          expect(verdict.witness !== null).toBe(verdict.audience !== 'none' && verdict.audience !== 'undecided')
          expect(verdict.because.length).toBeGreaterThan(0)
        }
      }),
      RUNS,
    )
  })
})

function mapCondition(statement: Members, change: (key: string, values: Json) => readonly [string, Json]): Members {
  if (statement.Condition === undefined) return statement
  const block = Object.entries(statement.Condition as Record<string, Members>).map(([operator, keys]) => [
    operator,
    Object.fromEntries(Object.entries(keys).map(([key, values]) => change(key, values))),
  ])
  return { ...statement, Condition: Object.fromEntries(block) as Json }
}

function upperCaseKeys(statement: Members): Members {
  return mapCondition(statement, (key, values) => [key.toUpperCase(), values])
}

const HALVES: Readonly<Record<string, readonly string[]>> = {
  '0.0.0.0/1': ['0.0.0.0/2', '64.0.0.0/2'],
  '12.0.0.0/7': ['12.0.0.0/8', '13.0.0.0/8'],
  '203.0.113.0/24': ['203.0.113.0/25', '203.0.113.128/25'],
  '2000::/3': ['2000::/4', '3000::/4'],
}

function splitRanges(statement: Members): Members {
  return mapCondition(statement, (key, values) => [
    key,
    ([values].flat() as readonly string[]).flatMap((value) => HALVES[value] ?? [value]),
  ])
}

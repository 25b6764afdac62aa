import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { Json } from '../../src/model/index.ts'
import { decide } from '../../src/reachability/index.ts'
import { evaluate } from '../../src/reachability/testing/evaluator.ts'
import {
  BUCKET,
  CONTEXT,
  configurationOf,
  evaluatedOf,
  randomPolicy,
  randomSettings,
  ZONE,
} from '../../src/reachability/testing/random-buckets.ts'
import { randomRequests } from '../../src/reachability/testing/random-requests.ts'
import { startIamSimulate } from './iam-simulate.ts'
import { KNOWN_DIFFERENCES } from './known-differences.ts'
import { type SmallStatement, someRequestSucceeds, startSolver } from './smt.ts'

// Other programs, installed for the test alone where AJAR_TEST_PEERS=1 allows it.
const wanted = process.env.AJAR_TEST_PEERS === '1'
const RUNS = process.env.AJAR_NIGHTLY ? 10_000 : 1_500
const SOLVED = process.env.AJAR_NIGHTLY ? 1_500 : 150
const simulator = wanted ? await startIamSimulate() : null
const solver = wanted ? await startSolver() : null
if (wanted && !simulator) console.warn('iam-simulate cannot be installed: not compared')
if (wanted && !solver) console.warn('z3 cannot be installed: not compared')

/** What a policy language alone decides: no ACL, no block, nobody who pays. */
const PLAIN = {
  acl: { Owner: { ID: 'owner' }, Grants: [] },
  objectAcls: null,
  objectOwnership: 'BucketOwnerEnforced',
  publicAccessBlock: null,
  accountPublicAccessBlock: null,
  requestPayment: { Payer: 'BucketOwner' },
  encryption: null,
}

function isKnown(...policies: readonly Json[]): boolean {
  return KNOWN_DIFFERENCES.some(({ applies }) => applies(policies))
}

describe.skipIf(!simulator)('iam-simulate', { timeout: 600_000 }, () => {
  afterAll(async () => {
    await simulator?.stop()
  })

  it('agrees with the evaluator on random requests', async () => {
    const tally = { compared: 0, allowed: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(randomPolicy, randomSettings, randomRequests, async (policy, { resourceControlPolicies }, requests) => {
        if (isKnown(policy, resourceControlPolicies!)) return
        const resource = evaluatedOf(policy, { ...PLAIN, resourceControlPolicies: resourceControlPolicies! })
        for (const request of requests) {
          const { result, errors } = await simulator!.evaluate(request, resource)
          if (result === 'error') {
            tally.refused += 1
            continue
          }
          const { allowed, why } = evaluate(request, resource)
          tally.compared += 1
          if (allowed) tally.allowed += 1
          expect({ request, why, errors, allowed: result === 'Allowed' }).toEqual({ request, why, errors, allowed })
        }
      }),
      { numRuns: RUNS, seed: 61 },
    )
    expect(tally.allowed).toBeGreaterThan(RUNS / 20)
    expect(tally.refused).toBeLessThan(tally.compared / 20)
  })

  it('allows every witness', async () => {
    let allowed = 0
    await fc.assert(
      fc.asyncProperty(randomPolicy, randomSettings, async (policy, { resourceControlPolicies }) => {
        if (isKnown(policy, resourceControlPolicies!)) return
        const settings = { ...PLAIN, resourceControlPolicies: resourceControlPolicies! }
        for (const { witness } of Object.values(decide(configurationOf(policy, settings), CONTEXT))) {
          // The peer knows no canonical ids.
          if (!witness || (witness.principal.kind === 'aws' && !witness.principal.arn.startsWith('arn:'))) continue
          const { result, errors } = await simulator!.evaluate(witness, evaluatedOf(policy, settings))
          expect({ witness, errors, result }).toEqual({ witness, errors, result: 'Allowed' })
          allowed += 1
        }
      }),
      { numRuns: RUNS, seed: 62 },
    )
    expect(allowed).toBeGreaterThan(RUNS / 4)
  })
})

const SMALL: readonly (readonly [operators: readonly string[], key: string, values: readonly string[]])[] = [
  [
    ['IpAddress', 'NotIpAddress'],
    'aws:SourceIp',
    ['203.0.113.0/24', '11.0.0.0/8', '0.0.0.0/1', '128.0.0.0/1', '10.0.0.0/8', '2001:db8::/32'],
  ],
  [
    ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'],
    'aws:Referer',
    ['https://example.com/', 'https*', '*.com/', '*example*', '?', '*'],
  ],
  [
    ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'],
    's3:ExistingObjectTag/team',
    ['yellow', 'y*', '*w', 'y????w', 'red'],
  ],
  [['Null'], 'aws:SourceIp', ['true', 'false']],
  [['Null'], 'aws:Referer', ['true', 'false']],
]
const comparison = fc.constantFrom(...SMALL).chain(([operators, key, values]) =>
  fc
    .record({
      operator: fc.constantFrom(...operators),
      ifExists: fc.boolean(),
      chosen: fc.subarray([...values], { minLength: 1, maxLength: operators[0] === 'Null' ? 1 : 3 }),
    })
    .map(
      ({ operator, ifExists, chosen }) =>
        [`${operator}${ifExists && operator !== 'Null' ? 'IfExists' : ''}`, key, chosen] as const,
    ),
)
const smallStatement: fc.Arbitrary<SmallStatement> = fc
  .record({
    effect: fc.constantFrom('Allow' as const, 'Deny' as const, 'Deny' as const),
    resource: fc.constantFrom('*', 'public/*', '*.txt', 'public/*.txt', 'p?blic/*', '*/*', 'x'),
    conditions: fc.array(comparison, { maxLength: 3 }),
  })
  .map(({ effect, resource, conditions }) => {
    const block: Record<string, Record<string, readonly string[]>> = {}
    for (const [operator, key, values] of conditions) block[operator] = { ...block[operator], [key]: values }
    return { Effect: effect, Principal: '*', Action: 's3:GetObject', Resource: `${BUCKET}/${resource}`, Condition: block }
  })

describe.skipIf(!solver)('z3', { timeout: 600_000 }, () => {
  afterAll(async () => {
    await solver?.stop()
  })

  it('finds a request exactly where somebody gets in', async () => {
    const tally: Record<string, number> = { sat: 0, unsat: 0, unknown: 0 }
    const policies = fc
      .array(smallStatement, { minLength: 1, maxLength: 5 })
      .map((statements) => [{ ...statements[0]!, Effect: 'Allow' as const }, ...statements.slice(1)])
    await fc.assert(
      fc.asyncProperty(policies, async (statements) => {
        const answer = await solver!.check(someRequestSucceeds(statements, BUCKET, ZONE))
        tally[answer] = (tally[answer] ?? 0) + 1
        if (answer === 'unknown') return
        const { read } = decide(
          configurationOf({ Version: '2012-10-17', Statement: statements as unknown as Json }, PLAIN),
          CONTEXT,
        )
        expect({ answer, audience: read.audience, isOpen: read.audience !== 'none' }).toMatchObject({ isOpen: answer === 'sat' })
      }),
      { numRuns: SOLVED, seed: 63 },
    )
    expect(Math.min(tally.sat!, tally.unsat!)).toBeGreaterThan(SOLVED / 10)
    expect(tally.unknown).toBeLessThan(SOLVED / 4)
  })
})

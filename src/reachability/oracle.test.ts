import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ACCESSES, type Json } from '../model/index.ts'
import { decide } from './index.ts'
import { bruteForceAudience } from './testing/brute-force.ts'
import { evaluate } from './testing/evaluator.ts'
import { publicByS3 } from './testing/public-policy.ts'
import { CONTEXT, configurationOf, evaluatedOf, randomPolicy, randomSettings } from './testing/random-buckets.ts'

const RUNS = process.env.AJAR_NIGHTLY ? 20_000 : 2_000

it(`agrees with brute force on ${RUNS} random buckets, and every witness gets in`, { timeout: RUNS * 200 }, () => {
  const left = { undecided: 0, untried: 0 }
  fc.assert(
    fc.property(randomPolicy, randomSettings, (policy, settings) => {
      const verdicts = decide(configurationOf(policy, settings), CONTEXT)
      const resource = evaluatedOf(policy, settings)
      for (const access of ACCESSES) {
        const { audience, witness, because } = verdicts[access]
        if (witness) expect({ witness, ...evaluate(witness, resource) }).toMatchObject({ allowed: true })
        if (audience === 'undecided' && mayBeUndecided(policy, settings)) {
          left.undecided += 1
          continue
        }
        const expected = bruteForceAudience(access, resource)
        if (expected === 'too many') left.untried += 1
        else expect({ access, audience, because }).toMatchObject({ access, audience: expected })
      }
    }),
    { numRuns: RUNS, seed: 20230531 },
  )
  // What may be undecided is not an excuse for the rest.
  expect(left.undecided).toBeLessThan(RUNS * ACCESSES.length * 0.05)
  expect(left.untried).toBeLessThan(RUNS * ACCESSES.length * 0.01)
})

/** Where a policy leaves open for a decision what it leaves open in itself. */
function mayBeUndecided(policy: Json, settings: Readonly<Record<string, Json>>): boolean {
  const text = JSON.stringify([policy, settings.resourceControlPolicies]).toLowerCase()
  const ofUnknownAccount = JSON.stringify([policy, settings]).includes('"CanonicalUser"') || text.includes('"service"')
  return (
    text.includes('${') ||
    text.includes('notprincipal') ||
    ofUnknownAccount ||
    text.includes('aws:userid') ||
    text.includes('aws:principaltype') ||
    publicByS3(policy) === 'unclear'
  )
}

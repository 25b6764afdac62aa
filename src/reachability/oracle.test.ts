import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ACCESSES, type Json } from '../model/index.ts'
import { replay } from './aws/policy/replay.ts'
import { BucketDoors } from './aws/s3/doors.ts'
import { bucketFacets } from './aws/s3/facets.ts'
import { decide } from './index.ts'
import { ACTIONS, bruteForceAudience } from './testing/brute-force.ts'
import { evaluate } from './testing/evaluator.ts'
import { publicByS3 } from './testing/public-policy.ts'
import { CONTEXT, configurationOf, evaluatedOf, randomPolicy, randomSettings } from './testing/random-buckets.ts'
import { randomRequests } from './testing/random-requests.ts'

const RUNS = process.env.AJAR_NIGHTLY ? 20_000 : 2_000

it(`agrees with brute force on ${RUNS} random buckets, and every witness gets in`, { timeout: RUNS * 1_000 }, () => {
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

it(`agrees with the second reading on random requests to ${RUNS} random buckets`, { timeout: RUNS * 1_000 }, () => {
  fc.assert(
    fc.property(randomPolicy, randomSettings, randomRequests, (policy, settings, requests) => {
      if (mayBeUndecided(policy, settings)) return
      const facets = bucketFacets(configurationOf(policy, settings), [], CONTEXT.zone)
      const doors = new BucketDoors(configurationOf(policy, settings), facets, CONTEXT.zone, CONTEXT.asOf)
      for (const request of requests) {
        const access = ACCESSES.find((each) => ACTIONS[each].includes(request.action))!
        const [door] = doors.all(access, 'least')
        const { allowed, why } = evaluate(request, evaluatedOf(policy, settings))
        expect({ request, why, allowed: replay(request, door!.replayed).allowed }).toEqual({ request, why, allowed })
      }
    }),
    { numRuns: RUNS, seed: 20230601 },
  )
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

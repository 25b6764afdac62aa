import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ACCESSES, type Json } from '../model/index.ts'
import { decide } from './index.ts'
import { bruteForceAudience, replayedOf } from './testing/brute-force.ts'
import { OWNER, randomPolicy, randomSettings, ZONE } from './testing/random-buckets.ts'

const RUNS = process.env.AJAR_NIGHTLY ? 20_000 : 2_000

function decideBucket(policy: Json, settings: Readonly<Record<string, Json>>) {
  const facets = Object.fromEntries(
    Object.entries({ policy, ...settings }).map(([facet, value]) => [
      facet,
      value === null ? ({ status: 'absent' } as const) : ({ status: 'read', value } as const),
    ]),
  )
  const resource = { id: 'arn:aws:s3:::b', type: 'AWS::S3::Bucket', account: OWNER, region: 'ap-northeast-1', name: 'b' }
  return decide({ resource, facets }, { zone: ZONE, asOf: '2023-05-31T00:00:00Z' })
}

it(`agrees with brute force on ${RUNS} random buckets`, { timeout: RUNS * 200 }, () => {
  fc.assert(
    fc.property(randomPolicy, randomSettings, (policy, settings) => {
      const verdicts = decideBucket(policy, settings)
      const configuration = replayedOf(policy, settings)
      for (const access of ACCESSES) {
        const expected = bruteForceAudience(access, configuration)
        expect({ access, audience: verdicts[access].audience, because: verdicts[access].because }).toMatchObject({
          access,
          audience: expected,
        })
      }
    }),
    { numRuns: RUNS, seed: 20230531 },
  )
})

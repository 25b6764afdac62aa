import fc from 'fast-check'
import type { Witness } from '../../model/index.ts'
import { ACTIONS } from './brute-force.ts'
import { BUCKET, OWNER } from './random-buckets.ts'
import { candidates, type Context, furtherKeys, NOW, OBJECT_KEYS, sources } from './small-domains.ts'

const CANDIDATES = candidates().filter(({ kind }) => kind !== 'canonical')

const request: fc.Arbitrary<Witness> = fc
  .record({
    sender: fc.constantFrom(...CANDIDATES),
    anonymous: fc.integer({ min: 0, max: 3 }),
    action: fc.constantFrom(...Object.values(ACTIONS).flat()),
    key: fc.constantFrom(...OBJECT_KEYS),
    choices: fc.infiniteStream(fc.nat()),
  })
  .map(({ sender, anonymous, action, key, choices }) => {
    // A quarter comes without credentials, who are one candidate among very many.
    const { principal, context, kind } = anonymous === 0 ? CANDIDATES[0]! : sender
    const chosen = <T>(list: readonly T[]) => list[choices.next().value! % list.length]!
    const source = chosen(sources(kind))
    const further = furtherKeys(action, kind, source.family).map((list) => chosen<Context>(list))
    return {
      principal,
      action,
      resource: /Object/.test(action) ? `${BUCKET}/${key}` : BUCKET,
      context: Object.assign(
        { 'aws:CurrentTime': NOW, 'aws:EpochTime': String(Date.parse(NOW) / 1000), 'aws:ResourceAccount': OWNER },
        context,
        source.context,
        ...further,
      ) as Context,
    }
  })

/** Concrete requests by outsiders to the random buckets, from the small domains. */
export const randomRequests: fc.Arbitrary<readonly Witness[]> = fc.array(request, { minLength: 1, maxLength: 8 })

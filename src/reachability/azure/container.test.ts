import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ACCESSES } from '../../model/index.ts'
import { answerReachQuestion, parseReachQuestion } from '../index.ts'
import { type Choices, DOMAIN, expectedAudiences, questionOf, replays } from './testing/simple-container.ts'

const RUNS = process.env.AJAR_NIGHTLY ? 100_000 : 3_000

const choices = fc.record(
  Object.fromEntries(Object.entries(DOMAIN).map(([name, words]) => [name, fc.constantFrom(...(words as readonly string[]))])),
) as unknown as fc.Arbitrary<Choices>

it(`agrees with every possible world on ${RUNS} random containers, and witnesses replay`, { timeout: RUNS * 100 }, () => {
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(choices, (chosen) => {
      const { verdicts } = answerReachQuestion(parseReachQuestion(questionOf(chosen)))
      const audiences = Object.fromEntries(ACCESSES.map((access) => [access, verdicts[access].audience]))
      expect(audiences).toEqual(expectedAudiences(chosen))
      for (const access of ACCESSES) {
        const { audience, witness } = verdicts[access]
        seen.set(audience, (seen.get(audience) ?? 0) + 1)
        if (witness) expect({ access, witness, replays: replays(chosen, access, witness) }).toMatchObject({ replays: true })
      }
    }),
    { numRuns: RUNS, seed: 20230531 },
  )
  // Each answer was really given.
  for (const audience of ['anyone', 'named', 'none', 'undecided']) expect(seen.get(audience) ?? 0).toBeGreaterThan(RUNS / 20)
})

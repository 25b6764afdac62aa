import { describe, expect, it } from 'vitest'
import { answerReachQuestion, parseReachQuestion } from './index.ts'
import { questionOf, trickyCases } from './testing/tricky-cases.ts'

describe.each(trickyCases())('$file', ({ cases }) => {
  it.each(cases)('$name: $why', (tricky) => {
    const { verdicts } = answerReachQuestion(parseReachQuestion(questionOf(tricky)))
    const audiences = Object.fromEntries(
      Object.keys(tricky.expect).map((access) => [access, verdicts[access as keyof typeof verdicts].audience]),
    )
    expect({ audiences, verdicts }).toMatchObject({ audiences: tricky.expect })
  })
})

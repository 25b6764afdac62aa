import { describe, expect, it } from 'vitest'
import { checkDetector } from '../testing/check-detector.ts'
import { paymentCard } from './payment-card.ts'

describe('payment-card', () => {
  // The numbers that card schemes publish for tests.
  checkDetector(paymentCard, {
    values: [
      { value: '4111 1111 1111 1111', normalised: '4111111111111111' },
      { value: '5555-5555-5555-4444', normalised: '5555555555554444' },
      { value: '378282246310005', normalised: '378282246310005' },
      { value: '3530111333300000', normalised: '3530111333300000' },
      { value: '4111111111111112', normalised: null },
      { value: '9111111111111111', normalised: null },
      { value: '0000000000000000', normalised: null },
    ],
    headers: ['card number', 'credit_card', 'PAN', 'カード番号'],
    otherHeaders: ['sim card', 'business card', 'scorecard', 'company'],
    text: [
      ['paid with 4111 1111 1111 1111 today', ['4111 1111 1111 1111']],
      ['serial 94111111111111111', []],
    ],
  })

  it('passes random sixteen-digit numbers as rarely as it says', () => {
    let state = 1
    const random = (): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return state / 2 ** 32
    }
    const draws = 20_000
    let passed = 0
    for (let i = 0; i < draws; i += 1) {
      const digits = Array.from({ length: 16 }, () => Math.floor(random() * 10)).join('')
      if (paymentCard.check(digits, { named: false, country: null }) !== null) passed += 1
    }
    expect(passed / draws).toBeGreaterThan(paymentCard.chanceRate * 0.7)
    expect(passed / draws).toBeLessThan(paymentCard.chanceRate * 1.4)
  })
})

import { describe } from 'vitest'
import { checkDetector } from '../testing/check-detector.ts'
import { phoneNumber } from './phone-number.ts'

describe('phone-number', () => {
  // Numbers that the Australian regulator keeps for fiction.
  checkDetector(phoneNumber, {
    values: [
      { value: '+61 491 570 006', normalised: '+61491570006', market: 'AU' },
      { value: '＋６１ ４９１ ５７０ ００６', normalised: '+61491570006', market: 'AU' },
      { value: '0491 570 006', normalised: '+61491570006', country: 'AU' },
      { value: '(02) 5550 1234', normalised: '+61255501234', country: 'AU' },
      { value: '0491-570-006', normalised: '+61491570006', country: 'AU', named: true },
      { value: '0491 570 006', normalised: null },
      { value: '0491 570 006', normalised: 'national 0491570006', named: true },
      { value: '2017-03-04', normalised: null, country: 'AU', named: true },
      { value: '12345', normalised: null, country: 'AU', named: true },
      { value: '192.0.2.1', normalised: null, country: 'AU', named: true },
    ],
    headers: ['phone', 'Mobile', 'phone_number', 'customerPhone', 'Tel', 'contact number', '電話番号', '携帯'],
    otherHeaders: ['phone model', 'telephone type', 'hotel', '携帯機種'],
    text: [
      ['call 0491 570 006 or +61 2 5550 1234', ['0491 570 006', '+61 2 5550 1234']],
      ['on 2017-03-04 at 12:00', []],
    ],
  })
})

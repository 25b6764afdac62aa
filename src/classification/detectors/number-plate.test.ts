import { describe } from 'vitest'
import { checkDetector } from '../testing/check-detector.ts'
import { numberPlate } from './number-plate.ts'

describe('number-plate', () => {
  checkDetector(numberPlate, {
    values: [
      { value: '品川 300 あ 12-34', normalised: '品川 300 あ 1234', market: 'JP' },
      { value: '品川３００あ１２－３４', normalised: '品川 300 あ 1234', market: 'JP' },
      { value: '名古屋 33A わ ・・・1', normalised: '名古屋 33A わ 1', market: 'JP' },
      { value: '品川 300 お 12-34', normalised: null },
      { value: '架空 300 あ 12-34', normalised: null },
      { value: 'ABC-123', normalised: null },
      { value: 'abc-123', normalised: 'ABC123', named: true },
      { value: '1 AB 2 CD', normalised: '1AB2CD', named: true },
      { value: 'pending', normalised: null, named: true },
    ],
    headers: [
      'rego',
      'Registration',
      'registration_no',
      'vehicleRegistration',
      'licence plate',
      'plate',
      'number_plate',
      '登録番号',
      'ナンバー',
    ],
    otherHeaders: ['registration date', 'registered', 'template', 'registration expiry', '登録日', 'rego expiry'],
    text: [
      ['車は品川 300 あ 12-34です', ['品川 300 あ 12-34']],
      ['his plate ABC-123', []],
    ],
  })
})

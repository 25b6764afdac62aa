import { describe, expect, it } from 'vitest'
import { checkDetector } from '../testing/check-detector.ts'
import { hasValidCheckDigit, vin } from './vin.ts'

describe('vin', () => {
  checkDetector(vin, {
    values: [
      { value: '1M8GDM9AXKP042788', normalised: '1M8GDM9AXKP042788' },
      { value: '1m8gdm9axkp042788', normalised: '1M8GDM9AXKP042788' },
      { value: '１Ｍ８ＧＤＭ９ＡＸＫＰ０４２７８８', normalised: '1M8GDM9AXKP042788' },
      { value: '1M8 GDM9AX KP042788', normalised: '1M8GDM9AXKP042788' },
      { value: '11111111111111111', normalised: null },
      { value: '1M8GDM9A1KP042788', normalised: null },
      { value: '1M8GDM9A1KP042788', normalised: '1M8GDM9A1KP042788', named: true },
      { value: '1M8GDM9AXKP04278', normalised: null, named: true },
      { value: '1M8GDM9AXKP0427O8', normalised: null, named: true },
    ],
    headers: ['VIN', 'vin_number', 'Vehicle Identification Number', 'vehicleId', '車両識別番号'],
    otherHeaders: ['vintage', 'driving', 'vehicle', 'id'],
    text: [
      ['the car 1m8gdm9axkp042788, seen', ['1m8gdm9axkp042788']],
      ['X1M8GDM9AXKP042788', []],
    ],
  })

  // Worked example of 49 CFR 565.15 (c), and one for which the remainder is 10.
  it.each([
    ['1M8GDM9AXKP042788', true],
    ['1M8GDM9A0KP042788', false],
    ['11111111111111111', true],
  ])('check digit of %s: %s', (number, expected) => expect(hasValidCheckDigit(number)).toBe(expected))
})

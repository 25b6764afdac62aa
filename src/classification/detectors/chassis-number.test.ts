import { describe } from 'vitest'
import { checkDetector } from '../testing/check-detector.ts'
import { chassisNumber } from './chassis-number.ts'

describe('chassis-number', () => {
  checkDetector(chassisNumber, {
    values: [
      { value: 'GRS191-1234567', normalised: 'GRS191-1234567', market: 'JP' },
      { value: 'grs191-1234567', normalised: 'GRS191-1234567', market: 'JP' },
      { value: 'ＧＲＳ１９１－１２３４５６７', normalised: 'GRS191-1234567', market: 'JP' },
      { value: 'E12-123456', normalised: 'E12-123456', market: 'JP' },
      { value: 'GRS1911234567', normalised: null },
      { value: 'GRS191-12345678', normalised: null },
      { value: 'GRS-1234567', normalised: null },
      { value: '2023-1234567', normalised: null },
    ],
    headers: ['chassis_no', 'Chassis Number', 'frameNumber', '車台番号'],
    otherHeaders: ['time frame', 'chassis colour'],
    text: [
      ['frame GRS191-1234567 and ZVW30-0012345', ['GRS191-1234567', 'ZVW30-0012345']],
      ['AB-GRS191-1234567', []],
    ],
  })
})

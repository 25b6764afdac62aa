import { describe, expect, it } from 'vitest'
import { checkDetector } from '../testing/check-detector.ts'
import { normaliseName, personName } from './person-name.ts'

describe('person-name', () => {
  checkDetector(personName, {
    values: [
      { value: 'Ann Example', normalised: 'ann example' },
      { value: '例田　太郎', normalised: '例田 太郎' },
      { value: "Mia O'Sample", normalised: "mia o'sample" },
      { value: '12345', normalised: null },
      { value: 'ann@example.com', normalised: null },
      { value: '-', normalised: null },
    ],
    headers: ['name', 'Customer Name', 'customer.name', 'owner', 'Full Name', 'contactName', '氏名', 'お名前', '契約者名'],
    otherHeaders: [
      'file name',
      'model_name',
      'dealer name',
      'hostname',
      'customer id',
      'customer phone',
      '車名',
      '店名',
      'Technician',
      'username',
    ],
    text: [
      ['Dear Ms Ann Example, we', ['Ann Example']],
      ['Dear Customer', []],
      ['例田 太郎 様のお車', ['例田 太郎']],
    ],
  })

  it.each([
    ['EXAMPLE, Ann', 'ann example'],
    ['Mr  Ann\u3000Example', 'ann example'],
    ['Ann B. Example', 'ann b example'],
    ['Ａｎｎ Example', 'ann example'],
    ['例田 太郎 様', '例田 太郎'],
  ])('writes %j as %j', (name, expected) => expect(normaliseName(name)).toBe(expected))
})

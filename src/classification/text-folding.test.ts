import { expect, it } from 'vitest'
import { fold, headerWords, keyPathWords } from './text-folding.ts'

it.each([
  ['  ＡＢＣ－１２３\u3000', 'ABC-123'],
  ['ｶﾀｶﾅ', 'カタカナ'],
  [' plain ', 'plain'],
])('folds %j to %j', (value, expected) => expect(fold(value)).toBe(expected))

it.each([
  ['customerId', 'customer id'],
  ['CUST_REF-No', 'cust ref no'],
  ['owner.e-mail', 'owner e mail'],
  ['顧客ＩＤ', '顧客id'],
])('puts the header %j in words: %j', (header, expected) => expect(headerWords(header)).toBe(expected))

it.each([
  ['data.customers.name', 'customer name'],
  ['addresses.line1', 'address line1'],
  ['companies.status', 'company status'],
  ['status.vins', 'status vins'],
])('puts the key path %j in words: %j', (path, expected) => expect(keyPathWords(path)).toBe(expected))

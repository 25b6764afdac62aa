import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IDENTIFIER_KINDS } from '../model/index.ts'
import { createFingerprint } from './fingerprint.ts'

describe('createFingerprint', () => {
  it('is the truncated HMAC-SHA-256 of node:crypto, for keys and values of any length', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom(...IDENTIFIER_KINDS),
        fc.string({ unit: 'binary', maxLength: 3_000 }),
        (key, kind, value) => {
          const expected = createHmac('sha256', key).update(`${kind}\0${value}`, 'utf8').digest().subarray(0, 16)
          expect(Buffer.from(createFingerprint(key)(kind, value)).toString('hex')).toBe(expected.toString('hex'))
        },
      ),
    )
  })

  it('tells kinds apart', () => {
    const fingerprint = createFingerprint(new Uint8Array(32))
    expect(fingerprint('vin', 'A')).not.toEqual(fingerprint('chassis-number', 'A'))
  })
})

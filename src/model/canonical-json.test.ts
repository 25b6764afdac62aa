import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Json } from './json.ts'
import { canonicalJson } from './canonical-json.ts'

/** The same value with the members of every object in another order. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, turned(each)]),
  )
}

it('is one text for one value, and says all of it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain = JSON.parse(JSON.stringify(value)) as Json
      expect(JSON.parse(canonicalJson(plain))).toEqual(plain)
      expect(canonicalJson(turned(plain))).toBe(canonicalJson(plain))
    }),
  )
})

it.each([
  { value: { b: 1, a: [true, null, 'é"'] }, text: '{"a":[true,null,"é\\""],"b":1}' },
  { value: { '\ue000': 1, '\ud83d\ude97': 2, '10': 3, '9': 4 }, text: '{"10":3,"9":4,"\ud83d\ude97":2,"\ue000":1}' },
  { value: JSON.parse('{"__proto__":{"x":1}}'), text: '{"__proto__":{"x":1}}' },
])('$text', ({ value, text }) => {
  expect(canonicalJson(value as Json)).toBe(text)
})

it('ends at a bound of nesting, not in the stack', () => {
  let deep: Json = 0
  for (let depth = 0; depth < 100_000; depth++) deep = [deep]
  expect(() => canonicalJson(deep)).toThrow(/deeper than 512/)
})

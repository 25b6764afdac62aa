import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../model/index.ts'
import { type JsonRecord, JsonRecordSplitter } from './json-records.ts'

const LIMITS = { recordBytes: 1000, depth: 8 }

function split(text: string | Uint8Array, cuts: readonly number[] = [], limits = LIMITS) {
  const bytes = Buffer.from(text as string)
  const splitter = new JsonRecordSplitter(new Set(['Records']), limits)
  const bounds = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  const records: JsonRecord[] = []
  for (let index = 1; index < bounds.length; index++) {
    records.push(...splitter.push(bytes.subarray(bounds[index - 1], bounds[index])))
  }
  return { records, end: splitter.end(), broken: splitter.broken, found: splitter.found }
}

function values(text: string, cuts: readonly number[] = []): Json[] {
  return split(text, cuts).records.map((record) => (record.kind === 'record' ? JSON.parse(record.bytes.toString()) : record.kind))
}

describe('records', () => {
  it.each([
    ['{"Records":[{"a":1},{"b":[2]}]}', [{ a: 1 }, { b: [2] }]],
    ['\ufeff { "x" : [[1]], "Records" : [ 1 , "two" , null ] , "y":{"Records":[9]} }', [1, 'two', null]],
    ['{"Records":[]}', []],
    ['{"Records":{"a":{"b":1}},"x":{"c":1}}', [{ a: { b: 1 } }]],
    ['[{"a":1},{"b":2}]', [{ a: 1 }, { b: 2 }]],
    ['{"Records":[1]}\n{"Records":[2]}', [1, 2]],
    ['{"Records":["a ] } , \\" \\\\"]}', ['a ] } , " \\']],
    ['{"note":"Records","other":[1]}', []],
    ['{"Rec":[1],"Records":[2]}', [2]],
    ['{"Records":[{"a":1},{"b":tru}]}', [{ a: 1 }]],
  ])('%s', (text, expected) => {
    const parsed = split(text).records.flatMap((record) => (record.kind === 'record' ? [parseOrNothing(record)] : []))
    expect(parsed.filter((value) => value !== undefined)).toEqual(expected)
  })

  it.each([
    ['{"Records":[{"a":1},{"b":', 20, [{ a: 1 }]],
    ['{"Records":[{"a":1}', 12, []],
    ['{"Records":[{"a":1},', 20, [{ a: 1 }]],
    ['{"Rec', 5, []],
    ['[1,2', 3, [1]],
  ])('cut: %s', (text, offset, before) => {
    expect(values(text)).toEqual(before)
    expect(split(text).end).toEqual({ offset })
  })

  it.each([
    ['}', 0],
    ['{"Records":[1]} x', 16],
    ['no json', 0],
    ['{"Records":[1]}}', 15],
  ])('broken: %s', (text, offset) => {
    expect(split(text).records.at(-1)).toEqual({ kind: 'malformed', offset })
    expect(split(text).broken).toBe(true)
  })

  it('leaves out a record that is too large, and goes on after it', () => {
    const text = `{"Records":[1,"${'x'.repeat(2000)}",3]}`
    expect(split(text).records.map((record) => record.kind)).toEqual(['record', 'too-large', 'record'])
    expect(split(text).records[1]).toEqual({ kind: 'too-large', offset: 14, sizeBytes: 2002 })
  })

  it('leaves out a record that nests too deep, and goes on after it', () => {
    const text = `{"Records":[${'['.repeat(9)}${']'.repeat(9)},${'['.repeat(8)}${']'.repeat(8)}]}`
    expect(split(text).records.map((record) => record.kind)).toEqual(['too-deep', 'record'])
  })
})

describe('laws', () => {
  const json = fc.jsonValue({ maxDepth: 3 })

  it('gives each element of any array as JSON.parse does, with the offset at which it stands, wherever the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(json, { maxLength: 5 }),
        fc.array(fc.nat(500), { maxLength: 6 }),
        fc.constantFrom(0, 2),
        (list, cuts, indent) => {
          const text = JSON.stringify({ first: list, Records: list, last: { Records: 1 } }, null, indent)
          const bytes = Buffer.from(text)
          const { records, end, broken } = split(text, cuts, { recordBytes: 1e6, depth: 100 })
          const parsed = records.map((record) => (record.kind === 'record' ? JSON.parse(record.bytes.toString()) : record.kind))
          expect(parsed).toEqual(JSON.parse(text).Records)
          for (const record of records) {
            if (record.kind === 'record') expect(bytes.subarray(record.offset).indexOf(record.bytes)).toBe(0)
          }
          expect([end, broken]).toEqual([null, false])
        },
      ),
      { numRuns: 300 },
    )
  })

  it('never throws on any bytes, and where they are cut does not matter', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .array(fc.constantFrom('{', '}', '[', ']', '"Records"', ':', ',', '"', '\\', '1', ' '), { maxLength: 40 })
        .map((parts) => Buffer.from(parts.join(''))),
    )
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(200), { maxLength: 8 }), (content, cuts) => {
        expect(split(content, cuts)).toEqual(split(content))
      }),
      { numRuns: 1000 },
    )
  })

  it('a document cut anywhere still gives a beginning of its records', () => {
    fc.assert(
      fc.property(fc.array(json, { maxLength: 5 }), fc.nat(), (list, cut) => {
        const text = JSON.stringify({ Records: list })
        const bytes = Buffer.from(text).subarray(0, cut % (Buffer.byteLength(text) + 1))
        const found = split(bytes, [], { recordBytes: 1e6, depth: 100 }).records
        const parsed = found.map((record) => (record.kind === 'record' ? JSON.parse(record.bytes.toString()) : record.kind))
        expect(parsed).toEqual((JSON.parse(text).Records as Json[]).slice(0, parsed.length))
      }),
      { numRuns: 300 },
    )
  })
})

function parseOrNothing(record: Extract<JsonRecord, { kind: 'record' }>): Json | undefined {
  try {
    return JSON.parse(record.bytes.toString())
  } catch {
    return undefined
  }
}

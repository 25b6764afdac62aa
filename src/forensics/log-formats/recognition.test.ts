import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOG_SAMPLES } from '../testing/log-samples.ts'
import { readLog } from '../testing/read-log.ts'
import { MAX_RECORD_BYTES } from './log-format.ts'
import { logHeadOf } from './log-head.ts'
import { LOG_FORMATS, recogniseLogFormat } from './registry.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('every format', () => {
  it('has a sample', () => {
    expect(Object.keys(LOG_SAMPLES).sort()).toEqual(LOG_FORMATS.map(({ id }) => id).sort())
  })

  it.each(LOG_FORMATS.map((format) => ({ format, id: format.id })))('$id alone recognises its sample', ({ id }) => {
    const head = logHeadOf(bytes(LOG_SAMPLES[id]!))
    expect(LOG_FORMATS.filter((each) => each.recognises(head)).map((each) => each.id)).toEqual([id])
    expect(recogniseLogFormat(bytes(LOG_SAMPLES[id]!.replaceAll('\n', '\r\n')))?.id).toBe(id)
  })

  it.each(LOG_FORMATS.map((format) => ({ format, id: format.id })))(
    '$id gives the same rows however it is cut',
    ({ format, id }) => {
      const sample = `${LOG_SAMPLES[id]!}${id.startsWith('cloudtrail') ? '' : LOG_SAMPLES[id]!}`
      const whole = readLog(format, sample)
      expect(whole.problem).toBeNull()
      for (const size of [257, 1000, 5000]) {
        const { rows } = readLog(format, sample, undefined, size)
        if (sample.length > 4096 || !id.startsWith('cloudtrail')) expect(rows).toEqual(whole.rows)
      }
    },
  )

  it.each(LOG_FORMATS.map((format) => ({ format, id: format.id })))(
    '$id survives noise, loses no line of it, and calls none certain',
    ({ format }) => {
      fc.assert(
        fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (noise) => {
          const { rows, passedOver, problem } = readLog(format, noise)
          for (const { readings } of rows) expect(readings).toBe(0)
          const text = new TextDecoder('latin1').decode(noise)
          const isNothing = text.split('\n').every((line) => /^\r?$/.test(line)) || /^\s*\[\s*\]/.test(text)
          expect(isNothing || rows.length + passedOver > 0 || problem !== null).toBe(true)
        }),
      )
    },
  )

  it.each(LOG_FORMATS.filter(({ id }) => !id.startsWith('cloudtrail')).map((format) => ({ format, id: format.id })))(
    '$id reads on after an endless line',
    ({ format, id }) => {
      const sample = LOG_SAMPLES[id]!
      const { rows } = readLog(
        format,
        `${sample}${'x'.repeat(2 * MAX_RECORD_BYTES + 5)}\n${sample}`,
        undefined,
        MAX_RECORD_BYTES + 9,
      )
      const plain = readLog(format, sample).rows.length
      expect(rows).toHaveLength(2 * plain + 1)
      expect(rows[plain]).toMatchObject({ readings: 0, line_offset: bytes(sample).length, line_length: MAX_RECORD_BYTES })
    },
  )
})

describe('the head of a file', () => {
  it.each([
    { name: 'JSON lines', text: '{"a":1}\n{"a":2}', record: { a: 1 }, names: ['a'] },
    { name: 'an array', text: '[\n {"a":{"b":[1]}},', record: { a: { b: [1] } }, names: ['a'] },
    { name: 'a wrapper', text: '{"Records": [{"a":1},{"a"', record: { a: 1 }, names: ['Records'] },
    { name: 'a byte order mark', text: '\ufeff{"a":"}"}', record: { a: '}' }, names: ['a'] },
    {
      name: 'a record that is longer than the head',
      text: '{"a":1,"b":{"c":[2,3',
      record: { a: 1, b: { c: [2] } },
      names: ['a', 'b'],
    },
    { name: 'text', text: 'a b c', record: null, names: [] },
    { name: 'nothing', text: '', record: null, names: [] },
    { name: 'deep nesting', text: '{"a":'.repeat(500), record: null, names: [] },
  ])('shows $name', ({ text, record, names }) => {
    expect(logHeadOf(bytes(text))).toMatchObject({ record, names })
  })

  it('is none of a format for what is no log', () => {
    for (const text of ['', 'time,level,message\n', '{"a":1}', '[1,2]', '<html>', '\u0000\u0001', '%PDF-1.4'])
      expect(recogniseLogFormat(bytes(text))).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import type { Json } from '../../model/index.ts'
import { policySource } from './policy-source.ts'

const POLICY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow' }, { Effect: 'Deny', Condition: { Bool: {} } }] }

describe('policySource', () => {
  it.each([
    {
      name: 'printed by the command line',
      text: JSON.stringify(POLICY, null, 4),
      lines: [
        { first: 4, last: 6 },
        { first: 7, last: 12 },
      ],
    },
    {
      name: 'with tabs',
      text: JSON.stringify(POLICY, null, '\t'),
      lines: [
        { first: 4, last: 6 },
        { first: 7, last: 12 },
      ],
    },
    {
      name: 'on one line',
      text: JSON.stringify(POLICY),
      lines: [
        { first: 1, last: 1 },
        { first: 1, last: 1 },
      ],
    },
    {
      name: 'with Windows line ends',
      text: JSON.stringify(POLICY, null, 2).replaceAll('\n', '\r\n'),
      lines: [
        { first: 4, last: 6 },
        { first: 7, last: 12 },
      ],
    },
    { name: 'a statement alone', text: '{\n"Statement": {\n"Effect": "Allow"\n}\n}\n', lines: [{ first: 2, last: 4 }] },
  ])('finds the statements of a policy $name', ({ text, lines }) => {
    const source = policySource({ document: 'bucket policy', file: 'policy.json', text, value: JSON.parse(text) })
    expect(source).toMatchObject({ asWritten: true, statements: lines })
    expect(source!.lines.join('\n')).toBe(text.trimEnd().replaceAll('\r', ''))
  })

  it('prints a policy anew that is text inside of another document', () => {
    const text = JSON.stringify({ Policy: JSON.stringify(POLICY) })
    expect(policySource({ document: 'bucket policy', file: 'p.json', text, value: JSON.parse(text) })).toEqual({
      document: 'bucket policy',
      file: 'p.json',
      asWritten: false,
      lines: JSON.stringify(POLICY, null, 2).split('\n'),
      statements: [
        { first: 4, last: 6 },
        { first: 7, last: 12 },
      ],
    })
  })

  it.each<{ value: Json }>([
    { value: [] },
    { value: { Version: '2012-10-17' } },
    { value: 'no JSON' },
    { value: { Policy: null } },
  ])('shows nothing of what is no policy: $value', ({ value }) => {
    expect(policySource({ document: 'bucket policy', file: null, text: JSON.stringify(value), value })).toBeNull()
  })
})

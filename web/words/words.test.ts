import { describe, expect, it } from 'vitest'
import { ELEMENTS } from '../../src/model/index.ts'
import { ELEMENT_LABELS } from './element-names.ts'
import { english } from './en.ts'
import { formatFor } from './format.ts'
import { japanese } from './ja.ts'

const en = formatFor('en', 'UTC')
const ja = formatFor('ja', 'UTC')

describe('formats', () => {
  it.each([
    { name: 'a count', en: en.count(2_302_116), ja: ja.count(2_302_116), is: ['2,302,116', '2,302,116'] },
    { name: 'a short count', en: en.short(2_302_116), ja: ja.short(2_302_116), is: ['2.3 M', '230万'] },
    { name: 'bytes', en: en.bytes(41.2e12), ja: ja.bytes(41.2e12), is: ['41.2 TB', '41.2 TB'] },
    { name: 'no bytes', en: en.bytes(0), ja: ja.bytes(0), is: ['0 B', '0 B'] },
    { name: 'a share', en: en.percent(0.347), ja: ja.percent(0.347), is: ['35 %', '35 %'] },
    { name: 'a little', en: en.percent(0.001), ja: ja.percent(0.001), is: ['< 1 %', '< 1 %'] },
    { name: 'almost all', en: en.percent(0.9999), ja: ja.percent(0.9999), is: ['> 99 %', '> 99 %'] },
    {
      name: 'a day',
      en: en.day('2023-05-31T23:59:59Z'),
      ja: ja.day('2023-05-31T23:59:59Z'),
      is: ['31 May 2023', '2023年5月31日'],
    },
    {
      name: 'a moment with its zone',
      en: en.moment('2023-05-31T09:00:00Z'),
      ja: ja.moment('2023-05-31T09:00:00Z'),
      is: ['31 May 2023, 09:00 UTC', '2023年5月31日 09:00 UTC'],
    },
    {
      name: 'a span of days',
      en: en.rangeShort('2023-05-11T00:00:00Z', '2023-05-26T00:00:00Z'),
      ja: ja.rangeShort('2023-05-11T00:00:00Z', '2023-05-26T00:00:00Z'),
      is: ['11–26 May', '5/11–26'],
    },
    {
      name: 'a span over months',
      en: en.rangeShort('2023-04-28T00:00:00Z', '2023-05-03T00:00:00Z'),
      ja: ja.rangeShort('2023-04-28T00:00:00Z', '2023-05-03T00:00:00Z'),
      is: ['28 Apr–3 May', '4/28–5/3'],
    },
    { name: 'a market', en: en.market('AU'), ja: japanese(ja).market('AU'), is: ['Australia', '豪州'] },
    { name: 'what is no market', en: en.market('<b>'), ja: ja.market('<b>'), is: ['<b>', '<b>'] },
  ])('$name', ({ en: english_, ja: japanese_, is }) => {
    expect([english_, japanese_]).toEqual(is)
  })

  it('counts days in the zone it is given', () => {
    expect(formatFor('en', 'Asia/Tokyo').day('2023-05-31T23:59:59Z')).toBe('1 June 2023')
    expect(en.isSameDay('2023-05-31T23:00:00Z', '2023-06-01T01:00:00Z')).toBe(false)
    expect(formatFor('en', 'Asia/Tokyo').isSameDay('2023-05-31T23:00:00Z', '2023-06-01T01:00:00Z')).toBe(true)
  })
})

describe('sentences', () => {
  const words = english(en)

  it.each([
    { hours: 0.5, text: 'one hour' },
    { hours: 3, text: 'three hours' },
    { hours: 49, text: 'three days' },
    { hours: 24 * 90, text: 'three months' },
    { hours: 24 * 365.25 * 7, text: 'seven and a half years' },
    { hours: 24 * 365 * 8, text: 'eight years' },
    { hours: 82_776, text: 'nine and a half years' },
  ])('open for up to $text', ({ hours, text }) => {
    expect(words.when.finding({ hours, logs: 'covered' })).toBe(`Open for up to ${text}; logs watched all of that time`)
  })

  it.each([
    {
      given: { notBefore: '2023-05-11T00:00:00Z', notAfter: '2023-05-26T00:00:00Z' },
      text: 'a day **between 11 and 26 May 2023**',
    },
    {
      given: { notBefore: '2023-04-11T00:00:00Z', notAfter: '2023-05-26T00:00:00Z' },
      text: 'a day **between 11 April 2023 and 26 May 2023**',
    },
    { given: { notBefore: '2023-05-11T02:00:00Z', notAfter: '2023-05-11T09:00:00Z' }, text: '**11 May 2023**' },
    { given: { notBefore: null, notAfter: '2023-05-26T00:00:00Z' }, text: 'a day **not after 26 May 2023**' },
    { given: { notBefore: null, notAfter: null }, text: '**a day that is not known**' },
  ])('until $text', ({ given, text }) => {
    expect(words.public.untilDay(given)).toBe(text)
  })

  it.each([
    { name: 'all shut', given: { open: 3, stillOpen: 0 }, title: 'Customer data stood open to anyone in three stores' },
    {
      name: 'some open',
      given: { open: 3, stillOpen: 1 },
      title: 'Customer data stood open to anyone in three stores, and still does in one',
    },
    { name: 'all open', given: { open: 3, stillOpen: 3 }, title: 'Customer data is open to anyone in three stores' },
  ])('the title: $name', ({ given, title }) => {
    expect(words.title({ status: 'shut', openUnread: 0, undecided: 0, named: 0, audience: 'anyone', ...given })).toBe(title)
  })

  it('has a name for every element in both languages, short enough for the head of a column', () => {
    for (const language of ['en', 'ja'] as const) {
      expect(Object.keys(ELEMENT_LABELS[language]).sort()).toEqual([...ELEMENTS].sort())
      for (const label of Object.values(ELEMENT_LABELS[language])) expect(label.length).toBeLessThanOrEqual(13)
    }
  })

  it('says in Japanese whatever it says in English', () => {
    const shape = (value: unknown): unknown =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shape(item)]))
        : typeof value
    const { format: _en, ...told } = english(en)
    const { format: _ja, ...toldInJapanese } = japanese(ja)
    expect(shape(toldInJapanese)).toEqual(shape(told))
  })
})

import { describe, expect, it } from 'vitest'
import type { CaseDocument } from '../../src/model/index.ts'
import { renderCaseReport } from '../index.ts'
import { ALL_CASES } from '../testing/all-cases.ts'
import { sampleCase } from '../testing/sample-case.ts'
import { emptyCase, hostileCase, hugeCase, threeHoursCase, undecidedCase, unreadCase } from '../testing/sample-states.ts'

const render = (document: CaseDocument) => renderCaseReport(document, { language: 'en', theme: 'light' })

/** The body without its embedded fonts and style. */
const bodyOf = (page: string) => page.slice(page.indexOf('<body>'))

/** One language's part of the body, tags removed. */
function textOf(page: string, language: 'en' | 'ja'): string {
  const body = bodyOf(page)
  const english = body.indexOf('<div class="en" lang="en">')
  const japanese = body.indexOf('<div class="ja" lang="ja">')
  const part = language === 'en' ? body.slice(english, japanese) : body.slice(japanese, body.indexOf('</main>'))
  return part
    .replace(/<title>[^<]*<\/title>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}

const headings = (page: string, language: 'en' | 'ja') =>
  [...bodyOf(page).matchAll(new RegExp(`<h2 id="${language}-h(\\d)">([^<]*)</h2>`, 'g'))].map(
    ([, number, text]) => [Number(number), text] as const,
  )

describe.each(ALL_CASES)('a report of $name', ({ make }) => {
  const page = render(make())

  it('asks nobody for anything', () => {
    const addresses = [...page.matchAll(/(?:\s(?:src|href|action|srcset|poster)="|url\(|@import\s+["'])([^")']*)/g)].map(
      ([, address]) => address!,
    )
    expect(addresses.filter((address) => !/^(#|data:)/.test(address))).toEqual([])
  })

  it('has seven sections in their order in each language, under one first heading', () => {
    for (const language of ['en', 'ja'] as const)
      expect(headings(page, language).map(([number]) => number)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect([...page.matchAll(/<h1[ >]/g)]).toHaveLength(1)
  })

  it('has unique ids, and every reference inside it leads somewhere', () => {
    const ids = [...bodyOf(page).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!)
    expect(ids.length).toBe(new Set(ids).size)
    const targets = [...bodyOf(page).matchAll(/(?:href="#|url\(#|aria-labelledby=")([^")]+)/g)].map(([, id]) => id!)
    expect(targets.filter((id) => !ids.includes(id))).toEqual([])
  })

  it('lets no markup and no control character of the case through', () => {
    const tags = [
      ...bodyOf(page)
        .replace(/="[^"]*"/g, '')
        .matchAll(/<[a-z][^>]*>/gi),
    ].map(([tag]) => tag)
    expect(tags.filter((tag) => tag.startsWith('<script'))).toEqual(['<script>'])
    expect(tags.filter((tag) => /^<(img|iframe|object|embed|link|meta|base|form)\b|\son\w+/i.test(tag))).toEqual([])
    expect([...bodyOf(page).matchAll(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu)]).toEqual([])
  })

  it('is the same, byte for byte, a second time', () => {
    expect(render(make()) === page).toBe(true)
  })

  it('names no number that is none', () => {
    expect(textOf(page, 'en').match(/\b(NaN|Infinity|undefined|null)\b|\[object/g)).toBeNull()
    expect(bodyOf(page).match(/="[^"]*\b(NaN|Infinity)\b/g)).toBeNull()
  })
})

describe('what the report says', () => {
  it.each([
    { name: 'the total', text: '2,302,116 distinct people' },
    { name: 'a market', text: '2,299,325' },
    { name: 'the overlap, counted once', text: 'in both, counted once 112,462' },
    { name: 'the sum that is no number of people', text: 'adding the stores gives 2,414,578' },
    { name: 'open hours', text: '82,776 h open' },
    { name: 'the bytes nobody read', text: '41.2 TB in 3,120 objects, 0 B examined' },
    { name: 'both bounds of an uncertain end', text: '11–26 May' },
    { name: 'a duty with its days', text: 'due in 18 days' },
    { name: 'a duty without a day', text: 'promptly; no number' },
    { name: 'the fixed code', text: 'SILENT-PART' },
    { name: 'what is not known, by name', text: 'Whether anyone can read it is not known.' },
    { name: 'the zone of its times', text: '31 May 2023, 09:00 UTC' },
  ])('$name', ({ text }) => {
    expect(textOf(render(sampleCase()), 'en')).toContain(text)
  })

  it('takes every count from the case: other counts, other text', () => {
    const sample = sampleCase()
    const other = render({
      ...sample,
      people: {
        ...sample.people,
        total: 77_777,
        certain: 77_777,
        byAudience: { ...sample.people.byAudience, anyone: 77_777 },
        byMarket: { JP: 77_777 },
      },
    })
    expect(textOf(other, 'en')).toContain('77,777 distinct people')
    expect(textOf(other, 'en')).not.toContain('2,302,116')
  })

  it.each([
    { name: 'nothing open', make: emptyCase, number: 1, heading: 'No store is open to anyone' },
    { name: 'nothing open', make: emptyCase, number: 5, heading: 'What is owed is not known: no regime was looked at' },
    {
      name: 'nothing open',
      make: emptyCase,
      number: 7,
      heading: 'This is the first revision: there is nothing before it to differ from',
    },
    { name: 'undecided only', make: undecidedCase, number: 1, heading: 'No store is proved open; one store may be' },
    { name: 'not read', make: unreadCase, number: 1, heading: 'Open for up to seven months; no log was watching' },
    { name: 'not read', make: unreadCase, number: 4, heading: 'Whether outsiders came cannot be known: no log exists' },
    { name: 'not read', make: unreadCase, number: 3, heading: 'No exposed file is known to hold personal data' },
    { name: 'three hours', make: threeHoursCase, number: 1, heading: 'Open for up to four hours; logs watched all of that time' },
    {
      name: 'the sample',
      make: sampleCase,
      number: 1,
      heading: 'Open for up to nine and a half years; for most of that time no log was watching',
    },
    { name: 'the sample', make: sampleCase, number: 3, heading: '612 files, seven elements: some of, never all of' },
    { name: 'the sample', make: sampleCase, number: 5, heading: 'Two of 27 regimes are owed; two duties fall due on 18 Jun' },
    { name: 'the sample', make: sampleCase, number: 6, heading: 'Four doors shut; one still to be read' },
  ])('$name: "$heading"', ({ make, number, heading }) => {
    expect(new Map(headings(render(make()), 'en')).get(number)).toBe(heading)
  })

  it('counts what was read and what was not where nothing is open', () => {
    expect(textOf(render(emptyCase()), 'en')).toContain('1,070 read, 18 undecided, 214 not read')
  })

  it('tells hours and days in the zone it is given, and names it', () => {
    const page = renderCaseReport(sampleCase(), { language: 'en', theme: 'light', timeZone: 'Asia/Tokyo' })
    expect(textOf(page, 'en')).toContain('31 May 2023, 18:00 JST')
    expect(textOf(page, 'ja')).toContain('2023年5月31日 18:00 JST')
  })

  it('says how many rows it leaves out', () => {
    const text = textOf(render(hugeCase()), 'en')
    expect(text).toContain('24 markets more, in the table')
    expect(text).toContain('36 more, in the table')
  })
})

describe('language and theme', () => {
  it.each([
    { language: 'en', theme: 'light' },
    { language: 'ja', theme: 'dark' },
  ] as const)('opens in $language and $theme, with the switches set so', ({ language, theme }) => {
    const page = renderCaseReport(sampleCase(), { language, theme })
    expect(page).toContain(`<html lang="${language}" data-theme="${theme}">`)
    const checked = [...page.matchAll(/<input[^>]*>/g)].map(([input]) => input).filter((input) => input.includes('checked'))
    expect(checked.map((input) => /value="([^"]+)"/.exec(input)?.[1]).sort()).toEqual([language, theme].sort())
  })

  it('has no English sentence of its own in the Japanese telling', () => {
    const text = textOf(render(emptyCase()), 'ja').replace(/data:[^ ]*/g, '')
    // What is left are names, codes, units and the names of files.
    expect(text.match(/[A-Za-z]{3,}(?: [A-Za-z]{2,}){2,}/g) ?? []).toEqual([])
  })

  it('keeps a hostile name visible as text', () => {
    expect(bodyOf(render(hostileCase()))).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })
})

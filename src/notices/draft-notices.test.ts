import { describe, expect, it } from 'vitest'
import { type ElementSetCount, ELEMENTS } from '../model/index.ts'
import { draftNotices, type NoticeDraftFacts, withoutDraft } from './draft-notices.ts'
import { ELEMENT_WORDS } from './notice-words.ts'

const at = (day: string) => `${day}T03:00:00Z`
const exactly = (day: string) => ({ notBefore: at(day), notAfter: at(day), because: [] })

const SETS: ElementSetCount[] = [
  { elements: ['vin', 'person-name'], people: 12, byMarket: { AU: 12 } },
  { elements: ['person-name'], people: 40, byMarket: { AU: 10, JP: 30 } },
]
const FACTS: NoticeDraftFacts = {
  asOf: at('2023-06-01'),
  awareness: '2023-05-12T16:30:00Z',
  byElementSet: SETS,
  occasions: {
    AU: {
      window: { opened: { notBefore: at('2016-10-01'), notAfter: at('2016-10-31'), because: [] }, closed: exactly('2023-05-26') },
      conclusion: 'dark',
      shut: true,
    },
  },
  undecidedPeople: false,
}

describe('draft notices', () => {
  const drafts = draftNotices(FACTS)
  const find = (market: string, language: string, elements: string) =>
    drafts.find((draft) => draft.market === market && draft.language === language && draft.elements.join() === elements)!

  it('writes one for each market, element set and language, largest first', () => {
    expect(
      drafts.map(({ market, language, elements, people }) => `${market} ${language} ${elements.join('+')} ${people}`),
    ).toEqual([
      'AU en vin+person-name 12',
      'AU ja vin+person-name 12',
      'AU en person-name 10',
      'AU ja person-name 10',
      'JP en person-name 30',
      'JP ja person-name 30',
    ])
  })

  it.each(drafts.map((draft) => [`${draft.market} ${draft.language} ${draft.elements.join('+')}`, draft] as const))(
    'names exactly the elements found: %s',
    (_, { body, elements, language }) => {
      const listed = body.split('\n').filter((line) => /^(- your |・)/.test(line))
      const words = listed
        .map((line) => line.replace(/^(- your |・)/, ''))
        .filter((line) => ELEMENTS.some((element) => ELEMENT_WORDS[element][language] === line))
      expect(words).toEqual(elements.map((element) => ELEMENT_WORDS[element as (typeof ELEMENTS)[number]][language]))
    },
  )

  it('says what is not known', () => {
    const english = find('AU', 'en', 'person-name').body
    expect(english).toContain('between 1 October 2016 and 31 October 2016; the evidence does not say on which day')
    expect(english).toContain('It was shut on 26 May 2023.')
    expect(english).toContain('We do not know whether anybody did.')
    expect(find('AU', 'ja', 'person-name').body).toContain('2016年10月1日から2016年10月31日までの間')
    expect(find('JP', 'en', 'person-name').body).toContain('We do not know yet since when the data could be reached.')
  })

  it('gives days in the time zone of the people', () => {
    expect(find('AU', 'en', 'person-name').body).toContain('On 13 May 2023')
    expect(find('JP', 'ja', 'person-name').body).toContain('2023年5月13日')
  })

  it('never says that nobody read it where no log could have shown it', () => {
    for (const conclusion of ['dark', 'undecided', 'ambiguous', 'read', null] as const) {
      const bodies = draftNotices({ ...FACTS, occasions: { '*': { window: null, conclusion, shut: 'unknown' } } }).map(
        ({ body }) => body,
      )
      expect(bodies.join()).not.toMatch(/no evidence|no access from outside|アクセスは記録されていません/)
    }
  })

  it('keeps to a bound, and says what it left out', () => {
    expect(draftNotices({ ...FACTS, maxSetsPerMarket: 1 })).toHaveLength(4)
    expect(withoutDraft({ ...FACTS, maxSetsPerMarket: 1 })).toEqual({ sets: 1, people: 10 })
  })
})

import { describe, expect, it } from 'vitest'
import { sampleCase } from '../testing/sample-case.ts'
import { emptyCase, threeHoursCase, undecidedCase, unreadCase } from '../testing/sample-states.ts'
import { english } from '../words/en.ts'
import { formatFor } from '../words/format.ts'
import { daysBetween, headlineOf } from './headline.ts'
import { inShownOrder } from './elements.ts'
import { marketsStanding } from './jurisdictions.ts'
import { plainText } from './plain.ts'
import { publicSentences, titleOf } from './public-sentences.ts'
import { storesByImportance } from './stores.ts'

const words = english(formatFor('en', 'UTC'))

describe('stores', () => {
  it('puts people before contents nobody read, and these before what is undecided', () => {
    expect(storesByImportance(sampleCase()).map(({ name }) => name)).toEqual([
      'telematics-archive',
      'mapdata-distribution',
      'overseas-dealer-mx',
      'dashcam-corporate',
      'overseas-dealer-mx-copy',
    ])
  })

  it('does not depend on the order of the exposures', () => {
    const sample = sampleCase()
    const turned = { ...sample, exposures: [...sample.exposures].reverse() }
    expect(storesByImportance(turned).map(({ name }) => name)).toEqual(storesByImportance(sample).map(({ name }) => name))
  })

  it('makes one store of its windows, and counts its people by the sets of stores they are in', () => {
    const sample = sampleCase()
    const [first] = sample.exposures
    const twice = { ...sample, exposures: [first!, { ...first!, people: { total: 10, certain: 10, byMarket: {} } }] }
    const [store, ...rest] = storesByImportance(twice)
    expect(rest).toEqual([])
    expect(store).toMatchObject({ people: 2_039_442 + 112_462, openHours: 2 * first!.access.coverage.openHours })
  })

  it.each([
    { name: 'website', contents: 'none-found' },
    { name: 'video-store', contents: 'not-read' },
    { name: 'partner-drop', contents: 'empty' },
    { name: 'orders-snapshot', contents: 'not-read' },
  ])('$name: $contents', ({ name, contents }) => {
    expect(storesByImportance(unreadCase()).find((store) => store.name === name)?.contents).toBe(contents)
  })
})

describe('the headline', () => {
  it.each([
    {
      name: 'the sample',
      make: sampleCase,
      status: 'shut-but-undecided',
      severity: 'very-high',
      logs: 'mostly-dark',
      title: 'Customer data stood open to anyone in three stores; what one more holds was not read',
    },
    {
      name: 'nothing open',
      make: emptyCase,
      status: 'nothing-found',
      severity: 'none',
      logs: 'covered',
      title: 'No store is open to anyone',
    },
    {
      name: 'undecided',
      make: undecidedCase,
      status: 'undecided',
      severity: 'unknown',
      logs: 'all-dark',
      title: 'No store is proved open to anyone; one store could not be decided',
    },
    {
      name: 'not read',
      make: unreadCase,
      status: 'open',
      severity: 'unknown',
      logs: 'all-dark',
      title: 'Two stores are open to anyone; what they hold was not read',
    },
    {
      name: 'three hours',
      make: threeHoursCase,
      status: 'shut-notices-owed',
      severity: 'low',
      logs: 'covered',
      title: 'Customer data stood open to anyone in one store',
    },
  ])('$name', ({ make, status, severity, logs, title }) => {
    const headline = headlineOf(make())
    expect(headline).toMatchObject({ status, logs, severity: { level: severity } })
    expect(titleOf(headline, words)).toBe(title)
  })

  it('names the next day ahead, and a past one only where none is', () => {
    const sample = sampleCase()
    expect(headlineOf(sample).nextDue).toEqual({ due: '2023-06-18T13:59:59Z', days: 18 })
    const past = sample.obligations.filter(({ due }) => due !== null && due < sample.asOf)
    expect(headlineOf({ ...sample, obligations: past }).nextDue).toEqual({ due: '2023-05-17T14:59:59Z', days: -14 })
    expect(headlineOf({ ...sample, obligations: [] }).nextDue).toBeNull()
  })

  it('counts days as a calendar does', () => {
    expect(daysBetween('2023-05-31T23:59:59Z', '2023-06-01T00:00:00Z')).toBe(1)
    expect(daysBetween('2023-06-01T00:00:00Z', '2023-05-31T23:59:59Z')).toBe(-1)
  })
})

describe('what can be said in public', () => {
  it.each([
    {
      name: 'the sample',
      make: sampleCase,
      sentence:
        'Data of 2,302,116 people in Japan and Australia could be read by anyone on the internet, in one store from 6 November 2013, in the last until a day between 11 and 26 May 2023.',
    },
    { name: 'nothing open', make: emptyCase, sentence: 'No store is open to anyone. 1,070 read, 18 undecided, 214 not read.' },
    {
      name: 'undecided',
      make: undecidedCase,
      sentence: 'Whether outsiders could reach one store is not decided; it counts as possibly open.',
    },
    {
      name: 'not read',
      make: unreadCase,
      sentence: 'Three stores could be read by anyone on the internet; what two of them hold was not read.',
    },
    {
      name: 'three hours',
      make: threeHoursCase,
      sentence: 'Data of 1 person could be read by anyone on the internet, on 14 March 2023.',
    },
  ])('$name', ({ make, sentence }) => {
    const document = make()
    expect(plainText(publicSentences(document, headlineOf(document), words)[0]!)).toBe(sentence)
  })

  it('says that it continues where a store is still open', () => {
    const sample = sampleCase()
    const open = {
      ...sample,
      exposures: sample.exposures.map((exposure) => ({ ...exposure, window: { ...exposure.window, closed: null } })),
    }
    expect(publicSentences(open, headlineOf(open), words)[0]).toContain('still can be')
  })
})

describe('small orders', () => {
  it('puts who before what, and what has no place of its own last', () => {
    expect(inShownOrder(['vin', 'imei', 'person-name', 'vin', 'iban'])).toEqual(['person-name', 'vin', 'iban', 'imei'])
  })

  it('takes a country as standing in one way only when all its regimes do', () => {
    const sample = sampleCase()
    expect(marketsStanding(sample, 'none-affected')).toEqual(['NZ'])
    expect(marketsStanding(sample, 'not-assessed')).toEqual(['ID', 'PH', 'SG', 'TH', 'TW'])
    expect(marketsStanding(sample, 'owed')).toEqual([])
  })
})

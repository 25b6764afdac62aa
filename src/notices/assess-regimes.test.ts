import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ELEMENTS } from '../model/index.ts'
import { assessRegimes } from './assess-regimes.ts'
import type { NoticeFacts } from './notice-facts.ts'
import { REGIMES } from './regimes/registry.ts'

const FACTS: NoticeFacts = {
  asOf: '2027-06-02T00:00:00Z',
  awareness: '2027-06-01T02:30:00Z',
  peopleByMarket: {},
  elementsByMarket: {},
  assessedMarkets: 'all',
  undecidedPeople: false,
  outsiderReads: 'unknown',
}

const standingOf = (regime: string, facts: Partial<NoticeFacts>) =>
  assessRegimes({ ...FACTS, ...facts }).regimes.find((entry) => entry.regime === regime)!

const dutiesOf = (regime: string, facts: Partial<NoticeFacts>) =>
  assessRegimes({ ...FACTS, ...facts })
    .obligations.filter((obligation) => obligation.regime === regime)
    .map(({ duty, due, needsJudgement }) => `${duty} ${due ?? 'no day'}${needsJudgement.length > 0 ? ' ?' : ''}`)

describe('standing of a regime', () => {
  it.each<{ name: string; regime: string; facts: Partial<NoticeFacts>; standing: string }>([
    {
      name: 'exactly 1,000 are not more than 1,000',
      regime: 'JP-APPI',
      facts: { peopleByMarket: { JP: 1000 } },
      standing: 'judgement',
    },
    { name: '1,001 are', regime: 'JP-APPI', facts: { peopleByMarket: { JP: 1001 } }, standing: 'owed' },
    {
      name: 'one card number is enough',
      regime: 'JP-APPI',
      facts: { peopleByMarket: { JP: 1 }, elementsByMarket: { JP: ['payment-card'] } },
      standing: 'owed',
    },
    {
      name: 'location is no data that require special care',
      regime: 'JP-APPI',
      facts: {
        peopleByMarket: { JP: 900 },
        elementsByMarket: { JP: ['location', 'location-track'] },
        judgements: { 'cause.wrongfulPurposeSuspected': false },
      },
      standing: 'none-affected',
    },
    {
      name: 'the same, but part of the data could not be read',
      regime: 'JP-APPI',
      facts: { peopleByMarket: { JP: 900 }, undecidedPeople: true, judgements: { 'cause.wrongfulPurposeSuspected': false } },
      standing: 'judgement',
    },
    {
      name: 'serious harm is for a person to judge',
      regime: 'AU-NDB',
      facts: { peopleByMarket: { AU: 2800 } },
      standing: 'judgement',
    },
    {
      name: 'and was judged',
      regime: 'AU-NDB',
      facts: { peopleByMarket: { AU: 2800 }, judgements: { serious_harm_likely: true } },
      standing: 'owed',
    },
    { name: 'nobody there', regime: 'NZ-PA2020', facts: { peopleByMarket: { AU: 1 } }, standing: 'none-affected' },
    {
      name: 'nobody there, but not everybody could be placed',
      regime: 'NZ-PA2020',
      facts: { peopleByMarket: { UNKNOWN: 3 } },
      standing: 'not-assessed',
    },
    {
      name: 'nobody there, but not everything could be read',
      regime: 'NZ-PA2020',
      facts: { undecidedPeople: true },
      standing: 'not-assessed',
    },
    { name: 'nobody looked', regime: 'NZ-PA2020', facts: { assessedMarkets: ['JP'] }, standing: 'not-assessed' },
    { name: 'no customers there', regime: 'NZ-PA2020', facts: { marketsServed: ['JP'] }, standing: 'no-residents' },
    { name: 'voluntary', regime: 'HK-PDPO', facts: { peopleByMarket: { HK: 5 } }, standing: 'voluntary' },
    {
      name: 'not in force on the day it was known',
      regime: 'IN-DPDP',
      facts: { awareness: '2027-05-12T10:00:00Z', peopleByMarket: { IN: 9 } },
      standing: 'not-in-force',
    },
    {
      name: 'in force on that local day',
      regime: 'IN-DPDP',
      facts: { awareness: '2027-05-12T19:00:00Z', peopleByMarket: { IN: 9 } },
      standing: 'owed',
    },
    { name: 'a member of the EEA', regime: 'EU-GDPR', facts: { peopleByMarket: { NO: 4 } }, standing: 'judgement' },
    {
      name: 'a state whose residents nobody knows',
      regime: 'US-CA',
      facts: { peopleByMarket: { US: 4 }, elementsByMarket: { US: ['person-name', 'passport'] } },
      standing: 'judgement',
    },
    {
      name: 'a state with residents and statutory elements',
      regime: 'US-CA',
      facts: { peopleByMarket: { US: 4 }, peopleByRegion: { 'US-CA': 2 }, elementsByMarket: { US: ['person-name', 'passport'] } },
      standing: 'owed',
    },
  ])('$regime: $name', ({ regime, facts, standing }) => {
    expect(standingOf(regime, facts).standing).toBe(standing)
  })
})

describe('obligations', () => {
  it('counts what has begun and leaves open what has not', () => {
    expect(dutiesOf('SG-PDPA', { peopleByMarket: { SG: 600 } })).toEqual(['assess 2027-07-01T15:59:59Z', 'pdpc no day'])
    expect(
      dutiesOf('SG-PDPA', { peopleByMarket: { SG: 600 }, starts: { assessment_complete: '2027-06-04T07:00:00Z' } }),
    ).toContain('pdpc 2027-06-07T15:59:59Z')
  })

  it('lists what hangs on a judgement, with the question', () => {
    expect(dutiesOf('AU-NDB', { peopleByMarket: { AU: 1 } })).toEqual([
      'assess 2027-07-01T13:59:59Z ?',
      'individuals no day ?',
      'statement no day ?',
    ])
  })

  it('asks about a wrongful purpose before it grants the longer time', () => {
    expect(dutiesOf('JP-APPI', { peopleByMarket: { JP: 5000 } })).toEqual([
      'prelim 2027-06-06T14:59:59Z',
      'final 2027-06-30T14:59:59Z',
      'final_malicious 2027-07-30T14:59:59Z ?',
      'individuals no day',
    ])
  })

  it.each([
    { outsiderReads: true, hint: 'show reads from outside' },
    { outsiderReads: false, hint: 'show no read from outside' },
    { outsiderReads: 'unknown', hint: 'do not settle' },
  ] as const)('says what the logs say to whoever judges a purpose: $outsiderReads', ({ outsiderReads, hint }) => {
    const { obligations } = assessRegimes({ ...FACTS, peopleByMarket: { JP: 5000 }, outsiderReads })
    expect(obligations.find(({ duty }) => duty === 'final_malicious')!.needsJudgement.join()).toContain(hint)
  })

  it('binds nobody by a draft', () => {
    expect(dutiesOf('TW-PDPA', { peopleByMarket: { TW: 20_000 } })).toEqual(['individuals no day'])
  })

  it('has none where the residents are too few for the attorney general', () => {
    const facts = { peopleByMarket: { US: 900 }, elementsByMarket: { US: ['person-name', 'passport'] as const } }
    expect(dutiesOf('US-CA', { ...facts, peopleByRegion: { 'US-CA': 500 } })).toEqual(['individuals 2027-07-01T06:59:59Z'])
    expect(dutiesOf('US-CA', { ...facts, peopleByRegion: { 'US-CA': 501 } })).toEqual([
      'individuals 2027-07-01T06:59:59Z',
      'ag no day',
    ])
  })

  const facts = fc.record({
    peopleByMarket: fc.dictionary(
      fc.constantFrom('JP', 'AU', 'US', 'DE', 'GB', 'BR', 'CN', 'UNKNOWN'),
      fc.integer({ min: 0, max: 2_000_000 }),
    ),
    elements: fc.subarray([...ELEMENTS]),
    undecidedPeople: fc.boolean(),
    judgements: fc.dictionary(
      fc.constantFrom('high_risk', 'risk_unlikely', 'serious_harm_likely', 'significantly_affects'),
      fc.boolean(),
    ),
  })
  const fromArbitrary = ({
    elements,
    ...rest
  }: {
    elements: NoticeFacts['elementsByMarket'][string]
    peopleByMarket: Record<string, number>
  }) => ({
    ...FACTS,
    ...rest,
    elementsByMarket: Object.fromEntries(Object.keys(rest.peopleByMarket).map((market) => [market, elements])),
  })

  it('never names a day where the law names no number', () => {
    fc.assert(
      fc.property(facts, (arbitrary) => {
        for (const { regime, duty, due } of assessRegimes(fromArbitrary(arbitrary)).obligations) {
          const clock = REGIMES.find(({ id }) => id === regime)?.clocks.find(({ id }) => id === duty)
          if (clock === undefined || clock.duration === null) expect(due).toBeNull()
        }
      }),
      { numRuns: 200 },
    )
  })

  it('drops no duty because less is known: what is owed stays owed or becomes a question', () => {
    fc.assert(
      fc.property(facts, (arbitrary) => {
        const known = assessRegimes({ ...fromArbitrary(arbitrary), undecidedPeople: false }).obligations
        const lessKnown = assessRegimes({ ...fromArbitrary(arbitrary), undecidedPeople: true, judgements: {} }).obligations
        const listed = new Set(lessKnown.map(({ regime, duty }) => `${regime} ${duty}`))
        expect(known.filter(({ regime, duty }) => !listed.has(`${regime} ${duty}`))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

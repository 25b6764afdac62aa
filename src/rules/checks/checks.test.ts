import { describe, expect, it } from 'vitest'
import type { DataElement } from '../../model/index.ts'
import { evaluateRules } from '../evaluate-rules.ts'
import { BUILT_IN_RULES } from '../rule-set.ts'
import type { ObjectFacts, StoreFacts } from '../store-facts.ts'
import { reach, store } from '../testing/store.ts'

const personal = { elements: ['vin', 'person-name'] as DataElement[], people: 2_800, examined: true }
const partly = { elements: [] as DataElement[], people: 0, examined: false }
const open = { now: reach(), ever: reach({ read: 'anyone' }) }

function outcome(rule: string, facts: StoreFacts): string {
  return evaluateRules(BUILT_IN_RULES, [facts]).find((violation) => violation.rule === rule)?.outcome ?? 'kept'
}

describe('personal-data-not-reachable', () => {
  it.each([
    { name: 'closed, with personal data', facts: { personalData: personal }, is: 'kept' },
    { name: 'open to anyone, without personal data', facts: { audiences: open }, is: 'kept' },
    { name: 'once open to anyone, shut now', facts: { personalData: personal, audiences: open }, is: 'violated' },
    {
      name: 'open to any account',
      facts: { personalData: personal, audiences: { now: reach(), ever: reach({ read: 'any-identity' }) } },
      is: 'violated',
    },
    {
      name: 'open to a named partner',
      facts: { personalData: personal, audiences: { now: reach(), ever: reach({ read: 'named' }) } },
      is: 'kept',
    },
    {
      name: 'policy not read',
      facts: { personalData: personal, audiences: { now: reach(), ever: reach({ read: 'undecided' }) } },
      is: 'undecided',
    },
    {
      name: 'policy not read, and no personal data',
      facts: { audiences: { now: reach(), ever: reach({ read: 'undecided' }) } },
      is: 'kept',
    },
    {
      name: 'read undecided, yet anyone may change who reads',
      facts: { personalData: personal, audiences: { now: reach(), ever: reach({ read: 'undecided', admin: 'anyone' }) } },
      is: 'violated',
    },
    { name: 'open, contents not examined', facts: { personalData: partly, audiences: open }, is: 'undecided' },
    {
      name: 'open, examined in part with a find',
      facts: { personalData: { ...personal, examined: false }, audiences: open },
      is: 'violated',
    },
    { name: 'closed, contents not examined', facts: { personalData: partly }, is: 'kept' },
    {
      name: 'open, with keys of ours and nobody in it',
      facts: { personalData: { elements: ['secret-key'] as DataElement[], people: 0, examined: true }, audiences: open },
      is: 'kept',
    },
  ])('$name: $is', ({ facts, is }) => {
    expect(outcome('personal-data-not-reachable', store(facts))).toBe(is)
  })
})

describe('access-to-personal-data-logged', () => {
  it.each([
    { personalData: personal, logging: 'on', is: 'kept' },
    { personalData: personal, logging: 'off', is: 'violated' },
    { personalData: personal, logging: 'not-read', is: 'undecided' },
    { personalData: { ...personal, examined: false }, logging: 'off', is: 'violated' },
    { personalData: partly, logging: 'off', is: 'undecided' },
    { personalData: partly, logging: 'on', is: 'kept' },
    { personalData: partly, logging: 'not-read', is: 'undecided' },
    { personalData: { ...partly, examined: true }, logging: 'off', is: 'kept' },
    { personalData: { ...partly, examined: true }, logging: 'not-read', is: 'kept' },
  ] as const)(
    '$personalData.elements, examined $personalData.examined, logging $logging: $is',
    ({ personalData, logging, is }) => {
      expect(outcome('access-to-personal-data-logged', store({ personalData, logging }))).toBe(is)
    },
  )
})

describe('inquiry-files-leave', () => {
  const file: ObjectFacts = { key: '2018/case.csv', ageDays: 91, elements: ['vin'], present: 'yes' }
  it.each([
    { name: 'a day too old', file: {}, is: 'violated' },
    { name: 'on the last day', file: { ageDays: 90 }, is: 'kept' },
    { name: 'gone', file: { present: 'no' }, is: 'kept' },
    { name: 'perhaps gone', file: { present: 'possibly' }, is: 'undecided' },
    { name: 'perhaps gone, but young', file: { present: 'possibly', ageDays: 3 }, is: 'kept' },
    { name: 'of unknown age', file: { ageDays: null }, is: 'undecided' },
    { name: 'gone, of unknown age', file: { ageDays: null, present: 'no' }, is: 'kept' },
    { name: 'about nobody', file: { elements: [] }, is: 'kept' },
    { name: 'not examined', file: { elements: [], examined: false }, is: 'undecided' },
  ] as const)('a file $name: $is', ({ file: change, is }) => {
    const facts = store({ name: 'dealer-inquiries', objects: [{ ...file, ...change }] })
    expect(outcome('inquiry-files-leave', facts)).toBe(is)
  })

  it.each([
    { name: 'map-service', key: 'oceania/INQUIRY-7.csv', is: 'violated' },
    { name: 'map-service', key: 'tiles/7.csv', is: 'kept' },
  ])('judges $name/$key by store and key', ({ name, key, is }) => {
    expect(outcome('inquiry-files-leave', store({ name, objects: [{ ...file, key }] }))).toBe(is)
  })

  it('is undecided where the files were not all listed', () => {
    expect(outcome('inquiry-files-leave', store({ name: 'dealer-inquiries', objectsComplete: false }))).toBe('undecided')
    expect(outcome('inquiry-files-leave', store({ name: 'map-service', objectsComplete: false }))).toBe('kept')
  })
})

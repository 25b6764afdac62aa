import fc from 'fast-check'
import { expect, it } from 'vitest'
import { evaluateRules } from './evaluate-rules.ts'
import { BUILT_IN_RULES, loadRules } from './rule-set.ts'
import type { ObjectFacts, StoreFacts } from './store-facts.ts'
import { reach, store } from './testing/store.ts'

const files = (count: number): ObjectFacts[] =>
  Array.from({ length: count }, (_, index) => ({
    key: `case-${index}.csv`,
    ageDays: 100 + index,
    elements: ['vin'],
    present: 'yes',
    evidence: [{ file: 'inventory.csv.gz', offset: index }],
  }))

it('says what shows a violation, with what was found even where not all was read', () => {
  const facts = store({
    audiences: { now: reach(), ever: reach({ read: 'anyone' }) },
    personalData: { elements: ['vin', 'person-name'], people: 2_800, examined: false },
  })
  expect(evaluateRules(BUILT_IN_RULES, [facts])).toEqual([
    {
      rule: 'personal-data-not-reachable',
      title: 'Personal data must not be reachable from outside',
      severity: 'critical',
      resource: 'arn:aws:s3:::parts-catalogue',
      outcome: 'violated',
      because: [
        'parts-catalogue holds personal data (person-name, vin; people: at least 2,800).',
        'The widest audience that could ever read it is anyone; at the moment of this answer it is none.',
      ],
      evidence: [{ file: 'config.json.gz', offset: 12 }],
    },
  ])
})

it('names what was not read where it cannot decide', () => {
  const facts = store({ personalData: { elements: ['vin'], people: 1, examined: true }, logging: 'not-read' })
  expect(evaluateRules(BUILT_IN_RULES, [facts]).map((violation) => violation.because)).toEqual([
    ['It could not be decided whether parts-catalogue keeps this rule.', 'Not known: whether the store logs access.'],
  ])
})

it('shows the oldest files of many, counts the rest, and bounds the evidence', () => {
  const undecided = { key: 'case-x.csv', ageDays: null, elements: ['vin'], present: 'yes' } as const
  const [violation] = evaluateRules(BUILT_IN_RULES, [store({ name: 'dealer-files', objects: [...files(400), undecided] })])
  expect(violation?.because).toEqual([
    'case-399.csv has been there for 499 days; 90 are allowed.',
    'case-398.csv has been there for 498 days; 90 are allowed.',
    'case-397.csv has been there for 497 days; 90 are allowed.',
    'case-396.csv has been there for 496 days; 90 are allowed.',
    'case-395.csv has been there for 495 days; 90 are allowed.',
    'The same holds for 395 files more of dealer-files.',
    'For 1 file of dealer-files it could not be decided.',
  ])
  expect(violation?.evidence).toHaveLength(50)
})

it('does not take unread tags for tags that do not match', () => {
  const rules = loadRules(
    'rules:\n  - id: access-to-personal-data-logged\n    scope: { tags: { data-class: "personal*" } }',
    'rules.yaml',
  )
  const facts = { personalData: { elements: ['vin'], people: 1, examined: true }, logging: 'off' } as const
  const given: StoreFacts['tags'][] = [{ 'data-class': 'personal-eu' }, { 'data-class': 'public' }, {}, null]
  const outcomes = given.map((tags) => evaluateRules(rules, [store({ ...facts, tags: tags ?? null })])[0]?.outcome ?? 'kept')
  expect(outcomes).toEqual(['violated', 'kept', 'kept', 'undecided'])
})

const anAudience = fc.constantFrom('anyone', 'any-identity', 'named', 'none', 'undecided')
const aStore: fc.Arbitrary<StoreFacts> = fc
  .record({
    name: fc.constantFrom('dealer-a', 'dealer-b', 'maps'),
    read: anAudience,
    admin: anAudience,
    elements: fc.subarray(['vin', 'location', 'secret-key'] as const),
    examined: fc.boolean(),
    logging: fc.constantFrom('on', 'off', 'not-read'),
    objects: fc.array(
      fc.record({
        key: fc.string({ maxLength: 5 }),
        ageDays: fc.option(fc.nat(200)),
        elements: fc.subarray(['vin', 'location'] as const),
        present: fc.constantFrom('yes', 'possibly', 'no'),
      }),
      { maxLength: 6 },
    ),
  })
  .map(({ name, read, admin, elements, examined, logging, objects }) =>
    store({
      name,
      resource: `arn:aws:s3:::${name}`,
      audiences: { now: reach(), ever: reach({ read, admin }) },
      personalData: { elements, people: elements.length, examined },
      logging,
      objects,
    }),
  )

/** All ways in which what is not known may turn out, for the facts that the built-in rules read. */
function settled(facts: StoreFacts): StoreFacts[] {
  const { read, admin } = facts.audiences.ever
  const all = ['anyone', 'none'] as const
  const reads = read === 'undecided' ? all : [read]
  const admins = admin === 'undecided' ? all : [admin]
  const found = facts.personalData.examined
    ? [facts.personalData.elements]
    : [facts.personalData.elements, [...facts.personalData.elements, 'vin' as const]]
  const logs = facts.logging === 'not-read' ? (['on', 'off'] as const) : [facts.logging]
  return reads.flatMap((r) =>
    admins.flatMap((a) =>
      found.flatMap((elements) =>
        logs.map((logging) => ({
          ...facts,
          audiences: { now: reach(), ever: reach({ read: r, admin: a }) },
          personalData: { elements, people: elements.length, examined: true },
          logging,
          objects: [],
        })),
      ),
    ),
  )
}

it('keeps its word whatever the unknown turns out to be', () => {
  const rules = { rules: BUILT_IN_RULES.rules.filter((rule) => rule.appliesTo === 'stores') }
  fc.assert(
    fc.property(aStore, (facts) => {
      for (const { id } of rules.rules) {
        const say = (each: StoreFacts) =>
          evaluateRules(rules, [each]).find((violation) => violation.rule === id)?.outcome ?? 'kept'
        const worlds = new Set(settled(facts).map(say))
        expect(worlds.has('undecided')).toBe(false)
        const said = say(facts)
        // All worlds agree exactly when the answer is certain: not a guess more, and not a shrug more.
        expect(said).toBe(worlds.size === 1 ? Array.from(worlds)[0] : 'undecided')
      }
    }),
    { numRuns: 300 },
  )
})

it('gives the same answer for stores and objects in any order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(aStore, { maxLength: 3, selector: (each) => each.name }), (facts) => {
      const turned = facts.toReversed().map((each) => ({ ...each, objects: each.objects.toReversed() }))
      expect(evaluateRules(BUILT_IN_RULES, turned)).toEqual(evaluateRules(BUILT_IN_RULES, facts))
    }),
    { numRuns: 100 },
  )
})

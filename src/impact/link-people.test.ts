import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IdentifierKind } from '../model/index.ts'
import { countOverall, countPeople, type LinkedPeople, linkPeople } from './index.ts'
import { linkByDefinition } from './testing/link-by-definition.ts'
import { identifiersOf, mentionTable, type TestRecord } from './testing/mention-tables.ts'

const hints = { storeMarket: null }

function link(records: readonly TestRecord[], settings = {}): LinkedPeople {
  return linkPeople([{ id: 'one', mentions: mentionTable(records), hints }], settings)
}

/** How many people the records are about. */
function people(records: readonly TestRecord[], settings = {}): number {
  return countPeople(link(records, settings), [{ id: 'g', contents: [{ id: 'one', certain: true }] }])[0]!.people.total
}

const ann = { 'person-name': 'ann example' }
const bob = { 'person-name': 'bob example' }

describe('linkPeople', () => {
  it.each<{ name: string; records: Partial<Record<IdentifierKind, string | string[]>>[]; expected: number }>([
    {
      name: 'joins records with one customer id, whatever else differs',
      records: [
        { 'customer-id': 'C1', ...ann },
        { 'customer-id': 'C1', ...bob },
      ],
      expected: 1,
    },
    {
      name: 'joins records with one e-mail address',
      records: [{ 'email-address': 'e', ...ann }, { 'email-address': 'e' }],
      expected: 1,
    },
    {
      name: 'joins records with one phone and the same name',
      records: [
        { 'phone-number': '1', ...ann },
        { 'phone-number': '1', ...ann, vin: 'V' },
      ],
      expected: 1,
    },
    {
      name: 'keeps a household that shares a phone apart',
      records: [
        { 'phone-number': '1', ...ann },
        { 'phone-number': '1', ...bob },
      ],
      expected: 2,
    },
    {
      name: 'joins records of one vehicle',
      records: [{ vin: 'V', ...ann }, { vin: 'V', 'customer-id': 'C1' }, { vin: 'V' }],
      expected: 1,
    },
    {
      name: 'joins a vehicle by terminal and by chassis number',
      records: [{ 'terminal-id': 'T', 'chassis-number': 'H' }, { 'terminal-id': 'T' }, { 'chassis-number': 'H' }],
      expected: 1,
    },
    {
      name: 'keeps successive owners of a car apart',
      records: [
        { vin: 'V', ...ann },
        { vin: 'V', ...bob },
      ],
      expected: 2,
    },
    {
      name: 'gives a car of two owners without a name to nobody',
      records: [
        { vin: 'V', ...ann },
        { vin: 'V', ...bob },
        { vin: 'V', 'number-plate': 'L' },
      ],
      expected: 2,
    },
    {
      name: 'joins the same owner of a car of two owners',
      records: [
        { vin: 'V', ...ann },
        { vin: 'V', ...bob },
        { vin: 'V', ...ann, 'email-address': 'e' },
      ],
      expected: 2,
    },
    {
      name: 'does not join two owners over a nameless record that holds two vehicles',
      records: [
        { vin: 'V', ...ann },
        { 'terminal-id': 'T', ...bob },
        { vin: 'V', 'terminal-id': 'T' },
      ],
      expected: 2,
    },
    {
      name: 'keeps a customer id between two owners',
      records: [
        { vin: 'V', ...ann },
        { vin: 'V', ...bob },
        { vin: 'V', 'customer-id': 'C1' },
      ],
      expected: 3,
    },
    {
      name: 'takes a fleet with one contact for one',
      records: ['A', 'B', 'C'].map((vin) => ({ vin, 'email-address': 'fleet', ...ann })),
      expected: 1,
    },
    {
      name: 'does not join by name alone',
      records: [
        { ...ann, vin: 'V' },
        { ...ann, vin: 'W' },
      ],
      expected: 2,
    },
    {
      name: 'does not join by plate',
      records: [
        { 'number-plate': 'L', ...ann },
        { 'number-plate': 'L', ...bob },
      ],
      expected: 2,
    },
    {
      name: 'counts a phone of known people as nobody new',
      records: [{ 'phone-number': '1', ...ann }, { 'phone-number': '1' }],
      expected: 1,
    },
    {
      name: 'counts a phone that nobody else has as somebody',
      records: [{ 'phone-number': '1' }, { 'phone-number': '2' }],
      expected: 2,
    },
    { name: 'counts nobody where nothing identifies', records: [{}], expected: 0 },
  ])('$name', ({ records, expected }) => {
    expect(people(records.map((ids) => ({ ids })))).toBe(expected)
  })

  it('does not join through what more customer ids than the cap share, and says so', () => {
    const records = (count: number): TestRecord[] =>
      Array.from({ length: count }, (_, i) => ({
        ids: { 'customer-id': `C${i}`, 'email-address': 'dealer', vin: 'demo', ...ann },
      }))
    expect(people(records(5))).toBe(1)
    expect(people(records(6))).toBe(6)
    expect(people(records(6), { shareCap: 6 })).toBe(1)
    expect(link(records(6)).notes.cappedIdentifiers).toEqual({ 'email-address': 1, vin: 1 })
  })

  it('notes vehicles with several owners, once for all their numbers, and their unattributed records', () => {
    const vehicle = { vin: 'V', 'terminal-id': 'T' }
    const { notes } = link([{ ids: { ...vehicle, ...ann } }, { ids: { ...vehicle, ...bob } }, { ids: vehicle, records: 7 }])
    expect(notes).toMatchObject({ vehiclesWithSeveralOwners: 1, unattributedRecords: 7, cappedIdentifiers: {}, shareCap: 5 })
  })

  it.each<{ name: string; records: TestRecord[]; hint: string | null; expected: string }>([
    {
      name: 'the strongest basis',
      records: [{ market: ['AU', 'phone-number'] }, { market: ['JP', 'path'], records: 9 }],
      hint: null,
      expected: 'AU',
    },
    {
      name: 'of equal bases the one of most records',
      records: [{ market: ['AU', 'path'] }, { market: ['NZ', 'path'], records: 2 }],
      hint: null,
      expected: 'NZ',
    },
    {
      name: 'of equal counts the first code',
      records: [{ market: ['NZ', 'path'] }, { market: ['AU', 'path'] }],
      hint: null,
      expected: 'AU',
    },
    { name: 'the store where no record tells one', records: [{}], hint: 'JP', expected: 'JP' },
    { name: 'UNKNOWN without any evidence', records: [{}], hint: null, expected: 'UNKNOWN' },
  ])('places a person by $name', ({ records, hint, expected }) => {
    const table = mentionTable(records.map((record) => ({ ...record, ids: { 'customer-id': 'C1' } })))
    const linked = linkPeople([{ id: 'one', mentions: table, hints: { storeMarket: hint } }])
    expect(countOverall(linked, [{ id: 'g', contents: [{ id: 'one', certain: true }] }]).people.byMarket).toEqual({
      [expected]: 1,
    })
  })
})

const record: fc.Arbitrary<TestRecord> = fc
  .record(
    {
      'customer-id': fc.constantFrom('a', 'b', 'c', 'd'),
      'email-address': fc.constantFrom('a', 'b', 'c'),
      'phone-number': fc.constantFrom('a', 'b'),
      'person-name': fc.constantFrom('a', 'b', 'c', ['a', 'b']),
      vin: fc.constantFrom('a', 'b', 'c', ['a', 'c']),
      'terminal-id': fc.constantFrom('a', 'b'),
      'number-plate': fc.constantFrom('a', 'b'),
    },
    { requiredKeys: [] },
  )
  .map((ids) => ({ ids: ids as TestRecord['ids'] & object }))
const estate = fc.array(record, { maxLength: 9 })

/** Which records are one person, as a text that does not depend on numbering. */
function partition(linked: LinkedPeople, rowsOfContents: readonly (readonly number[])[]): string {
  const byPerson = new Map<number, number[]>()
  rowsOfContents.forEach((rows, content) => {
    rows.forEach((row, i) => {
      const person = linked.contents.get(String(content))!.person[i]!
      if (person >= 0) byPerson.set(person, [...(byPerson.get(person) ?? []), row])
    })
  })
  return describePeople([...byPerson.values()])
}

function describePeople(sets: readonly (readonly number[])[]): string {
  return sets
    .map((set) => [...set].sort((a, b) => a - b).join(' '))
    .sort()
    .join(' | ')
}

describe('laws of linking', () => {
  it('finds the people that the rules define', () => {
    fc.assert(
      fc.property(estate, fc.integer({ min: 1, max: 3 }), (records, shareCap) => {
        const linked = linkPeople([{ id: '0', mentions: mentionTable(records), hints }], { shareCap })
        expect(partition(linked, [records.map((_, i) => i)])).toBe(describePeople(linkByDefinition(records, shareCap)))
      }),
      { numRuns: 1_500 },
    )
  })

  it('does not depend on the order of contents and rows, nor on the key', () => {
    fc.assert(
      fc.property(
        estate,
        fc.infiniteStream(fc.nat()),
        fc.string(),
        fc.integer({ min: 1, max: 3 }),
        (records, random, key, shareCap) => {
          const one = linkPeople([{ id: '0', mentions: mentionTable(records), hints }], { shareCap })
          const shuffled = records
            .map((_, i) => i)
            .map((i) => [random.next().value as number, i] as const)
            .sort((a, b) => a[0] - b[0])
            .map(([, i]) => i)
          const half = [shuffled.slice(0, shuffled.length >> 1), shuffled.slice(shuffled.length >> 1)]
          const contents = half.map((rows, i) => ({
            id: String(i),
            mentions: mentionTable(
              rows.map((row) => records[row]!),
              key,
            ),
            hints,
          }))
          const other = linkPeople(contents, { shareCap })
          expect(partition(other, half)).toBe(partition(one, [records.map((_, i) => i)]))
          expect(other.notes).toEqual(one.notes)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('leaves every record with a customer id or a name to somebody', () => {
    fc.assert(
      fc.property(estate, (records) => {
        const { person } = link(records).contents.get('one')!
        records.forEach((record, i) => {
          if (identifiersOf(record).some((id) => /^(customer-id|person-name)=/.test(id)))
            expect(person[i]).toBeGreaterThanOrEqual(0)
        })
      }),
    )
  })
})

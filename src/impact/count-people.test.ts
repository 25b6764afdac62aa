import { describe, expect, it } from 'vitest'
import { countOverall, countPeople, linkPeople } from './index.ts'
import { mentionTable } from './testing/mention-tables.ts'

const hints = { storeMarket: 'AU' }
const linked = linkPeople([
  {
    id: 'a',
    mentions: mentionTable([
      { ids: { 'customer-id': 'C1' }, elements: ['customer-id', 'email-address'] },
      { ids: { 'customer-id': 'C2' }, elements: ['customer-id'], market: ['NZ', 'path'] },
    ]),
    hints,
  },
  { id: 'b', mentions: mentionTable([{ ids: { 'customer-id': 'C1' }, elements: ['customer-id', 'vin'] }]), hints },
  { id: 'c', mentions: mentionTable([{ elements: ['location'] }]), hints },
])
const groups = [
  { id: 'first', contents: [{ id: 'a', certain: false }] },
  {
    id: 'second',
    contents: [
      { id: 'b', certain: true },
      { id: 'c', certain: true },
      { id: 'never read', certain: true },
    ],
  },
]

describe('countPeople', () => {
  it('counts each group by itself', () => {
    expect(countPeople(linked, groups)).toEqual([
      {
        id: 'first',
        people: { total: 2, certain: 0, byMarket: { AU: 1, NZ: 1 } },
        byElement: [
          { element: 'customer-id', people: 2, files: 1, contents: ['a'] },
          { element: 'email-address', people: 1, files: 1, contents: ['a'] },
        ],
        byElementSet: [
          { elements: ['customer-id'], people: 1, byMarket: { NZ: 1 } },
          { elements: ['customer-id', 'email-address'], people: 1, byMarket: { AU: 1 } },
        ],
      },
      {
        id: 'second',
        people: { total: 1, certain: 1, byMarket: { AU: 1 } },
        byElement: [
          { element: 'vin', people: 1, files: 1, contents: ['b'] },
          { element: 'location', people: 0, files: 1, contents: ['c'] },
          { element: 'customer-id', people: 1, files: 1, contents: ['b'] },
        ],
        byElementSet: [{ elements: ['vin', 'customer-id'], people: 1, byMarket: { AU: 1 } }],
      },
    ])
  })

  it('takes a content that is certain in one of its places for certain', () => {
    const contents = [
      { id: 'a', certain: true },
      { id: 'a', certain: false },
    ]
    expect(countPeople(linked, [{ id: 'g', contents }])[0]!.people).toEqual({ total: 2, certain: 2, byMarket: { AU: 1, NZ: 1 } })
  })
})

describe('countOverall', () => {
  it('counts people once, with the union of their elements, by exactly the groups they are in', () => {
    expect(countOverall(linked, groups)).toEqual({
      people: { total: 2, certain: 1, byMarket: { AU: 1, NZ: 1 } },
      byElementSet: [
        { elements: ['customer-id'], people: 1, byMarket: { NZ: 1 } },
        { elements: ['vin', 'customer-id', 'email-address'], people: 1, byMarket: { AU: 1 } },
      ],
      byStores: [
        { groups: ['first'], people: 1, byMarket: { NZ: 1 } },
        { groups: ['first', 'second'], people: 1, byMarket: { AU: 1 } },
      ],
      sumOverGroups: 3,
    })
  })

  it('counts nobody in no group', () => {
    expect(countOverall(linked, [])).toEqual({
      people: { total: 0, certain: 0, byMarket: {} },
      byElementSet: [],
      byStores: [],
      sumOverGroups: 0,
    })
  })
})

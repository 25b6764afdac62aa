import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareInstants, type InventoryMark, type ObjectSighting, type Window } from '../model/index.ts'
import { objectPresence } from './object-presence.ts'
import { momentOf } from './testing/worlds.ts'
import { holdsAt } from './window-overlap.ts'

const STORE = 'arn:aws:s3:::example-bucket'
const AS_OF = '2023-06-01T00:00:00Z'
const day = (text: string) => `${text}T00:00:00Z`
const EVIDENCE = { file: 'inventory.csv' }

const put = (at: string, key = 'a'): ObjectSighting => sighting('put', at, null, key)
const gone = (at: string, key = 'a'): ObjectSighting => sighting('delete', at, null, key)
const listed = (at: string, lastModified: string | null, key = 'a'): ObjectSighting => sighting('listed', at, lastModified, key)
const mark = (at: string): InventoryMark => ({ store: STORE, at, evidence: EVIDENCE })

function sighting(kind: ObjectSighting['kind'], at: string, lastModified: string | null, key: string): ObjectSighting {
  return {
    store: STORE,
    key,
    versionId: null,
    kind,
    at,
    lastModified,
    sizeBytes: kind === 'delete' ? null : 10,
    evidence: EVIDENCE,
  }
}

const EXISTENCE: Window = { opened: { notBefore: day('2016-01-01'), notAfter: day('2016-01-01'), because: [] }, closed: null }

function words({ opened, closed }: Window): string {
  const bounds = (pair: { notBefore: string | null; notAfter: string | null } | null) =>
    pair === null ? '…' : [...new Set([pair.notBefore, pair.notAfter])].map((moment) => moment?.slice(0, 10) ?? '?').join('/')
  return `${bounds(opened)} to ${bounds(closed)}`
}

describe('object presence', () => {
  it.each<{ name: string; sightings: ObjectSighting[]; marks?: InventoryMark[]; keys?: string[]; windows: string[] }>([
    {
      name: 'from its putting in to its deletion',
      sightings: [put(day('2018-01-01')), gone(day('2019-01-01'))],
      windows: ['2018-01-01 to 2019-01-01'],
    },
    {
      name: 'from its last change, as an inventory gives it',
      sightings: [listed(day('2019-01-01'), day('2018-03-04'))],
      marks: [mark(day('2019-01-01'))],
      windows: ['2018-03-04 to …'],
    },
    {
      name: 'until some day between the last inventory that lists it and the first that does not',
      sightings: [listed(day('2019-01-01'), day('2018-03-04')), listed(day('2019-02-01'), day('2018-03-04'))],
      marks: [mark(day('2019-01-01')), mark(day('2019-02-01')), mark(day('2019-03-01')), mark(day('2019-04-01'))],
      windows: ['2018-03-04 to 2019-02-01/2019-03-01'],
    },
    {
      name: 'listed without a last change: since the inventory before, or since the store was made',
      sightings: [listed(day('2019-02-01'), null)],
      marks: [mark(day('2019-01-01')), mark(day('2019-02-01'))],
      windows: ['2019-01-01/2019-02-01 to …'],
    },
    {
      name: 'the same, without an inventory before',
      sightings: [listed(day('2019-02-01'), null)],
      windows: ['2016-01-01/2019-02-01 to …'],
    },
    {
      name: 'overwritten is still there',
      sightings: [put(day('2018-01-01')), put(day('2018-06-01')), listed(day('2019-01-01'), day('2018-06-01'))],
      windows: ['2018-01-01 to …'],
    },
    {
      name: 'deleted and put back is two stretches',
      sightings: [put(day('2018-01-01')), gone(day('2018-02-01')), put(day('2018-03-01'))],
      windows: ['2018-01-01 to 2018-02-01', '2018-03-01 to …'],
    },
    {
      name: 'a deletion alone does not prove that it was there',
      sightings: [gone(day('2018-02-01'))],
      windows: ['2016-01-01/2018-02-01 to 2016-01-01/2018-02-01'],
    },
    {
      name: 'known only from a copy: some time in the life of the store',
      sightings: [],
      keys: ['a'],
      windows: ['2016-01-01/? to …'],
    },
    {
      name: 'what happens after the moment that is asked for is not known yet',
      sightings: [put(day('2018-01-01')), gone(day('2023-07-01'))],
      windows: ['2018-01-01 to …'],
    },
  ])('$name', ({ sightings, marks = [], keys, windows }) => {
    const options = { existence: EXISTENCE, store: STORE, asOf: AS_OF, ...(keys ? { keys } : {}) }
    expect(objectPresence(sightings, marks, options).map(({ present }) => words(present))).toEqual(windows)
    expect(objectPresence(sightings.toReversed(), marks.toReversed(), options).map(({ present }) => words(present))).toEqual(
      windows,
    )
  })

  it('ends with the store', () => {
    const existence: Window = { ...EXISTENCE, closed: { notBefore: day('2020-01-01'), notAfter: day('2020-02-01'), because: [] } }
    const presences = objectPresence([put(day('2018-01-01'))], [], { existence, keys: ['b'], asOf: AS_OF })
    expect(presences.map(({ key, present }) => `${key} ${words(present)}`)).toEqual([
      'a 2018-01-01 to 2020-01-01/2020-02-01',
      'b 2016-01-01/2020-02-01 to 2016-01-01/2020-02-01',
    ])
  })

  it('gives the size that was seen in each stretch', () => {
    const large = { ...put(day('2018-03-01')), sizeBytes: 500 }
    const presences = objectPresence([put(day('2018-01-01')), gone(day('2018-02-01')), large], [], {
      existence: null,
      asOf: AS_OF,
    })
    expect(presences.map(({ sizeBytes }) => sizeBytes)).toEqual([10, 500])
  })

  it('encloses what truly was, whatever inventories and events were kept', () => {
    // A true life: put and deleted in turns; each turn leaves an event, or an inventory before the next.
    const turns = fc.array(
      fc.record({ after: fc.integer({ min: 2, max: 20 }), isKept: fc.boolean(), inventory: fc.integer({ min: 0, max: 19 }) }),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    fc.assert(
      fc.property(turns, (list) => {
        let minute = 0
        const starts = list.map((turn) => (minute += turn.after))
        const isThere = (at: number) => starts.filter((start) => start <= at).length % 2 === 1
        const sightings: ObjectSighting[] = []
        const marks: InventoryMark[] = [mark(momentOf(0))]
        list.forEach((turn, index) => {
          const at = starts[index]!
          const span = (list[index + 1]?.after ?? 10) - 1
          if (turn.isKept) sightings.push(index % 2 === 0 ? put(momentOf(at)) : gone(momentOf(at)))
          if (turn.isKept && index % 3 > 0) return
          const inventoryAt = momentOf(at + Math.min(turn.inventory, span))
          marks.push(mark(inventoryAt))
          if (index % 2 === 0) sightings.push(listed(inventoryAt, index % 4 === 0 ? momentOf(at) : null))
        })
        const presences = objectPresence(sightings, marks, { existence: null, store: STORE, asOf: momentOf(minute + 10) })
        for (let at = 0; at <= minute + 10; at += 1) {
          const moment = momentOf(at)
          const may = presences.some(({ present: { opened, closed } }) => {
            const begun = opened.notBefore === null || compareInstants(opened.notBefore, moment) <= 0
            return begun && (closed?.notAfter == null || compareInstants(moment, closed.notAfter) < 0)
          })
          const surely = presences.some(({ present }) => holdsAt(present, moment))
          if (isThere(at)) expect(may).toBe(true)
          else expect(surely).toBe(false)
        }
      }),
      { numRuns: 400 },
    )
  })
})

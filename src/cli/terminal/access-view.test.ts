import { describe, expect, it } from 'vitest'
import type { AccessAnswer } from '../../workflows/index.ts'
import { renderAccessInTerminal } from './access-view.ts'
import { displayWidth } from './text.ts'

const COUNTS = { inside: 3, knownGood: 0, knownScanner: 1, outside: 2, unknown: 0 }
const HOURS = {
  'configured-observed': 1,
  'configured-silent': 1,
  'unconfirmed-edge': 0,
  'not-configured': 2,
  missing: 0,
  'late-pending': 0,
}
const HOSTILE = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202eevil\r\n'

function answer(change: Partial<AccessAnswer> = {}): AccessAnswer {
  const resource = 'arn:aws:s3:::maps'
  const span = (from: number, state: AccessAnswer['coverage'][number]['state']) => ({
    resource,
    from: `2021-02-06T0${from}:00:00Z`,
    to: `2021-02-06T0${from + 1}:00:00Z`,
    state,
    because: 'so it is',
    sources: [],
  })
  const conclusion = { code: 'read', sentence: 'Outsiders read data: 1 request from outside succeeded.' } as const
  return {
    schema: 'https://leftajar.example/schema/access-1.json',
    asOf: '2021-03-01T00:00:00Z',
    asked: { resource: null, from: null, to: null },
    zone: { organizations: [], accounts: [], cidrs: [], vpcs: [], vpcEndpoints: [], principals: [], source: 'a test' },
    files: { given: 2, logs: 1, notRead: 1 },
    lines: { read: 1234567, parsed: 1234566, ambiguous: 1, rejected: 0, passedOver: 0 },
    coverage: [
      span(0, 'configured-observed'),
      span(1, 'configured-silent'),
      span(2, 'not-configured'),
      span(3, 'not-configured'),
    ],
    requests: COUNTS,
    readsBy: COUNTS,
    outsiders: [],
    outsiderCount: 0,
    objectsRead: [],
    objectsReadCount: 0,
    objects: [],
    firstAnonymousRead: null,
    firstRead: null,
    firstListing: null,
    patterns: [],
    copies: [],
    sessions: [],
    resources: [
      {
        resource,
        name: 'maps',
        from: '2021-02-06T00:00:00Z',
        to: '2021-02-06T04:00:00Z',
        lines: 5,
        hours: HOURS,
        hourCount: 4,
        requests: COUNTS,
        readsBy: COUNTS,
        reads: 1,
        lists: 0,
        doubtful: 0,
        others: 0,
        conclusion,
      },
    ],
    servedHours: [{ resource, hour: '2021-02-06T00:00:00Z', reads: 1, lists: 0 }],
    unread: [],
    notes: [],
    records: null,
    conclusion,
    ...change,
  }
}

function outsider(ip: string): AccessAnswer['outsiders'][number] {
  const moment = '2021-02-06T00:00:00Z'
  return {
    ip,
    network: null,
    principal: null,
    userAgents: ['curl'],
    first: moment,
    last: moment,
    requests: 1,
    reads: 1,
    lists: 0,
    writes: 0,
    bytes: 1536,
    objects: 1,
  }
}

function lines(given: AccessAnswer, columns = 100): string[] {
  return renderAccessInTerminal(given, { columns, color: false }).split('\n')
}

describe('who came, in a terminal', () => {
  it('draws dark as wide as it lasted, and puts reads over what was logged', () => {
    const row = lines(answer()).find((line) => line.startsWith(' maps'))!
    const marks = row.slice(25, 90)
    expect(marks).toMatch(/^▲━+─+╱+$/)
    const dark = [...marks].filter((mark) => mark === '╱').length
    expect(Math.abs(dark - marks.length / 2)).toBeLessThanOrEqual(1)
    expect(row).toContain('50 %')
  })

  it('ends with the sentence that may be said', () => {
    expect(lines(answer()).at(-1)).toBe('  Outsiders read data: 1 request from outside succeeded.')
    expect(lines(answer())[0]).toBe('READ        arn:aws:s3:::maps')
  })

  it('does not call it none where no log could have shown one', () => {
    const text = lines(answer({ conclusion: { code: 'dark', sentence: 'Whether anyone came cannot be known.' } })).join('\n')
    expect(text).toContain('no log could have shown one')
    expect(text).not.toContain('none in the logs')
  })

  it.each([60, 80, 100])('fits %i columns and 60 lines however much there is, and counts what it leaves out', (columns) => {
    const many = Array.from({ length: 500 }, (_, index) => index)
    const [resource] = answer().resources
    const crowded = answer({
      outsiders: many.map((index) => outsider(`2001:db8::${index.toString(16)}`)),
      outsiderCount: 12_345,
      objects: many.map((index) => ({
        resource: 'arn:aws:s3:::maps',
        bucket: 'maps',
        key: `${'long/'.repeat(40)}${index}.csv`,
        reads: 1,
        sureReads: 1,
        bytes: 10 ** (index % 15),
        sizeBytes: null,
        taken: 'unknown' as const,
        addresses: 1,
        first: '2021-02-06T00:00:00Z',
        last: '2021-02-06T00:00:00Z',
      })),
      objectsReadCount: 500,
      resources: many.map((index) => ({ ...resource!, resource: `arn:aws:s3:::maps-${index}`, name: `maps-${index}` })),
      unread: many.map((index) => ({
        what: `file-${index}`,
        code: 'empty' as const,
        detail: 'The file is empty.',
        lost: 'All.',
      })),
      notes: many.map((index) => `Note ${index} with some words that take room on the line, so that it is wrapped.`),
    })
    const shown = lines(crowded, columns)
    expect(shown.length).toBeLessThanOrEqual(60)
    expect(Math.max(...shown.map(displayWidth))).toBeLessThanOrEqual(columns)
    expect(shown.join('\n')).toMatch(/and 12,3\d\d more/)
    expect(shown.at(-1)).toContain('succeeded')
  })

  it('lets nothing out of a log that a terminal would obey', () => {
    const hostile = answer({
      outsiders: [{ ...outsider(HOSTILE), network: HOSTILE, principal: HOSTILE, userAgents: [HOSTILE] }],
      outsiderCount: 1,
      notes: [HOSTILE],
      unread: [{ what: HOSTILE, code: 'malformed', detail: HOSTILE, lost: HOSTILE }],
      firstRead: {
        at: '2021-02-06T00:00:00Z',
        bucket: HOSTILE,
        key: HOSTILE,
        ip: HOSTILE,
        principal: HOSTILE,
        network: HOSTILE,
        userAgent: HOSTILE,
        requestId: HOSTILE,
      },
      resources: [{ ...answer().resources[0]!, resource: HOSTILE, name: HOSTILE }],
      conclusion: { code: 'read', sentence: HOSTILE },
    })
    expect(lines(hostile).join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(lines(hostile).join('\n')).toContain('evil')
  })
})

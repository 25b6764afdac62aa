import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CoverageState, instant, type Json, type Observation, type Reading } from '../model/index.ts'
import { coverageOf, HOUR_MS } from './coverage.ts'

const STORE = 'arn:aws:s3:::maps'
const TRAIL = 'arn:aws:cloudtrail:ap-northeast-1:111122223333:trail/all'
const DAY = 24
const START = Date.UTC(2021, 0, 1)
const at = (hour: number) => instant(START + hour * HOUR_MS)
const epochHour = (hour: number) => START / HOUR_MS + hour
const ON: Reading<Json> = { status: 'read', value: { destinationBucketName: 'logs', logFilePrefix: 'maps/' } }
const OFF: Reading<Json> = { status: 'absent' }
const UNREAD: Reading<Json> = { status: 'not-read', reason: 'denied' }

function seen(kind: Observation['kind'], hour: number, value: Reading<Json>, facet = 'logging', id = STORE): Observation {
  const resource = {
    id,
    type: id === STORE ? 'AWS::S3::Bucket' : 'AWS::CloudTrail::Trail',
    account: '111122223333',
    region: 'ap-northeast-1',
    name: 'maps',
  }
  return {
    resource,
    facet,
    kind,
    validFrom: at(hour),
    value,
    source: kind === 'point' ? 'aws-config' : 'cloudtrail',
    evidence: { file: 'x.json' },
  }
}

function cover(
  loggingHistory: readonly Observation[],
  hours: number,
  observed: readonly number[] = [],
  dataEvents: readonly number[] = [],
  asOfHour = 100_000,
) {
  return coverageOf({
    store: STORE,
    windows: [{ from: at(0), to: at(hours) }],
    loggingHistory,
    observedHours: { 's3-access-log': observed.map(epochHour), 'cloudtrail-data-events': dataEvents.map(epochHour) },
    asOf: at(asOfHour),
  })
}

/** The spans as `state×hours`. */
function runs({ spans }: ReturnType<typeof coverageOf>): string[] {
  return spans.map(({ from, to, state }) => `${state}×${(Date.parse(to) - Date.parse(from)) / HOUR_MS}`)
}

describe('coverage by hour', () => {
  it.each<{ name: string; history: Observation[]; observed?: number[]; expected: string[] }>([
    { name: 'no observation of logging at all', history: [], observed: [3], expected: ['not-configured×10'] },
    {
      name: 'switched on before',
      history: [seen('change', -5, ON)],
      observed: [3],
      expected: ['configured-silent×3', 'configured-observed×1', 'configured-silent×6'],
    },
    {
      name: 'switched on inside: an hour of uncertainty, also where the switch is not on the hour',
      history: [seen('change', 4.5, ON)],
      expected: ['not-configured×4', 'unconfirmed-edge×2', 'configured-silent×4'],
    },
    {
      name: 'switched off',
      history: [seen('change', -5, ON), seen('change', 4, OFF)],
      expected: ['configured-silent×4', 'unconfirmed-edge×1', 'not-configured×5'],
    },
    {
      name: 'off at one look, on at the next: switched somewhere between',
      history: [seen('point', 2, OFF), seen('point', 6, ON)],
      expected: ['not-configured×2', 'unconfirmed-edge×4', 'configured-silent×4'],
    },
    {
      name: 'off at one look, then switched on',
      history: [seen('point', 2, OFF), seen('change', 6, ON)],
      expected: ['not-configured×6', 'unconfirmed-edge×1', 'configured-silent×3'],
    },
    {
      name: 'first seen on: before that it may have been',
      history: [seen('point', 3, ON)],
      expected: ['unconfirmed-edge×3', 'configured-silent×7'],
    },
    {
      name: 'could not be read',
      history: [seen('change', -5, ON), seen('change', 2, UNREAD)],
      expected: ['configured-silent×2', 'unconfirmed-edge×8'],
    },
    { name: 'the same seen twice', history: [seen('change', -5, ON), seen('point', 4, ON)], expected: ['configured-silent×10'] },
    {
      name: 'of another store',
      history: [seen('change', -5, ON, 'logging', 'arn:aws:s3:::other')],
      expected: ['not-configured×10'],
    },
  ])('$name', ({ history, observed, expected }) => {
    expect(runs(cover(history, 10, observed))).toEqual(expected)
    expect(runs(cover([...history].reverse(), 10, observed))).toEqual(expected)
  })

  it('knows the shapes in which logging is written', () => {
    const shapes: Json[] = [
      { destinationBucketName: 'logs', logFilePrefix: '' },
      { LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: '' } },
      { BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'logs' } } },
    ]
    for (const value of shapes)
      expect(runs(cover([seen('change', -5, { status: 'read', value })], 3))).toEqual(['configured-silent×3'])
    for (const value of [{}, { destinationBucketName: null }, { BucketLoggingStatus: { xmlns: 'x' } }] as Json[]) {
      expect(runs(cover([seen('change', -5, { status: 'read', value })], 3))).toEqual(['not-configured×3'])
    }
  })

  it('calls the last day before the evidence ends late', () => {
    expect(runs(cover([seen('change', -50, ON)], 50, [40], [], 50))).toEqual(['configured-silent×26', 'late-pending×24'])
  })

  it('calls a silence missing where it is far longer than the store is ever silent', () => {
    const busy = Array.from({ length: 60 * DAY }, (_, hour) => hour).filter((hour) => hour < 30 * DAY || hour >= 34 * DAY)
    expect(runs(cover([seen('change', -5, ON)], 60 * DAY, busy))).toEqual([
      `configured-observed×${30 * DAY}`,
      `missing×${4 * DAY}`,
      `configured-observed×${26 * DAY}`,
    ])
  })

  it('takes weekends for the pattern of a store that is used on working days', () => {
    const workdays = Array.from({ length: 400 * DAY }, (_, hour) => hour).filter(
      (hour) => Math.floor(hour / DAY) % 7 < 5 && hour % DAY >= 8 && hour % DAY < 18,
    )
    expect(cover([seen('change', -5, ON)], 400 * DAY, workdays, [], 400 * DAY).hours.missing).toBe(0)
    const withoutAMonth = workdays.filter((hour) => hour < 200 * DAY || hour >= 230 * DAY)
    expect(cover([seen('change', -5, ON)], 400 * DAY, withoutAMonth).hours.missing).toBeGreaterThan(29 * DAY)
  })

  it('does not take a stretch without logging for a loss', () => {
    const busy = Array.from({ length: 60 * DAY }, (_, hour) => hour).filter((hour) => hour < 30 * DAY - 2 || hour >= 34 * DAY + 2)
    const history = [seen('change', -5, ON), seen('change', 30 * DAY, OFF), seen('change', 34 * DAY, ON)]
    expect(cover(history, 60 * DAY, busy).hours.missing).toBe(0)
  })

  it('cannot tell loss from quiet in a store that hardly anybody uses', () => {
    expect(cover([seen('change', -5, ON)], 400 * DAY, [5, 100, 5000]).hours.missing).toBe(0)
  })

  const selectors = (value: Json): Observation => seen('change', -5, { status: 'read', value }, 'eventSelectors', TRAIL)
  it.each<{ name: string; value: Json; covered: boolean }>([
    {
      name: 'all buckets',
      value: { eventSelectors: [{ readWriteType: 'All', dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] }] },
      covered: true,
    },
    {
      name: 'this bucket',
      value: {
        EventSelectors: [{ ReadWriteType: 'ReadOnly', DataResources: [{ Type: 'AWS::S3::Object', Values: [`${STORE}/`] }] }],
      },
      covered: true,
    },
    {
      name: 'a prefix of this bucket only',
      value: {
        eventSelectors: [{ readWriteType: 'All', dataResources: [{ type: 'AWS::S3::Object', values: [`${STORE}/a/`] }] }],
      },
      covered: false,
    },
    {
      name: 'another bucket',
      value: {
        eventSelectors: [{ readWriteType: 'All', dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3:::other/'] }] }],
      },
      covered: false,
    },
    {
      name: 'writes only',
      value: {
        eventSelectors: [{ readWriteType: 'WriteOnly', dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] }],
      },
      covered: false,
    },
    {
      name: 'management events only',
      value: { eventSelectors: [{ readWriteType: 'All', includeManagementEvents: true, dataResources: [] }] },
      covered: false,
    },
    {
      name: 'advanced: data events of S3 objects',
      value: {
        advancedEventSelectors: [
          {
            fieldSelectors: [
              { field: 'eventCategory', equals: ['Data'] },
              { field: 'resources.type', equals: ['AWS::S3::Object'] },
            ],
          },
        ],
      },
      covered: true,
    },
    {
      name: 'advanced with a condition that leaves some out',
      value: {
        advancedEventSelectors: [
          {
            fieldSelectors: [
              { field: 'eventCategory', equals: ['Data'] },
              { field: 'resources.type', equals: ['AWS::S3::Object'] },
              { field: 'eventName', notEquals: ['GetObject'] },
            ],
          },
        ],
      },
      covered: false,
    },
  ])('data events selected by $name', ({ value, covered }) => {
    const { sources, hours } = cover([selectors(value)], 5)
    expect({ sources, silent: hours['configured-silent'] }).toEqual(
      covered ? { sources: ['cloudtrail-data-events'], silent: 5 } : { sources: [], silent: 0 },
    )
  })

  it('counts hours that two sources cover, and a stopped trail for none', () => {
    const everything = selectors({
      eventSelectors: [{ readWriteType: 'All', dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] }],
    })
    expect(cover([everything, seen('change', -5, ON)], 5).hoursCoveredTwice).toBe(5)
    const running = seen('change', -6, { status: 'read', value: { isLogging: true } }, 'logging', TRAIL)
    const stopped = seen('change', 2, { status: 'read', value: { isLogging: false } }, 'logging', TRAIL)
    expect(runs(cover([everything, running, stopped], 5))).toEqual([
      'configured-silent×2',
      'unconfirmed-edge×1',
      'not-configured×2',
    ])
  })

  it('gives every open hour one state, whatever the windows and the history', () => {
    const hour = fc.integer({ min: -20, max: 120 })
    const observation = fc
      .tuple(fc.constantFrom('point' as const, 'change' as const), hour, fc.constantFrom(ON, OFF, UNREAD))
      .map(([kind, when, value]) => seen(kind, when, value))
    const window = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 30 }))
    fc.assert(
      fc.property(
        fc.array(observation, { maxLength: 5 }),
        fc.array(window, { maxLength: 4 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 130 })),
        (history, windows, observed) => {
          const coverage = coverageOf({
            store: STORE,
            windows: windows.map(([from, length]) => ({ from: at(from), to: at(from + length) })),
            loggingHistory: history,
            observedHours: { 's3-access-log': [...observed].sort((a, b) => a - b).map(epochHour), 'cloudtrail-data-events': [] },
            asOf: at(110),
          })
          const open = new Set(windows.flatMap(([from, length]) => Array.from({ length }, (_, index) => from + index)))
          expect(coverage.openHours).toBe(open.size)
          expect(Object.values(coverage.hours).reduce((sum, count) => sum + count, 0)).toBe(open.size)
          const fromSpans: Partial<Record<CoverageState, number>> = {}
          for (const { from, to, state } of coverage.spans)
            fromSpans[state] = (fromSpans[state] ?? 0) + (Date.parse(to) - Date.parse(from)) / HOUR_MS
          for (const [state, count] of Object.entries(coverage.hours)) expect(fromSpans[state as CoverageState] ?? 0).toBe(count)
        },
      ),
    )
  })
})

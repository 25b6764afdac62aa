import { describe, expect, it } from 'vitest'
import { epochMs, type Observation } from '../model/index.ts'
import { HOUR_MS } from './coverage.ts'
import { type DeliveredHours, logCoverage, spannedHours } from './log-coverage.ts'

const STORE = 'arn:aws:s3:::maps'
const FROM = '2021-02-06T00:00:00Z'
const TO = '2021-02-06T06:00:00Z'
const FIRST = epochMs(FROM) / HOUR_MS

function logging(validFrom: string, isOn: boolean): Observation {
  return {
    resource: { id: STORE, type: 'AWS::S3::Bucket', account: '111122223333', region: 'us-east-1', name: 'maps' },
    facet: 'logging',
    kind: 'change',
    validFrom,
    value: isOn ? { status: 'read', value: { TargetBucket: 'logs', TargetPrefix: '' } } : { status: 'absent' },
    source: 'cloudtrail',
    evidence: { file: 'trail.json' },
  }
}

function dataEvents(validFrom: string): Observation {
  return {
    resource: {
      id: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/all',
      type: 'AWS::CloudTrail::Trail',
      account: '111122223333',
      region: 'us-east-1',
      name: 'all',
    },
    facet: 'eventSelectors',
    kind: 'change',
    validFrom,
    value: {
      status: 'read',
      value: { EventSelectors: [{ ReadWriteType: 'All', DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }] },
    },
    source: 'cloudtrail',
    evidence: { file: 'trail.json' },
  }
}

function lines(source: string, observed: readonly number[], spanned: readonly number[] = []): DeliveredHours {
  return { source, observed: observed.map((hour) => FIRST + hour), spanned: spanned.map((hour) => FIRST + hour) }
}

function coverage(loggingHistory: readonly Observation[], delivered: readonly DeliveredHours[], asOf = '2023-01-01T00:00:00Z') {
  return logCoverage({ resource: STORE, window: { from: FROM, to: TO }, loggingHistory, delivered, asOf })
}

/** One letter an hour: o observed, s silent, u unconfirmed edge, n not configured, l late. */
function letters(found: ReturnType<typeof coverage>): string {
  return found.stretches
    .map(({ from, to, state }) => state.replace('configured-', '')[0]!.repeat((epochMs(to) - epochMs(from)) / HOUR_MS))
    .join('')
}

describe('what logs could have shown', () => {
  it.each<{ name: string; history?: Observation[]; delivered?: DeliveredHours[]; is: string; twice?: number; asOf?: string }>([
    { name: 'nothing at all is dark', is: 'nnnnnn' },
    {
      name: 'lines alone show their own hours; silence between them is dark',
      delivered: [lines('s3-access-log', [1, 4])],
      is: 'nonnon',
    },
    {
      name: 'hours inside one delivered file are silent',
      delivered: [lines('s3-access-log', [1, 4], [2, 3])],
      is: 'nosson',
    },
    {
      name: 'lines of two logs in every hour prove no two logs for whole hours',
      delivered: [lines('s3-access-log', [0, 1, 2, 3, 4, 5]), lines('cloudtrail-data-events', [0, 1, 2, 3, 4, 5])],
      is: 'oooooo',
      twice: 0,
    },
    {
      name: 'a configuration makes silence count',
      history: [logging('2021-01-01T00:00:00Z', true)],
      delivered: [lines('s3-access-log', [2])],
      is: 'ssosss',
    },
    {
      name: 'two configured logs cover twice',
      history: [logging('2021-01-01T00:00:00Z', true), dataEvents('2021-01-01T00:00:00Z')],
      is: 'ssssss',
      twice: 6,
    },
    {
      name: 'a log that was switched off shows nothing, whatever else is said',
      history: [logging('2021-01-01T00:00:00Z', true), logging('2021-01-02T00:00:00Z', false)],
      is: 'nnnnnn',
    },
    {
      name: 'before the configuration is known, lines still show their hours',
      history: [logging('2021-02-06T04:00:00Z', true)],
      delivered: [lines('s3-access-log', [1])],
      is: 'nonnus',
    },
    {
      name: 'another log of no known configuration shows its own hours',
      delivered: [lines('nginx-combined', [3])],
      is: 'nnnonn',
    },
    {
      name: 'the last day may still be on its way',
      history: [logging('2021-01-01T00:00:00Z', true)],
      is: 'llllll',
      asOf: '2021-02-06T06:00:00Z',
    },
  ])('$name', ({ history = [], delivered = [], is, twice = 0, asOf }) => {
    const found = coverage(history, delivered, asOf)
    expect(letters(found)).toBe(is)
    expect(found.hoursCoveredTwice).toBe(twice)
    expect(found.hourCount).toBe(6)
    expect(Object.values(found.hours).reduce((sum, hours) => sum + hours)).toBe(6)
  })

  it('says for every stretch why, and calls dark what is dark', () => {
    const [dark, seen] = coverage([], [lines('s3-access-log', [1])]).stretches
    expect(dark).toMatchObject({ state: 'not-configured', sources: [] })
    expect(dark!.because).toMatch(/^dark: .*silence proves nothing/)
    expect(seen).toMatchObject({ state: 'configured-observed', sources: ['s3-access-log'] })
    expect(seen!.because).toContain('its configuration is not among what was given')
  })
})

describe('hours inside a delivered file', () => {
  it.each([
    { name: 'neighbours have none between them', files: [{ first: 3, last: 4 }], hours: [] },
    { name: 'a few hours', files: [{ first: 3, last: 6 }], hours: [4, 5] },
    {
      name: 'two files that overlap',
      files: [
        { first: 3, last: 6 },
        { first: 4, last: 7 },
      ],
      hours: [4, 5, 6],
    },
    { name: 'a file that somebody put together proves nothing', files: [{ first: 3, last: 700 }], hours: [] },
  ])('$name', ({ files, hours }) => {
    expect(spannedHours(files)).toEqual(hours)
  })
})

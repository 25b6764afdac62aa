import { type AccessReport, type Audience, type Instant, packSpans } from '../model/index.ts'
import { conclude } from './conclude.ts'
import { coverageOf } from './coverage.ts'

/** The report on a resource of which no log could have shown an access, such as a database snapshot: dark in every hour. */
export function darkAccessReport({
  windows,
  reach,
}: {
  readonly windows: readonly { readonly from: Instant; readonly to: Instant }[]
  readonly reach: Audience
}): AccessReport {
  const { openHours, hours, hoursCoveredTwice, spans, sources } = coverageOf({
    store: '',
    windows,
    loggingHistory: [],
    observedHours: { 's3-access-log': [], 'cloudtrail-data-events': [] },
    asOf: '1970-01-01T00:00:00Z',
  })
  const { code, sentence } = conclude({
    reads: 0,
    lists: 0,
    ambiguous: 0,
    rejected: 0,
    openHours,
    hours,
    hoursCoveredTwice,
    reach,
  })
  return {
    conclusion: code,
    sentence,
    coverage: { openHours, hours, covered: 0, spans: packSpans(spans), sources },
    lines: { read: 0, parsed: 0, ambiguous: 0, rejected: 0 },
    requests: { inside: 0, knownGood: 0, knownScanner: 0, outside: 0, unknown: 0 },
    outsiders: [],
    outsiderCount: 0,
    objectsRead: [],
    objectsReadCount: 0,
    readsByHour: [],
    firstRead: null,
    firstList: null,
  }
}

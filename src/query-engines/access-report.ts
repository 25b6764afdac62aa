import { conclude, coverageOf, HOUR_MS, type LogSource, printable } from '../forensics/index.ts'
import {
  type AccessReport,
  compareInstants,
  compareText,
  earliest,
  type Instant,
  instant,
  type LineCounts,
  latest,
  packSpans,
  type Outsider,
  type RequestCounts,
} from '../model/index.ts'
import { type DuckDbSession, epochMsOf } from './duckdb-session.ts'
import type { AccessQuery } from './access-query.ts'
import { gatherRequests, type RowsByMonth } from './gather-requests.ts'
import * as queries from './queries/access-queries.ts'

const MOST_OUTSIDERS = 50
const MOST_USER_AGENTS = 10
const MOST_OBJECTS = 1000
const MOST_HOURS = 2000

/** Who came to a store while it was open, and what its logs could have shown. */
export async function accessReport(session: DuckDbSession, query: AccessQuery, rowsByMonth: RowsByMonth): Promise<AccessReport> {
  const ranges = mergedRanges(query.windows)
  const coverage = coverageOf({ ...query, observedHours: await observedHours(session, query.bucket) })
  const found = ranges.length === 0 || query.bucket === '' ? NOTHING : await requestsIn(session, query, ranges, rowsByMonth)
  const { openHours, hours, hoursCoveredTwice, spans, sources } = coverage
  const { code, sentence } = conclude({
    reads: found.reads,
    lists: found.lists,
    ambiguous: found.doubtful,
    others: found.others,
    rejected: found.lines.rejected,
    openHours,
    hours,
    hoursCoveredTwice,
    reach: query.reach,
  })
  const covered = hours['configured-observed'] + hours['configured-silent']
  return {
    conclusion: code,
    sentence,
    coverage: {
      openHours,
      hours,
      covered: openHours === 0 ? 0 : Math.round((covered / openHours) * 10_000) / 10_000,
      spans: packSpans(spans),
      sources,
    },
    lines: found.lines,
    requests: found.requests,
    outsiders: found.outsiders,
    outsiderCount: found.outsiderCount,
    objectsRead: found.objectsRead,
    objectsReadCount: found.objectsReadCount,
    readsByHour: found.readsByHour,
    firstRead: found.firstRead,
    firstList: found.firstList,
  }
}

type Found = Pick<
  AccessReport,
  | 'lines'
  | 'requests'
  | 'outsiders'
  | 'outsiderCount'
  | 'objectsRead'
  | 'objectsReadCount'
  | 'readsByHour'
  | 'firstRead'
  | 'firstList'
> & { readonly reads: number; readonly lists: number; readonly doubtful: number; readonly others: number }

const NO_REQUESTS: RequestCounts = { inside: 0, knownGood: 0, knownScanner: 0, outside: 0, unknown: 0 }

const NOTHING: Found = {
  lines: { read: 0, parsed: 0, ambiguous: 0, rejected: 0 },
  requests: NO_REQUESTS,
  outsiders: [],
  outsiderCount: 0,
  objectsRead: [],
  objectsReadCount: 0,
  readsByHour: [],
  firstRead: null,
  firstList: null,
  reads: 0,
  lists: 0,
  doubtful: 0,
  others: 0,
}

async function requestsIn(
  session: DuckDbSession,
  query: AccessQuery,
  ranges: readonly queries.TimeRange[],
  rowsByMonth: RowsByMonth,
): Promise<Found> {
  const { bucket } = query
  const requests = await gatherRequests(session, query, ranges, rowsByMonth)
  const [totals] = await session.rows<{
    reads: bigint
    lists: bigint
    doubtful: bigint
    others: bigint
    first_read: Date | null
    first_list: Date | null
  }>(queries.outsideTotals)
  const [sources] = await session.rows<{ sources: bigint }>(queries.outsiderCount)
  const [objects] = await session.rows<{ objects: bigint }>(queries.objectsReadCount)
  const keys = await session.rows<{ object_key: string }>(queries.objectsRead, [MOST_OBJECTS])
  const hours = await session.rows<{ hour: Date; reads: bigint; lists: bigint }>(queries.readsByHour)
  const found: Found = {
    lines: await linesIn(session, bucket, ranges),
    requests,
    outsiders: await outsidersIn(session),
    outsiderCount: Number(sources!.sources),
    objectsRead: keys.map(({ object_key }) => printable(object_key)).sort(compareText),
    objectsReadCount: Number(objects!.objects),
    readsByHour: coarsened(
      hours.map(({ hour, reads, lists }) => ({ hour: instant(hour), reads: Number(reads), lists: Number(lists) })),
    ),
    firstRead: totals!.first_read && instant(totals!.first_read),
    firstList: totals!.first_list && instant(totals!.first_list),
    reads: Number(totals!.reads),
    lists: Number(totals!.lists),
    doubtful: Number(totals!.doubtful),
    others: Number(totals!.others),
  }
  await session.run('DROP TABLE store_request')
  return found
}

async function linesIn(session: DuckDbSession, bucket: string, ranges: readonly queries.TimeRange[]): Promise<LineCounts> {
  const [lines] = await session.rows<Record<keyof LineCounts, bigint>>(queries.lineCounts(ranges), [bucket])
  const [strays] = await session.rows<{ rejected: bigint }>(queries.rejectedInSameFiles(ranges), [bucket])
  const stray = Number(strays!.rejected)
  return {
    read: Number(lines!.read) + stray,
    parsed: Number(lines!.parsed),
    ambiguous: Number(lines!.ambiguous),
    rejected: Number(lines!.rejected) + stray,
  }
}

interface OutsiderRow {
  readonly remote_ip: string | null
  readonly requester: string | null
  readonly network: string | null
  readonly first_time: Date
  readonly last_time: Date
  readonly requests: bigint
  readonly reads: bigint
  readonly lists: bigint
  readonly writes: bigint
  readonly bytes: bigint
  readonly objects: bigint
}

async function outsidersIn(session: DuckDbSession): Promise<readonly Outsider[]> {
  const rows = await session.rows<OutsiderRow>(queries.outsiders, [MOST_OUTSIDERS])
  const outsiders: Outsider[] = []
  for (const row of rows) {
    const agents = await session.rows<{ user_agent: string }>(queries.userAgentsOf, [
      row.remote_ip,
      row.requester,
      MOST_USER_AGENTS,
    ])
    outsiders.push({
      ip: printable(row.remote_ip ?? '-'),
      network: row.network,
      principal: row.requester && printable(row.requester),
      userAgents: agents.map(({ user_agent }) => printable(user_agent, 256)),
      first: instant(row.first_time),
      last: instant(row.last_time),
      requests: Number(row.requests),
      reads: Number(row.reads),
      lists: Number(row.lists),
      writes: Number(row.writes),
      bytes: Number(row.bytes),
      objects: Number(row.objects),
    })
  }
  return outsiders
}

const KIND_OF_SOURCE: Readonly<Record<string, LogSource>> = {
  's3-access-log': 's3-access-log',
  'cloudtrail-data-event': 'cloudtrail-data-events',
}

async function observedHours(session: DuckDbSession, bucket: string): Promise<Record<LogSource, number[]>> {
  const hours: Record<LogSource, number[]> = { 's3-access-log': [], 'cloudtrail-data-events': [] }
  if (bucket === '') return hours
  await session.columns(queries.observedHours, [bucket], ([kinds, moments], rowCount) => {
    for (let row = 0; row < rowCount; row++)
      hours[KIND_OF_SOURCE[kinds![row] as string]!]?.push(epochMsOf(moments![row]) / HOUR_MS)
  })
  return hours
}

/** The windows as disjoint ranges in order of time. */
function mergedRanges(windows: AccessQuery['windows']): readonly queries.TimeRange[] {
  const sorted = windows.filter(({ from, to }) => compareInstants(from, to) < 0).sort((a, b) => compareInstants(a.from, b.from))
  const merged: { from: Instant; to: Instant }[] = []
  for (const { from, to } of sorted) {
    const last = merged.at(-1)
    if (last && compareInstants(from, last.to) <= 0) last.to = latest(last.to, to)
    else merged.push({ from, to: earliest(to, LAST) })
  }
  return merged
}

const LAST: Instant = '9999-12-31T00:00:00Z'

/** By hour; a store with so many readers that this would fill pages, such as a public website, by day. */
function coarsened(hours: AccessReport['readsByHour']): AccessReport['readsByHour'] {
  if (hours.length <= MOST_HOURS) return hours
  const days = Map.groupBy(hours, ({ hour }) => hour.slice(0, 10))
  return [...days].map(([day, group]) => ({
    hour: instant(`${day}T00:00:00Z`),
    reads: group.reduce((sum, { reads }) => sum + reads, 0),
    lists: group.reduce((sum, { lists }) => sum + lists, 0),
  }))
}

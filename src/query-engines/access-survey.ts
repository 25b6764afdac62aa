import { BULK_THRESHOLDS, type BulkPattern, printable, takenOf } from '../forensics/index.ts'
import { compareInstants, compareText, earliest, instant, latest, type Outsider, type RequestCounts } from '../model/index.ts'
import { copyDestination } from './copy-destination.ts'
import { type DuckDbSession, epochMsOf } from './duckdb-session.ts'
import { gatherInSteps, type RowsByMonth } from './gather-requests.ts'
import { outsiderCount, outsiders } from './queries/access-queries.ts'
import * as queries from './queries/survey-queries.ts'
import type {
  CopyMade,
  FirstRequest,
  ObjectTaken,
  PatternFound,
  SessionUse,
  StoreTotals,
  Survey,
  SurveyQuery,
} from './survey-query.ts'

const MOST_OUTSIDERS = 1000
const MOST_USER_AGENTS = 10
const MOST_OBJECTS = 10_000
const MOST_PATTERNS = 100
const MOST_COPIES = 1000
const MOST_SESSIONS = 10_000
const MOST_HOURS = 200_000

/** Who came to the stores of a lake, what they took and how they went about it. */
export async function accessSurvey(session: DuckDbSession, query: SurveyQuery, rowsByMonth: RowsByMonth): Promise<Survey> {
  const { bucket, window } = query
  const standings = new Standings()
  const sessions = new Sessions()
  const gathered = { ...query, further: queries.SURVEY_COLUMNS }
  const ranges = compareInstants(window.from, window.to) < 0 ? [window] : []
  if (ranges.length === 0) return NOTHING
  await gatherInSteps(session, gathered, ranges, rowsByMonth, async () => {
    standings.add(await session.rows(queries.standingsByStore))
    sessions.add(await session.rows(queries.requestsInSessions))
  })
  const [rejected] = await session.rows<{ rejected: bigint }>(
    bucket === null ? queries.rejectedOfAll : queries.rejectedOfStore,
    bucket === null ? [] : [bucket],
  )
  const totals = await session.rows<TotalsRow>(queries.totalsByStore)
  const [sourceCount] = await session.rows<{ sources: bigint }>(outsiderCount)
  const [objectCount] = await session.rows<{ objects: bigint }>(queries.objectsTakenCount)
  const survey: Survey = {
    stores: standings.withTotals(totals),
    rejected: Number(rejected!.rejected),
    outsiders: await outsidersIn(session),
    outsiderCount: Number(sourceCount!.sources),
    objects: await objectsIn(session),
    objectCount: Number(objectCount!.objects),
    servedHours: await servedHoursIn(session),
    firstAnonymousRead: await firstIn(session, queries.firstAnonymousRead),
    firstRead: await firstIn(session, queries.firstOf('read')),
    firstListing: await firstIn(session, queries.firstOf('list')),
    patterns: await patternsIn(session),
    copies: await copiesIn(session),
    sessions: sessions.list(),
  }
  await session.run('DROP TABLE store_request')
  return survey
}

const NO_COUNTS: RequestCounts = { inside: 0, knownGood: 0, knownScanner: 0, outside: 0, unknown: 0 }

const NOTHING: Survey = {
  stores: [],
  rejected: 0,
  outsiders: [],
  outsiderCount: 0,
  objects: [],
  objectCount: 0,
  servedHours: [],
  firstAnonymousRead: null,
  firstRead: null,
  firstListing: null,
  patterns: [],
  copies: [],
  sessions: [],
}

interface TotalsRow {
  readonly bucket: string
  readonly reads: bigint
  readonly lists: bigint
  readonly doubtful: bigint
  readonly others: bigint
}

/** Requests and sure reads by store and standing, over all steps. */
class Standings {
  private readonly byStore = new Map<
    string,
    { readonly requests: Record<keyof RequestCounts, number>; readonly reads: Record<keyof RequestCounts, number> }
  >()

  add(
    rows: readonly {
      readonly bucket: string
      readonly standing: keyof RequestCounts
      readonly requests: bigint
      readonly reads: bigint
    }[],
  ): void {
    for (const { bucket, standing, requests, reads } of rows) {
      const counts = this.byStore.get(bucket) ?? { requests: { ...NO_COUNTS }, reads: { ...NO_COUNTS } }
      this.byStore.set(bucket, counts)
      counts.requests[standing] += Number(requests)
      counts.reads[standing] += Number(reads)
    }
  }

  withTotals(rows: readonly TotalsRow[]): readonly StoreTotals[] {
    const totals = new Map(rows.map((row) => [row.bucket, row]))
    return [...this.byStore]
      .sort(([a], [b]) => compareText(a, b))
      .map(([bucket, { requests, reads }]) => {
        const row = totals.get(bucket)
        return {
          bucket,
          requests,
          readsBy: reads,
          reads: Number(row?.reads ?? 0),
          lists: Number(row?.lists ?? 0),
          doubtful: Number(row?.doubtful ?? 0),
          others: Number(row?.others ?? 0),
        }
      })
  }
}

/** What was done in each session of a role, over all steps. */
class Sessions {
  private readonly bySession = new Map<string, SessionUse>()

  add(
    rows: readonly {
      readonly requester: string
      readonly standing: keyof RequestCounts
      readonly requests: bigint
      readonly reads: bigint
      readonly lists: bigint
      readonly first_time: Date
      readonly last_time: Date
    }[],
  ): void {
    for (const row of rows) {
      const before = this.bySession.get(row.requester)
      if (!before && this.bySession.size >= MOST_SESSIONS) continue
      const [first, last] = [instant(row.first_time), instant(row.last_time)]
      this.bySession.set(row.requester, {
        session: row.requester,
        standing: row.standing,
        requests: Number(row.requests) + (before?.requests ?? 0),
        reads: Number(row.reads) + (before?.reads ?? 0),
        lists: Number(row.lists) + (before?.lists ?? 0),
        first: before ? earliest(before.first, first) : first,
        last: before ? latest(before.last, last) : last,
      })
    }
  }

  list(): readonly SessionUse[] {
    return [...this.bySession.values()].sort((a, b) => compareText(a.session, b.session))
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
  await session.run(`CREATE OR REPLACE TEMP TABLE top_outsider AS ${outsiders}`, [MOST_OUTSIDERS])
  const rows = await session.rows<OutsiderRow>(
    'SELECT * FROM top_outsider ORDER BY bytes DESC, requests DESC, remote_ip NULLS LAST, requester NULLS LAST',
  )
  const agents = Map.groupBy(
    await session.rows<{ remote_ip: string | null; requester: string | null; user_agent: string }>(queries.userAgentsOfTop, [
      MOST_USER_AGENTS,
    ]),
    sourceName,
  )
  await session.run('DROP TABLE top_outsider')
  return rows.map((row) => ({
    ip: printable(row.remote_ip ?? '-'),
    network: row.network === null ? null : printable(row.network, 256),
    principal: shown(row.requester),
    userAgents: (agents.get(sourceName(row)) ?? []).map(({ user_agent }) => printable(user_agent, 256)),
    first: instant(row.first_time),
    last: instant(row.last_time),
    requests: Number(row.requests),
    reads: Number(row.reads),
    lists: Number(row.lists),
    writes: Number(row.writes),
    bytes: Number(row.bytes),
    objects: Number(row.objects),
  }))
}

function sourceName({ remote_ip, requester }: { readonly remote_ip: string | null; readonly requester: string | null }): string {
  return JSON.stringify([remote_ip, requester])
}

async function objectsIn(session: DuckDbSession): Promise<readonly ObjectTaken[]> {
  const objects: ObjectTaken[] = []
  await session.columns(queries.objectsTaken, [MOST_OBJECTS], (columns, rowCount) => {
    for (let row = 0; row < rowCount; row++) {
      const [bucket, key, reads, sure, size, largest, bytes, addresses, first, last] = columns.map((column) => column[row])
      const sizeBytes = numberOf(size)
      const allAnswers = numberOf(bytes)
      objects.push({
        bucket: printable(bucket as string),
        key: printable(key as string),
        reads: Number(reads),
        sureReads: Number(sure),
        bytes: allAnswers ?? 0,
        sizeBytes,
        taken: takenOf({ sizeBytes, largestAnswer: numberOf(largest), allAnswers }),
        addresses: Number(addresses),
        first: instant(epochMsOf(first)),
        last: instant(epochMsOf(last)),
      })
    }
  })
  return objects
}

async function servedHoursIn(session: DuckDbSession): Promise<Survey['servedHours']> {
  const hours: Survey['servedHours'][number][] = []
  await session.columns(queries.servedHours, [], (columns, rowCount) => {
    for (let row = 0; row < rowCount && hours.length < MOST_HOURS; row++) {
      const [bucket, hour, reads, lists] = columns.map((column) => column[row])
      hours.push({ bucket: bucket as string, hour: instant(epochMsOf(hour)), reads: Number(reads), lists: Number(lists) })
    }
  })
  return hours
}

interface FirstRow {
  readonly time: Date
  readonly bucket: string
  readonly object_key: string | null
  readonly remote_ip: string | null
  readonly requester: string | null
  readonly user_agent: string | null
  readonly request_id: string | null
  readonly network: string | null
}

async function firstIn(session: DuckDbSession, sql: string): Promise<FirstRequest | null> {
  const [row] = await session.rows<FirstRow>(sql)
  if (!row) return null
  return {
    at: instant(row.time),
    bucket: printable(row.bucket),
    key: shown(row.object_key),
    ip: shown(row.remote_ip),
    principal: shown(row.requester),
    network: shown(row.network),
    userAgent: row.user_agent === null ? null : printable(row.user_agent, 256),
    requestId: shown(row.request_id),
  }
}

interface PatternRow {
  readonly bucket: string
  readonly remote_ip: string | null
  readonly requester: string | null
  readonly keys: bigint
  readonly requests: bigint
  readonly first_time: Date
  readonly last_time: Date
}

async function patternsIn(session: DuckDbSession): Promise<readonly PatternFound[]> {
  const asked: readonly (readonly [BulkPattern, string, number])[] = [
    ['bulk-reading', queries.bulkReading, BULK_THRESHOLDS.keysReadInAnHour],
    ['listed-then-read', queries.listedThenRead, BULK_THRESHOLDS.keysReadAfterListing],
    ['sequential-keys', queries.sequentialKeys, BULK_THRESHOLDS.sequentialKeys],
    ['key-guessing', queries.keyGuessing, BULK_THRESHOLDS.keysMissedInAnHour],
  ]
  const found: PatternFound[] = []
  for (const [pattern, sql, least] of asked) {
    const rows = await session.rows<PatternRow>(sql, [least, MOST_PATTERNS])
    for (const row of rows)
      found.push({
        pattern,
        bucket: printable(row.bucket),
        ip: shown(row.remote_ip),
        principal: shown(row.requester),
        keys: Number(row.keys),
        requests: Number(row.requests),
        first: instant(row.first_time),
        last: instant(row.last_time),
      })
  }
  return found
}

interface CopyRow {
  readonly time: Date
  readonly bucket: string
  readonly object_key: string | null
  readonly remote_ip: string | null
  readonly requester: string | null
  readonly operation: string
  readonly bytes_sent: bigint | null
  readonly copy_detail: string | null
  readonly network: string | null
}

async function copiesIn(session: DuckDbSession): Promise<readonly CopyMade[]> {
  const rows = await session.rows<CopyRow>(queries.copiesMade, [MOST_COPIES])
  return rows.map((row) => ({
    at: instant(row.time),
    ...copyDestination({ bucket: row.bucket, key: row.object_key, operation: row.operation, detail: row.copy_detail }),
    ip: shown(row.remote_ip),
    principal: shown(row.requester),
    network: shown(row.network),
    operation: printable(row.operation),
    bytes: row.bytes_sent === null ? null : Number(row.bytes_sent),
  }))
}

function shown(text: string | null): string | null {
  return text === null ? null : printable(text)
}

/** A sum of 64-bit numbers comes as a number of 128 bits. */
function numberOf(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}

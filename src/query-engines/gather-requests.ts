import { type RequestSource, sourceClassifier, type SourceRules } from '../forensics/index.ts'
import { compareInstants, compareText, earliest, type Instant, instant, latest, type RequestCounts } from '../model/index.ts'
import type { AccessQuery } from './access-query.ts'
import type { DuckDbSession } from './duckdb-session.ts'
import * as queries from './queries/access-queries.ts'

/** Rows of the lake by month, `YYYY-MM`, over all stores. */
export type RowsByMonth = ReadonlyMap<string, number>

/**
 * Makes the relation `store_request`: the requests of strangers to a store in the ranges, each once; and counts all requests by
 * whose they were. Goes month by month, so that memory does not grow with the lake. A request that two logs date in different
 * months counts twice.
 */
export async function gatherRequests(
  session: DuckDbSession,
  query: GatherQuery,
  ranges: readonly queries.TimeRange[],
  rowsByMonth: RowsByMonth,
): Promise<RequestCounts> {
  const counts = { inside: 0, knownGood: 0, knownScanner: 0, outside: 0, unknown: 0 }
  await gatherInSteps(session, query, ranges, rowsByMonth, async () => {
    const standings = await session.rows<{ standing: keyof RequestCounts; requests: bigint }>(queries.requestsByStanding)
    for (const { standing, requests } of standings) counts[standing] += Number(requests)
  })
  return counts
}

/** Whose requests to gather: those of one store, or of every store where `bucket` is null. */
export interface GatherQuery extends Pick<AccessQuery, 'asOf'> {
  readonly bucket: string | null
  readonly sources: Omit<SourceRules, 'asOf'>
  /** Columns that `store_request` has besides. */
  readonly further?: readonly queries.FurtherColumn[]
}

/** The same, calling `each` after every step, while `step_request` holds that step's requests of everybody. */
export async function gatherInSteps(
  session: DuckDbSession,
  query: GatherQuery,
  ranges: readonly queries.TimeRange[],
  rowsByMonth: RowsByMonth,
  each: () => Promise<void>,
): Promise<void> {
  await classifySources(session, query, ranges)
  const { bucket, further } = query
  const scope = bucket === null ? 'every-store' : 'one-store'
  const store = bucket === null ? [] : [bucket]
  const steps = stepsOf(ranges, rowsByMonth)
  for (const [index, step] of (steps.length > 0 ? steps : [ranges]).entries()) {
    await session.run(`CREATE OR REPLACE TEMP TABLE repeated AS ${queries.repeatedRequestIds(step, scope)}`, store)
    await session.run(`CREATE OR REPLACE TEMP TABLE step_request AS ${queries.requestsOnce(step, scope, further)}`, [
      ...store,
      ...store,
    ])
    await session.run(
      `${index === 0 ? 'CREATE OR REPLACE TEMP TABLE store_request AS' : 'INSERT INTO store_request'} ${queries.strangersRequests}`,
    )
    await each()
  }
  await session.run('DROP TABLE repeated')
  await session.run('DROP TABLE step_request')
}

/** Rows of the lake that one step goes through, at most, where its months allow. */
const STEP_ROWS = 300_000

/** The ranges cut at months and put together again into steps of about as many rows each, in order of time. */
function stepsOf(ranges: readonly queries.TimeRange[], rowsByMonth: RowsByMonth): readonly (readonly queries.TimeRange[])[] {
  const months = [...rowsByMonth].filter(([month]) => /^\d{4}-\d{2}$/.test(month)).sort(([a], [b]) => compareText(a, b))
  const steps: queries.TimeRange[][] = []
  let rows = 0
  for (const [month, monthRows] of months) {
    const parts = ranges.map((range) => insideMonth(range, month)).filter((part) => part !== null)
    if (parts.length === 0) continue
    const last = steps.at(-1)
    if (last && rows + monthRows <= STEP_ROWS) {
      last.push(...parts)
      rows += monthRows
    } else {
      steps.push(parts)
      rows = monthRows
    }
  }
  return steps.map(joined)
}

function insideMonth(range: queries.TimeRange, month: string): queries.TimeRange | null {
  const first: Instant = `${month}-01T00:00:00Z`
  const next = new Date(first)
  next.setUTCMonth(next.getUTCMonth() + 1)
  const from = latest(range.from, first)
  const to = earliest(range.to, instant(next))
  return compareInstants(from, to) < 0 ? { from, to } : null
}

/** Ranges that touch, as one. */
function joined(ranges: readonly queries.TimeRange[]): readonly queries.TimeRange[] {
  const whole: { from: string; to: string }[] = []
  for (const { from, to } of ranges) {
    const last = whole.at(-1)
    if (last?.to === from) last.to = to
    else whole.push({ from, to })
  }
  return whole
}

/** Decides once for each distinct source whose it is, and hands the answer to the engine to join with. */
async function classifySources(session: DuckDbSession, query: GatherQuery, ranges: readonly queries.TimeRange[]): Promise<void> {
  const standingOf = sourceClassifier({ ...query.sources, asOf: query.asOf })
  const columns: (string | null)[][] = Array.from({ length: 7 }, () => [])
  const { bucket } = query
  const sources = queries.requestSources(ranges, bucket === null ? 'every-store' : 'one-store')
  await session.columns(sources, bucket === null ? [] : [bucket], (chunk, rowCount) => {
    for (let row = 0; row < rowCount; row++) {
      const [ip, requester, bucketOwner, account, vpcEndpoint] = chunk.map((column) => column[row] as string | null)
      const source: RequestSource = {
        ip: ip!,
        requester: requester!,
        bucketOwner: bucketOwner!,
        account: account!,
        vpcEndpoint: vpcEndpoint!,
      }
      const { standing, network } = standingOf(source)
      for (const [index, value] of [ip, requester, bucketOwner, account, vpcEndpoint, standing, network].entries())
        columns[index]!.push(value ?? null)
    }
  })
  await session.run(`CREATE OR REPLACE TEMP TABLE request_source (
    remote_ip VARCHAR, requester VARCHAR, bucket_owner VARCHAR, account VARCHAR, vpc_endpoint VARCHAR, standing VARCHAR, network VARCHAR)`)
  await session.appendText('request_source', columns)
}

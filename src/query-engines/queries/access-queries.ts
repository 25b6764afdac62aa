/**
 * The questions that Ajar asks of the lake, as named SQL texts. They keep to what DuckDB and Trino (Athena) know alike:
 * count/sum/min/max with filter, distinct, date_trunc, coalesce, row_number, IS NOT DISTINCT FROM, UNION ALL, timestamps as
 * literals, `?` for parameters. Relations: `access` is the lake; `request_source` the standing of each distinct source,
 * decided by `forensics`; `repeated`, `step_request` and `store_request` are built by the first queries, step by step in time, so
 * that no step needs more memory than another. How a query's result becomes a table is each engine's own.
 */

/** A stretch of time in UTC, `to` exclusive, as `2019-02-06T00:00:00Z`. */
export interface TimeRange {
  readonly from: string
  readonly to: string
}

/** One store, whose bucket is the query's parameter, or every store, with no such parameter. */
export type StoreScope = 'one-store' | 'every-store'

/** Rows of one store (parameter: bucket), or of every store, inside any of the ranges. */
function inside(ranges: readonly TimeRange[], scope: StoreScope): string {
  const either = ranges.map(
    ({ from, to }) => `(time >= ${timestamp(from)} AND time < ${timestamp(to)} AND ${months({ from, to })})`,
  )
  return `${scope === 'one-store' ? 'bucket = ?' : 'bucket IS NOT NULL'} AND (${either.join(' OR ')})`
}

/** Who asked: each distinct source of requests to the store, to be classified once. Parameter: bucket. */
export function requestSources(ranges: readonly TimeRange[], scope: StoreScope = 'one-store'): string {
  return `SELECT DISTINCT remote_ip, requester, bucket_owner, account, vpc_endpoint FROM access WHERE ${inside(ranges, scope)} AND readings > 0`
}

/** Request ids that stand on more than one line: COPY writes two, S3 may deliver a record twice, CloudTrail tells it again. Parameter: bucket. */
export function repeatedRequestIds(ranges: readonly TimeRange[], scope: StoreScope = 'one-store'): string {
  return `SELECT request_id FROM access WHERE ${inside(ranges, scope)} AND request_id IS NOT NULL AND readings > 0 GROUP BY request_id HAVING count(*) > 1`
}

/**
 * Each request of the store once, with its standing; the same request id, operation and key are one request. Where a record
 * and a retelling of it differ in certainty, the certain one counts: no client can write a request id. Parameters: bucket, bucket
 * (none for every store). `further` are columns or expressions with a name to have besides.
 */
export function requestsOnce(
  ranges: readonly TimeRange[],
  scope: StoreScope = 'one-store',
  further: readonly FurtherColumn[] = [],
): string {
  const columns = [REQUEST_COLUMNS, ...further.map(({ name, expression }) => `${expression} AS ${name}`)].join(', ')
  const names = [REQUEST_COLUMNS, ...further.map(({ name }) => name)].join(', ')
  const singles = further.map(({ name }) => `single.${name}, `).join('')
  return `WITH single AS (
    SELECT ${columns} FROM access
    WHERE ${inside(ranges, scope)} AND readings > 0 AND (request_id IS NULL OR request_id NOT IN (SELECT request_id FROM repeated))
    UNION ALL
    SELECT ${names} FROM (
      SELECT ${columns}, row_number() OVER (
        PARTITION BY request_id, CASE WHEN access IN ('admin', 'other') THEN operation ELSE access END, object_key, bucket
        ORDER BY readings, kind DESC, file, line_offset
      ) AS copy
      FROM access WHERE ${inside(ranges, scope)} AND readings > 0 AND request_id IN (SELECT request_id FROM repeated)
    ) AS numbered WHERE copy = 1
  )
  SELECT single.time, single.remote_ip, single.requester, single.user_agent, single.access, single.object_key,
    single.succeeded, single.milder_succeeded, single.bytes_sent, ${singles}source.standing, source.network
  FROM single JOIN request_source AS source
    ON single.remote_ip IS NOT DISTINCT FROM source.remote_ip AND single.requester IS NOT DISTINCT FROM source.requester
    AND single.bucket_owner IS NOT DISTINCT FROM source.bucket_owner AND single.account IS NOT DISTINCT FROM source.account
    AND single.vpc_endpoint IS NOT DISTINCT FROM source.vpc_endpoint`
}

/** A column to have besides, by its expression over the columns of the lake. */
export interface FurtherColumn {
  readonly name: string
  readonly expression: string
}

const REQUEST_COLUMNS = [
  'time',
  'remote_ip',
  'requester',
  'bucket_owner',
  'account',
  'vpc_endpoint',
  'user_agent',
  'access',
  'object_key',
  'succeeded',
  'milder_succeeded',
  'bytes_sent',
].join(', ')

/** Requests of one step by standing. */
export const requestsByStanding = `SELECT standing, count(*) AS requests FROM step_request GROUP BY standing`

/** Those of one step that nobody vouches for: what all later questions are about. */
export const strangersRequests = `SELECT * FROM step_request WHERE standing IN ('outside', 'unknown')`

/** Lines of the store by what became of them. Parameter: bucket. */
export function lineCounts(ranges: readonly TimeRange[]): string {
  return `SELECT count(*) AS "read", count(*) FILTER (WHERE readings = 1) AS parsed,
    count(*) FILTER (WHERE readings > 1) AS ambiguous, count(*) FILTER (WHERE readings = 0) AS rejected
    FROM access WHERE ${inside(ranges, 'one-store')}`
}

/**
 * Rejected lines of which not even store and time could be told, in files that hold lines of this store in the ranges: they may
 * be the store's. Parameter: bucket.
 */
export function rejectedInSameFiles(ranges: readonly TimeRange[]): string {
  return `SELECT count(*) AS rejected FROM access
    WHERE readings = 0 AND time IS NULL AND month = 'other' AND file IN (SELECT DISTINCT file FROM access WHERE ${inside(ranges, 'one-store')})`
}

/** A read or listing that was served in every reading of its line, and one that was in some. */
export const SURELY = 'succeeded = 1 AND milder_succeeded = 1'
export const PERHAPS = 'succeeded = 1 AND (milder_succeeded = 0 OR milder_succeeded IS NULL)'

/** What outsiders got, all in all; `doubtful` are lines that hold a success in some readings only, or hide who asked. */
export const outsideTotals = `SELECT
    count(*) FILTER (WHERE standing = 'outside' AND access = 'read' AND ${SURELY}) AS "reads",
    count(*) FILTER (WHERE standing = 'outside' AND access = 'list' AND ${SURELY}) AS lists,
    count(*) FILTER (WHERE access IN ('read', 'list') AND ((standing = 'outside' AND ${PERHAPS}) OR (standing = 'unknown' AND succeeded = 1))) AS doubtful,
    count(*) FILTER (WHERE standing = 'outside' AND access NOT IN ('read', 'list') AND ${SURELY}) AS others,
    min(time) FILTER (WHERE standing = 'outside' AND access = 'read' AND ${SURELY}) AS first_read,
    min(time) FILTER (WHERE standing = 'outside' AND access = 'list' AND ${SURELY}) AS first_list
  FROM store_request`

/** Outside sources, those that took most first. Parameter: how many. */
export const outsiders = `SELECT remote_ip, requester, network, min(time) AS first_time, max(time) AS last_time, count(*) AS requests,
    count(*) FILTER (WHERE access = 'read' AND succeeded = 1) AS "reads",
    count(*) FILTER (WHERE access = 'list' AND succeeded = 1) AS lists,
    count(*) FILTER (WHERE access IN ('write', 'delete') AND succeeded = 1) AS writes,
    coalesce(sum(bytes_sent) FILTER (WHERE access IN ('read', 'list') AND succeeded = 1), 0) AS bytes,
    count(DISTINCT object_key) FILTER (WHERE access = 'read' AND succeeded = 1) AS objects
  FROM store_request WHERE standing = 'outside'
  GROUP BY remote_ip, requester, network
  ORDER BY bytes DESC, requests DESC, remote_ip NULLS LAST, requester NULLS LAST
  LIMIT ?`

/** How many outside sources there are. */
export const outsiderCount = `SELECT count(*) AS sources FROM (SELECT DISTINCT remote_ip, requester FROM store_request WHERE standing = 'outside') AS source`

/** User agents of one outside source, by use. Parameters: address, requester, how many. */
export const userAgentsOf = `SELECT user_agent, count(*) AS requests FROM store_request
  WHERE standing = 'outside' AND remote_ip IS NOT DISTINCT FROM ? AND requester IS NOT DISTINCT FROM ? AND user_agent IS NOT NULL
  GROUP BY user_agent ORDER BY requests DESC, user_agent LIMIT ?`

/** Keys that outsiders read, or on doubtful lines may have. Parameter: how many. */
export const objectsRead = `SELECT DISTINCT object_key FROM store_request
  WHERE standing IN ('outside', 'unknown') AND access = 'read' AND succeeded = 1 AND object_key IS NOT NULL ORDER BY object_key LIMIT ?`

/** How many such keys there are. */
export const objectsReadCount = `SELECT count(DISTINCT object_key) AS objects FROM store_request
  WHERE standing IN ('outside', 'unknown') AND access = 'read' AND succeeded = 1`

/** Hours in which outsiders were served. */
export const readsByHour = `SELECT date_trunc('hour', time) AS "hour",
    count(*) FILTER (WHERE access = 'read') AS "reads", count(*) FILTER (WHERE access = 'list') AS lists
  FROM store_request WHERE standing = 'outside' AND access IN ('read', 'list') AND ${SURELY}
  GROUP BY 1 ORDER BY 1`

/** Hours in which a kind of log holds lines of the store, over all time. Parameter: bucket. */
export const observedHours = `SELECT kind, date_trunc('hour', time) AS "hour", count(*) AS lines FROM access
  WHERE bucket = ? AND time IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`

/** Objects that were put into or deleted from the store, each event once however many logs tell of it. Parameter: bucket. */
export function objectEvents(puts: readonly string[], deletes: readonly string[]): string {
  const list = (operations: readonly string[]) => operations.map((operation) => `'${operation}'`).join(', ')
  return `SELECT object_key, version_id, event, time, object_size, file, line_offset, request_id FROM (
    SELECT object_key, version_id, CASE WHEN operation IN (${list(puts)}) THEN 'put' ELSE 'delete' END AS event, time,
      object_size, file, line_offset, request_id,
      row_number() OVER (
        PARTITION BY coalesce(request_id, file), coalesce(request_id, CAST(line_offset AS VARCHAR)), object_key,
          CASE WHEN operation IN (${list(puts)}) THEN 'put' ELSE 'delete' END
        ORDER BY kind DESC, file, line_offset
      ) AS copy
    FROM access
    WHERE bucket = ? AND object_key IS NOT NULL AND time IS NOT NULL AND (milder_succeeded = 1 OR succeeded IS NULL)
      AND operation IN (${list([...puts, ...deletes])})
  ) AS event WHERE copy = 1
  ORDER BY object_key, time, event, version_id NULLS FIRST, file, line_offset`
}

/** A moment as a literal of both dialects. */
function timestamp(moment: string): string {
  return `TIMESTAMP '${moment.slice(0, 10)} ${moment.slice(11).replace('Z', '')}'`
}

/** The partitions that a stretch touches: named as text, so that both engines leave the others unread. */
function months({ from, to }: TimeRange): string {
  return `month BETWEEN '${from.slice(0, 7)}' AND '${to.slice(0, 7)}'`
}

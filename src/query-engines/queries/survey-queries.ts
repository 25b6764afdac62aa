/**
 * What is asked of the requests of several stores at once, by the rules of access-queries.ts. `store_request` has the further columns
 * named below; `step_request` holds one step's requests of everybody.
 */
import { type FurtherColumn, PERHAPS, SURELY } from './access-queries.ts'

/** Operations that put a copy elsewhere: the line of the source, or CloudTrail's event of the copy. */
const COPIES = `operation IN ('REST.COPY.OBJECT_GET', 'REST.COPY.PART_GET', 'CopyObject', 'UploadPartCopy', 'SOAP.CopyObject')`

/** Columns that a survey needs beside those of a request. */
export const SURVEY_COLUMNS: readonly FurtherColumn[] = [
  { name: 'bucket', expression: 'bucket' },
  { name: 'kind', expression: 'kind' },
  { name: 'operation', expression: 'operation' },
  { name: 'status', expression: 'status' },
  { name: 'object_size', expression: 'object_size' },
  { name: 'account', expression: 'account' },
  { name: 'request_id', expression: 'request_id' },
  { name: 'copy_detail', expression: `CASE WHEN ${COPIES} THEN coalesce(extra, request_uri) ELSE NULL END` },
]

/** Stores by what logs them, with the stretch of time that their lines span. */
export const loggedStores = `SELECT kind, bucket, min(resource) AS resource, min(time) AS first_time, max(time) AS last_time, count(*) AS lines
  FROM access WHERE bucket IS NOT NULL AND time IS NOT NULL AND readings > 0 GROUP BY kind, bucket ORDER BY bucket, kind`

/** Kinds of log that hold requests without their store. */
export const unnamedKinds = `SELECT DISTINCT kind FROM access WHERE bucket IS NULL AND time IS NOT NULL AND readings > 0 ORDER BY kind`

/** Hours in which a kind of log holds lines of a store, all stores. */
export const hoursOfStores = `SELECT bucket, kind, date_trunc('hour', time) AS "hour" FROM access
  WHERE bucket IS NOT NULL AND time IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`

/** First and last hour that a file holds lines of a store of. */
export const hoursOfFiles = `SELECT bucket, kind, min(date_trunc('hour', time)) AS first_hour, max(date_trunc('hour', time)) AS last_hour FROM access
  WHERE bucket IS NOT NULL AND time IS NOT NULL GROUP BY bucket, kind, file
  HAVING min(date_trunc('hour', time)) < max(date_trunc('hour', time)) ORDER BY 1, 2, 3, 4`

/** Lines that could not be read and name this store or none. Parameter: bucket. */
export const rejectedOfStore = `SELECT count(*) AS rejected FROM access WHERE readings = 0 AND (bucket = ? OR bucket IS NULL)`

/** Lines that could not be read. */
export const rejectedOfAll = `SELECT count(*) AS rejected FROM access WHERE readings = 0`

/** Accounts that CloudTrail delivered the events to: those of whoever has the logs. */
export const recipients = `SELECT DISTINCT regexp_extract(extra, '"recipient":"([0-9]{12})"', 1) AS account FROM access
  WHERE kind LIKE 'cloudtrail%' AND extra LIKE '%"recipient":"%'`

/** Requests of one step by store and standing, and how many of them surely read and listed. */
export const standingsByStore = `SELECT bucket, standing, count(*) AS requests,
    count(*) FILTER (WHERE access = 'read' AND ${SURELY}) AS "reads",
    count(*) FILTER (WHERE access = 'list' AND ${SURELY}) AS lists
  FROM step_request GROUP BY bucket, standing`

/** Requests of one step that were made in sessions of roles. */
export const requestsInSessions = `SELECT requester, min(standing) AS standing, count(*) AS requests,
    count(*) FILTER (WHERE access = 'read' AND succeeded = 1) AS "reads",
    count(*) FILTER (WHERE access = 'list' AND succeeded = 1) AS lists, min(time) AS first_time, max(time) AS last_time
  FROM step_request WHERE requester LIKE 'arn:%:sts::%:assumed-role/%' GROUP BY requester`

/** What outsiders got of each store; `doubtful` and `others` as in a conclusion. */
export const totalsByStore = `SELECT bucket,
    count(*) FILTER (WHERE standing = 'outside' AND access = 'read' AND ${SURELY}) AS "reads",
    count(*) FILTER (WHERE standing = 'outside' AND access = 'list' AND ${SURELY}) AS lists,
    count(*) FILTER (WHERE access IN ('read', 'list') AND ((standing = 'outside' AND ${PERHAPS}) OR (standing = 'unknown' AND succeeded = 1))) AS doubtful,
    count(*) FILTER (WHERE standing = 'outside' AND access NOT IN ('read', 'list') AND ${SURELY}) AS others
  FROM store_request GROUP BY bucket ORDER BY bucket`

const ANONYMOUS = `(requester IS NULL OR requester IN ('', '-', 'anonymous', 'Anonymous') OR account = 'anonymous')`
const FIRST_COLUMNS = 'time, bucket, object_key, remote_ip, requester, user_agent, request_id, network'
const IN_ORDER = 'ORDER BY time, bucket, object_key NULLS LAST, remote_ip NULLS LAST, request_id NULLS LAST LIMIT 1'

/** The first read that an outsider without credentials surely succeeded with. */
export const firstAnonymousRead = `SELECT ${FIRST_COLUMNS} FROM store_request
  WHERE standing = 'outside' AND access = 'read' AND ${SURELY} AND ${ANONYMOUS} ${IN_ORDER}`

/** The first read, and the first listing, that an outsider surely succeeded with. */
export function firstOf(access: 'read' | 'list'): string {
  return `SELECT ${FIRST_COLUMNS} FROM store_request WHERE standing = 'outside' AND access = '${access}' AND ${SURELY} ${IN_ORDER}`
}

/** User agents of the outside sources in `top_outsider`, each source's by use. Parameter: how many a source. */
export const userAgentsOfTop = `SELECT remote_ip, requester, user_agent FROM (
    SELECT request.remote_ip, request.requester, request.user_agent, count(*) AS requests, row_number() OVER (
      PARTITION BY request.remote_ip, request.requester ORDER BY count(*) DESC, request.user_agent) AS place
    FROM store_request AS request JOIN top_outsider AS top
      ON request.remote_ip IS NOT DISTINCT FROM top.remote_ip AND request.requester IS NOT DISTINCT FROM top.requester
      AND request.network IS NOT DISTINCT FROM top.network
    WHERE request.standing = 'outside' AND request.user_agent IS NOT NULL
    GROUP BY request.remote_ip, request.requester, request.user_agent) AS agent
  WHERE place <= ? ORDER BY remote_ip NULLS LAST, requester NULLS LAST, place`

/** Objects that outsiders read, or on doubtful lines may have, those of most bytes first. Parameter: how many. */
export const objectsTaken = `SELECT bucket, object_key, count(*) AS "reads", count(*) FILTER (WHERE standing = 'outside' AND ${SURELY}) AS sure_reads,
    max(object_size) AS size, max(bytes_sent) AS largest, sum(bytes_sent) AS bytes, count(DISTINCT remote_ip) AS addresses,
    min(time) AS first_time, max(time) AS last_time
  FROM store_request
  WHERE standing IN ('outside', 'unknown') AND access = 'read' AND succeeded = 1 AND object_key IS NOT NULL
  GROUP BY bucket, object_key ORDER BY coalesce(sum(bytes_sent), 0) DESC, bucket, object_key LIMIT ?`

/** How many such objects there are, all stores. */
export const objectsTakenCount = `SELECT count(*) AS objects FROM (SELECT DISTINCT bucket, object_key FROM store_request
  WHERE standing IN ('outside', 'unknown') AND access = 'read' AND succeeded = 1 AND object_key IS NOT NULL) AS taken`

/** Hours in which outsiders were served, by store. */
export const servedHours = `SELECT bucket, date_trunc('hour', time) AS "hour",
    count(*) FILTER (WHERE access = 'read') AS "reads", count(*) FILTER (WHERE access = 'list') AS lists
  FROM store_request WHERE standing = 'outside' AND access IN ('read', 'list') AND ${SURELY}
  GROUP BY 1, 2 ORDER BY 1, 2`

const BY_SOURCE = 'bucket, remote_ip, requester'
const PATTERN_ORDER = 'ORDER BY keys DESC, bucket, remote_ip NULLS LAST, requester NULLS LAST, first_time LIMIT ?'
const PATTERN_COLUMNS = `${BY_SOURCE}, count(DISTINCT object_key) AS keys, count(*) AS requests, min(time) AS first_time, max(time) AS last_time`

/** Many distinct keys read by one source in one hour. Parameters: least keys, how many. */
export const bulkReading = `SELECT ${PATTERN_COLUMNS} FROM store_request
  WHERE standing IN ('outside', 'unknown') AND access = 'read' AND succeeded = 1
  GROUP BY ${BY_SOURCE}, date_trunc('hour', time) HAVING count(DISTINCT object_key) >= ? ${PATTERN_ORDER}`

/** Many distinct keys in one hour that were refused or not there. Parameters: least keys, how many. */
export const keyGuessing = `SELECT ${PATTERN_COLUMNS} FROM store_request
  WHERE standing IN ('outside', 'unknown') AND access IN ('read', 'head') AND succeeded = 0
  GROUP BY ${BY_SOURCE}, date_trunc('hour', time) HAVING count(DISTINCT object_key) >= ? ${PATTERN_ORDER}`

/** Keys asked for one after another whose last number is one higher each time. Parameters: least keys, how many. */
export const sequentialKeys = `SELECT ${BY_SOURCE}, count(*) AS keys, count(*) AS requests, min(time) AS first_time, max(time) AS last_time FROM (
    SELECT ${BY_SOURCE}, time, number - lag(number) OVER (
      PARTITION BY bucket, remote_ip, requester, stem, ending ORDER BY time, number) AS step
    FROM (
      SELECT ${BY_SOURCE}, time, substr(object_key, 1, length(object_key) - length(digits) - length(ending)) AS stem, ending,
        try_cast(digits AS BIGINT) AS number
      FROM (
        SELECT ${BY_SOURCE}, time, object_key, regexp_extract(object_key, '([0-9]+)[^0-9]*$', 1) AS digits,
          regexp_extract(object_key, '[^0-9]*$') AS ending
        FROM store_request
        WHERE standing IN ('outside', 'unknown') AND access IN ('read', 'head') AND object_key IS NOT NULL) AS cut) AS numbered
    WHERE number IS NOT NULL) AS stepped
  WHERE step = 1 GROUP BY ${BY_SOURCE} HAVING count(*) >= ? ${PATTERN_ORDER}`

/** Sources that listed names and then read many keys within a day. Parameters: least keys, how many. */
export const listedThenRead = `WITH listing AS (
    SELECT ${BY_SOURCE}, min(time) AS first_list FROM store_request
    WHERE standing IN ('outside', 'unknown') AND access = 'list' AND succeeded = 1 GROUP BY ${BY_SOURCE}
  )
  SELECT request.bucket, request.remote_ip, request.requester, count(DISTINCT request.object_key) AS keys, count(*) AS requests,
    min(listing.first_list) AS first_time, max(request.time) AS last_time
  FROM listing JOIN store_request AS request ON request.bucket = listing.bucket
    AND request.remote_ip IS NOT DISTINCT FROM listing.remote_ip AND request.requester IS NOT DISTINCT FROM listing.requester
  WHERE request.standing IN ('outside', 'unknown') AND request.access = 'read' AND request.succeeded = 1
    AND request.time >= listing.first_list AND request.time < listing.first_list + INTERVAL '24' HOUR
  GROUP BY request.bucket, request.remote_ip, request.requester HAVING count(DISTINCT request.object_key) >= ?
  ORDER BY keys DESC, request.bucket, request.remote_ip NULLS LAST, request.requester NULLS LAST LIMIT ?`

/** Copies that outsiders made of objects. Parameter: how many. */
export const copiesMade = `SELECT time, bucket, object_key, remote_ip, requester, operation, bytes_sent, copy_detail, network FROM store_request
  WHERE standing IN ('outside', 'unknown') AND succeeded = 1 AND ${COPIES}
  ORDER BY time, bucket, object_key NULLS LAST, remote_ip NULLS LAST, requester NULLS LAST LIMIT ?`

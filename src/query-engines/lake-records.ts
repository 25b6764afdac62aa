import { closeSync, openSync, writeSync } from 'node:fs'
import { compareText, instant } from '../model/index.ts'
import { type DuckDbSession, epochMsOf } from './duckdb-session.ts'
import { LAKE_COLUMNS } from './ingest/load-parts.ts'

/** Columns that stand in a record under names of their own, or in `ambiguous`. */
const SPECIAL = ['time', 'file', 'line_offset', 'line_length', 'line_hash', 'readings', 'escaped']
const MILDER = ['milder_status', 'milder_succeeded', 'milder_bytes_sent']
const PLAIN = LAKE_COLUMNS.filter(({ name }) => !SPECIAL.includes(name) && !MILDER.includes(name))
const COLUMNS = ['kind', ...SPECIAL, ...MILDER, ...PLAIN.map(({ name }) => name)]

export interface RecordsQuery {
  /** Months of the lake, `YYYY-MM` and `other`. */
  readonly months: readonly string[]
  readonly pathOf: (digest: string) => string
  readonly signal?: AbortSignal
}

/**
 * Writes every parsed record to a file, one JSON line each, in order of time (then of file and place), and gives their number. A record names its file,
 * the offset of its line in the unpacked file and the first eight bytes of the line's SHA-256. `ambiguous` is null, or the worst and the mildest
 * reading of a line that can be read in several ways. Hours by hours, so that memory does not grow with the lake.
 */
export async function writeRecords(session: DuckDbSession, path: string, query: RecordsQuery): Promise<number> {
  const descriptor = openSync(path, 'w', 0o600)
  const [before] = await session.rows<{ threads: bigint }>(`SELECT current_setting('threads') AS threads`)
  let count = 0
  try {
    // Rows are sorted with all their columns: two threads would hold twice as many of them as the session has memory for.
    await session.run('SET threads = 1')
    for (const month of [...query.months].sort(compareText)) {
      for (const slice of await slicesOf(session, month)) {
        query.signal?.throwIfAborted()
        const sql = `SELECT ${COLUMNS.join(', ')} FROM access WHERE month = ? AND readings > 0 AND ${slice}
          ORDER BY time, file, line_offset`
        await session.columns(sql, [month], (columns, rowCount) => {
          let text = ''
          for (let row = 0; row < rowCount; row++) text += recordLine(columns, row, query.pathOf)
          writeSync(descriptor, text)
          count += rowCount
        })
      }
    }
  } finally {
    closeSync(descriptor)
    await session.run(`SET threads = ${Number(before!.threads)}`)
  }
  return count
}

const SLICE_ROWS = 100_000

/** Conditions that cut a month into stretches of whole hours with about as many rows each, and what has no time. */
async function slicesOf(session: DuckDbSession, month: string): Promise<readonly string[]> {
  const hours = await session.rows<{ hour: Date | null; rows: bigint }>(
    `SELECT date_trunc('hour', time) AS "hour", count(*) AS "rows" FROM access WHERE month = ? AND readings > 0
      GROUP BY 1 ORDER BY 1 NULLS LAST`,
    [month],
  )
  const starts: string[] = []
  let held = SLICE_ROWS
  for (const { hour, rows } of hours) {
    if (hour === null) continue
    if (held + Number(rows) > SLICE_ROWS) {
      starts.push(`TIMESTAMP '${hour.toISOString().slice(0, 19).replace('T', ' ')}'`)
      held = 0
    }
    held += Number(rows)
  }
  const slices = starts.map((start, index) =>
    index + 1 < starts.length ? `time >= ${start} AND time < ${starts[index + 1]}` : `time >= ${start}`,
  )
  return hours.some(({ hour }) => hour === null) ? [...slices, 'time IS NULL'] : slices
}

const FIRST_PLAIN = 1 + SPECIAL.length + MILDER.length

function recordLine(columns: readonly (readonly unknown[])[], row: number, pathOf: RecordsQuery['pathOf']): string {
  const [kind, time, file, offset, length, hash, readings] = columns.slice(0, 8).map((column) => column[row])
  const plain: Record<string, unknown> = {}
  PLAIN.forEach(({ name }, index) => {
    const value = columns[FIRST_PLAIN + index]![row]
    if (value !== null) plain[name] = typeof value === 'bigint' ? Number(value) : value
  })
  const record = {
    kind,
    time: time === null ? null : instant(epochMsOf(time)),
    file: pathOf(file as string),
    offset: Number(offset),
    length: Number(length),
    lineHash: BigInt.asUintN(64, hash as bigint)
      .toString(16)
      .padStart(16, '0'),
    ambiguous: Number(readings) > 1 ? readingsOf(plain, columns, row, Number(readings)) : null,
    ...plain,
  }
  return `${escapeUnprintable(JSON.stringify(record))}\n`
}

/** The worst reading, then the mildest; how many there are in all stands in `readings`. */
function readingsOf(plain: Record<string, unknown>, columns: readonly (readonly unknown[])[], row: number, readings: number) {
  const [status, succeeded, bytes] = MILDER.map((_, index) => columns[1 + SPECIAL.length + index]![row])
  return [
    { reading: 'worst', ...outcome(plain.status, plain.succeeded, plain.bytes_sent), readings },
    { reading: 'mildest', ...outcome(status, succeeded, bytes), readings },
  ]
}

function outcome(status: unknown, succeeded: unknown, bytes: unknown) {
  const numberOf = (value: unknown) => (value === null || value === undefined ? null : Number(value))
  return { status: numberOf(status), succeeded: numberOf(succeeded) === 1, bytesSent: numberOf(bytes) }
}

/** What JSON lets stand and a terminal would obey, as escapes of JSON: the value stays the same. */
function escapeUnprintable(json: string): string {
  // Nearly all records are plain ASCII, and telling that is cheap.
  if (!/[^ -~]/.test(json)) return json
  return json.replace(UNPRINTABLE, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

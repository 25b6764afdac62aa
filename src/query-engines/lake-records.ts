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
 * reading of a line that can be read in several ways. Month by month, so that memory does not grow with the lake.
 */
export async function writeRecords(session: DuckDbSession, path: string, query: RecordsQuery): Promise<number> {
  const descriptor = openSync(path, 'w', 0o600)
  let count = 0
  try {
    for (const month of [...query.months].sort(compareText)) {
      query.signal?.throwIfAborted()
      const sql = `SELECT ${COLUMNS.join(', ')} FROM access WHERE month = ? AND readings > 0
        ORDER BY time NULLS LAST, file, line_offset`
      await session.columns(sql, [month], (columns, rowCount) => {
        let text = ''
        for (let row = 0; row < rowCount; row++) text += recordLine(columns, row, query.pathOf)
        writeSync(descriptor, text)
        count += rowCount
      })
    }
  } finally {
    closeSync(descriptor)
  }
  return count
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
  return json.replace(UNPRINTABLE, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

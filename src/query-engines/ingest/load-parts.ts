import { statSync } from 'node:fs'
import { NUMBER_COLUMNS, OPERATION_ACCESS, TEXT_COLUMNS } from '../../forensics/index.ts'
import { CommitLog, digestOfNewFile, type LakePart } from '../commits.ts'
import { type DuckDbSession, literal } from '../duckdb-session.ts'
import type { ParsedGroup } from './parse-group.ts'
import { FILE_INDEX, LINE_HASH } from './staged-columns.ts'

/**
 * The lake's own columns, beside `kind` and `month`, which are its partitions. Text as logged; `time` in UTC; `access` is what
 * the operation does, by the format or else by the operation's name. Only types that Parquet, DuckDB and Trino's Hive connector have alike.
 */
export const LAKE_COLUMNS: readonly { readonly name: string; readonly type: 'VARCHAR' | 'TIMESTAMP' | 'BIGINT' | 'INTEGER' }[] = [
  ...TEXT_COLUMNS.map((name) => ({ name, type: 'VARCHAR' as const })),
  { name: 'time', type: 'TIMESTAMP' },
  ...NUMBER_COLUMNS.filter((name) => name !== 'time_ms').map((name) => ({ name, type: numberType(name) })),
  { name: 'file', type: 'VARCHAR' },
  { name: LINE_HASH, type: 'BIGINT' },
]

export interface LoadOptions {
  readonly session: DuckDbSession
  readonly group: { readonly id: string; readonly stagingDirectory: string }
  /** Digests of the group's files, in its order. */
  readonly digests: readonly string[]
  readonly parsed: ParsedGroup
}

/** Sorts each month's staged rows into one compressed Parquet part; nothing is in the lake before its commit. */
export async function loadParts({ session, group, digests, parsed }: LoadOptions): Promise<LakePart[]> {
  await session.run(`CREATE OR REPLACE TEMP TABLE group_files (file_index VARCHAR, file VARCHAR)`)
  await session.appendText('group_files', [digests.map((_, index) => String(index)), digests])
  const parts: LakePart[] = []
  for (const { kind, month, path, rowCount } of parsed.staged) {
    const part = CommitLog.stagedPart(group.stagingDirectory, { kind, month })
    await session.run(loadStatement(path, part))
    if (!statSync(part).isFile()) throw new Error(`no part was written for ${month}`)
    parts.push({
      path: `access/kind=${kind}/month=${month}/${group.id}.parquet`,
      kind,
      month,
      rowCount,
      sha256: digestOfNewFile(part),
    })
  }
  return parts
}

/** The order of rows in a part: by store and time, then by what no two lines share. */
const ORDER = 'bucket NULLS LAST, time NULLS LAST, request_id NULLS LAST, file, line_offset'

function loadStatement(staged: string, part: string): string {
  const numbers = NUMBER_COLUMNS.filter((name) => name !== 'time_ms').map(
    (name) => `CASE WHEN isnan(${name}) THEN NULL ELSE CAST(${name} AS ${numberType(name)}) END AS ${name}`,
  )
  const columns = [
    ...TEXT_COLUMNS.map((name) => (name === 'access' ? `coalesce(access, ${accessExpression()}) AS access` : name)),
    'CASE WHEN isnan(time_ms) THEN NULL ELSE make_timestamp(CAST(time_ms AS BIGINT) * 1000) END AS time',
    ...numbers,
    'file',
    LINE_HASH,
  ]
  return `COPY (
    SELECT ${columns.join(', ')}
    FROM read_parquet(${literal(staged)}) AS staged
    JOIN (SELECT CAST(file_index AS DOUBLE) AS ${FILE_INDEX}, file FROM group_files) AS files USING (${FILE_INDEX})
    ORDER BY ${ORDER}
  ) TO ${literal(part)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`
}

function accessExpression(): string {
  const byAccess = Map.groupBy(Object.entries(OPERATION_ACCESS), ([, access]) => access)
  const cases = [...byAccess].map(
    ([access, entries]) =>
      `WHEN operation IN (${entries.map(([operation]) => literal(operation)).join(', ')}) THEN ${literal(access)}`,
  )
  return `CASE ${cases.join(' ')} ELSE 'other' END`
}

function numberType(name: (typeof NUMBER_COLUMNS)[number]): 'BIGINT' | 'INTEGER' {
  return [
    'status',
    'milder_status',
    'succeeded',
    'milder_succeeded',
    'column_count',
    'readings',
    'escaped',
    'line_length',
  ].includes(name)
    ? 'INTEGER'
    : 'BIGINT'
}

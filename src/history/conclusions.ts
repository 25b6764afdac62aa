import { sql, type Transaction } from 'kysely'
import type { ContentReport, Json, MentionTable } from '../model/index.ts'
import { bulkInsert } from './bulk-insert.ts'
import { readMentionFile, writeMentions } from './mention-file.ts'
import type { Tables } from './tables.ts'

/** What one object's bytes hold, with who is mentioned in them. */
export interface RecordedContent {
  readonly report: ContentReport
  readonly mentions: MentionTable
}

/** Writes the mention tables of contents to the lake; the rows that point at them come after. */
export async function writeContents(lakeDirectory: string, contents: readonly RecordedContent[]): Promise<void> {
  for (const { report, mentions } of contents) {
    if (mentions.rowCount > 0) await writeMentions(lakeDirectory, report.sha256, mentions)
  }
}

export async function insertContents(trx: Transaction<Tables>, contents: readonly RecordedContent[]): Promise<void> {
  const bySha = new Map(contents.map((content) => [content.report.sha256, content]))
  const rows = Array.from(bySha, ([sha256, { report, mentions }]) => ({
    sha256,
    report: JSON.stringify(report),
    mention_rows: mentions.rowCount,
  }))
  await bulkInsert(
    trx,
    rows,
    'sha256 text, report text, mention_rows bigint',
    (from) => sql`insert into ajar.content select * from ${from}
      on conflict (sha256) do update set report = excluded.report, mention_rows = excluded.mention_rows`,
  )
}

/** Reports by digest, in the order of digests. */
export async function readContentReports(trx: Transaction<Tables>): Promise<Map<string, ContentReport>> {
  const { rows } = await sql<{ sha256: string; report: string }>`
    select sha256, report from ajar.content order by sha256 collate "C"`.execute(trx)
  return new Map(rows.map((row) => [row.sha256, JSON.parse(row.report) as ContentReport]))
}

/** How many rows of mentions a content has; undefined where it was not read yet. */
export async function readMentionRows(trx: Transaction<Tables>, sha256: string): Promise<number | undefined> {
  const { rows } = await sql<{ mention_rows: string | number }>`
    select mention_rows from ajar.content where sha256 = ${sha256}`.execute(trx)
  return rows[0] && Number(rows[0].mention_rows)
}

export async function readMentionTable(
  lakeDirectory: string,
  sha256: string,
  rowCount: number | undefined,
): Promise<MentionTable> {
  if (rowCount === undefined) throw new RangeError(`No content with the digest ${sha256} is recorded.`)
  return rowCount === 0 ? noMentions() : readMentionFile(lakeDirectory, sha256)
}

export async function readMemo(trx: Transaction<Tables>, stage: string, inputDigest: string): Promise<Json | undefined> {
  const { rows } = await sql<{ value: string }>`
    select value from ajar.memo where stage = ${stage} and input_digest = ${inputDigest}`.execute(trx)
  return rows[0] && (JSON.parse(rows[0].value) as Json)
}

export async function writeMemo(trx: Transaction<Tables>, stage: string, inputDigest: string, value: Json): Promise<void> {
  await sql`insert into ajar.memo (stage, input_digest, value) values (${stage}, ${inputDigest}, ${JSON.stringify(value)})
    on conflict (stage, input_digest) do update set value = excluded.value`.execute(trx)
}

/** Keeps a setting of the store the first time; afterwards says what was kept. */
export async function keepSetting(trx: Transaction<Tables>, name: string, value: string): Promise<string> {
  await sql`insert into ajar.setting (name, value) values (${name}, ${value}) on conflict (name) do nothing`.execute(trx)
  const { rows } = await sql<{ value: string }>`select value from ajar.setting where name = ${name}`.execute(trx)
  return (rows[0] as { value: string }).value
}

function noMentions(): MentionTable {
  return {
    rowCount: 0,
    start: new Uint32Array(1),
    identifiers: new Uint32Array(),
    kinds: new Uint8Array(),
    fingerprints: new Uint8Array(),
    elements: new Uint32Array(),
    market: new Uint8Array(),
    marketBasis: new Uint8Array(),
    markets: [],
    records: new Uint32Array(),
  }
}

import { sql, type Transaction } from 'kysely'
import { compareInstants, epochMs, instant, type CaseDocument, type Instant } from '../model/index.ts'
import { fromColumn, toColumn } from './column-text.ts'
import { RecordedAtOrderError } from './errors.ts'
import { appendToLedger, readPendingHead } from './ledger.ts'
import type { BatchHandle } from './recording-input.ts'
import type { Tables } from './tables.ts'

/** One batch of evidence: what it was given and what of it was new. */
export interface BatchSummary {
  readonly revision: number
  readonly recordedAt: Instant
  readonly name: string
  /** Paths that were given. */
  readonly files: number
  /** Files whose bytes no batch before had brought. */
  readonly newFiles: number
  readonly finished: boolean
}

/** Starts the batch after the last finished one, or goes on with the one that was not finished. */
export async function beginBatch(
  trx: Transaction<Tables>,
  place: string,
  batch: { readonly recordedAt: Instant; readonly name: string },
): Promise<BatchHandle> {
  const batches = await readBatches(trx)
  const last = batches.findLast((each) => each.finished)
  if (last && compareInstants(batch.recordedAt, last.recordedAt) < 0) {
    const sentence = `The evidence cannot be recorded as learned at ${batch.recordedAt}: the store ${place} already holds what was learned at ${last.recordedAt}, and what was known on a day gone by must not change. Give --recorded-at a later moment, or name another store with --store.`
    throw new RecordedAtOrderError(place, sentence)
  }
  const interrupted = batches.find((each) => !each.finished) ?? null
  const revision = (last?.revision ?? 0) + 1
  await sql`insert into ajar.batch (revision, name, recorded_at_ms)
    values (${revision}, ${toColumn(batch.name)}, ${epochMs(batch.recordedAt)})
    on conflict (revision) do update set name = excluded.name, recorded_at_ms = excluded.recorded_at_ms`.execute(trx)
  const continued = interrupted && {
    recordedAt: interrupted.recordedAt,
    name: interrupted.name,
    filesDone: interrupted.newFiles,
  }
  return { revision, recordedAt: batch.recordedAt, name: batch.name, continued }
}

/** Appends to the ledger, keeps the document and closes the batch: all or nothing. */
export async function finishBatch(trx: Transaction<Tables>, batch: BatchHandle, document: CaseDocument): Promise<void> {
  const state = (await readBatches(trx)).find((each) => each.revision === batch.revision)
  if (!state || state.finished)
    throw new Error(`Revision ${batch.revision} is not open: its batch was never begun or is finished.`)
  const pending = await readPendingHead(trx, batch.revision)
  if (
    document.revision !== batch.revision ||
    document.ledger.head !== pending.head ||
    document.ledger.entries !== pending.entries
  ) {
    throw new Error(
      `The document is not that of revision ${batch.revision} with the ledger at ${pending.entries} entries, ${pending.head}.`,
    )
  }
  const text = JSON.stringify(document)
  await appendToLedger(trx, batch.revision, batch.recordedAt, text)
  await sql`insert into ajar.revision (revision, document) values (${batch.revision}, ${text})`.execute(trx)
  await sql`update ajar.batch set finished = true where revision = ${batch.revision}`.execute(trx)
}

/** All batches by revision, the unfinished one included. */
export async function readBatches(trx: Transaction<Tables>): Promise<BatchSummary[]> {
  const { rows } = await sql<BatchRow>`select batch.*,
      (select count(distinct path) from ajar.given_file as given where given.revision = batch.revision) as files,
      (select count(*) from ajar.evidence_file as file where file.revision = batch.revision) as new_files
    from ajar.batch order by revision`.execute(trx)
  return rows.map((row) => ({
    revision: row.revision,
    recordedAt: instant(Number(row.recorded_at_ms)),
    name: fromColumn(row.name),
    files: Number(row.files),
    newFiles: Number(row.new_files),
    finished: row.finished,
  }))
}

/**
 * The last revision whose batch was learned at or before `known`; without one, the last there is. A batch that was
 * interrupted is not known of yet, but the one that runs here (`active`) is. Moments only grow with revisions.
 */
export async function knownRevision(trx: Transaction<Tables>, active: number | null, known?: Instant): Promise<number> {
  const { rows } = await sql<{ revision: number | null }>`select max(revision) as revision from ajar.batch
    where (finished or revision = ${active ?? 0}::integer)
      and (${known === undefined}::boolean or recorded_at_ms <= ${known === undefined ? 0 : epochMs(known)}::bigint)`.execute(trx)
  return rows[0]?.revision ?? 0
}

interface BatchRow {
  revision: number
  recorded_at_ms: string | number
  name: string
  finished: boolean
  files: string | number
  new_files: string | number
}

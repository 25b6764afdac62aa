import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { sql, type Transaction } from 'kysely'
import type { CaseDocument, Instant } from '../model/index.ts'
import { beginBatch, finishBatch, knownRevision, readBatches } from './batches.ts'
import {
  insertContents,
  keepSetting,
  readContentReports,
  readMemo,
  readMentionRows,
  readMentionTable,
  writeContents,
  writeMemo,
} from './conclusions.ts'
import { readConfigurationAsOf } from './configuration-item.ts'
import { openEmbeddedEngine } from './embedded-engine.ts'
import type { Engine } from './engine.ts'
import { HistoryError, StoreAddressError, StoreDiskFullError, StoreNotWritableError } from './errors.ts'
import type { History } from './history.ts'
import { readLedgerHead, readPendingHead, verifyLedger } from './ledger.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS } from './migrations/registry.ts'
import {
  readAccounts,
  readEvidenceFiles,
  readInventories,
  readObjects,
  readObservations,
  readSightings,
  readUnread,
} from './read-evidence.ts'
import type { BatchHandle } from './recording-input.ts'
import { insertEvidence, insertFiles, insertGiven, insertObjects, insertUnread } from './record-evidence.ts'
import { openServerEngine } from './server-engine.ts'
import type { Tables } from './tables.ts'

export interface HistoryOptions {
  /** A directory, or a `postgres://` address. */
  readonly store: string
  /** Where large tables are kept; by default `STORE/lake`, and required with a database server. */
  readonly lakeDirectory?: string
  readonly onNotice?: (text: string) => void
}

/** Opens the store, makes it where it is missing and brings its layout up to date; a HistoryError where it cannot be used. */
export async function openHistory({ store, lakeDirectory, onNotice }: HistoryOptions): Promise<History> {
  const isServer = /^postgres(ql)?:/i.test(store)
  if (!isServer && /^[a-z][a-z0-9+.-]+:\/\//i.test(store)) {
    throw new StoreAddressError(
      store.split(':')[0] as string,
      'The store is neither a directory nor a postgres:// address. Correct --store.',
    )
  }
  const lake = lakeDirectory ?? (isServer ? undefined : join(resolve(store), 'lake'))
  if (lake === undefined)
    throw new StoreAddressError('postgres://…', 'A store on a database server needs a directory for its lake besides.')
  const engine = isServer ? await openServerEngine(store) : await openEmbeddedEngine(resolve(store))
  try {
    await makeLake(lake)
    await engine.transaction((trx) => migrate(trx, MIGRATIONS, engine.place))
    return historyOn(engine, lake, onNotice ?? (() => undefined))
  } catch (failure) {
    await engine.close().catch(() => undefined)
    throw failure
  }
}

function historyOn(engine: Engine, lakeDirectory: string, notice: (text: string) => void): History {
  let active: number | null = null
  const within = engine.transaction

  function asKnown<T>(known: Instant | undefined, read: (trx: Transaction<Tables>, revision: number) => Promise<T>): Promise<T> {
    return within(async (trx) => read(trx, await knownRevision(trx, active, known)))
  }

  function record(batch: BatchHandle, write: (trx: Transaction<Tables>) => Promise<void>): Promise<void> {
    if (batch.revision === active) return within(write)
    return Promise.reject(new Error(`Revision ${batch.revision} is not open: its batch was never begun here or is finished.`))
  }

  return {
    lakeDirectory,
    seen: (digests) => within((trx) => readSeen(trx, digests)),
    beginBatch: async (batch) => {
      const handle = await within((trx) => beginBatch(trx, engine.place, batch))
      active = handle.revision
      if (handle.continued)
        notice(
          `Continuing revision ${handle.revision}: ${handle.continued.filesDone} files were recorded before the run was interrupted.`,
        )
      return handle
    },
    recordGiven: (batch, files) => record(batch, (trx) => insertGiven(trx, batch.revision, files)),
    recordEvidence: (batch, file, items) => record(batch, (trx) => insertEvidence(trx, batch.revision, file, items)),
    recordFiles: (batch, files) => record(batch, (trx) => insertFiles(trx, batch.revision, files)),
    recordUnread: (batch, unread) => record(batch, (trx) => insertUnread(trx, batch.revision, null, unread)),
    recordObject: (batch, objects) => record(batch, (trx) => insertObjects(trx, batch.revision, objects)),
    recordContent: async (contents) => {
      await writeContents(lakeDirectory, contents).catch((failure) => {
        throw explainLake(lakeDirectory, failure)
      })
      await within((trx) => insertContents(trx, contents))
    },
    observations: (known) => asKnown(known, readObservations),
    accounts: (known) => asKnown(known, readAccounts),
    sightings: (known) => asKnown(known, readSightings),
    inventories: (known) => asKnown(known, readInventories),
    unread: (known) => asKnown(known, readUnread),
    objects: (known) => asKnown(known, readObjects),
    evidenceFiles: (known) => asKnown(known, readEvidenceFiles),
    configurationAsOf: (resource, validAt, knownAt) =>
      asKnown(knownAt, (trx, revision) => readConfigurationAsOf(trx, resource, validAt, revision)),
    contentReports: () => within(readContentReports),
    readMentions: async (sha256) => {
      const rowCount = await within((trx) => readMentionRows(trx, sha256))
      return readMentionTable(lakeDirectory, sha256, rowCount)
    },
    memo: (stage, inputDigest) => within((trx) => readMemo(trx, stage, inputDigest)),
    remember: (stage, inputDigest, value) => within((trx) => writeMemo(trx, stage, inputDigest, value)),
    keepSetting: (name, value) => within((trx) => keepSetting(trx, name, value)),
    batches: (known) =>
      asKnown(known, async (trx, revision) => (await readBatches(trx)).filter((batch) => batch.revision <= revision)),
    finishBatch: async (batch, document) => {
      await record(batch, (trx) => finishBatch(trx, batch, document))
      active = null
    },
    revisions: () => within(async (trx) => (await readBatches(trx)).filter((batch) => batch.finished)),
    revision: (revision) => within((trx) => readRevision(trx, revision)),
    ledger: {
      head: () => within(readLedgerHead),
      pending: (batch) => within((trx) => readPendingHead(trx, batch.revision)),
      verify: () =>
        within(async (trx) =>
          verifyLedger(
            trx,
            (await readBatches(trx)).filter((batch) => batch.finished),
          ),
        ),
    },
    close: () => engine.close(),
  }
}

async function readSeen(trx: Transaction<Tables>, digests: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ sha256: string }>`select sha256 from ajar.evidence_file
    where sha256 in (select jsonb_array_elements_text(${JSON.stringify(digests)}::jsonb))`.execute(trx)
  return new Set(rows.map((row) => row.sha256))
}

async function readRevision(trx: Transaction<Tables>, revision: number): Promise<CaseDocument | undefined> {
  const { rows } = await sql<{ document: string }>`
    select document from ajar.revision where revision = ${revision}::integer`.execute(trx)
  return rows[0] && (JSON.parse(rows[0].document) as CaseDocument)
}

async function makeLake(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
  } catch (failure) {
    throw explainLake(directory, failure)
  }
}

function explainLake(directory: string, failure: unknown): unknown {
  if (failure instanceof HistoryError) return failure
  const code = (failure as NodeJS.ErrnoException).code
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StoreDiskFullError(directory, { cause: failure })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST') {
    const sentence = `The lake's directory ${directory} cannot be written (${code}). Give yourself the right to write there, or name another store with --store.`
    return new StoreNotWritableError(directory, sentence, { cause: failure })
  }
  return failure
}

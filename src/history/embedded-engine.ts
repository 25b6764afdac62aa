import { access, mkdir, rename, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { Kysely, PGliteDialect } from 'kysely'
import type { PGlite } from '@electric-sql/pglite'
import { createEngine, type Engine } from './engine.ts'
import { HistoryError, StoreDamagedError, StoreDiskFullError, StoreNotWritableError } from './errors.ts'
import { takeStoreLock } from './store-lock.ts'
import type { Tables } from './tables.ts'

/** Below this a write-ahead segment of the database no longer fits. */
const ROOM_NEEDED_BYTES = 17 * 1024 * 1024

const LOG_PER_CHECKPOINT_BYTES = 64 * 1024 * 1024
const TRANSACTIONS_PER_LOOK = 16

/** What the embedded engine's file system calls a full disk: an error with this number and no message. */
const WASI_NO_SPACE = 51

/** Opens PGlite in `STORE/db` under `STORE/lock`, and makes both where they are missing. */
export async function openEmbeddedEngine(store: string): Promise<Engine> {
  await makeDirectory(store)
  const lock = await takeStoreLock(join(store, 'lock'), store).catch(async (failure) => {
    throw await explainDisk(store, failure)
  })
  try {
    const pglite = await openDatabase(store)
    return createEngine({
      place: store,
      database: new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: pglite }) }),
      explain: (failure) => explainDisk(store, failure),
      tidy: checkpoints(pglite),
      release: async () => {
        // Kysely leaves a database alone that it never sent a statement to.
        if (!pglite.closed) await pglite.close().catch(() => undefined)
        await lock.release()
      },
    })
  } catch (failure) {
    await lock.release()
    throw failure instanceof HistoryError ? failure : await explainOpening(store, failure)
  }
}

async function makeDirectory(store: string): Promise<void> {
  try {
    await mkdir(store, { recursive: true, mode: 0o700 })
  } catch (failure) {
    throw await explainDisk(store, failure)
  }
}

/** A new database is made beside its place and moved there whole: a process killed meanwhile leaves no half of one. */
async function openDatabase(store: string): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite')
  const directory = join(store, 'db')
  const making = join(store, 'db.making')
  if (!(await exists(directory))) {
    await rm(making, { recursive: true, force: true })
    // The default of 128 MB of page cache is more than a case holds; the file cache of the system stands behind it.
    const created = await PGlite.create({ dataDir: making, postgresqlconf: ['shared_buffers=32MB'] })
    await created.close()
    await rename(making, directory)
  }
  return PGlite.create({ dataDir: directory })
}

/**
 * The embedded engine has no process beside it that makes checkpoints, and makes none when it closes: its write-ahead
 * log would grow as long as a run records, and be read again at the next opening.
 */
function checkpoints(pglite: PGlite): (closing: boolean) => Promise<void> {
  let transactions = 0
  let position: string | null = null
  return async (closing) => {
    if (!closing && ++transactions % TRANSACTIONS_PER_LOOK !== 0) return
    const { rows } = await pglite.query<{ now: string; bytes: number }>(
      'select pg_current_wal_lsn()::text as now, pg_wal_lsn_diff(pg_current_wal_lsn(), coalesce($1, $2)::pg_lsn)::float8 as bytes',
      [position, '0/0'],
    )
    const { now, bytes } = rows[0] as { now: string; bytes: number }
    if (position !== null && bytes < (closing ? 1 : LOG_PER_CHECKPOINT_BYTES)) return
    position = now
    await pglite.exec('checkpoint')
  }
}

async function explainOpening(store: string, failure: unknown): Promise<unknown> {
  const explained = await explainDisk(store, failure)
  if (explained !== failure) return explained
  const said = failure instanceof Error ? failure.message : String(failure)
  const sentence = `The database in ${join(store, 'db')} does not open (it says: ${said}). Restore that folder from a copy, or name another store with --store; the evidence itself is untouched.`
  return new StoreDamagedError(store, sentence, { cause: failure })
}

/** The embedded engine only says "Aborted()" when a disk is full, so the disk itself is asked. */
async function explainDisk(store: string, failure: unknown): Promise<unknown> {
  if (failure instanceof HistoryError) return failure
  const { code, message, errno } = failure as { code?: string; message?: string; errno?: number }
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100' || errno === WASI_NO_SPACE)
    return new StoreDiskFullError(store, { cause: failure })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    const sentence = `The store ${store} cannot be written (${code}). Give yourself the right to write there, or name another store with --store.`
    return new StoreNotWritableError(store, sentence, { cause: failure })
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    const sentence = `The store ${store} cannot be made: a part of its path is a file. Name a directory with --store.`
    return new StoreNotWritableError(store, sentence, { cause: failure })
  }
  const fullDiskWords = /Aborted\(|No space left|ErrnoError|PANIC|could not (write|extend)|FS error|unreachable/
  if (fullDiskWords.test(message ?? String(failure)) && (await isFull(store)))
    return new StoreDiskFullError(store, { cause: failure })
  return failure
}

async function isFull(store: string): Promise<boolean> {
  try {
    const disk = await statfs(store)
    return disk.bavail * disk.bsize < ROOM_NEEDED_BYTES
  } catch {
    return false
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/** A database that history is kept in. One thing happens at a time: both engines are used through one connection. */
export interface Engine {
  /** The directory, or the database's address without its password. */
  readonly place: string
  /** Runs work in one transaction; it must not call the engine again, which would wait for itself. */
  transaction<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** What a kind of database adds: how to close it, and what its failures mean. */
export interface EngineParts {
  readonly place: string
  readonly database: Kysely<Tables>
  /** The named error for a failure of this kind of database, or the failure itself. */
  explain(failure: unknown): Promise<unknown>
  /** Housekeeping between transactions and before closing, where the database does none of its own. */
  tidy?(closing: boolean): Promise<void>
  /** Gives back the lock and whatever else was taken. */
  release(): Promise<void>
}

/** Makes an engine of a database: everything in order, every failure explained. */
export function createEngine({ place, database, explain, tidy, release }: EngineParts): Engine {
  let last: Promise<unknown> = Promise.resolve()

  // Kysely's PGlite driver has one connection and would mix the statements of two transactions.
  function inOrder<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }

  return {
    place,
    transaction: (work) =>
      inOrder(async () => {
        try {
          const result = await database.transaction().execute(work)
          await tidy?.(false)
          return result
        } catch (failure) {
          throw await explain(failure)
        }
      }),
    close: () =>
      inOrder(async () => {
        try {
          // What is committed is safe without it; a full disk must not keep the store from being given back.
          await tidy?.(true).catch(() => undefined)
          await database.destroy()
        } finally {
          await release()
        }
      }),
  }
}

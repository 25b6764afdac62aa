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
  /** Gives back the lock and whatever else was taken. */
  release(): Promise<void>
}

/** Makes an engine of a database: everything in order, every failure explained. */
export function createEngine({ place, database, explain, release }: EngineParts): Engine {
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
          return await database.transaction().execute(work)
        } catch (failure) {
          throw await explain(failure)
        }
      }),
    close: () =>
      inOrder(async () => {
        try {
          await database.destroy()
        } finally {
          await release()
        }
      }),
  }
}

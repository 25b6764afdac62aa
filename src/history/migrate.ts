import { sql, type Transaction } from 'kysely'
import { StoreTooNewError } from './errors.ts'
import type { Migration } from './migrations/migration.ts'
import type { Tables } from './tables.ts'

/** Runs the steps that the store has not seen, in one transaction; the caller holds the store's lock. */
export async function migrate(trx: Transaction<Tables>, migrations: readonly Migration[], place: string): Promise<void> {
  // A user who may only use the schema, not make one, can be given it beforehand.
  const schema = await sql<{ present: boolean }>`select to_regnamespace('ajar') is not null as present`.execute(trx)
  if (!schema.rows[0]?.present) await sql`create schema ajar`.execute(trx)
  await sql`create table if not exists ajar.migration (number integer primary key, name text not null)`.execute(trx)
  const done = await sql<{ newest: number | null }>`select max(number) as newest from ajar.migration`.execute(trx)
  const newest = done.rows[0]?.newest ?? 0
  const known = Math.max(...migrations.map((migration) => migration.number))
  if (newest > known) throw new StoreTooNewError(place, newest, known)
  for (const migration of migrations.filter((each) => each.number > newest)) {
    for (const statement of migration.statements) await sql.raw(statement).execute(trx)
    await sql`insert into ajar.migration (number, name) values (${migration.number}, ${migration.name})`.execute(trx)
  }
}

import { sql, type RawBuilder, type Transaction } from 'kysely'
import type { Tables } from './tables.ts'

const MAX_ROWS = 5_000
const MAX_CHARACTERS = 8 * 1024 * 1024

/**
 * Inserts rows set-wise: they travel as one JSON parameter, thousands at a time, and `insert` says what becomes of them
 * (`insert into … select … from ${rows}`). Rows hold only texts, numbers and null.
 */
export async function bulkInsert(
  trx: Transaction<Tables>,
  rows: Iterable<Readonly<Record<string, string | number | null>>>,
  columns: string,
  insert: (rows: RawBuilder<unknown>) => RawBuilder<unknown>,
): Promise<void> {
  for (const parameter of jsonParameters(rows)) {
    await insert(sql`jsonb_to_recordset(${parameter}::jsonb) as row(${sql.raw(columns)})`).execute(trx)
  }
}

function* jsonParameters(rows: Iterable<Readonly<Record<string, string | number | null>>>): Generator<string> {
  let texts: string[] = []
  let characters = 0
  for (const row of rows) {
    const text = JSON.stringify(row)
    if (texts.length > 0 && (texts.length >= MAX_ROWS || characters + text.length > MAX_CHARACTERS)) {
      yield `[${texts.join(',')}]`
      texts = []
      characters = 0
    }
    texts.push(text)
    characters += text.length
  }
  if (texts.length > 0) yield `[${texts.join(',')}]`
}

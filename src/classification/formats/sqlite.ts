import type { DatabaseSync } from 'node:sqlite'
import { UnreadableContentError } from '../content-source.ts'
import type { Cell, Format, FormatInput, RecordSink } from './format.ts'
import { SqlTables } from './sql-tables.ts'

const MAGIC = 'SQLite format 3\0'
const WRITE_VERSION_AT = 18
const READ_VERSION_AT = 19
const ROLLBACK_JOURNAL = 1

/** SQLite database, every table read row by row; views, triggers and virtual tables are not run. */
export const sqlite: Format = {
  id: 'sqlite',
  isWhole: true,
  isBinary: true,
  recognise: ({ bytes }) => Buffer.from(bytes.subarray(0, 16)).toString('latin1') === MAGIC,
  read: readSqlite,
}

async function readSqlite(input: FormatInput, sink: RecordSink): Promise<void> {
  // A copy, for the database is opened in memory, where a write-ahead log cannot be.
  const bytes = Uint8Array.from(await input.whole())
  bytes[WRITE_VERSION_AT] = ROLLBACK_JOURNAL
  bytes[READ_VERSION_AT] = ROLLBACK_JOURNAL
  const database = await openDatabase(bytes)
  sink.passed(bytes.length)
  try {
    const tables = tablesOf(database)
    const check = soundness(database)
    if (check !== null) sink.problem(check)
    // Pages that are reached twice would be read without end.
    if (check?.code === 'unsupported') throw new UnreadableContentError('malformed', check.detail, { offset: 0 })
    for (const table of tables) readTable(database, table, bytes.length, input, sink)
  } catch (cause) {
    input.signal?.throwIfAborted()
    if (cause instanceof UnreadableContentError) throw cause
    throw new UnreadableContentError('malformed', 'a damaged database', { offset: 0, cause })
  } finally {
    database.close()
  }
}

async function openDatabase(bytes: Uint8Array): Promise<DatabaseSync> {
  const library = await import('node:sqlite').catch((cause: unknown) => {
    throw new UnreadableContentError('unsupported', 'this Node reads no SQLite', { offset: 0, cause })
  })
  const database = new library.DatabaseSync(':memory:', { allowExtension: false })
  try {
    database.deserialize(bytes)
    database.enableDefensive(true)
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA cell_size_check = ON')
    return database
  } catch (cause) {
    database.close()
    throw new UnreadableContentError('malformed', 'a damaged database', { offset: 0, cause })
  }
}

function tablesOf(database: DatabaseSync): string[] {
  const statement = database.prepare(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
  )
  return statement.all().map((row) => String(row.name))
}

/** What is wrong with the database's pages; null where nothing is. */
function soundness(database: DatabaseSync): { code: string; detail: string } | null {
  const first = String(
    database
      .prepare('PRAGMA quick_check(20)')
      .all()
      .map((row) => Object.values(row)[0])
      .join('\n'),
  )
  if (first === 'ok') return null
  return /2nd reference|out of order|depth/i.test(first)
    ? { code: 'unsupported', detail: 'pages that are reached more than once' }
    : { code: 'malformed', detail: 'damaged pages' }
}

function readTable(database: DatabaseSync, table: string, sizeBytes: number, input: FormatInput, sink: RecordSink): void {
  const quoted = `"${table.replaceAll('"', '""')}"`
  // Generated columns are computed by what the file says, so they are left out.
  const columns = database
    .prepare(`PRAGMA table_xinfo(${quoted})`)
    .all()
    .filter(({ hidden }) => Number(hidden) === 0)
    .map(({ name }) => String(name))
  const tables = new SqlTables(sink, input.limits)
  let blobBytes = 0
  try {
    const list = columns.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ')
    const statement = database.prepare(`SELECT ${list} FROM ${quoted}`)
    statement.setReadBigInts(true)
    statement.setReturnArrays(true)
    let rows = 0
    for (const row of statement.iterate() as Iterable<unknown> as Iterable<readonly unknown[]>) {
      input.signal?.throwIfAborted()
      // A row takes at least two bytes of a file.
      if (++rows > sizeBytes) throw new Error('more rows than bytes')
      const cells = row.map((value) => {
        const cell = cellOf(value)
        if (cell === undefined && value instanceof Uint8Array) blobBytes += value.length
        return cell
      })
      tables.add(table, columns, cells)
    }
  } catch (error) {
    input.signal?.throwIfAborted()
    if (error instanceof UnreadableContentError) throw error
    sink.problem({ code: 'malformed', detail: `the table ${JSON.stringify(table)} could not be read to its end` })
  } finally {
    tables.flush()
  }
  if (blobBytes === 0) return
  sink.skipped(blobBytes)
  sink.problem({ code: 'unsupported', detail: `${blobBytes} bytes of binary cells in ${JSON.stringify(table)} are not read` })
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (!(value instanceof Uint8Array)) return value as Cell
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(value)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

import { type DuckDBConnection, DuckDBInstance, DuckDBTimestampValue, type DuckDBValue } from '@duckdb/node-api'

export interface SessionOptions {
  readonly threads: number
  readonly memoryLimitMb: number
  readonly temporaryDirectory: string
}

/** A value that goes into a query in place of `?`. */
export type Parameter = string | number | bigint | null

/** One connection to a DuckDB of its own, in memory, that reaches nothing but the lake's files. */
export class DuckDbSession {
  private readonly instance: DuckDBInstance
  private readonly connection: DuckDBConnection

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.instance = instance
    this.connection = connection
  }

  static async open({ threads, memoryLimitMb, temporaryDirectory }: SessionOptions): Promise<DuckDbSession> {
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(threads),
      memory_limit: `${memoryLimitMb}MB`,
      temp_directory: temporaryDirectory,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
    })
    const connection = await instance.connect()
    await connection.run("SET TimeZone = 'UTC'")
    // What was allocated for one part is given back before the next, and parts are written once and read when asked.
    await connection.run("SET allocator_flush_threshold = '16MB'")
    await connection.run("SET allocator_bulk_deallocation_flush_threshold = '16MB'")
    await connection.run('SET enable_external_file_cache = false')
    return new DuckDbSession(instance, connection)
  }

  async run(sql: string, parameters: readonly Parameter[] = []): Promise<void> {
    await this.connection.run(sql, [...parameters] as DuckDBValue[])
  }

  /** Rows as objects, for results that are small; big ones are read by `columns`. */
  async rows<Row>(sql: string, parameters: readonly Parameter[] = []): Promise<readonly Row[]> {
    const reader = await this.connection.runAndReadAll(sql, [...parameters] as DuckDBValue[])
    return reader.getRowObjectsJS() as Row[]
  }

  /** Calls `take` with the columns of each chunk, without ever holding the whole result. */
  async columns(
    sql: string,
    parameters: readonly Parameter[],
    take: (columns: readonly (readonly unknown[])[], rowCount: number) => void,
  ): Promise<void> {
    const result = await this.connection.stream(sql, [...parameters] as DuckDBValue[])
    for (;;) {
      const chunk = await result.fetchChunk()
      if (!chunk || chunk.rowCount === 0) return
      take(
        Array.from({ length: chunk.columnCount }, (_, column) => chunk.getColumnValues(column)),
        chunk.rowCount,
      )
    }
  }

  /** Fills a table of text columns, one array a column. */
  async appendText(table: string, columns: readonly (readonly (string | null)[])[]): Promise<void> {
    const appender = await this.connection.createAppender(table)
    const count = columns[0]?.length ?? 0
    for (let row = 0; row < count; row++) {
      for (const column of columns) {
        const value = column[row]
        if (value === null || value === undefined) appender.appendNull()
        else appender.appendVarchar(value)
      }
      appender.endRow()
    }
    appender.closeSync()
  }

  close(): void {
    this.connection.closeSync()
    this.instance.closeSync()
  }
}

/** Epoch milliseconds of a TIMESTAMP as chunks of a result hold it. */
export function epochMsOf(value: unknown): number {
  if (value instanceof DuckDBTimestampValue) return Number(value.micros / 1000n)
  throw new TypeError('not a timestamp')
}

/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

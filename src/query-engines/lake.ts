import { createHash } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { OBJECT_DELETE_OPERATIONS, OBJECT_PUT_OPERATIONS } from '../forensics/index.ts'
import { type AccessReport, compareText, type Instant, instant, type ObjectSighting } from '../model/index.ts'
import type { AccessQuery } from './access-query.ts'
import { accessReport } from './access-report.ts'
import { accessSurvey } from './access-survey.ts'
import { CommitLog, digestOfFile } from './commits.ts'
import { DuckDbSession, epochMsOf, literal } from './duckdb-session.ts'
import { type IngestOptions, type IngestReport, ingest, type LogFile } from './ingest/ingest.ts'
import { LAKE_COLUMNS } from './ingest/load-parts.ts'
import { writeRecords } from './lake-records.ts'
import { loggedStores, storeHours } from './logged-stores.ts'
import { objectEvents, observedHours } from './queries/access-queries.ts'
import { recipients, unnamedKinds } from './queries/survey-queries.ts'
import type { LoggedStore, StoreHours, Survey, SurveyQuery } from './survey-query.ts'

export interface LakeOptions {
  /** Where the lake is kept; made where it is not there. */
  readonly directory: string
  /** Threads for parsing and for queries; answers do not depend on it. */
  readonly threads?: number
  readonly memoryLimitMb?: number
  readonly signal?: AbortSignal
}

/** Hours in which one kind of log holds lines of a store. */
export interface Delivery {
  readonly kind: string
  readonly hour: Instant
  readonly lines: number
}

/** A Parquet file of the lake that is not what its commit says. */
export interface DamagedPart {
  readonly path: string
  readonly problem: 'missing' | 'changed'
}

/** Access logs of all kinds as sorted Parquet, and what can be asked of them. One process at a time. */
export interface Lake {
  /** Changes with what the lake holds: the same digest gives the same answers. */
  digest(): string
  ingest(files: AsyncIterable<LogFile> | Iterable<LogFile>, options?: IngestOptions): Promise<IngestReport>
  accessReport(query: AccessQuery): Promise<AccessReport>
  /** Puts and deletes of a bucket's objects that the logs tell of, by key and time; each event once. */
  objectEvents(store: { readonly store: string; readonly bucket: string }): Promise<readonly ObjectSighting[]>
  deliveries(bucket: string): Promise<readonly Delivery[]>
  /** From now on every question but `digest` and `verify` is about these files alone, by their digests. */
  askOnlyOf(files: readonly string[]): Promise<void>
  loggedStores(): Promise<readonly LoggedStore[]>
  /** Kinds of log that hold requests without saying of which store, such as those of web servers. */
  kindsWithoutStore(): Promise<readonly string[]>
  /** From now on such requests are those of a store of this name. */
  takeUnnamedFor(store: string): Promise<void>
  /** Hours with lines, by store and kind of log, one at a time. */
  storeHours(): Promise<readonly StoreHours[]>
  /** Accounts that CloudTrail delivered data events to. */
  recipientAccounts(): Promise<readonly string[]>
  survey(query: SurveyQuery): Promise<Survey>
  /** Writes every parsed record as one JSON line, in order of time; gives their number. */
  writeRecords(path: string): Promise<number>
  /** Compares every part with its digest. */
  verify(): Promise<readonly DamagedPart[]>
  close(): Promise<void>
}

/** Opens a lake, finishing or throwing away what a crash left. */
export async function openLake({ directory, threads = 2, memoryLimitMb = 192, signal }: LakeOptions): Promise<Lake> {
  mkdirSync(directory, { recursive: true })
  const commits = new CommitLog(directory)
  const session = await DuckDbSession.open({ threads, memoryLimitMb, temporaryDirectory: join(directory, 'staging', 'spill') })
  const lake = new DuckDbLake(commits, session, threads, signal)
  await lake.refresh()
  return lake
}

class DuckDbLake implements Lake {
  private readonly commits: CommitLog
  private readonly session: DuckDbSession
  private readonly threads: number
  private readonly signal: AbortSignal | undefined
  private isLimited = false
  private unnamedStore: string | null = null

  constructor(commits: CommitLog, session: DuckDbSession, threads: number, signal: AbortSignal | undefined) {
    this.commits = commits
    this.session = session
    this.threads = threads
    this.signal = signal
  }

  /** Points the relation `access` at the parts that commits name, and at no stray file beside them. */
  async refresh(): Promise<void> {
    const paths = this.commits.parts.map(({ path }) => literal(this.commits.path(path)))
    const { unnamedStore } = this
    const columns = LAKE_COLUMNS.map(({ name }) =>
      name === 'bucket' && unnamedStore !== null
        ? `CASE WHEN bucket IS NULL AND readings > 0 THEN ${literal(unnamedStore)} ELSE bucket END AS bucket`
        : name,
    ).join(', ')
    const nothing = LAKE_COLUMNS.map(({ name, type }) => `CAST(NULL AS ${type}) AS ${name}`).join(', ')
    const typed = `SELECT ${nothing}, CAST(NULL AS VARCHAR) AS kind, CAST(NULL AS VARCHAR) AS month WHERE false`
    // Parts that were written before a column came have it as NULL.
    const parts = `SELECT * FROM read_parquet([${paths.join(', ')}], union_by_name = true,
      hive_partitioning = true, hive_types = {'kind': VARCHAR, 'month': VARCHAR}) UNION ALL BY NAME ${typed}`
    const asked = this.isLimited ? 'WHERE file IN (SELECT file FROM asked_file)' : ''
    await this.session.run(
      `CREATE OR REPLACE TEMP VIEW access AS ${paths.length > 0 ? `SELECT ${columns}, kind, month FROM (${parts}) ${asked}` : typed}`,
    )
  }

  digest(): string {
    const parts = this.commits.parts.map(({ path, sha256 }) => `${path} ${sha256}`).sort(compareText)
    return createHash('sha256').update(parts.join('\n')).digest('hex')
  }

  async ingest(files: AsyncIterable<LogFile> | Iterable<LogFile>, options: IngestOptions = {}): Promise<IngestReport> {
    const signal = options.signal ?? this.signal
    try {
      return await ingest(
        { commits: this.commits, session: this.session, threads: this.threads },
        files,
        signal ? { ...options, signal } : options,
      )
    } finally {
      await this.refresh()
    }
  }

  async askOnlyOf(files: readonly string[]): Promise<void> {
    await this.session.run('CREATE OR REPLACE TEMP TABLE asked_file (file VARCHAR)')
    await this.session.appendText('asked_file', [[...files]])
    this.isLimited = true
    await this.refresh()
  }

  async kindsWithoutStore(): Promise<readonly string[]> {
    const rows = await this.session.rows<{ kind: string }>(unnamedKinds)
    return rows.map(({ kind }) => kind)
  }

  async takeUnnamedFor(store: string): Promise<void> {
    this.unnamedStore = store
    await this.refresh()
  }

  loggedStores(): Promise<readonly LoggedStore[]> {
    return loggedStores(this.session)
  }

  storeHours(): Promise<readonly StoreHours[]> {
    return storeHours(this.session)
  }

  async recipientAccounts(): Promise<readonly string[]> {
    const rows = await this.session.rows<{ account: string }>(recipients)
    return rows
      .map(({ account }) => account)
      .filter((account) => account !== '')
      .sort(compareText)
  }

  survey(query: SurveyQuery): Promise<Survey> {
    return accessSurvey(this.session, query, this.rowsByMonth())
  }

  writeRecords(path: string): Promise<number> {
    const pathOf = new Map(this.commits.files.map((file) => [file.sha256, file.path]))
    return writeRecords(this.session, path, {
      months: [...this.rowsByMonth().keys()],
      pathOf: (digest) => pathOf.get(digest) ?? digest,
      ...(this.signal === undefined ? {} : { signal: this.signal }),
    })
  }

  accessReport(query: AccessQuery): Promise<AccessReport> {
    return accessReport(this.session, query, this.rowsByMonth())
  }

  async objectEvents({ store, bucket }: { readonly store: string; readonly bucket: string }): Promise<readonly ObjectSighting[]> {
    const pathOf = new Map(this.commits.files.map(({ sha256, path }) => [sha256, path]))
    const sightings: ObjectSighting[] = []
    const sql = objectEvents(OBJECT_PUT_OPERATIONS, OBJECT_DELETE_OPERATIONS)
    await this.session.columns(sql, [bucket], (columns, rowCount) => {
      for (let row = 0; row < rowCount; row++) {
        const [key, versionId, kind, time, size, file, offset, requestId] = columns.map((column) => column[row])
        sightings.push({
          store,
          key: key as string,
          versionId: versionId as string | null,
          kind: kind as 'put' | 'delete',
          at: instant(epochMsOf(time)),
          lastModified: null,
          sizeBytes: kind === 'put' && size !== null ? Number(size) : null,
          evidence: {
            file: pathOf.get(file as string) ?? (file as string),
            offset: Number(offset),
            ...(requestId === null ? {} : { record: requestId as string }),
          },
        })
      }
    })
    return sightings
  }

  async deliveries(bucket: string): Promise<readonly Delivery[]> {
    const rows = await this.session.rows<{ kind: string; hour: Date; lines: bigint }>(observedHours, [bucket])
    return rows.map(({ kind, hour, lines }) => ({ kind, hour: instant(hour), lines: Number(lines) }))
  }

  async verify(): Promise<readonly DamagedPart[]> {
    return this.commits.parts.flatMap(({ path, sha256 }): DamagedPart[] => {
      const place = this.commits.path(path)
      if (!existsSync(place)) return [{ path, problem: 'missing' }]
      return digestOfFile(place) === sha256 ? [] : [{ path, problem: 'changed' }]
    })
  }

  async close(): Promise<void> {
    this.session.close()
  }

  private rowsByMonth(): ReadonlyMap<string, number> {
    const rows = new Map<string, number>()
    for (const { month, rowCount } of this.commits.parts) rows.set(month, (rows.get(month) ?? 0) + rowCount)
    return rows
  }
}

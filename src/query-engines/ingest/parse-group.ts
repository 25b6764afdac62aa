import { hash } from 'node:crypto'
import { join } from 'node:path'
import {
  ColumnBatch,
  LOG_FORMATS,
  type LogFormat,
  type LogReader,
  recogniseLogFormat,
  type TableOutcome,
  tableLogFormatOf,
} from '../../forensics/index.ts'
import type { EvidenceLayout } from '../../model/index.ts'
import type { ReadingProblem } from './log-file-taker.ts'
import { readLogFile } from './read-log-file.ts'
import { StagedParquet } from './staged-parquet.ts'

/** Files that are parsed and loaded together. */
export interface ParseGroup {
  /** The layout of all of them; without one, each file's format is told from what it holds. */
  readonly layout?: EvidenceLayout
  readonly files: readonly {
    readonly absolutePath: string
    readonly path?: string
    readonly store?: string
    readonly cloudfrontRealtimeFields?: readonly string[]
  }[]
  /** A directory of the group's own, for staged files. */
  readonly stagingDirectory: string
}

export interface FileTally {
  /** The log format that the file was read as; null where it was none. */
  readonly kind: string | null
  readonly read: number
  readonly parsed: number
  readonly ambiguous: number
  readonly rejected: number
  readonly passedOver: number
  /** Where the first rejected record begins; null where none was. */
  readonly firstRejectedOffset: number | null
  readonly problem: ReadingProblem
}

export interface ParsedGroup {
  /** Staged files by kind and month, `YYYY-MM`, or `other` where no month could be told. */
  readonly staged: readonly { readonly kind: string; readonly month: string; readonly path: string; readonly rowCount: number }[]
  /** One for each file of the group, in its order. */
  readonly tallies: readonly FileTally[]
}

/** Parses the files of a group into one staged Parquet file for each kind and month. */
export async function parseGroup({ layout, files, stagingDirectory }: ParseGroup): Promise<ParsedGroup> {
  const given = layout === undefined ? null : LOG_FORMATS.find((candidate) => candidate.layout === layout)
  if (given === undefined) throw new RangeError(`no log format for ${layout}`)
  const router = new MonthRouter(stagingDirectory)
  const batch = new ColumnBatch()
  const tallies: FileTally[] = []
  for (const [fileIndex, file] of files.entries()) tallies.push(await parseFile(given, file, fileIndex, batch, router))
  return { staged: router.finish(), tallies }
}

async function parseFile(
  given: LogFormat | null,
  file: ParseGroup['files'][number],
  fileIndex: number,
  batch: ColumnBatch,
  router: MonthRouter,
): Promise<FileTally> {
  const counts: Counts = { read: 0, parsed: 0, ambiguous: 0, rejected: 0, firstRejectedOffset: null }
  let format: { readonly id: string } | null = given
  let reader: LogReader | null = given?.open(file) ?? null
  let table: TableOutcome | null = null
  let unknown: ReadingProblem = null
  const keep = (kind: string) => {
    count(batch, counts)
    router.route(kind, batch, fileIndex)
  }
  const problem = await readLogFile(file.absolutePath, {
    take(chunk, offset, atEnd) {
      if (!reader) {
        const found = unknown ? null : recogniseLogFormat(chunk)
        if (!found) {
          unknown = UNKNOWN
          return chunk.length
        }
        format = found
        reader = found.open(file)
      }
      const used = reader.push(chunk, offset, atEnd, batch)
      keep(format!.id)
      return used
    },
    async table(access) {
      const found = await tableLogFormatOf(access)
      if (typeof found === 'string') unknown = { code: 'malformed', detail: found }
      else if (!found) unknown = UNKNOWN
      else {
        format = found
        table = await found.readTable(access, batch, () => keep(found.id))
      }
    },
  })
  const outcome = (table ?? reader) as TableOutcome | null
  const passedOver = outcome?.passedOver ?? 0
  const malformed: ReadingProblem = outcome?.problem ? { code: 'malformed', detail: outcome.problem } : null
  return {
    kind: format?.id ?? null,
    ...counts,
    read: counts.read + passedOver,
    passedOver,
    problem: problem ?? unknown ?? malformed,
  }
}

const UNKNOWN: ReadingProblem = { code: 'unknown-layout', detail: 'what it begins with is no log format that is known' }

interface Counts {
  read: number
  parsed: number
  ambiguous: number
  rejected: number
  firstRejectedOffset: number | null
}

function count(batch: ColumnBatch, counts: Counts): void {
  const { readings, line_offset: offsets } = batch.numbers
  for (let row = 0; row < batch.rowCount; row++) {
    const known = readings[row]!
    if (known === 1) counts.parsed += 1
    else if (known > 1) counts.ambiguous += 1
    else {
      counts.rejected += 1
      counts.firstRejectedOffset ??= offsets[row]!
    }
  }
  counts.read += batch.rowCount
}

/** Rows buffered over all months of one thread before they go to disk. */
const MOST_BUFFERED_BYTES = 12 << 20
const ROWS_PER_GROUP = 8192
const FIRST_MS = Date.UTC(2006, 2)
const END_MS = Date.UTC(2100, 0)

/** Sends rows to their month's staged file. */
class MonthRouter {
  private readonly directory: string
  private readonly stages = new Map<string, { readonly kind: string; readonly month: string; readonly file: StagedParquet }>()
  private bufferedBytes = 0
  private hashes = new Int32Array(2048)
  private month = { fromMs: 0, toMs: 0, name: '' }

  constructor(directory: string) {
    this.directory = directory
  }

  route(kind: string, batch: ColumnBatch, fileIndex: number): void {
    this.hashLines(batch)
    const times = batch.numbers.time_ms
    for (let from = 0; from < batch.rowCount; ) {
      const month = this.monthOf(times[from]!)
      let to = from + 1
      while (to < batch.rowCount && this.monthOf(times[to]!) === month) to += 1
      this.append(kind, month, batch, from, to, fileIndex)
      from = to
    }
  }

  finish(): ParsedGroup['staged'] {
    const names = [...this.stages.keys()].sort()
    return names.map((name) => {
      const { kind, month, file } = this.stages.get(name)!
      file.finish()
      return { kind, month, path: file.path, rowCount: file.rowCount }
    })
  }

  private append(kind: string, month: string, batch: ColumnBatch, from: number, to: number, fileIndex: number): void {
    const name = `${kind}-${month}`
    let stage = this.stages.get(name)?.file
    if (!stage) {
      stage = new StagedParquet(join(this.directory, `${name}.parquet`))
      this.stages.set(name, { kind, month, file: stage })
    }
    const before = stage.columns.byteLength
    stage.columns.append(batch, from, to, fileIndex, this.hashes)
    this.bufferedBytes += stage.columns.byteLength - before
    if (stage.columns.rowCount >= ROWS_PER_GROUP) {
      this.bufferedBytes -= stage.columns.byteLength
      stage.flush()
    }
    if (this.bufferedBytes < MOST_BUFFERED_BYTES) return
    for (const { file } of this.stages.values()) file.flush()
    this.bufferedBytes = 0
  }

  private monthOf(timeMs: number): string {
    if (timeMs >= this.month.fromMs && timeMs < this.month.toMs) return this.month.name
    if (!(timeMs >= FIRST_MS && timeMs < END_MS)) return 'other'
    const date = new Date(timeMs)
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
    this.month = {
      fromMs: Date.UTC(year, month),
      toMs: Date.UTC(year, month + 1),
      name: `${year}-${String(month + 1).padStart(2, '0')}`,
    }
    return this.month.name
  }

  /**
   * The first eight bytes of each raw line's SHA-256: a client writes parts of the line, so a hash that it can steer would not
   * do. Asked for as Latin-1 text, which costs a quarter of a Buffer of its own.
   */
  private hashLines(batch: ColumnBatch): void {
    if (2 * batch.rowCount > this.hashes.length) this.hashes = new Int32Array(4 * batch.rowCount)
    for (let row = 0; row < batch.rowCount; row++) {
      const digest = hash('sha256', batch.bytes.subarray(batch.lineStart[row]!, batch.lineEnd[row]!), 'binary')
      this.hashes[2 * row] = word(digest, 4)
      this.hashes[2 * row + 1] = word(digest, 0)
    }
  }
}

/** Four bytes of the digest, most significant first, as a 32-bit integer. */
function word(digest: string, at: number): number {
  return (
    (digest.charCodeAt(at) << 24) |
    (digest.charCodeAt(at + 1) << 16) |
    (digest.charCodeAt(at + 2) << 8) |
    digest.charCodeAt(at + 3)
  )
}

import { hash } from 'node:crypto'
import { join } from 'node:path'
import { ColumnBatch, LOG_FORMATS } from '../../forensics/index.ts'
import type { EvidenceLayout } from '../../model/index.ts'
import { type ReadingProblem, readLogFile } from './read-log-file.ts'
import { StagedParquet } from './staged-parquet.ts'

/** Files that are parsed and loaded together. */
export interface ParseGroup {
  readonly layout: EvidenceLayout
  readonly files: readonly { readonly absolutePath: string }[]
  /** A directory of the group's own, for staged files. */
  readonly stagingDirectory: string
}

export interface FileTally {
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
  /** Staged files by month, `YYYY-MM`, or `other` where no month could be told. */
  readonly staged: readonly { readonly month: string; readonly path: string; readonly rowCount: number }[]
  /** One for each file of the group, in its order. */
  readonly tallies: readonly FileTally[]
}

/** Parses the files of a group into one staged Parquet file a month. */
export async function parseGroup({ layout, files, stagingDirectory }: ParseGroup): Promise<ParsedGroup> {
  const format = LOG_FORMATS.find((candidate) => candidate.layout === layout)
  if (!format) throw new RangeError(`no log format for ${layout}`)
  const router = new MonthRouter(stagingDirectory)
  const batch = new ColumnBatch()
  const tallies: FileTally[] = []
  for (const [fileIndex, file] of files.entries()) {
    const reader = format.open()
    const counts: Counts = { read: 0, parsed: 0, ambiguous: 0, rejected: 0, firstRejectedOffset: null }
    const problem = await readLogFile(file.absolutePath, (chunk, offset, atEnd) => {
      const used = reader.push(chunk, offset, atEnd, batch)
      count(batch, counts)
      router.route(batch, fileIndex)
      return used
    })
    const malformed: ReadingProblem = reader.problem === null ? null : { code: 'malformed', detail: reader.problem }
    tallies.push({
      ...counts,
      read: counts.read + reader.passedOver,
      passedOver: reader.passedOver,
      problem: problem ?? malformed,
    })
  }
  return { staged: router.finish(), tallies }
}

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
  private readonly stages = new Map<string, StagedParquet>()
  private bufferedBytes = 0
  private hashes = new Int32Array(2048)
  private month = { fromMs: 0, toMs: 0, name: '' }

  constructor(directory: string) {
    this.directory = directory
  }

  route(batch: ColumnBatch, fileIndex: number): void {
    this.hashLines(batch)
    const times = batch.numbers.time_ms
    for (let from = 0; from < batch.rowCount; ) {
      const month = this.monthOf(times[from]!)
      let to = from + 1
      while (to < batch.rowCount && this.monthOf(times[to]!) === month) to += 1
      this.append(month, batch, from, to, fileIndex)
      from = to
    }
  }

  finish(): ParsedGroup['staged'] {
    const months = [...this.stages.keys()].sort()
    return months.map((month) => {
      const stage = this.stages.get(month)!
      stage.finish()
      return { month, path: stage.path, rowCount: stage.rowCount }
    })
  }

  private append(month: string, batch: ColumnBatch, from: number, to: number, fileIndex: number): void {
    let stage = this.stages.get(month)
    if (!stage) {
      stage = new StagedParquet(join(this.directory, `${month}.parquet`))
      this.stages.set(month, stage)
    }
    const before = stage.columns.byteLength
    stage.columns.append(batch, from, to, fileIndex, this.hashes)
    this.bufferedBytes += stage.columns.byteLength - before
    if (stage.columns.rowCount >= ROWS_PER_GROUP) {
      this.bufferedBytes -= stage.columns.byteLength
      stage.flush()
    }
    if (this.bufferedBytes < MOST_BUFFERED_BYTES) return
    for (const each of this.stages.values()) each.flush()
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

import { createHash } from 'node:crypto'
import type { LogSettings } from '../../forensics/index.ts'
import { compareText, type Unread } from '../../model/index.ts'
import type { CommitLog, LakeFile } from '../commits.ts'
import type { DuckDbSession } from '../duckdb-session.ts'
import { loadParts } from './load-parts.ts'
import type { FileTally, ParsedGroup } from './parse-group.ts'
import { parsePool } from './parse-pool.ts'

/** A log file to take into the lake. `path` is as evidence is named; `sha256` is of the file as it lies there, hex. */
export interface LogFile extends LogSettings {
  readonly path: string
  readonly absolutePath: string
  readonly sha256: string
  readonly sizeBytes?: number
  /** Where it is known already; otherwise the format is told from what the file holds. */
  readonly layout?: 's3-access-log' | 'aws-cloudtrail'
}

/** What became of one log file, now or when its digest was first seen. `passedOver`: records that belong to other stages. */
export interface IngestedFile {
  readonly path: string
  readonly sha256: string
  /** The log format that it was read as, or the layout it was given with; `unknown` where it was none. */
  readonly layout: string
  readonly read: number
  readonly parsed: number
  readonly ambiguous: number
  readonly rejected: number
  readonly passedOver: number
}

export interface IngestReport {
  /** Files given, those that were in the lake already, and those that could not be opened at all. */
  readonly fileCount: number
  readonly knownFileCount: number
  readonly lines: { readonly read: number; readonly parsed: number; readonly ambiguous: number; readonly rejected: number }
  /** Sorted by path. */
  readonly files: readonly IngestedFile[]
  readonly unread: readonly Unread[]
}

export interface IngestOptions {
  readonly onProgress?: (progress: { readonly files: number; readonly ofFiles: number; readonly lines: number }) => void
  readonly signal?: AbortSignal
}

export interface IngestContext {
  readonly session: DuckDbSession
  readonly commits: CommitLog
  readonly threads: number
}

/**
 * Parses log files into the lake, in groups; each group is one commit, so that what is done stays done. A digest that is in
 * the lake already is not read again.
 */
export async function ingest(
  context: IngestContext,
  given: AsyncIterable<LogFile> | Iterable<LogFile>,
  options: IngestOptions,
): Promise<IngestReport> {
  const files = await distinctFiles(given)
  const known = new Map(context.commits.files.map((file) => [file.sha256, file]))
  const fresh = files.filter(({ sha256 }) => !known.has(sha256))
  const groups = groupsOf(fresh)
  const done = new Map<string, LakeFile>()
  // Threads cost half a second of start; little work is faster without them.
  const inThreads = groups.length > 1 ? Math.min(context.threads, groups.length) : 0
  const pool = parsePool(inThreads)
  try {
    let progress = { files: files.length - fresh.length, ofFiles: files.length, lines: 0 }
    options.onProgress?.(progress)
    await inOrderOfArrival(
      groups,
      pool.size + 1,
      async (group) => {
        options.signal?.throwIfAborted()
        const parsed = await pool.parse(group)
        return async () => {
          options.signal?.throwIfAborted()
          for (const file of await loadGroup(context, group, parsed)) done.set(file.sha256, file)
          const lines = parsed.tallies.reduce((sum, { read }) => sum + read, 0)
          progress = { ...progress, files: progress.files + group.files.length, lines: progress.lines + lines }
          options.onProgress?.(progress)
        }
      },
      context,
    )
  } finally {
    await pool.close()
  }
  return reportOn(files, known, done)
}

/** The sum of sizes at which a group is full; compressed files count as ten times theirs. */
const GROUP_BYTES = 32 << 20
const GROUP_FILES = 2000

interface FileGroup {
  readonly id: string
  readonly layout?: LogFile['layout']
  readonly files: readonly LogFile[]
  stagingDirectory: string
}

/** One file for each digest, the one with the least path, sorted by path: access logs are named by time, so months stay together. */
async function distinctFiles(given: AsyncIterable<LogFile> | Iterable<LogFile>): Promise<readonly LogFile[]> {
  const byDigest = new Map<string, LogFile>()
  for await (const file of given) {
    const other = byDigest.get(file.sha256)
    if (!other || compareText(file.path, other.path) < 0) byDigest.set(file.sha256, file)
  }
  return [...byDigest.values()].sort(
    (a, b) => compareText(a.layout ?? '', b.layout ?? '') || compareText(a.path, b.path) || compareText(a.sha256, b.sha256),
  )
}

function groupsOf(files: readonly LogFile[]): FileGroup[] {
  const groups: LogFile[][] = []
  let bytes = 0
  for (const file of files) {
    const last = groups.at(-1)
    const size = (file.sizeBytes ?? 256 << 10) * (/\.(?:gz|zst|bz2)$/.test(file.path) ? 10 : 1)
    if (!last || bytes + size > GROUP_BYTES || last.length === GROUP_FILES || last[0]!.layout !== file.layout) {
      groups.push([file])
      bytes = size
    } else {
      last.push(file)
      bytes += size
    }
  }
  return groups.map((members) => ({ id: groupId(members), layout: members[0]!.layout, files: members, stagingDirectory: '' }))
}

function groupId(files: readonly LogFile[]): string {
  const digest = createHash('sha256')
  for (const sha256 of files.map((file) => file.sha256).sort(compareText)) digest.update(sha256)
  return digest.digest('hex').slice(0, 24)
}

/** Parses up to `ahead` groups at once and loads each as soon as it is parsed, one load at a time. */
async function inOrderOfArrival(
  groups: readonly FileGroup[],
  ahead: number,
  parse: (group: FileGroup) => Promise<() => Promise<void>>,
  { commits }: IngestContext,
): Promise<void> {
  let loading: Promise<void> = Promise.resolve()
  let next = 0
  let failed = false
  const runner = async () => {
    while (next < groups.length && !failed) {
      const group = groups[next++]!
      try {
        group.stagingDirectory = commits.stagingOf(group.id)
        const load = await parse(group)
        const mine = loading.then(load)
        loading = mine.catch(() => {})
        await mine
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const outcomes = await Promise.allSettled(Array.from({ length: Math.min(ahead, groups.length) }, runner))
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
}

async function loadGroup(
  { session, commits }: IngestContext,
  group: FileGroup,
  parsed: ParsedGroup,
): Promise<readonly LakeFile[]> {
  const digests = group.files.map(({ sha256 }) => sha256)
  const parts = await loadParts({ session, group, digests, parsed })
  const files = group.files.map((file, index) => lakeFile(file, parsed.tallies[index]!))
  // A file that could not be opened, or whose format is not known, may be readable next time: it is not marked as seen.
  const seen = files.filter(({ problem }) => problem?.code !== 'unreadable' && problem?.code !== 'unknown-layout')
  commits.commit(group.id, { version: 1, parts, files: seen })
  return files
}

function lakeFile({ sha256, path, layout }: LogFile, { problem, kind, ...counts }: FileTally): LakeFile {
  return { sha256, path, layout: layout ?? kind ?? 'unknown', ...counts, problem }
}

function reportOn(
  files: readonly LogFile[],
  known: ReadonlyMap<string, LakeFile>,
  done: ReadonlyMap<string, LakeFile>,
): IngestReport {
  const ingested = files
    .map((file) => ({ file, result: known.get(file.sha256) ?? done.get(file.sha256) }))
    .sort((a, b) => compareText(a.file.path, b.file.path))
  const lines = { read: 0, parsed: 0, ambiguous: 0, rejected: 0 }
  const unread: Unread[] = []
  const reports: IngestedFile[] = []
  for (const { file, result } of ingested) {
    if (!result) continue
    lines.read += result.read
    lines.parsed += result.parsed
    lines.ambiguous += result.ambiguous
    lines.rejected += result.rejected
    const { layout, read, parsed, ambiguous, rejected, passedOver } = result
    reports.push({ path: file.path, sha256: file.sha256, layout, read, parsed, ambiguous, rejected, passedOver })
    if (result.problem) unread.push(unreadOf(file.path, result))
    else if (rejected > 0) unread.push(rejectedLines(file.path, result))
  }
  return {
    fileCount: files.length,
    knownFileCount: files.filter(({ sha256 }) => known.has(sha256)).length,
    lines,
    files: reports,
    unread,
  }
}

function unreadOf(path: string, { problem, read }: LakeFile): Unread {
  return {
    what: path,
    place: { file: path },
    code: problem!.code as Unread['code'],
    detail: `The log file could not be read to its end: ${problem!.detail}.`,
    lost: `Requests after its first ${read} records are not known.`,
  }
}

function rejectedLines(path: string, { rejected, read, firstRejectedOffset }: LakeFile): Unread {
  return {
    what: path,
    place: { file: path, ...(firstRejectedOffset === null ? {} : { offset: firstRejectedOffset }) },
    code: 'malformed',
    detail: `${rejected} of ${read} records are not in the format of this log.`,
    lost: 'What these records say is not known; they are kept by place and hash.',
  }
}

import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { compareText } from '../model/index.ts'

const PART = z.object({
  /** Relative to the lake's directory, `/`-separated. */
  path: z.string(),
  kind: z.string(),
  month: z.string(),
  rowCount: z.number(),
  sha256: z.string(),
})
const SOURCE_FILE = z.object({
  sha256: z.string(),
  path: z.string(),
  layout: z.string(),
  read: z.number(),
  parsed: z.number(),
  ambiguous: z.number(),
  rejected: z.number(),
  passedOver: z.number(),
  firstRejectedOffset: z.number().nullable().default(null),
  problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
})
const COMMIT = z.object({ version: z.literal(1), parts: z.array(PART), files: z.array(SOURCE_FILE) })

/** One Parquet file of the lake. */
export type LakePart = z.infer<typeof PART>
/** One log file that is in the lake, by its digest, with what became of its lines. */
export type LakeFile = z.infer<typeof SOURCE_FILE>
export type Commit = z.infer<typeof COMMIT>

/**
 * What is in the lake is what its commits name. A commit is written beside and renamed into place when its Parquet files are
 * complete in the staging directory; they move to their places after it. So after a crash at any point either the commit is
 * there and its files can be found, or it is not and what was staged is thrown away.
 */
export class CommitLog {
  private readonly directory: string
  private readonly commits: Commit[] = []

  constructor(lakeDirectory: string) {
    this.directory = lakeDirectory
    mkdirSync(this.path('commits'), { recursive: true })
    mkdirSync(this.path('staging'), { recursive: true })
    for (const name of readdirSync(this.path('commits')).sort(compareText)) {
      if (!name.endsWith('.json')) continue
      const commit = COMMIT.parse(JSON.parse(readFileSync(join(this.path('commits'), name), 'utf8')))
      this.moveParts(name.slice(0, -'.json'.length), commit)
      this.commits.push(commit)
    }
    rmSync(this.path('staging'), { recursive: true, force: true })
    mkdirSync(this.path('staging'), { recursive: true })
  }

  get parts(): readonly LakePart[] {
    return this.commits.flatMap(({ parts }) => parts)
  }

  get files(): readonly LakeFile[] {
    return this.commits.flatMap(({ files }) => files)
  }

  /** A directory in which the group named `id` makes its files; gone after a crash. */
  stagingOf(id: string): string {
    const path = join(this.path('staging'), id)
    rmSync(path, { recursive: true, force: true })
    mkdirSync(path, { recursive: true })
    return path
  }

  /** Where a part is made before its commit. */
  static stagedPart(stagingDirectory: string, part: Pick<LakePart, 'kind' | 'month'>): string {
    return join(stagingDirectory, `part-${part.kind}-${part.month}.parquet`)
  }

  commit(id: string, commit: Commit): void {
    const place = join(this.path('commits'), `${id}.json`)
    const beside = `${place}.tmp`
    writeDurably(beside, JSON.stringify(commit))
    renameSync(beside, place)
    syncDirectory(this.path('commits'))
    this.moveParts(id, commit)
    this.commits.push(commit)
    rmSync(join(this.path('staging'), id), { recursive: true, force: true })
  }

  path(relative: string): string {
    return join(this.directory, relative)
  }

  private moveParts(id: string, { parts }: Commit): void {
    for (const part of parts) {
      const staged = CommitLog.stagedPart(join(this.path('staging'), id), part)
      if (!existsSync(staged)) continue
      mkdirSync(dirname(this.path(part.path)), { recursive: true })
      renameSync(staged, this.path(part.path))
    }
  }
}

/** SHA-256 of a file's bytes, hex; also forces them to disk. */
export function digestOfNewFile(path: string): string {
  const descriptor = openSync(path, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  return digestOfFile(path)
}

export function digestOfFile(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

function writeDurably(path: string, text: string): void {
  const descriptor = openSync(path, 'w')
  try {
    writeSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function syncDirectory(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

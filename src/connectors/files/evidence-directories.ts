import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, sep } from 'node:path'
import { compareText } from '../../model/index.ts'

/** A directory of evidence that cannot be used at all. */
export class EvidenceDirectoryError extends Error {
  readonly directory: string
  readonly reason: 'missing' | 'not-a-directory' | 'unreadable' | 'empty' | 'none-given'
  /** A sentence: what to do about it. */
  readonly remedy: string

  constructor(directory: string, reason: EvidenceDirectoryError['reason'], sentence: string, remedy: string, cause?: unknown) {
    super(`${sentence} ${remedy}`, { cause })
    this.name = 'EvidenceDirectoryError'
    this.directory = directory
    this.reason = reason
    this.remedy = remedy
  }
}

/** A directory to walk and what its files' paths begin with. */
export interface EvidenceRoot {
  readonly directory: string
  readonly realPath: string
  /** Empty when only one directory was given, else ends with `/`. */
  readonly prefix: string
}

/**
 * The directories without those that lie inside another one, each with a prefix that keeps paths apart.
 * Prefixes are made of as few of the directories' own names as tell them apart, so they do not say where the evidence lies.
 */
export async function evidenceRoots(directories: readonly string[]): Promise<readonly EvidenceRoot[]> {
  if (directories.length === 0) {
    throw new EvidenceDirectoryError('', 'none-given', 'No directory of evidence was given.', 'Name at least one.')
  }
  const found = new Map<string, string>()
  for (const directory of directories) {
    const realPath = await realDirectory(directory)
    if (!found.has(realPath)) found.set(realPath, directory)
  }
  const realPaths = [...found.keys()].sort(compareText)
  const outermost = realPaths.filter((path) => !realPaths.some((other) => other !== path && isInside(path, other)))
  const roots = outermost.map((realPath) => ({
    directory: found.get(realPath)!,
    realPath,
    prefix: outermost.length === 1 ? '' : `${shortestName(realPath, outermost)}/`,
  }))
  return roots.sort((left, right) => compareText(left.prefix, right.prefix))
}

/** The error for a directory that was found and cannot be listed. */
export function unreadableDirectory(directory: string, cause: unknown): EvidenceDirectoryError {
  const code = (cause as NodeJS.ErrnoException)?.code ?? 'unknown error'
  const sentence = `The directory ${directory} cannot be read (${code}).`
  return new EvidenceDirectoryError(directory, 'unreadable', sentence, 'Give this user the right to list and read it.', cause)
}

async function realDirectory(directory: string): Promise<string> {
  try {
    const realPath = await realpath(directory)
    if ((await stat(realPath)).isDirectory()) return realPath
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw unreadableDirectory(directory, cause)
    const sentence = `There is no directory ${directory}.`
    throw new EvidenceDirectoryError(directory, 'missing', sentence, 'Check the path, or copy the evidence there first.', cause)
  }
  const sentence = `${directory} is a file, not a directory.`
  throw new EvidenceDirectoryError(directory, 'not-a-directory', sentence, 'Give the directory that holds the evidence.')
}

function isInside(path: string, other: string): boolean {
  return path.startsWith(other.endsWith(sep) ? other : other + sep)
}

function shortestName(realPath: string, all: readonly string[]): string {
  const others = all.filter((path) => path !== realPath)
  let name = basename(realPath)
  let rest = dirname(realPath)
  while (rest !== dirname(rest) && others.some((other) => other.endsWith(sep + name.replaceAll('/', sep)))) {
    name = `${basename(rest)}/${name}`
    rest = dirname(rest)
  }
  return name
}

import { mkdirSync, statSync, symlinkSync } from 'node:fs'
import { basename, join, resolve, sep } from 'node:path'
import { digestFiles, type Discovery, discoverEvidence } from '../../connectors/index.ts'
import type { EvidenceFile, Unread } from '../../model/index.ts'

/** Log files that cannot be used at all: which, where, and what to do about it. */
export class LogFilesError extends Error {
  override readonly name = 'LogFilesError'
}

export type DigestedFile = EvidenceFile & { readonly sha256: string }

export interface GivenFiles {
  readonly files: readonly DigestedFile[]
  readonly unread: readonly Unread[]
}

/**
 * What files and directories hold, each file with its layout and digest. Single files are looked at by way of links in `linksDirectory`, and named as
 * they were typed.
 */
export async function givenFiles(paths: readonly string[], linksDirectory: string, signal?: AbortSignal): Promise<GivenFiles> {
  const kinds = paths.map((path) => ({ path, isDirectory: isDirectory(path) }))
  const directories = kinds.filter((each) => each.isDirectory).map(({ path }) => path)
  const single = kinds.filter((each) => !each.isDirectory).map(({ path }) => path)
  const discoveries: Discovery[] = []
  const options = signal === undefined ? {} : { signal }
  if (directories.length > 0) discoveries.push(await discoverEvidence(directories, options))
  if (single.length > 0) discoveries.push(await discoverFiles([...new Set(single)], linksDirectory, options))
  const files = discoveries.flatMap((discovery) => discovery.files)
  const digests = await digestFiles(
    files.map(({ absolutePath }) => absolutePath),
    signal,
  )
  return {
    files: files.flatMap((file, index): DigestedFile[] => (digests[index] ? [{ ...file, sha256: digests[index].sha256 }] : [])),
    unread: [...discoveries.flatMap(({ unread }) => unread), ...files.filter((_, index) => !digests[index]).map(unreadable)],
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new LogFilesError(
      code === 'ENOENT' || code === 'ENOTDIR'
        ? `There is no file or directory ${path}. Check the path; logs are given as files or as the directories that hold them.`
        : `${path} cannot be read (${code ?? 'unknown error'}). Give this user the right to read it.`,
      { cause: error },
    )
  }
}

/** Discovery reads directories: a directory of links, one in a folder of its own, stands for single files. */
async function discoverFiles(
  paths: readonly string[],
  linksDirectory: string,
  options: { signal?: AbortSignal },
): Promise<Discovery> {
  const typed = new Map<string, string>()
  for (const [index, path] of paths.entries()) {
    const link = `${index}/${basename(resolve(path))}`
    mkdirSync(join(linksDirectory, String(index)), { recursive: true })
    symlinkSync(resolve(path), join(linksDirectory, link))
    typed.set(link, path.split(sep).join('/'))
  }
  const { files, unread } = await discoverEvidence([linksDirectory], options)
  const nameOf = (path: string) => typed.get(path) ?? path
  return {
    files: files.map((file) => ({ ...file, path: nameOf(file.path) })),
    unread: unread.map((each) => ({ ...each, what: nameOf(each.what), place: { ...each.place, file: nameOf(each.what) } })),
  }
}

function unreadable({ path }: EvidenceFile): Unread {
  return {
    what: path,
    place: { file: path },
    code: 'unreadable',
    detail: 'The file could not be read from the disk.',
    lost: 'All that it holds.',
  }
}

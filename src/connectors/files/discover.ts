import type { EvidenceFile, Unread } from '../../model/index.ts'
import { compareText } from '../../model/index.ts'
import { EvidenceDirectoryError, evidenceRoots } from './evidence-directories.ts'
import { dataFilesOfManifests } from './inventory-manifest.ts'
import { readHead } from './read-head.ts'
import { layoutOfPath, recogniseFile } from './recognise.ts'
import { type WalkedFile, walkDirectories } from './walk-directories.ts'

export interface Discovery {
  /** Sorted by path. Files of no known layout are among them as `unknown`. */
  readonly files: readonly EvidenceFile[]
  /** Sorted by what: links that loop, special and unreadable files and directories, and files of no known layout. */
  readonly unread: readonly Unread[]
}

const CONCURRENT_FILES = 16

/**
 * Finds which native layouts the directories hold, by the shape of paths and by what the files begin with.
 * An EvidenceDirectoryError says which directory is missing, a file, unreadable, or without any file.
 */
export async function discoverEvidence(
  directories: readonly string[],
  options: { readonly signal?: AbortSignal } = {},
): Promise<Discovery> {
  const roots = await evidenceRoots(directories)
  const walk = await walkDirectories(roots, options.signal)
  if (walk.files.length === 0 && walk.unread.length === 0) throw nothingFound(directories)
  const recognised = await recogniseAll(walk.files, options.signal)
  const files = recognised.map(({ file }) => file)
  const data = await dataFilesOfManifests(files, options.signal)
  const settled = files.map((file) => (data.has(file.path) ? { ...file, layout: 's3-inventory-data' as const } : file))
  const unknown = recognised.flatMap(({ file, unread }) => (unread === null || data.has(file.path) ? [] : [unread]))
  return { files: settled, unread: [...walk.unread, ...unknown].sort((left, right) => compareText(left.what, right.what)) }
}

interface Recognised {
  readonly file: EvidenceFile
  readonly unread: Unread | null
}

async function recogniseAll(walked: readonly WalkedFile[], signal: AbortSignal | undefined): Promise<readonly Recognised[]> {
  const recognised = new Array<Recognised>(walked.length)
  let next = 0
  async function work(): Promise<void> {
    for (let index = next++; index < walked.length; index = next++) {
      signal?.throwIfAborted()
      recognised[index] = await recogniseOne(walked[index]!)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENT_FILES }, work))
  return recognised
}

async function recogniseOne(walked: WalkedFile): Promise<Recognised> {
  const byPath = layoutOfPath(walked.path)
  // An object is whatever its bucket held. Its bytes may have been put there by a stranger, so they are never taken for configuration.
  if (byPath.layout === 'object') return { file: { ...walked, ...byPath }, unread: null }
  return recogniseFile(walked, byPath, await readHead(walked))
}

function nothingFound(directories: readonly string[]): EvidenceDirectoryError {
  const names = directories.join(', ')
  const sentence = `There are no files in ${names}.`
  return new EvidenceDirectoryError(
    names,
    'empty',
    sentence,
    'Copy the delivery buckets or the output of the command line there first.',
  )
}

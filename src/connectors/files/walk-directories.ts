import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Unread } from '../../model/index.ts'
import { compareText } from '../../model/index.ts'
import type { EvidenceRoot } from './evidence-directories.ts'
import { unreadableDirectory } from './evidence-directories.ts'

/** A regular file below a root. */
export interface WalkedFile {
  readonly path: string
  readonly absolutePath: string
  readonly sizeBytes: number
}

export interface Walk {
  readonly files: readonly WalkedFile[]
  readonly unread: readonly Unread[]
}

interface Place {
  readonly path: string
  readonly absolutePath: string
}

const CONCURRENT_CALLS = 32

/**
 * Every regular file below the roots. Links are followed after everything that lies there itself, in the order of
 * their paths; a directory is entered once, by whichever name comes first, and what cannot be read is named.
 */
export async function walkDirectories(roots: readonly EvidenceRoot[], signal: AbortSignal | undefined): Promise<Walk> {
  const walker = new Walker(signal)
  for (const root of roots) await walker.enterRoot(root)
  await walker.followLinks()
  return {
    files: walker.files.sort((left, right) => compareText(left.path, right.path)),
    unread: walker.unread.sort((left, right) => compareText(left.what, right.what)),
  }
}

class Walker {
  readonly files: WalkedFile[] = []
  readonly unread: Unread[] = []
  readonly #signal: AbortSignal | undefined
  readonly #directories = new Set<string>()
  readonly #links: Place[] = []
  #pending: Place[] = []

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal
  }

  async enterRoot(root: EvidenceRoot): Promise<void> {
    await readdir(root.realPath).catch((cause: unknown) => {
      throw unreadableDirectory(root.directory, cause)
    })
    await this.#enter({ path: root.prefix.replace(/\/$/, ''), absolutePath: root.realPath }, root.realPath)
  }

  async followLinks(): Promise<void> {
    while (this.#links.length > 0) {
      this.#links.sort((left, right) => compareText(right.path, left.path))
      await this.#follow(this.#links.pop()!)
    }
  }

  async #enter(place: Place, realPath: string): Promise<void> {
    this.#directories.add(realPath)
    this.#pending.push(place)
    while (this.#pending.length > 0) {
      this.#signal?.throwIfAborted()
      const batch = this.#pending.splice(0, CONCURRENT_CALLS)
      await Promise.all(batch.map((directory) => this.#list(directory)))
    }
  }

  async #list(directory: Place): Promise<void> {
    const entries = await readdir(directory.absolutePath, { withFileTypes: true }).catch((cause: unknown) => {
      this.#unreadable(directory, cause, 'directory')
      return []
    })
    const sized: Place[] = []
    for (const entry of entries) {
      const place = {
        path: directory.path === '' ? entry.name : `${directory.path}/${entry.name}`,
        absolutePath: join(directory.absolutePath, entry.name),
      }
      if (entry.isDirectory()) await this.#foundDirectory(place)
      else if (entry.isSymbolicLink()) this.#links.push(place)
      else if (entry.isFile()) sized.push(place)
      else await this.#foundOther(place)
    }
    await this.#measure(sized)
  }

  async #foundDirectory(place: Place): Promise<void> {
    // The real path is the parent's with one more name: no link lies between them.
    this.#directories.add(place.absolutePath)
    this.#pending.push(place)
  }

  async #measure(places: readonly Place[]): Promise<void> {
    for (let from = 0; from < places.length; from += CONCURRENT_CALLS) {
      this.#signal?.throwIfAborted()
      await Promise.all(places.slice(from, from + CONCURRENT_CALLS).map((place) => this.#foundFile(place)))
    }
  }

  async #foundFile(place: Place): Promise<void> {
    try {
      this.files.push({ ...place, sizeBytes: (await lstat(place.absolutePath)).size })
    } catch (cause) {
      this.#unreadable(place, cause, 'file')
    }
  }

  async #foundOther(place: Place): Promise<void> {
    // Some file systems do not tell the type in a listing.
    const status = await lstat(place.absolutePath).catch(() => null)
    if (status?.isFile()) this.files.push({ ...place, sizeBytes: status.size })
    else if (status?.isDirectory()) await this.#foundDirectory(place)
    else if (status?.isSymbolicLink()) this.#links.push(place)
    else this.#special(place)
  }

  async #follow(link: Place): Promise<void> {
    this.#signal?.throwIfAborted()
    try {
      const realPath = await realpath(link.absolutePath)
      const status = await stat(realPath)
      if (status.isFile()) this.files.push({ path: link.path, absolutePath: link.absolutePath, sizeBytes: status.size })
      else if (!status.isDirectory()) this.#special(link)
      else if (!this.#directories.has(realPath)) await this.#enter({ path: link.path, absolutePath: realPath }, realPath)
      else if (isAncestor(realPath, link.absolutePath)) this.#loop(link)
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ELOOP') this.#loop(link)
      else if (this.#signal?.aborted) throw cause
      else this.#unreadable(link, cause, 'link')
    }
  }

  #loop(link: Place): void {
    this.unread.push({
      what: link.path,
      place: { file: link.path },
      code: 'link-loop',
      detail: 'The symbolic link leads back to itself or to a directory that it lies in; it was not followed.',
      lost: 'Nothing, if the directory it leads to is evidence too; else what lies there.',
    })
  }

  #special(place: Place): void {
    this.unread.push({
      what: place.path,
      place: { file: place.path },
      code: 'unsupported',
      detail: 'It is no regular file but a socket, a pipe or a device; it was not opened.',
      lost: 'Whatever it would have given.',
    })
  }

  #unreadable(place: Place, cause: unknown, what: 'directory' | 'file' | 'link'): void {
    const code = (cause as NodeJS.ErrnoException)?.code ?? 'unknown error'
    this.unread.push({
      what: place.path,
      place: { file: place.path },
      code: 'unreadable',
      detail: `The ${what} could not be read (${code}).`,
      lost: what === 'directory' ? 'All evidence in it.' : 'All that it holds.',
    })
  }
}

function isAncestor(directory: string, path: string): boolean {
  return path.startsWith(`${directory}/`) || path.startsWith(`${directory}\\`)
}

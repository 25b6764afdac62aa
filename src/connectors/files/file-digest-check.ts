import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { EvidenceFile } from '../../model/index.ts'
import { type EvidenceItem, unreadPart } from './evidence-item.ts'

type Note = Extract<EvidenceItem, { kind: 'unread' }>

/** Holds a file's bytes against the MD5 that its manifest names. */
export class FileDigestCheck {
  readonly #file: EvidenceFile
  readonly #md5: string | null

  constructor(file: EvidenceFile, md5: string | null) {
    this.#file = file
    this.#md5 = md5
  }

  /** A note when the digest differs, is missing, or cannot be made. */
  async *check(signal: AbortSignal | undefined): AsyncGenerator<Note> {
    if (this.#md5 === null)
      return yield this.#note('The manifest names no digest for it, so it cannot be told whether it is whole.')
    const found = await md5Of(this.#file, signal)
    if (found === null) yield this.#note('The file could not be read to its end.')
    else if (found !== this.#md5.toLowerCase()) yield this.#note('Its bytes do not have the digest that the manifest names.')
  }

  #note(detail: string): Note {
    return unreadPart(this.#file, 'malformed', detail, 'Whether what it lists is all there was.') as Note
  }
}

async function md5Of(file: EvidenceFile, signal: AbortSignal | undefined): Promise<string | null> {
  const hash = createHash('md5')
  try {
    for await (const chunk of createReadStream(file.absolutePath, { highWaterMark: 1024 * 1024, signal }))
      hash.update(chunk as Buffer)
    return hash.digest('hex')
  } catch {
    signal?.throwIfAborted()
    return null
  }
}

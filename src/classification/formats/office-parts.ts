import type { Unzipped } from 'fflate'
import { UnreadableContentError } from '../content-source.ts'
import type { FormatInput } from './format.ts'

const OFFICE_BYTES = 128 << 20

/** The parts of an Office document (a zip archive) that `isWanted`; throws `bomb`, `truncated` and `malformed`. */
export async function unpackOffice(
  bytes: Uint8Array,
  { limits }: FormatInput,
  isWanted: (name: string, storedBytes: number) => boolean,
): Promise<Unzipped> {
  const { unzipSync } = await import('fflate')
  let total = 0
  try {
    return unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        if (!isWanted(name, size)) return false
        total += originalSize
        if (total > OFFICE_BYTES || (total > limits.ratioFloorBytes && total > bytes.length * limits.ratio))
          throw new UnreadableContentError('bomb', `the document claims more than ${total} bytes`, { offset: 0 })
        return true
      },
    })
  } catch (cause) {
    if (cause instanceof UnreadableContentError) throw cause
    // Without its directory at the end a zip archive has no parts; with it, a part is damaged.
    const isCut = !Buffer.from(bytes.subarray(-65_557)).includes('PK\u0005\u0006', 0, 'latin1')
    throw isCut
      ? new UnreadableContentError('truncated', 'the zip directory is missing', { offset: bytes.length, cause })
      : new UnreadableContentError('malformed', 'a damaged document', { offset: 0, cause })
  }
}

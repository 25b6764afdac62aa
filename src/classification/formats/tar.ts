import { Readable } from 'node:stream'
import { UnreadableContentError } from '../content-source.ts'
import type { Format, FormatInput, RecordSink } from './format.ts'

const BLOCK_BYTES = 512
const CHECKSUM_AT = 148

/** tar archive (POSIX ustar and pax, GNU, v7); links and devices hold nothing and are passed over. */
export const tar: Format = {
  id: 'tar',
  isBinary: true,
  recognise: ({ bytes }) => bytes.length >= BLOCK_BYTES && hasHeader(bytes),
  read: readTar,
}

async function readTar(input: FormatInput, sink: RecordSink): Promise<void> {
  const { extract } = await import('tar-stream')
  const archive = extract({ allowUnknownFormat: true } as Parameters<typeof extract>[0])
  const bytes = Readable.from(passing(input, sink), { objectMode: false })
  bytes.on('error', (error) => archive.destroy(error))
  bytes.pipe(archive as unknown as NodeJS.WritableStream)
  try {
    for await (const entry of archive) {
      input.signal?.throwIfAborted()
      const { name, size, type } = entry.header
      if (type === 'file' || type === 'contiguous-file')
        await sink.member({ name, sizeBytes: size, storedBytes: size, open: () => piecesOf(entry as unknown as Readable) })
      entry.resume()
    }
  } catch (cause) {
    input.signal?.throwIfAborted()
    if (cause instanceof UnreadableContentError) throw cause
    const isCut = cause instanceof Error && /unexpected end/i.test(cause.message)
    throw isCut
      ? new UnreadableContentError('truncated', 'the archive ends early', { cause })
      : new UnreadableContentError('malformed', 'a damaged archive', { cause })
  } finally {
    bytes.destroy()
    archive.destroy()
  }
}

async function* passing(input: FormatInput, sink: RecordSink): AsyncIterable<Uint8Array> {
  for await (const chunk of input.chunks()) {
    sink.passed(chunk.length)
    yield chunk
  }
}

/** The bytes of an entry; what was not asked for is left for the archive to pass over. */
async function* piecesOf(entry: Readable): AsyncIterable<Uint8Array> {
  const chunks = entry[Symbol.asyncIterator]()
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value as Uint8Array
}

/** The checksum of a header is the sum of its bytes, those of the checksum itself taken as blanks. */
function hasHeader(bytes: Uint8Array): boolean {
  let sum = 0
  for (let i = 0; i < BLOCK_BYTES; i += 1) sum += i >= CHECKSUM_AT && i < CHECKSUM_AT + 8 ? 32 : bytes[i]!
  const written = Buffer.from(bytes.subarray(CHECKSUM_AT, CHECKSUM_AT + 8)).toString('latin1')
  return /^ *[0-7]+/.test(written) && Number.parseInt(written.trim(), 8) === sum && sum !== 8 * 32
}

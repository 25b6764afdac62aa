import { Readable } from 'node:stream'
import { createInflateRaw, createZstdDecompress } from 'node:zlib'
import type { Entry, ZipFile } from 'yauzl'
import { UnreadableContentError } from '../content-source.ts'
import type { Format, FormatInput, RecordSink } from './format.ts'
import { memberNameText } from './text-encoding.ts'

const RANGE_BYTES = 256 << 10
const UTF8_NAME = 0x800
const METHODS: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  95: 'XZ',
  97: 'WavPack',
  98: 'PPMd',
  99: 'AES encryption',
}
const STORED = 0
const DEFLATED = 8
const ZSTD = 93

/** Zip archive, also of more than 4 GiB; its directory at the end says what it holds. */
export const zip: Format = {
  id: 'zip',
  isWhole: true,
  isBinary: true,
  recognise: ({ bytes }) => {
    const start = Buffer.from(bytes.subarray(0, 4)).toString('latin1')
    return start === 'PK\x03\x04' || start === 'PK\x05\x06'
  },
  read: readZip,
}

async function readZip(input: FormatInput, sink: RecordSink): Promise<void> {
  const { archive, sizeBytes } = await openArchive(input)
  sink.passed(sizeBytes)
  let storedBytes = 0
  try {
    for await (const entry of archive.eachEntry()) {
      input.signal?.throwIfAborted()
      storedBytes += entry.compressedSize
      // Entries that claim the same bytes of the archive again and again are made to expand without end.
      if (storedBytes > sizeBytes) throw new UnreadableContentError('bomb', 'entries share their bytes')
      await readEntry(archive, entry, sink)
    }
  } catch (cause) {
    input.signal?.throwIfAborted()
    sink.skipped(Math.max(0, sizeBytes - storedBytes))
    sink.problem(
      cause instanceof UnreadableContentError
        ? cause.toProblem()
        : { code: 'malformed', detail: 'a damaged directory: entries after this one are not known', offset: storedBytes },
    )
  } finally {
    archive.close()
  }
}

async function readEntry(archive: ZipFile, entry: Entry, sink: RecordSink): Promise<void> {
  const name = memberNameText(entry.fileName, (entry.generalPurposeBitFlag & UTF8_NAME) !== 0).replaceAll('\\', '/')
  const { compressedSize: storedBytes, uncompressedSize: sizeBytes, compressionMethod: method } = entry
  if (name.endsWith('/') && sizeBytes === 0) return
  const member = { name, sizeBytes, storedBytes }
  if (entry.isEncrypted()) sink.unreadMember(member, { code: 'encrypted', detail: 'encrypted' })
  else if (method !== STORED && method !== DEFLATED && method !== ZSTD)
    sink.unreadMember(member, { code: 'unsupported', detail: `compressed by ${METHODS[method] ?? `method ${method}`}` })
  else await sink.member({ ...member, open: () => contentOf(archive, entry) })
}

async function* contentOf(archive: ZipFile, entry: Entry): AsyncIterable<Uint8Array> {
  let stored: Readable | undefined
  let unpacked: Readable | undefined
  let bytes = 0
  try {
    stored = await archive.openReadStreamPromise(entry, { decodeFileData: false })
    unpacked = unpacking(entry.compressionMethod, stored)
    for await (const chunk of unpacked as AsyncIterable<Uint8Array>) {
      bytes += chunk.length
      // The directory's word bounds what an entry may expand to.
      if (bytes > entry.uncompressedSize) throw new Error('more bytes than the directory says')
      yield chunk
    }
    if (bytes < entry.uncompressedSize) throw new Error('fewer bytes than the directory says')
  } catch (cause) {
    throw new UnreadableContentError('malformed', 'damaged or cut short in the archive', { offset: bytes, cause })
  } finally {
    unpacked?.destroy()
    stored?.destroy()
  }
}

function unpacking(method: number, stored: Readable): Readable {
  if (method === STORED) return stored
  const stream = method === ZSTD ? createZstdDecompress() : createInflateRaw({ chunkSize: 64 << 10 })
  stored.on('error', (error) => stream.destroy(error))
  return stored.pipe(stream)
}

async function openArchive(input: FormatInput): Promise<{ archive: ZipFile; sizeBytes: number }> {
  const { default: yauzl } = await import('yauzl')
  // Names are decoded here: they may be in Shift_JIS, and hostile ones are to be named rather than refused.
  const options = { decodeStrings: false, autoClose: false }
  const { range, sizeBytes } = input
  try {
    if (range === null || sizeBytes === null) {
      const bytes = await input.whole()
      return {
        archive: await yauzl.fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), options),
        sizeBytes: bytes.length,
      }
    }
    class RangeReader extends yauzl.RandomAccessReader {
      override _readStreamForRange(start: number, end: number): Readable {
        return Readable.from(rangesOf(range!, start, end), { objectMode: false })
      }
    }
    return { archive: await yauzl.fromRandomAccessReaderPromise(new RangeReader(), sizeBytes, options), sizeBytes }
  } catch (cause) {
    input.signal?.throwIfAborted()
    if (cause instanceof UnreadableContentError) throw cause
    throw new UnreadableContentError('truncated', 'the zip directory is missing or damaged', { offset: 0, cause })
  }
}

async function* rangesOf(
  range: (from: number, to: number) => Promise<Uint8Array>,
  start: number,
  end: number,
): AsyncIterable<Uint8Array> {
  for (let from = start; from < end; from += RANGE_BYTES) yield await range(from, Math.min(end, from + RANGE_BYTES))
}

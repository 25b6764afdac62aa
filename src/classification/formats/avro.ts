import { inflateRawSync, zstdDecompressSync } from 'node:zlib'
import { UnreadableContentError } from '../content-source.ts'
import { AvroBytes, avroReader, type ReadValue } from './avro-values.ts'
import { ByteQueue } from './byte-queue.ts'
import { reportCuts } from './cut-records.ts'
import { JsonRows } from './flatten-json.ts'
import type { Format, FormatInput, RecordSink } from './format.ts'
import { RowCollector } from './row-collector.ts'

const MAGIC = '4f626a01'
const SYNC_BYTES = 16
// Writers cut blocks at some dozen kilobytes; more is made to hurt.
const BLOCK_BYTES = 64 << 20

/** Avro object container file; records within records are flattened as those of JSON are. */
export const avro: Format = {
  id: 'avro',
  isBinary: true,
  recognise: ({ bytes }) => Buffer.from(bytes.subarray(0, 4)).toString('hex') === MAGIC,
  read: readAvro,
}

async function readAvro(input: FormatInput, sink: RecordSink): Promise<void> {
  const rows = new RowCollector(sink, '')
  const records = new JsonRows(rows, input.limits)
  const queue = new ByteQueue()
  const { snappyUncompress } = await import('hyparquet')
  let file: AvroFile | null = null
  let offset = 0
  try {
    for await (const chunk of input.chunks()) {
      input.signal?.throwIfAborted()
      sink.passed(chunk.length)
      queue.append(chunk)
      for (;;) {
        const bytes = new AvroBytes(queue.view())
        const before: AvroFile | null = file
        file ??= ifWhole(() => headerOf(bytes, snappyUncompress), bytes, offset)
        const block = file === null ? null : ifWhole(() => blockOf(bytes), bytes, offset)
        if (block !== null) readBlock(block, file!, records, offset)
        if (block === null && file === before) break
        // A header that was read alone is not read again.
        queue.drop(bytes.at)
        offset += bytes.at
      }
    }
    if (queue.length > 0 || file === null)
      throw new UnreadableContentError('truncated', 'the file ends inside a block', { offset })
  } catch (error) {
    sink.skipped(queue.length)
    throw error
  } finally {
    rows.flush()
  }
  reportCuts(records, input.limits, sink)
}

interface AvroFile {
  readonly read: ReadValue
  readonly unpack: (bytes: Uint8Array) => Uint8Array
  readonly sync: string
}

interface Block {
  readonly count: number
  readonly bytes: Uint8Array
  readonly sync: string
}

/** What can be read where all its bytes are there, else null with the place as it was. */
function ifWhole<T>(read: () => T, bytes: AvroBytes, offset: number): T | null {
  const from = bytes.at
  try {
    return read()
  } catch (error) {
    bytes.at = from
    if (error instanceof UnreadableContentError) throw error
    if (!(error instanceof RangeError))
      throw new UnreadableContentError('malformed', 'a damaged header', { offset, cause: error })
    if (bytes.rest > BLOCK_BYTES)
      throw new UnreadableContentError('too-long-record', 'a block longer than any writer makes', { offset })
    return null
  }
}

type Snappy = (input: Uint8Array, output: Uint8Array) => void

function headerOf(bytes: AvroBytes, snappy: Snappy): AvroFile {
  bytes.take(4)
  const meta = new Map<string, string>()
  for (let count = bytes.size(); count !== 0; count = bytes.size()) {
    if (count < 0) bytes.size()
    for (let i = 0; i < Math.abs(count); i += 1) {
      const key = bytes.take(bytes.size()).toString('utf8')
      meta.set(key, bytes.take(bytes.size()).toString('utf8'))
    }
  }
  const sync = bytes.take(SYNC_BYTES).toString('hex')
  return {
    read: avroReader(JSON.parse(meta.get('avro.schema') ?? '')),
    unpack: unpackerOf(meta.get('avro.codec') ?? 'null', snappy),
    sync,
  }
}

function blockOf(bytes: AvroBytes): Block {
  const count = bytes.size()
  const block = bytes.take(bytes.size())
  return { count, bytes: block, sync: bytes.take(SYNC_BYTES).toString('hex') }
}

function readBlock(block: Block, file: AvroFile, records: JsonRows, offset: number): void {
  let count = 0
  try {
    if (block.sync !== file.sync) throw new TypeError('another mark between blocks')
    const bytes = new AvroBytes(file.unpack(block.bytes))
    // Records without bytes could be claimed without end.
    if (block.count > bytes.rest) throw new RangeError('more records than bytes')
    for (; count < block.count; count += 1) records.add(file.read(bytes))
  } catch (cause) {
    throw new UnreadableContentError('malformed', `a damaged block, after ${count} of its records`, { offset, cause })
  }
}

function unpackerOf(codec: string, snappy: Snappy): (bytes: Uint8Array) => Uint8Array {
  const options = { maxOutputLength: BLOCK_BYTES }
  if (codec === 'null') return (bytes) => bytes
  if (codec === 'deflate') return (bytes) => inflateRawSync(bytes, options)
  if (codec === 'zstandard' && typeof zstdDecompressSync === 'function') return (bytes) => zstdDecompressSync(bytes, options)
  if (codec === 'snappy') return (bytes) => unsnapped(bytes, snappy)
  throw new UnreadableContentError('unsupported', `blocks compressed by ${JSON.stringify(codec.slice(0, 40))}`, { offset: 0 })
}

/** Snappy data followed by four bytes of checksum; their first bytes tell the length unpacked. */
function unsnapped(bytes: Uint8Array, snappy: Snappy): Uint8Array {
  let length = 0
  for (let i = 0; i < 5; i += 1) {
    length += (bytes[i]! & 0x7f) * 128 ** i
    if (bytes[i]! < 0x80) break
  }
  if (!(length <= BLOCK_BYTES)) throw new RangeError('a block longer than any writer makes')
  const unpacked = new Uint8Array(length)
  snappy(bytes.subarray(0, -4), unpacked)
  return unpacked
}

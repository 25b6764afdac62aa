import { inflateRawSync, zstdDecompressSync } from 'node:zlib'
import type { Schema, Type } from 'avsc'
import { UnreadableContentError } from '../content-source.ts'
import { reportCuts } from './cut-records.ts'
import { JsonRows } from './flatten-json.ts'
import type { Format, FormatInput, RecordSink } from './format.ts'
import { RowCollector } from './row-collector.ts'

const MAGIC = '4f626a01'
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
  const [{ default: avsc }, decompressors] = await Promise.all([import('avsc'), blockDecompressors()])
  const rows = new RowCollector(sink, '')
  const records = new JsonRows(rows, input.limits)
  let codec = ''
  const decoder = new avsc.streams.BlockDecoder({
    // Numbers past 2^53 are kept whole.
    parseHook: (schema: Schema) => parseSchema(avsc, schema),
    codecs: decompressors,
  } as ConstructorParameters<typeof avsc.streams.BlockDecoder>[0])
  decoder.on('metadata', (_type: Type, name: string) => {
    codec = name
  })
  try {
    for await (const record of feeding(decoder, input)) records.add(plainValue(record))
  } catch (error) {
    input.signal?.throwIfAborted()
    throw describe(error, codec)
  } finally {
    rows.flush()
    decoder.destroy()
  }
  reportCuts(records, input.limits, sink)
}

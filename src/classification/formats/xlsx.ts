import { type Unzipped, unzipSync, zipSync } from 'fflate'
import { read, type WorkBook } from '@e965/xlsx'
import { UnreadableContentError } from '../content-source.ts'
import type { Format, FormatInput, RecordSink } from './format.ts'
import { readSheets } from './sheet-rows.ts'
import { hasZipSignature, namesInHead } from './zip-names.ts'

const WORKBOOK_BYTES = 128 << 20

/** Excel workbook (Office Open XML), every sheet a table. */
export const xlsx: Format = {
  id: 'xlsx',
  isWhole: true,
  isBinary: true,
  recognise: ({ bytes }) => {
    if (!hasZipSignature(bytes)) return false
    const names = namesInHead(bytes)
    if (names.some((name) => /^(?:word|ppt|visio)\//.test(name))) return false
    return names.some((name) => /^(?:\[Content_Types\]\.xml$|xl\/|_rels\/\.rels$)/.test(name))
  },
  read: readWorkbook,
}

async function readWorkbook(input: FormatInput, sink: RecordSink): Promise<void> {
  const bytes = await input.whole()
  input.signal?.throwIfAborted()
  const workbook = openWorkbook(bytes, input)
  readSheets(workbook, input, sink)
}

/** Parts that hold no cells, however large. */
const NO_CELLS =
  /^xl\/(?:media|embeddings|drawings|charts|printerSettings|activeX|ctrlProps)\/|\.(?:png|jpe?g|gif|emf|wmf|bin|vml)$/i

function openWorkbook(bytes: Uint8Array, input: FormatInput): WorkBook {
  const parts = unpack(bytes, input)
  if (parts['xl/workbook.xml'] === undefined)
    throw new UnreadableContentError('unsupported', 'a zip archive that is no workbook', { offset: 0 })
  try {
    // The library's own inflating can run for ever on damaged data, so it is given the parts unpacked.
    const stored = zipSync(parts, { level: 0 })
    return read(stored, { type: 'array', dense: true, cellFormula: false, cellHTML: false, cellText: false, cellDates: true })
  } catch (cause) {
    throw new UnreadableContentError('malformed', 'a damaged workbook', { offset: 0, cause })
  }
}

function unpack(bytes: Uint8Array, { limits }: FormatInput): Unzipped {
  let total = 0
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (NO_CELLS.test(name)) return false
        total += originalSize
        if (total > WORKBOOK_BYTES || (total > limits.ratioFloorBytes && total > bytes.length * limits.ratio))
          throw new UnreadableContentError('bomb', `the workbook claims more than ${total} bytes`, { offset: 0 })
        return true
      },
    })
  } catch (cause) {
    if (cause instanceof UnreadableContentError) throw cause
    // Without its directory at the end a zip archive has no parts; with it, a part is damaged.
    const isCut = !Buffer.from(bytes.subarray(-65_557)).includes('PK\u0005\u0006', 0, 'latin1')
    throw isCut
      ? new UnreadableContentError('truncated', 'the zip directory is missing', { offset: bytes.length, cause })
      : new UnreadableContentError('malformed', 'a damaged workbook', { offset: 0, cause })
  }
}

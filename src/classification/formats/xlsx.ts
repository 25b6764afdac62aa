import type { WorkBook } from '@e965/xlsx'
import { UnreadableContentError } from '../content-source.ts'
import type { Format, FormatInput, RecordSink } from './format.ts'
import { unpackOffice } from './office-parts.ts'
import { readSheets } from './sheet-rows.ts'
import { hasZipSignature, namesInHead } from './zip-names.ts'

const ANY_OFFICE = /^(?:\[Content_Types\]\.xml$|(?:_rels|docProps|customXml|xl)\/)/

/** Excel workbook (Office Open XML), every sheet a table. */
export const xlsx: Format = {
  id: 'xlsx',
  isWhole: true,
  isBinary: true,
  recognise: ({ bytes }) => {
    if (!hasZipSignature(bytes)) return false
    const names = namesInHead(bytes)
    // Pictures may stand before the workbook; what has nothing but the parts of every Office document is taken for one.
    const isOffice = names.includes('[Content_Types].xml') && names.every((name) => ANY_OFFICE.test(name))
    return isOffice || names.some((name) => /^xl\/(?:workbook|worksheets|sharedStrings|styles|theme|_rels)/.test(name))
  },
  read: readWorkbook,
}

async function readWorkbook(input: FormatInput, sink: RecordSink): Promise<void> {
  const bytes = await input.whole()
  input.signal?.throwIfAborted()
  const workbook = await openWorkbook(bytes, input)
  readSheets(workbook, input, sink)
}

/** Parts that hold no cells, however large. */
const NO_CELLS =
  /^xl\/(?:media|embeddings|drawings|charts|printerSettings|activeX|ctrlProps)\/|\.(?:png|jpe?g|gif|emf|wmf|bin|vml)$/i

async function openWorkbook(bytes: Uint8Array, input: FormatInput): Promise<WorkBook> {
  const parts = await unpackOffice(bytes, input, (name) => !NO_CELLS.test(name))
  if (parts['xl/workbook.xml'] === undefined)
    throw new UnreadableContentError('unsupported', 'a zip archive that is no workbook', { offset: 0 })
  const { zipSync } = await import('fflate')
  const { read } = await import('@e965/xlsx')
  try {
    // The library's own inflating can run for ever on damaged data, so it is given the parts unpacked.
    const stored = zipSync(parts, { level: 0 })
    return read(stored, { type: 'array', dense: true, cellFormula: false, cellHTML: false, cellText: false, cellDates: true })
  } catch (cause) {
    throw new UnreadableContentError('malformed', 'a damaged workbook', { offset: 0, cause })
  }
}

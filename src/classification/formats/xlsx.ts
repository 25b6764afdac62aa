import { type Unzipped, unzipSync, zipSync } from 'fflate'
import { read, type WorkBook } from '@e965/xlsx'
import { UnreadableContentError } from '../content-source.ts'
import type { Cell, Format, FormatInput, RecordSink } from './format.ts'
import { RowCollector } from './row-collector.ts'

const WORKBOOK_BYTES = 128 << 20
const HEADER_ROWS = 20

/** Excel workbook (Office Open XML), every sheet a table. */
export const xlsx: Format = {
  id: 'xlsx',
  recognise: ({ bytes }) => {
    const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    return head.readUInt32BE(0) === 0x504b0304 && /\[Content_Types\]\.xml|xl\/|_rels\/\.rels/.test(head.toString('latin1'))
  },
  read: readWorkbook,
}

async function readWorkbook(input: FormatInput, sink: RecordSink): Promise<void> {
  const bytes = await input.whole()
  input.signal?.throwIfAborted()
  const workbook = openWorkbook(bytes, input)
  for (const name of workbook.SheetNames) {
    const rows = workbook.Sheets[name]?.['!data']
    // Rows that were never written are holes.
    if (rows !== undefined) readSheet(name, Array.from(rows as Sheet), input, sink)
  }
}

type Sheet = readonly (readonly ({ readonly v?: Cell; readonly w?: string } | undefined)[] | undefined)[]

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

function readSheet(name: string, sheet: Sheet, input: FormatInput, sink: RecordSink): void {
  const rows = new RowCollector(sink, name)
  const headerRow = findHeader(sheet)
  const width = Math.min(input.limits.columns, Math.max(0, ...sheet.slice(0, 1000).map((row) => row?.length ?? 0)))
  const header = headerRow < 0 ? [] : sheet[headerRow]!
  for (let i = 0; i < width; i += 1) rows.column(String(header[i]?.v ?? `column ${i + 1}`))
  sheet.forEach((row, at) => {
    if (row === undefined || at <= headerRow) return
    rows.beginRecord()
    for (let i = 0; i < Math.min(width, row.length); i += 1) if (row[i] !== undefined && rows.isNeeded(i)) rows.set(i, row[i]!.v)
    rows.endRow()
    rows.endRecord()
  })
  rows.flush()
}

// Reports begin with a title: the header is the first row of words as wide as the rows below it.
function findHeader(sheet: Sheet): number {
  const filled = (row: Sheet[number]): number => row?.filter((cell) => cell?.v !== undefined && cell.v !== '').length ?? 0
  const widest = Math.max(0, ...sheet.slice(0, HEADER_ROWS * 5).map(filled))
  return sheet
    .slice(0, HEADER_ROWS)
    .findIndex((row) => filled(row) >= Math.max(1, widest * 0.6) && row!.every((cell) => cell?.v === undefined || isName(cell.v)))
}

function isName(value: Cell): boolean {
  return typeof value === 'string' && value.length <= 80 && !/\d{4}|@/.test(value)
}

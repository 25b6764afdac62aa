import type { WorkBook } from '@e965/xlsx'
import type { Cell, FormatInput, RecordSink } from './format.ts'
import { RowCollector } from './row-collector.ts'

const HEADER_ROWS = 20

/** Rows of a sheet or of a table in a document; rows and cells that were never written are missing. */
export type Sheet = readonly (readonly ({ readonly v?: Cell; readonly w?: string } | undefined)[] | undefined)[]

/** Reads every sheet of a workbook as a table. */
export function readSheets(workbook: WorkBook, input: FormatInput, sink: RecordSink): void {
  for (const name of workbook.SheetNames) {
    const rows = workbook.Sheets[name]?.['!data']
    // Rows that were never written are holes.
    if (rows !== undefined) readSheet(name, Array.from(rows as Sheet), input, sink)
  }
}

/** Reads one sheet: what stands above its header is left out, each row below is a record. */
export function readSheet(name: string, sheet: Sheet, input: FormatInput, sink: RecordSink): void {
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
/** The row that names the columns, or -1. */
export function findHeader(sheet: Sheet): number {
  const filled = (row: Sheet[number]): number => row?.filter((cell) => cell?.v !== undefined && cell.v !== '').length ?? 0
  const widest = Math.max(0, ...sheet.slice(0, HEADER_ROWS * 5).map(filled))
  return sheet
    .slice(0, HEADER_ROWS)
    .findIndex((row) => filled(row) >= Math.max(1, widest * 0.6) && row!.every((cell) => cell?.v === undefined || isName(cell.v)))
}

function isName(value: Cell): boolean {
  return typeof value === 'string' && value.length <= 80 && !/\d{4}|@/.test(value)
}

import { ColumnBatch, NUMBER_COLUMNS, type NumberColumn, TEXT_COLUMNS, type TextColumn } from '../log-formats/column-batch.ts'
import type { LogFormat, LogSettings, TableLogFormat } from '../log-formats/log-format.ts'

/** One row with all its cells that are not null. */
export type Cells = Partial<Record<TextColumn, string> & Record<NumberColumn, number>>

export interface ReadLog {
  readonly rows: readonly Cells[]
  readonly passedOver: number
  readonly problem: string | null
}

/** Reads a whole log with a format, in pieces of `size` bytes where that is given. */
export function readLog(format: LogFormat, log: string | Uint8Array, settings?: LogSettings, size?: number): ReadLog {
  const bytes = typeof log === 'string' ? new TextEncoder().encode(log) : log
  const reader = format.open(settings)
  const batch = new ColumnBatch()
  const rows: Cells[] = []
  let from = 0
  for (let to = Math.min(size ?? bytes.length, bytes.length); ; to = Math.min(to + (size ?? bytes.length), bytes.length)) {
    const atEnd = to === bytes.length
    from += reader.push(bytes.subarray(from, to), from, atEnd, batch)
    rows.push(...cellsOf(batch))
    if (atEnd) return { rows, passedOver: reader.passedOver, problem: reader.problem }
  }
}

export async function readTableLog(format: TableLogFormat, file: ArrayBuffer): Promise<ReadLog> {
  const batch = new ColumnBatch()
  const rows: Cells[] = []
  const outcome = await format.readTable(
    { byteLength: file.byteLength, slice: async (start, end) => file.slice(start, end) },
    batch,
    () => {
      rows.push(...cellsOf(batch))
    },
  )
  return { rows, ...outcome }
}

function cellsOf(batch: ColumnBatch): Cells[] {
  return Array.from({ length: batch.rowCount }, (_, row) => {
    const texts = TEXT_COLUMNS.map((name) => [name, batch.text(name, row)])
    const numbers = NUMBER_COLUMNS.map((name) => [name, batch.number(name, row)])
    return Object.fromEntries([...texts, ...numbers].filter(([, value]) => value !== null)) as Cells
  })
}

import { type ColumnBatch, TEXT_COLUMNS } from '../column-batch.ts'
import { escapeInvalidUtf8 } from '../utf8-escape.ts'

/** Rewrites the cells of a row that are no UTF-8, with `\xNN` for what cannot stand, and says so in `escaped`. */
export function escapeRow(batch: ColumnBatch, row: number): void {
  for (const column of TEXT_COLUMNS) {
    const at = batch.at[column][row]!
    if (at < 0) continue
    const escaped = escapeInvalidUtf8(batch.bytes.subarray(at, at + batch.length[column][row]!))
    if (!escaped) continue
    batch.setAside(column, row, escaped)
    batch.numbers.escaped[row] = 1
  }
}

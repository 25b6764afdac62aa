import type { ColumnBatch } from '../column-batch.ts'
import { type LogReader, MAX_RECORD_BYTES } from '../log-format.ts'
import { escapeRow } from './escape-row.ts'

/** The line was no record: it is passed over, counted, and leaves no row. */
export const NO_RECORD = -1

/**
 * Reads the line `bytes[start, end)` into a row that is there, all null. Gives the number of consistent readings: 1 for a
 * certain line, 0 for one that is rejected, more for an ambiguous one; or NO_RECORD.
 */
export type ParseLine = (bytes: Uint8Array, start: number, end: number, row: number, batch: ColumnBatch) => number

/** Cuts a file into lines, whatever their length, and hands each to a format's own parser. Empty lines are nothing. */
export class LineReader implements LogReader {
  passedOver = 0
  problem: string | null = null
  private skipping = false
  private readonly parse: ParseLine

  constructor(parse: ParseLine) {
    this.parse = parse
  }

  push(chunk: Uint8Array, fileOffset: number, atEnd: boolean, batch: ColumnBatch): number {
    batch.reset(chunk)
    let at = fileOffset === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 3 : 0
    if (this.skipping) {
      at = chunk.indexOf(NEWLINE) + 1
      if (at === 0) return chunk.length
      this.skipping = false
    }
    while (at < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, at)
      const end = newline < 0 ? chunk.length : newline
      if (end - at > MAX_RECORD_BYTES) {
        batch.numbers.readings[batch.addRow(at, at + MAX_RECORD_BYTES, fileOffset + at)] = 0
        this.skipping = newline < 0
      } else if (newline < 0 && !atEnd) return at
      else this.line(chunk, at, end, fileOffset, batch)
      at = end + 1
    }
    return chunk.length
  }

  private line(chunk: Uint8Array, start: number, newline: number, fileOffset: number, batch: ColumnBatch): void {
    const end = newline > start && chunk[newline - 1] === CARRIAGE_RETURN ? newline - 1 : newline
    if (end === start) return
    const row = batch.addRow(start, end, fileOffset + start)
    const readings = this.parse(chunk, start, end, row, batch)
    if (readings === NO_RECORD) {
      batch.dropRow()
      this.passedOver += 1
      return
    }
    batch.numbers.readings[row] = readings
    if (hasForeignBytes(chunk, start, end)) escapeRow(batch, row)
  }
}

const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d

function hasForeignBytes(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at]! >= 0x80) return true
  return false
}

import type { Json } from '../../../model/index.ts'
import type { OperationAccess } from '../../operation-access.ts'
import type { ColumnBatch, NumberColumn, TextColumn } from '../column-batch.ts'

/** Writes the cells of one row after the other; `-`, empty text and NaN leave a cell null. */
export class RowWriter {
  batch!: ColumnBatch
  row = 0

  at(batch: ColumnBatch, row: number): this {
    this.batch = batch
    this.row = row
    return this
  }

  text(column: TextColumn, value: Json | undefined): this {
    // An object may be named `-`; where a log means none by it, its format leaves the key out.
    const isDash = value === '-' && column !== 'object_key'
    if (typeof value === 'string' && value !== '' && !isDash) this.batch.setString(column, this.row, value)
    return this
  }

  number(column: NumberColumn, value: number): this {
    this.batch.numbers[column][this.row] = value
    return this
  }

  access(access: OperationAccess): this {
    this.batch.setAside('access', this.row, ACCESS_BYTES[access])
    return this
  }

  /** An HTTP status, from which follows whether the request was served; a 304 hands out nothing. */
  status(status: number): this {
    this.number('status', status).number('milder_status', status)
    return this.succeeded(Number.isNaN(status) ? null : status >= 200 && status < 300)
  }

  succeeded(succeeded: boolean | null): this {
    const value = succeeded === null ? Number.NaN : succeeded ? 1 : 0
    return this.number('succeeded', value).number('milder_succeeded', value)
  }

  sent(bytes: number): this {
    return this.number('bytes_sent', bytes).number('milder_bytes_sent', bytes)
  }

  /** What no other column holds, without empty members; members in the order given. */
  extra(members: { readonly [name: string]: Json | undefined }): this {
    const kept = Object.entries(members).filter(
      ([, value]) => value !== undefined && value !== null && value !== '' && value !== '-',
    )
    if (kept.length > 0) this.batch.setString('extra', this.row, JSON.stringify(Object.fromEntries(kept)))
    return this
  }
}

const ENCODER = new TextEncoder()
const ACCESS_BYTES: Readonly<Record<OperationAccess, Uint8Array>> = {
  read: ENCODER.encode('read'),
  list: ENCODER.encode('list'),
  head: ENCODER.encode('head'),
  write: ENCODER.encode('write'),
  delete: ENCODER.encode('delete'),
  admin: ENCODER.encode('admin'),
  other: ENCODER.encode('other'),
}

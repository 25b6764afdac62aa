import { gzipSync } from 'node:zlib'
import { utils, write } from '@e965/xlsx'
import { parquetWriteBuffer } from 'hyparquet-writer'

export const CUSTOMERS = [
  ['Customer ID', 'Name', 'Phone', 'Email', 'Rego', 'VIN'],
  ['C-0001', 'Ann Example', '0491 570 006', 'ann@example.com', 'ABC123', '1M8GDM9AXKP042788'],
  ['C-0002', 'Bob Sample', '+61 491 570 157', 'bob@example.com', 'XYZ-789', '1m8gdm9axkp042788'],
]
export const CUSTOMER_ELEMENTS = {
  vin: '1 in 2',
  'number-plate': '2 in 2',
  'customer-id': '2 in 2',
  'person-name': '2 in 2',
  'phone-number': '2 in 2',
  'email-address': '2 in 2',
}
export const asCsv = (rows: readonly (readonly string[])[], delimiter = ','): string =>
  rows.map((row) => row.join(delimiter)).join('\n')
export const asObjects = (rows: readonly (readonly string[])[]): Record<string, string>[] =>
  rows.slice(1).map((row) => Object.fromEntries(row.map((value, i) => [rows[0]![i]!, value])))
export const asParquet = (rows: readonly (readonly string[])[]): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: rows[0]!.map((name, i) => ({ name, data: rows.slice(1).map((row) => row[i]!), type: 'STRING' as const })),
    }),
  )
export const asWorkbook = (rows: readonly (readonly string[])[]): Uint8Array => {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([['Inquiries of March'], [], ...rows.map((row) => [...row])]), 'List')
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer)
}
const asUtf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le')

/** One table in every format that is read. */
export const SAME_TABLE: readonly { readonly format: string; readonly bytes: Uint8Array | string }[] = [
  { format: 'csv', bytes: asCsv(CUSTOMERS) },
  { format: 'csv', bytes: asCsv(CUSTOMERS, ';') },
  { format: 'csv', bytes: CUSTOMERS.map((row) => row.map((value) => `"${value}"`).join(',')).join('\r\n') },
  { format: 'csv', bytes: `\ufeff${asCsv(CUSTOMERS)}` },
  { format: 'csv', bytes: asUtf16(asCsv(CUSTOMERS)) },
  { format: 'tsv', bytes: asCsv(CUSTOMERS, '\t') },
  { format: 'csv.gz', bytes: gzipSync(asCsv(CUSTOMERS)) },
  {
    format: 'csv.gz',
    bytes: Buffer.concat([gzipSync(`${asCsv(CUSTOMERS.slice(0, 2))}\n`), gzipSync(asCsv(CUSTOMERS.slice(2)))]),
  },
  { format: 'csv.gz.gz', bytes: gzipSync(gzipSync(asCsv(CUSTOMERS))) },
  {
    format: 'jsonl',
    bytes: asObjects(CUSTOMERS)
      .map((record) => JSON.stringify(record))
      .join('\n'),
  },
  { format: 'json', bytes: JSON.stringify(asObjects(CUSTOMERS)) },
  { format: 'json', bytes: JSON.stringify({ total: 2, customers: asObjects(CUSTOMERS) }, null, 2) },
  {
    format: 'json',
    bytes: asObjects(CUSTOMERS)
      .map((record) => JSON.stringify(record, null, 2))
      .join('\n'),
  },
  { format: 'parquet', bytes: asParquet(CUSTOMERS) },
  { format: 'xlsx', bytes: asWorkbook(CUSTOMERS) },
]

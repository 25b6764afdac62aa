import { parquetMetadataAsync, parquetSchema } from 'hyparquet'
import type { RandomAccessFile, TableLogFormat } from './log-format.ts'
import { recogniseTableLogFormat } from './registry.ts'

/** The format of a Parquet file by its columns; null where it is none that is known, a sentence where it cannot be read. */
export async function tableLogFormatOf(file: RandomAccessFile): Promise<TableLogFormat | null | string> {
  try {
    const metadata = await parquetMetadataAsync(file)
    return recogniseTableLogFormat(parquetSchema(metadata).children.map(({ element }) => element.name))
  } catch {
    return 'damaged or truncated Parquet metadata'
  }
}

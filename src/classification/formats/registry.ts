import { avro } from './avro.ts'
import { bzip2 } from './bzip2.ts'
import { csv, tsv } from './csv.ts'
import { docx } from './docx.ts'
import { eml } from './eml.ts'
import type { Format } from './format.ts'
import { gzip } from './gzip.ts'
import { html } from './html.ts'
import { jsonLines } from './json-lines.ts'
import { json } from './json.ts'
import { mbox } from './mbox.ts'
import { parquet } from './parquet.ts'
import { pdf } from './pdf.ts'
import { plainText } from './plain-text.ts'
import { sql } from './sql.ts'
import { sqlite } from './sqlite.ts'
import { tar } from './tar.ts'
import { unread } from './unread.ts'
import { xls } from './xls.ts'
import { xlsx } from './xlsx.ts'
import { xml } from './xml.ts'
import { zip } from './zip.ts'
import { zstd } from './zstd.ts'

/** All formats, in the order in which they are asked: magic bytes before text, the stricter text before the looser. */
export const FORMATS: readonly Format[] = [
  gzip,
  zstd,
  bzip2,
  parquet,
  avro,
  sqlite,
  pdf,
  xls,
  docx,
  xlsx,
  zip,
  tar,
  unread,
  mbox,
  eml,
  jsonLines,
  json,
  html,
  xml,
  sql,
  tsv,
  csv,
  plainText,
]

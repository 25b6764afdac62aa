import { csv, tsv } from './csv.ts'
import type { Format } from './format.ts'
import { gzip } from './gzip.ts'
import { jsonLines } from './json-lines.ts'
import { json } from './json.ts'
import { parquet } from './parquet.ts'
import { plainText } from './plain-text.ts'
import { xlsx } from './xlsx.ts'

/** All formats, in the order in which they are asked: magic bytes before text, the stricter text before the looser. */
export const FORMATS: readonly Format[] = [gzip, parquet, xlsx, jsonLines, json, tsv, csv, plainText]

import { isUtf8 } from 'node:buffer'
import type { EvidenceFile } from '../../../model/index.ts'
import { type EvidenceItem, unreadPart } from '../evidence-item.ts'
import { FileDigestCheck } from '../file-digest-check.ts'
import { EvidenceReadError, openEvidence } from '../open-evidence.ts'
import { type TextLine, LineSplitter } from '../line-splitter.ts'
import type { InventoryRow } from './inventory-row.ts'

type RowOrNote = InventoryRow | Extract<EvidenceItem, { kind: 'unread' }>

/** Keys are 1,024 bytes at most, three times that when encoded; a line longer than this is none of S3's. */
const LINE_BYTES = 64 * 1024
const MAXIMUM_NOTES = 100

/** The rows of a CSV data file, whose keys are URL-encoded; every value may stand in quotes. */
export async function* readCsvRows(
  file: EvidenceFile,
  columns: readonly string[],
  md5: string | null,
  signal: AbortSignal | undefined,
): AsyncGenerator<RowOrNote> {
  const splitter = new LineSplitter(LINE_BYTES)
  const digest = new FileDigestCheck(file, md5)
  const positions = positionsOf(columns)
  let notes = 0
  try {
    for await (const chunk of openEvidence(file)) {
      signal?.throwIfAborted()
      for (const line of splitter.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))) {
        const row = rowOf(file, positions, line)
        if (row !== null && (row.kind === 'row' || notes++ < MAXIMUM_NOTES)) yield row
      }
    }
    for (const line of splitter.end()) {
      const row = rowOf(file, positions, line)
      if (row !== null) yield row
    }
  } catch (error) {
    if (!(error instanceof EvidenceReadError)) throw error
    yield note(file, error.code, error.message, error.offset)
  }
  yield* digest.check(signal)
}

interface Positions {
  readonly bucket: number
  readonly key: number
  readonly versionId: number
  readonly isLatest: number
  readonly isDeleteMarker: number
  readonly sizeBytes: number
  readonly lastModified: number
  readonly count: number
}

function positionsOf(columns: readonly string[]): Positions {
  const find = (name: string) => columns.indexOf(name)
  return {
    bucket: find('Bucket'),
    key: find('Key'),
    versionId: find('VersionId'),
    isLatest: find('IsLatest'),
    isDeleteMarker: find('IsDeleteMarker'),
    sizeBytes: find('Size'),
    lastModified: find('LastModifiedDate'),
    count: columns.length,
  }
}

function rowOf(file: EvidenceFile, positions: Positions, line: TextLine): RowOrNote | null {
  if (line.bytes === null) return note(file, 'too-large', `One line is longer than ${LINE_BYTES} bytes.`, line.offset)
  if (!isUtf8(line.bytes)) return note(file, 'malformed', 'One line holds bytes that are not UTF-8.', line.offset)
  const text = line.bytes.toString('utf8').trimEnd()
  if (text === '') return null
  const values = valuesOf(text)
  const key = values === null ? null : decodedKey(values[positions.key])
  if (values === null || key === null || values.length !== positions.count) {
    return note(file, 'malformed', 'One line does not fit the columns of the manifest.', line.offset)
  }
  const size = Number(values[positions.sizeBytes] || Number.NaN)
  return {
    kind: 'row',
    offset: line.offset,
    bucket: values[positions.bucket] || null,
    key,
    versionId: values[positions.versionId] || null,
    isLatest: values[positions.isLatest]?.toLowerCase() !== 'false',
    isDeleteMarker: values[positions.isDeleteMarker]?.toLowerCase() === 'true',
    sizeBytes: Number.isSafeInteger(size) && size >= 0 ? size : null,
    lastModified: values[positions.lastModified] || null,
  }
}

/** The values of one line; null where its quotes do not match. */
function valuesOf(text: string): string[] | null {
  const values: string[] = []
  let from = 0
  while (from <= text.length) {
    const quoted = text[from] === '"'
    const end = quoted ? closingQuote(text, from + 1) : separatorFrom(text, from)
    if (end < 0) return null
    values.push(quoted ? text.slice(from + 1, end).replaceAll('""', '"') : text.slice(from, end))
    const next = quoted ? end + 1 : end
    if (next < text.length && text[next] !== ',') return null
    from = next + 1
  }
  return values
}

function closingQuote(text: string, from: number): number {
  let end = text.indexOf('"', from)
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
  return end
}

function separatorFrom(text: string, from: number): number {
  const end = text.indexOf(',', from)
  return end < 0 ? text.length : end
}

function decodedKey(encoded: string | undefined): string | null {
  if (encoded === undefined || encoded === '') return null
  try {
    // Inventory writes a blank as a plus sign, as forms do.
    return decodeURIComponent(encoded.replaceAll('+', ' '))
  } catch {
    return null
  }
}

function note(file: EvidenceFile, code: Parameters<typeof unreadPart>[1], detail: string, offset: number): RowOrNote {
  return unreadPart(file, code, detail, 'The object that it lists.', { offset }) as RowOrNote
}

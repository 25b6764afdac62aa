import { isUtf8 } from 'node:buffer'
import type { EvidenceFile, Json } from '../../model/index.ts'
import { type EvidenceItem, unreadPart } from './evidence-item.ts'
import { MAXIMUM_DEPTH } from './json-fields.ts'
import { type JsonRecord, JsonRecordSplitter, type JsonSplitterLimits } from './json-records.ts'
import { EvidenceReadError, openEvidence } from './open-evidence.ts'

/** A record of a file, or what kept one from being read. */
export type ParsedRecord =
  | { readonly kind: 'record'; readonly offset: number; readonly value: Json }
  | Extract<EvidenceItem, { readonly kind: 'unread' }>

const LIMITS: JsonSplitterLimits = { recordBytes: 64 * 1024 * 1024, depth: MAXIMUM_DEPTH }
const MAXIMUM_DOCUMENT_BYTES = 64 * 1024 * 1024
/** A file of nothing but broken records must not fill the case with notes. */
const MAXIMUM_NOTES = 100

/**
 * The records that stand under the wanted keys of a JSON file, one at a time; a file of any size needs the memory of one record.
 * `noun` says what a record is called in notes.
 */
export async function* readRecords(
  file: EvidenceFile,
  wanted: ReadonlySet<string>,
  noun: string,
  signal: AbortSignal | undefined,
  limits: JsonSplitterLimits = LIMITS,
): AsyncGenerator<ParsedRecord> {
  const splitter = new JsonRecordSplitter(wanted, limits)
  const notes = new Notes(file, noun)
  try {
    for await (const chunk of openEvidence(file)) {
      signal?.throwIfAborted()
      for (const record of splitter.push(asBuffer(chunk))) yield* notes.bounded(parseRecord(file, noun, record))
      if (splitter.broken) break
    }
    yield* ending(file, noun, splitter)
  } catch (error) {
    if (!(error instanceof EvidenceReadError)) throw error
    yield unreadRest(file, noun, error)
  }
  yield* notes.omitted()
}

/** The whole of a small JSON file. */
export async function readDocument(file: EvidenceFile, signal: AbortSignal | undefined): Promise<ParsedRecord> {
  const parts: Uint8Array[] = []
  let sizeBytes = 0
  try {
    for await (const chunk of openEvidence(file)) {
      signal?.throwIfAborted()
      sizeBytes += chunk.length
      if (sizeBytes > MAXIMUM_DOCUMENT_BYTES)
        return unread(file, 'too-large', 'The document is larger than 64 MiB.', 'All it says.')
      parts.push(chunk)
    }
  } catch (error) {
    if (!(error instanceof EvidenceReadError)) throw error
    return unread(file, error.code, error.message, 'All it says.', error.offset)
  }
  const document = Buffer.concat(parts)
  if (document.length === 0) return unread(file, 'empty', 'The file is empty.', 'All it would have said.')
  return parseDocument(file, document)
}

function parseDocument(file: EvidenceFile, document: Buffer): ParsedRecord {
  // Wrapped in a list, the document is the one record of it: the same bounds and the same notes.
  const splitter = new JsonRecordSplitter(new Set(), LIMITS)
  const records = [Buffer.from('['), document, Buffer.from(']')].flatMap((part) => splitter.push(part))
  const [record] = records
  if (record === undefined || records.length > 1) {
    return unread(file, 'malformed', 'The file is not one JSON document.', 'All it says.', 0)
  }
  const [parsed] = parseRecord(file, 'document', { ...record, offset: Math.max(0, record.offset - 1) })
  return parsed!
}

function* parseRecord(file: EvidenceFile, noun: string, record: JsonRecord): Generator<ParsedRecord> {
  const lost = `What this ${noun} says.`
  if (record.kind === 'malformed') {
    yield unread(
      file,
      'malformed',
      `The JSON breaks off: an unexpected byte at ${record.offset}.`,
      `All from there on.`,
      record.offset,
    )
  } else if (record.kind === 'too-large') {
    const detail = `One ${noun} of ${record.sizeBytes} bytes is larger than 64 MiB.`
    yield unread(file, 'too-large', detail, lost, record.offset)
  } else if (record.kind === 'too-deep') {
    yield unread(file, 'malformed', `One ${noun} nests deeper than ${MAXIMUM_DEPTH} levels.`, lost, record.offset)
  } else {
    const value = parseBytes(record.bytes)
    if (value === undefined) yield unread(file, 'malformed', `One ${noun} is not JSON.`, lost, record.offset)
    else {
      if (!isUtf8(record.bytes)) yield invalidText(file, noun, record.offset)
      yield { kind: 'record', offset: record.offset, value }
    }
  }
}

function* ending(file: EvidenceFile, noun: string, splitter: JsonRecordSplitter): Generator<ParsedRecord> {
  const cut = splitter.end()
  if (splitter.broken) return
  if (splitter.offset === 0) yield unread(file, 'empty', 'The file is empty.', `Every ${noun} it would have held.`)
  else if (cut !== null) {
    const detail = `The JSON ends too early, in what begins at byte ${cut.offset}.`
    yield unread(file, 'truncated', detail, `Every ${noun} from there on.`, cut.offset)
  } else if (splitter.found === 0) yield unread(file, 'malformed', `The file holds no list of ${noun}s.`, 'All it says.', 0)
}

function parseBytes(bytes: Buffer): Json | undefined {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  try {
    return JSON.parse(bytes.toString('utf8', start)) as Json
  } catch {
    return undefined
  }
}

function invalidText(file: EvidenceFile, noun: string, offset: number): ParsedRecord {
  const detail = `One ${noun} holds bytes that are not UTF-8; they were read as U+FFFD.`
  return unread(file, 'malformed', detail, 'What those bytes were; the rest is used.', offset)
}

function unreadRest(file: EvidenceFile, noun: string, error: EvidenceReadError): ParsedRecord {
  return unread(file, error.code, error.message, `Every ${noun} from byte ${error.offset} of the text on.`, error.offset)
}

function unread(
  file: EvidenceFile,
  code: Parameters<typeof unreadPart>[1],
  detail: string,
  lost: string,
  offset?: number,
): Extract<EvidenceItem, { readonly kind: 'unread' }> {
  const item = unreadPart(file, code, detail, lost, offset === undefined ? {} : { offset })
  return item as Extract<EvidenceItem, { readonly kind: 'unread' }>
}

class Notes {
  readonly #file: EvidenceFile
  readonly #noun: string
  #count = 0

  constructor(file: EvidenceFile, noun: string) {
    this.#file = file
    this.#noun = noun
  }

  *bounded(records: Iterable<ParsedRecord>): Generator<ParsedRecord> {
    for (const record of records) {
      if (record.kind === 'unread') this.#count++
      if (record.kind !== 'unread' || this.#count <= MAXIMUM_NOTES) yield record
    }
  }

  *omitted(): Generator<ParsedRecord> {
    const more = this.#count - MAXIMUM_NOTES
    if (more > 0) yield unread(this.#file, 'malformed', `${more} more like these.`, `What each such ${this.#noun} says.`)
  }
}

function asBuffer(chunk: Uint8Array<ArrayBuffer>): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}

import { UnreadableContentError } from '../content-source.ts'
import { CompoundFile, hasCompoundSignature } from './compound-file.ts'
import type { Format, FormatInput, RecordSink } from './format.ts'
import { readSheets } from './sheet-rows.ts'

/** What else is kept in compound files, by the stream that tells. */
const OTHERS: readonly { readonly stream: RegExp; readonly format: string; readonly code: string; readonly detail: string }[] = [
  {
    stream: /^EncryptedPackage$/,
    format: 'office',
    code: 'encrypted',
    detail: 'an Office document that a password encrypts',
  },
  { stream: /^WordDocument$/, format: 'doc', code: 'unsupported', detail: 'a Word 97 document' },
  { stream: /^PowerPoint Document$/, format: 'ppt', code: 'unsupported', detail: 'a PowerPoint 97 presentation' },
  { stream: /^__properties_version1\.0$/, format: 'msg', code: 'unsupported', detail: 'an Outlook message' },
]

/** Excel 97 to 2003 workbook (BIFF in a compound file), every sheet a table. */
export const xls: Format = {
  id: 'xls',
  isWhole: true,
  isBinary: true,
  recognise: ({ bytes }) => hasCompoundSignature(bytes),
  read: readXls,
}

async function readXls(input: FormatInput, sink: RecordSink): Promise<void> {
  const file = new CompoundFile(await input.whole())
  // The library's own reader of compound files follows circles; it is given the workbook's stream alone.
  const book = file.stream('Workbook', 'Book', 'WORKBOOK', 'BOOK')
  if (book === null) throw describeOther(file)
  if (isEncrypted(book)) throw new UnreadableContentError('encrypted', 'a workbook that a password encrypts', { offset: 0 })
  const { read } = await import('@e965/xlsx')
  input.signal?.throwIfAborted()
  let workbook: ReturnType<typeof read>
  try {
    workbook = read(book, { type: 'array', dense: true, cellFormula: false, cellHTML: false, cellText: false, cellDates: true })
  } catch (cause) {
    throw new UnreadableContentError('malformed', 'a damaged workbook', { offset: 0, cause })
  }
  readSheets(workbook, input, sink)
}

function describeOther({ names }: CompoundFile): UnreadableContentError {
  const other = OTHERS.find(({ stream }) => names.some((name) => stream.test(name)))
  if (other === undefined) return new UnreadableContentError('unsupported', 'an OLE container', { offset: 0, format: 'ole' })
  return new UnreadableContentError(other.code, other.detail, { offset: 0, format: other.format })
}

/** Whether a FILEPASS record comes among the first, before anything that it would hide. */
function isEncrypted(book: Uint8Array): boolean {
  const view = new DataView(book.buffer, book.byteOffset, book.length)
  for (let at = 0, i = 0; i < 20 && at + 4 <= book.length; i += 1) {
    if (view.getUint16(at, true) === 0x2f) return true
    at += 4 + view.getUint16(at + 2, true)
  }
  return false
}

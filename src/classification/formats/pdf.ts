import { UnreadableContentError } from '../content-source.ts'
import type { Format, FormatInput, RecordSink } from './format.ts'
import { CharacterMaps } from './pdf-character-maps.ts'
import { ProsePieces } from './prose-pieces.ts'

/** PDF: the text of its pages, form fields and notes as one document, and the files attached to it. */
export const pdf: Format = {
  id: 'pdf',
  isWhole: true,
  isBinary: true,
  recognise: ({ bytes }) => /^[\s\S]{0,1000}?%PDF-\d/.test(Buffer.from(bytes.subarray(0, 1024)).toString('latin1')),
  read: readPdf,
}

async function readPdf(input: FormatInput, sink: RecordSink): Promise<void> {
  const bytes = await input.whole()
  sink.passed(bytes.length)
  const maps = new CharacterMaps()
  const file = await openPdf(bytes, maps)
  try {
    const wordless = await readPages(file, bytes.length, input, sink)
    await readAttachments(file, sink)
    if (maps.missing.length > 0)
      sink.problem({ code: 'unsupported', detail: `text in the character map ${maps.missing.join(', ')} is not read` })
    if (wordless.length === file.numPages)
      throw new UnreadableContentError('unsupported', 'no page has text: pictures of pages are not read', { offset: 0 })
    if (wordless.length > 0) {
      sink.skipped((bytes.length * wordless.length) / file.numPages)
      sink.problem({ code: 'unsupported', detail: `pages without text are not read: ${listOf(wordless)}` })
    }
  } catch (cause) {
    input.signal?.throwIfAborted()
    if (cause instanceof UnreadableContentError) throw cause
    throw new UnreadableContentError('malformed', 'a damaged PDF', { offset: 0, cause })
  } finally {
    await file.loadingTask.destroy().catch(() => {})
  }
}

type PdfFile = Awaited<ReturnType<typeof openPdf>>

async function openPdf(bytes: Uint8Array, maps: CharacterMaps) {
  const { getDocumentProxy } = await import('unpdf')
  const options = {
    // Nothing is run, drawn or fetched.
    isEvalSupported: false,
    enableXfa: false,
    useWasm: false,
    useSystemFonts: false,
    verbosity: 0,
    cMapUrl: 'maps/',
    cMapPacked: false,
    useWorkerFetch: false,
    BinaryDataFactory: class {
      async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
        if (kind !== 'cMapUrl') throw new Error('fonts are not needed')
        return maps.map(filename)
      }
    },
  }
  try {
    return await getDocumentProxy(Uint8Array.from(bytes), options as Parameters<typeof getDocumentProxy>[1])
  } catch (cause) {
    throw cause instanceof Error && cause.name === 'PasswordException'
      ? new UnreadableContentError('encrypted', 'a PDF that a password encrypts', { offset: 0, cause })
      : new UnreadableContentError('malformed', 'a damaged PDF', { offset: 0, cause })
  }
}

/** Hands out the text of all pages; returns the numbers of those without any. */
async function readPages(file: PdfFile, sizeBytes: number, input: FormatInput, sink: RecordSink): Promise<number[]> {
  const prose = new ProsePieces(sink)
  const wordless: number[] = []
  const pages = Math.min(file.numPages, input.limits.pages)
  let characters = 0
  for (let number = 1; number <= pages; number += 1) {
    input.signal?.throwIfAborted()
    const lines = await readPage(file, number).catch(() => {
      sink.problem({ code: 'malformed', detail: `page ${number} could not be read` })
      return []
    })
    if (lines.every((line) => line.trim() === '')) wordless.push(number)
    for (const line of lines) {
      prose.line(line)
      characters += line.length
    }
    // Pages may show the same text again and again.
    if (characters > input.limits.ratioFloorBytes && characters > sizeBytes * input.limits.ratio)
      throw new UnreadableContentError('bomb', `expands more than ${input.limits.ratio} times`, { offset: 0 })
    prose.line('')
  }
  if (prose.hasText) prose.flush()
  if (pages < file.numPages) {
    sink.skipped((sizeBytes * (file.numPages - pages)) / file.numPages)
    sink.problem({ code: 'too-many-pages', detail: `${file.numPages} pages, of which ${pages} are read` })
  }
  return wordless
}

async function readPage(file: PdfFile, number: number): Promise<string[]> {
  const page = await file.getPage(number)
  const { items } = await page.getTextContent()
  const lines = linesOf(items.filter((item) => 'str' in item))
  for (const note of (await page.getAnnotations()) as readonly Annotation[]) {
    const value = typeof note.fieldValue === 'string' ? note.fieldValue : note.contentsObj?.str
    if (value) lines.push(note.fieldName ? `${note.alternativeText || note.fieldName}: ${value}` : value)
    if (note.url && /^(?:mailto|tel):/i.test(note.url)) lines.push(note.url.replace(/^\w+:/, ''))
  }
  page.cleanup()
  return lines
}

interface Annotation {
  readonly fieldName?: string
  readonly alternativeText?: string
  readonly fieldValue?: unknown
  readonly contentsObj?: { readonly str: string }
  readonly url?: string
}

interface TextItem {
  readonly str: string
  readonly hasEOL: boolean
  readonly transform: readonly unknown[]
  readonly width: number
}

/** Pieces of text as lines; a gap as wide as columns of a table have between them becomes a tab. */
function linesOf(items: readonly TextItem[]): string[] {
  const lines: string[] = []
  let line = ''
  let before: TextItem | null = null
  for (const item of items) {
    const gap = before === null ? 0 : Number(item.transform[4]) - Number(before.transform[4]) - before.width
    if (before !== null && line !== '' && item.str.trim() !== '' && gap > 12) line = `${line.trimEnd()}\t`
    line += item.str
    if (item.str !== '') before = item
    if (!item.hasEOL) continue
    lines.push(line)
    line = ''
    before = null
  }
  return [...lines, line]
}

async function readAttachments(file: PdfFile, sink: RecordSink): Promise<void> {
  const attachments = ((await file.getAttachments().catch(() => null)) ?? {}) as Record<string, AttachedFile>
  for (const key of Object.keys(attachments)) {
    const { filename, content } = attachments[key]!
    if (!(content instanceof Uint8Array)) continue
    await sink.member({
      name: filename || key,
      sizeBytes: content.length,
      storedBytes: content.length,
      open: async function* () {
        yield content
      },
    })
  }
}

interface AttachedFile {
  readonly filename: string
  readonly content: unknown
}

function listOf(numbers: readonly number[]): string {
  return numbers.length > 10 ? `${numbers.slice(0, 10).join(', ')} and ${numbers.length - 10} more` : numbers.join(', ')
}

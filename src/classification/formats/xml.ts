import { reportCuts } from './cut-records.ts'
import { JsonRows } from './flatten-json.ts'
import type { Format, FormatInput, RecordSink } from './format.ts'
import { type Markup, parseMarkup } from './markup-parser.ts'
import { RowCollector } from './row-collector.ts'
import { takeText } from './text-chunks.ts'

// What stands outside of records is handed out once it is so long.
const LONGEST_REST = 1 << 20
const LONGEST_RECORD = 32 << 20

/** XML: elements that repeat are records; what stands around them is one record more. */
export const xml: Format = {
  id: 'xml',
  recognise: ({ text }) =>
    /^\s*<\?xml\s/.test(text) ||
    /^\s*<!DOCTYPE\s+(?!html)/i.test(text) ||
    (/^\s*(?:<!--[\s\S]{0,2000}?-->\s*)?<[A-Za-z_][\w:.-]*(?:\s+[\w:.-]+\s*=\s*["'][^<>]*)?\/?>/.test(text) &&
      /<\/[A-Za-z_][\w:.-]*\s*>|\/>/.test(text)),
  read: readXml,
}

async function readXml(input: FormatInput, sink: RecordSink): Promise<void> {
  const rows = new RowCollector(sink, '')
  const records = new JsonRows(rows, input.limits)
  const tree = new XmlTree(await repeatedPaths(input.head.text), records, sink)
  const parser = await parseMarkup(true, tree)
  const finish = (): void => {
    tree.finish()
    rows.flush()
  }
  await takeText(input, sink, {
    push: (text) => parser.write(text),
    end: () => {
      const isWhole = tree.isClosed
      parser.end()
      finish()
      if (!isWhole) sink.problem({ code: 'truncated', detail: 'elements are open at the end' })
    },
    abandon: finish,
  })
  reportCuts(records, input.limits, sink)
}

/** Paths of the outermost elements that come more than once inside one parent, as far as the beginning tells. */
async function repeatedPaths(head: string): Promise<ReadonlySet<string>> {
  const repeated = new Set<string>()
  const open: { path: string; names: Set<string> }[] = [{ path: '', names: new Set() }]
  const parser: Markup = await parseMarkup(true, {
    onopentag: (name) => {
      const parent = open.at(-1)!
      const path = `${parent.path}/${name}`
      if (parent.names.has(name)) repeated.add(path)
      parent.names.add(name)
      open.push({ path, names: new Set() })
    },
    onclosetag: () => void open.pop(),
  })
  try {
    parser.write(head)
  } catch {
    // Nested too deeply: the reader meets it again and says so.
  }
  return new Set([...repeated].filter((path) => ![...repeated].some((outer) => path.startsWith(`${outer}/`))))
}

type Value = string | XmlObject | (string | XmlObject)[]
interface XmlObject {
  [name: string]: Value
}

interface OpenElement {
  readonly name: string
  readonly path: string
  value: XmlObject
  isEmpty: boolean
  text: string
}

/** Builds objects from elements and hands each out where its record ends. */
class XmlTree {
  readonly #recordPaths: ReadonlySet<string>
  readonly #records: JsonRows
  readonly #sink: RecordSink
  #open: OpenElement[] = []
  /** How deep the open record begins; -1 outside of records. */
  #recordDepth = -1
  #length = 0
  #isTooLong = false
  #hasNamedEntities = false

  constructor(recordPaths: ReadonlySet<string>, records: JsonRows, sink: RecordSink) {
    this.#recordPaths = recordPaths
    this.#records = records
    this.#sink = sink
  }

  get isClosed(): boolean {
    return this.#open.length === 0
  }

  onopentag(name: string, attributes: Readonly<Record<string, string>>): void {
    const path = `${this.#open.at(-1)?.path ?? ''}/${name}`
    const element = { name: localName(name), path, value: Object.create(null) as XmlObject, isEmpty: true, text: '' }
    let length = 0
    for (const key in attributes) {
      if (key.startsWith('xmlns') || key.startsWith('xsi:')) continue
      element.value[localName(key)] = attributes[key]!
      element.isEmpty = false
      length += attributes[key]!.length
    }
    if (this.#recordDepth < 0 && this.#recordPaths.has(path)) {
      this.#recordDepth = this.#open.length
      this.#length = 0
    }
    this.#open.push(element)
    this.#grow(length)
  }

  ontext(text: string): void {
    const element = this.#open.at(-1)
    if (element === undefined || this.#isTooLong) return
    element.text += text
    this.#grow(text.length)
  }

  onclosetag(): void {
    const element = this.#open.pop()
    if (element === undefined) return
    const parent = this.#open.at(-1)
    if (this.#open.length === this.#recordDepth) {
      this.#recordDepth = -1
      if (!this.#isTooLong) this.#emit(element)
      this.#isTooLong = false
    } else if (parent === undefined) this.#emit(element)
    else if (!this.#isTooLong) {
      attach(parent, element)
    }
  }

  onprocessinginstruction(name: string, data: string): void {
    if (!/^!doctype/i.test(name) || this.#hasNamedEntities || !/<!ENTITY/i.test(data)) return
    this.#hasNamedEntities = true
    this.#sink.problem({ code: 'unsupported', detail: 'entities that the document defines are not resolved' })
  }

  /** Hands out what is still open, as far as it was read. */
  finish(): void {
    while (this.#open.length > 0) this.onclosetag()
  }

  #grow(characters: number): void {
    this.#length += characters
    if (this.#recordDepth < 0 && this.#length > LONGEST_REST) this.#emitOpen()
    if (this.#length <= LONGEST_RECORD || this.#isTooLong) return
    this.#isTooLong = true
    this.#sink.skipped(this.#length)
    this.#sink.problem({ code: 'too-long-record', detail: `an element of more than ${LONGEST_RECORD} characters was skipped` })
    for (const element of this.#open.slice(this.#recordDepth)) element.text = ''
  }

  #emit(element: OpenElement): void {
    const value = contentOf(element)
    if (value !== '') this.#records.add({ [element.name]: value })
    this.#length = 0
  }

  /** Hands out what open elements gathered and empties them. */
  #emitOpen(): void {
    for (const element of this.#open) {
      this.#emit(element)
      element.value = Object.create(null) as XmlObject
      element.isEmpty = true
      element.text = ''
    }
  }
}

function attach(parent: OpenElement, element: OpenElement): void {
  const value = contentOf(element)
  if (value === '') return
  const before = parent.value[element.name]
  parent.isEmpty = false
  if (before === undefined) parent.value[element.name] = value
  else if (Array.isArray(before)) before.push(value)
  else parent.value[element.name] = [before, value]
}

function contentOf({ value, isEmpty, text }: OpenElement): string | XmlObject {
  const trimmed = text.trim()
  if (isEmpty) return trimmed
  if (trimmed !== '') value.text = trimmed
  return value
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a

/** What the splitter found in the bytes so far. Offsets count decompressed bytes from the file's start. */
export type JsonRecord =
  | { readonly kind: 'record'; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'too-large'; readonly offset: number; readonly sizeBytes: number }
  | { readonly kind: 'too-deep'; readonly offset: number }
  | { readonly kind: 'malformed'; readonly offset: number }

export interface JsonSplitterLimits {
  readonly recordBytes: number
  readonly depth: number
}

/**
 * Cuts the records out of a JSON document while it streams by: the elements of the arrays (and the objects) that stand
 * under the wanted keys of the document's outermost object, and the elements of an outermost array. Several documents
 * may follow each other. Each record is left for JSON.parse, so a cut or broken document still gives what came before.
 */
export class JsonRecordSplitter {
  /** How many wanted arrays or objects began. */
  found = 0
  readonly #wanted: ReadonlySet<string>
  readonly #limits: JsonSplitterLimits
  #offset = 0
  #depth = 0
  #inText = false
  #escaped = false
  #broken = false
  /** The depth at which records stand, or 0 outside of what is wanted. */
  #recordDepth = 0
  #rootIsArray = false
  #key: string | null = null
  #text: number[] | null = null
  #lastText: string | null = null
  #start = -1
  #parts: Buffer[] = []
  #partBytes = 0
  #deepest = 0

  constructor(wanted: ReadonlySet<string>, limits: JsonSplitterLimits) {
    this.#wanted = wanted
    this.#limits = limits
  }

  /** Bytes taken so far. */
  get offset(): number {
    return this.#offset
  }

  /** Whether the document cannot go on; nothing more will be found. */
  get broken(): boolean {
    return this.#broken
  }

  push(chunk: Buffer): JsonRecord[] {
    const found: JsonRecord[] = []
    let partStart = 0
    let index = 0
    while (index < chunk.length && !this.#broken) {
      if (this.#inText) {
        index = this.#skipText(chunk, index)
        continue
      }
      const byte = chunk[index]!
      const endsRecord = this.#start >= 0 && this.#depth === this.#recordDepth && isSeparator(byte)
      if (endsRecord) {
        this.#keep(chunk.subarray(partStart, index))
        found.push(this.#takeRecord(this.#offset + index))
      }
      if (this.#start < 0 && this.#beginsRecord(byte)) {
        this.#start = this.#offset + index
        this.#deepest = this.#depth
        partStart = index
      }
      if (!this.#structure(byte, this.#offset + index)) {
        this.#broken = true
        found.push({ kind: 'malformed', offset: this.#offset + index })
      }
      index++
    }
    if (this.#start >= 0 && !this.#broken) this.#keep(chunk.subarray(partStart))
    this.#offset += chunk.length
    return found
  }

  /** Where the document was cut: the start of the record it was cut in, or the end of the bytes; null when it was whole. */
  end(): { readonly offset: number } | null {
    if (this.#broken || (this.#depth === 0 && !this.#inText)) return null
    return { offset: this.#start >= 0 ? this.#start : this.#offset }
  }

  #beginsRecord(byte: number): boolean {
    return this.#recordDepth > 0 && this.#depth === this.#recordDepth && !isSpace(byte) && !isSeparator(byte) && byte !== COLON
  }

  /** Follows one byte outside of texts; false when the document cannot go on like this. */
  #structure(byte: number, position: number): boolean {
    if (byte === QUOTE) {
      this.#inText = true
      this.#text = this.#depth === 1 && !this.#rootIsArray && this.#recordDepth === 0 ? [] : null
      return this.#depth > 0
    }
    if (isOpening(byte)) return this.#open(byte)
    if (isClosing(byte)) return this.#close()
    if (this.#depth === 1 && !this.#rootIsArray) this.#between(byte)
    return this.#depth > 0 || isSpace(byte) || isByteOrderMark(byte, position)
  }

  #open(byte: number): boolean {
    if (this.#depth === 0) {
      this.#rootIsArray = byte === 0x5b
      this.#recordDepth = this.#rootIsArray ? 1 : 0
      if (this.#rootIsArray) this.found++
    } else if (this.#depth === 1 && !this.#rootIsArray && this.#isWanted()) {
      if (byte === 0x5b) {
        this.#recordDepth = 2
        this.#start = -1
      }
      this.found++
    }
    this.#depth++
    if (this.#depth > this.#deepest) this.#deepest = this.#depth
    return true
  }

  #close(): boolean {
    this.#depth--
    if (this.#recordDepth === 2 && this.#depth === 1) this.#recordDepth = 0
    if (this.#depth === 0) this.#recordDepth = 0
    return this.#depth >= 0
  }

  #between(byte: number): void {
    if (byte === COLON) {
      this.#key = this.#lastText
      // A wanted key may hold one object instead of an array of them.
      if (this.#isWanted()) this.#recordDepth = 1
    } else if (byte === COMMA) {
      this.#key = null
      this.#recordDepth = 0
    }
    this.#lastText = byte === COLON || byte === COMMA ? null : this.#lastText
  }

  #isWanted(): boolean {
    return this.#key !== null && this.#wanted.has(this.#key)
  }

  #skipText(chunk: Buffer, from: number): number {
    let escaped = this.#escaped
    let index = from
    for (; index < chunk.length; index++) {
      const byte = chunk[index]!
      if (escaped) escaped = false
      else if (byte === BACKSLASH) escaped = true
      else if (byte === QUOTE) break
    }
    this.#escaped = escaped
    this.#keepText(chunk.subarray(from, index))
    if (index === chunk.length) return index
    this.#inText = false
    if (this.#text !== null) this.#lastText = String.fromCharCode(...this.#text)
    this.#text = null
    return index + 1
  }

  #keepText(part: Buffer): void {
    if (this.#text !== null && this.#text.length < 256) this.#text.push(...part.subarray(0, 256))
  }

  #keep(part: Buffer): void {
    this.#partBytes += part.length
    if (this.#partBytes > this.#limits.recordBytes) this.#parts = []
    else if (part.length > 0) this.#parts.push(part)
  }

  #takeRecord(end: number): JsonRecord {
    const offset = this.#start
    const [only] = this.#parts
    const bytes = this.#parts.length === 1 ? only! : Buffer.concat(this.#parts)
    const tooLarge = this.#partBytes > this.#limits.recordBytes
    const tooDeep = this.#deepest - this.#recordDepth > this.#limits.depth
    this.#start = -1
    this.#parts = []
    this.#partBytes = 0
    if (tooLarge) return { kind: 'too-large', offset, sizeBytes: end - offset }
    return tooDeep ? { kind: 'too-deep', offset } : { kind: 'record', offset, bytes }
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

function isOpening(byte: number): boolean {
  return byte === 0x7b || byte === 0x5b
}

function isClosing(byte: number): boolean {
  return byte === 0x7d || byte === 0x5d
}

function isSeparator(byte: number): boolean {
  return byte === COMMA || isClosing(byte)
}

function isByteOrderMark(byte: number, position: number): boolean {
  return position < 3 && byte === [0xef, 0xbb, 0xbf][position]
}

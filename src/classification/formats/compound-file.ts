import { UnreadableContentError } from '../content-source.ts'

const SIGNATURE = 'd0cf11e0a1b11ae1'
const HEADER_BYTES = 512
const ENTRY_BYTES = 128
const LAST_SECTOR = 0xfffffffa
const STREAM = 2
const ROOT = 5

/** Whether the bytes begin as a compound file (OLE2), which old Office formats and encrypted new ones are kept in. */
export function hasCompoundSignature(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 8)).toString('hex') === SIGNATURE
}

interface DirectoryEntry {
  readonly name: string
  readonly type: number
  readonly firstSector: number
  readonly sizeBytes: number
}

/** The streams of a compound file ([MS-CFB]); chains that run in circles or out of the file are `malformed`. */
export class CompoundFile {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #sectorBytes: number
  readonly #fat: Uint32Array
  readonly #miniFat: Uint32Array
  readonly #miniStream: Uint8Array
  readonly #miniCutoff: number
  readonly #entries: readonly DirectoryEntry[]

  constructor(bytes: Uint8Array) {
    if (bytes.length < HEADER_BYTES) throw damaged('truncated')
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const shift = this.#view.getUint16(30, true)
    if (shift !== 9 && shift !== 12) throw damaged()
    this.#sectorBytes = 1 << shift
    this.#miniCutoff = this.#view.getUint32(56, true)
    this.#fat = this.#readFat()
    this.#entries = this.#readDirectory(this.#chain(this.#view.getUint32(48, true)))
    const root = this.#entries.find(({ type }) => type === ROOT)
    this.#miniStream = root === undefined || root.firstSector >= LAST_SECTOR ? new Uint8Array(0) : this.#chain(root.firstSector)
    const firstMiniFat = this.#view.getUint32(60, true)
    this.#miniFat = firstMiniFat >= LAST_SECTOR ? new Uint32Array(0) : wordsOf(this.#chain(firstMiniFat))
  }

  /** Names of all streams and storages. */
  get names(): string[] {
    return this.#entries.map(({ name }) => name)
  }

  /** The bytes of the first stream that has one of the names. */
  stream(...names: readonly string[]): Uint8Array | null {
    const entry = this.#entries.find(({ name, type }) => type === STREAM && names.includes(name))
    if (entry === undefined) return null
    const isMini = entry.sizeBytes < this.#miniCutoff
    const bytes = isMini ? this.#miniChain(entry.firstSector) : this.#chain(entry.firstSector)
    if (bytes.length < entry.sizeBytes) throw damaged('truncated')
    return bytes.subarray(0, entry.sizeBytes)
  }

  #readFat(): Uint32Array {
    const sectors: number[] = []
    for (let i = 0; i < 109; i += 1) sectors.push(this.#view.getUint32(76 + 4 * i, true))
    const most = Math.ceil(this.#bytes.length / this.#sectorBytes)
    let next = this.#view.getUint32(68, true)
    for (let i = 0; next < LAST_SECTOR; i += 1) {
      if (i > most) throw damaged()
      const words = wordsOf(this.#sector(next))
      sectors.push(...words.subarray(0, -1))
      next = words.at(-1)!
    }
    const used = sectors.filter((sector) => sector < LAST_SECTOR)
    if (used.length > most) throw damaged()
    return wordsOf(Buffer.concat(used.map((sector) => this.#sector(sector))))
  }

  #readDirectory(bytes: Uint8Array): DirectoryEntry[] {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const entries: DirectoryEntry[] = []
    for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
      const type = view.getUint8(at + 66)
      const nameBytes = Math.min(64, Math.max(0, view.getUint16(at + 64, true) - 2))
      if (type === 0) continue
      entries.push({
        name: new TextDecoder('utf-16le').decode(bytes.subarray(at, at + nameBytes)),
        type,
        firstSector: view.getUint32(at + 116, true),
        sizeBytes: view.getUint32(at + 120, true),
      })
    }
    return entries
  }

  #sector(number: number): Uint8Array {
    const from = (number + 1) * this.#sectorBytes
    if (from >= this.#bytes.length) throw damaged('truncated')
    return this.#bytes.subarray(from, from + this.#sectorBytes)
  }

  #chain(first: number): Uint8Array {
    return Buffer.concat(chainOf(first, this.#fat).map((sector) => this.#sector(sector)))
  }

  #miniChain(first: number): Uint8Array {
    return Buffer.concat(chainOf(first, this.#miniFat).map((sector) => this.#miniStream.subarray(sector * 64, sector * 64 + 64)))
  }
}

function chainOf(first: number, next: Uint32Array): number[] {
  const chain: number[] = []
  for (let sector = first; sector < LAST_SECTOR; sector = next[sector]!) {
    if (sector >= next.length || chain.length > next.length) throw damaged()
    chain.push(sector)
  }
  return chain
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return Uint32Array.from({ length: bytes.length >> 2 }, (_, i) => view.getUint32(4 * i, true))
}

function damaged(code = 'malformed'): UnreadableContentError {
  return new UnreadableContentError(code, 'a damaged compound file (OLE)', { offset: 0 })
}

import { copyFileSync, linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'fflate'

/** Writes evidence into the batches it belongs to; what the first batch held already is the same file in the second. */
export class Delivery {
  readonly #batches: readonly [string, string]
  readonly #folders = new Set<string>()

  constructor(batches: readonly [string, string]) {
    this.#batches = batches
  }

  /** `early`: part of the first batch as well. */
  write(path: string, bytes: Uint8Array | string, early: boolean): void {
    const [first, second] = this.#batches.map((batch) => join(batch, ...path.split('/'))) as [string, string]
    this.#ensureFolder(second)
    writeFileSync(second, bytes)
    if (!early) return
    this.#ensureFolder(first)
    try {
      linkSync(second, first)
    } catch {
      // Some file systems know no hard links.
      copyFileSync(second, first)
    }
  }

  writeJson(path: string, value: unknown, early: boolean): void {
    this.write(path, `${JSON.stringify(value, null, 4)}\n`, early)
  }

  writeGzip(path: string, bytes: Uint8Array | string, early: boolean): Uint8Array {
    const packed = gzip(bytes)
    this.write(path, packed, early)
    return packed
  }

  #ensureFolder(file: string): void {
    const folder = dirname(file)
    if (this.#folders.has(folder)) return
    mkdirSync(folder, { recursive: true })
    this.#folders.add(folder)
  }
}

/**
 * Gzip without a time stamp. Written by fflate and not by zlib, because zlib's bytes depend on the processor it runs on.
 */
export function gzip(bytes: Uint8Array | string): Uint8Array {
  return gzipSync(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes, { level: 3, mtime: 0 })
}

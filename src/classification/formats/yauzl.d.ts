declare module 'yauzl' {
  import type { Readable } from 'node:stream'

  export interface Entry {
    readonly fileNameRaw: Buffer
    readonly fileName: Buffer
    readonly extraFields: readonly { readonly id: number; readonly data: Buffer }[]
    readonly generalPurposeBitFlag: number
    readonly compressionMethod: number
    readonly compressedSize: number
    readonly uncompressedSize: number
    isEncrypted(): boolean
    canDecodeFileData(): boolean
  }
  export interface ZipFile {
    readonly entryCount: number
    eachEntry(): AsyncIterableIterator<Entry>
    openReadStreamPromise(entry: Entry, options?: { decodeFileData?: boolean }): Promise<Readable>
    close(): void
  }
  export interface Options {
    readonly decodeStrings?: boolean
    readonly autoClose?: boolean
  }
  export abstract class RandomAccessReader {
    abstract _readStreamForRange(start: number, end: number): Readable
    close(callback: (error?: Error) => void): void
  }
  const yauzl: {
    fromBufferPromise(buffer: Buffer, options: Options): Promise<ZipFile>
    fromRandomAccessReaderPromise(reader: RandomAccessReader, totalSize: number, options: Options): Promise<ZipFile>
    RandomAccessReader: typeof RandomAccessReader
  }
  export default yauzl
}

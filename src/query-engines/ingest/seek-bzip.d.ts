declare module 'seek-bzip' {
  /** Bytes in, one by one or some at once; -1 at the end. */
  interface BzipInput {
    readByte(): number
    read(buffer: Uint8Array, offset: number, length: number): number
    seek(position: number): void
    eof(): boolean
  }
  interface BzipOutput {
    writeByte(byte: number): void
    flush(): void
  }
  const Bunzip: { decode(input: BzipInput, output: BzipOutput, multistream: boolean): void }
  export default Bunzip
}

/** Bounds that keep hostile content from costing more than it holds. */
export interface Limits {
  /** Characters of one record, cell or JSON value; a longer one is skipped and named. */
  readonly recordLength: number
  readonly columns: number
  /** Nesting of JSON. */
  readonly depth: number
  /** Compressed wrappers inside each other. */
  readonly wrappers: number
  /** Containers inside each other. */
  readonly nesting: number
  /** Contents inside a container, with those inside them. */
  readonly members: number
  /** Pages of a PDF. */
  readonly pages: number
  /** Decompressed bytes for each compressed byte, asked once `ratioFloorBytes` came out. */
  readonly ratio: number
  readonly ratioFloorBytes: number
  /** Bytes of a content that has to be held whole (xlsx; Parquet from a source without ranges). */
  readonly wholeBytes: number
  /** Problems of one kind that are listed one by one; the rest are counted in a last one. */
  readonly problems: number
}

export const DEFAULT_LIMITS: Limits = {
  recordLength: 1 << 20,
  columns: 10_000,
  depth: 64,
  wrappers: 2,
  nesting: 6,
  members: 50_000,
  pages: 5_000,
  ratio: 250,
  ratioFloorBytes: 32 << 20,
  wholeBytes: 256 << 20,
  problems: 20,
}

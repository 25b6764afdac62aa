import type { Instant } from './instant.ts'

/** A place in the evidence. `file` is relative to the directory that was given, with `/` on every platform. */
export interface EvidenceRef {
  readonly file: string
  /** Byte offset in the file as delivered, or in its decompressed text where the file is compressed. */
  readonly offset?: number
  /** The provider's own name for the record inside the file: an event id, a configuration state id, a request id. */
  readonly record?: string
}

/** The native layouts that evidence on disk comes in; `unknown` is evidence too, and is named in the case. */
export type EvidenceLayout =
  | 'aws-config'
  | 'aws-cloudtrail'
  | 'aws-cloudtrail-digest'
  | 'aws-organizations'
  | 'aws-cli'
  | 's3-access-log'
  | 's3-inventory-manifest'
  | 's3-inventory-data'
  | 'object'
  | 'unknown'

/** One file of evidence, as found on disk. */
export interface EvidenceFile {
  /** Relative to the directory that was given, `/`-separated. */
  readonly path: string
  readonly absolutePath: string
  readonly sizeBytes: number
  readonly layout: EvidenceLayout
  /** For objects: the bucket and key that the file is a copy of. */
  readonly object?: { readonly bucket: string; readonly key: string }
  /** For access logs found under a folder named for it: the bucket whose requests they hold, where the path tells. */
  readonly bucket?: string
}

/** Something that was there and could not be read, or not to its end: it weakens every negative answer. */
export interface Unread {
  /** The file, resource or setting. */
  readonly what: string
  readonly place?: EvidenceRef
  /** Others to which exactly the same happened. */
  readonly also?: readonly string[]
  readonly code:
    | 'unreadable'
    | 'truncated'
    | 'malformed'
    | 'unknown-layout'
    | 'unsupported'
    | 'denied'
    | 'too-large'
    | 'bomb'
    | 'link-loop'
    | 'encrypted'
    | 'empty'
  /** A sentence: what happened. */
  readonly detail: string
  /** A sentence: what is not known because of it. */
  readonly lost: string
}

/** One call of investigate: what was given, and when it was learned. */
export interface EvidenceBatch {
  readonly recordedAt: Instant
  readonly name: string
  readonly fileCount: number
}

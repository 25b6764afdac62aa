import type { ContentReport } from '../model/index.ts'

/** Bytes to classify, wherever they are stored. */
export interface ContentSource {
  /** The object's key or file's path: a hint for the market by its country segment, never for the format. */
  readonly name: string
  readonly sizeBytes: number
  open(): AsyncIterable<Uint8Array>
  /** All bytes at once; rejects where there are more than `limitBytes`. */
  readAll?(limitBytes: number): Promise<Uint8Array>
  /** The bytes from `from` up to and without `to`. */
  range?(from: number, to: number): Promise<Uint8Array>
}

export type ContentProblem = ContentReport['problems'][number]

/** Why a content could not be read, or not to its end; becomes one of the report's problems. */
export class UnreadableContentError extends Error {
  readonly code: string
  readonly offset: number | undefined
  /** The format, where the reader learned that it is another one than the first bytes told. */
  readonly format: string | undefined

  constructor(code: string, detail: string, options: { offset?: number; cause?: unknown; format?: string } = {}) {
    super(detail, { cause: options.cause })
    this.name = 'UnreadableContentError'
    this.code = code
    this.offset = options.offset
    this.format = options.format
  }

  toProblem(): ContentProblem {
    return { code: this.code, detail: this.message, ...(this.offset === undefined ? {} : { offset: this.offset }) }
  }
}

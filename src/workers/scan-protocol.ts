import type { ContentReport, MentionTable } from '../model/index.ts'

/** One file to classify. */
export interface ScanTask {
  readonly sha256: string
  readonly absolutePath: string
  /** Shown to classification as a hint for the market; `/`-separated. */
  readonly name: string
  readonly sizeBytes: number
}

/** What classification found in one file. */
export interface ScanResult {
  readonly report: ContentReport
  readonly mentions: MentionTable
}

/** What a worker is started with. */
export interface WorkerSetup {
  readonly fingerprintKey: Uint8Array
}

/** The buffers of a result, to be moved between threads instead of copied. */
export function buffersOf({ mentions }: ScanResult): ArrayBuffer[] {
  const { start, identifiers, kinds, fingerprints, elements, market, marketBasis, records } = mentions
  return [start, identifiers, kinds, fingerprints, elements, market, marketBasis, records].map(
    (array) => array.buffer as ArrayBuffer,
  )
}

/** The result for a file whose reader died: nothing of it counts as read. */
export function failedResult(task: ScanTask): ScanResult {
  return {
    report: {
      sha256: task.sha256,
      format: 'unknown',
      encoding: null,
      sizeBytes: task.sizeBytes,
      bytesRead: 0,
      recordCount: 0,
      elements: [],
      problems: [{ code: 'reader-failed', detail: 'the reader stopped working on this file', offset: 0 }],
    },
    mentions: {
      rowCount: 0,
      start: new Uint32Array(1),
      identifiers: new Uint32Array(0),
      kinds: new Uint8Array(0),
      fingerprints: new Uint8Array(0),
      elements: new Uint32Array(0),
      market: new Uint8Array(0),
      marketBasis: new Uint8Array(0),
      markets: [],
      records: new Uint32Array(0),
    },
  }
}

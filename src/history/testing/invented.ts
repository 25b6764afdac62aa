import { createHash } from 'node:crypto'
import type { CaseDocument, Instant, Json, MentionTable, Observation, Reading, ResourceRef } from '../../model/index.ts'
import type { BatchHandle, RecordedFile } from '../recording-input.ts'
import type { LedgerHead } from '../ledger.ts'

/** An invented bucket by its name. */
export function bucket(name: string): ResourceRef {
  return { id: `arn:aws:s3:::${name}`, type: 'AWS::S3::Bucket', account: '111122223333', region: 'ap-northeast-1', name }
}

/** A file of evidence whose digest is that of its path, or of `content`. */
export function file(path: string, content = path): RecordedFile {
  return { path, sha256: createHash('sha256').update(content).digest('hex'), sizeBytes: content.length, layout: 'aws-config' }
}

/** One observation of a bucket's policy in a file, changed as a case wants it. */
export function observed(path: string, validFrom: Instant, value: Json, change: Partial<Observation> = {}): Observation {
  const reading: Reading<Json> = { status: 'read', value }
  const resource = bucket('map-files')
  return {
    resource,
    facet: 'policy',
    kind: 'point',
    validFrom,
    value: reading,
    source: 'aws-config',
    evidence: { file: path },
    ...change,
  }
}

/** The smallest document that a batch can be finished with. */
export function documentOf(batch: BatchHandle, ledger: LedgerHead, note = ''): CaseDocument {
  return {
    revision: batch.revision,
    knownAt: batch.recordedAt,
    ledger,
    notes: [{ text: note, evidence: null }],
  } as unknown as CaseDocument
}

/** Two rows on three identifiers: one person of a market, one of none. */
export function mentions(): MentionTable {
  return {
    rowCount: 2,
    start: Uint32Array.of(0, 2, 3),
    identifiers: Uint32Array.of(0, 2, 1),
    kinds: Uint8Array.of(1, 1, 4),
    fingerprints: Uint8Array.from({ length: 48 }, (_, index) => index * 5),
    elements: Uint32Array.of(1, 0x8000_0001),
    market: Uint8Array.of(0, 255),
    marketBasis: Uint8Array.of(2, 0),
    markets: ['JP', 'AU'],
    records: Uint32Array.of(7, 1),
  }
}

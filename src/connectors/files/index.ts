export { digestFiles, type FileDigest } from './digest.ts'
export { discoverEvidence, type Discovery } from './discover.ts'
export type { EvidenceItem, ReadEvidenceOptions } from './evidence-item.ts'
export { readEvidence } from './read-evidence.ts'

export { compareRevisions } from './case/compare-revisions.ts'
export { readRevisions, verifyLedger } from './case/read-revisions.ts'
export { investigate } from './investigate/investigate.ts'
export type { InvestigateOptions, ProgressEvent } from './investigate/options.ts'

export { type Classification, classify } from './classify.ts'
export type { ContentSource } from './content-source.ts'
export { createFingerprint } from './fingerprint.ts'
export type { Limits } from './limits.ts'

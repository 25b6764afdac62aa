export { EstateDirectoryError, truthPath } from './estate-directory.ts'
export { ESTATE_BATCHES, type EstateOptions, generateEstate } from './generate.ts'
export type { GroundTruth, TrueBatch, TrueBounds, TrueExposure, TruePeople } from './truth/ground-truth.ts'

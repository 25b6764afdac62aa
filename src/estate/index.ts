export { EstateDirectoryError, truthPath } from './estate-directory.ts'
export { ESTATE_BATCHES, type EstateOptions, generateEstate } from './generate.ts'
export type { GroundTruth, TrueExposure } from './truth/ground-truth.ts'

import type { ReachModel } from '../reach-model.ts'

export const S3_COMPATIBLE_MODELS: readonly ReachModel[] = []

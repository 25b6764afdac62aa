import type { ReachModel } from '../reach-model.ts'

export const GCP_MODELS: readonly ReachModel[] = []

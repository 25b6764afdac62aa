import type { ReachModel } from '../reach-model.ts'

export const AZURE_MODELS: readonly ReachModel[] = []

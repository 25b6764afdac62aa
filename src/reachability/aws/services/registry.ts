import type { ReachModel } from '../../reach-model.ts'

/** Resources other than buckets that carry a policy of their own. */
export const SERVICE_MODELS: readonly ReachModel[] = []

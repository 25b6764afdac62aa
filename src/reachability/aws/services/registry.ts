import type { ReachModel } from '../../reach-model.ts'
import { serviceModel } from './decision.ts'
import { queue } from './queue.ts'
import type { Service } from './service.ts'
import { topic } from './topic.ts'

const SERVICES: readonly Service[] = [queue, topic]

/** Resources other than buckets that carry a policy of their own. */
export const SERVICE_MODELS: readonly ReachModel[] = SERVICES.map(serviceModel)

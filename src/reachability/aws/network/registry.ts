import type { ReachModel } from '../../reach-model.ts'
import { decideDatabase } from './database.ts'

/** Resources with a door on the network. */
export const NETWORK_MODELS: readonly ReachModel[] = [
  { types: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'], decide: decideDatabase },
]

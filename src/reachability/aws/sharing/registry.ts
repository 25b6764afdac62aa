import type { ReachModel } from '../../reach-model.ts'
import { decideSnapshot } from './database-snapshot.ts'

/** Resources that are shared by a list of accounts. */
export const SHARING_MODELS: readonly ReachModel[] = [
  { types: ['AWS::RDS::DBSnapshot', 'AWS::RDS::DBClusterSnapshot'], decide: decideSnapshot },
]

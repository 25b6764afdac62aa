import type { ReachModel } from '../../reach-model.ts'
import { decideDatabaseSnapshot } from './database-snapshots.ts'
import { decideImage, decideVolumeSnapshot } from './volumes-and-images.ts'
import { decideWarehouseSnapshot } from './warehouse-snapshots.ts'

/** Resources that are shared by a list of accounts. */
export const SHARING_MODELS: readonly ReachModel[] = [
  {
    types: [
      'AWS::RDS::DBSnapshot',
      'AWS::RDS::DBClusterSnapshot',
      'AWS::DocDB::DBClusterSnapshot',
      'AWS::Neptune::DBClusterSnapshot',
    ],
    decide: decideDatabaseSnapshot,
  },
  { types: ['AWS::Redshift::ClusterSnapshot', 'AWS::RedshiftServerless::Snapshot'], decide: decideWarehouseSnapshot },
  { types: ['AWS::EC2::Snapshot', 'AWS::EBS::Snapshot'], decide: decideVolumeSnapshot },
  { types: ['AWS::EC2::Image'], decide: decideImage },
]

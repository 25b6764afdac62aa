import type { ReachModel } from '../../reach-model.ts'
import { decideInstance } from './instance.ts'
import { decidePrivateDatabase } from './private-databases.ts'
import { decideDatabaseCluster, decideDatabaseInstance } from './rds.ts'
import { decideRedshiftCluster, decideRedshiftWorkgroup } from './warehouses.ts'

/** Resources with a door on the network. */
export const NETWORK_MODELS: readonly ReachModel[] = [
  { types: ['AWS::RDS::DBInstance', 'AWS::Neptune::DBInstance'], decide: decideDatabaseInstance },
  { types: ['AWS::RDS::DBCluster', 'AWS::Neptune::DBCluster'], decide: decideDatabaseCluster },
  { types: ['AWS::Redshift::Cluster'], decide: decideRedshiftCluster },
  { types: ['AWS::RedshiftServerless::Workgroup'], decide: decideRedshiftWorkgroup },
  {
    types: [
      'AWS::DocDB::DBCluster',
      'AWS::DocDB::DBInstance',
      'AWS::ElastiCache::CacheCluster',
      'AWS::ElastiCache::ReplicationGroup',
      'AWS::ElastiCache::ServerlessCache',
      'AWS::MemoryDB::Cluster',
    ],
    decide: decidePrivateDatabase,
  },
  { types: ['AWS::EC2::Instance'], decide: decideInstance },
]

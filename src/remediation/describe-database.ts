import { option } from './shell-words.ts'

/** The command that prints how a database or a snapshot is configured; null for other types. */
export function describeDatabase(type: string, name: string): string | null {
  switch (type) {
    case 'AWS::RDS::DBSnapshot':
      return `aws rds describe-db-snapshot-attributes ${option('db-snapshot-identifier', name)}`
    case 'AWS::RDS::DBClusterSnapshot':
      return `aws rds describe-db-cluster-snapshot-attributes ${option('db-cluster-snapshot-identifier', name)}`
    case 'AWS::RDS::DBInstance':
      return `aws rds describe-db-instances ${option('db-instance-identifier', name)}`
    case 'AWS::RDS::DBCluster':
      return `aws rds describe-db-clusters ${option('db-cluster-identifier', name)}`
    default:
      return null
  }
}

import { ONE_PART, below } from './target.ts'
import type { Service } from './service.ts'

const ON_TOPICS: readonly string[] = [
  'kafka-cluster:ReadData',
  'kafka-cluster:DescribeTopic',
  'kafka-cluster:WriteData',
  'kafka-cluster:DeleteTopic',
  'kafka-cluster:AlterTopic',
]

/**
 * A cluster whose policy lets other accounts connect from networks of theirs. Every connection by such a policy is signed.
 * MSK, developer guide: "Multi-VPC private connectivity", "How IAM access control works".
 */
export const kafkaCluster: Service = {
  types: ['AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster'],
  noun: 'cluster',
  arn: /^arn:aws[a-z-]*:kafka:[a-z0-9-]+:\d{12}:cluster\/[A-Za-z0-9-]{1,64}\/[0-9a-f-]{1,64}$/,
  policyFacets: ['policy', 'clusterPolicy'],
  actions: {
    read: ['kafka-cluster:ReadData'],
    list: ['kafka-cluster:DescribeTopic', 'kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'],
    write: ['kafka-cluster:WriteData'],
    delete: ['kafka-cluster:DeleteTopic'],
    admin: [],
  },
  ownersAlone: { admin: ['kafka:PutClusterPolicy', 'kafka:DeleteClusterPolicy'] },
  names: (action, arn) =>
    ON_TOPICS.includes(action) ? below(`${arn.replace(':cluster/', ':topic/')}/`, ONE_PART) : { arn, rest: null },
  underResourceControls: false,
}

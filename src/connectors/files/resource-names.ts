import type { ResourceRef } from '../../model/index.ts'

/** The partition of a region: `aws`, `aws-cn` or `aws-us-gov`. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}

/** A bucket by name; account and region are empty where the source does not tell them. */
export function bucketRef(
  name: string,
  account: string,
  region: string,
  arn = `arn:${partitionOf(region)}:s3:::${name}`,
): ResourceRef {
  return { id: arn, type: 'AWS::S3::Bucket', account, region, name }
}

/** An account as a resource: what is set for all its buckets is set there. */
export function accountRef(account: string, region = ''): ResourceRef {
  return { id: `arn:${partitionOf(region)}:iam::${account}:root`, type: 'AWS::Account', account, region: '', name: account }
}

const RDS_ARN_WORDS = {
  'AWS::RDS::DBInstance': 'db',
  'AWS::RDS::DBCluster': 'cluster',
  'AWS::RDS::DBSnapshot': 'snapshot',
  'AWS::RDS::DBClusterSnapshot': 'cluster-snapshot',
} as const
export type DatabaseType = keyof typeof RDS_ARN_WORDS

/** A database, cluster or snapshot; the provider keeps their names in lower case. */
export function databaseRef(
  type: DatabaseType,
  name: string,
  account: string,
  region: string,
  arn: string | null = null,
): ResourceRef {
  const lower = name.toLowerCase()
  const id = arn ?? `arn:${partitionOf(region)}:rds:${region}:${account}:${RDS_ARN_WORDS[type]}:${lower}`
  return { id, type, account, region, name: lower }
}

const EC2_ARN_WORDS = {
  'AWS::EC2::SecurityGroup': 'security-group',
  'AWS::EC2::Subnet': 'subnet',
  'AWS::EC2::RouteTable': 'route-table',
  'AWS::EC2::NetworkAcl': 'network-acl',
} as const
export type NetworkType = keyof typeof EC2_ARN_WORDS

/** A part of a network; its name is its id, `sg-…`, `subnet-…`, `rtb-…` or `acl-…`. */
export function networkRef(
  type: NetworkType,
  name: string,
  account: string,
  region: string,
  arn: string | null = null,
): ResourceRef {
  return {
    id: arn ?? `arn:${partitionOf(region)}:ec2:${region}:${account}:${EC2_ARN_WORDS[type]}/${name}`,
    type,
    account,
    region,
    name,
  }
}

/** A trail of CloudTrail. */
export function trailRef(name: string, account: string, region: string, arn: string | null = null): ResourceRef {
  const id = arn ?? `arn:${partitionOf(region)}:cloudtrail:${region}:${account}:trail/${name}`
  return { id, type: 'AWS::CloudTrail::Trail', account, region, name }
}

/** Account and region of an ARN that holds them; null for any other text. */
export function arnParts(
  arn: string | null,
): { readonly account: string; readonly region: string; readonly rest: string } | null {
  const match = /^arn:aws[a-z-]*:[a-z0-9-]+:([a-z0-9-]*):(\d{12}|):(.+)$/.exec(arn ?? '')
  return match ? { region: match[1]!, account: match[2]!, rest: match[3]! } : null
}

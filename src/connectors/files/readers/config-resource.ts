import type { Json, ResourceRef } from '../../../model/index.ts'
import { at, decodeNested, textAt } from '../json-fields.ts'
import {
  accountRef,
  bucketRef,
  type DatabaseType,
  databaseRef,
  type NetworkType,
  networkRef,
  trailRef,
} from '../resource-names.ts'

/** The resource of a configuration item, or null where the item does not name it. */
export function configResource(type: string, item: Json): ResourceRef | null {
  const account = textAt(item, 'awsAccountId') ?? textAt(item, 'accountId') ?? ''
  const region = textAt(item, 'awsRegion') ?? ''
  const arn = textAt(item, 'ARN') ?? textAt(item, 'arn')
  const id = textAt(item, 'resourceId')
  const name = textAt(item, 'resourceName') ?? id
  if (name === null || id === null) return null
  if (type === 'AWS::S3::Bucket') return bucketRef(name, account, region, arn ?? undefined)
  if (type === 'AWS::S3::AccountPublicAccessBlock') return /^\d{12}$/.test(id) ? accountRef(id, region) : null
  if (type === 'AWS::S3::AccessPoint') return { id: arn ?? id, type, account, region, name }
  if (type === 'AWS::CloudTrail::Trail') return trailRef(name, account, region, arn)
  if (type.startsWith('AWS::EC2::')) return networkRef(type as NetworkType, id, account, region, arn)
  return databaseRef(type as DatabaseType, databaseName(item, arn, name), account, region, arn)
}

/** Databases are recorded under an internal id; their names stand in the ARN and in the configuration. */
function databaseName(item: Json, arn: string | null, otherwise: string): string {
  const configuration = decodeNested(at(item, 'configuration'))
  const fields = ['dBInstanceIdentifier', 'dBClusterIdentifier', 'dBSnapshotIdentifier', 'dBClusterSnapshotIdentifier']
  const inArn = /^arn:[^:]+:rds:[^:]*:[^:]*:[a-z-]+:(.+)$/.exec(arn ?? '')?.[1]
  return inArn ?? fields.map((field) => textAt(configuration, field)).find((name) => name !== null) ?? otherwise
}

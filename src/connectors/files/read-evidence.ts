import type { EvidenceFile, EvidenceLayout } from '../../model/index.ts'
import { type EvidenceItem, type ReadEvidenceOptions, unreadPart } from './evidence-item.ts'
import { readAwsCli } from './readers/aws-cli.ts'
import { readAwsConfig } from './readers/aws-config.ts'
import { readCloudTrail } from './readers/cloudtrail.ts'
import { readInventory } from './readers/inventory.ts'
import { readOrganizations } from './readers/organizations.ts'

type Reader = (file: EvidenceFile, options: ReadEvidenceOptions) => AsyncIterable<EvidenceItem>

/**
 * The layouts that hold typed values. Objects and access logs are read by the stages that they are for; an inventory's data
 * files by way of their manifest; digests prove integrity and say nothing of the estate; unknown files are named by discovery.
 */
const READERS: Readonly<Record<EvidenceLayout, Reader | null>> = {
  'aws-config': readAwsConfig,
  'aws-cloudtrail': readCloudTrail,
  'aws-cloudtrail-digest': null,
  'aws-organizations': readOrganizations,
  'aws-cli': readAwsCli,
  's3-access-log': null,
  's3-inventory-manifest': readInventory,
  's3-inventory-data': null,
  object: null,
  unknown: null,
}

/**
 * What a file of evidence says, in the order of the file. Facets have one shape whatever the source:
 *
 * | resource | facet | value |
 * |---|---|---|
 * | any | `existence` | `{exists}`; a change at creation and deletion, a point whenever it was seen |
 * | `AWS::S3::Bucket` | `policy` | the policy document |
 * | | `acl` | `{Owner:{ID},Grants:[{Grantee:{Type,ID or URI or EmailAddress},Permission}]}`; the owner is `bucket-owner` where the source does not name it |
 * | | `publicAccessBlock` | `{BlockPublicAcls,IgnorePublicAcls,BlockPublicPolicy,RestrictPublicBuckets}` |
 * | | `objectOwnership` | `BucketOwnerEnforced`, `BucketOwnerPreferred` or `ObjectWriter` |
 * | | `encryption` | `{Rules:[{ApplyServerSideEncryptionByDefault:{SSEAlgorithm,KMSMasterKeyID?},BucketKeyEnabled?}]}` |
 * | | `requestPayment` | `{Payer}` |
 * | | `website` | `{IndexDocument?,ErrorDocument?,RedirectAllRequestsTo?,RoutingRules?}` |
 * | | `logging` | `{TargetBucket,TargetPrefix}` |
 * | | `versioning` | `{Status,MFADelete?}` |
 * | | `lifecycle`, `tags`, `policyStatus` | `{Rules}`, `{key:value}`, `{IsPublic}` |
 * | `AWS::S3::AccessPoint` | `accessPoint` | `{Name,Bucket,NetworkOrigin?,VpcConfiguration?,PublicAccessBlockConfiguration?,Policy?}` |
 * | `AWS::Account` | `accountPublicAccessBlock` | as `publicAccessBlock` |
 * | `AWS::RDS::DBInstance`, `DBCluster` | `publiclyAccessible`, `engine` | boolean, text |
 * | | `endpoint` | `{address?,port}` |
 * | | `network` | `{vpc,subnets:[id],securityGroups:[id]}` |
 * | `AWS::RDS::DBSnapshot`, `DBClusterSnapshot` | `snapshotAttributes` | `{restore:[account or "all"]}` |
 * | | `snapshotSource` | `{instance?,cluster?,engine?,type?,created?,encrypted?,kmsKey?}` |
 * | `AWS::EC2::SecurityGroup` | `ingress`, `vpc` | `IpPermissions` of `describe-security-groups`, VPC id |
 * | `AWS::EC2::Subnet` | `subnet`, `vpc` | fields of `describe-subnets`, VPC id |
 * | `AWS::EC2::RouteTable` | `routes`, `associations`, `vpc` | lists of `describe-route-tables`, VPC id |
 * | `AWS::EC2::NetworkAcl` | `entries`, `associations`, `vpc` | lists of `describe-network-acls`, VPC id |
 * | `AWS::CloudTrail::Trail` | `trail`, `eventSelectors`, `logging` | `describe-trails`, `{EventSelectors?,AdvancedEventSelectors?}`, `{IsLogging}` |
 *
 * Bad content never throws: it gives an `unread` item that names the file, the place and what was lost, and what stood before it is used. Only an abort throws.
 */
export async function* readEvidence(file: EvidenceFile, options: ReadEvidenceOptions): AsyncGenerator<EvidenceItem> {
  const reader = READERS[file.layout]
  if (reader === null) return
  try {
    for await (const item of reader(file, options)) {
      options.signal?.throwIfAborted()
      yield item
    }
  } catch (error) {
    options.signal?.throwIfAborted()
    // No reader should come here. A file that finds a way is named like any other, so that the run goes on.
    const name = error instanceof Error ? error.name : 'unknown error'
    yield unreadPart(file, 'malformed', `Reading stopped at something unforeseen (${name}).`, 'The rest of what the file says.')
  }
}

import type { Json } from '../../model/index.ts'
import { iso, isoMilliseconds, type Moment } from '../moments.ts'
import type { Account } from '../world/accounts.ts'
import { type PublicAccessBlock, type Store, settingsAt, storeArn } from '../world/store.ts'

/** A configuration item as AWS Config writes it into snapshot and history files, format version 1.3. */
export type ConfigurationItem = Readonly<Record<string, unknown>>

export interface ItemIdentity {
  readonly account: Account
  readonly region: string
  readonly resourceType: string
  readonly resourceId: string
  readonly resourceName: string | null
  readonly arn: string
  readonly createdAt: Moment | null
  readonly status?: 'OK' | 'ResourceDiscovered'
}

const PERMISSIONS = { READ: 'Read', WRITE: 'Write', READ_ACP: 'ReadAcp' } as const

export function configurationItem(
  identity: ItemIdentity,
  capturedAt: Moment,
  configuration: Json,
  supplementary: Readonly<Record<string, string>> = {},
  tags: Readonly<Record<string, string>> = {},
): ConfigurationItem {
  return {
    relatedEvents: [],
    relationships: [],
    configuration,
    supplementaryConfiguration: supplementary,
    tags,
    configurationItemVersion: '1.3',
    configurationItemCaptureTime: isoMilliseconds(capturedAt),
    configurationStateId: capturedAt,
    awsAccountId: identity.account.id,
    configurationItemStatus: identity.status ?? 'OK',
    resourceType: identity.resourceType,
    resourceId: identity.resourceId,
    ...(identity.resourceName === null ? {} : { resourceName: identity.resourceName }),
    ARN: identity.arn,
    awsRegion: identity.region,
    availabilityZone: identity.resourceType.startsWith('AWS::S3::') ? 'Regional' : 'Not Applicable',
    configurationStateMd5Hash: '',
    ...(identity.createdAt === null ? {} : { resourceCreationTime: isoMilliseconds(identity.createdAt) }),
  }
}

/** The bucket as it was at that moment; every supplementary value is a string of JSON, the access control list twice over. */
export function bucketItem(store: Store, capturedAt: Moment, status: 'OK' | 'ResourceDiscovered' = 'OK'): ConfigurationItem {
  const settings = settingsAt(store, capturedAt)
  const owner = { displayName: null, id: store.account.canonicalId }
  const supplementary: Record<string, Json | undefined> = {
    AccessControlList: JSON.stringify({
      grantSet: null,
      grantList: [
        { grantee: { id: owner.id, displayName: null }, permission: 'FullControl' },
        ...settings.acl.map(({ group, permission }) => ({ grantee: group, permission: PERMISSIONS[permission] })),
      ],
      owner,
      isRequesterCharged: false,
    }),
    BucketAccelerateConfiguration: { status: null },
    BucketLoggingConfiguration: {
      destinationBucketName: settings.logging?.bucket ?? null,
      logFilePrefix: settings.logging?.prefix ?? null,
    },
    BucketNotificationConfiguration: { configurations: {} },
    BucketPolicy: store.policyUnread
      ? undefined
      : { policyText: settings.policy === null ? null : JSON.stringify(settings.policy) },
    BucketVersioningConfiguration: { status: settings.versioning, isMfaDeleteEnabled: null },
    BucketWebsiteConfiguration: settings.website
      ? { indexDocumentSuffix: 'index.html', errorDocument: '404.html', redirectAllRequestsTo: null, routingRules: [] }
      : undefined,
    IsRequesterPaysEnabled: false,
    PublicAccessBlockConfiguration: settings.publicAccessBlock === null ? undefined : blockJson(settings.publicAccessBlock),
    ServerSideEncryptionConfiguration:
      settings.encryption === null
        ? undefined
        : {
            rules: [
              {
                applyServerSideEncryptionByDefault: { sseAlgorithm: settings.encryption, kmsMasterKeyID: null },
                bucketKeyEnabled: false,
              },
            ],
          },
  }
  const strings = Object.entries(supplementary).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, JSON.stringify(value)] as const],
  )
  return configurationItem(
    {
      account: store.account,
      region: store.region,
      resourceType: 'AWS::S3::Bucket',
      resourceId: store.name,
      resourceName: store.name,
      arn: storeArn(store),
      createdAt: store.createdAt,
      status,
    },
    capturedAt,
    { name: store.name, owner, creationDate: isoMilliseconds(store.createdAt), region: store.region },
    Object.fromEntries(strings),
    store.tags,
  )
}

export function accountBlockItem(account: Account, block: PublicAccessBlock, capturedAt: Moment): ConfigurationItem {
  const identity: ItemIdentity = {
    account,
    region: account.region,
    resourceType: 'AWS::S3::AccountPublicAccessBlock',
    resourceId: account.id,
    resourceName: account.id,
    arn: `arn:aws:s3:${account.region}:${account.id}:accountpublicaccessblock/${account.id}`,
    createdAt: null,
  }
  return configurationItem(identity, capturedAt, blockJson(block))
}

export function blockJson(block: PublicAccessBlock): Json {
  return {
    blockPublicAcls: block.blockPublicAcls,
    ignorePublicAcls: block.ignorePublicAcls,
    blockPublicPolicy: block.blockPublicPolicy,
    restrictPublicBuckets: block.restrictPublicBuckets,
  }
}

/** `20160930T150541Z`, as in the names of delivered files. */
export function compactTime(moment: Moment): string {
  return iso(Math.floor(moment / 1_000) * 1_000).replaceAll(/[-:]/g, '')
}

import type { Json } from '../../model/index.ts'
import { iso, type Moment } from '../moments.ts'
import type { Random } from '../random.ts'
import type { Account } from '../world/accounts.ts'
import { type Store, type StoreChange, storeArn } from '../world/store.ts'

const XMLNS = 'http://s3.amazonaws.com/doc/2006-03-01/'
const CONSOLE = '[S3Console/0.4, aws-internal/3 aws-sdk-java/1.11.1030 Linux/5.4 OpenJDK_64-Bit_Server_VM]'

/** What one CloudTrail record says beyond its envelope. */
export interface TrailCall {
  readonly account: Account
  readonly at: Moment
  readonly source: string
  readonly name: string
  readonly request: Json
  readonly response?: Json
  readonly error?: { readonly code: string; readonly message: string }
  readonly readOnly?: boolean
  readonly resources?: Json
  readonly identity?: Json
  readonly ip?: string
  readonly userAgent?: string
  readonly requestId?: string
  readonly category?: 'Management' | 'Data'
}

/** A CloudTrail record, event version 1.08, with ids from the stream it is given. */
export function trailRecord(ids: Random, call: TrailCall): Json {
  const category = call.category ?? 'Management'
  return {
    eventVersion: '1.08',
    userIdentity: call.identity ?? operator(call.account, 'platform-admin', call.at),
    eventTime: iso(call.at),
    eventSource: call.source,
    eventName: call.name,
    awsRegion: call.account.region,
    sourceIPAddress: call.ip ?? '203.0.113.18',
    userAgent: call.userAgent ?? CONSOLE,
    ...(call.error ? { errorCode: call.error.code, errorMessage: call.error.message } : {}),
    requestParameters: call.request,
    responseElements: call.response ?? null,
    additionalEventData: {
      SignatureVersion: 'SigV4',
      CipherSuite: 'ECDHE-RSA-AES128-GCM-SHA256',
      AuthenticationMethod: 'AuthHeader',
    },
    requestID: call.requestId ?? ids.text('0123456789ABCDEF', 16),
    eventID: ids.uuid(),
    readOnly: call.readOnly ?? false,
    ...(call.resources ? { resources: call.resources } : {}),
    eventType: 'AwsApiCall',
    managementEvent: category === 'Management',
    recipientAccountId: call.account.id,
    eventCategory: category,
  }
}

/** One of the company's own roles, as a signed-in person or service uses it. */
export function operator(account: Account, role: string, moment: Moment): Json {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE${account.id.slice(0, 9)}:${role}`,
    arn: `arn:aws:sts::${account.id}:assumed-role/${role}/${role}-session`,
    accountId: account.id,
    accessKeyId: 'ASIAEXAMPLEEXAMPLE00',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: `AROAEXAMPLE${account.id.slice(0, 9)}`,
        arn: `arn:aws:iam::${account.id}:role/${role}`,
        accountId: account.id,
        userName: role,
      },
      attributes: { creationDate: iso(moment - 600_000), mfaAuthenticated: 'false' },
    },
  }
}

/** Somebody without credentials. */
export const ANONYMOUS: Json = { type: 'AWSAccount', principalId: '', accountId: 'anonymous' }

export function createBucketCall(store: Store): TrailCall {
  return s3Call(store, store.createdAt, 'CreateBucket', {
    CreateBucketConfiguration: { LocationConstraint: store.region, xmlns: XMLNS },
  })
}

/** The calls behind one change of a store, one for each setting. */
export function changeCalls(store: Store, { at, set }: StoreChange): TrailCall[] {
  const calls: TrailCall[] = []
  const add = (name: string, request: { readonly [key: string]: Json }) => calls.push(s3Call(store, at, name, request))
  if (set.publicAccessBlock)
    add('PutBucketPublicAccessBlock', {
      publicAccessBlock: '',
      PublicAccessBlockConfiguration: { xmlns: XMLNS, ...capitalised(set.publicAccessBlock) },
    })
  if (set.policy === null) add('DeleteBucketPolicy', { policy: '' })
  else if (set.policy !== undefined) add('PutBucketPolicy', { policy: '', bucketPolicy: set.policy })
  if (set.acl)
    add(
      'PutBucketAcl',
      set.acl.length === 0
        ? { acl: '', 'x-amz-acl': ['private'] }
        : { acl: '', AccessControlPolicy: accessControlPolicy(store, set) },
    )
  if (set.ownership)
    add('PutBucketOwnershipControls', {
      ownershipControls: '',
      OwnershipControls: { xmlns: XMLNS, Rule: { ObjectOwnership: set.ownership } },
    })
  if (set.logging !== undefined) {
    const enabled: { readonly [key: string]: Json } =
      set.logging === null ? {} : { LoggingEnabled: { TargetBucket: set.logging.bucket, TargetPrefix: set.logging.prefix } }
    add('PutBucketLogging', { logging: '', BucketLoggingStatus: { xmlns: XMLNS, ...enabled } })
  }
  if (set.versioning)
    add('PutBucketVersioning', { versioning: '', VersioningConfiguration: { xmlns: XMLNS, Status: set.versioning } })
  if (set.encryption) {
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: set.encryption } }
    add('PutBucketEncryption', { encryption: '', ServerSideEncryptionConfiguration: { xmlns: XMLNS, Rule: rule } })
  }
  if (set.website)
    add('PutBucketWebsite', {
      website: '',
      WebsiteConfiguration: { xmlns: XMLNS, IndexDocument: { Suffix: 'index.html' }, ErrorDocument: { Key: '404.html' } },
    })
  return calls
}

export function s3Call(
  store: Store,
  at: Moment,
  name: string,
  request: { readonly [key: string]: Json },
  more: Partial<TrailCall> = {},
): TrailCall {
  return {
    account: store.account,
    at,
    source: 's3.amazonaws.com',
    name,
    request: { bucketName: store.name, Host: `${store.name}.s3.${store.region}.amazonaws.com`, ...request },
    resources: [{ accountId: store.account.id, type: 'AWS::S3::Bucket', ARN: storeArn(store) }],
    ...more,
  }
}

/** A request for one object, as data events show it. */
export function objectCall(store: Store, at: Moment, name: string, key: string, more: Partial<TrailCall>): TrailCall {
  return s3Call(
    store,
    at,
    name,
    { key },
    {
      category: 'Data',
      readOnly: name === 'GetObject',
      resources: [
        { type: 'AWS::S3::Object', ARN: `${storeArn(store)}/${key}` },
        { accountId: store.account.id, type: 'AWS::S3::Bucket', ARN: storeArn(store) },
      ],
      ...more,
    },
  )
}

export function capitalised(block: object): { readonly [key: string]: Json } {
  return Object.fromEntries(
    Object.entries(block).map(([name, value]) => [`${name[0]!.toUpperCase()}${name.slice(1)}`, value as boolean]),
  )
}

function accessControlPolicy(store: Store, { acl = [] }: StoreChange['set']): Json {
  const xsi = 'http://www.w3.org/2001/XMLSchema-instance'
  const owner = { 'xmlns:xsi': xsi, 'xsi:type': 'CanonicalUser', ID: store.account.canonicalId }
  return {
    xmlns: XMLNS,
    Owner: { ID: store.account.canonicalId },
    AccessControlList: {
      Grant: [
        { Grantee: owner, Permission: 'FULL_CONTROL' },
        ...acl.map(({ group, permission }) => ({
          Grantee: { 'xmlns:xsi': xsi, 'xsi:type': 'Group', URI: groupUri(group) },
          Permission: permission,
        })),
      ],
    },
  }
}

function groupUri(group: 'AllUsers' | 'AuthenticatedUsers' | 'LogDelivery'): string {
  return group === 'LogDelivery'
    ? 'http://acs.amazonaws.com/groups/s3/LogDelivery'
    : `http://acs.amazonaws.com/groups/global/${group}`
}

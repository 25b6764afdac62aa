import { afterAll, describe, expect, it } from 'vitest'
import {
  bucketEvent,
  facetsOf,
  itemsIn,
  observationsOf,
  removeWrittenEvidence,
  TRAIL_PATH,
  trailFile,
  unreadOf,
  writtenEvidence,
} from '../testing/written-evidence.ts'

afterAll(removeWrittenEvidence)

async function read(...events: readonly object[]) {
  return itemsIn(await writtenEvidence({ [TRAIL_PATH]: trailFile(...events) }))
}

const ABSENT = { status: 'absent' }
const NOT_READ = { status: 'not-read' }
const value = (of: unknown) => ({ status: 'read', value: of })
const GROUP = (word: string) => ({ Type: 'Group', URI: `http://acs.amazonaws.com/groups/global/${word}` })
const OWNER = { Grantee: { Type: 'CanonicalUser', ID: 'bucket-owner' }, Permission: 'FULL_CONTROL' }
const acl = (...Grants: readonly object[]) => value({ Owner: { ID: 'bucket-owner' }, Grants })
const READ_BY_ALL = { Grantee: GROUP('AllUsers'), Permission: 'READ' }
const POLICY = { Version: '2012-10-17', Statement: [] }
const BLOCKED = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true }

describe('settings of a bucket', () => {
  it.each([
    ['PutBucketPolicy', { bucketPolicy: POLICY }, 'policy', value(POLICY)],
    ['PutBucketPolicy', { bucketPolicy: JSON.stringify(POLICY) }, 'policy', value(POLICY)],
    ['PutBucketPolicy', { bucketPolicy: '{"Version"' }, 'policy', NOT_READ],
    ['PutBucketPolicy', { policy: '' }, 'policy', NOT_READ],
    ['DeleteBucketPolicy', {}, 'policy', ABSENT],
    ['PutBucketAcl', { 'x-amz-acl': 'public-read' }, 'acl', acl(OWNER, READ_BY_ALL)],
    [
      'PutBucketAcl',
      { 'x-amz-acl': ['public-read-write'] },
      'acl',
      acl(OWNER, READ_BY_ALL, { Grantee: GROUP('AllUsers'), Permission: 'WRITE' }),
    ],
    [
      'PutBucketAcl',
      { 'x-amz-acl': 'authenticated-read' },
      'acl',
      acl(OWNER, { Grantee: GROUP('AuthenticatedUsers'), Permission: 'READ' }),
    ],
    ['PutBucketAcl', { 'x-amz-acl': 'private' }, 'acl', acl(OWNER)],
    ['PutBucketAcl', { 'x-amz-acl': 'whatever' }, 'acl', NOT_READ],
    ['PutBucketAcl', { acl: '' }, 'acl', NOT_READ],
    [
      'PutBucketAcl',
      { accessControlList: { 'x-amz-grant-read': 'uri="http://acs.amazonaws.com/groups/global/AllUsers", id="77aa"' } },
      'acl',
      acl(READ_BY_ALL, { Grantee: { Type: 'CanonicalUser', ID: '77aa' }, Permission: 'READ' }),
    ],
    ['PutBucketAcl', { 'x-amz-grant-write': 'nobody knows' }, 'acl', NOT_READ],
    [
      'PutBucketAcl',
      {
        AccessControlPolicy: {
          Owner: { ID: '12345' },
          AccessControlList: {
            Grant: {
              Grantee: { 'xsi:type': 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
              Permission: 'READ_ACP',
            },
          },
        },
      },
      'acl',
      value({ Owner: { ID: '12345' }, Grants: [{ Grantee: GROUP('AllUsers'), Permission: 'READ_ACP' }] }),
    ],
    [
      'PutBucketAcl',
      { AccessControlPolicy: { Owner: { ID: '12345' }, AccessControlList: '' } },
      'acl',
      value({ Owner: { ID: '12345' }, Grants: [] }),
    ],
    ['PutBucketAcl', { AccessControlPolicy: '' }, 'acl', NOT_READ],
    ['PutBucketPublicAccessBlock', { PublicAccessBlockConfiguration: BLOCKED }, 'publicAccessBlock', value(BLOCKED)],
    [
      'PutPublicAccessBlock',
      { PublicAccessBlockConfiguration: { ...BLOCKED, IgnorePublicAcls: 'false' } },
      'publicAccessBlock',
      value({ ...BLOCKED, IgnorePublicAcls: false }),
    ],
    ['PutBucketPublicAccessBlock', { publicAccessBlock: '' }, 'publicAccessBlock', NOT_READ],
    ['DeleteBucketPublicAccessBlock', {}, 'publicAccessBlock', ABSENT],
    ['DeletePublicAccessBlock', {}, 'publicAccessBlock', ABSENT],
    [
      'PutBucketOwnershipControls',
      { OwnershipControls: { Rule: { ObjectOwnership: 'ObjectWriter' } } },
      'objectOwnership',
      value('ObjectWriter'),
    ],
    ['DeleteBucketOwnershipControls', {}, 'objectOwnership', ABSENT],
    [
      'PutBucketLogging',
      { BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: 'p/' } } },
      'logging',
      value({ TargetBucket: 'logs', TargetPrefix: 'p/' }),
    ],
    ['PutBucketLogging', { BucketLoggingStatus: { xmlns: 'x' } }, 'logging', ABSENT],
    ['PutBucketLogging', { logging: '' }, 'logging', NOT_READ],
    ['PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } }, 'versioning', value({ Status: 'Suspended' })],
    [
      'PutBucketRequestPayment',
      { RequestPaymentConfiguration: { Payer: 'Requester' } },
      'requestPayment',
      value({ Payer: 'Requester' }),
    ],
    [
      'PutBucketWebsite',
      { WebsiteConfiguration: { IndexDocument: { Suffix: 'i.html' } } },
      'website',
      value({ IndexDocument: { Suffix: 'i.html' } }),
    ],
    ['DeleteBucketWebsite', {}, 'website', ABSENT],
    [
      'PutBucketEncryption',
      { ServerSideEncryptionConfiguration: { Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } } } },
      'encryption',
      value({ Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] }),
    ],
    ['DeleteBucketEncryption', {}, 'encryption', ABSENT],
  ])('%s %j', async (name, parameters, facet, expected) => {
    const observations = observationsOf(await read(bucketEvent(name, parameters)))
    expect(observations).toHaveLength(1)
    expect(observations[0]).toMatchObject({
      resource: { id: 'arn:aws:s3:::map-updates', account: '111122223333', region: 'ap-northeast-1' },
      facet,
      kind: 'change',
      validFrom: '2016-10-03T01:02:03Z',
      source: 'cloudtrail',
      evidence: { file: TRAIL_PATH, offset: 12, record: `event-${name}` },
    })
    if (expected.status === 'not-read') expect(observations[0]?.value.status).toBe('not-read')
    else expect(observations[0]?.value).toEqual(expected)
  })

  it.each([
    ['left out for their length', { requestParameters: { omitted: true, originalSize: 1_200_000 } }],
    ['not there', { requestParameters: null }],
  ])('parameters %s change the setting to something not read', async (_, rest) => {
    const resources = [{ type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::map-updates', accountId: '444455556666' }]
    const [observation] = observationsOf(await read(bucketEvent('PutBucketPolicy', {}, { ...rest, resources })))
    expect(observation).toMatchObject({ facet: 'policy', value: { status: 'not-read' }, resource: { account: '444455556666' } })
  })

  it('an account’s block, by either name', async () => {
    const parameters = { bucketName: undefined, accountId: '444455556666', PublicAccessBlockConfiguration: BLOCKED }
    for (const name of ['PutAccountPublicAccessBlock', 'PutPublicAccessBlock']) {
      const [observation] = observationsOf(await read(bucketEvent(name, parameters)))
      expect(observation).toMatchObject({
        resource: { id: 'arn:aws:iam::444455556666:root' },
        facet: 'accountPublicAccessBlock',
        value: value(BLOCKED),
      })
    }
  })
})

describe('a new bucket has what was given to new buckets at its time', () => {
  it.each([
    ['2016-10-03T01:02:03Z', {}, { publicAccessBlock: ABSENT, objectOwnership: ABSENT, encryption: ABSENT, acl: acl(OWNER) }],
    ['2016-10-03T01:02:03Z', { 'x-amz-acl': 'public-read' }, { acl: acl(OWNER, READ_BY_ALL) }],
    ['2023-04-04T23:59:59Z', {}, { publicAccessBlock: ABSENT, objectOwnership: ABSENT }],
    ['2023-04-05T00:00:00Z', {}, { publicAccessBlock: NOT_READ, objectOwnership: NOT_READ }],
    [
      '2023-04-10T00:00:00Z',
      { 'x-amz-object-ownership': 'ObjectWriter' },
      { publicAccessBlock: NOT_READ, objectOwnership: value('ObjectWriter') },
    ],
    [
      '2023-04-28T00:00:00Z',
      {},
      { publicAccessBlock: value(BLOCKED), objectOwnership: value('BucketOwnerEnforced'), policy: ABSENT, logging: ABSENT },
    ],
  ])('%s %j', async (eventTime, parameters, expected) => {
    const facets = facetsOf(await read(bucketEvent('CreateBucket', parameters, { eventTime })))
    expect(facets).toMatchObject({ existence: value({ exists: true }), ...expected })
  })

  it('and is gone when it is deleted', async () => {
    expect(facetsOf(await read(bucketEvent('DeleteBucket', {})))).toEqual({ existence: value({ exists: false }) })
  })
})

describe('databases, networks and trails', () => {
  const event = (eventSource: string, eventName: string, requestParameters: object, responseElements: object | null = null) =>
    bucketEvent(eventName, null, { eventSource, requestParameters, responseElements })
  const rds = 'rds.amazonaws.com'
  const snapshot = { dBSnapshotIdentifier: 'Fleet-2021', attributeName: 'restore' }
  const after = { dBSnapshotAttributes: [{ attributeName: 'restore', attributeValues: ['444455556666'] }] }
  const network = {
    dBSubnetGroup: { vpcId: 'vpc-1', subnets: [{ subnetIdentifier: 'subnet-a' }] },
    vpcSecurityGroups: [{ vpcSecurityGroupId: 'sg-1' }],
  }

  it.each([
    [
      'made public, with the outcome',
      event(rds, 'ModifyDBSnapshotAttribute', { ...snapshot, valuesToAdd: ['444455556666'] }, after),
      'snapshot:fleet-2021',
      { snapshotAttributes: value({ restore: ['444455556666'] }) },
    ],
    [
      'made public, without it',
      event(rds, 'ModifyDBSnapshotAttribute', { ...snapshot, valuesToAdd: ['all'] }),
      'snapshot:fleet-2021',
      { snapshotAttributes: value({ restore: ['all'] }) },
    ],
    [
      'shared, without the outcome',
      event(rds, 'ModifyDBSnapshotAttribute', { ...snapshot, valuesToAdd: ['444455556666'] }),
      'snapshot:fleet-2021',
      { snapshotAttributes: NOT_READ },
    ],
    [
      'no longer public, without the outcome',
      event(rds, 'ModifyDBSnapshotAttribute', { ...snapshot, valuesToRemove: ['all'] }),
      'snapshot:fleet-2021',
      { snapshotAttributes: NOT_READ },
    ],
    [
      'a new snapshot',
      event(rds, 'CreateDBSnapshot', { dBSnapshotIdentifier: 'fleet-2021' }),
      'snapshot:fleet-2021',
      { existence: value({ exists: true }), snapshotAttributes: value({ restore: [] }) },
    ],
    [
      'an instance made public',
      event(rds, 'ModifyDBInstance', { dBInstanceIdentifier: 'fleet', publiclyAccessible: true }, { publiclyAccessible: false }),
      'db:fleet',
      { publiclyAccessible: value(true) },
    ],
    [
      'an instance with other groups',
      event(rds, 'ModifyDBInstance', { dBInstanceIdentifier: 'fleet', vpcSecurityGroupIds: ['sg-2'] }, network),
      'db:fleet',
      { network: value({ vpc: 'vpc-1', subnets: ['subnet-a'], securityGroups: ['sg-2'] }) },
    ],
    [
      'an instance with another password',
      event(rds, 'ModifyDBInstance', { dBInstanceIdentifier: 'fleet', masterUserPassword: '****' }),
      'db:fleet',
      {},
    ],
    [
      'a new instance',
      event(
        rds,
        'CreateDBInstance',
        { dBInstanceIdentifier: 'fleet', engine: 'mysql' },
        { ...network, publiclyAccessible: true, engine: 'mysql' },
      ),
      'db:fleet',
      { existence: value({ exists: true }), publiclyAccessible: value(true), engine: value('mysql') },
    ],
    [
      'a new instance without its outcome',
      event(rds, 'CreateDBInstance', { dBInstanceIdentifier: 'fleet' }),
      'db:fleet',
      { publiclyAccessible: NOT_READ, network: NOT_READ },
    ],
    [
      'a rule of a group',
      event('ec2.amazonaws.com', 'AuthorizeSecurityGroupIngress', { groupId: 'sg-1' }),
      'security-group/sg-1',
      { ingress: NOT_READ },
    ],
    [
      'a new group',
      event('ec2.amazonaws.com', 'CreateSecurityGroup', { vpcId: 'vpc-1' }, { groupId: 'sg-1' }),
      'security-group/sg-1',
      { ingress: value([]), vpc: value('vpc-1') },
    ],
    [
      'a trail stopped',
      event('cloudtrail.amazonaws.com', 'StopLogging', { name: 'audit' }),
      'trail/audit',
      { logging: value({ IsLogging: false }) },
    ],
    [
      'a trail’s data events',
      event('cloudtrail.amazonaws.com', 'PutEventSelectors', {
        trailName: 'audit',
        eventSelectors: [{ readWriteType: 'All', dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] }],
      }),
      'trail/audit',
      {
        eventSelectors: value({
          EventSelectors: [{ ReadWriteType: 'All', DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }],
        }),
      },
    ],
  ])('%s', async (_, record, id, expected) => {
    const items = await read(record)
    for (const { resource } of observationsOf(items)) expect(resource.id.endsWith(`:111122223333:${id}`)).toBe(true)
    expect(facetsOf(items)).toMatchObject(expected)
    if (Object.keys(expected).length === 0) expect(items).toEqual([])
  })
})

describe('objects', () => {
  it.each([
    ['PutObject', { 'x-amz-version-id': 'v1' }, { kind: 'put', versionId: 'v1', lastModified: '2016-10-03T01:02:03Z' }],
    ['CopyObject', null, { kind: 'put', versionId: null, lastModified: '2016-10-03T01:02:03Z' }],
    ['CompleteMultipartUpload', { 'x-amz-version-id': 'null' }, { kind: 'put', versionId: null }],
    ['DeleteObject', null, { kind: 'delete', versionId: null, lastModified: null }],
  ])('%s', async (name, responseElements, expected) => {
    const items = await read(bucketEvent(name, { key: 'a/b c.csv' }, { responseElements }))
    expect(items).toMatchObject([
      {
        kind: 'sighting',
        sighting: {
          store: 'arn:aws:s3:::map-updates',
          key: 'a/b c.csv',
          at: '2016-10-03T01:02:03Z',
          sizeBytes: null,
          ...expected,
        },
      },
    ])
  })

  it('many deleted at once are one note for each bucket', async () => {
    const items = await read(
      bucketEvent('DeleteObjects', {}, { eventID: '1' }),
      bucketEvent('DeleteObjects', {}, { eventID: '2', eventTime: '2016-10-04T00:00:00Z' }),
      bucketEvent('DeleteObjects', { bucketName: 'another' }, { eventID: '3' }),
    )
    expect(unreadOf(items)).toMatchObject([
      { lost: 'Which objects of arn:aws:s3:::another were deleted then.' },
      { detail: expect.stringContaining('2 DeleteObjects requests from 2016-10-03T01:02:03Z to 2016-10-04T00:00:00Z') },
    ])
  })
})

describe('what changed nothing says nothing', () => {
  it.each([
    ['a denied request', bucketEvent('PutBucketPolicy', { bucketPolicy: POLICY }, { errorCode: 'AccessDenied' })],
    ['a read', bucketEvent('GetBucketPolicy', {})],
    ['another service', bucketEvent('PutBucketPolicy', {}, { eventSource: 'example.amazonaws.com' })],
    ['a name that every object has', bucketEvent('constructor', {})],
    ['a service that every object has', bucketEvent('PutBucketPolicy', {}, { eventSource: '__proto__' })],
  ])('%s', async (_, event) => {
    expect(await read(event)).toEqual([])
  })

  it('an event delivered twice counts once', async () => {
    const event = bucketEvent('DeleteBucketPolicy', {})
    expect(await read(event, event)).toHaveLength(1)
  })
})

describe('broken events are named', () => {
  it.each([
    ['no time', { eventTime: null }, 'lacks its time'],
    ['no name', { eventName: null }, 'lacks its source or its name'],
    ['no bucket', { requestParameters: {} }, 'does not name its resource'],
  ])('%s', async (_, rest, detail) => {
    const [unread, ...others] = unreadOf(await read(bucketEvent('PutBucketPolicy', {}, rest)))
    expect(others).toEqual([])
    expect(unread).toMatchObject({
      code: 'malformed',
      place: { file: TRAIL_PATH, offset: 12 },
      detail: expect.stringContaining(detail),
    })
  })
})

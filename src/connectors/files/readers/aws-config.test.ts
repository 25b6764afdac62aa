import { afterAll, describe, expect, it } from 'vitest'
import {
  bucketItem,
  CONFIG_PATH,
  configFile,
  facetsOf,
  itemsIn,
  observationsOf,
  removeWrittenEvidence,
  unreadOf,
  writtenEvidence,
} from '../testing/written-evidence.ts'

afterAll(removeWrittenEvidence)

async function read(...items: readonly object[]) {
  return itemsIn(await writtenEvidence({ [CONFIG_PATH]: configFile(...items) }))
}

const POLICY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }] }
const OWNER = { id: 'a1b2', displayName: null }
const OWNER_GRANT = { Grantee: { Type: 'CanonicalUser', ID: 'a1b2' }, Permission: 'FULL_CONTROL' }
const ALL_USERS = { Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' }
const GRANT_LIST = [
  { grantee: { id: 'a1b2', displayName: null }, permission: 'FullControl' },
  { grantee: 'AllUsers', permission: 'Read' },
]
const BOTH_GRANTS = { status: 'read', value: { Owner: { ID: 'a1b2' }, Grants: [OWNER_GRANT, ALL_USERS] } }
const BLOCK = { BlockPublicAcls: true, IgnorePublicAcls: false, BlockPublicPolicy: true, RestrictPublicBuckets: false }
const ABSENT = { status: 'absent' }

describe('buckets', () => {
  it.each([
    ['no policy', 'policy', { BucketPolicy: { policyText: null } }, ABSENT],
    ['a policy', 'policy', { BucketPolicy: { policyText: JSON.stringify(POLICY) } }, { status: 'read', value: POLICY }],
    [
      'a policy encoded twice',
      'policy',
      { BucketPolicy: JSON.stringify({ policyText: JSON.stringify(POLICY) }) },
      { status: 'read', value: POLICY },
    ],
    ['a policy that was not recorded', 'policy', { AccessControlList: '{}' }, { status: 'not-read' }],
    ['a policy that is no JSON', 'policy', { BucketPolicy: { policyText: '{"Version":' } }, { status: 'not-read' }],
    ['a policy that is JSON but no object', 'policy', { BucketPolicy: { policyText: '[1]' } }, { status: 'not-read' }],
    ['a policy that nests without end', 'policy', { BucketPolicy: { policyText: '['.repeat(5000) } }, { status: 'not-read' }],
    ['an ACL', 'acl', { AccessControlList: { owner: OWNER, grantList: GRANT_LIST } }, BOTH_GRANTS],
    [
      'an ACL as text',
      'acl',
      { AccessControlList: JSON.stringify({ owner: OWNER, grantSet: null, grantList: GRANT_LIST }) },
      BOTH_GRANTS,
    ],
    [
      'an ACL as text of text',
      'acl',
      { AccessControlList: JSON.stringify(JSON.stringify({ owner: OWNER, grantSet: null, grantList: GRANT_LIST })) },
      BOTH_GRANTS,
    ],
    [
      'an ACL with the older list',
      'acl',
      { AccessControlList: { owner: OWNER, grantSet: GRANT_LIST, grantList: null } },
      BOTH_GRANTS,
    ],
    [
      'an ACL without a grant',
      'acl',
      { AccessControlList: { owner: OWNER, grantList: [] } },
      { status: 'read', value: { Owner: { ID: 'a1b2' }, Grants: [] } },
    ],
    [
      'an ACL with a grant that is not understood',
      'acl',
      { AccessControlList: { owner: OWNER, grantList: [{ grantee: 'Everybody', permission: 'Read' }] } },
      { status: 'not-read' },
    ],
    ['an ACL that was not recorded', 'acl', { BucketPolicy: { policyText: null } }, { status: 'not-read' }],
    [
      'a block',
      'publicAccessBlock',
      {
        PublicAccessBlockConfiguration: {
          blockPublicAcls: true,
          ignorePublicAcls: false,
          blockPublicPolicy: true,
          restrictPublicBuckets: false,
        },
      },
      { status: 'read', value: BLOCK },
    ],
    ['no block', 'publicAccessBlock', { BucketPolicy: { policyText: null } }, ABSENT],
    [
      'a block that makes no sense',
      'publicAccessBlock',
      { PublicAccessBlockConfiguration: { blockPublicAcls: 'perhaps' } },
      { status: 'not-read' },
    ],
    [
      'ownership',
      'objectOwnership',
      { OwnershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] } },
      { status: 'read', value: 'BucketOwnerEnforced' },
    ],
    ['ownership that is not recorded', 'objectOwnership', { BucketPolicy: { policyText: null } }, undefined],
    ['no logging', 'logging', { BucketLoggingConfiguration: { destinationBucketName: null, logFilePrefix: null } }, ABSENT],
    [
      'logging',
      'logging',
      { BucketLoggingConfiguration: { destinationBucketName: 'logs', logFilePrefix: null } },
      { status: 'read', value: { TargetBucket: 'logs', TargetPrefix: '' } },
    ],
    ['versioning off', 'versioning', { BucketVersioningConfiguration: { status: 'Off', isMfaDeleteEnabled: null } }, ABSENT],
    [
      'versioning',
      'versioning',
      { BucketVersioningConfiguration: { status: 'Enabled', isMfaDeleteEnabled: false } },
      { status: 'read', value: { Status: 'Enabled', MFADelete: 'Disabled' } },
    ],
    [
      'the requester pays, as text',
      'requestPayment',
      { IsRequesterPaysEnabled: 'true' },
      { status: 'read', value: { Payer: 'Requester' } },
    ],
    [
      'encryption',
      'encryption',
      {
        ServerSideEncryptionConfiguration: {
          rules: [
            { applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyID: 'k' }, bucketKeyEnabled: true },
          ],
        },
      },
      {
        status: 'read',
        value: {
          Rules: [
            { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'k' }, BucketKeyEnabled: true },
          ],
        },
      },
    ],
    [
      'a website',
      'website',
      {
        BucketWebsiteConfiguration: {
          indexDocumentSuffix: 'index.html',
          errorDocument: 'e.html',
          redirectAllRequestsTo: null,
          routingRules: [],
        },
      },
      { status: 'read', value: { IndexDocument: { Suffix: 'index.html' }, ErrorDocument: { Key: 'e.html' } } },
    ],
    [
      'lifecycle',
      'lifecycle',
      { BucketLifecycleConfiguration: { rules: [{ id: 'r', status: 'Enabled' }] } },
      { status: 'read', value: { Rules: [{ Id: 'r', Status: 'Enabled' }] } },
    ],
    [
      'tags',
      'tags',
      { BucketTaggingConfiguration: { tagSets: [{ tags: { team: 'maps' } }] } },
      { status: 'read', value: { team: 'maps' } },
    ],
  ])('%s', async (_, facet, supplementary, expected) => {
    const found = facetsOf(await read(bucketItem(supplementary)))[facet]
    if (expected === undefined) expect(found).toBeUndefined()
    else expect(found).toMatchObject(expected)
  })

  it('a bucket of before object ownership had none', async () => {
    const items = await read(bucketItem({}, { configurationItemCaptureTime: '2019-01-01T00:00:00.000Z' }))
    expect(facetsOf(items).objectOwnership).toEqual(ABSENT)
  })

  it('names the resource, the time, the source and the place', async () => {
    const [observation] = observationsOf(await read(bucketItem({ BucketPolicy: { policyText: null } })))
    expect(observation).toMatchObject({
      resource: {
        id: 'arn:aws:s3:::map-updates',
        type: 'AWS::S3::Bucket',
        account: '111122223333',
        region: 'ap-northeast-1',
        name: 'map-updates',
      },
      kind: 'point',
      validFrom: '2023-05-10T08:00:00.250Z',
      source: 'aws-config',
      evidence: { file: CONFIG_PATH, offset: 75, record: '1683705600250' },
    })
  })

  it('names a policy that is no JSON with its place', async () => {
    const [unread] = unreadOf(await read(bucketItem({ BucketPolicy: { policyText: 'none' } })))
    expect(unread).toMatchObject({
      code: 'malformed',
      place: { file: CONFIG_PATH, offset: 75 },
      detail: expect.stringContaining('map-updates'),
    })
  })
})

describe('existence', () => {
  const created = { resourceCreationTime: '2015-02-09T03:04:05.000Z' }
  it.each([
    [
      'OK',
      created,
      [
        ['change', '2015-02-09T03:04:05Z', true],
        ['point', '2023-05-10T08:00:00.250Z', true],
      ],
    ],
    ['ResourceDiscovered', {}, [['point', '2023-05-10T08:00:00.250Z', true]]],
    ['ResourceNotRecorded', created, [['point', '2023-05-10T08:00:00.250Z', true]]],
    ['ResourceDeleted', created, [['point', '2023-05-10T08:00:00.250Z', false]]],
    ['ResourceDeletedNotRecorded', {}, [['point', '2023-05-10T08:00:00.250Z', false]]],
  ])('%s', async (configurationItemStatus, rest, expected) => {
    const observations = observationsOf(
      await read(bucketItem({ BucketPolicy: { policyText: null } }, { configurationItemStatus, ...rest })),
    )
    const found = observations.filter(({ facet }) => facet === 'existence')
    expect(found.map(({ kind, validFrom, value }) => [kind, validFrom, value.status === 'read' && value.value])).toEqual(
      expected.map(([kind, validFrom, exists]) => [kind, validFrom, { exists }]),
    )
    const isRecorded = configurationItemStatus === 'OK' || configurationItemStatus === 'ResourceDiscovered'
    expect(observations.some(({ facet }) => facet === 'policy')).toBe(isRecorded)
  })
})

describe('other resources', () => {
  const typed = (
    resourceType: string,
    resourceId: string,
    ARN: string | null,
    configuration: object | string,
    supplementary: object = {},
  ) => bucketItem(supplementary, { resourceType, resourceId, resourceName: resourceId, ARN, configuration })

  it.each([
    [
      'an account’s block',
      typed('AWS::S3::AccountPublicAccessBlock', '111122223333', null, { blockPublicAcls: true, blockPublicPolicy: true }),
      'arn:aws:iam::111122223333:root',
      {
        accountPublicAccessBlock: {
          BlockPublicAcls: true,
          IgnorePublicAcls: false,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: false,
        },
      },
    ],
    [
      'a database instance',
      typed('AWS::RDS::DBInstance', 'db-ABC', 'arn:aws:rds:ap-northeast-1:111122223333:db:fleet', {
        dBInstanceIdentifier: 'fleet',
        engine: 'mysql',
        endpoint: { address: 'fleet.example.test', port: 3306 },
        publiclyAccessible: true,
        dBSubnetGroup: { vpcId: 'vpc-1', subnets: [{ subnetIdentifier: 'subnet-b' }, { subnetIdentifier: 'subnet-a' }] },
        vpcSecurityGroups: [{ vpcSecurityGroupId: 'sg-1', status: 'active' }],
      }),
      'arn:aws:rds:ap-northeast-1:111122223333:db:fleet',
      {
        publiclyAccessible: true,
        engine: 'mysql',
        endpoint: { address: 'fleet.example.test', port: 3306 },
        network: { vpc: 'vpc-1', subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-1'] },
      },
    ],
    [
      'a public snapshot',
      typed(
        'AWS::RDS::DBSnapshot',
        'fleet-2021',
        'arn:aws:rds:ap-northeast-1:111122223333:snapshot:fleet-2021',
        JSON.stringify({ dBInstanceIdentifier: 'fleet', engine: 'mysql', encrypted: false }),
        { DBSnapshotAttributes: [{ attributeName: 'restore', attributeValues: ['all', '444455556666'] }] },
      ),
      'arn:aws:rds:ap-northeast-1:111122223333:snapshot:fleet-2021',
      {
        snapshotAttributes: { restore: ['444455556666', 'all'] },
        snapshotSource: { instance: 'fleet', engine: 'mysql', encrypted: false },
      },
    ],
    [
      'a security group',
      typed('AWS::EC2::SecurityGroup', 'sg-1', 'arn:aws:ec2:ap-northeast-1:111122223333:security-group/sg-1', {
        vpcId: 'vpc-1',
        ipPermissions: [
          {
            ipProtocol: 'tcp',
            fromPort: 3306,
            toPort: 3306,
            ipv4Ranges: [{ cidrIp: '0.0.0.0/0' }],
            ipRanges: ['0.0.0.0/0'],
            ipv6Ranges: [],
            userIdGroupPairs: [],
          },
        ],
      }),
      'arn:aws:ec2:ap-northeast-1:111122223333:security-group/sg-1',
      {
        vpc: 'vpc-1',
        ingress: [
          {
            IpProtocol: 'tcp',
            FromPort: 3306,
            ToPort: 3306,
            IpRanges: [{ CidrIp: '0.0.0.0/0' }],
            Ipv6Ranges: [],
            PrefixListIds: [],
            UserIdGroupPairs: [],
          },
        ],
      },
    ],
    [
      'a route table',
      typed('AWS::EC2::RouteTable', 'rtb-1', 'arn:aws:ec2:ap-northeast-1:111122223333:route-table/rtb-1', {
        vpcId: 'vpc-1',
        routes: [{ destinationCidrBlock: '0.0.0.0/0', gatewayId: 'igw-1', state: 'active', natGatewayId: null }],
        associations: [{ main: true, routeTableId: 'rtb-1' }],
      }),
      'arn:aws:ec2:ap-northeast-1:111122223333:route-table/rtb-1',
      {
        vpc: 'vpc-1',
        routes: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' }],
        associations: [{ Main: true, RouteTableId: 'rtb-1' }],
      },
    ],
    [
      'a network ACL',
      typed('AWS::EC2::NetworkAcl', 'acl-1', 'arn:aws:ec2:ap-northeast-1:111122223333:network-acl/acl-1', {
        vpcId: 'vpc-1',
        entries: [{ cidrBlock: '0.0.0.0/0', egress: false, protocol: '-1', ruleAction: 'allow', ruleNumber: 100 }],
        associations: [{ subnetId: 'subnet-a', networkAclId: 'acl-1' }],
      }),
      'arn:aws:ec2:ap-northeast-1:111122223333:network-acl/acl-1',
      {
        vpc: 'vpc-1',
        entries: [{ CidrBlock: '0.0.0.0/0', Egress: false, Protocol: '-1', RuleAction: 'allow', RuleNumber: 100 }],
        associations: [{ SubnetId: 'subnet-a', NetworkAclId: 'acl-1' }],
      },
    ],
  ])('%s', async (_, item, id, expected) => {
    const items = await read(item)
    expect(new Set(observationsOf(items).map(({ resource }) => resource.id))).toEqual(new Set([id]))
    const { existence: _existence, ...facets } = facetsOf(items)
    expect(
      Object.fromEntries(Object.entries(facets).map(([facet, value]) => [facet, value.status === 'read' ? value.value : value])),
    ).toEqual(expected)
  })
})

it('an account stays when its block is deleted', async () => {
  const rest = {
    resourceType: 'AWS::S3::AccountPublicAccessBlock',
    resourceId: '111122223333',
    configurationItemStatus: 'ResourceDeleted',
  }
  expect(facetsOf(await read(bucketItem({}, rest)))).toEqual({ accountPublicAccessBlock: ABSENT })
})

describe('broken items are named and the others used', () => {
  it.each([
    ['without a time', { configurationItemCaptureTime: 'yesterday' }],
    ['with a time without a zone', { configurationItemCaptureTime: '2023-05-10T08:00:00' }],
    ['without a type', { resourceType: undefined }],
    ['without a name', { resourceId: null, resourceName: null }],
    ['with a status that is not known', { configurationItemStatus: 'ResourcePerhaps' }],
  ])('%s', async (_, rest) => {
    const good = bucketItem({ BucketPolicy: { policyText: null } })
    const items = await read(bucketItem({}, rest), good)
    expect(unreadOf(items)).toHaveLength(1)
    expect(unreadOf(items)[0]?.place).toMatchObject({ file: CONFIG_PATH, offset: 75 })
    expect(facetsOf(items).policy).toEqual(ABSENT)
  })
})

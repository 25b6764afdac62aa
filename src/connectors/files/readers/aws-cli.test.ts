import { afterAll, describe, expect, it } from 'vitest'
import { cliPlaceOf } from '../cli-place.ts'
import {
  facetsOf,
  itemsIn,
  observationsOf,
  removeWrittenEvidence,
  unreadOf,
  writtenEvidence,
} from '../testing/written-evidence.ts'

afterAll(removeWrittenEvidence)

const value = (of: unknown) => ({ status: 'read', value: of })
const ABSENT = { status: 'absent' }
const POLICY = { Version: '2012-10-17', Statement: [] }
const BLOCK = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: false, RestrictPublicBuckets: false }
const GRANTS = [{ Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' }]

describe('outputs about one bucket', () => {
  it.each([
    ['get-bucket-policy', { Policy: JSON.stringify(POLICY) }, 'policy', value(POLICY)],
    [
      'get-bucket-acl',
      { Owner: { DisplayName: 'x', ID: 'a1' }, Grants: GRANTS },
      'acl',
      value({ Owner: { ID: 'a1' }, Grants: GRANTS }),
    ],
    ['get-public-access-block', { PublicAccessBlockConfiguration: BLOCK }, 'publicAccessBlock', value(BLOCK)],
    [
      'get-bucket-ownership-controls',
      { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } },
      'objectOwnership',
      value('ObjectWriter'),
    ],
    [
      'get-bucket-logging',
      { LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: '' } },
      'logging',
      value({ TargetBucket: 'logs', TargetPrefix: '' }),
    ],
    ['get-bucket-logging', '', 'logging', ABSENT],
    ['get-bucket-versioning', {}, 'versioning', ABSENT],
    ['get-bucket-versioning', { Status: 'Enabled' }, 'versioning', value({ Status: 'Enabled' })],
    ['get-bucket-policy-status', { PolicyStatus: { IsPublic: true } }, 'policyStatus', value({ IsPublic: true })],
    ['get-bucket-request-payment', { Payer: 'BucketOwner' }, 'requestPayment', value({ Payer: 'BucketOwner' })],
    ['get-bucket-website', { IndexDocument: { Suffix: 'i.html' } }, 'website', value({ IndexDocument: { Suffix: 'i.html' } })],
    ['get-bucket-tagging', { TagSet: [{ Key: 'team', Value: 'maps' }] }, 'tags', value({ team: 'maps' })],
    [
      'get-bucket-lifecycle-configuration',
      { Rules: [{ ID: 'r', Status: 'Enabled' }] },
      'lifecycle',
      value({ Rules: [{ ID: 'r', Status: 'Enabled' }] }),
    ],
  ])('%s %j', async (name, output, facet, expected) => {
    const items = await itemsIn(await writtenEvidence({ [`2023-05-20/map-updates.${name}.json`]: output }))
    expect(facetsOf(items)).toEqual({ existence: value({ exists: true }), [facet]: expected })
    expect(observationsOf(items)[0]).toMatchObject({
      kind: 'point',
      validFrom: '2023-05-20T23:59:59Z',
      source: 'aws-cli',
      resource: { id: 'arn:aws:s3:::map-updates' },
    })
  })

  it('an account’s block, where the path names an account and no bucket', async () => {
    const path = '2023-05-20/111122223333/get-public-access-block.json'
    const items = await itemsIn(await writtenEvidence({ [path]: { PublicAccessBlockConfiguration: BLOCK } }))
    expect(observationsOf(items)).toMatchObject([
      { resource: { id: 'arn:aws:iam::111122223333:root' }, facet: 'accountPublicAccessBlock', value: value(BLOCK) },
    ])
  })

  it.each([
    ['no bucket', '2023-05-20/output.json', {}, 'does not name its bucket'],
    ['no time', 'map-updates.get-bucket-policy.json', {}, 'when it was taken'],
  ])('%s in the path: unread', async (_, path, __, detail) => {
    const items = await itemsIn(await writtenEvidence({ [path]: { Policy: '{}' } }))
    expect(items).toHaveLength(1)
    expect(unreadOf(items)[0]).toMatchObject({ what: path, code: 'malformed', detail: expect.stringContaining(detail) })
  })

  it('takes the time of the run where it is given one', async () => {
    const directory = await writtenEvidence({ 'map-updates.get-bucket-policy.json': { Policy: '{}' } })
    const [observation] = observationsOf(await itemsIn(directory, { takenAt: '2023-05-21T00:00:00Z' }))
    expect(observation?.validFrom).toBe('2023-05-21T00:00:00Z')
  })
})

describe('outputs that name their resources', () => {
  const arn = 'arn:aws:rds:ap-northeast-1:111122223333:db:fleet'
  const snapshotArn = 'arn:aws:rds:ap-northeast-1:111122223333:snapshot:fleet-2021'
  it.each([
    [
      'describe-db-instances.json',
      {
        DBInstances: [
          {
            DBInstanceIdentifier: 'fleet',
            DBInstanceArn: arn,
            PubliclyAccessible: true,
            Endpoint: { Address: 'a.example.test', Port: 5432 },
            Engine: 'postgres',
          },
        ],
      },
      arn,
      { publiclyAccessible: value(true), endpoint: value({ address: 'a.example.test', port: 5432 }), engine: value('postgres') },
    ],
    [
      'describe-db-snapshots.json',
      {
        DBSnapshots: [
          { DBSnapshotIdentifier: 'fleet-2021', DBSnapshotArn: snapshotArn, DBInstanceIdentifier: 'fleet', Encrypted: true },
        ],
      },
      snapshotArn,
      { snapshotSource: value({ instance: 'fleet', encrypted: true }) },
    ],
    [
      '111122223333/ap-northeast-1/attributes.json',
      {
        DBSnapshotAttributesResult: {
          DBSnapshotIdentifier: 'fleet-2021',
          DBSnapshotAttributes: [{ AttributeName: 'restore', AttributeValues: ['all'] }],
        },
      },
      snapshotArn,
      { snapshotAttributes: value({ restore: ['all'] }) },
    ],
    [
      'ap-northeast-1.json',
      {
        SecurityGroups: [
          {
            GroupId: 'sg-1',
            OwnerId: '111122223333',
            VpcId: 'vpc-1',
            IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
          },
        ],
      },
      'arn:aws:ec2:ap-northeast-1:111122223333:security-group/sg-1',
      {
        vpc: value('vpc-1'),
        ingress: value([
          { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] },
        ]),
      },
    ],
    [
      'subnets.json',
      {
        Subnets: [
          {
            SubnetId: 'subnet-a',
            OwnerId: '111122223333',
            VpcId: 'vpc-1',
            AvailabilityZone: 'ap-northeast-1a',
            CidrBlock: '10.0.0.0/24',
          },
        ],
      },
      'arn:aws:ec2:ap-northeast-1:111122223333:subnet/subnet-a',
      { vpc: value('vpc-1') },
    ],
    [
      'selectors.json',
      { TrailARN: 'arn:aws:cloudtrail:ap-northeast-1:111122223333:trail/audit', EventSelectors: [{ ReadWriteType: 'All' }] },
      'arn:aws:cloudtrail:ap-northeast-1:111122223333:trail/audit',
      { eventSelectors: value({ EventSelectors: [{ ReadWriteType: 'All' }] }) },
    ],
  ])('%s', async (name, output, id, expected) => {
    const items = await itemsIn(await writtenEvidence({ [`2023-05-20T10-11-12Z/${name}`]: output }))
    expect(observationsOf(items).map(({ resource, validFrom }) => [resource.id, validFrom])[0]).toEqual([
      id,
      '2023-05-20T10:11:12Z',
    ])
    expect(facetsOf(items)).toMatchObject(expected)
  })

  it('list-buckets: they exist; when they were made it does not prove', async () => {
    const output = { Buckets: [{ Name: 'map-updates', CreationDate: '2020-01-01T00:00:00+00:00' }], Owner: { ID: 'a1' } }
    const items = await itemsIn(await writtenEvidence({ '2023-05-20/list-buckets.json': output }))
    expect(observationsOf(items)).toMatchObject([{ facet: 'existence', kind: 'point', validFrom: '2023-05-20T23:59:59Z' }])
  })

  it('a security group whose region nothing tells is unread', async () => {
    const output = { SecurityGroups: [{ GroupId: 'sg-1', OwnerId: '111122223333', IpPermissions: [] }] }
    const items = await itemsIn(await writtenEvidence({ '2023-05-20/groups.json': output }))
    expect(unreadOf(items)).toMatchObject([{ code: 'malformed', detail: expect.stringContaining('account and region') }])
  })
})

describe('accounts', () => {
  it('with the organisation’s id out of their ARNs', async () => {
    const Arn = 'arn:aws:organizations::111122223333:account/o-exampleorgid/444455556666'
    const output = {
      Accounts: [
        { Id: '444455556666', Arn, Name: 'Maps', Status: 'ACTIVE' },
        { Id: '111122223333', Name: 'Main', Status: 'ACTIVE' },
        { Id: 'x', Arn },
      ],
    }
    const items = await itemsIn(await writtenEvidence({ 'accounts.json': output }))
    expect(items).toMatchObject([
      { kind: 'account', account: { id: '444455556666', name: 'Maps', organization: 'o-exampleorgid', status: 'ACTIVE' } },
      { kind: 'account', account: { id: '111122223333', organization: null } },
      { kind: 'unread', unread: { code: 'malformed' } },
    ])
  })
})

describe('the time that a path names', () => {
  it.each([
    ['2023-05-20/policy.json', '2023-05-20T23:59:59Z'],
    ['may/a.2023-05-20.policy.json', '2023-05-20T23:59:59Z'],
    ['2023-05-20/2023-05-19T10:20:30Z/policy.json', '2023-05-19T10:20:30Z'],
    ['policy-20230519T102030Z.json', '2023-05-19T10:20:30Z'],
    ['snapshot-attributes-fleet-2022-11-30.json', null],
    ['2023-13-45/policy.json', null],
  ])('%s: %s', (path, takenAt) => {
    expect(cliPlaceOf(path).takenAt).toBe(takenAt)
  })
})

describe('the bucket that a path names', () => {
  it.each([
    ['map-updates.get-bucket-policy.json', 'map-updates'],
    ['map-updates.policy.json', 'map-updates'],
    ['www.example.com.policy.json', 'www.example.com'],
    ['map-updates_acl.json', 'map-updates'],
    ['map-updates-get-bucket-policy.json', 'map-updates'],
    ['s3api-get-bucket-policy-map-updates.json', 'map-updates'],
    ['aws-s3api-get-bucket-policy_map-updates.json', 'map-updates'],
    ['get-bucket-policy_map-updates.json', 'map-updates'],
    ['get-bucket-policy/map-updates.json', 'map-updates'],
    ['map-updates/policy.json', 'map-updates'],
    ['map-updates/get-bucket-logging', 'map-updates'],
    ['logs-ap-northeast-1/policy.json', 'logs-ap-northeast-1'],
    ['logs-2023-01-01/policy.json.gz', 'logs-2023-01-01'],
    ['map-updates.2023-05-20.policy.json', 'map-updates'],
    ['map-updates-policy.json', null],
    ['output.json', null],
    ['policy.json', null],
    ['2023-05-20/policy.json', null],
    ['111122223333/policy.json', null],
    ['get-bucket-policy/policy.json', null],
    ['Not A Bucket/policy.json', null],
  ])('%s: %s', (path, bucket) => {
    expect(cliPlaceOf(path, 'get-bucket-policy').bucket).toBe(bucket)
  })
})

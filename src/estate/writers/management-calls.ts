import type { Json } from '../../model/index.ts'
import { at, DAY, HOUR, type Moment, SECOND } from '../moments.ts'
import { random } from '../random.ts'
import { EUROPEAN_BLOCK, EUROPEAN_BLOCK_AT } from '../world/account-blocks.ts'
import { type Account, ACCOUNTS, BATCHES, CONNECTED_SERVICES, EUROPE_MARKETING, OVERSEAS_DEALERS } from '../world/accounts.ts'
import { LISTS_DISABLED_STORE } from '../world/closed-stores.ts'
import { DATABASE, SNAPSHOT } from '../world/databases.ts'
import { anyoneReads } from '../world/policies.ts'
import { storeArn } from '../world/store.ts'
import { DEALER_STORE, HALF_LOGGED_STORE, MAP_STORE, THREE_HOUR_STORE } from '../world/stores.ts'
import { capitalised, s3Call, type TrailCall } from './trail-events.ts'

const NOISE_DAYS = 9
const DENIED = { code: 'AccessDenied', message: 'Access Denied' }

/** Calls on accounts, trails and databases; calls that were refused and changed nothing; and the noise of every day. */
export function managementCalls(seed: number): TrailCall[] {
  return [...accountCalls(), ...databaseCalls(), ...refusedCalls(), ...ACCOUNTS.flatMap((account) => noise(seed, account))]
}

function accountCalls(): TrailCall[] {
  const trails = ACCOUNTS.map((account) =>
    call(account, account.trail[0]!.from + HOUR, 'cloudtrail.amazonaws.com', 'CreateTrail', {
      name: 'management',
      s3BucketName: `cloudtrail-delivery-${account.id}`,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: false,
    }),
  )
  // A trail made through the API delivers nothing until it is started.
  const starts = ACCOUNTS.map((account) =>
    call(account, account.trail[0]!.from + HOUR + SECOND, 'cloudtrail.amazonaws.com', 'StartLogging', { name: 'management' }),
  )
  return [
    ...trails,
    ...starts,
    selectors(CONNECTED_SERVICES, '2021-07-01T01:00:00Z', storeArn(THREE_HOUR_STORE)),
    selectors(CONNECTED_SERVICES, '2022-01-31T01:00:00Z', null),
    selectors(OVERSEAS_DEALERS, '2022-11-01T01:00:00Z', storeArn(DEALER_STORE)),
    call(OVERSEAS_DEALERS, at('2023-05-10T13:59:58Z'), 'cloudtrail.amazonaws.com', 'StopLogging', { name: 'management' }),
    call(OVERSEAS_DEALERS, at('2023-05-27T01:00:00Z'), 'cloudtrail.amazonaws.com', 'StartLogging', { name: 'management' }),
    selectors(OVERSEAS_DEALERS, '2023-05-27T01:04:11Z', null),
    call(EUROPE_MARKETING, EUROPEAN_BLOCK_AT, 's3.amazonaws.com', 'PutAccountPublicAccessBlock', {
      accountId: EUROPE_MARKETING.id,
      Host: `${EUROPE_MARKETING.id}.s3-control.${EUROPE_MARKETING.region}.amazonaws.com`,
      PublicAccessBlockConfiguration: {
        xmlns: 'http://awss3control.amazonaws.com/doc/2018-08-20/',
        ...capitalised(EUROPEAN_BLOCK),
      },
    }),
  ]
}

function selectors(account: Account, moment: string, bucketArn: string | null): TrailCall {
  const dataResources = bucketArn === null ? [] : [{ type: 'AWS::S3::Object', values: [`${bucketArn}/`] }]
  return call(account, at(moment), 'cloudtrail.amazonaws.com', 'PutEventSelectors', {
    trailName: `arn:aws:cloudtrail:${account.region}:${account.id}:trail/management`,
    eventSelectors: [{ readWriteType: 'All', includeManagementEvents: true, dataResources, excludeManagementEventSources: [] }],
  })
}

function databaseCalls(): TrailCall[] {
  const { account } = DATABASE
  return [
    call(account, DATABASE.createdAt, 'rds.amazonaws.com', 'CreateDBInstance', {
      dBInstanceIdentifier: DATABASE.instance,
      engine: 'postgres',
      dBInstanceClass: 'db.m5.large',
      publiclyAccessible: true,
      vpcSecurityGroupIds: [DATABASE.securityGroup],
      dBSubnetGroupName: 'dealer-crm',
      masterUserPassword: '****',
    }),
    call(account, DATABASE.ingressAt, 'ec2.amazonaws.com', 'AuthorizeSecurityGroupIngress', {
      groupId: DATABASE.securityGroup,
      ipPermissions: {
        items: [
          {
            ipProtocol: 'tcp',
            fromPort: DATABASE.port,
            toPort: DATABASE.port,
            groups: {},
            ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
            ipv6Ranges: {},
            prefixListIds: {},
          },
        ],
      },
    }),
    call(account, SNAPSHOT.createdAt, 'rds.amazonaws.com', 'CreateDBSnapshot', {
      dBSnapshotIdentifier: SNAPSHOT.name,
      dBInstanceIdentifier: DATABASE.instance,
    }),
    {
      ...call(account, SNAPSHOT.sharedAt, 'rds.amazonaws.com', 'ModifyDBSnapshotAttribute', {
        dBSnapshotIdentifier: SNAPSHOT.name,
        attributeName: 'restore',
        valuesToAdd: ['all'],
      }),
      response: {
        dBSnapshotIdentifier: SNAPSHOT.name,
        dBSnapshotAttributes: [{ attributeName: 'restore', attributeValues: ['all'] }],
      },
    },
  ]
}

/** Refused calls name a change that never came to be; taking one for a change gives a wrong window. */
function refusedCalls(): TrailCall[] {
  const refused = { error: DENIED }
  return [
    s3Call(MAP_STORE, at('2017-05-15T02:14:33Z'), 'DeleteBucketPolicy', { policy: '' }, refused),
    s3Call(
      THREE_HOUR_STORE,
      at('2021-08-19T03:58:40Z'),
      'PutBucketPolicy',
      { policy: '', bucketPolicy: anyoneReads(THREE_HOUR_STORE.name) },
      refused,
    ),
    s3Call(
      HALF_LOGGED_STORE,
      at('2021-02-08T04:11:05Z'),
      'PutBucketPolicy',
      { policy: '', bucketPolicy: anyoneReads(HALF_LOGGED_STORE.name) },
      refused,
    ),
    s3Call(
      LISTS_DISABLED_STORE,
      at('2022-02-01T09:12:44Z'),
      'PutBucketAcl',
      { acl: '', 'x-amz-acl': ['public-read'] },
      {
        error: { code: 'AccessControlListNotSupported', message: 'The bucket does not allow ACLs' },
      },
    ),
    {
      ...call(OVERSEAS_DEALERS, at('2023-01-16T03:00:21Z'), 'rds.amazonaws.com', 'ModifyDBSnapshotAttribute', {
        dBSnapshotIdentifier: SNAPSHOT.name,
        attributeName: 'restore',
        valuesToRemove: ['all'],
      }),
      error: { code: 'AccessDenied', message: 'User is not authorized to perform: rds:ModifyDBSnapshotAttribute' },
    },
  ]
}

function noise(seed: number, account: Account): TrailCall[] {
  const choice = random(seed, 'trail noise', account.id)
  const kinds: readonly (readonly [string, string, Json])[] = [
    ['signin.amazonaws.com', 'ConsoleLogin', null],
    ['ec2.amazonaws.com', 'DescribeInstances', { maxResults: 1000 }],
    ['s3.amazonaws.com', 'ListBuckets', { Host: 's3.amazonaws.com' }],
    [
      'sts.amazonaws.com',
      'AssumeRole',
      { roleArn: `arn:aws:iam::${account.id}:role/batch-worker`, roleSessionName: 'nightly', durationSeconds: 3600 },
    ],
    ['config.amazonaws.com', 'DescribeConfigurationRecorders', null],
    ['rds.amazonaws.com', 'DescribeDBInstances', null],
  ]
  const out: TrailCall[] = []
  for (
    let moment = account.trail[0]!.from + DAY;
    moment < BATCHES[1].evidenceUntil;
    moment += NOISE_DAYS * DAY + choice.below(86_400) * SECOND
  ) {
    const [source, name, request] = choice.pick(kinds)
    out.push({ ...call(account, moment, source, name, request), readOnly: name !== 'ConsoleLogin' })
  }
  return out
}

function call(account: Account, moment: Moment, source: string, name: string, request: Json): TrailCall {
  return { account, at: moment, source, name, request }
}

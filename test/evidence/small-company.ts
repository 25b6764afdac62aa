import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

// A company of two buckets, written by hand in the providers' own formats: one open to anyone for a while, one shut.

export const OPENED = '2022-03-01T10:00:00Z'
export const CLOSED = '2022-09-01T12:30:00Z'

const ACCOUNT = '111122223333'
const REGION = 'ap-southeast-2'
const PUBLIC_POLICY = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Everyone', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::inquiry-files/*' },
  ],
}

/** Files by their path in the evidence directory. */
export type Files = Readonly<Record<string, string | Uint8Array>>

export function smallCompany(): Files {
  return {
    'organizations/accounts.json': JSON.stringify({
      Accounts: [
        {
          Id: ACCOUNT,
          Arn: `arn:aws:organizations::${ACCOUNT}:account/o-exampleorg1/${ACCOUNT}`,
          Name: 'main',
          Status: 'ACTIVE',
        },
      ],
    }),
    [`AWSLogs/${ACCOUNT}/Config/${REGION}/2022/1/15/ConfigSnapshot/${ACCOUNT}_Config_${REGION}_ConfigSnapshot_20220115T060000Z_11111111-2222-4333-8444-555555555555.json.gz`]:
      snapshot('2022-01-15T06:00:00.000Z', [bucketItem('inquiry-files', null), bucketItem('archive', null), accountItem()]),
    [`AWSLogs/${ACCOUNT}/CloudTrail/${REGION}/2022/03/01/${ACCOUNT}_CloudTrail_${REGION}_20220301T1005Z_aaaaaaaaaaaaaaaa.json.gz`]:
      trail([event('PutBucketPolicy', OPENED, { bucketName: 'inquiry-files', bucketPolicy: PUBLIC_POLICY })]),
    [`AWSLogs/${ACCOUNT}/CloudTrail/${REGION}/2022/09/01/${ACCOUNT}_CloudTrail_${REGION}_20220901T1235Z_bbbbbbbbbbbbbbbb.json.gz`]:
      trail([event('DeleteBucketPolicy', CLOSED, { bucketName: 'inquiry-files' })]),
    's3-access-logs/inquiry-files/2022-05-01-00-10-00-0123456789ABCDEF': accessLog(),
    ...inventory('2022-05-01T00-00Z', [
      ['AU/first.csv', '2022-02-01T00:00:00.000Z', 200],
      ['AU/late.csv', '2022-04-15T00:00:00.000Z', 100],
    ]),
    'objects/inquiry-files/AU/first.csv':
      'Customer ID,Name,Email\nC-100001,Ada Example,ada@example.com\nC-100002,Ben Example,ben@example.com\nC-100003,Cy Example,cy@example.net\n',
    'objects/inquiry-files/AU/late.csv':
      'Customer ID,Name,Phone\nC-100003,Cy Example,+61 491 570 156\nC-100004,Di Example,+61 491 570 157\nC-100005,Ed Example,+61 491 570 158\n',
    'objects/archive/closed.csv':
      'Customer ID,Name,Email\nC-900001,Zoe Example,zoe@example.com\nC-900002,Yan Example,yan@example.com\n',
  }
}

export function writeFiles(directory: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), content)
  }
}

function snapshot(captured: string, items: readonly object[]): Uint8Array {
  return gzipSync(
    JSON.stringify({
      fileVersion: '1.0',
      configSnapshotId: '11111111-2222-4333-8444-555555555555',
      configurationItems: items.map((item) => ({
        configurationItemCaptureTime: captured,
        configurationItemStatus: 'OK',
        ...item,
      })),
    }),
  )
}

function bucketItem(name: string, policy: object | null): object {
  return {
    configurationItemVersion: '1.3',
    configurationStateId: 1642226400000,
    resourceType: 'AWS::S3::Bucket',
    resourceId: name,
    resourceName: name,
    ARN: `arn:aws:s3:::${name}`,
    awsRegion: REGION,
    awsAccountId: ACCOUNT,
    resourceCreationTime: '2022-01-10T00:00:00.000Z',
    tags: {},
    configuration: JSON.stringify({ name, owner: { id: 'a'.repeat(64) } }),
    supplementaryConfiguration: {
      AccessControlList: JSON.stringify(
        JSON.stringify({
          grantSet: null,
          grantList: [{ grantee: { id: 'a'.repeat(64), displayName: null }, permission: 'FullControl' }],
          owner: { id: 'a'.repeat(64), displayName: null },
          isRequesterCharged: false,
        }),
      ),
      BucketPolicy: JSON.stringify({ policyText: policy === null ? null : JSON.stringify(policy) }),
      BucketLoggingConfiguration: JSON.stringify({ destinationBucketName: null, logFilePrefix: null }),
      BucketVersioningConfiguration: JSON.stringify({ status: 'Off', isMfaDeleteEnabled: null }),
      OwnershipControls: JSON.stringify({ rules: [{ objectOwnership: 'BucketOwnerEnforced' }] }),
      PublicAccessBlockConfiguration: JSON.stringify({
        blockPublicAcls: false,
        ignorePublicAcls: false,
        blockPublicPolicy: false,
        restrictPublicBuckets: false,
      }),
      IsRequesterPaysEnabled: 'false',
    },
  }
}

function accountItem(): object {
  return {
    configurationItemVersion: '1.3',
    configurationStateId: 1642226400001,
    resourceType: 'AWS::S3::AccountPublicAccessBlock',
    resourceId: ACCOUNT,
    awsRegion: REGION,
    awsAccountId: ACCOUNT,
    configuration: JSON.stringify({
      blockPublicAcls: false,
      ignorePublicAcls: false,
      blockPublicPolicy: false,
      restrictPublicBuckets: false,
    }),
    supplementaryConfiguration: {},
  }
}

function trail(records: readonly object[]): Uint8Array {
  return gzipSync(JSON.stringify({ Records: records }))
}

function event(name: string, time: string, requestParameters: object): object {
  return {
    eventVersion: '1.08',
    userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/ops/session`, accountId: ACCOUNT },
    eventTime: time,
    eventSource: 's3.amazonaws.com',
    eventName: name,
    awsRegion: REGION,
    sourceIPAddress: '203.0.113.10',
    userAgent: 'aws-cli/2.4.6',
    requestParameters,
    responseElements: null,
    eventID: `00000000-0000-4000-8000-${time.replace(/\D/g, '').slice(0, 12)}`,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
  }
}

function accessLog(): string {
  const owner = 'a'.repeat(64)
  const line = (ip: string, requester: string, id: string, key: string, status: number) =>
    `${owner} inquiry-files [01/May/2022:00:05:00 +0000] ${ip} ${requester} ${id} REST.GET.OBJECT ${key} "GET /inquiry-files/${key} HTTP/1.1" ${status} - 200 200 12 11 "-" "curl/7.88.1" - 9vKBE6vMhrNiWHZmb2L0mXOcqPGzQOI5XLnCtZNPxev+Hf+7tpT6sxDwDty4LHBUOZJG96N1234= SigV4 ECDHE-RSA-AES128-GCM-SHA256 - inquiry-files.s3.${REGION}.amazonaws.com TLSV1.2 - -`
  return [
    line('198.51.100.23', '-', '3E57427F33A59F07', 'AU/first.csv', 200),
    line('198.51.100.23', '-', '3E57427F33A59F08', 'AU/none.csv', 404),
    line('203.0.113.10', `arn:aws:sts::${ACCOUNT}:assumed-role/ops/session`, '3E57427F33A59F09', 'AU/late.csv', 200),
    '',
  ].join('\n')
}

function inventory(day: string, rows: readonly (readonly [string, string, number])[]): Files {
  const csv = gzipSync(rows.map(([key, modified, size]) => `"inquiry-files","${key}","${size}","${modified}"\n`).join(''))
  const root = 's3-inventory/inquiry-files/daily'
  return {
    [`${root}/data/22222222-2222-4333-8444-555555555555.csv.gz`]: csv,
    [`${root}/${day}/manifest.json`]: JSON.stringify({
      sourceBucket: 'inquiry-files',
      destinationBucket: 'arn:aws:s3:::inventory-bucket',
      version: '2016-11-30',
      creationTimestamp: String(Date.parse(day.replace('T00-00Z', 'T00:00:00Z'))),
      fileFormat: 'CSV',
      fileSchema: 'Bucket, Key, Size, LastModifiedDate',
      files: [
        {
          key: 'inquiry-files/daily/data/22222222-2222-4333-8444-555555555555.csv.gz',
          size: csv.length,
          MD5checksum: createHash('md5').update(csv).digest('hex'),
        },
      ],
    }),
  }
}

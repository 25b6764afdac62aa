import fc from 'fast-check'
import type { Json, ZoneOfTrust } from '../../model/index.ts'

export const OWNER = '111111111111'
export const ZONE: ZoneOfTrust = {
  organizations: ['o-insideinsi'],
  accounts: [OWNER],
  cidrs: ['203.0.113.0/24'],
  vpcs: ['vpc-11111111'],
  vpcEndpoints: ['vpce-11111111'],
  principals: [],
}

type Members = Record<string, Json>

/** Comparisons whose values cut the brute force's small domains in all interesting ways. */
const COMPARISONS: readonly (readonly [operators: readonly string[], key: string, values: readonly string[]])[] = [
  [
    ['IpAddress', 'NotIpAddress'],
    'aws:SourceIp',
    [
      '203.0.113.0/24',
      '198.51.100.0/24',
      '11.0.0.0/8',
      '12.0.0.0/7',
      '0.0.0.0/1',
      '128.0.0.0/1',
      '10.0.0.0/8',
      '2001:db8::/32',
      '2001:db8::/33',
      '2000::/3',
    ],
  ],
  [
    ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'],
    'aws:PrincipalOrgID',
    ['o-insideinsi', 'o-partnerpar', 'o-*'],
  ],
  [
    ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'],
    'aws:PrincipalAccount',
    [OWNER, '222222222222', '2*', '*'],
  ],
  [
    ['ArnEquals', 'ArnLike', 'ArnNotLike', 'StringLike'],
    'aws:PrincipalArn',
    ['arn:aws:iam::222222222222:user/alice', 'arn:aws:iam::*:role/*', 'arn:aws:iam::*:user/a*'],
  ],
  [['StringEquals', 'StringNotEquals', 'StringLike', 'StringEqualsIgnoreCase'], 'aws:username', ['alice', 'ALICE', 'a*']],
  [['StringEquals', 'StringNotEquals'], 'aws:PrincipalType', ['Anonymous', 'User', 'AssumedRole', 'Account']],
  [['Bool'], 'aws:SecureTransport', ['true', 'false']],
  [['Bool'], 'aws:ViaAWSService', ['true', 'false']],
  [['Bool'], 'aws:PrincipalIsAWSService', ['true', 'false']],
  [['StringEquals', 'StringNotEquals', 'StringLike'], 'aws:SourceVpce', ['vpce-11111111', 'vpce-22222222', 'vpce-*']],
  [['StringEquals', 'StringNotEquals'], 'aws:SourceVpc', ['vpc-11111111', 'vpc-22222222']],
  [['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'], 'aws:Referer', ['https://example.com/', 'https://*']],
  [['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'], 's3:prefix', ['public/', 'public/*', '']],
  [['NumericLessThanEquals', 'NumericGreaterThan', 'NumericEquals'], 's3:max-keys', ['10', '100']],
  [['StringEquals', 'StringNotEquals'], 's3:x-amz-acl', ['public-read', 'bucket-owner-full-control']],
  [['DateLessThan', 'DateGreaterThan'], 'aws:CurrentTime', ['2020-01-01T00:00:00Z', '2030-01-01T00:00:00Z']],
]

const condition: fc.Arbitrary<readonly [string, string, Json]> = fc
  .constantFrom(...COMPARISONS)
  .chain(([operators, key, values]) =>
    fc
      .record({
        operator: fc.constantFrom(...operators),
        ifExists: fc.boolean(),
        quantifier: fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
        chosen: fc.subarray([...values], { minLength: 1, maxLength: Math.min(3, values.length) }),
        upper: fc.boolean(),
      })
      .map(({ operator, ifExists, quantifier, chosen, upper }) => [
        `${quantifier}${operator}${ifExists ? 'IfExists' : ''}`,
        upper ? key.toUpperCase() : key,
        chosen.length === 1 ? chosen[0]! : chosen,
      ]),
  )
const absence: fc.Arbitrary<readonly [string, string, Json]> = fc
  .tuple(
    fc.constantFrom('aws:SourceIp', 'aws:PrincipalOrgID', 'aws:SourceVpce', 'aws:Referer', 'aws:username', 's3:prefix'),
    fc.boolean(),
  )
  .map(([key, absent]) => ['Null', key, String(absent)] as const)

const conditions = fc
  .array(fc.oneof({ arbitrary: condition, weight: 6 }, { arbitrary: absence, weight: 1 }), { maxLength: 3 })
  .map((atoms) => {
    const block: Record<string, Members> = {}
    for (const [operator, key, values] of atoms) block[operator] = { ...block[operator], [key]: values }
    return block
  })

const PRINCIPALS: readonly Json[] = [
  '*',
  '*',
  '*',
  { AWS: '*' },
  { AWS: '222222222222' },
  { AWS: 'arn:aws:iam::222222222222:user/alice' },
  { AWS: ['arn:aws:iam::333333333333:role/reader', 'arn:aws:iam::111111111111:root'] },
  { AWS: 'arn:aws:iam::111111111111:root' },
]
const ACTIONS: readonly Json[] = [
  '*',
  's3:*',
  's3:Get*',
  's3:getobject',
  's3:GetObject',
  's3:List*',
  's3:PutObject',
  ['s3:DeleteObject', 's3:PutBucketAcl'],
  's3:*Object',
]
const RESOURCES: readonly Json[] = [
  '*',
  'arn:aws:s3:::b',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::b/public/*',
  'arn:aws:s3:::b/*.txt',
  ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'],
  'arn:aws:s3:::b*',
  'arn:aws:s3:::other/*',
]

const statement: fc.Arbitrary<Members> = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    principal: fc.constantFrom(...PRINCIPALS),
    others: fc.integer({ min: 0, max: 9 }),
    actions: fc.constantFrom(...ACTIONS),
    resources: fc.constantFrom(...RESOURCES),
    block: conditions,
  })
  .map(({ effect, principal, others, actions, resources, block }) => ({
    Effect: effect,
    // Whom NotPrincipal leaves out is plain for principals of whole other accounts only.
    ...(others === 0 ? { NotPrincipal: { AWS: 'arn:aws:iam::111111111111:root' } } : { Principal: principal }),
    ...(others === 1 ? { NotAction: actions } : { Action: actions }),
    ...(others === 2 ? { NotResource: resources } : { Resource: resources }),
    ...(Object.keys(block).length > 0 ? { Condition: block } : {}),
  }))

/** A bucket policy over the vocabulary above: always understood in full. */
export const randomPolicy: fc.Arbitrary<Members> = fc
  .record({ statements: fc.array(statement, { minLength: 1, maxLength: 4 }), alone: fc.boolean() })
  .map(({ statements, alone }) => ({
    Version: '2012-10-17',
    Statement: alone && statements.length === 1 ? statements[0]! : statements,
  }))

const grant = fc.record({
  Grantee: fc.constantFrom<Json>(
    { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
    { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers' },
    { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/s3/LogDelivery' },
    { Type: 'CanonicalUser', ID: 'owner' },
  ),
  Permission: fc.constantFrom('READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL'),
})

/** The settings of a bucket that count beside its policy. */
export const randomSettings: fc.Arbitrary<Members> = fc.record({
  acl: fc.array(grant, { maxLength: 2 }).map((grants) => ({ Owner: { ID: 'owner' }, Grants: grants as Json[] }) as Json),
  objectAcls: fc.constant(null),
  objectOwnership: fc.constantFrom('BucketOwnerEnforced', 'ObjectWriter', 'ObjectWriter'),
  publicAccessBlock: fc.boolean().map((ignore) => ({
    IgnorePublicAcls: ignore,
    BlockPublicAcls: false,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: false,
  })),
  accountPublicAccessBlock: fc.constant(null),
  requestPayment: fc.constantFrom<Json>({ Payer: 'BucketOwner' }, { Payer: 'BucketOwner' }, { Payer: 'Requester' }),
  encryption: fc.constant(null),
})

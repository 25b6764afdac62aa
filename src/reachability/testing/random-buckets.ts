import fc from 'fast-check'
import type { Json, ResourceConfiguration, ZoneOfTrust } from '../../model/index.ts'
import type { EvaluatedResource } from './evaluator.ts'
import { CANONICAL_ID, NOW } from './small-domains.ts'

export const OWNER = '111111111111'
export const BUCKET = 'arn:aws:s3:::b'
export const ZONE: ZoneOfTrust = {
  organizations: ['o-insideinsi'],
  accounts: [OWNER],
  cidrs: ['203.0.113.0/24'],
  vpcs: ['vpc-11111111'],
  vpcEndpoints: ['vpce-11111111'],
  principals: [],
}

type Members = Record<string, Json>

const TEXT = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike']
const FOLDED = ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase']
const ARN = ['ArnEquals', 'ArnLike', 'ArnNotLike', 'ArnNotEquals', 'StringLike', 'StringNotLike']
const RANGES = [
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
]

/** Comparisons whose values cut the small domains of the brute force in all interesting ways. */
const COMPARISONS: readonly (readonly [operators: readonly string[], key: string, values: readonly string[]])[] = [
  [['IpAddress', 'NotIpAddress'], 'aws:SourceIp', RANGES],
  [['IpAddress', 'NotIpAddress'], 'aws:SourceIp', RANGES],
  [['IpAddress', 'NotIpAddress'], 'aws:VpcSourceIp', ['10.0.0.0/8', '1.0.0.0/8', '0.0.0.0/0']],
  [[...TEXT, ...FOLDED], 'aws:PrincipalOrgID', ['o-insideinsi', 'o-partnerpar', 'o-*']],
  [TEXT, 'aws:PrincipalOrgPaths', ['o-insideinsi/*', 'o-partnerpar/r-ab12/', 'o-partnerpar/*', 'o-*']],
  [TEXT, 'aws:PrincipalAccount', [OWNER, '222222222222', '2*', '*']],
  [ARN, 'aws:PrincipalArn', ['arn:aws:iam::222222222222:user/alice', 'arn:aws:iam::*:role/*', 'arn:aws:iam::*:user/a*']],
  // In StringLike a star crosses colons.
  [['StringLike', 'StringNotLike'], 'aws:PrincipalArn', ['arn:*:role/*', '*:user/a*', 'arn:aws:iam::222222222222:*']],
  [['StringLike', 'StringNotLike'], 'aws:SourceArn', ['arn:*:trail/t', 'arn:aws:s3:*']],
  [[...TEXT, ...FOLDED], 'aws:username', ['alice', 'ALICE', 'a*']],
  [['StringEquals', 'StringNotEquals'], 'aws:PrincipalType', ['Anonymous', 'User', 'AssumedRole', 'Account']],
  [
    ['StringEquals', 'StringLike', 'StringNotLike'],
    'aws:userid',
    ['anonymous', 'AIDAEXAMPLE', 'AROAEXAMPLE:*', 'AROA*', '*:session'],
  ],
  [TEXT, 'aws:PrincipalTag/team', ['yellow', 'Yell*', '*']],
  [['Bool'], 'aws:SecureTransport', ['true', 'false']],
  [['NumericLessThan', 'NumericGreaterThanEquals'], 's3:TlsVersion', ['1.2', '1.3']],
  [['Bool'], 'aws:ViaAWSService', ['true', 'false']],
  [['Bool'], 'aws:PrincipalIsAWSService', ['true', 'false']],
  [['Bool'], 'aws:MultiFactorAuthPresent', ['true', 'false']],
  [['NumericLessThan', 'NumericGreaterThanEquals'], 'aws:MultiFactorAuthAge', ['3600']],
  [['StringEquals', 'StringNotEquals'], 'aws:CalledVia', ['athena.amazonaws.com', 'kms.amazonaws.com']],
  [['StringLike', 'StringNotLike'], 'aws:CalledVia', ['athena.*', 'kms.*']],
  [TEXT, 'aws:SourceVpce', ['vpce-11111111', 'vpce-22222222', 'vpce-*']],
  [['StringEquals', 'StringNotEquals'], 'aws:SourceVpc', ['vpc-11111111', 'vpc-22222222']],
  [[...TEXT, ...FOLDED], 'aws:Referer', ['https://example.com/', 'https://*', 'OTHER']],
  [TEXT, 's3:prefix', ['public/', 'public/*', '']],
  [['NumericLessThanEquals', 'NumericGreaterThan', 'NumericEquals', 'NumericNotEquals'], 's3:max-keys', ['10', '100']],
  [['NumericLessThan', 'NumericGreaterThan'], 's3:signatureAge', ['60000']],
  [['StringEquals', 'StringNotEquals'], 's3:x-amz-acl', ['public-read', 'bucket-owner-full-control']],
  [TEXT, 's3:ExistingObjectTag/team', ['yellow', 'Yell*']],
  [['StringEquals', 'StringNotEquals'], 's3:RequestObjectTagKeys', ['team', 'owner']],
  [['StringLike', 'StringNotLike'], 's3:RequestObjectTagKeys', ['owner', 't*']],
  [
    ['DateLessThan', 'DateGreaterThan', 'DateNotEquals'],
    'aws:CurrentTime',
    ['2020-01-01T00:00:00Z', '2030-01-01T00:00:00Z', '1577836800'],
  ],
  [['NumericLessThan', 'NumericGreaterThan', 'DateGreaterThan'], 'aws:EpochTime', ['1577836800', '1893456000']],
  [['DateLessThan', 'DateGreaterThan'], 'aws:TokenIssueTime', ['2020-01-01T00:00:00Z']],
  [
    ARN,
    'aws:SourceArn',
    ['arn:aws:s3:::source-bucket', 'arn:aws:cloudtrail:*:222222222222:trail/*', 'arn:aws:cloudtrail:*:*:trail/*'],
  ],
  [TEXT, 'aws:SourceAccount', [OWNER, '222222222222', '9*']],
  [['StringEquals', 'StringNotEquals'], 'aws:SourceOrgID', ['o-insideinsi', 'o-partnerpar']],
]

/** Comparisons of one key with another, by policy variables. */
const WITH_VARIABLES: readonly (readonly [operators: readonly string[], key: string, values: readonly string[]])[] = [
  [TEXT, 's3:prefix', [`\${aws:username}`, `\${aws:username}/*`, `\${aws:username, 'guest'}/*`]],
  [
    ['StringEquals', 'StringNotEquals'],
    's3:ExistingObjectTag/team',
    [`\${aws:PrincipalTag/team}`, `\${AWS:principaltag/team, 'none'}`],
  ],
  [['StringEquals', 'StringNotEquals'], 'aws:Referer', [`\${aws:PrincipalOrgID}`, `\${aws:username}`]],
  [['StringEquals'], 'aws:PrincipalAccount', [`\${aws:ResourceAccount}`]],
  [['StringLike'], 's3:prefix', [`public/\${*}`]],
]

function comparing(
  table: readonly (readonly [operators: readonly string[], key: string, values: readonly string[]])[],
): fc.Arbitrary<readonly [string, string, Json]> {
  return fc.constantFrom(...table).chain(([operators, key, values]) =>
    fc
      .record({
        operator: fc.constantFrom(...operators),
        ifExists: fc.boolean(),
        quantifier: fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
        chosen: fc.subarray([...values], { minLength: 1, maxLength: Math.min(3, values.length) }),
        upper: fc.boolean(),
      })
      .map(({ operator, ifExists, quantifier, chosen, upper }) => [
        // How a key of many values is compared without a quantifier, the documents do not say.
        `${MANY_VALUED.has(key) && quantifier === '' ? 'ForAnyValue:' : quantifier}${operator}${ifExists ? 'IfExists' : ''}`,
        upper ? key.toUpperCase() : key,
        chosen.length === 1 ? chosen[0]! : chosen,
      ]),
  )
}

const MANY_VALUED = new Set(['aws:PrincipalOrgPaths', 'aws:CalledVia', 's3:RequestObjectTagKeys'])

const absence: fc.Arbitrary<readonly [string, string, Json]> = fc
  .tuple(
    fc.constantFrom(
      'aws:SourceIp',
      'aws:PrincipalOrgID',
      'aws:SourceVpce',
      'aws:Referer',
      'aws:username',
      's3:prefix',
      'aws:SourceArn',
      'aws:TokenIssueTime',
      's3:RequestObjectTagKeys',
      'aws:PrincipalTag/team',
    ),
    fc.boolean(),
  )
  .map(([key, absent]) => ['Null', key, String(absent)] as const)

const conditions = fc
  .array(
    fc.oneof(
      { arbitrary: comparing(COMPARISONS), weight: 12 },
      { arbitrary: absence, weight: 2 },
      { arbitrary: comparing(WITH_VARIABLES), weight: 1 },
    ),
    { maxLength: 3 },
  )
  .map((atoms) => {
    const block: Record<string, Members> = {}
    for (const [operator, key, values] of atoms) block[operator] = { ...block[operator], [key]: values }
    return block
  })

const PRINCIPALS: readonly Json[] = [
  '*',
  '*',
  '*',
  '*',
  { AWS: '*' },
  { AWS: '222222222222' },
  { AWS: 'arn:aws:iam::222222222222:user/alice' },
  { AWS: ['arn:aws:iam::333333333333:role/reader', 'arn:aws:iam::111111111111:root'] },
  { AWS: 'arn:aws:sts::333333333333:assumed-role/reader/nightly' },
  { AWS: 'arn:aws:iam::111111111111:root' },
  { AWS: ['222222222222', 'AIDAGONEGONEGONE1234'] },
  { CanonicalUser: CANONICAL_ID },
  { Service: 'cloudtrail.amazonaws.com' },
  { Service: ['logging.s3.amazonaws.com', 'cloudtrail.amazonaws.com'], AWS: 'arn:aws:iam::111111111111:root' },
]
const OTHERS: readonly Json[] = [
  { AWS: 'arn:aws:iam::111111111111:root' },
  { AWS: ['arn:aws:iam::222222222222:user/alice', 'arn:aws:iam::222222222222:root'] },
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
  `arn:aws:s3:::b/home/\${aws:username}/*`,
  `arn:aws:s3:::b/team/\${aws:PrincipalTag/team, 'none'}`,
]

const statement: fc.Arbitrary<Members> = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    principal: fc.constantFrom(...PRINCIPALS),
    but: fc.constantFrom(...OTHERS),
    others: fc.integer({ min: 0, max: 9 }),
    actions: fc.constantFrom(...ACTIONS),
    resources: fc.constantFrom(...RESOURCES),
    block: conditions,
  })
  .map(({ effect, principal, but, others, actions, resources, block }) => ({
    Effect: effect,
    ...(others === 0 ? { NotPrincipal: but } : { Principal: principal }),
    ...(others === 1 ? { NotAction: actions } : { Action: actions }),
    ...(others === 2 ? { NotResource: resources } : { Resource: resources }),
    ...(Object.keys(block).length > 0 ? { Condition: block } : {}),
  }))

/** A bucket policy over the vocabulary above: always understood in full. */
export const randomPolicy: fc.Arbitrary<Members> = fc
  .record({
    statements: fc.array(statement, { minLength: 1, maxLength: 4 }),
    alone: fc.boolean(),
    version: fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17'),
  })
  .map(({ statements, alone, version }) => ({
    Version: version,
    Statement: alone && statements.length === 1 ? statements[0]! : statements,
  }))

const grant = fc.record({
  Grantee: fc.constantFrom<Json>(
    { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
    { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers' },
    { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/s3/LogDelivery' },
    { Type: 'CanonicalUser', ID: 'owner' },
    { Type: 'CanonicalUser', ID: CANONICAL_ID },
  ),
  Permission: fc.constantFrom('READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL'),
})

function aclOf(grants: readonly object[]): Json {
  return { Owner: { ID: 'owner' }, Grants: grants as readonly Json[] }
}

const block = fc.constantFrom<Json>(
  null,
  null,
  { IgnorePublicAcls: true, BlockPublicAcls: true, BlockPublicPolicy: false, RestrictPublicBuckets: false },
  { IgnorePublicAcls: false, BlockPublicAcls: false, BlockPublicPolicy: true, RestrictPublicBuckets: true },
)

/** A resource control policy: it only ever denies, and names no principal but everyone. */
const control: fc.Arbitrary<Json> = fc
  .record({ actions: fc.constantFrom<Json>('s3:*', 's3:Get*', 's3:PutObject'), block: conditions })
  .map(({ actions, block: condition }) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: actions,
        Resource: '*',
        ...(Object.keys(condition).length > 0
          ? { Condition: condition }
          : { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      },
    ],
  }))

/** The settings of a bucket that count beside its policy. */
export const randomSettings: fc.Arbitrary<Members> = fc.record({
  acl: fc.array(grant, { maxLength: 2 }).map(aclOf),
  objectAcls: fc.oneof(
    { arbitrary: fc.constant<Json>(null), weight: 4 },
    { arbitrary: grant.map((one) => [{ Key: 'public/x', ...(aclOf([one]) as object) }] as Json), weight: 1 },
  ),
  objectOwnership: fc.constantFrom('BucketOwnerEnforced', 'ObjectWriter', 'ObjectWriter'),
  publicAccessBlock: block,
  accountPublicAccessBlock: fc.oneof({ arbitrary: fc.constant<Json>(null), weight: 3 }, { arbitrary: block, weight: 1 }),
  requestPayment: fc.constantFrom<Json>({ Payer: 'BucketOwner' }, { Payer: 'BucketOwner' }, { Payer: 'Requester' }),
  encryption: fc.constant(null),
  resourceControlPolicies: fc.oneof(
    { arbitrary: fc.constant<Json>(null), weight: 4 },
    { arbitrary: control.map((one) => [one]), weight: 1 },
  ),
})

/** The bucket as the decision takes it. */
export function configurationOf(policy: Json, settings: Readonly<Record<string, Json>>): ResourceConfiguration {
  const facets = Object.fromEntries(
    Object.entries({ policy, accessPoints: [], ...settings }).map(([facet, value]) => [
      facet,
      value === null ? ({ status: 'absent' } as const) : ({ status: 'read', value } as const),
    ]),
  )
  const resource = { id: BUCKET, type: 'AWS::S3::Bucket', account: OWNER, region: 'ap-northeast-1', name: 'b' }
  return { resource, facets }
}

/** The same bucket as the evaluator takes it. */
export function evaluatedOf(policy: Json, settings: Readonly<Record<string, Json>>): EvaluatedResource {
  return { type: 'AWS::S3::Bucket', arn: BUCKET, account: OWNER, policy, ...settings }
}

export const CONTEXT = { zone: ZONE, asOf: NOW } as const

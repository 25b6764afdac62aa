import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCESSES, type Json } from '../../../model/index.ts'
import { answerReachQuestion, parseReachQuestion } from '../../index.ts'
import { evaluate } from '../../testing/evaluator.ts'
import { questionOf, type TrickyCase, trickyCases } from '../../testing/tricky-cases.ts'
import { behind } from './passages.ts'

const OWNER = '111111111111'
const BUCKET = {
  type: 'AWS::S3::Bucket',
  arn: 'arn:aws:s3:::b',
  account: OWNER,
  region: 'ap-northeast-1',
  policy: null,
  acl: null,
  publicAccessBlock: null,
  accountPublicAccessBlock: null,
  objectOwnership: 'BucketOwnerEnforced',
  objectAcls: null,
}
const OPEN = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }
const DISTRIBUTION = `arn:aws:cloudfront::${OWNER}:distribution/E2EXAMPLE`

function policy(...statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements }
}

function answer(settings: object, related: readonly object[] = []) {
  const question = {
    id: 'q',
    asOf: '2023-05-31T00:00:00Z',
    resource: { ...BUCKET, ...settings },
    zone: { accounts: [OWNER] },
    related,
  }
  return answerReachQuestion(parseReachQuestion(question)).verdicts
}

function reasons(settings: object, related: readonly object[] = []): string {
  return answer(settings, related).read.because.join('; ')
}

describe('a website', () => {
  const website = { IndexDocument: { Suffix: 'index.html' } }
  const plainOnly = { ...OPEN, Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }

  it.each([
    {
      name: 'of an open bucket',
      settings: { policy: policy(OPEN), website },
      host: 'http://b.s3-website-ap-northeast-1.amazonaws.com',
    },
    {
      name: 'in a newer region',
      settings: { policy: policy(OPEN), website, region: 'eu-central-1' },
      host: 'http://b.s3-website.eu-central-1.amazonaws.com',
    },
  ])('$name is said to serve over plain HTTP', ({ settings, host }) => {
    expect(reasons(settings)).toContain(host)
  })

  it.each([
    { name: 'of a closed bucket', settings: { website } },
    { name: 'that refuses plain HTTP', settings: { policy: policy(OPEN, plainOnly), website } },
    {
      name: 'that only sends elsewhere',
      settings: { policy: policy(OPEN), website: { RedirectAllRequestsTo: { HostName: 'www.example.com' } } },
    },
    { name: 'whose requester pays', settings: { policy: policy(OPEN), website, requestPayment: { Payer: 'Requester' } } },
    { name: 'that is not set', settings: { policy: policy(OPEN), website: null } },
  ])('$name is not', ({ settings }) => {
    expect(reasons(settings)).not.toContain('s3-website')
  })
})

describe('a distribution in front', () => {
  const toService = {
    ...OPEN,
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Condition: { StringEquals: { 'AWS:SourceArn': DISTRIBUTION } },
  }
  const toIdentity = { ...OPEN, Principal: { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E3EXAMPLE' } }
  const origin = {
    DomainName: 'b.s3.ap-northeast-1.amazonaws.com',
    S3OriginConfig: { OriginAccessIdentity: 'origin-access-identity/cloudfront/E3EXAMPLE' },
  }
  const distribution = (config: object = {}) => ({
    type: 'AWS::CloudFront::Distribution',
    arn: DISTRIBUTION,
    account: OWNER,
    configuration: {
      Distribution: {
        DomainName: 'd111111abcdef8.cloudfront.net',
        DistributionConfig: { Enabled: true, Origins: { Quantity: 1, Items: [origin] }, DefaultCacheBehavior: {}, ...config },
      },
    },
  })
  const open = 'indirect: open to anyone through the distribution E2EXAMPLE at https://d111111abcdef8.cloudfront.net'

  it.each([
    { name: 'by its ARN', statement: toService, related: [distribution()], says: open, audience: 'none' },
    { name: 'by its identity', statement: toIdentity, related: [distribution()], says: open, audience: 'named' },
    {
      name: 'not read',
      statement: toService,
      related: [],
      says: 'the distribution, which was not read, decides',
      audience: 'none',
    },
    {
      name: 'switched off',
      statement: toService,
      related: [distribution({ Enabled: false })],
      says: 'is switched off',
      audience: 'none',
    },
    {
      name: 'with signed links only',
      statement: toService,
      related: [distribution({ DefaultCacheBehavior: { TrustedKeyGroups: { Enabled: true } } })],
      says: 'asks for signed links',
      audience: 'none',
    },
    {
      name: 'of another bucket',
      statement: toService,
      related: [distribution({ Origins: { Items: [{ DomainName: 'other.s3.amazonaws.com' }] } })],
      says: 'which was not read',
      audience: 'none',
    },
  ])('$name is said as indirect', ({ statement, related, says, audience }) => {
    expect(reasons({ policy: policy(statement) }, related)).toContain(says)
    expect(answer({ policy: policy(statement) }, related).read.audience).toBe(audience)
  })
})

it('says what a requester pays, and how', () => {
  expect(reasons({ policy: policy(OPEN), requestPayment: { Payer: 'Requester' } })).toContain('x-amz-request-payer')
})

it('asks through the access point that lets a request in, as that request names it', () => {
  const point = `arn:aws:s3:ap-northeast-1:${OWNER}:accesspoint/ap1`
  const handingOn = { ...OPEN, Condition: { StringEquals: { 's3:DataAccessPointAccount': OWNER } } }
  const accessPoints = [
    {
      Name: 'ap1',
      AccessPointArn: point,
      NetworkOrigin: 'Internet',
      PublicAccessBlockConfiguration: {},
      Policy: policy({ ...OPEN, Resource: `${point}/object/*` }),
    },
  ]
  expect(answer({ policy: policy(handingOn), accessPoints }).read.witness).toMatchObject({
    resource: `${point}/object/x`,
    context: { 's3:DataAccessPointArn': point, 's3:DataAccessPointAccount': OWNER, 's3:AccessPointNetworkOrigin': 'Internet' },
  })
})

describe('the bucket lets every witness in by another reading', () => {
  const plain = trickyCases()
    .filter(({ file }) => /^s3-(access-points|acls|controls|encryption|public)/.test(file))
    .flatMap(({ cases }) => cases)
    .filter(({ resource }) => (resource as { type?: string } | undefined)?.type === 'AWS::S3::Bucket')
    // Whose mail address it is, the other reading cannot know.
    .filter((tricky) => !JSON.stringify(tricky).includes('EmailAddress'))
  it.each(plain)('$name', (tricky: TrickyCase) => {
    const { verdicts } = answerReachQuestion(parseReachQuestion(questionOf(tricky)))
    const settings = tricky.resource as Record<string, Json>
    const listed = settings.objectAcls as { objects?: Json } | Json
    const byKey =
      listed !== null && typeof listed === 'object' && !Array.isArray(listed) && 'objects' in listed ? listed.objects! : listed
    for (const { witness } of Object.values(verdicts)) {
      if (!witness) continue
      const resource = { ...settings, type: 'AWS::S3::Bucket', arn: 'arn:aws:s3:::b', account: OWNER, policy: settings.policy! }
      const controls = settings.managementAccount === true || tricky.related ? null : (settings.resourceControlPolicies ?? null)
      const objectAcls = Array.isArray(byKey)
        ? (byKey as Json)
        : Object.entries((byKey ?? {}) as object).map(([Key, acl]) => ({ Key, ...acl }))
      const { allowed, why } = evaluate(behind(witness, 'arn:aws:s3:::b'), {
        ...resource,
        objectAcls,
        resourceControlPolicies: controls,
      })
      expect({ allowed, why, witness }).toMatchObject({ allowed: true })
    }
  })
})

const FACETS = [
  'policy',
  'acl',
  'publicAccessBlock',
  'accountPublicAccessBlock',
  'organizationPublicAccessBlock',
  'objectOwnership',
  'objectAcls',
  'encryption',
  'objectEncryption',
  'kmsKeys',
  'requestPayment',
  'website',
  'accessPoints',
  'vpcEndpoints',
  'resourceControlPolicies',
  'managementAccount',
]
const WORDS = [
  'Policy',
  'Statement',
  'Rules',
  'Grants',
  'Grantee',
  'AccessPointArn',
  'Regions',
  'VpcConfiguration',
  'DistributionConfig',
  'Origins',
  'Items',
  'PolicyDocument',
  'VpcEndpointId',
  'objects',
  'Key',
  'Owner',
  'SSEAlgorithm',
  'ApplyServerSideEncryptionByDefault',
  's3_attributes',
]
const anyJson = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>(
      'all',
      'vpce-22222222',
      'aws:kms',
      '{"Policy":{}}',
      `arn:aws:s3:ap-northeast-1:${OWNER}:accesspoint/x`,
      true,
    ),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...WORDS), tie('json'), { maxKeys: 4 }),
  ),
})).json

it('gives verdicts for any JSON in any facet, of a bucket and of what stands around it', () => {
  const handingOn = policy({
    ...OPEN,
    Condition: { StringEquals: { 's3:DataAccessPointAccount': OWNER, 'aws:SourceVpce': 'vpce-22222222' } },
  })
  const types = [
    'AWS::S3::AccessPoint',
    'AWS::S3::MultiRegionAccessPoint',
    'AWS::S3ObjectLambda::AccessPoint',
    'AWS::KMS::Key',
    'AWS::EC2::VPCEndpoint',
    'AWS::CloudFront::Distribution',
    'AWS::Account',
  ]
  const settings = fc.dictionary(fc.constantFrom(...FACETS), anyJson, { maxKeys: 5 })
  const around = fc
    .tuple(
      fc.constantFrom(...types),
      fc.dictionary(
        fc.constantFrom('policy', 'accessPoint', 'configuration', 'publicAccessBlock', 'keyMetadata', 'PolicyDocument'),
        anyJson,
      ),
    )
    .map(([type, facets]) => ({
      ...facets,
      type,
      arn: `arn:aws:s3:ap-northeast-1:${OWNER}:accesspoint/vpce-22222222`,
      account: OWNER,
    }))
  fc.assert(
    fc.property(settings, fc.array(around, { maxLength: 3 }), fc.boolean(), (facets, related, hands) => {
      const bucket = { ...BUCKET, ...(hands ? { policy: handingOn } : {}), ...facets }
      const resources = [bucket, ...related.filter(({ type }) => type.includes('AccessPoint'))]
      for (const resource of resources) {
        const question = { id: 'q', asOf: '2023-05-31T00:00:00Z', resource, zone: { accounts: [OWNER] }, related }
        const { verdicts } = answerReachQuestion(parseReachQuestion(question))
        for (const access of ACCESSES) expect(verdicts[access].because.length).toBeGreaterThan(0)
      }
    }),
    { numRuns: process.env.AJAR_NIGHTLY ? 20_000 : 400, seed: 11 },
  )
})

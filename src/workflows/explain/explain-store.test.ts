import { describe, expect, it } from 'vitest'
import { ACCESSES, type Json } from '../../model/index.ts'
import { parseReachQuestion } from '../../reachability/index.ts'
import { questionOf, trickyCases } from '../../reachability/testing/tricky-cases.ts'
import { explainStore } from './explain-store.ts'

const OWNER = '111111111111'
const REGION = 'ap-northeast-1'

function explained(question: unknown) {
  const { configuration, zone, asOf, related } = parseReachQuestion(question)
  return explainStore(configuration, { zone, asOf, related })
}

describe('the sources of an explanation', () => {
  it.each(trickyCases().filter(({ file }) => !/^(gcp|azure)-/.test(file)))(
    'hold every statement that a trace of $file names',
    ({ cases }) => {
      for (const tricky of cases) {
        const { traces, sources } = explained(questionOf(tricky))
        for (const step of ACCESSES.flatMap((access) => traces[access] ?? [])) {
          const source = sources.find(({ document }) => document === step.document)
          const place = source?.statements[step.statement - 1]
          expect({ name: tricky.name, step, place }).toMatchObject({ place: expect.anything() })
          if (step.sid !== null && place) {
            const lines = source!.lines.slice(place.first - 1, place.last).join('\n')
            expect({
              name: tricky.name,
              found: lines.includes(JSON.stringify(step.sid).slice(1, -1)) || !lines.includes('"Sid"'),
            }).toMatchObject({ found: true })
          }
        }
      }
    },
  )
})

const ALLOW = { Sid: 'Open', Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }
const DENY = {
  Sid: 'Shut',
  Effect: 'Deny',
  Principal: '*',
  Action: '*',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
}
const POLICY = { Version: '2012-10-17', Statement: [ALLOW, DENY] }
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Open', Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
}
const BUCKET = {
  type: 'AWS::S3::Bucket',
  arn: 'arn:aws:s3:::b',
  account: OWNER,
  region: REGION,
  policy: POLICY,
  acl: null,
  publicAccessBlock: null,
  accountPublicAccessBlock: null,
  objectOwnership: 'BucketOwnerEnforced',
  objectAcls: null,
}

const POINT = {
  type: 'AWS::S3::AccessPoint',
  arn: `arn:aws:s3:${REGION}:${OWNER}:accesspoint/ap1`,
  accessPoint: { Name: 'ap1', Bucket: 'b', NetworkOrigin: 'Internet', PublicAccessBlockConfiguration: {} },
  policy: POLICY,
}

interface Explained {
  readonly name: string
  readonly resource: { readonly type: string; readonly arn: string } & Readonly<Record<string, Json>>
  readonly related?: readonly object[]
  readonly documents: readonly string[]
}

it.each<Explained>([
  {
    name: 'queue, as its attributes are printed',
    resource: {
      type: 'AWS::SQS::Queue',
      arn: `arn:aws:sqs:${REGION}:${OWNER}:q`,
      policy: { Attributes: { QueueArn: `arn:aws:sqs:${REGION}:${OWNER}:q`, Policy: JSON.stringify(POLICY) } },
    },
    documents: ['queue policy'],
  },
  {
    name: 'key with a grant',
    resource: {
      type: 'AWS::KMS::Key',
      arn: `arn:aws:kms:${REGION}:${OWNER}:key/1234`,
      policy: POLICY,
      grants: [{ GranteePrincipal: 'arn:aws:iam::222222222222:root', Operations: ['Decrypt'] }],
    },
    documents: ['key policy', 'grants of the key'],
  },
  {
    name: 'function, as its policy is printed',
    resource: {
      type: 'AWS::Lambda::Function',
      arn: `arn:aws:lambda:${REGION}:${OWNER}:function:f`,
      functionUrl: null,
      policy: { Policy: JSON.stringify(POLICY), RevisionId: 'x' },
    },
    documents: ['function policy'],
  },
  {
    name: 'role',
    resource: {
      type: 'AWS::IAM::Role',
      arn: `arn:aws:iam::${OWNER}:role/r`,
      configuration: { Role: { AssumeRolePolicyDocument: TRUST } },
    },
    documents: ['role policy'],
  },
  { name: 'access point', resource: POINT, related: [BUCKET], documents: [`policy of ${POINT.arn}`, 'bucket policy'] },
])('shows the policies of a $name under the names that its traces use', ({ resource, related = [], documents }) => {
  const { traces, sources } = explained({
    id: 'x',
    asOf: '2023-05-31T00:00:00Z',
    resource: { account: OWNER, region: REGION, ...resource },
    related: related.map((each) => ({ account: OWNER, region: REGION, ...each })),
    zone: { accounts: [OWNER] },
  })
  expect(sources.map(({ document }) => document)).toEqual(documents)
  const steps = ACCESSES.flatMap((access) => traces[access] ?? [])
  expect(steps.length).toBeGreaterThan(0)
  expect([...new Set(steps.map(({ document }) => document))].sort()).toEqual([...documents].sort())
})

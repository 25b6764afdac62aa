import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCESSES } from '../model/index.ts'
import { answerReachQuestion, certifyReachQuestion, parseReachQuestion, ReachQuestionError } from './index.ts'

const RESOURCE = { type: 'AWS::S3::Bucket', arn: 'arn:aws:s3:::b', account: '111111111111', region: 'ap-northeast-1' }
const QUESTION = { id: 'q1', asOf: '2026-11-22T00:00:00Z', resource: RESOURCE, zone: { accounts: ['111111111111'] } }
const RUNS = { numRuns: process.env.AJAR_NIGHTLY ? 20_000 : 500, seed: 11 }

describe('parseReachQuestion', () => {
  it('takes null for read and not set, and what is not there for not read', () => {
    const { configuration } = parseReachQuestion({
      ...QUESTION,
      resource: { ...RESOURCE, policy: null, objectOwnership: 'ObjectWriter' },
    })
    expect(configuration.facets).toEqual({
      policy: { status: 'absent' },
      objectOwnership: { status: 'read', value: 'ObjectWriter' },
    })
  })

  it.each([
    { name: 'no object', question: 3, part: 'question' },
    { name: 'no moment', question: { ...QUESTION, asOf: 'yesterday' }, part: 'asOf' },
    { name: 'no resource', question: { ...QUESTION, resource: null }, part: 'resource' },
    { name: 'no ARN', question: { ...QUESTION, resource: { ...RESOURCE, arn: 'b' } }, part: 'resource.arn' },
    { name: 'no account', question: { ...QUESTION, resource: { ...RESOURCE, account: '1' } }, part: 'resource.account' },
    { name: 'a zone with an unknown list', question: { ...QUESTION, zone: { planets: [] } }, part: 'zone.planets' },
    { name: 'a range that is none', question: { ...QUESTION, zone: { cidrs: ['example.com'] } }, part: 'zone.cidrs[0]' },
  ])('names the part that is not understood: $name', ({ question, part }) => {
    expect(() => parseReachQuestion(question)).toThrowError(expect.objectContaining({ name: 'ReachQuestionError', part }))
  })
})

describe('certifyReachQuestion', () => {
  it('gives the verdicts of answerReachQuestion, with a certificate exactly where nobody gets in', () => {
    const settings = { ...QUESTION.resource, policy: null, acl: null, objectAcls: null, objectOwnership: 'BucketOwnerEnforced' }
    const resource = { ...settings, publicAccessBlock: null, accountPublicAccessBlock: null }
    const question = parseReachQuestion({ ...QUESTION, resource })
    const certified = Object.values(certifyReachQuestion(question).verdicts)
    expect(certified.map(({ certificate: _, ...verdict }) => verdict)).toEqual(
      Object.values(answerReachQuestion(question).verdicts),
    )
    expect(certified.map(({ audience, certificate }) => [audience, certificate?.audience])).toEqual(
      Array(5).fill(['none', 'none']),
    )
  })
})

describe('answerReachQuestion', () => {
  it('answers under the question’s id, for all accesses', () => {
    const answer = answerReachQuestion(parseReachQuestion(QUESTION))
    expect(answer.id).toBe('q1')
    expect(Object.keys(answer.verdicts)).toEqual(ACCESSES)
  })

  it.each([
    { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2EXAMPLE' },
    { Service: 'cloudfront.amazonaws.com' },
  ])('says that a door through a distribution is an indirect one: %j', (Principal) => {
    const Condition = { StringEquals: { 'aws:SourceArn': 'arn:aws:cloudfront::111111111111:distribution/E2EXAMPLE' } }
    const statement = {
      Effect: 'Allow',
      Principal,
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::b/*',
      ...('Service' in Principal ? { Condition } : {}),
    }
    const settings = {
      acl: null,
      publicAccessBlock: null,
      accountPublicAccessBlock: null,
      objectOwnership: 'BucketOwnerEnforced',
    }
    const policy = { Version: '2012-10-17', Statement: statement }
    const { verdicts } = answerReachQuestion(parseReachQuestion({ ...QUESTION, resource: { ...RESOURCE, ...settings, policy } }))
    expect(verdicts.read.because.join()).toContain('indirect')
  })

  it('says that a type is not modelled', () => {
    const budget = { type: 'AWS::Budgets::Budget', arn: 'arn:aws:budgets::111111111111:budget/b', account: '111111111111' }
    const { verdicts } = answerReachQuestion(parseReachQuestion({ ...QUESTION, resource: budget }))
    expect(verdicts.read).toMatchObject({
      audience: 'undecided',
      because: ['resources of type AWS::Budgets::Budget are not modelled'],
    })
  })

  it('gives a verdict or a named error for any JSON in any setting, and never takes a broken policy for a closed door', () => {
    const settings = [
      'policy',
      'acl',
      'publicAccessBlock',
      'accountPublicAccessBlock',
      'objectOwnership',
      'objectAcls',
      'encryption',
      'requestPayment',
      'resourceControlPolicies',
    ]
    const statement = fc.dictionary(
      fc.constantFrom('Effect', 'Principal', 'NotPrincipal', 'Action', 'Resource', 'Condition', 'Sid', 'Other'),
      fc.oneof(
        fc.jsonValue(),
        fc.constantFrom<unknown>('Allow', 'Deny', '*', 's3:GetObject', { AWS: '*' }, { Bool: { 'aws:SecureTransport': 'true' } }),
      ),
    )
    const policy = fc.oneof(
      fc.jsonValue(),
      fc.record({ Version: fc.constant('2012-10-17'), Statement: fc.oneof(statement, fc.array(statement)) }),
    )
    const resource = fc
      .dictionary(fc.constantFrom(...settings), fc.oneof(fc.jsonValue(), policy))
      .map((facets) => ({ ...RESOURCE, ...facets }))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          resource.map((asked) => ({ ...QUESTION, resource: asked })),
        ),
        (question) => {
          let parsed: ReturnType<typeof parseReachQuestion>
          try {
            parsed = parseReachQuestion(question)
          } catch (error) {
            expect(error).toBeInstanceOf(ReachQuestionError)
            return
          }
          const { verdicts } = answerReachQuestion(parsed)
          if (parsed.configuration.facets.policy === undefined) expect(verdicts.read.audience).toBe('undecided')
        },
      ),
      RUNS,
    )
  })
})

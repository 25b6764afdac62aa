import fc from 'fast-check'
import type { Json } from '../../src/model/index.ts'
import { BUCKET } from './configure.ts'

type Members = Record<string, Json>

const OBJECTS = `arn:aws:s3:::${BUCKET}/*`
const WHOLE = [`arn:aws:s3:::${BUCKET}`, OBJECTS]

/** Corners in which stores differ from AWS and from each other: quantifiers, absence, keys of identities, elements passed over. */
const CONDITIONS: readonly Members[] = [
  ...['ForAnyValue:', 'ForAllValues:', ''].flatMap((quantifier) => [
    { [`${quantifier}StringNotEquals`]: { 'aws:Referer': ['a', 'b'] } },
    { [`${quantifier}StringNotLike`]: { 'aws:UserAgent': 'read*' } },
    { [`${quantifier}StringEquals`]: { 'aws:Referer': 'a' } },
    { [`${quantifier}StringNotEquals`]: { 's3:prefix': 'p/' } },
    { [`${quantifier}StringLike`]: { 's3:prefix': 'p/*' } },
    { [`${quantifier}StringNotEquals`]: { 'aws:username': 'alice' } },
  ]),
  { StringEquals: { 'aws:username': 'alice' } },
  { StringEquals: { 'aws:principaltype': 'User' } },
  { StringLike: { 'aws:userid': '*' } },
  { StringLike: { 'aws:username': '?*' } },
  { StringEqualsIgnoreCase: { 'aws:Referer': 'ABC' } },
  { StringNotEqualsIgnoreCase: { 'aws:Referer': 'ABC' } },
  { StringEqualsIfExists: { 'aws:Referer': 'a' } },
  { StringNotEqualsIfExists: { 'aws:Referer': 'a' } },
  { StringEquals: { 'aws:referer': 'a' } },
  { StringEquals: { 'jwt:sub': 'somebody' } },
  { StringEquals: { 's3:x-amz-acl': 'public-read' } },
  { StringEquals: { 's3:ExistingObjectTag/class': 'open' } },
  { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' } },
  { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' } },
  ...['true', 'false'].flatMap((absent) =>
    ['aws:Referer', 'aws:username', 's3:prefix', 's3:max-keys', 'aws:SourceIp', 'aws:PrincipalArn'].map((key) => ({
      Null: { [key]: absent },
    })),
  ),
  { NumericNotEquals: { 's3:max-keys': '10' } },
  { NumericLessThan: { 's3:max-keys': '10' } },
  { NumericGreaterThanIfExists: { 's3:max-keys': '10' } },
  { NumericLessThanIfExists: { 's3:max-keys': '10' } },
  { DateNotEquals: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } },
  { DateLessThan: { 'aws:EpochTime': '1577836800' } },
  { Bool: { 'aws:SecureTransport': 'true' } },
  { Bool: { 'aws:SecureTransport': 'false' } },
  { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
  { NotIpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '0.0.0.0/1'] } },
  { StringEquals: { 'aws:Referer': 'a' }, StringLike: { 'aws:Referer': 'b*' } },
  { StringEquals: { 'aws:PrincipalOrgID': 'o-partnerpar' } },
  {},
]

const PRINCIPALS: readonly Members[] = [
  ...new Array<Members>(8).fill({ Principal: '*' }),
  { Principal: { AWS: '*' } },
  { Principal: { AWS: '**' } },
  { Principal: ['*'] },
  { Principal: { AWS: '222222222222' } },
  { Principal: { AWS: 'a*' } },
  { NotPrincipal: { AWS: '222222222222' } },
  { Principal: { CanonicalUser: 'a', AWS: '*' } },
]
const SUBJECTS: readonly Members[] = [
  { Action: 's3:*', Resource: WHOLE },
  { Action: 's3:*', Resource: WHOLE },
  { Action: 's3:GetObject', Resource: OBJECTS },
  { Action: 's3:GetObject', Resource: OBJECTS },
  { Action: 's3:GetObjectVersion', Resource: OBJECTS },
  { Action: 's3:GetObject*', Resource: OBJECTS },
  { Action: 's3:getobject', Resource: WHOLE },
  { Action: 's3:?etObject', Resource: OBJECTS },
  { Action: '*', Resource: WHOLE },
  { Action: ['s3:ListBucket', 's3:ListBucketVersions'], Resource: WHOLE[0]! },
  { Action: 's3:ListBucketVersions', Resource: WHOLE[0]! },
  { Action: ['s3:PutObject', 's3:DeleteObject'], Resource: OBJECTS },
  { Action: 's3:PutBucketPolicy', Resource: WHOLE[0]! },
  { Action: 's3:*', Resource: `arn:aws:s3:::${BUCKET}*` },
  { Action: 's3:*', Resource: '*' },
  { NotAction: 's3:GetObject', Resource: WHOLE },
  { Action: 's3:*', NotResource: `arn:aws:s3:::${BUCKET}/x*` },
  { Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/\${aws:username}/*` },
]

/** A policy that tries the corners of a store's own dialect. */
export const randomDialectPolicy: fc.Arbitrary<Members> = fc
  .array(
    fc.record({
      effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
      principal: fc.constantFrom(...PRINCIPALS),
      subject: fc.constantFrom(...SUBJECTS),
      condition: fc.constantFrom(...CONDITIONS),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((statements) => ({
    Version: '2012-10-17',
    Statement: statements.map(({ effect, principal, subject, condition }) => ({
      Effect: effect,
      ...principal,
      ...subject,
      ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
    })),
  }))

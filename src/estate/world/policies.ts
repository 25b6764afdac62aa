import type { Json } from '../../model/index.ts'
import { COMPANY_CIDR, ORGANIZATION } from './accounts.ts'

type Statement = Record<string, Json>

function policy(...statements: Statement[]): Json {
  return { Version: '2012-10-17', Statement: statements }
}

function objectsOf(bucket: string): string {
  return `arn:aws:s3:::${bucket}/*`
}

function bucketAndObjectsOf(bucket: string): string[] {
  return [`arn:aws:s3:::${bucket}`, objectsOf(bucket)]
}

const OUTSIDE_ORGANIZATION = { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION.id } }

export function anyoneReads(bucket: string): Json {
  return policy({ Sid: 'PublicRead', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: objectsOf(bucket) })
}

export function anyoneReadsAndLists(bucket: string): Json {
  return policy({
    Sid: 'DealerAccess',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: ['s3:GetObject', 's3:ListBucket'],
    Resource: bucketAndObjectsOf(bucket),
  })
}

export function anyoneWrites(bucket: string): Json {
  return policy({ Sid: 'SupplierUpload', Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: objectsOf(bucket) })
}

export function partnerReads(bucket: string, account: string): Json {
  return policy(
    {
      Sid: 'PartnerRead',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: ['s3:GetObject', 's3:ListBucket'],
      Resource: bucketAndObjectsOf(bucket),
    },
    tlsOnly(bucket),
  )
}

export function companyNetworkReads(bucket: string): Json {
  return policy({
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: objectsOf(bucket),
    Condition: { IpAddress: { 'aws:SourceIp': [COMPANY_CIDR] } },
  })
}

/** Allows everybody and then denies everybody outside the organisation; a request without credentials lacks the key and is denied too. */
export function organizationOnlyByDeny(bucket: string): Json {
  return policy(
    {
      Sid: 'Readers',
      Effect: 'Allow',
      Principal: '*',
      Action: ['s3:GetObject', 's3:ListBucket'],
      Resource: bucketAndObjectsOf(bucket),
    },
    {
      Sid: 'OnlyUs',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: bucketAndObjectsOf(bucket),
      Condition: OUTSIDE_ORGANIZATION,
    },
  )
}

export function organizationOnlyByCondition(bucket: string): Json {
  return policy({
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 's3:GetObject',
    Resource: objectsOf(bucket),
    Condition: { StringEquals: { 'aws:principalorgid': ORGANIZATION.id }, IpAddress: { 'aws:SourceIp': COMPANY_CIDR } },
  })
}

/** A grant to everyone that a flat Deny takes back. */
export function grantedAndDenied(bucket: string): Json {
  return policy(
    { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: objectsOf(bucket) },
    { Effect: 'Deny', Principal: '*', NotAction: 's3:PutObject', Resource: bucketAndObjectsOf(bucket) },
    { Effect: 'Deny', Principal: '*', Action: 's3:PutObject*', Resource: objectsOf(bucket) },
  )
}

/** Grants that name the wrong kind of resource, and so give nothing: reading the bucket, listing an object. */
export function deadGrants(bucket: string): Json {
  return policy(
    { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}` },
    { Effect: 'Allow', Principal: '*', Action: 's3:ListBucket', Resource: objectsOf(bucket) },
  )
}

/** One statement as an object and not a list, all but named roles denied. */
export function ownRolesOnly(bucket: string, account: string): Json {
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Deny',
      NotPrincipal: { AWS: [`arn:aws:iam::${account}:root`, `arn:aws:iam::${account}:role/call-centre-review`] },
      Action: 's3:*',
      Resource: bucketAndObjectsOf(bucket),
    },
  }
}

export function ownOrganizationAccounts(bucket: string, accounts: readonly string[]): Json {
  return policy(
    {
      Sid: 'OurAccounts',
      Effect: 'Allow',
      Principal: { AWS: accounts.map((id) => `arn:aws:iam::${id}:root`) },
      Action: ['s3:GetObject', 's3:ListBucket', 's3:PutObject'],
      Resource: bucketAndObjectsOf(bucket),
    },
    tlsOnly(bucket),
  )
}

export function distributionReads(bucket: string): Json {
  return policy({
    Sid: 'Distribution',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2QWRUHAPOMQZL' },
    Action: 's3:GetObject',
    Resource: objectsOf(bucket),
  })
}

/** What a log delivery service needs, pinned to the account it delivers for. */
export function serviceWrites(bucket: string, service: string, account: string): Json {
  return policy(
    {
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 's3:PutObject',
      Resource: objectsOf(bucket),
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    },
    {
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 's3:GetBucketAcl',
      Resource: `arn:aws:s3:::${bucket}`,
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    },
  )
}

export function tlsOnlyPolicy(bucket: string): Json {
  return policy(tlsOnly(bucket))
}

function tlsOnly(bucket: string): Statement {
  return {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: bucketAndObjectsOf(bucket),
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  }
}

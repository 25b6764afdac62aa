import type { Json, Reading, StoreExplanation } from '../../src/model/index.ts'
import { explainStore } from '../../src/workflows/index.ts'

const PORTAL = JSON.stringify(
  {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'DealerPortal',
        Effect: 'Allow',
        Principal: '*',
        Action: ['s3:GetObject', 's3:ListBucket'],
        Resource: ['arn:aws:s3:::dealer-files', 'arn:aws:s3:::dealer-files/*'],
      },
      {
        Sid: 'OnlyServices',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: 'arn:aws:s3:::dealer-files/*',
        Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
      },
      {
        Sid: 'PortalPagesOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::dealer-files/*',
        Condition: { StringNotLikeIfExists: { 'aws:Referer': 'https://portal.example/*' } },
      },
      { Sid: 'NoDeletes', Effect: 'Deny', Principal: '*', Action: 's3:Delete*', Resource: '*' },
    ],
  },
  null,
  2,
)

type Facets = Readonly<Record<string, Json | null>>

const CLOSED: Facets = {
  policy: null,
  acl: null,
  publicAccessBlock: null,
  accountPublicAccessBlock: null,
  objectOwnership: 'BucketOwnerEnforced',
  objectAcls: null,
}

function bucket(
  facets: Facets,
  files: Readonly<Record<string, { name: string; text: string }>> = {},
  name = 'dealer-files',
): StoreExplanation {
  const readings = Object.entries(facets).map(([facet, value]): [string, Reading<Json>] => [
    facet,
    value === null ? { status: 'absent' } : { status: 'read', value },
  ])
  const resource = {
    id: `arn:aws:s3:::${name}`,
    type: 'AWS::S3::Bucket',
    account: '111111111111',
    region: 'ap-southeast-2',
    name,
  }
  const zone = { organizations: [], accounts: ['111111111111'], cidrs: [], vpcs: [], vpcEndpoints: [], principals: [] }
  return explainStore({ resource, facets: Object.fromEntries(readings) }, { zone, asOf: '2023-05-09T00:00:00Z' }, files)
}

/** Open to anyone though three statements deny. */
export function portalStore(): StoreExplanation {
  return bucket({ ...CLOSED, policy: JSON.parse(PORTAL) }, { policy: { name: 'policy.json', text: PORTAL } })
}

export function shutStore(): StoreExplanation {
  return bucket(CLOSED)
}

/** Open to anyone by its access control list alone. */
export function listedStore(): StoreExplanation {
  const grantee = { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }
  return bucket({
    ...CLOSED,
    objectOwnership: 'ObjectWriter',
    acl: { Owner: { ID: 'owner' }, Grants: [{ Grantee: grantee, Permission: 'READ' }] },
  })
}

/** Nothing but the policy was read, and that one is not understood. */
export function unclearStore(): StoreExplanation {
  return bucket({ policy: { Version: '2012-10-17', Statement: [{ Effect: 'Permit' }] } })
}

/** A policy that does what it can to be more than text. */
export function hostileStore(): StoreExplanation {
  const sid = '</script><img src=x onerror=alert(1)>\u202e\u001b[31m'
  const policy: Json = {
    Version: '2012-10-17',
    Statement: [
      { Sid: sid, Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::dealer-files/${sid}*` },
      {
        Sid: `${sid}2`,
        Effect: 'Deny',
        Principal: '*',
        Action: '*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:Referer': `https://example.com/'"$(reboot)${sid}` } },
      },
    ],
  }
  return bucket({ ...CLOSED, policy }, { policy: { name: `${sid}.json`, text: JSON.stringify(policy, null, 1) } })
}

export const ALL_STORES = [
  { name: 'a store open in spite of three Denies', make: portalStore },
  { name: 'a store that is shut', make: shutStore },
  { name: 'a store open by its access control list', make: listedStore },
  { name: 'a store that is not understood', make: unclearStore },
  { name: 'a hostile policy', make: hostileStore },
] as const

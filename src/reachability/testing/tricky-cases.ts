import { readdirSync, readFileSync } from 'node:fs'

/**
 * A tricky case. `statements` are those of the bucket policy, each on top of: Allow to everyone of s3:GetObject on all objects
 * (null takes an element away); `policy` is the whole document instead. `settings` stand on top of a bucket with nothing set and
 * ACLs disabled; `unread` takes settings away. The owner is account 111111111111. `resource` is the whole of another type of
 * resource instead, as `ajar reach` takes it, and `related` the resources around it.
 */
export interface TrickyCase {
  readonly name: string
  readonly why: string
  readonly statements?: readonly object[]
  readonly policy?: unknown
  readonly settings?: object
  readonly unread?: readonly string[]
  readonly resource?: object
  readonly related?: readonly object[]
  readonly zone?: object
  readonly expect: Readonly<Record<string, string>>
}

const STATEMENT = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }
const BUCKET = {
  type: 'AWS::S3::Bucket',
  arn: 'arn:aws:s3:::b',
  account: '111111111111',
  region: 'ap-northeast-1',
  policy: null,
  acl: { Owner: { ID: 'owner' }, Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'owner' }, Permission: 'FULL_CONTROL' }] },
  publicAccessBlock: null,
  accountPublicAccessBlock: null,
  objectOwnership: 'BucketOwnerEnforced',
  objectAcls: null,
  encryption: null,
  requestPayment: null,
}
const ZONE = {
  organizations: ['o-insideinsi'],
  accounts: ['111111111111'],
  cidrs: ['203.0.113.0/24'],
  vpcs: ['vpc-11111111'],
  vpcEndpoints: ['vpce-11111111'],
  principals: [],
}

const FOLDER = new URL('../cases/', import.meta.url)

/** The tricky cases by the file of their topic. */
export function trickyCases(): readonly { readonly file: string; readonly cases: readonly TrickyCase[] }[] {
  return readdirSync(FOLDER)
    .sort()
    .map((file) => ({ file, cases: JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as readonly TrickyCase[] }))
}

/** The question of a case as `ajar reach` takes it. */
export function questionOf({ resource, related = [], zone = ZONE, ...bucket }: TrickyCase): unknown {
  const question = { id: 'case', asOf: '2023-05-31T00:00:00Z', related, zone }
  return resource ? { ...question, resource } : { ...question, ...bucketQuestion(bucket) }
}

function bucketQuestion({ statements, policy, settings, unread = [] }: TrickyCase): object {
  const whole =
    policy ??
    (statements ? { Version: '2012-10-17', Statement: statements.map((statement) => ({ ...STATEMENT, ...statement })) } : null)
  const resource: Record<string, unknown> = { ...BUCKET, policy: whole, ...settings }
  for (const setting of unread) delete resource[setting]
  const document = JSON.stringify({ resource }, (_, value) => (value === null ? undefined : value))
  // Null takes an element out of a statement, but a setting that is null was read and is not set.
  const question = JSON.parse(document) as { resource: Record<string, unknown> }
  for (const [setting, value] of Object.entries(resource)) if (value === null) question.resource[setting] = null
  return question
}

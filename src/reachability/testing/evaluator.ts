import type { Json, Witness } from '../../model/index.ts'
import { arnMatches, conditionsHold, globOf, type RequestKeys, resolved } from './conditions-evaluator.ts'
import { listOf, memberOf, statementsOf, type StatementText, textsOf, versionOf } from './policy-text.ts'
import { publicByS3 } from './public-policy.ts'

/** A resource as its provider prints it, every setting read; null where a setting is not set. */
export interface EvaluatedResource {
  /** The provider's type name; ACLs, blocks and payment are of `AWS::S3::Bucket` only. */
  readonly type: string
  readonly arn: string
  readonly account: string
  readonly policy: Json
  /** Where `policy` is only the part that bears on a request: the whole, by which S3 calls it public or not. */
  readonly wholePolicy?: Json
  readonly resourceControlPolicies?: Json
  readonly acl?: Json
  /** ACLs of objects by key. */
  readonly objectAcls?: Json
  readonly objectOwnership?: Json
  readonly publicAccessBlock?: Json
  readonly accountPublicAccessBlock?: Json
  readonly requestPayment?: Json
}

export interface Decision {
  readonly allowed: boolean
  readonly why: string
}

/**
 * Whether one concrete request succeeds, by the documents' own order, top to bottom: what always denies, then what allows.
 * The sender's own account allows the sender everything, as an outsider's would. It shares nothing with the search.
 */
export function evaluate(request: Witness, resource: EvaluatedResource): Decision {
  const keys = keysOf(request)
  const isBucket = resource.type === 'AWS::S3::Bucket'
  const statements = statementsOf(resource.policy)

  // IAM, "Policy evaluation logic": an explicit deny in any policy is final.
  for (const [at, statement] of statements.entries()) {
    if (statement.Effect === 'Deny' && applies(statement, request, keys, versionOf(resource.policy))) {
      return { allowed: false, why: `denied by statement ${at + 1}` }
    }
  }
  // Organizations, "Resource control policies": they only ever deny, and bind outsiders and the anonymous alike.
  for (const [which, control] of listOf(resource.resourceControlPolicies ?? null).entries()) {
    for (const statement of statementsOf(control)) {
      if (statement.Effect === 'Deny' && applies(statement, request, keys, versionOf(control))) {
        return { allowed: false, why: `denied by resource control policy ${which + 1}` }
      }
    }
  }
  // S3, "Requester Pays buckets": "you cannot allow anonymous access".
  if (isBucket && request.principal.kind === 'anonymous' && memberOf(resource.requestPayment, 'Payer') === 'Requester') {
    return { allowed: false, why: 'the requester pays, and nobody pays for a request without credentials' }
  }
  // S3, "Blocking public access": RestrictPublicBuckets leaves services and the owner's account.
  if (
    isBucket &&
    blocks(resource, 'RestrictPublicBuckets') &&
    publicByS3(resource.wholePolicy ?? resource.policy) !== 'not-public'
  ) {
    const { principal } = request
    const inside = principal.kind === 'service' || (principal.kind === 'aws' && principal.account === resource.account)
    if (!inside) return { allowed: false, why: 'RestrictPublicBuckets shuts out all but the account and services' }
  }

  for (const [at, statement] of statements.entries()) {
    if (statement.Effect === 'Allow' && applies(statement, request, keys, versionOf(resource.policy))) {
      return { allowed: true, why: `allowed by statement ${at + 1}` }
    }
  }
  if (isBucket && aclAllows(request, resource)) return { allowed: true, why: 'allowed by an ACL' }
  return { allowed: false, why: 'nothing allows it' }
}

/** "Key names are case-insensitive." */
export function keysOf({ context }: Pick<Witness, 'context'>): RequestKeys {
  const known = KEYS.get(context)
  if (known) return known
  const keys = new Map<string, readonly string[]>()
  for (const [key, value] of Object.entries(context)) keys.set(key.toLowerCase(), typeof value === 'string' ? [value] : value)
  KEYS.set(context, keys)
  return keys
}

// One context is asked about again and again.
const KEYS = new WeakMap<Witness['context'], RequestKeys>()

function applies(statement: StatementText, request: Witness, keys: RequestKeys, version: string): boolean {
  const variables = version === '2012-10-17'
  return (
    principalsMatch(statement, request) &&
    actionsMatch(statement, request.action) &&
    resourcesMatch(statement, request.resource, keys, variables) &&
    conditionsHold(statement.Condition, keys, variables)
  )
}

function actionsMatch({ Action, NotAction }: StatementText, action: string): boolean {
  const isNamed = (list: Json | undefined) =>
    textsOf(list).some((glob) => globOf([{ text: glob, literal: false }], 'i').test(action))
  return NotAction === undefined ? isNamed(Action) : !isNamed(NotAction)
}

function resourcesMatch({ Resource, NotResource }: StatementText, arn: string, keys: RequestKeys, variables: boolean): boolean {
  const isNamed = (list: Json | undefined) =>
    textsOf(list).some((written) => {
      if (written === '*') return true
      // "A resource that includes a policy variable with no value will not match any resource."
      const pieces = resolved(written, keys, variables)
      return pieces !== null && arnMatches(arn, pieces)
    })
  return NotResource === undefined ? isNamed(Resource) : !isNamed(NotResource)
}

/** Whether the statement is about the sender. */
export function principalsMatch({ Effect, Principal, NotPrincipal }: StatementText, request: Witness): boolean {
  if (NotPrincipal === undefined) return isAmong(Principal, request)
  // "When you use NotPrincipal with Deny, you must also specify the account ARN of the not-denied principal": whoever is not
  // listed by itself, or whose account is not, is denied. With Allow, everyone but those listed is allowed.
  if (Effect === 'Allow') return !isAmong(NotPrincipal, request)
  return !everyLevelListed(NotPrincipal, request)
}

const ACCOUNT = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/

/** Whether a Principal element names the sender. IAM, "JSON policy elements: Principal". */
function isAmong(principals: Json | undefined, { principal, context }: Witness): boolean {
  if (principals === '*') return true
  const of = (type: string) => textsOf(memberOf(principals, type))
  if (of('AWS').includes('*')) return true
  switch (principal.kind) {
    case 'service':
      return of('Service').includes(principal.service)
    case 'aws':
      return (
        of('CanonicalUser').includes(principal.arn) ||
        of('AWS').some(
          (entry) =>
            ACCOUNT.exec(entry)?.[1] === principal.account ||
            // A role stands for all its sessions; a session, a user, a federated user for itself.
            entry === context['aws:PrincipalArn'] ||
            entry === principal.arn,
        )
      )
    default:
      return false
  }
}

/** The user and its account; the session, its role and its account. */
function everyLevelListed(principals: Json, { principal, context }: Witness): boolean {
  if (principals === '*') return true
  const aws = textsOf(memberOf(principals, 'AWS'))
  if (aws.includes('*')) return true
  if (principal.kind === 'service') return textsOf(memberOf(principals, 'Service')).includes(principal.service)
  if (principal.kind !== 'aws') return false
  if (textsOf(memberOf(principals, 'CanonicalUser')).includes(principal.arn)) return true
  if (!aws.some((entry) => ACCOUNT.exec(entry)?.[1] === principal.account)) return false
  const own = context['aws:PrincipalArn']
  const isRoot = own === undefined || String(own).endsWith(':root')
  if (isRoot) return true
  return aws.includes(String(own)) && (own === principal.arn || aws.includes(principal.arn))
}

function blocks({ publicAccessBlock, accountPublicAccessBlock }: EvaluatedResource, setting: string): boolean {
  // "S3 applies the most restrictive combination of the bucket-level and account-level settings."
  return [publicAccessBlock, accountPublicAccessBlock].some((block) => memberOf(block, setting) === true)
}

/** S3, "Mapping of ACL permissions and access policy permissions". */
const BUCKET_PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  READ: ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
  // Whoever writes an object owns it, and the owner of an object deletes it.
  WRITE: ['s3:PutObject', 's3:DeleteObject'],
  READ_ACP: ['s3:GetBucketAcl'],
  WRITE_ACP: ['s3:PutBucketAcl'],
}
const OBJECT_PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  READ: ['s3:GetObject', 's3:GetObjectVersion'],
  WRITE: [],
  READ_ACP: ['s3:GetObjectAcl', 's3:GetObjectVersionAcl'],
  WRITE_ACP: ['s3:PutObjectAcl', 's3:PutObjectVersionAcl'],
}

function aclAllows(request: Witness, resource: EvaluatedResource): boolean {
  // The groups are of accounts and of those without any; no document has a service among them.
  if (request.principal.kind === 'service') return false
  // "Bucket owner enforced: ACLs are disabled and no longer affect permissions."
  if (resource.objectOwnership === 'BucketOwnerEnforced') return false
  if (grantsAllow(memberOf(resource.acl, 'Grants'), BUCKET_PERMISSIONS, request, resource)) return true
  return listOf(resource.objectAcls ?? null).some(
    (acl) =>
      request.resource === `${resource.arn}/${memberOf(acl, 'Key')}` &&
      grantsAllow(memberOf(acl, 'Grants'), OBJECT_PERMISSIONS, request, resource),
  )
}

function grantsAllow(
  grants: Json | undefined,
  permissions: Readonly<Record<string, readonly string[]>>,
  { principal, action }: Witness,
  resource: EvaluatedResource,
): boolean {
  return listOf(grants ?? null).some((grant) => {
    const permission = memberOf(grant, 'Permission') as string
    const actions = permission === 'FULL_CONTROL' ? Object.values(permissions).flat() : (permissions[permission] ?? [])
    if (!actions.includes(action)) return false
    const grantee = memberOf(grant, 'Grantee')
    const group = memberOf(grantee, 'URI')
    const isPublic = group === ALL_USERS || group === AUTHENTICATED_USERS
    if (isPublic && blocks(resource, 'IgnorePublicAcls')) return false
    if (group === ALL_USERS) return true
    // "Represents all AWS accounts. Any AWS account can access the resource, and all requests must be signed."
    if (group === AUTHENTICATED_USERS) return principal.kind === 'aws'
    return principal.kind === 'aws' && memberOf(grantee, 'ID') === principal.arn
  })
}

const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers'
const AUTHENTICATED_USERS = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers'

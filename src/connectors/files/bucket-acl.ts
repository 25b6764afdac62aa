import type { Json, Reading } from '../../model/index.ts'
import { at, booleanOf, isObject, type JsonObject, listAt, listOf, single, textAt } from './json-fields.ts'
import { notRead, read } from './observing.ts'

/** Stands for the bucket's owner in an ACL whose source does not name the owner's canonical id. */
export const BUCKET_OWNER = 'bucket-owner'

const GROUPS = {
  AllUsers: 'http://acs.amazonaws.com/groups/global/AllUsers',
  AuthenticatedUsers: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
  LogDelivery: 'http://acs.amazonaws.com/groups/s3/LogDelivery',
} as const
type Group = keyof typeof GROUPS

const PERMISSIONS: Readonly<Record<string, string>> = {
  fullcontrol: 'FULL_CONTROL',
  read: 'READ',
  write: 'WRITE',
  readacp: 'READ_ACP',
  writeacp: 'WRITE_ACP',
}

/** The canonical id that the canned ACL `aws-exec-read` grants to: Amazon EC2's. */
const EC2_ID = '6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c'

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const CANNED: Readonly<Record<string, readonly (readonly [Group | typeof EC2_ID, string])[]>> = {
  private: [],
  'public-read': [['AllUsers', 'READ']],
  'public-read-write': [
    ['AllUsers', 'READ'],
    ['AllUsers', 'WRITE'],
  ],
  'authenticated-read': [['AuthenticatedUsers', 'READ']],
  'aws-exec-read': [[EC2_ID, 'READ']],
  // On a bucket S3 ignores the two that are made for objects.
  'bucket-owner-read': [],
  'bucket-owner-full-control': [],
  'log-delivery-write': [
    ['LogDelivery', 'WRITE'],
    ['LogDelivery', 'READ_ACP'],
  ],
}

const GRANT_HEADERS = {
  'x-amz-grant-read': 'READ',
  'x-amz-grant-write': 'WRITE',
  'x-amz-grant-read-acp': 'READ_ACP',
  'x-amz-grant-write-acp': 'WRITE_ACP',
  'x-amz-grant-full-control': 'FULL_CONTROL',
} as const

/** An ACL as AWS Config writes it, in the shape of `aws s3api get-bucket-acl`; a grant that is not understood makes all of it not read. */
export function aclOfConfig(value: Json | undefined): Reading<Json> {
  const grants = listAt(value, 'grantList') ?? listAt(value, 'grantSet') ?? listAt(value, 'grants') ?? listAt(value, 'Grants')
  if (grants === null) return notRead('AWS Config recorded the ACL without its grants.')
  const owner = textAt(value, 'owner', 'id') ?? textAt(value, 'Owner', 'ID') ?? BUCKET_OWNER
  return aclOf(owner, grants.map(grantOf))
}

/** An ACL in the shape of the command line, checked grant by grant. */
export function aclOfCli(value: Json | undefined): Reading<Json> {
  const grants = listAt(value, 'Grants')
  return grants === null
    ? notRead('The ACL has no list of grants.')
    : aclOf(textAt(value, 'Owner', 'ID') ?? BUCKET_OWNER, grants.map(grantOf))
}

/** The ACL that the parameters of a PutBucketAcl or CreateBucket request set, or null where they set none. */
export function aclOfRequest(parameters: Json | undefined): Reading<Json> | null {
  const canned = single(at(parameters, 'x-amz-acl') ?? at(parameters, 'accessControlList', 'x-amz-acl'))
  if (typeof canned === 'string' && canned !== '') return cannedAcl(canned)
  const policy = at(parameters, 'AccessControlPolicy')
  if (policy !== undefined) return aclOfPolicy(policy)
  const headers = Object.entries(GRANT_HEADERS).flatMap(([name, permission]) => {
    const header = at(parameters, name) ?? at(parameters, 'accessControlList', name)
    return listOf(header).map((text) => [text, permission] as const)
  })
  if (headers.length === 0) return null
  return aclOf(
    BUCKET_OWNER,
    headers.flatMap(([text, permission]) => grantsOfHeader(text, permission)),
  )
}

/** The grants of a canned ACL on a bucket. */
export function cannedAcl(name: string): Reading<Json> {
  const grants = Object.hasOwn(CANNED, name) ? CANNED[name]! : null
  if (grants === null) return notRead('The request set a canned ACL that is not known.')
  const owner = { Grantee: { Type: 'CanonicalUser', ID: BUCKET_OWNER }, Permission: 'FULL_CONTROL' }
  const others = grants.map(([grantee, Permission]): JsonObject => {
    const Grantee: JsonObject =
      grantee === EC2_ID ? { Type: 'CanonicalUser', ID: EC2_ID } : { Type: 'Group', URI: GROUPS[grantee] }
    return { Grantee, Permission }
  })
  return read({ Owner: { ID: BUCKET_OWNER }, Grants: [owner, ...others] })
}

function aclOfPolicy(policy: Json): Reading<Json> {
  const list = at(policy, 'AccessControlList') ?? at(policy, 'Grants')
  if (list === undefined) return notRead('The request set an ACL that the event does not hold.')
  // An empty element in the request's XML leaves no grant at all.
  const grants = isObject(list) ? at(list, 'Grant') : list
  return aclOf(textAt(policy, 'Owner', 'ID') ?? BUCKET_OWNER, listOf(grants).map(grantOf))
}

function aclOf(owner: string, grants: readonly (JsonObject | null)[]): Reading<Json> {
  const known = grants.filter((grant) => grant !== null)
  if (known.length < grants.length) return notRead('The ACL holds a grant that is not understood.')
  return read({ Owner: { ID: owner }, Grants: known })
}

function grantOf(grant: Json): JsonObject | null {
  const permission = textAt(grant, 'permission') ?? textAt(grant, 'Permission')
  const Permission = PERMISSIONS[(permission ?? '').toLowerCase().replaceAll('_', '')]
  const Grantee = granteeOf(at(grant, 'grantee') ?? at(grant, 'Grantee'))
  return Permission === undefined || Grantee === null ? null : { Grantee, Permission }
}

function granteeOf(grantee: Json | undefined): JsonObject | null {
  if (typeof grantee === 'string') return groupOf(grantee)
  const uri = textAt(grantee, 'URI') ?? textAt(grantee, 'uri') ?? textAt(grantee, 'groupUri')
  if (uri !== null) return { Type: 'Group', URI: uri }
  const id = textAt(grantee, 'ID') ?? textAt(grantee, 'id') ?? textAt(grantee, 'identifier')
  if (id !== null) return groupOf(id) ?? { Type: 'CanonicalUser', ID: id }
  const email = textAt(grantee, 'EmailAddress') ?? textAt(grantee, 'emailAddress')
  return email === null ? null : { Type: 'AmazonCustomerByEmail', EmailAddress: email }
}

function groupOf(text: string): JsonObject | null {
  if (Object.hasOwn(GROUPS, text)) return { Type: 'Group', URI: GROUPS[text as Group] }
  return text.startsWith('http://acs.amazonaws.com/groups/') ? { Type: 'Group', URI: text } : null
}

function grantsOfHeader(header: Json, permission: string): (JsonObject | null)[] {
  if (typeof header !== 'string' || header.length > 16_384) return [null]
  return header.split(',').map((part) => {
    const [, kind, value] = /^\s*(id|uri|emailAddress)\s*=\s*"?([^"]+?)"?\s*$/i.exec(part) ?? []
    if (kind === undefined || value === undefined) return null
    return { Grantee: granteeOfHeader(kind.toLowerCase(), value), Permission: permission }
  })
}

function granteeOfHeader(kind: string, value: string): JsonObject {
  if (kind === 'uri') return { Type: 'Group', URI: value }
  return kind === 'id' ? { Type: 'CanonicalUser', ID: value } : { Type: 'AmazonCustomerByEmail', EmailAddress: value }
}

const BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const

/** The four switches of a public access block in the spelling of the command line; the provider takes one that is left out as off. */
export function publicAccessBlock(value: Json | undefined): Reading<Json> {
  if (!isObject(value)) return notRead('The public access block was recorded without its settings.')
  const settings = BLOCKS.map((name) => {
    const found = at(value, name) ?? at(value, name.charAt(0).toLowerCase() + name.slice(1))
    return [name, found === undefined || found === null ? false : booleanOf(found)] as const
  })
  if (settings.some(([, on]) => on === null))
    return notRead('The public access block holds a setting that is neither true nor false.')
  return read(Object.fromEntries(settings))
}

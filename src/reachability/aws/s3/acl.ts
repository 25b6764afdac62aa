import type { Json } from '../../../model/index.ts'
import { isRecord } from '../../readings.ts'
import { type Grant, type Grantee, grantOfAcl } from '../policy/grants.ts'
import { listIn, memberOf, textOf, unwrapped } from './native.ts'

/** A grant of an access control list as S3 prints it, with whom it lets in. */
export interface AclGrant {
  readonly grantee: Grantee
  readonly permission: string
}

/** What an access control list grants to others than its owner; `unclear` names grants of which that cannot be said. */
export interface ParsedAcl {
  readonly grants: readonly AclGrant[]
  readonly unclear: readonly string[]
}

const GROUPS = 'http://acs.amazonaws.com/groups/'
// S3's own log delivery and CloudFront's: services that write logs, not outsiders.
const LOG_DELIVERY_ID = 'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0'

/** Whose grants are no grants to outsiders. */
export interface Insiders {
  /** Canonical ids that are inside the zone. */
  readonly trusted: readonly string[]
  /** The bucket's owner, where an ACL of one of its objects is read; null where that is not known. */
  readonly bucketOwner?: string | null
}

/** An ACL as `aws s3api get-bucket-acl` prints it or AWS Config writes it; null where it has another shape. */
export function parseAcl(json: Json, insiders: Insiders): ParsedAcl | null {
  const acl = unwrapped(json, 'AccessControlList')
  if (!isRecord(acl)) return null
  const list = listIn(acl, 'Grants', 'grantList', 'grantSet')
  if (!list && isEmptyAcl(acl)) return { grants: [], unclear: [] }
  if (!list) return null
  const owner = textOf(memberOf(acl, 'Owner'), 'ID')
  const grants: AclGrant[] = []
  const unclear: string[] = []
  for (const entry of list) {
    const read = parseGrant(entry, owner, insiders)
    if (typeof read === 'string') unclear.push(read)
    else if (read) grants.push(read)
  }
  return { grants, unclear }
}

/** Who owns what the ACL is of, by canonical id; null where it does not say. */
export function aclOwner(json: Json): string | null {
  return textOf(memberOf(unwrapped(json, 'AccessControlList'), 'Owner'), 'ID')
}

/** An ACL that only names its owner grants nothing to others. */
function isEmptyAcl(acl: Json): boolean {
  return ['Grants', 'grantList', 'grantSet'].every((name) => (memberOf(acl, name) ?? null) === null)
}

const GROUP_WORDS: Readonly<Record<string, string>> = {
  AllUsers: `${GROUPS}global/AllUsers`,
  AuthenticatedUsers: `${GROUPS}global/AuthenticatedUsers`,
  LogDelivery: `${GROUPS}s3/LogDelivery`,
}
const PERMISSION_WORDS: Readonly<Record<string, string>> = {
  FullControl: 'FULL_CONTROL',
  Read: 'READ',
  Write: 'WRITE',
  ReadAcp: 'READ_ACP',
  WriteAcp: 'WRITE_ACP',
}

function parseGrant(entry: Json, owner: string | null, insiders: Insiders): AclGrant | string | null {
  const written = memberOf(entry, 'Grantee')
  const word = textOf(entry, 'Permission')
  const grantee = typeof written === 'string' ? { URI: GROUP_WORDS[written] ?? written } : written
  if (!isRecord(grantee) || word === null) return 'an ACL grant is not understood'
  const permission = Object.hasOwn(PERMISSION_WORDS, word) ? PERMISSION_WORDS[word]! : word
  if (!Object.hasOwn(BUCKET_ACTIONS, permission)) return `the ACL permission ${permission.slice(0, 40)} is not understood`
  const uri = textOf(grantee, 'URI')
  if (uri !== null) {
    if (uri === GROUP_WORDS.AllUsers) return { grantee: 'everyone', permission }
    if (uri === GROUP_WORDS.AuthenticatedUsers) return { grantee: 'authenticated', permission }
    return uri === GROUP_WORDS.LogDelivery ? null : `the ACL group ${uri.slice(0, 80)} is not understood`
  }
  const id = textOf(grantee, 'ID')
  if (id !== null) {
    if (id === LOG_DELIVERY_ID || insiders.trusted.includes(id) || id === insiders.bucketOwner) return null
    // Whoever put an object there from another account owns it, and is an outsider all the same.
    if (id === owner && (insiders.bucketOwner ?? owner) === owner) return null
    if (owner === null) return `the ACL grants ${permission} to a canonical id and does not say who the owner is`
    return { grantee: { canonicalId: id }, permission }
  }
  if (textOf(grantee, 'EmailAddress') !== null)
    return { grantee: { canonicalId: 'an account named by its mail address' }, permission }
  return 'an ACL grantee is not understood'
}

/** What a permission lets one do, on a bucket and on an object. S3, user guide: "Mapping of ACL permissions". */
const BUCKET_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  READ: ['s3:ListBucket', 's3:ListBucketVersions'],
  WRITE: ['s3:PutObject', 's3:DeleteObject'],
  READ_ACP: [],
  WRITE_ACP: ['s3:PutBucketAcl'],
  FULL_CONTROL: ['s3:ListBucket', 's3:ListBucketVersions', 's3:PutObject', 's3:DeleteObject', 's3:PutBucketAcl'],
}
const OBJECT_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  READ: ['s3:GetObject', 's3:GetObjectVersion'],
  WRITE: [],
  READ_ACP: [],
  WRITE_ACP: ['s3:PutObjectAcl'],
  FULL_CONTROL: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObjectAcl'],
}

export function bucketAclGrant({ grantee, permission }: AclGrant): Grant {
  return grantOfAcl(
    `the bucket ACL (${permission} to ${granteeName(grantee)})`,
    grantee,
    new Set(BUCKET_ACTIONS[permission]),
    null,
  )
}

/** With `key` null, some object that is not named. */
export function objectAclGrant({ grantee, permission }: AclGrant, key: string | null): Grant {
  const which = key === null ? 'an object' : `the object ${JSON.stringify(key)}`
  return grantOfAcl(
    `the ACL of ${which} (${permission} to ${granteeName(grantee)})`,
    grantee,
    new Set(OBJECT_ACTIONS[permission]),
    key,
  )
}

export function isPublicGrant({ grantee }: AclGrant): boolean {
  return typeof grantee === 'string'
}

/** What is known of the ACLs of a bucket's objects. */
export interface ObjectAcls {
  readonly objects: readonly { readonly key: string; readonly acl: ParsedAcl; readonly owner: string | null }[]
  /** Whether these are all objects there are; if not, the ACLs of the others were not read. */
  readonly complete: boolean
}

/**
 * ACLs of single objects: a list of `{"Key": …, "Owner": …, "Grants": […]}` or an object of key to ACL, which are complete, or
 * `{"complete": false, "objects": […]}`; null where it has another shape.
 */
export function parseObjectAcls(json: Json, insiders: Insiders): ObjectAcls | null {
  if (isRecord(json) && Array.isArray(json.objects)) {
    const inner = parseObjectAcls(json.objects as readonly Json[], insiders)
    return inner && { ...inner, complete: json.complete === true }
  }
  const entries: readonly (readonly [Json | undefined, Json])[] = Array.isArray(json)
    ? json.map((entry: Json) => [memberOf(entry, 'Key'), memberOf(entry, 'acl') ?? entry])
    : isRecord(json)
      ? Object.entries(json)
      : [[undefined, null]]
  const objects: { key: string; acl: ParsedAcl; owner: string | null }[] = []
  for (const [key, value] of entries) {
    const acl = typeof key === 'string' && key !== '' ? parseAcl(value, insiders) : null
    if (!acl) return null
    objects.push({ key: key as string, acl, owner: aclOwner(value) })
  }
  return { objects, complete: true }
}

function granteeName(grantee: Grantee): string {
  if (grantee === 'everyone') return 'AllUsers'
  return grantee === 'authenticated' ? 'AuthenticatedUsers' : `canonical id ${grantee.canonicalId.slice(0, 12)}…`
}

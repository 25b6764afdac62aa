import type { Json } from '../../../model/index.ts'
import { isRecord } from '../../readings.ts'
import { type Grant, type Grantee, grantOfAcl } from '../policy/grants.ts'

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

/** An ACL in the shape of `aws s3api get-bucket-acl`; null where it has another shape. `trusted` are canonical ids that are inside. */
export function parseAcl(json: Json, trusted: readonly string[]): ParsedAcl | null {
  if (!isRecord(json)) return null
  const list = json.Grants ?? []
  if (!Array.isArray(list)) return null
  const owner = isRecord(json.Owner) && typeof json.Owner.ID === 'string' ? json.Owner.ID : null
  const grants: AclGrant[] = []
  const unclear: string[] = []
  for (const entry of list) {
    const read = parseGrant(entry, owner, trusted)
    if (typeof read === 'string') unclear.push(read)
    else if (read) grants.push(read)
  }
  return { grants, unclear }
}

function parseGrant(entry: Json, owner: string | null, trusted: readonly string[]): AclGrant | string | null {
  if (!isRecord(entry) || !isRecord(entry.Grantee) || typeof entry.Permission !== 'string')
    return 'an ACL grant is not understood'
  const { Grantee: grantee, Permission: permission } = entry
  if (!(permission in BUCKET_ACTIONS)) return `the ACL permission ${permission.slice(0, 40)} is not understood`
  if (typeof grantee.URI === 'string') {
    if (grantee.URI === `${GROUPS}global/AllUsers`) return { grantee: 'everyone', permission }
    if (grantee.URI === `${GROUPS}global/AuthenticatedUsers`) return { grantee: 'authenticated', permission }
    return grantee.URI === `${GROUPS}s3/LogDelivery` ? null : `the ACL group ${grantee.URI.slice(0, 80)} is not understood`
  }
  if (typeof grantee.ID === 'string') {
    if (grantee.ID === owner || grantee.ID === LOG_DELIVERY_ID || trusted.includes(grantee.ID)) return null
    if (owner === null) return `the ACL grants ${permission} to a canonical id and does not say who the owner is`
    return { grantee: { canonicalId: grantee.ID }, permission }
  }
  if (typeof grantee.EmailAddress === 'string')
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

/**
 * ACLs of single objects: a list of `{"Key": …, "Owner": …, "Grants": […]}`, or an object of key to ACL; null where it has another shape.
 */
export function parseObjectAcls(
  json: Json,
  trusted: readonly string[],
): readonly { readonly key: string; readonly acl: ParsedAcl }[] | null {
  const entries: readonly (readonly [Json | undefined, Json])[] = Array.isArray(json)
    ? json.map((entry: Json) =>
        isRecord(entry) ? [entry.Key ?? entry.key, isRecord(entry.acl) ? entry.acl : entry] : [undefined, entry],
      )
    : isRecord(json)
      ? Object.entries(json)
      : [[undefined, null]]
  const read: { key: string; acl: ParsedAcl }[] = []
  for (const [key, value] of entries) {
    const acl = typeof key === 'string' && key !== '' ? parseAcl(value, trusted) : null
    if (!acl) return null
    read.push({ key: key as string, acl })
  }
  return read
}

function granteeName(grantee: Grantee): string {
  if (grantee === 'everyone') return 'AllUsers'
  return grantee === 'authenticated' ? 'AuthenticatedUsers' : `canonical id ${grantee.canonicalId.slice(0, 12)}…`
}

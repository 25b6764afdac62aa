import type { Json } from '../../../model/index.ts'
import { literalPattern } from '../../engine/patterns.ts'
import { isRecord, type Known } from '../../readings.ts'
import { NAME } from '../iam/environment.ts'
import type { Grants } from '../iam/context.ts'
import type { Grant } from '../iam/door.ts'
import { parseEntity, type Principal } from '../iam/principals.ts'

/**
 * What the roles of access control lists let do: on a bucket the same as the legacy bucket roles, on an object as the legacy object
 * roles (https://cloud.google.com/storage/docs/access-control/iam#acls).
 */
const BUCKET_ROLES: Readonly<Record<string, readonly string[]>> = {
  READER: ['storage.objects.list'],
  WRITER: ['storage.objects.list', 'storage.objects.create', 'storage.objects.delete'],
  OWNER: [
    'storage.objects.list',
    'storage.objects.create',
    'storage.objects.delete',
    'storage.buckets.setIamPolicy',
    'storage.buckets.update',
  ],
}
const OBJECT_ROLES: Readonly<Record<string, readonly string[]>> = {
  READER: ['storage.objects.get'],
  OWNER: ['storage.objects.get', 'storage.objects.setIamPolicy'],
}

type Resolve = (members: readonly Principal[]) => readonly Principal[]

/** The grants of a bucket's access control list. */
export function bucketAclGrants(json: Json, resolve: Resolve): Grants {
  return aclGrants(json, BUCKET_ROLES, "the bucket's access control list", null, resolve)
}

/** The grants of the objects' lists: `[{"name": "…", "acl": […]}]`, as objects are described, or lists by name. */
export function objectAclGrants(json: Json, bucket: string, resolve: Resolve): Grants {
  const entries: readonly (readonly [Json | undefined, Json | undefined])[] | null = Array.isArray(json)
    ? (json as readonly Json[]).map((entry) => (isRecord(entry) ? [entry.name ?? entry.key, entry.acl] : [undefined, undefined]))
    : isRecord(json)
      ? Object.entries(json)
      : null
  const grants: Grant[] = []
  for (const [name, acl] of entries ?? [[undefined, undefined]]) {
    if (typeof name !== 'string' || acl === undefined)
      return { problem: 'the access control lists of objects are not understood' }
    const ofObject = aclGrants(
      acl ?? [],
      OBJECT_ROLES,
      `the access control list of the object ${name}`,
      `projects/_/buckets/${bucket}/objects/${name}`,
      resolve,
    )
    if ('problem' in ofObject) return ofObject
    grants.push(...ofObject.known)
  }
  return { known: grants }
}

/** Whom a list names that is open to everybody, for a sentence; empty where it names nobody of the kind. */
export function publicEntities(json: Json): readonly string[] {
  if (!Array.isArray(json)) return []
  const entities = (json as readonly Json[]).flatMap((entry) => (isRecord(entry) ? [entry.entity] : []))
  return ['allUsers', 'allAuthenticatedUsers'].filter((name) => entities.includes(name))
}

function aclGrants(
  json: Json,
  roles: Readonly<Record<string, readonly string[]>>,
  label: string,
  object: string | null,
  resolve: Resolve,
): Known<readonly Grant[]> {
  if (!Array.isArray(json)) return { problem: `${label} is not understood` }
  const grants: Grant[] = []
  for (const entry of json as readonly Json[]) {
    const { entity, role } = isRecord(entry) ? entry : {}
    if (typeof entity !== 'string' || typeof role !== 'string') return { problem: `${label} is not understood` }
    const permissions = Object.hasOwn(roles, role) ? roles[role]! : null
    grants.push({
      label: `the entry ${entity} ${role} of ${label}`,
      members: resolve([parseEntity(entity)]),
      holds: (permission) => permissions?.includes(permission) ?? { problem: `the role ${role} of ${label} is not known` },
      condition: { kind: 'none' },
      within: object === null ? [] : [nameLiteral(object)],
      covers: (context) => object === null || context[NAME] === object,
    })
  }
  return { known: grants }
}

function nameLiteral(name: string): Grant['within'][number] {
  const values = { kind: 'patterns', patterns: [literalPattern(name)], negated: false } as const
  return { variable: NAME, constraint: { whenAbsent: false, values, quantifier: 'all' } }
}

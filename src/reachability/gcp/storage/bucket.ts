import type { Access, Json, ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import type { ReachContext } from '../../reach-model.ts'
import { decisive, isKnown, isRecord, type Known, narrowing } from '../../readings.ts'
import { facetOf } from '../facets.ts'
import { decideDoor } from '../iam/decide-door.ts'
import { googleContext, type GoogleContext, type Grants, type GrantSource } from '../iam/context.ts'
import type { Door, Grant, Use } from '../iam/door.ts'
import { isEnforced } from '../iam/organization-policy.ts'
import { parsePrincipal } from '../iam/principals.ts'
import { throughBoth } from '../perimeter.ts'
import { bucketAclGrants, objectAclGrants, publicEntities } from './acl.ts'
import { bucketOf, storageForms } from './forms.ts'
import { ipFilterSources } from './ip-filter.ts'
import { managedFolderGrants } from './managed-folders.ts'

const SERVICE = 'storage.googleapis.com'
const PREVENTION = 'storage.publicAccessPrevention'

/**
 * Who outside the zone can reach a bucket of Cloud Storage: the union of what organisation, folders, project, bucket and managed
 * folders grant and, while uniform bucket-level access is off, of what access control lists grant; less what deny policies take
 * away, and public access prevention, the IP filter and a perimeter. A key of the key service stops nobody: Cloud Storage itself
 * decrypts for whoever may read.
 */
export function decideBucket(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  return decideDoor(bucketDoor(configuration, context))
}

export function bucketDoor(configuration: ResourceConfiguration, context: ReachContext): Door {
  const google = googleContext(configuration, context, { service: SERVICE })
  const bucket = bucketOf(configuration.resource.id)
  const uniform = uniformAccess(configuration)
  const door = google.door({
    uses: usesOf(bucket),
    furtherGrants: [...aclsOf(configuration, bucket, uniform, google), ...foldersOf(configuration, bucket, uniform, google)],
    anonymousRefused: requesterPays(configuration),
  })
  const publicPrevented = prevention(configuration, google, door)
  const filter = ipFilterSources(
    facetOf(configuration, 'ipFilter', 'ipFilterConfig'),
    (project) => door.zone.standing(parsePrincipal(`projectOwner:${project}`)).kind === 'inside',
  )
  return {
    ...door,
    grants: door.grants.map((grant) => withoutAcls(grant, uniform)),
    publicPrevented,
    network: throughBoth(door.network, filter),
    remarks: remarksOf(configuration),
  }
}

function usesOf(bucket: string): Readonly<Record<Access, readonly Use[]>> {
  const { object, bucket: whole, managedFolder } = storageForms(bucket)
  return {
    read: [{ permission: 'storage.objects.get', on: object }],
    list: [{ permission: 'storage.objects.list', on: whole }],
    write: [{ permission: 'storage.objects.create', on: object }],
    delete: [{ permission: 'storage.objects.delete', on: object }],
    admin: [
      { permission: 'storage.buckets.setIamPolicy', on: whole },
      { permission: 'storage.buckets.update', on: whole },
      { permission: 'storage.objects.setIamPolicy', on: object },
      { permission: 'storage.managedFolders.setIamPolicy', on: managedFolder },
    ],
  }
}

/** Whether access control lists are out of force. */
function uniformAccess(configuration: ResourceConfiguration): Known<boolean> {
  const byItself = facetOf(configuration, 'uniformBucketLevelAccess')
  const reading = byItself ?? facetOf(configuration, 'iamConfiguration')
  return decisive<boolean>(
    reading,
    'uniform bucket-level access',
    (json) => {
      if (typeof json === 'boolean') return { known: json }
      if (!isRecord(json)) return { problem: 'uniform bucket-level access is not understood' }
      const setting = byItself ? json : (json.uniformBucketLevelAccess ?? json.bucketPolicyOnly ?? {})
      const enabled = isRecord(setting) ? (setting.enabled ?? false) : setting
      return typeof enabled === 'boolean' ? { known: enabled } : { problem: 'uniform bucket-level access is not understood' }
    },
    () => ({ known: false }),
  )
}

/** What prevents `allUsers` and `allAuthenticatedUsers`; null for nothing. The constraint acts on buckets that exist already. */
function prevention(
  configuration: ResourceConfiguration,
  { organizationPolicies }: GoogleContext,
  door: Door,
): Door['publicPrevented'] {
  const byItself = facetOf(configuration, 'publicAccessPrevention')
  const own = decisive<string>(
    byItself ?? facetOf(configuration, 'iamConfiguration'),
    'public access prevention of the bucket',
    (json) => {
      const value = byItself ? json : isRecord(json) ? (json.publicAccessPrevention ?? 'inherited') : null
      const known = typeof value === 'string' && ['enforced', 'inherited', 'unspecified'].includes(value)
      return known ? { known: value } : { problem: 'public access prevention of the bucket is not understood' }
    },
    () => ({ known: 'inherited' }),
  )
  if (isKnown(own) && own.known === 'enforced') return { known: 'public access prevention of the bucket' }
  const constraint = isEnforced(PREVENTION, organizationPolicies, {
    tags: door.tags,
    attribute: () => null,
    apiAttribute: () => ({ kind: 'unknown', what: '' }),
  })
  if (isKnown(constraint) && constraint.known) return { known: `the organisation policy ${PREVENTION}` }
  if (!isKnown(own)) return own
  return isKnown(constraint)
    ? { known: null }
    : { problem: `whether the organisation policy ${PREVENTION} is enforced is not known: ${constraint.problem}` }
}

function requesterPays(configuration: ResourceConfiguration): Known<string | null> {
  const billing = facetOf(configuration, 'requesterPays', 'billing')
  return narrowing<string | null>(
    billing,
    'requester pays',
    (json) => {
      const value = isRecord(json) ? (json.requesterPays ?? false) : json
      if (typeof value !== 'boolean') return { problem: 'requester pays is not understood' }
      return { known: value ? 'requester pays: a request without credentials has no project to be billed' : null }
    },
    null,
  )
}

function aclsOf(
  configuration: ResourceConfiguration,
  bucket: string,
  uniform: Known<boolean>,
  { resolve }: GoogleContext,
): readonly GrantSource[] {
  if (isKnown(uniform) && uniform.known) return []
  const none = (): Grants => ({ known: [] })
  const ofBucket = decisive(
    facetOf(configuration, 'acl'),
    "bucket's access control list",
    (json) => bucketAclGrants(json, resolve),
    none,
  )
  const ofObjects = decisive(
    facetOf(configuration, 'objectAcls'),
    'access control lists of objects',
    (json) => objectAclGrants(json, bucket, resolve),
    none,
  )
  return [
    { grants: unlessUniform(ofBucket, uniform), bearsOn: ['list', 'write', 'delete', 'admin'] },
    { grants: unlessUniform(ofObjects, uniform), bearsOn: ['read', 'admin'] },
  ]
}

/** Managed folders are there only with uniform bucket-level access. */
function foldersOf(
  configuration: ResourceConfiguration,
  bucket: string,
  uniform: Known<boolean>,
  { grantOf }: GoogleContext,
): readonly GrantSource[] {
  if (isKnown(uniform) && !uniform.known) return []
  const folders = decisive(
    facetOf(configuration, 'managedFolders'),
    'managed folders',
    (json) => managedFolderGrants(json, bucket, grantOf),
    (): Grants => ({ known: [] }),
  )
  return [{ grants: unlessUniform(folders, uniform) }]
}

/** Where it is not known whether lists or folders count, neither is what they grant. */
function unlessUniform(grants: Grants, uniform: Known<boolean>): Grants {
  return isKnown(uniform) ? grants : doubtful(grants, uniform.problem)
}

function doubtful(grants: Grants, problem: string): Grants {
  if (!isKnown(grants)) return grants
  return {
    known: grants.known.map((grant) => ({
      ...grant,
      holds: (permission) => (grant.holds(permission) === false ? false : { problem }),
    })),
  }
}

/** With uniform bucket-level access, the right to set the lists of objects changes nothing. */
function withoutAcls(grant: Grant, uniform: Known<boolean>): Grant {
  return {
    ...grant,
    holds: (permission) => {
      if (permission !== 'storage.objects.setIamPolicy') return grant.holds(permission)
      if (isKnown(uniform)) return !uniform.known && grant.holds(permission)
      return grant.holds(permission) === false ? false : { problem: uniform.problem }
    },
  }
}

function remarksOf(configuration: ResourceConfiguration): readonly string[] {
  const defaults = facetOf(configuration, 'defaultObjectAcl', 'defaultAcl')
  const named = defaults?.status === 'read' ? publicEntities(defaults.value as Json) : []
  return named.length > 0 ? [`the default list gives new objects to ${named.join(' and ')}`] : []
}

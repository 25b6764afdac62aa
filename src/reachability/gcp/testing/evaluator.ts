import { CelScalar, celMethod, isCelError, mapType, run } from '@bufbuild/cel'

/**
 * A simple evaluator of requests to a bucket, written from Google's documents and independent of the decision: one concrete request
 * at a time, conditions by another implementation of the language. It knows the vocabulary of the random buckets and no more.
 */
export interface ConcreteRequest {
  /** A member, or null for a request without credentials. */
  readonly member: string | null
  readonly permission: string
  /** The object or folder, or null for the bucket itself. */
  readonly object: string | null
  readonly listPrefix: string
  readonly address: string
}

export interface RawBinding {
  readonly role: string
  readonly members: readonly string[]
  readonly condition?: { readonly expression: string }
}

export interface RawPolicy {
  readonly bindings: readonly RawBinding[]
}

export interface RawDenyRule {
  readonly deniedPrincipals: readonly string[]
  readonly exceptionPrincipals: readonly string[]
  readonly deniedPermissions: readonly string[]
  readonly exceptionPermissions: readonly string[]
  readonly denialCondition?: { readonly expression: string }
}

export interface RawLevel {
  readonly name: string
  readonly iamPolicy: RawPolicy
  readonly denyPolicies: readonly { readonly rules: readonly { readonly denyRule: RawDenyRule }[] }[]
  readonly orgPolicies: readonly { readonly constraint: string; readonly booleanPolicy: { readonly enforced: boolean } }[]
}

interface AclEntry {
  readonly entity: string
  readonly role: string
}

export interface RawBucket {
  readonly iamPolicy: RawPolicy
  readonly acl: readonly AclEntry[]
  readonly objectAcls: readonly { readonly name: string; readonly acl: readonly AclEntry[] }[]
  readonly iamConfiguration: {
    readonly uniformBucketLevelAccess: { readonly enabled: boolean }
    readonly publicAccessPrevention: string
  }
  readonly managedFolders: readonly { readonly name: string; readonly iamPolicy: RawPolicy }[]
  readonly billing: { readonly requesterPays: boolean }
  readonly ipFilter: { readonly mode: string; readonly publicNetworkSource: { readonly allowedIpCidrRanges: readonly string[] } }
  readonly effectiveTags: readonly { readonly namespacedTagKey: string; readonly namespacedTagValue: string }[]
  readonly roles: readonly { readonly name: string; readonly includedPermissions: readonly string[] }[]
  readonly ancestors: readonly RawLevel[]
}

export const AS_OF = '2023-05-31T00:00:00Z'

/** Of each role what the modelled accesses need, from https://cloud.google.com/storage/docs/access-control/iam-roles. */
const ROLES: Readonly<Record<string, readonly string[]>> = {
  'roles/storage.objectViewer': ['storage.objects.get', 'storage.objects.list'],
  'roles/storage.objectCreator': ['storage.objects.create'],
  'roles/storage.objectAdmin': [
    'storage.objects.get',
    'storage.objects.list',
    'storage.objects.create',
    'storage.objects.delete',
    'storage.objects.setIamPolicy',
  ],
  'roles/storage.legacyBucketReader': ['storage.objects.list'],
  'roles/storage.legacyBucketWriter': ['storage.objects.list', 'storage.objects.create', 'storage.objects.delete'],
  'roles/storage.legacyObjectReader': ['storage.objects.get'],
  'roles/storage.legacyObjectOwner': ['storage.objects.get', 'storage.objects.setIamPolicy'],
  'roles/pubsub.viewer': [],
  'roles/viewer': [],
}
const BUCKET_ENTRIES: Readonly<Record<string, readonly string[]>> = {
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
const OBJECT_ENTRIES: Readonly<Record<string, readonly string[]>> = {
  READER: ['storage.objects.get'],
  OWNER: ['storage.objects.get', 'storage.objects.setIamPolicy'],
}

/** Whether the request succeeds. */
export function succeeds(request: ConcreteRequest, bucket: RawBucket): boolean {
  const uniform = bucket.iamConfiguration.uniformBucketLevelAccess.enabled
  if (request.permission === 'storage.objects.setIamPolicy' && uniform) return false
  if (request.member === null && bucket.billing.requesterPays) return false
  if (!passesFilter(request.address, bucket)) return false
  if (bucket.ancestors.some((level) => isDenied(request, level, bucket))) return false
  const policies = [bucket.iamPolicy, ...bucket.ancestors.map(({ iamPolicy }) => iamPolicy)]
  if (policies.some((policy) => policyGrants(policy, request, bucket))) return true
  return uniform ? foldersGrant(request, bucket) : listsGrant(request, bucket)
}

function policyGrants({ bindings }: RawPolicy, request: ConcreteRequest, bucket: RawBucket): boolean {
  return bindings.some(
    ({ role, members, condition }) =>
      permissionsOf(role, bucket).includes(request.permission) &&
      members.some((member) => grantedTo(member, request.member, bucket)) &&
      (condition === undefined || isTrue(condition.expression, request, bucket)),
  )
}

function permissionsOf(role: string, bucket: RawBucket): readonly string[] {
  return bucket.roles.find(({ name }) => name === role)?.includedPermissions ?? ROLES[role] ?? []
}

function grantedTo(member: string, who: string | null, bucket: RawBucket): boolean {
  if (member === 'allUsers') return !isPrevented(bucket)
  if (member === 'allAuthenticatedUsers') return who !== null && !isPrevented(bucket)
  if (member === 'projectViewer:shop-data') {
    const viewers = bucket.ancestors.flatMap(({ iamPolicy }) => iamPolicy.bindings).filter(({ role }) => role === 'roles/viewer')
    return viewers.some(({ members }) => members.some((viewer) => grantedTo(viewer, who, bucket)))
  }
  if (who === null) return false
  if (member.startsWith('domain:')) return who.endsWith(`@${member.slice('domain:'.length)}`)
  return member === who
}

function isPrevented({ iamConfiguration, ancestors }: RawBucket): boolean {
  if (iamConfiguration.publicAccessPrevention === 'enforced') return true
  const said = ancestors.flatMap(({ orgPolicies }) => orgPolicies)
  return (
    said.find(({ constraint }) => constraint === 'constraints/storage.publicAccessPrevention')?.booleanPolicy.enforced ?? false
  )
}

function foldersGrant(request: ConcreteRequest, bucket: RawBucket): boolean {
  return bucket.managedFolders.some(({ name, iamPolicy }) => {
    const isInside = request.permission === 'storage.objects.list' ? request.listPrefix : request.object
    return isInside?.startsWith(name) === true && policyGrants(iamPolicy, request, bucket)
  })
}

function listsGrant(request: ConcreteRequest, bucket: RawBucket): boolean {
  const gives = (entries: readonly AclEntry[], table: Readonly<Record<string, readonly string[]>>) =>
    entries.some(({ entity, role }) => table[role]?.includes(request.permission) && entryFor(entity, request.member, bucket))
  const lists = bucket.objectAcls.filter(({ name }) => name === request.object)
  return gives(bucket.acl, BUCKET_ENTRIES) || lists.some(({ acl }) => gives(acl, OBJECT_ENTRIES))
}

function entryFor(entity: string, who: string | null, bucket: RawBucket): boolean {
  if (entity === 'allUsers' || entity === 'allAuthenticatedUsers') return grantedTo(entity, who, bucket)
  const [kind, ...rest] = entity.split('-')
  return grantedTo(`${kind}:${rest.join('-')}`, who, bucket)
}

function isDenied(request: ConcreteRequest, { denyPolicies }: RawLevel, bucket: RawBucket): boolean {
  const permission = request.permission.replace('storage.', 'storage.googleapis.com/')
  const names = (patterns: readonly string[]) =>
    patterns.some((pattern) => pattern === permission || (pattern.endsWith('.*') && permission.startsWith(pattern.slice(0, -1))))
  const isOne = (principals: readonly string[]) =>
    principals.some(
      (principal) =>
        principal === 'principalSet://goog/public:all' ||
        principal === `principal://goog/subject/${request.member?.split(':')[1]}`,
    )
  return denyPolicies
    .flatMap(({ rules }) => rules)
    .some(
      ({ denyRule }) =>
        names(denyRule.deniedPermissions) &&
        !names(denyRule.exceptionPermissions) &&
        isOne(denyRule.deniedPrincipals) &&
        !isOne(denyRule.exceptionPrincipals) &&
        (denyRule.denialCondition === undefined || isTrue(denyRule.denialCondition.expression, request, bucket)),
    )
}

function passesFilter(address: string, { ipFilter }: RawBucket): boolean {
  return (
    ipFilter.mode === 'Disabled' || ipFilter.publicNetworkSource.allowedIpCidrRanges.some((range) => isWithin(address, range))
  )
}

export function isWithin(address: string, range: string): boolean {
  const numberOf = (text: string) => text.split('.').reduce((total, part) => total * 256 + Number(part), 0)
  const [base, bits] = range.split('/') as [string, string]
  const size = 2 ** (32 - Number(bits))
  return Math.floor(numberOf(address) / size) === Math.floor(numberOf(base) / size)
}

const answers = new Map<string, boolean>()

function isTrue(expression: string, { object, permission, listPrefix }: ConcreteRequest, { effectiveTags }: RawBucket): boolean {
  const kind = permission.startsWith('storage.managedFolders.') ? 'managedFolders' : 'objects'
  const types: Readonly<Record<string, string>> = { managedFolders: 'ManagedFolder', objects: 'Object' }
  const resource = {
    name: object === null ? 'projects/_/buckets/b' : `projects/_/buckets/b/${kind}/${object}`,
    type: `storage.googleapis.com/${object === null ? 'Bucket' : types[kind]}`,
    service: 'storage.googleapis.com',
  }
  const prefix = permission === 'storage.objects.list' ? listPrefix : ''
  const key = JSON.stringify([expression, resource, prefix, effectiveTags])
  const known = answers.get(key)
  if (known !== undefined) return known
  const map = mapType(CelScalar.STRING, CelScalar.DYN)
  const funcs = [
    celMethod('extract', CelScalar.STRING, [CelScalar.STRING], CelScalar.STRING, function (template) {
      const [before, after] = template.split(/\{\w+\}/) as [string, string]
      const quoted = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
      return new RegExp(`^.*?${quoted(before)}(.*${after === '' ? '' : '?'})${quoted(after)}`, 's').exec(String(this))?.[1] ?? ''
    }),
    celMethod('matchTag', map, [CelScalar.STRING, CelScalar.STRING], CelScalar.BOOL, (tag, value) =>
      effectiveTags.some((one) => one.namespacedTagKey === tag && one.namespacedTagValue.split('/').at(-1) === value),
    ),
    celMethod('getAttribute', map, [CelScalar.STRING, CelScalar.STRING], CelScalar.STRING, () => prefix),
  ]
  const time = run(`timestamp('${AS_OF}')`)
  if (isCelError(time)) throw time
  const answer = run(expression, { resource, request: { time }, api: { a: 1n } }, { funcs })
  // A problem of the expression itself would make the comparison empty.
  if (isCelError(answer) && /undeclared|unrecognized|no such (overload|key|field)|unbound/i.test(answer.message)) throw answer
  const result = answer === true
  answers.set(key, result)
  return result
}

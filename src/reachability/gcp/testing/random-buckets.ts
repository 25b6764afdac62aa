import fc from 'fast-check'
import type { RawBinding, RawBucket, RawDenyRule, RawLevel, RawPolicy } from './evaluator.ts'

const MEMBERS = [
  'allUsers',
  'allUsers',
  'allAuthenticatedUsers',
  'user:someone@partner.test',
  'domain:partner.test',
  'serviceAccount:app@somebody-elses.iam.gserviceaccount.com',
  'user:clerk@example.com',
  'group:staff@example.com',
  'deleted:user:someone@partner.test?uid=123',
  'projectViewer:shop-data',
]
const ROLES = [
  'roles/storage.objectViewer',
  'roles/storage.objectViewer',
  'roles/storage.objectCreator',
  'roles/storage.objectAdmin',
  'roles/storage.legacyBucketReader',
  'roles/storage.legacyBucketWriter',
  'roles/storage.legacyObjectReader',
  'roles/storage.legacyObjectOwner',
  'roles/pubsub.viewer',
  'projects/shop-data/roles/own',
]

/** Names that tell every combination of the conditions below apart. */
export const OBJECTS: readonly string[] = ['', '/', 'public/', 'other/', 'public/deep/'].flatMap((folder) =>
  ['x', 'x.csv', '2021', '2021.csv', 'a.csv', ''].map((name) => folder + name).filter((name) => name !== ''),
)
export const PREFIXES: readonly string[] = ['', 'public/', 'public/x', 'public/deep/', 'other/', 'x']

const OBJECT = 'projects/_/buckets/b/objects'
const ATOMS = [
  `resource.name.startsWith('${OBJECT}/public/')`,
  "resource.name.endsWith('.csv')",
  "resource.name.contains('2021')",
  `resource.name == '${OBJECT}/public/a.csv'`,
  `resource.name in ['${OBJECT}/x', '${OBJECT}/other/x', 'projects/_/buckets/b']`,
  "resource.name.extract('/objects/{folder}/') == 'public'",
  "resource.name.extract('/objects/{folder}/') != ''",
  "resource.name.extract('/objects/{rest}') == 'public/x.csv'",
  "resource.type == 'storage.googleapis.com/Object'",
  "resource.type != 'storage.googleapis.com/Object'",
  "resource.service == 'storage.googleapis.com'",
  "request.time < timestamp('2023-06-01T00:00:00Z')",
  "request.time.getHours('Asia/Tokyo') < 9",
  'request.time.getFullYear() in [2023, 2024]',
  "request.time.getHours('Nowhere/Place') >= 0",
  '1 / 0 == 1',
  "resource.matchTag('1001/data', 'open')",
  "api.getAttribute('storage.googleapis.com/objectListPrefix', '').startsWith('public/')",
  'true',
  'false',
]

const expression: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: fc.constantFrom(...ATOMS), weight: 5 },
    { arbitrary: tie('any').map((inner) => `!(${inner})`), weight: 1 },
    { arbitrary: fc.tuple(tie('any'), tie('any')).map(([a, b]) => `(${a} && ${b})`), weight: 2 },
    { arbitrary: fc.tuple(tie('any'), tie('any')).map(([a, b]) => `(${a} || ${b})`), weight: 2 },
    { arbitrary: fc.tuple(tie('any'), tie('any'), tie('any')).map(([a, b, c]) => `((${a}) ? ${b} : ${c})`), weight: 1 },
  ),
})).any

function binding(roles: readonly string[]): fc.Arbitrary<RawBinding> {
  return fc
    .record({
      role: fc.constantFrom(...roles),
      members: fc.uniqueArray(fc.constantFrom(...MEMBERS), { minLength: 1, maxLength: 2 }),
      condition: fc.option(expression, { nil: undefined }),
    })
    .map(({ role, members, condition }) =>
      condition === undefined ? { role, members } : { role, members, condition: { expression: condition } },
    )
}

function policy(most: number): fc.Arbitrary<RawPolicy> {
  return fc.array(binding(ROLES), { maxLength: most }).map((bindings) => ({ bindings }))
}

const TAGGED = ["resource.matchTag('1001/data', 'open')", "!resource.matchTag('1001/data', 'open')"]

/** A deny rule over the vocabulary. */
export const denyRule: fc.Arbitrary<RawDenyRule> = fc
  .record({
    deniedPrincipals: fc.constantFrom(['principalSet://goog/public:all'], ['principal://goog/subject/someone@partner.test']),
    exceptionPrincipals: fc.constantFrom<readonly string[]>(
      [],
      [],
      ['principal://goog/subject/someone@partner.test'],
      ['principal://goog/subject/clerk@example.com'],
    ),
    deniedPermissions: fc.constantFrom(
      ['storage.googleapis.com/objects.get'],
      ['storage.googleapis.com/objects.*'],
      ['storage.googleapis.com/objects.list', 'storage.googleapis.com/buckets.*'],
    ),
    exceptionPermissions: fc.constantFrom<readonly string[]>([], [], ['storage.googleapis.com/objects.create']),
    condition: fc.option(fc.constantFrom(...TAGGED), { nil: undefined, freq: 2 }),
  })
  .map(({ condition, ...rule }) => (condition === undefined ? rule : { ...rule, denialCondition: { expression: condition } }))

function level(name: string): fc.Arbitrary<RawLevel> {
  const viewer = fc
    .uniqueArray(fc.constantFrom('user:someone@partner.test', 'user:clerk@example.com', 'group:staff@example.com'), {
      minLength: 1,
      maxLength: 2,
    })
    .map((members) => ({ role: 'roles/viewer', members }))
  return fc
    .record({
      inherited: policy(1),
      viewers: fc.array(viewer, { maxLength: 1 }),
      rules: fc.array(denyRule, { maxLength: 1 }),
      prevents: fc.option(fc.boolean(), { freq: 2, nil: null }),
    })
    .map(({ inherited, viewers, rules, prevents }) => ({
      name,
      iamPolicy: { bindings: [...inherited.bindings, ...viewers] },
      denyPolicies: rules.length === 0 ? [] : [{ rules: rules.map((rule) => ({ denyRule: rule })) }],
      orgPolicies:
        prevents === null
          ? []
          : [{ constraint: 'constraints/storage.publicAccessPrevention', booleanPolicy: { enforced: prevents } }],
    }))
}

const entry = fc.record({
  entity: fc.constantFrom(
    'allUsers',
    'allAuthenticatedUsers',
    'user-someone@partner.test',
    'domain-partner.test',
    'user-clerk@example.com',
  ),
  role: fc.constantFrom('READER', 'OWNER'),
})

/** A bucket and what is above it: always understood in full. */
export const randomBucket: fc.Arbitrary<RawBucket> = fc.record({
  iamPolicy: policy(3),
  acl: fc.array(
    fc.oneof(
      entry,
      entry.map((one) => ({ ...one, role: 'WRITER' })),
    ),
    { maxLength: 2 },
  ),
  objectAcls: fc.array(
    fc.record({ name: fc.constantFrom('x', 'public/x.csv', 'other/2021'), acl: fc.array(entry, { maxLength: 2 }) }),
    {
      maxLength: 2,
    },
  ),
  iamConfiguration: fc.record({
    uniformBucketLevelAccess: fc.record({ enabled: fc.boolean() }),
    publicAccessPrevention: fc.constantFrom('inherited', 'inherited', 'inherited', 'enforced'),
  }),
  managedFolders: fc.array(fc.record({ name: fc.constantFrom('public/', 'other/', 'public/deep/'), iamPolicy: policy(1) }), {
    maxLength: 1,
  }),
  billing: fc.record({ requesterPays: fc.constantFrom(false, false, false, true) }),
  ipFilter: fc
    .constantFrom<readonly string[] | null>(null, null, null, ['198.51.100.0/24'], ['0.0.0.0/1'], ['203.0.113.0/24'], [])
    .map((ranges) => ({
      mode: ranges === null ? 'Disabled' : 'Enabled',
      publicNetworkSource: { allowedIpCidrRanges: ranges ?? [] },
    })),
  effectiveTags: fc.constantFrom([], [{ namespacedTagKey: '1001/data', namespacedTagValue: '1001/data/open' }]),
  roles: fc.constant([
    { name: 'projects/shop-data/roles/own', includedPermissions: ['storage.objects.get', 'storage.buckets.setIamPolicy'] },
  ]),
  ancestors: fc.tuple(level('projects/shop-data'), level('organizations/1001')),
})

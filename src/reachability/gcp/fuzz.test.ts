import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCESSES, type Json } from '../../model/index.ts'
import { GCP_MODELS } from './registry.ts'

const RUNS = process.env.AJAR_NIGHTLY ? 3_000 : 100
const ZONE = {
  organizations: [],
  accounts: ['shop-data'],
  cidrs: [],
  vpcs: [],
  vpcEndpoints: [],
  principals: [],
  domains: ['example.com'],
}
const FACETS = [
  'iamPolicy',
  'acl',
  'objectAcls',
  'defaultObjectAcl',
  'iamConfiguration',
  'managedFolders',
  'ancestors',
  'roles',
  'effectiveTags',
  'organizationPolicies',
  'ipFilter',
  'billing',
  'servicePerimeter',
  'accessLevels',
  'groups',
  'access',
  'settings',
  'securityRules',
  'ingress',
  'metadata',
  'ingressSettings',
  'description',
]

/** Settings that look right from afar: the members that are read, holding anything. */
const nearly = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(
      null,
      true,
      'allUsers',
      'roles/storage.objectViewer',
      'resource.name == 1',
      'projects/p',
      'Enabled',
      7,
      '__proto__',
    ),
    fc.array(tie('json'), { maxLength: 2 }),
    fc.dictionary(
      fc.constantFrom(
        ...[
          'bindings',
          'role',
          'members',
          'condition',
          'expression',
          'name',
          'acl',
          'entity',
          'rules',
          'denyRule',
          'deniedPrincipals',
        ],
        ...[
          'spec',
          'iamPolicy',
          'denyPolicies',
          'orgPolicies',
          'status',
          'restrictedServices',
          'ipConfiguration',
          'authorizedNetworks',
        ],
        ...['value', 'view', 'dataset', 'projectId', 'includedPermissions', 'mode', 'publicNetworkSource', 'basic', 'conditions'],
      ),
      tie('json'),
      { maxKeys: 4 },
    ) as fc.Arbitrary<Json>,
  ),
})).json

describe('any JSON in any facet', () => {
  it.each(GCP_MODELS.map((model) => ({ type: model.types[0]!, model })))(
    '$type gives a verdict with reasons',
    ({ type, model }) => {
      const resource = { id: `//x.googleapis.com/projects/shop-data/x/y`, type, account: 'shop-data', region: '', name: 'y' }
      fc.assert(
        fc.property(
          fc.dictionary(fc.constantFrom(...FACETS), fc.oneof(nearly, fc.jsonValue() as fc.Arbitrary<Json>), { maxKeys: 6 }),
          (values) => {
            const facets = Object.fromEntries(
              Object.entries(values).map(([facet, value]) => [facet, { status: 'read', value } as const]),
            )
            const verdicts = model.decide({ resource, facets }, { zone: ZONE, asOf: '2023-05-31T00:00:00Z' })
            for (const access of ACCESSES) {
              expect(verdicts[access].because.length).toBeGreaterThan(0)
              expect(verdicts[access].witness !== null).toBe(!['none', 'undecided'].includes(verdicts[access].audience))
            }
          },
        ),
        { numRuns: RUNS, seed: 4 },
      )
    },
  )

  it('an allow policy that is not understood is never taken for closed', () => {
    const bucket = GCP_MODELS.find(({ types }) => types.includes('storage.googleapis.com/Bucket'))!
    const resource = {
      id: '//storage.googleapis.com/b',
      type: 'storage.googleapis.com/Bucket',
      account: 'shop-data',
      region: '',
      name: 'b',
    }
    const understood = (json: Json) => typeof json === 'object' && json !== null && !Array.isArray(json) && !('bindings' in json)
    fc.assert(
      fc.property(
        nearly.filter((json) => json !== null && !understood(json) && !isPolicy(json)),
        (iamPolicy) => {
          const facets = {
            iamPolicy: { status: 'read', value: iamPolicy },
            iamConfiguration: { status: 'absent' },
            acl: { status: 'absent' },
            objectAcls: { status: 'absent' },
            ancestors: { status: 'absent' },
          } as const
          const verdicts = bucket.decide({ resource, facets }, { zone: ZONE, asOf: '2023-05-31T00:00:00Z' })
          expect(verdicts.read.audience).toBe('undecided')
        },
      ),
      { numRuns: RUNS, seed: 4 },
    )
  })

  it('a condition made to be slow ends undecided', () => {
    const bucket = GCP_MODELS.find(({ types }) => types.includes('storage.googleapis.com/Bucket'))!
    const resource = {
      id: '//storage.googleapis.com/b',
      type: 'storage.googleapis.com/Bucket',
      account: 'shop-data',
      region: '',
      name: 'b',
    }
    const has = (letter: string, at: number) => `resource.name.contains('${letter}${at}')`
    const clause = (at: number) => `((${has('a', at)} && ${has('b', at)}) || (${has('c', at)} && ${has('d', at)}))`
    const expression = `${Array.from({ length: 40 }, (_, at) => clause(at)).join(' && ')} && resource.name.endsWith('x') && resource.name.endsWith('y')`
    const iamPolicy = { bindings: [{ role: 'roles/storage.objectViewer', members: ['allUsers'], condition: { expression } }] }
    const facets = {
      iamPolicy: { status: 'read', value: iamPolicy },
      iamConfiguration: { status: 'absent' },
      acl: { status: 'absent' },
      objectAcls: { status: 'absent' },
      ancestors: { status: 'absent' },
    } as const
    const { read } = bucket.decide({ resource, facets }, { zone: ZONE, asOf: '2023-05-31T00:00:00Z' })
    expect(read.because[0]).toMatch(/budget/)
    expect(read.audience).toBe('undecided')
  })
})

/** Whether all that is read of an allow policy has its shape. */
function isPolicy(json: Json): boolean {
  const bindings =
    typeof json === 'object' && json !== null && !Array.isArray(json) && 'bindings' in json ? json.bindings : undefined
  if (bindings === null) return true
  return (
    Array.isArray(bindings) &&
    bindings.every(
      (one: Json) =>
        typeof one === 'object' && one !== null && !Array.isArray(one) && 'role' in one && typeof one.role === 'string',
    )
  )
}

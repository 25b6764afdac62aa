import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCESSES, type Json } from '../../model/index.ts'
import { decide } from '../index.ts'
import { AZURE_MODELS } from './registry.ts'

const TYPES = AZURE_MODELS.flatMap(({ types }) => types)
const NAMES =
  `properties account storageAccount container share queue table publicAccess allowBlobPublicAccess allowSharedKeyAccess
  networkAcls networkRuleSet publicNetworkAccess privateEndpointConnections storedAccessPolicies signedIdentifiers sasTokens
  sharedAccessSignatures staticWebsite roleAssignments roleDefinitions localUsers isSftpEnabled isLocalUserEnabled isNfsV3Enabled
  isHnsEnabled containers creationTime sasPolicy primaryEndpoints enabledProtocols hasLegalHold hasImmutabilityPolicy server
  firewallRules ipv6FirewallRules databaseFirewallRules virtualNetworkRules network ipRules ipRangeFilter
  isVirtualNetworkFilterEnabled networkAclBypassResourceIds disableLocalAuth diskState networkAccessPolicy diskAccessId
  dataAccessAuthMode anonymousPullEnabled`.split(/\s+/)

/** Words that lead further into the readers than random text does. */
const WORDS = `Allow Deny Enabled Disabled Container Blob NFS Approved ActiveSAS AllowAll 0.0.0.0 198.51.100.0/24 *
  /subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/r/providers/x/y/z ?sv=1&sig=x&sp=r&se=2030-01-01&sr=c
  defaultAction value id status name permission principalId roleDefinitionName Owner condition properties enabled`.split(/\s+/)

const word = fc.oneof(fc.constantFrom(...WORDS, ...NAMES), fc.string({ maxLength: 12 }))
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.constant(null), fc.boolean(), fc.double({ noNaN: true }), word) as fc.Arbitrary<Json>,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(word, tie('json'), { maxKeys: 5 }),
  ),
}))
const anyValue = fc.oneof(
  json,
  fc.jsonValue().map((value) => value as Json),
)
const reading = fc.oneof(
  { weight: 6, arbitrary: anyValue.map((value) => ({ status: 'read', value }) as const) },
  { weight: 1, arbitrary: fc.constant({ status: 'absent' } as const) },
  { weight: 1, arbitrary: fc.string().map((reason) => ({ status: 'not-read', reason }) as const) },
)
const facets = fc.dictionary(fc.constantFrom(...NAMES), reading, { maxKeys: 12 })

function ask(type: string, id: string, own: Parameters<typeof decide>[0]['facets'], around: typeof own) {
  const resource = { id, type, account: '', region: '', name: id.split('/').at(-1)! }
  const account = { ...resource, id: ACCOUNT, type: 'Microsoft.Storage/storageAccounts' }
  const zone = { organizations: [], accounts: [], cidrs: [], vpcs: [], vpcEndpoints: [], principals: [] }
  const related = [{ resource: account, facets: around }]
  return decide({ resource, facets: own }, { zone, asOf: '2023-05-31T00:00:00Z', related })
}

const ACCOUNT =
  '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/r/providers/Microsoft.Storage/storageAccounts/exampledata'

describe('any JSON at all in any facet', () => {
  it('gives a verdict with reasons, and a witness exactly where a door is open', { timeout: 120_000 }, () => {
    const ids = fc.oneof(fc.constant(`${ACCOUNT}/blobServices/default/containers/$web`), fc.constant(ACCOUNT), fc.string())
    fc.assert(
      fc.property(fc.constantFrom(...TYPES), ids, facets, facets, (type, id, own, around) => {
        const verdicts = ask(type, id, own, around)
        for (const access of ACCESSES) {
          const { audience, witness, because } = verdicts[access]
          expect(witness !== null).toBe(audience !== 'none' && audience !== 'undecided')
          expect(because.length).toBeGreaterThan(0)
        }
        expect(ask(type, id, own, around)).toEqual(verdicts)
      }),
      { numRuns: process.env.AJAR_NIGHTLY ? 50_000 : 2_000, seed: 7 },
    )
  })

  // Each of these alone can open the container, so a value that is not understood leaves it possibly open.
  it.each(['publicAccess', 'networkAcls', 'sharedAccessSignatures', 'roleAssignments', 'storedAccessPolicies'])(
    'is never "none" where %s is not understood',
    (facet) => {
      const nonsense = fc.oneof(
        fc.double({ noNaN: true }),
        fc.boolean(),
        fc.constantFrom('everyone', 'true'),
        fc.constant([7]),
        fc.constant({ value: [{}] }),
      )
      fc.assert(
        fc.property(nonsense, (value) => {
          const read = (each: unknown) => ({ status: 'read', value: each as Json }) as const
          const token = 'https://exampledata.blob.core.windows.net/c?sv=2021-06-08&sr=c&si=p&sig=x'
          const own = {
            publicAccess: facet === 'networkAcls' ? read('Blob') : read('None'),
            allowBlobPublicAccess: read(true),
            allowSharedKeyAccess:
              facet === 'sharedAccessSignatures' || facet === 'storedAccessPolicies' ? read(true) : read(false),
            networkAcls: read({ defaultAction: 'Allow' }),
            roleAssignments: read([]),
            storedAccessPolicies: read({}),
            sharedAccessSignatures: read(facet === 'storedAccessPolicies' ? [token] : []),
            [facet]: read(value),
          }
          // A single text is a list of one signature, and this one is none.
          expect(ask(TYPES[2]!, `${ACCOUNT}/blobServices/default/containers/c`, own, {}).read.audience).toBe('undecided')
        }),
        { numRuns: 60, seed: 7 },
      )
    },
  )
})

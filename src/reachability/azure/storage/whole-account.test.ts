import { describe, expect, it } from 'vitest'
import type { Json } from '../../../model/index.ts'
import { decide } from '../../index.ts'

const ID = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/r/providers/Microsoft.Storage/storageAccounts/a'

function audienceOf(containers: readonly Json[]) {
  const settings: Record<string, Json> = {
    allowBlobPublicAccess: true,
    allowSharedKeyAccess: false,
    networkAcls: { defaultAction: 'Allow' },
    staticWebsite: { enabled: false },
    roleAssignments: [],
    sharedAccessSignatures: [],
    containers,
  }
  const resource = { id: ID, type: 'Microsoft.Storage/storageAccounts', account: '', region: '', name: 'a' }
  const facets = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, { status: 'read', value } as const]))
  const zone = { organizations: [], accounts: [], cidrs: [], vpcs: [], vpcEndpoints: [], principals: [] }
  return decide({ resource, facets }, { zone, asOf: '2023-05-31T00:00:00Z' }).read
}

const privates = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `c${at}`, publicAccess: 'None' }))

describe('a whole account', () => {
  it.each([
    { name: 'private containers', containers: privates(1_000), audience: 'none' },
    {
      name: 'one open one among them',
      containers: [...privates(1_000), { name: 'open', publicAccess: 'Blob' }],
      audience: 'anyone',
    },
    { name: 'an entry without a level', containers: [{ name: 'a' }], audience: 'undecided' },
    { name: 'names without levels', containers: ['a', 'b'], audience: 'undecided' },
  ])('$name: $audience', ({ containers, audience }) => {
    expect(audienceOf(containers).audience).toBe(audience)
  })

  it('says so where it has more stores than are looked at', () => {
    const { audience, because } = audienceOf(privates(3_000))
    expect(audience).toBe('undecided')
    expect(because).toContain('only 2000 of the 3004 stores of the account were looked at')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, ResourceConfiguration } from '../../../model/index.ts'
import { SHARING_MODELS } from './registry.ts'

const OWNER = '111111111111'
const INSIDE = ['333333333333', '444444444444']
const ZONE = {
  organizations: ['o-insideinsi'],
  accounts: [OWNER, INSIDE[0]!],
  cidrs: [],
  vpcs: [],
  vpcEndpoints: [],
  principals: [`arn:aws:iam::${INSIDE[1]}:root`],
}

function verdict(type: string, facets: Readonly<Record<string, Json>>) {
  const resource = { id: `arn:aws:x:ap-northeast-1:${OWNER}:x/s`, type, account: OWNER, region: 'ap-northeast-1', name: 's' }
  const readings = Object.entries(facets).map(([facet, value]) => [facet, { status: 'read' as const, value }])
  const configuration: ResourceConfiguration = { resource, facets: Object.fromEntries(readings) }
  const { decide } = SHARING_MODELS.find(({ types }) => types.includes(type))!
  return decide(configuration, { zone: ZONE, asOf: '2023-05-31T00:00:00Z' }).read
}

const account = fc.constantFrom(OWNER, ...INSIDE, '222222222222', '555555555555', '666666666666')
const accounts = fc.array(account, { maxLength: 5 })

/** What the list says to a reader: all, else anyone who is not of the house. */
function audienceByReading(listed: readonly string[], all: boolean): string {
  if (all) return 'any-identity'
  return listed.some((id) => id !== OWNER && !INSIDE.includes(id)) ? 'named' : 'none'
}

const FORMS: readonly {
  readonly type: string
  readonly all: boolean
  readonly facets: (ids: readonly string[], all: boolean) => Readonly<Record<string, Json>>
}[] = [
  {
    type: 'AWS::RDS::DBSnapshot',
    all: true,
    facets: (ids, all) => ({ snapshotAttributes: { restore: [...ids, ...(all ? ['all'] : [])] } }),
  },
  {
    type: 'AWS::DocDB::DBClusterSnapshot',
    all: true,
    facets: (ids, all) => ({
      snapshotAttributes: {
        DBClusterSnapshotAttributesResult: {
          DBClusterSnapshotAttributes: [{ AttributeName: 'restore', AttributeValues: [...(all ? ['all'] : []), ...ids] }],
        },
      },
    }),
  },
  {
    type: 'AWS::EC2::Snapshot',
    all: true,
    facets: (ids, all) => ({
      createVolumePermission: {
        CreateVolumePermissions: [...ids.map((UserId) => ({ UserId })), ...(all ? [{ Group: 'all' }] : [])],
      },
    }),
  },
  {
    type: 'AWS::EC2::Image',
    all: true,
    facets: (ids, all) => ({ launchPermission: [...(all ? [{ Group: 'all' }] : []), ...ids.map((UserId) => ({ UserId }))] }),
  },
  {
    type: 'AWS::Redshift::ClusterSnapshot',
    all: false,
    facets: (ids) => ({ AccountsWithRestoreAccess: ids.map((AccountId) => ({ AccountId })) }),
  },
]

describe.each(FORMS)('$type', ({ type, all: knowsAll, facets }) => {
  it('reaches whom its list names outside the zone, in any order of the list', () => {
    fc.assert(
      fc.property(accounts, fc.boolean(), (ids, asked) => {
        const all = asked && knowsAll
        const decided = verdict(type, facets(ids, all))
        expect(decided.audience).toBe(audienceByReading(ids, all))
        expect(verdict(type, facets([...ids].reverse(), all))).toEqual(decided)
        if (decided.witness?.principal.kind !== 'aws') {
          expect(decided.audience).toBe('none')
          return
        }
        const { account: sender } = decided.witness.principal
        expect([OWNER, ...INSIDE]).not.toContain(sender)
        if (decided.audience === 'named') expect(ids).toContain(sender)
      }),
    )
  })
})

describe('keys of what is shared', () => {
  const KEY = `arn:aws:kms:ap-northeast-1:${OWNER}:key/11111111-2222-3333-4444-555555555555`
  const RAN_OUT = 'the work budget for this decision ran out'
  const condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-elsewhere1' } }

  function sharedWith(accounts: number, statements: readonly Json[]) {
    const restore = Array.from({ length: accounts }, (_, at) => String(222222222222 + at))
    const read = (value: Json) => ({ status: 'read' as const, value })
    const ref = { account: OWNER, region: 'ap-northeast-1', name: 'x' }
    const snapshot = { ...ref, id: `arn:aws:rds:ap-northeast-1:${OWNER}:snapshot:s`, type: 'AWS::RDS::DBSnapshot' }
    const key: ResourceConfiguration = {
      resource: { ...ref, id: KEY, type: 'AWS::KMS::Key' },
      facets: { grants: { status: 'absent' }, policy: read({ Version: '2012-10-17', Statement: statements }) },
    }
    const facets = { snapshotAttributes: read({ restore }), Encrypted: read(true), KmsKeyId: read(KEY) }
    const { decide } = SHARING_MODELS.find(({ types }) => types.includes(snapshot.type))!
    return decide({ resource: snapshot, facets }, { zone: ZONE, asOf: '2023-05-31T00:00:00Z', related: [key] }).read
  }

  const allow = (more: Readonly<Record<string, Json>>) => ({ Effect: 'Allow', Action: 'kms:*', Resource: '*', ...more })

  it.each([
    {
      name: 'decide for a policy at its quota and the most accounts of a database snapshot',
      accounts: 20,
      statements: Array.from({ length: 150 }, (_, at) => allow({ Principal: { AWS: String(600000000000 + at) } })),
      expected: { audience: 'none' },
      ranOut: false,
    },
    {
      name: 'end where statements and accounts are too many',
      accounts: 2_000,
      statements: Array.from({ length: 700 }, () => allow({ Principal: '*', Condition: condition })),
      expected: { audience: 'undecided' },
      ranOut: true,
    },
  ])('$name', ({ accounts, statements, expected, ranOut }) => {
    const verdict = sharedWith(accounts, statements)
    expect(verdict).toMatchObject(expected)
    expect(verdict.because.includes(RAN_OUT)).toBe(ranOut)
  })
})

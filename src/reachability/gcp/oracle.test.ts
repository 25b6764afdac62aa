import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCESSES, type Access, type Audience, type Json, type Verdicts, type Witness } from '../../model/index.ts'
import { AS_OF, isWithin, type RawBucket, type RawDenyRule, succeeds } from './testing/evaluator.ts'
import { denyRule, OBJECTS, PREFIXES, randomBucket } from './testing/random-buckets.ts'
import { decideBucket } from './storage/bucket.ts'

const RUNS = process.env.AJAR_NIGHTLY ? 5_000 : 500
const LAW_RUNS = process.env.AJAR_NIGHTLY ? 2_000 : 100
const ZONE = {
  organizations: ['organizations/1001'],
  accounts: ['shop-data'],
  cidrs: ['203.0.113.0/24'],
  vpcs: [],
  vpcEndpoints: [],
  principals: [],
  domains: ['example.com'],
}

function verdictsOf(bucket: RawBucket, zone = ZONE): Verdicts {
  const facets = Object.fromEntries(
    Object.entries(bucket).map(([facet, value]) => [facet, { status: 'read', value: value as unknown as Json } as const]),
  )
  const id = '//storage.googleapis.com/projects/_/buckets/b'
  const resource = { id, type: 'storage.googleapis.com/Bucket', account: 'shop-data', region: '', name: 'b' }
  return decideBucket({ resource, facets }, { zone, asOf: AS_OF })
}

const PERMISSIONS: Readonly<Record<Access, readonly string[]>> = {
  read: ['storage.objects.get'],
  list: ['storage.objects.list'],
  write: ['storage.objects.create'],
  delete: ['storage.objects.delete'],
  admin: [
    'storage.buckets.setIamPolicy',
    'storage.buckets.update',
    'storage.objects.setIamPolicy',
    'storage.managedFolders.setIamPolicy',
  ],
}
const STRANGER = 'user:nobody@example.org'
const OUTSIDERS = [
  'user:someone@partner.test',
  'user:other@partner.test',
  'serviceAccount:app@somebody-elses.iam.gserviceaccount.com',
]
/** From many places, and from one network. */
const WIDE = '8.8.4.4'
const NARROW = '198.51.100.7'

function bruteForce(access: Access, bucket: RawBucket): Audience {
  if (anySucceeds(access, null, WIDE, bucket)) return 'anyone'
  if (anySucceeds(access, STRANGER, WIDE, bucket)) return 'any-identity'
  const narrow = [null, STRANGER, ...OUTSIDERS].some((member) =>
    [WIDE, NARROW].some((address) => anySucceeds(access, member, address, bucket)),
  )
  return narrow ? 'named' : 'none'
}

function anySucceeds(access: Access, member: string | null, address: string, bucket: RawBucket): boolean {
  return PERMISSIONS[access].some((permission) => {
    const objects = /objects\.list|buckets/.test(permission) ? [null] : OBJECTS
    const prefixes = permission === 'storage.objects.list' ? PREFIXES : ['']
    return objects.some((object) =>
      prefixes.some((listPrefix) => succeeds({ member, permission, object, listPrefix, address }, bucket)),
    )
  })
}

function replays(witness: Witness, bucket: RawBucket): boolean {
  const { principal, action, context } = witness
  const member = principal.kind === 'google' ? principal.member : null
  const address = String(context['source.ip'])
  if (isWithin(address, '203.0.113.0/24')) return false
  const object =
    /^projects\/_\/buckets\/b\/(?:objects|managedFolders)\/(.+)$/s.exec(String(context['resource.name']))?.[1] ?? null
  const listPrefix = String(context['storage.googleapis.com/objectListPrefix'] ?? '')
  // A whole domain is named by its name; one of its users asks.
  const who = member?.startsWith('domain:') ? `user:other@${member.slice('domain:'.length)}` : member
  return succeeds({ member: who, permission: action, object, listPrefix, address }, bucket)
}

describe('reach of Google Cloud Storage', () => {
  it(`agrees with brute force on ${RUNS} random buckets, and every witness gets in`, { timeout: RUNS * 200 }, () => {
    fc.assert(
      fc.property(randomBucket, (bucket) => {
        const verdicts = verdictsOf(bucket)
        for (const access of ACCESSES) {
          const { audience, because, witness } = verdicts[access]
          expect({ access, audience, because }).toMatchObject({ access, audience: bruteForce(access, bucket) })
          if (witness) expect({ witness, allowed: replays(witness, bucket) }).toMatchObject({ allowed: true })
        }
      }),
      { numRuns: RUNS, seed: 20230531 },
    )
  })

  const WIDTH: readonly Audience[] = ['none', 'named', 'any-identity', 'anyone']
  const widths = (bucket: RawBucket, zone = ZONE) => {
    const verdicts = verdictsOf(bucket, zone)
    return ACCESSES.map((access) => WIDTH.indexOf(verdicts[access].audience))
  }
  const narrower = (after: readonly number[], before: readonly number[]) => after.every((width, at) => width <= before[at]!)

  it.each<{ name: string; change: (bucket: RawBucket, rule: RawDenyRule) => RawBucket }>([
    {
      name: 'an added deny rule',
      change: (bucket, rule) => ({
        ...bucket,
        ancestors: bucket.ancestors.map((level) => ({
          ...level,
          denyPolicies: [...level.denyPolicies, { rules: [{ denyRule: rule }] }],
        })),
      }),
    },
    {
      name: 'public access prevention',
      change: (bucket) => ({ ...bucket, iamConfiguration: { ...bucket.iamConfiguration, publicAccessPrevention: 'enforced' } }),
    },
    {
      name: 'a filter of addresses',
      change: (bucket) => ({
        ...bucket,
        ipFilter: {
          mode: 'Enabled',
          publicNetworkSource: { allowedIpCidrRanges: ['198.51.100.0/25'].filter(() => bucket.ipFilter.mode === 'Disabled') },
        },
      }),
    },
    { name: 'requester pays', change: (bucket) => ({ ...bucket, billing: { requesterPays: true } }) },
    {
      name: 'a grant taken away',
      change: (bucket) => ({ ...bucket, iamPolicy: { bindings: bucket.iamPolicy.bindings.slice(1) } }),
    },
  ])('$name never opens', ({ change }) => {
    fc.assert(
      fc.property(randomBucket, denyRule, (bucket, rule) => {
        expect(narrower(widths(change(bucket, rule)), widths(bucket))).toBe(true)
      }),
      { numRuns: LAW_RUNS, seed: 4 },
    )
  })

  it('a further domain in the zone never opens', () => {
    fc.assert(
      fc.property(randomBucket, (bucket) => {
        expect(narrower(widths(bucket, { ...ZONE, domains: ['example.com', 'partner.test'] }), widths(bucket))).toBe(true)
      }),
      { numRuns: LAW_RUNS, seed: 4 },
    )
  })

  it('a condition dropped never closes', () => {
    fc.assert(
      fc.property(randomBucket, (bucket) => {
        const bindings = bucket.iamPolicy.bindings.map(({ role, members }) => ({ role, members }))
        expect(narrower(widths(bucket), widths({ ...bucket, iamPolicy: { bindings } }))).toBe(true)
      }),
      { numRuns: LAW_RUNS, seed: 4 },
    )
  })

  it('the order of bindings, members and entries changes no audience', () => {
    fc.assert(
      fc.property(randomBucket, (bucket) => {
        const bindings = bucket.iamPolicy.bindings.toReversed().map((one) => ({ ...one, members: one.members.toReversed() }))
        const turned = {
          ...bucket,
          iamPolicy: { bindings },
          acl: bucket.acl.toReversed(),
          objectAcls: bucket.objectAcls.toReversed(),
        }
        expect(widths(turned)).toEqual(widths(bucket))
      }),
      { numRuns: LAW_RUNS, seed: 4 },
    )
  })

  // What is above it holds deny policies, which are taken as not set where nothing at all was read of them.
  it('a setting that was not read is decided only as every value of it would be', () => {
    const settings = ['iamPolicy', 'acl', 'objectAcls', 'iamConfiguration', 'managedFolders', 'roles', 'effectiveTags'] as const
    fc.assert(
      fc.property(randomBucket, randomBucket, fc.constantFrom(...settings), (bucket, other, name) => {
        const { [name]: _, ...rest } = bucket
        const unread = verdictsOf(rest as RawBucket)
        for (const value of [bucket[name], other[name]]) {
          const full = verdictsOf({ ...rest, [name]: value } as RawBucket)
          for (const access of ACCESSES) {
            if (unread[access].audience !== 'undecided') expect(unread[access].audience).toBe(full[access].audience)
          }
        }
      }),
      { numRuns: LAW_RUNS, seed: 4 },
    )
  })
})

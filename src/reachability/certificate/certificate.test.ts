import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCESSES, type Access, type Audience, type Json } from '../../model/index.ts'
import { certify, decide, parseReachQuestion } from '../index.ts'
import { checkCertificate } from '../testing/check-certificate.ts'
import { statementsOf } from '../testing/policy-text.ts'
import { CONTEXT, configurationOf, evaluatedOf, randomPolicy, randomSettings } from '../testing/random-buckets.ts'
import { questionOf, trickyCases } from '../testing/tricky-cases.ts'
import type { Certificate, Reason } from './certificate.ts'

const RUNS = process.env.AJAR_NIGHTLY ? 5_000 : 250
const WIDTH: readonly Audience[] = ['none', 'named', 'any-identity', 'anyone']
const CLOSED_SETTINGS = {
  acl: { Owner: { ID: 'owner' }, Grants: [] },
  objectAcls: null,
  objectOwnership: 'BucketOwnerEnforced',
  publicAccessBlock: null,
  accountPublicAccessBlock: null,
  requestPayment: { Payer: 'BucketOwner' },
  encryption: null,
}

function certified(policy: Json, settings: Readonly<Record<string, Json>>) {
  return ACCESSES.map((access) => ({ access, ...certify(configurationOf(policy, settings), CONTEXT)[access] }))
}

function check(certificate: Certificate, access: Access, policy: Json, settings: Readonly<Record<string, Json>>): string | null {
  return checkCertificate(certificate, access, evaluatedOf(policy, settings), CONTEXT)
}

describe('certificates of random buckets', () => {
  it('are there for each verdict that is decided and not the widest, and the checker accepts them', () => {
    fc.assert(
      fc.property(randomPolicy, randomSettings, (policy, settings) => {
        for (const { access, verdict, certificate } of certified(policy, settings)) {
          expect({ access, there: certificate !== null }).toEqual({
            access,
            there: !['anyone', 'undecided'].includes(verdict.audience),
          })
          if (certificate)
            expect({ access, problem: check(certificate, access, policy, settings) }).toEqual({ access, problem: null })
        }
      }),
      { numRuns: RUNS, seed: 31 },
    )
  })

  it('are accepted for another bucket only where they are true of it', () => {
    let rejected = 0
    fc.assert(
      fc.property(randomPolicy, randomSettings, fc.nat(), fc.nat(), (policy, settings, which, what) => {
        const other = loosened(policy, which, what)
        const verdicts = decide(configurationOf(other, settings), CONTEXT)
        for (const { access, certificate } of certified(policy, settings)) {
          if (!certificate || verdicts[access].audience === 'undecided') continue
          const accepted = check(certificate, access, other, settings) === null
          if (accepted) expect(WIDTH.indexOf(verdicts[access].audience)).toBeLessThanOrEqual(WIDTH.indexOf(certificate.audience))
          else rejected += 1
        }
      }),
      { numRuns: RUNS, seed: 32 },
    )
    expect(rejected).toBeGreaterThan(RUNS / 10)
  })

  it('are rejected where something is left out of them', () => {
    fc.assert(
      fc.property(randomPolicy, randomSettings, fc.nat(), (policy, settings, which) => {
        for (const { access, certificate } of certified(policy, settings)) {
          for (const mutated of certificate ? withoutOne(certificate, which) : []) {
            expect({ access, mutated, problem: check(mutated, access, policy, settings) }).not.toMatchObject({ problem: null })
          }
        }
      }),
      { numRuns: RUNS, seed: 33 },
    )
  })
})

// What the checker knows of a bucket beside its policy and resource control policies.
const KNOWN_FACETS = new Set([
  'policy',
  'resourceControlPolicies',
  'acl',
  'objectAcls',
  'objectOwnership',
  'publicAccessBlock',
  'accountPublicAccessBlock',
  'requestPayment',
  'encryption',
  'accessPoints',
])

it('the checker accepts the certificates of the tricky cases about plain buckets', () => {
  const problems: unknown[] = []
  let accepted = 0
  for (const tricky of trickyCases().flatMap(({ cases }) => cases)) {
    const { configuration, zone, asOf, related } = parseReachQuestion(questionOf(tricky))
    const facets = Object.entries(configuration.facets)
    const isPlain =
      configuration.resource.type === 'AWS::S3::Bucket' &&
      related.length === 0 &&
      facets.every(([facet, { status }]) => KNOWN_FACETS.has(facet) && status !== 'not-read') &&
      configuration.facets.encryption?.status === 'absent' &&
      // Without its owner, an ACL leaves open whose entries are the owner's own.
      (configuration.facets.acl?.status === 'absent' || JSON.stringify(configuration.facets.acl ?? null).includes('"Owner"'))
    if (!isPlain) continue
    const values = Object.fromEntries(facets.map(([facet, reading]) => [facet, reading.status === 'read' ? reading.value : null]))
    const { id: arn, account, type } = configuration.resource
    const resource = { type, arn, account, policy: null, ...values }
    for (const [access, { certificate }] of Object.entries(certify(configuration, { zone, asOf, related }))) {
      // The checker knows one body of policy, and nothing of those that encryption and endpoints add.
      if (!certificate?.claims.every(({ closed }) => closed.every(({ grants }) => grants.length < 2))) continue
      const problem = checkCertificate(certificate, access as Access, resource, { zone, asOf })
      if (problem !== null) problems.push({ name: tricky.name, access, problem })
      accepted += 1
    }
  }
  expect(problems).toEqual([])
  expect(accepted).toBeGreaterThan(300)
})

/** The policy with one condition or one whole Deny taken out. */
function loosened(policy: Json, which: number, what: number): Json {
  const all = statementsOf(policy)
  const at = which % all.length
  const { Condition, ...rest } = all[at]!
  const changed = what % 2 === 0 || rest.Effect === 'Deny' ? [] : [rest]
  return { ...(policy as object), Statement: [...all.slice(0, at), ...changed, ...all.slice(at + 1)] as readonly Json[] }
}

/** The certificate without one of its groups, and without one branch of one of its splits. */
function withoutOne(certificate: Certificate, which: number): readonly Certificate[] {
  const [claim, ...claims] = certificate.claims
  const groups = claim!.closed.filter(({ reason }) => reason.kind !== 'stopped')
  const group = groups[which % groups.length]
  if (!group) return []
  const withClosed = (closed: Certificate['claims'][number]['closed']) => ({
    ...certificate,
    claims: [{ ...claim!, closed }, ...claims],
  })
  const others = claim!.closed.filter((one) => one !== group)
  const pruned = withoutBranch(group.reason)
  return [withClosed(others), ...(pruned ? [withClosed([...others, { ...group, reason: pruned }])] : [])]
}

/** The reason without a branch that hangs on more than the part which that branch misses. */
function withoutBranch(reason: Reason): Reason | null {
  if (reason.kind !== 'split') return null
  const way = reason.ways.find(({ reason: { kind, ...rest } }) => kind === 'split' || ('parts' in rest && rest.parts.length > 1))
  return way ? { ...reason, ways: reason.ways.filter((one) => one !== way) } : null
}

const OPEN = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }
const DENY = { ...OPEN, Effect: 'Deny', Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }
const POLICY = { Version: '2012-10-17', Statement: [OPEN, DENY] }

describe('a certificate that is forged', () => {
  const genuine = certify(configurationOf(POLICY, CLOSED_SETTINGS), CONTEXT).read.certificate!
  const [claim] = genuine.claims
  const everything = {
    senders: ['anonymous', 'user', 'role', 'root', 'federated'],
    routes: ['internet-v4', 'internet-v6', 'endpoint', 'service'],
    actions: ['s3:GetObject', 's3:GetObjectVersion'],
  }
  const grants = [{ policy: 'bucket policy', statement: 1 }]
  const saying = (reason: Reason): Certificate => ({
    ...genuine,
    claims: [{ ...claim!, closed: [{ requests: [everything], grants, reason }] }],
  })
  const part = { policy: 'bucket policy', statement: 1, part: 'principal' } as const

  it('is not the genuine one', () => {
    expect(check(genuine, 'read', POLICY, CLOSED_SETTINGS)).toBeNull()
  })

  it.each<{ name: string; certificate: Certificate }>([
    {
      name: 'claims a conflict where there is none',
      certificate: saying({ kind: 'conflict', about: 'principal', parts: [part] }),
    },
    { name: 'claims a conflict of nothing', certificate: saying({ kind: 'conflict', about: 'principal', parts: [] }) },
    {
      name: 'claims a conflict with a Deny that no split speaks of',
      certificate: saying({
        kind: 'conflict',
        about: 'aws:sourceip',
        parts: [{ policy: 'bucket policy', statement: 2, part: 'condition', operator: 'NotIpAddress', key: 'aws:SourceIp' }],
      }),
    },
    { name: 'takes an Allow for a Deny', certificate: saying({ kind: 'denied', policy: 'bucket policy', statement: 1 }) },
    {
      name: 'names a statement that is not there',
      certificate: saying({ kind: 'denied', policy: 'bucket policy', statement: 3 }),
    },
    {
      name: 'names a policy that is not there',
      certificate: saying({ kind: 'denied', policy: 'resource control policy 1', statement: 1 }),
    },
    { name: 'claims a block that is not set', certificate: saying({ kind: 'stopped', stops: 'outsiders' }) },
    {
      name: 'splits on a Deny and forgets its condition',
      certificate: saying({ kind: 'split', policy: 'bucket policy', statement: 2, ways: [] }),
    },
    { name: 'says nothing', certificate: { ...genuine, claims: [] } },
    { name: 'speaks of the anonymous only', certificate: { ...genuine, claims: [{ ...claim!, who: 'anonymous' }] } },
    { name: 'is about another bucket', certificate: { ...genuine, resource: 'arn:aws:s3:::c' } },
    { name: 'leaves an action out', certificate: { ...genuine, actions: ['s3:GetObject'] } },
    {
      name: 'passes over all addresses',
      certificate: { ...genuine, claims: [{ ...claim!, except: [['0.0.0.0', '255.255.255.255']] }] },
    },
  ])('$name: is rejected', ({ certificate }) => {
    expect(
      check(
        certificate,
        'read',
        {
          Version: '2012-10-17',
          Statement: [OPEN, { ...DENY, Condition: { ...DENY.Condition, Null: { 'aws:SourceIp': 'false' } } }],
        },
        CLOSED_SETTINGS,
      ),
    ).not.toBeNull()
    expect(check(certificate, 'read', POLICY, CLOSED_SETTINGS)).not.toBeNull()
  })
})

it('a certificate stays small where a policy is long', () => {
  const partners = Array.from({ length: 40 }, (_, at) => ({
    ...OPEN,
    Sid: `Partner${at}`,
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-insideinsi', 'aws:PrincipalTag/team': `t${at}` } },
  }))
  const { read } = certify(configurationOf({ Version: '2012-10-17', Statement: [...partners, DENY] }, CLOSED_SETTINGS), CONTEXT)
  expect(read.verdict.audience).toBe('none')
  expect(JSON.stringify(read.certificate).length).toBeLessThan(60_000)
})

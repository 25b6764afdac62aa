import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCESSES, type Access, type Audience, type Json, type Verdicts, type ZoneOfTrust } from '../model/index.ts'
import { decide } from './index.ts'
import { statementsOf } from './testing/policy-text.ts'
import { CONTEXT, configurationOf, OWNER, randomPolicy, randomSettings, ZONE } from './testing/random-buckets.ts'

type Members = Readonly<Record<string, Json>>

const RUNS = { numRuns: process.env.AJAR_NIGHTLY ? 3_000 : 80, seed: 4 }
const WIDTH: readonly Audience[] = ['none', 'named', 'any-identity', 'anyone']

function decideBucket(policy: Json, settings: Members, zone: ZoneOfTrust = ZONE, asOf: string = CONTEXT.asOf): Verdicts {
  return decide(configurationOf(policy, settings), { zone, asOf: asOf as never })
}

function audiences(verdicts: Verdicts): Record<Access, Audience> {
  return Object.fromEntries(ACCESSES.map((access) => [access, verdicts[access].audience])) as Record<Access, Audience>
}

/** For each access the narrowest and the widest audience that the verdict leaves possible. */
function spans(verdicts: Verdicts): Record<Access, readonly [number, number]> {
  const span = (access: Access): readonly [number, number] => {
    const { audience, bounds } = verdicts[access]
    const [least, most] =
      audience === 'undecided' ? [bounds?.certain ?? 'none', bounds?.possible ?? 'anyone'] : [audience, audience]
    return [WIDTH.indexOf(least), WIDTH.indexOf(most)]
  }
  return Object.fromEntries(ACCESSES.map((access) => [access, span(access)])) as Record<Access, readonly [number, number]>
}

/** Nothing that is certain after the change was impossible before it. */
function expectNotWider(before: Verdicts, after: Verdicts): void {
  const [old, now] = [spans(before), spans(after)]
  for (const access of ACCESSES) expect({ access, certain: now[access][0] <= old[access][1] }).toEqual({ access, certain: true })
}

function texts(policy: Members): readonly Members[] {
  return statementsOf(policy) as readonly Members[]
}

function withStatements(policy: Members, statements: readonly Members[]): Json {
  return { ...policy, Statement: statements as readonly Json[] }
}

const bucket = [randomPolicy, randomSettings] as const

describe('what never opens', () => {
  it('an added Deny', () => {
    fc.assert(
      fc.property(...bucket, randomPolicy, (policy, settings, other) => {
        const denies = texts({ ...other, Version: policy.Version! }).map((statement) => ({ ...statement, Effect: 'Deny' }))
        // Where a Deny speaks of what nobody knows, it makes verdicts undecided and opens nothing.
        expectNotWider(
          decideBucket(policy, settings),
          decideBucket(withStatements(policy, [...texts(policy), ...denies]), settings),
        )
      }),
      RUNS,
    )
  })

  it('an added resource control policy', () => {
    fc.assert(
      fc.property(...bucket, randomPolicy, (policy, settings, other) => {
        const controls = (settings.resourceControlPolicies ?? []) as readonly Json[]
        const control = withStatements(
          other,
          texts(other).map((statement) => ({ ...statement, Effect: 'Deny' })),
        )
        expectNotWider(
          decideBucket(policy, settings),
          decideBucket(policy, { ...settings, resourceControlPolicies: [...controls, control] }),
        )
      }),
      RUNS,
    )
  })

  it('a block', () => {
    fc.assert(
      fc.property(...bucket, fc.boolean(), (policy, settings, ofAccount) => {
        const block = { IgnorePublicAcls: true, RestrictPublicBuckets: true }
        const name = ofAccount ? 'accountPublicAccessBlock' : 'publicAccessBlock'
        expectNotWider(decideBucket(policy, settings), decideBucket(policy, { ...settings, [name]: block }))
      }),
      RUNS,
    )
  })

  it('ACLs that are disabled, and a requester who pays', () => {
    fc.assert(
      fc.property(...bucket, (policy, settings) => {
        const before = decideBucket(policy, settings)
        expectNotWider(before, decideBucket(policy, { ...settings, objectOwnership: 'BucketOwnerEnforced' }))
        expectNotWider(before, decideBucket(policy, { ...settings, requestPayment: { Payer: 'Requester' } }))
      }),
      RUNS,
    )
  })

  it.each<{ name: string; more: Partial<ZoneOfTrust> }>([
    { name: 'an account', more: { accounts: [OWNER, '222222222222'] } },
    { name: 'an organisation', more: { organizations: [...ZONE.organizations, 'o-partnerpar'] } },
    { name: 'a range of addresses', more: { cidrs: [...ZONE.cidrs, '198.51.100.0/24', '0.0.0.0/2', '2001:db8::/33'] } },
    { name: 'a network', more: { vpcs: [...ZONE.vpcs, 'vpc-22222222'] } },
    { name: 'an endpoint', more: { vpcEndpoints: [...ZONE.vpcEndpoints, 'vpce-22222222'] } },
    { name: 'a partner', more: { principals: ['arn:aws:iam::222222222222:user/alice'] } },
  ])('$name that comes into the zone', ({ more }) => {
    fc.assert(
      fc.property(...bucket, (policy, settings) => {
        expectNotWider(decideBucket(policy, settings), decideBucket(policy, settings, { ...ZONE, ...more }))
      }),
      RUNS,
    )
  })
})

describe('what never closes', () => {
  it.each([
    { name: 'a condition dropped from an Allow', loosen: ({ Condition, ...statement }: Members): Members => statement },
    {
      name: 'an Allow to everyone',
      loosen: ({ Principal, NotPrincipal, ...statement }: Members): Members => ({ ...statement, Principal: '*' }),
    },
    {
      name: 'an Allow of every action',
      loosen: ({ Action, NotAction, ...statement }: Members): Members => ({ ...statement, Action: '*' }),
    },
    {
      name: 'an Allow on every resource',
      loosen: ({ Resource, NotResource, ...statement }: Members): Members => ({ ...statement, Resource: '*' }),
    },
  ])('$name', ({ loosen }) => {
    fc.assert(
      fc.property(...bucket, (policy, settings) => {
        const looser = texts(policy).map((statement) => (statement.Effect === 'Allow' ? loosen(statement) : statement))
        // A policy that becomes public by S3's words falls under RestrictPublicBuckets: that is another law.
        const free = { ...settings, publicAccessBlock: null, accountPublicAccessBlock: null }
        expectNotWider(decideBucket(withStatements(policy, looser), free), decideBucket(policy, free))
      }),
      RUNS,
    )
  })

  it('a Deny that is dropped, and one that gets a further condition', () => {
    fc.assert(
      fc.property(...bucket, (policy, settings) => {
        const allows = texts(policy).filter(({ Effect }) => Effect === 'Allow')
        const milder = texts(policy).map((statement) =>
          statement.Effect === 'Allow'
            ? statement
            : {
                ...statement,
                Condition: { ...(statement.Condition as object), BoolIfExists: { 'aws:SecureTransport': 'false' } },
              },
        )
        const before = decideBucket(policy, settings)
        if (texts(policy).some(({ Condition }) => JSON.stringify(Condition ?? {}).includes('BoolIfExists'))) return
        expectNotWider(decideBucket(withStatements(policy, milder), settings), before)
        expectNotWider(decideBucket(withStatements(policy, allows), settings), before)
      }),
      RUNS,
    )
  })
})

describe('what makes no difference', () => {
  it.each([
    { name: 'the order of statements', change: (statements: readonly Members[]) => statements.toReversed() },
    { name: 'the case of key names', change: (statements: readonly Members[]) => statements.map(upperCaseKeys) },
    { name: 'the case of actions', change: (statements: readonly Members[]) => statements.map(upperCaseActions) },
    { name: 'an address range in two halves', change: (statements: readonly Members[]) => statements.map(splitRanges) },
    { name: 'a value in a list of one', change: (statements: readonly Members[]) => statements.map(listed) },
    { name: 'a value said twice', change: (statements: readonly Members[]) => statements.map(doubled) },
    { name: 'a statement said twice', change: (statements: readonly Members[]) => [...statements, ...statements] },
    {
      name: 'a statement id',
      change: (statements: readonly Members[]) => statements.map((statement, at) => ({ Sid: `S${at}`, ...statement })),
    },
    {
      name: 'the order of elements',
      change: (statements: readonly Members[]) =>
        statements.map((statement) => Object.fromEntries(Object.entries(statement).toReversed())),
    },
  ])('$name', ({ change }) => {
    fc.assert(
      fc.property(...bucket, (policy, settings) => {
        const changed = withStatements(policy, change(texts(policy)))
        expect(audiences(decideBucket(changed, settings))).toEqual(audiences(decideBucket(policy, settings)))
      }),
      RUNS,
    )
  })

  it('whether a policy is JSON or the text of it, to the byte', () => {
    fc.assert(
      fc.property(...bucket, (policy, settings) => {
        expect(decideBucket(JSON.stringify(policy), settings)).toEqual(decideBucket(policy, settings))
      }),
      RUNS,
    )
  })

  it('which decisions came before, to the byte', () => {
    fc.assert(
      fc.property(...bucket, randomPolicy, (policy, settings, other) => {
        const first = decideBucket(policy, settings)
        decideBucket(other, settings)
        expect(decideBucket(structuredClone(policy), settings)).toEqual(first)
      }),
      RUNS,
    )
  })

  it('the moment that is asked for, where no condition is about time', () => {
    fc.assert(
      fc.property(...bucket, (policy, settings) => {
        const text = JSON.stringify([policy, settings])
        if (/time/i.test(text)) return
        const now = audiences(decideBucket(policy, settings))
        expect(audiences(decideBucket(policy, settings, ZONE, '2031-01-01T00:00:00Z'))).toEqual(now)
      }),
      RUNS,
    )
  })
})

describe('what is not read', () => {
  it('is decided only as every value of it would be', () => {
    const settingNames = ['acl', 'objectOwnership', 'publicAccessBlock', 'accountPublicAccessBlock'] as const
    fc.assert(
      fc.property(...bucket, randomSettings, fc.constantFrom(...settingNames), (policy, settings, others, name) => {
        const { [name]: _, ...rest } = settings
        const verdicts = decideBucket(policy, rest)
        for (const values of [settings, others]) {
          const full = decideBucket(policy, { ...rest, [name]: values[name]! })
          for (const access of ACCESSES) {
            if (verdicts[access].audience !== 'undecided') expect(verdicts[access].audience).toBe(full[access].audience)
          }
        }
      }),
      RUNS,
    )
  })
})

it('gives a witness exactly where the door is open, and reasons always', () => {
  fc.assert(
    fc.property(...bucket, (policy, settings) => {
      for (const verdict of Object.values(decideBucket(policy, settings))) {
        expect(verdict.witness !== null).toBe(verdict.audience !== 'none' && verdict.audience !== 'undecided')
        expect(verdict.because.length).toBeGreaterThan(0)
      }
    }),
    RUNS,
  )
})

function mapCondition(statement: Members, change: (key: string, values: Json) => readonly [string, Json]): Members {
  if (statement.Condition === undefined) return statement
  const block = Object.entries(statement.Condition as Record<string, Members>).map(([operator, keys]) => [
    operator,
    Object.fromEntries(Object.entries(keys).map(([key, values]) => change(key, values))),
  ])
  return { ...statement, Condition: Object.fromEntries(block) as Json }
}

function upperCaseKeys(statement: Members): Members {
  return mapCondition(statement, (key, values) => [key.toUpperCase(), values])
}

function upperCaseActions(statement: Members): Members {
  const upper = (actions: Json) => [actions].flat().map((action) => String(action).toUpperCase())
  const { Action, NotAction, ...rest } = statement
  return Action === undefined ? { ...rest, NotAction: upper(NotAction!) } : { ...rest, Action: upper(Action) }
}

function listed(statement: Members): Members {
  const each = mapCondition(statement, (key, values) => [key, [values].flat() as Json])
  return Object.fromEntries(
    Object.entries(each).map(([name, value]) => [name, /Action|Resource/.test(name) ? ([value].flat() as Json) : value]),
  )
}

function doubled(statement: Members): Members {
  return mapCondition(statement, (key, values) => [key, [values, values].flat() as Json])
}

const HALVES: Readonly<Record<string, readonly string[]>> = {
  '0.0.0.0/1': ['0.0.0.0/2', '64.0.0.0/2'],
  '12.0.0.0/7': ['12.0.0.0/8', '13.0.0.0/8'],
  '203.0.113.0/24': ['203.0.113.0/25', '203.0.113.128/25'],
  '2000::/3': ['2000::/4', '3000::/4'],
}

/** S3 itself looks at each range of a policy alone: the halves of those that it calls wide stay wide. */
function splitRanges(statement: Members): Members {
  return mapCondition(statement, (key, values) => [
    key,
    ([values].flat() as readonly string[]).flatMap((value) => (value === '12.0.0.0/7' ? [value] : (HALVES[value] ?? [value]))),
  ])
}

import fc from 'fast-check'
import type { Json, ZoneOfTrust } from '../../src/model/index.ts'
import { questionOf, trickyCases } from '../../src/reachability/testing/tricky-cases.ts'
import { BUCKET } from './configure.ts'
import type { Question } from './compare.ts'
import { randomDialectPolicy } from './random-dialect-policy.ts'
import { randomServerPolicy } from './random-server-policy.ts'
import { OWNER } from './server.ts'

const SEED = 20230531
const NOBODY: ZoneOfTrust = { organizations: [], accounts: [], cidrs: [], vpcs: [], vpcEndpoints: [], principals: [] }
const NOTHING_SET = {
  acl: null,
  objectAcls: null,
  objectOwnership: 'BucketOwnerEnforced',
  publicAccessBlock: null,
  accountPublicAccessBlock: null,
  encryption: null,
  requestPayment: null,
}

/** The tricky cases about AWS buckets, on a bucket whose name servers accept. */
export function trickyQuestions(): readonly Question[] {
  return trickyCases().flatMap(({ file, cases }) =>
    cases
      .filter((tricky) => tricky.resource === undefined && tricky.unread === undefined && typeof tricky.policy !== 'string')
      .map((tricky) => {
        const { resource, zone } = renamed(questionOf(tricky)) as { resource: Record<string, Json>; zone: ZoneOfTrust }
        const { type: _, arn: __, account: ___, region: ____, ...settings } = resource
        return { name: `${file.replace('.json', '')}: ${tricky.name}`, settings, zone: { ...NOBODY, ...zone } }
      }),
  )
}

const EVERYONE = { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }
const DENY_READING = { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/*` }

/** Access control lists that any server with such lists can be given, with ownership and a Deny beside them. */
export function listQuestions(): readonly Question[] {
  const zone = { ...NOBODY, accounts: [OWNER] }
  return ['ObjectWriter', 'BucketOwnerPreferred', 'BucketOwnerEnforced'].flatMap((objectOwnership) =>
    [['READ'], ['READ', 'WRITE']].flatMap((permissions) =>
      [null, { Version: '2012-10-17', Statement: [DENY_READING] }].map((policy) => ({
        name: `list ${permissions.join(' ')}, ${objectOwnership}${policy ? ', Deny' : ''}`,
        settings: {
          ...NOTHING_SET,
          objectOwnership,
          policy,
          acl: { Owner: { ID: 'owner' }, Grants: permissions.map((Permission) => ({ Grantee: EVERYONE, Permission })) },
        },
        zone,
      })),
    ),
  )
}

/** Random policies over what most servers understand, the same ones in every run. */
export function randomQuestions(count: number): readonly Question[] {
  return sampled('random', randomServerPolicy, count)
}

/** Random policies over the corners in which stores differ, the same ones in every run. */
export function dialectQuestions(count: number): readonly Question[] {
  return sampled('dialect', randomDialectPolicy, count)
}

function sampled(name: string, policies: fc.Arbitrary<Record<string, Json>>, count: number): readonly Question[] {
  return fc.sample(policies, { numRuns: count, seed: SEED }).map((policy, at) => ({
    name: `${name} ${at}`,
    settings: { ...NOTHING_SET, policy },
    zone: { ...NOBODY, accounts: [OWNER], cidrs: ['203.0.113.0/24'] },
  }))
}

/** The bucket `b` under a name of the length that names must have. */
function renamed(json: unknown): unknown {
  return JSON.parse(JSON.stringify(json).replaceAll('arn:aws:s3:::b', `arn:aws:s3:::${BUCKET}`))
}

import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, Reading, Verdict, Verdicts } from '../model/index.ts'
import type { ExposedStore, RemediationFacts } from './exposed-store.ts'
import { planFor } from './plan-for.ts'
import { option } from './shell-words.ts'

const OPENED = { notBefore: '2016-10-03T00:00:00Z', notAfter: '2018-07-01T00:00:00Z', because: [] }
const CLOSED = { notBefore: '2023-05-12T00:00:00Z', notAfter: '2023-05-12T00:00:00Z', because: [] }
const NONE: Verdict = { audience: 'none', witness: null, because: [] }
const PARTNER = 'arn:aws:iam::444455556666:role/partner'

const EVERYBODY = {
  Sid: 'Everybody',
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::example-bucket/*',
}
const OWN = { Sid: 'Own', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 's3:*', Resource: '*' }

function bucket(facets: Record<string, Json | null>, changes: Partial<ExposedStore> = {}): ExposedStore {
  const resource = {
    id: 'arn:aws:s3:::example-bucket',
    type: 'AWS::S3::Bucket',
    account: '111122223333',
    region: 'ap-northeast-1',
    name: 'example-bucket',
  }
  const readings = Object.entries(facets).map(([facet, value]): [string, Reading<Json>] => [
    facet,
    value === null ? { status: 'absent' } : { status: 'read', value },
  ])
  const read: Verdict = {
    audience: 'anyone',
    witness: { principal: { kind: 'anonymous' }, action: 's3:GetObject', resource: `${resource.id}/a b/c.csv`, context: {} },
    because: ['statement 1 "Everybody" of the bucket policy allows s3:GetObject'],
  }
  const verdicts: Verdicts = { read, list: NONE, write: NONE, delete: NONE, admin: NONE }
  return {
    ...resource,
    resource: resource.id,
    audience: 'anyone',
    verdicts,
    window: { opened: OPENED, closed: null },
    configuration: { resource, facets: Object.fromEntries(readings) },
    ...changes,
  }
}

const policy = (...statements: Json[]) => ({ Version: '2012-10-17', Statement: statements })
const BLOCK_OFF = { BlockPublicAcls: false, IgnorePublicAcls: false, BlockPublicPolicy: false, RestrictPublicBuckets: false }

const commandsOf = (store: ExposedStore, facts: RemediationFacts = {}) =>
  planFor(store, facts).steps.flatMap(({ action, command }) => (action === 'keep-evidence-copy' ? [] : [command]))

describe('planFor', () => {
  it('takes out the open statement, keeps the others, and turns on the block', () => {
    const store = bucket({ policy: policy(EVERYBODY, OWN), publicAccessBlock: BLOCK_OFF, logging: { TargetBucket: 'logs' } })
    expect(commandsOf(store)).toEqual([
      'mkdir -p ajar-plan/example-bucket && aws s3api get-bucket-policy --bucket example-bucket --query Policy --output text > ajar-plan/example-bucket/policy-before.json',
      `aws s3api put-bucket-policy --bucket example-bucket --policy '${JSON.stringify(policy(OWN))}'`,
      'aws s3api put-public-access-block --bucket example-bucket --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
      "curl --silent --output /dev/null --write-out '%{http_code}' https://s3.ap-northeast-1.amazonaws.com/example-bucket/a%20b/c.csv",
    ])
    const plan = planFor(store)
    expect(plan).toMatchObject({ id: 'plan-111122223333-example-bucket', state: 'proposed' })
    expect(plan.steps.find(({ action }) => action === 'put-public-access-block')!.wayBack).toContain('BlockPublicAcls=false')
    expect(plan.steps.every(({ verify, wayBack }) => verify !== '' && wayBack !== '')).toBe(true)
  })

  it('deletes a policy of which nothing is left', () => {
    expect(commandsOf(bucket({ policy: policy(EVERYBODY) }))).toContain('aws s3api delete-bucket-policy --bucket example-bucket')
  })

  it.each([
    {
      name: 'a condition may narrow it to inside',
      statement: { ...EVERYBODY, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } },
      removed: false,
    },
    { name: 'a Deny shuts', statement: { ...EVERYBODY, Effect: 'Deny' }, removed: false },
    {
      name: 'NotPrincipal grants everybody else',
      statement: { Effect: 'Allow', NotPrincipal: { AWS: PARTNER }, Action: '*', Resource: '*' },
      removed: true,
    },
    { name: 'a list with a star', statement: { ...EVERYBODY, Principal: { AWS: [PARTNER, '*'] } }, removed: true },
  ])('goes by what a statement grants: $name', ({ statement, removed }) => {
    const store = bucket({ policy: policy(OWN, statement as Json) }, { verdicts: bucket({}).verdicts })
    const named = { ...store, verdicts: { ...store.verdicts, read: { ...store.verdicts.read, because: [] } } }
    const titles = planFor(named).steps.map(({ action }) => action)
    expect(titles.includes('remove-public-statement')).toBe(removed)
  })

  it('keeps partners at work by name, and says who else would be refused', () => {
    const facts = {
      outsideReaders: [
        { who: '198.51.100.7', requests: 3 },
        { who: '203.0.113.9', requests: 40 },
      ],
      partners: [
        { who: PARTNER, requests: 900 },
        { who: '192.0.2.10', requests: 12 },
      ],
    }
    const plan = planFor(bucket({ policy: policy(EVERYBODY) }), facts)
    expect(plan.breaks.map(({ who }) => who)).toEqual(['203.0.113.9', '192.0.2.10', '198.51.100.7'])
    const put = plan.steps.find(({ command }) => command?.includes('put-bucket-policy'))!.command!
    expect(put).toContain(`"Principal":{"AWS":["${PARTNER}"]}`)
    expect(put).not.toContain('"Principal":"*"')
  })

  it('makes a public list private', () => {
    const grant = { Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' }
    expect(commandsOf(bucket({ acl: { Owner: { ID: 'o' }, Grants: [grant] } }))).toContain(
      'aws s3api put-bucket-acl --bucket example-bucket --acl private',
    )
    expect(commandsOf(bucket({ acl: { Owner: { ID: 'o' }, Grants: [] } }))).not.toContain(
      'aws s3api put-bucket-acl --bucket example-bucket --acl private',
    )
  })

  it('only checks what is shut', () => {
    const plan = planFor(bucket({ policy: null }, { window: { opened: OPENED, closed: CLOSED }, configuration: null }))
    expect(plan.state).toBe('already-shut')
    expect(plan.steps.map(({ action }) => action)).toEqual(['keep-evidence-copy', 'verify-that-it-is-shut'])
    expect(plan.breaks).toEqual([])
  })

  it('does not take an end that may be still to come for one', () => {
    expect(planFor(bucket({}, { window: { opened: OPENED, closed: { ...CLOSED, notAfter: null } } })).state).toBe('proposed')
  })

  it('reads first what it does not know, and names the permission', () => {
    const undecided: Verdict = { audience: 'undecided', witness: null, because: ['bucket policy not read'] }
    const store = bucket(
      { acl: { Grants: [] }, objectOwnership: 'BucketOwnerEnforced', publicAccessBlock: null },
      { audience: 'undecided' },
    )
    const verdicts = { ...store.verdicts, read: undecided }
    const facets = {
      ...store.configuration!.facets,
      policy: { status: 'not-read', reason: 'AccessDenied', missingPermission: 's3:GetBucketPolicy' },
    } as const
    const plan = planFor({ ...store, verdicts, configuration: { ...store.configuration!, facets } })
    expect(plan.state).toBe('read-first')
    expect(plan.steps[0]).toMatchObject({
      action: 'read-the-policy',
      command: 'aws s3api get-bucket-policy --bucket example-bucket',
    })
    expect(plan.steps[0]!.title).toContain('s3:GetBucketPolicy')
    expect(plan.steps.map(({ command }) => command).join('\n')).not.toMatch(/put-bucket-policy|put-public-access-block/)
  })

  it('ends the sharing of a snapshot with outsiders alone', () => {
    const read: Verdict = {
      audience: 'any-identity',
      witness: null,
      because: ['the attribute restore of the snapshot lists all: every account may restore it'],
    }
    const store = bucket(
      { snapshotAttributes: { restore: ['111122223333', 'all'] } },
      { type: 'AWS::RDS::DBSnapshot', name: 'db-2019' },
    )
    expect(commandsOf({ ...store, verdicts: { ...store.verdicts, read } })).toContain(
      'aws rds modify-db-snapshot-attribute --db-snapshot-identifier db-2019 --region ap-northeast-1 --attribute-name restore --values-to-remove all',
    )
  })

  it('closes the port of a database and takes it off the internet', () => {
    const because = ['the security group sg-0a1 lets 0.0.0.0/0, ::/0 reach port 5432']
    const witness = {
      principal: { kind: 'anonymous' },
      action: 'tcp:connect',
      resource: 'db',
      context: { 'tcp:DestinationPort': '5432' },
    } as const
    const store = bucket({ endpoint: { address: 'db.example.com', port: 5432 } }, { type: 'AWS::RDS::DBInstance', name: 'db' })
    const commands = commandsOf({ ...store, verdicts: { ...store.verdicts, read: { audience: 'anyone', witness, because } } })
    expect(commands).toEqual([
      `aws ec2 revoke-security-group-ingress --group-id sg-0a1 --region ap-northeast-1 --ip-permissions '[{"IpProtocol":"tcp","FromPort":5432,"ToPort":5432,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]'`,
      `aws ec2 revoke-security-group-ingress --group-id sg-0a1 --region ap-northeast-1 --ip-permissions '[{"IpProtocol":"tcp","FromPort":5432,"ToPort":5432,"Ipv6Ranges":[{"CidrIpv6":"::/0"}]}]'`,
      'aws rds modify-db-instance --db-instance-identifier db --region ap-northeast-1 --no-publicly-accessible --apply-immediately',
      'nc -z -w 5 db.example.com 5432',
    ])
  })

  it('quotes names so that a shell reads back exactly them', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...`ab-'"$\`\\ ;|&<>(){}*?~#!=\n`) }),
        (name) => {
          const printed = execFileSync('sh', ['-c', `printf '%s' ${option('bucket', name)}`], { encoding: 'utf8' })
          expect(printed).toBe(name.startsWith('-') ? `--bucket=${name}` : `--bucket${name}`)
        },
      ),
      { numRuns: 50 },
    )
  })
})

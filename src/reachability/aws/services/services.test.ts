import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCESSES, type Json, type Reading, type ResourceConfiguration } from '../../../model/index.ts'
import { SERVICE_MODELS } from './registry.ts'

const ZONE = {
  organizations: ['o-insideinsi'],
  accounts: ['111111111111'],
  cidrs: [],
  vpcs: [],
  vpcEndpoints: [],
  principals: [],
}
const ASKED = { zone: ZONE, asOf: '2026-11-22T00:00:00Z', related: [] } as const

/** One resource of each type. */
const ARNS: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue': 'arn:aws:sqs:eu-west-1:111111111111:q',
  'AWS::SNS::Topic': 'arn:aws:sns:eu-west-1:111111111111:t',
  'AWS::KMS::Key': 'arn:aws:kms:eu-west-1:111111111111:key/11111111-2222-3333-4444-555555555555',
  'AWS::KMS::ReplicaKey': 'arn:aws:kms:eu-west-1:111111111111:key/mrk-11111111222233334444555555555555',
  'AWS::Lambda::Function': 'arn:aws:lambda:eu-west-1:111111111111:function:f',
  'AWS::Lambda::Alias': 'arn:aws:lambda:eu-west-1:111111111111:function:f:live',
  'AWS::Lambda::Version': 'arn:aws:lambda:eu-west-1:111111111111:function:f:1',
  'AWS::Lambda::LayerVersion': 'arn:aws:lambda:eu-west-1:111111111111:layer:l:1',
  'AWS::ECR::Repository': 'arn:aws:ecr:eu-west-1:111111111111:repository/images',
  'AWS::ECR::PublicRepository': 'arn:aws:ecr-public::111111111111:repository/images',
  'AWS::SecretsManager::Secret': 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:s-AbCdEf',
  'AWS::EFS::FileSystem': 'arn:aws:elasticfilesystem:eu-west-1:111111111111:file-system/fs-0123456789abcdef0',
  'AWS::OpenSearchService::Domain': 'arn:aws:es:eu-west-1:111111111111:domain/logs',
  'AWS::OpenSearch::Domain': 'arn:aws:es:eu-west-1:111111111111:domain/logs',
  'AWS::Elasticsearch::Domain': 'arn:aws:es:eu-west-1:111111111111:domain/logs',
  'AWS::DynamoDB::Table': 'arn:aws:dynamodb:eu-west-1:111111111111:table/cars',
  'AWS::DynamoDB::GlobalTable': 'arn:aws:dynamodb:eu-west-1:111111111111:table/cars',
  'AWS::DynamoDB::Stream': 'arn:aws:dynamodb:eu-west-1:111111111111:table/cars/stream/2023-05-31T00:00:00.000',
  'AWS::Kinesis::Stream': 'arn:aws:kinesis:eu-west-1:111111111111:stream/positions',
  'AWS::Kinesis::StreamConsumer': 'arn:aws:kinesis:eu-west-1:111111111111:stream/positions/consumer/c:1685491200',
  'AWS::Glacier::Vault': 'arn:aws:glacier:eu-west-1:111111111111:vaults/old',
  'AWS::Backup::BackupVault': 'arn:aws:backup:eu-west-1:111111111111:backup-vault:nightly',
  'AWS::Backup::LogicallyAirGappedBackupVault': 'arn:aws:backup:eu-west-1:111111111111:backup-vault:nightly',
  'AWS::S3Tables::TableBucket': 'arn:aws:s3tables:eu-west-1:111111111111:bucket/tables',
  'AWS::S3Tables::Table': 'arn:aws:s3tables:eu-west-1:111111111111:bucket/tables/table/11111111-2222-3333-4444-555555555555',
  'AWS::S3Express::DirectoryBucket': 'arn:aws:s3express:eu-west-1:111111111111:bucket/fast--euw1-az1--x-s3',
  'AWS::Events::EventBus': 'arn:aws:events:eu-west-1:111111111111:event-bus/default',
  'AWS::CodeArtifact::Repository': 'arn:aws:codeartifact:eu-west-1:111111111111:repository/parts/tools',
  'AWS::CodeArtifact::Domain': 'arn:aws:codeartifact:eu-west-1:111111111111:domain/parts',
  'AWS::MediaStore::Container': 'arn:aws:mediastore:eu-west-1:111111111111:container/films',
  'AWS::Logs::Destination': 'arn:aws:logs:eu-west-1:111111111111:destination:central',
  'AWS::MSK::Cluster': 'arn:aws:kafka:eu-west-1:111111111111:cluster/positions/11111111-2222-3333-4444-555555555555-1',
  'AWS::MSK::ServerlessCluster': 'arn:aws:kafka:eu-west-1:111111111111:cluster/positions/11111111-2222-3333-4444-555555555555-1',
  'AWS::ApiGateway::RestApi': 'arn:aws:apigateway:eu-west-1::/restapis/abc123',
  'AWS::IAM::Role': 'arn:aws:iam::111111111111:role/reader',
  'AWS::Glue::DataCatalog': 'arn:aws:glue:eu-west-1:111111111111:catalog',
  'AWS::Glue::Catalog': 'arn:aws:glue:eu-west-1:111111111111:catalog',
}

/** Settings under which nothing but the policy decides. */
const OPEN_SETTINGS: Readonly<Record<string, Json>> = {
  vpcOptions: null,
  advancedSecurityOptions: null,
  functionUrl: { AuthType: 'NONE' },
  mountTargets: [],
  methods: { items: [{ path: '/', resourceMethods: { GET: { authorizationType: 'NONE' } } }] },
  endpointConfiguration: { types: ['REGIONAL'] },
  tableBucketPolicy: null,
  tags: {},
}

const OPEN_WITHOUT_POLICY: Readonly<Record<string, readonly string[]>> = {
  'AWS::ECR::PublicRepository': ['read', 'list'],
  'AWS::ApiGateway::RestApi': ['read', 'write', 'delete'],
}

// A resource share has a list instead of a policy.
const TYPES = SERVICE_MODELS.flatMap((model) => model.types.map((type) => ({ type, model }))).filter(
  ({ type }) => type !== 'AWS::RAM::ResourceShare',
)

function configured(type: string, facets: Readonly<Record<string, Json>>): ResourceConfiguration {
  const readings = Object.entries(facets).map(([facet, value]): [string, Reading<Json>] => [
    facet,
    value === null ? { status: 'absent' } : { status: 'read', value },
  ])
  const resource = { id: ARNS[type]!, type, account: '111111111111', region: 'eu-west-1', name: 'it' }
  return { resource, facets: Object.fromEntries(readings) }
}

const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] }

/** Whether a reason says that no outsider can send such a request at all. */
function isOutOfReach(why: string): boolean {
  return /alone|takes no requests of that kind/.test(why)
}

describe.each(TYPES)('$type', ({ type, model }) => {
  const decide = (facets: Readonly<Record<string, Json>>) => model.decide(configured(type, facets), ASKED)

  it('lets outsiders do all that they can ask for where the policy allows everything', () => {
    const verdicts = decide({ ...OPEN_SETTINGS, policy: EVERYTHING })
    for (const access of ACCESSES) {
      const { audience, because, witness } = verdicts[access]
      if (/AWS::(EFS|S3Express)/.test(type)) expect(audience).toBe('none')
      else if (because.some(isOutOfReach)) expect(audience).toBe('none')
      else expect({ access, audience, because }).toMatchObject({ audience: expect.stringMatching(/^any/) })
      if (witness) expect(witness.action.length).toBeGreaterThan(3)
    }
  })

  it('lets nobody in where no policy is set, but for what is public by its nature', () => {
    const verdicts = decide({ ...OPEN_SETTINGS, policy: null })
    const open = ACCESSES.filter((access) => verdicts[access].audience !== 'none')
    expect(open).toEqual(OPEN_WITHOUT_POLICY[type] ?? [])
  })

  it('does not decide without the policy, but for what hangs on none', () => {
    const { policy: _, ...settings } = { ...OPEN_SETTINGS, policy: null }
    const verdicts = decide(settings)
    for (const access of ACCESSES) {
      const { audience, because } = verdicts[access]
      if (audience === 'undecided') expect(because.join()).toContain('policy not read')
      else expect(audience === 'anyone' || because.some(isOutOfReach)).toBe(true)
    }
  })

  it('never opens by a Deny of everything', () => {
    const Statement = [...EVERYTHING.Statement, { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }]
    const verdicts = decide({ ...OPEN_SETTINGS, policy: { ...EVERYTHING, Statement } })
    const open = ACCESSES.filter((access) => verdicts[access].audience !== 'none')
    expect(open).toEqual(type === 'AWS::ECR::PublicRepository' ? ['read', 'list'] : [])
  })

  it('gives a verdict for any JSON in any setting', () => {
    const facet = fc.constantFrom(
      'policy',
      'grants',
      'functionUrl',
      'registryPolicy',
      'vaultLock',
      'mountTargets',
      'vpcOptions',
      'advancedSecurityOptions',
      'tags',
      'kmsKeyId',
      'encryption',
      'resourceControlPolicies',
      'tableBucketPolicy',
      'keyMetadata',
    )
    const value = fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.constant(EVERYTHING)) as fc.Arbitrary<Json>
    fc.assert(
      fc.property(fc.array(fc.tuple(facet, value), { maxLength: 4 }), (facets) => {
        const verdicts = decide(Object.fromEntries(facets))
        for (const access of ACCESSES) {
          const { audience, because, witness } = verdicts[access]
          expect(because.length).toBeGreaterThan(0)
          expect(because.join()).not.toContain('contradiction')
          expect(witness !== null).toBe(audience === 'anyone' || audience === 'any-identity' || audience === 'named')
        }
      }),
      { numRuns: 40, seed: 7 },
    )
  })
})

describe('the registry', () => {
  it('lists every described service, and each has a resource to be tried here', () => {
    const folder = new URL('./', import.meta.url)
    const described = readdirSync(folder)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) => [
        ...readFileSync(new URL(file, folder), 'utf8').matchAll(/^export const \w+: Service = \{\n {2}types: \[([^\]]+)\]/gm),
      ])
      .flatMap((match) => [...match[1]!.matchAll(/'([^']+)'/g)].map((type) => type[1]!))
    expect(described.sort()).toEqual(TYPES.map(({ type }) => type).sort())
    expect(Object.keys(ARNS).sort()).toEqual(described.sort())
  })
})

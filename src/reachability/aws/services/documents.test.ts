import { expect, it } from 'vitest'
import type { Json } from '../../../model/index.ts'
import { unwrapPolicy, withWholeResource } from './documents.ts'

const POLICY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' }] }
const TEXT = JSON.stringify(POLICY)

it.each<{ name: string; json: Json }>([
  { name: 'the document', json: POLICY },
  { name: 'its text, as kms get-key-policy prints it with --output text', json: TEXT },
  { name: 'sqs get-queue-attributes', json: { Attributes: { Policy: TEXT } } },
  { name: 'sns get-topic-attributes', json: { Attributes: { Policy: TEXT, Owner: '111111111111' } } },
  { name: 'kms get-key-policy', json: { Policy: TEXT, PolicyName: 'default' } },
  { name: 'lambda get-policy', json: { Policy: TEXT, RevisionId: '1' } },
  { name: 'ecr get-repository-policy', json: { registryId: '111111111111', repositoryName: 'r', policyText: TEXT } },
  { name: 'secretsmanager get-resource-policy', json: { ARN: 'arn', Name: 's', ResourcePolicy: TEXT } },
  { name: 'efs describe-file-system-policy', json: { FileSystemId: 'fs-1', Policy: TEXT } },
  { name: 'opensearch describe-domain', json: { DomainStatus: { DomainName: 'd', ARN: 'arn', AccessPolicies: TEXT } } },
  { name: 'opensearch describe-domain-config', json: { DomainConfig: { AccessPolicies: { Options: TEXT, Status: {} } } } },
  { name: 'dynamodb get-resource-policy', json: { Policy: TEXT, RevisionId: '1' } },
  { name: 'glacier get-vault-access-policy', json: { policy: { Policy: TEXT } } },
  { name: 'backup get-backup-vault-access-policy', json: { BackupVaultName: 'b', BackupVaultArn: 'arn', Policy: TEXT } },
  { name: 's3tables get-table-bucket-policy', json: { resourcePolicy: TEXT } },
  { name: 'events describe-event-bus', json: { Name: 'default', Arn: 'arn', Policy: TEXT } },
  {
    name: 'codeartifact get-repository-permissions-policy',
    json: { policy: { resourceArn: 'arn', revision: '1', document: TEXT } },
  },
  { name: 'glue get-resource-policy', json: { PolicyInJson: TEXT, PolicyHash: '1' } },
  { name: 'iam get-role', json: { Role: { RoleName: 'r', AssumeRolePolicyDocument: POLICY } } },
  { name: 'apigateway get-rest-api', json: { id: 'a', name: 'n', createdDate: 1, policy: TEXT.replaceAll('"', '\\"') } },
  { name: 'organizations describe-policy', json: { Policy: { PolicySummary: { Id: 'p-1' }, Content: TEXT } } },
  { name: 'an element of AWS Config for a role', json: { assumeRolePolicyDocument: encodeURIComponent(TEXT) } },
  { name: 'a text of a text', json: JSON.stringify(TEXT) },
])('finds the policy in $name', ({ json }) => {
  expect(unwrapPolicy(json, 'policy')).toEqual({ known: POLICY })
})

it.each<{ name: string; json: Json }>([
  { name: 'null', json: null },
  { name: 'an empty text, as OpenSearch prints it', json: { DomainStatus: { AccessPolicies: '' } } },
  { name: 'all attributes of a queue', json: { Attributes: { QueueArn: 'arn', CreatedTimestamp: '1' } } },
  { name: 'a secret without a policy', json: { ARN: 'arn', Name: 's' } },
  { name: 'a bus without a policy', json: { Name: 'default', Arn: 'arn' } },
])('takes $name for no policy', ({ json }) => {
  expect(unwrapPolicy(json, 'policy')).toEqual({ known: null })
})

it.each<{ name: string; json: Json }>([
  { name: 'no JSON', json: 'Access Denied' },
  { name: 'a number', json: 5 },
  { name: 'a list', json: [POLICY] },
  { name: 'something else', json: { Error: { Code: 'AccessDenied' } } },
  { name: 'some attributes of a queue', json: { Attributes: { VisibilityTimeout: '30' } } },
  {
    name: 'wrappings without an end',
    json: { policy: { policy: { policy: { policy: { policy: { policy: { policy: { policy: { policy: {} } } } } } } } } },
  },
])('does not take $name for no policy', ({ json }) => {
  expect(unwrapPolicy(json, 'policy')).toHaveProperty('problem')
})

it('names the resource where statements leave it out, and nowhere else', () => {
  const statement = { Effect: 'Allow', Principal: '*', Action: 'ecr:*' }
  expect(withWholeResource({ Statement: statement })).toEqual({ Statement: { ...statement, Resource: '*' } })
  const others = {
    Statement: [
      { ...statement, NotResource: 'x' },
      { ...statement, Resource: 'y' },
    ],
  }
  expect(withWholeResource(others)).toEqual(others)
})

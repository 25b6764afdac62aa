import type { Json, Reading, ResourceConfiguration } from '../../../model/index.ts'
import { isRecord, type Known } from '../../readings.ts'

/**
 * The members in which commands, consoles and AWS Config put a policy, the outer ones first: a policy is looked for below the
 * first of them that is there.
 */
const WRAPPINGS: readonly string[] = [
  // sqs get-queue-attributes, sns get-topic-attributes
  'Attributes',
  // opensearch describe-domain, es describe-elasticsearch-domain, …-config
  'DomainStatus',
  'DomainConfig',
  'AccessPolicies',
  'Options',
  // iam get-role
  'Role',
  'AssumeRolePolicyDocument',
  'assumeRolePolicyDocument',
  // kms get-key-policy, lambda get-policy, efs describe-file-system-policy, backup get-backup-vault-access-policy,
  // dynamodb and kinesis get-resource-policy, events describe-event-bus, glacier get-vault-lock
  'Policy',
  // codeartifact get-…-permissions-policy, glacier get-vault-access-policy, apigateway get-rest-api
  'policy',
  'document',
  // ecr get-repository-policy, get-registry-policy
  'policyText',
  // secretsmanager get-resource-policy; s3tables get-table-bucket-policy, get-table-policy
  'ResourcePolicy',
  'resourcePolicy',
  // glue get-resource-policy
  'PolicyInJson',
  // organizations describe-policy
  'Content',
  // CloudFormation
  'PolicyDocument',
  'RepositoryPolicyText',
]

/** Members that such answers have where no policy is set and the member for it is left out. */
const ANSWERS_WITHOUT: readonly (readonly string[])[] = [
  ['ARN', 'Name'],
  ['Arn', 'Name'],
  ['QueueArn', 'CreatedTimestamp'],
  ['DomainName', 'ARN'],
  ['id', 'name', 'createdDate'],
  ['FileSystemId'],
  ['BackupVaultName', 'BackupVaultArn'],
  ['registryId'],
]

const MOST_WRAPPINGS = 8

/** The policy document within what a command prints, an element of AWS Config or the document itself; null where none is set. */
export function unwrapPolicy(json: Json, name: string): Known<Json> {
  let inner = json
  for (let depth = 0; depth < MOST_WRAPPINGS; depth++) {
    if (inner === null) return { known: null }
    if (typeof inner === 'string') {
      const read = parseText(inner)
      if (read === undefined) return { problem: `the ${name} is not understood: it is not JSON` }
      inner = read
      continue
    }
    if (!isRecord(inner)) break
    const record = inner
    if (record.Statement !== undefined || record.Version !== undefined) return { known: record }
    const member = WRAPPINGS.find((wrapping) => Object.hasOwn(record, wrapping))
    if (member === undefined) {
      const answered = ANSWERS_WITHOUT.some((members) => members.every((each) => Object.hasOwn(record, each)))
      return answered ? { known: null } : { problem: `the ${name} is not understood: no policy document is in it` }
    }
    inner = record[member]!
  }
  return { problem: `the ${name} is not understood: it is no policy document` }
}

/** All attributes of a queue or topic where a facet holds them, for those beside the policy. */
export function allAttributes({ facets }: ResourceConfiguration): Reading<Json> | undefined {
  return [facets.attributes, facets.policy].find((reading) => {
    const attributes = reading?.status === 'read' && isRecord(reading.value) ? reading.value.Attributes : undefined
    return isRecord(attributes) && (Object.hasOwn(attributes, 'QueueArn') || Object.hasOwn(attributes, 'TopicArn'))
  })
}

/** The JSON in a text, written once or with its quotes escaped; null for the empty text, undefined where it is none. */
function parseText(text: string): Json | undefined {
  if (text.trim() === '') return null
  // IAM writes trust policies as they stand in an address.
  if (/^%7B/i.test(text)) return parseText(decoded(text))
  try {
    return JSON.parse(text) as Json
  } catch {
    // API Gateway prints a policy with every quote escaped.
    try {
      return text.includes('\\"') ? (JSON.parse(`"${text}"`) as Json) : undefined
    } catch {
      return undefined
    }
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return 'not decoded'
  }
}

/** The document with `"Resource": "*"` in each statement that names none: the resource it is attached to. */
export function withWholeResource(document: Json): Json {
  if (!isRecord(document) || document.Statement === undefined) return document
  const complete = (statement: Json): Json =>
    isRecord(statement) && statement.Resource === undefined && statement.NotResource === undefined
      ? { ...statement, Resource: '*' }
      : statement
  const { Statement: statements } = document
  return {
    ...document,
    Statement: Array.isArray(statements) ? (statements as readonly Json[]).map(complete) : complete(statements),
  }
}

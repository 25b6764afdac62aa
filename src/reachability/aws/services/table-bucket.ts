import type { Json, ResourceConfiguration } from '../../../model/index.ts'
import { decisive, isKnown, type Known } from '../../readings.ts'
import { unwrapPolicy } from './documents.ts'
import { chosen, type ServiceKey, settled, untold } from './keys.ts'
import type { Gates, Service, ServicePlace } from './service.ts'
import { below, ONE_PART } from './target.ts'

const ON_TABLES = [
  's3tables:GetTableData',
  's3tables:GetTableMetadataLocation',
  's3tables:GetTable',
  's3tables:PutTableData',
  's3tables:UpdateTableMetadataLocation',
  's3tables:RenameTable',
  's3tables:DeleteTable',
  's3tables:PutTablePolicy',
  's3tables:DeleteTablePolicy',
]
const IN_A_NAMESPACE = [
  ...ON_TABLES,
  's3tables:CreateTable',
  's3tables:DeleteNamespace',
  's3tables:GetNamespace',
  's3tables:ListTables',
]

/**
 * A bucket of tables: its policy speaks of itself and of the tables in it. Every request is signed, and block public access is
 * always on: it turns away policies for everyone when they are put. S3, user guide: "Access management for S3 Tables".
 */
export const tableBucket: Service = {
  types: ['AWS::S3Tables::TableBucket'],
  noun: 'table bucket',
  arn: /^arn:aws[a-z-]*:s3tables:[a-z0-9-]+:\d{12}:bucket\/[a-z0-9-]{3,63}$/,
  policyFacets: ['policy', 'resourcePolicy'],
  actions: {
    read: ['s3tables:GetTableData', 's3tables:GetTableMetadataLocation'],
    list: [
      's3tables:ListTables',
      's3tables:ListNamespaces',
      's3tables:GetTable',
      's3tables:GetNamespace',
      's3tables:GetTableBucket',
    ],
    write: [
      's3tables:PutTableData',
      's3tables:CreateTable',
      's3tables:CreateNamespace',
      's3tables:UpdateTableMetadataLocation',
      's3tables:RenameTable',
    ],
    delete: ['s3tables:DeleteTable', 's3tables:DeleteNamespace', 's3tables:DeleteTableBucket'],
    admin: [
      's3tables:PutTableBucketPolicy',
      's3tables:DeleteTableBucketPolicy',
      's3tables:PutTablePolicy',
      's3tables:DeleteTablePolicy',
    ],
  },
  names: (action, arn) => (ON_TABLES.includes(action) ? below(`${arn}/table/`, ONE_PART) : { arn, rest: null }),
  keys: {
    's3tables:namespace': chosen(IN_A_NAMESPACE),
    's3tables:tableName': chosen(ON_TABLES),
    's3tables:SSEAlgorithm': chosen(['s3tables:CreateTable']),
    's3tables:KMSKeyArn': chosen(['s3tables:CreateTable']),
    's3tables:TableBucketTag/*': untold('every', 'the tags of the table bucket'),
  },
  underResourceControls: false,
}

/** One table: its own policy counts, and that of its bucket. */
export const bucketTable: Service = {
  types: ['AWS::S3Tables::Table'],
  noun: 'table',
  arn: /^arn:aws[a-z-]*:s3tables:[a-z0-9-]+:\d{12}:bucket\/[a-z0-9-]{3,63}\/table\/[A-Za-z0-9_-]{1,255}$/,
  policyFacets: ['policy', 'resourcePolicy'],
  actions: {
    read: ['s3tables:GetTableData', 's3tables:GetTableMetadataLocation'],
    list: ['s3tables:GetTable'],
    write: ['s3tables:PutTableData', 's3tables:UpdateTableMetadataLocation', 's3tables:RenameTable'],
    delete: ['s3tables:DeleteTable'],
    admin: ['s3tables:PutTablePolicy', 's3tables:DeleteTablePolicy'],
  },
  keys: { 's3tables:TableBucketTag/*': untold('every', 'the tags of the table bucket') },
  underResourceControls: false,
  gates: bucketGates,
}

function bucketGates({ configuration, related }: ServicePlace): Gates {
  const bucket = bucketPolicy(configuration, related)
  const document = isKnown(bucket) ? bucket.known : null
  return {
    documents: isKnown(bucket)
      ? document === null
        ? []
        : [{ known: { name: 'table bucket policy', document, onlyDenies: false } }]
      : [bucket],
    keys: { 's3tables:namespace': fact(configuration, 'namespace'), 's3tables:tableName': fact(configuration, 'tableName') },
  }
}

/** The policy of the bucket: a facet of the table, or the bucket among the related resources. */
function bucketPolicy({ facets, resource }: ResourceConfiguration, related: readonly ResourceConfiguration[]): Known<Json> {
  const arn = resource.id.split('/table/')[0]!
  const reading = facets.tableBucketPolicy ?? related.find((each) => each.resource.id === arn)?.facets.policy
  const name = 'table bucket policy'
  return decisive(
    reading,
    name,
    (json) => unwrapPolicy(json, name),
    () => ({ known: null }),
  )
}

function fact({ facets }: ResourceConfiguration, facet: 'namespace' | 'tableName'): ServiceKey {
  const reading = facets[facet]
  return reading?.status === 'read' && typeof reading.value === 'string' ? settled('every', reading.value) : untold('every')
}

import type { Json } from '../../../model/index.ts'
import { chosen, settled } from './keys.ts'
import type { Gates, Service, ServicePlace } from './service.ts'
import { below, ONE_PART } from './target.ts'

const ON_TABLES = [
  'glue:GetTable',
  'glue:GetTables',
  'glue:GetPartitions',
  'glue:SearchTables',
  'glue:CreateTable',
  'glue:UpdateTable',
  'glue:BatchCreatePartition',
  'glue:DeleteTable',
]
const ON_DATABASES = ['glue:GetDatabase', 'glue:GetDatabases', 'glue:CreateDatabase', 'glue:DeleteDatabase']

/**
 * The catalog of an account and region: what data there are, and where. Every request is signed, and needs consent for each
 * thing on the way: the catalog, the database and the table. AWS Glue, developer guide: "Resource-based policies", "Specifying
 * AWS Glue resource ARNs".
 */
export const dataCatalog: Service = {
  types: ['AWS::Glue::DataCatalog', 'AWS::Glue::Catalog'],
  noun: 'catalog',
  arn: /^arn:aws[a-z-]*:glue:[a-z0-9-]+:\d{12}:catalog$/,
  policyFacets: ['policy', 'resourcePolicy'],
  actions: {
    read: ['glue:GetTable', 'glue:GetTables', 'glue:GetPartitions'],
    list: ['glue:GetTables', 'glue:SearchTables', 'glue:GetDatabases', 'glue:GetDatabase'],
    write: ['glue:CreateTable', 'glue:UpdateTable', 'glue:BatchCreatePartition', 'glue:CreateDatabase'],
    delete: ['glue:DeleteTable', 'glue:DeleteDatabase'],
    admin: [],
  },
  ownersAlone: { admin: ['glue:PutResourcePolicy', 'glue:DeleteResourcePolicy'] },
  names: (action, arn, { alternative: database }) => {
    const account = arn.replace(/:catalog$/, '')
    if (ON_TABLES.includes(action)) return below(`${account}:table/${database}/`, ONE_PART)
    return { arn: ON_DATABASES.includes(action) ? `${account}:database/${database}` : arn, rest: null }
  },
  alternatives: databasesIn,
  keys: {
    'glue:LakeFormationPermissions': chosen([...ON_TABLES, ...ON_DATABASES]),
    'glue:FederatedAuthorizationSource': settled('every', null),
    'glue:RoleAssumedBy': chosen('every'),
    'glue:CredentialIssuingService': chosen('every'),
  },
  underResourceControls: false,
  gates: wayGates,
}

function wayGates({ configuration: { resource }, alternative }: ServicePlace): Gates {
  const catalog = resource.id
  const database = `${catalog.replace(/:catalog$/, '')}:database/${alternative}`
  return {
    needsToo: (action) => [{ action, arn: catalog }, ...(ON_TABLES.includes(action) ? [{ action, arn: database }] : [])],
    remarks: ['the catalog tells what data there are; the stores that hold them have policies of their own'],
  }
}

const MOST_DATABASES = 40

/** Databases that the policy may tell apart: one for each way in which it writes one, and some other. */
function databasesIn(policy: Json): readonly string[] | null {
  const text = JSON.stringify(policy) ?? ''
  const written = [...text.matchAll(/:(?:database|table|tableVersion|userDefinedFunction)\/([^/"\\:]+)/g)].map(
    (match) => match[1]!,
  )
  const names = written.map((glob) => glob.replace(/\$\{[^}]*\}|\*+/g, 'x').replace(/\?/g, 'x'))
  const distinct = [...new Set(['x', ...names])]
  return distinct.length > MOST_DATABASES ? null : distinct
}

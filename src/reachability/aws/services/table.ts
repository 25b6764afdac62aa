import { literalPattern } from '../../engine/patterns.ts'
import { finite } from '../policy/requests.ts'
import { encryptionGates } from './encryption.ts'
import { chosen, MANY_VALUES } from './keys.ts'
import type { Service } from './service.ts'
import { itselfOrBelow, ONE_PART } from './target.ts'

const BY_KEY = [
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:BatchGetItem',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
]
const ON_INDEXES = ['dynamodb:Query', 'dynamodb:Scan']
const INDEX = [...literalPattern('/index/'), ...ONE_PART]

/**
 * A table with its indexes. Every request is signed. A policy that lets everyone in is turned away when it is put, but one that
 * is there counts. A table under the key that AWS manages is for its own account alone. DynamoDB, developer guide: "API operations
 * supported by resource-based policies", "Resource-based policy considerations".
 */
export const table: Service = {
  types: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  noun: 'table',
  arn: /^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[A-Za-z0-9._-]{3,255}$/,
  policyFacets: ['policy', 'resourcePolicy'],
  actions: {
    read: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:BatchGetItem'],
    list: ['dynamodb:Scan', 'dynamodb:Query', 'dynamodb:DescribeTable'],
    write: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchWriteItem'],
    delete: ['dynamodb:DeleteItem', 'dynamodb:BatchWriteItem', 'dynamodb:DeleteTable'],
    admin: ['dynamodb:PutResourcePolicy', 'dynamodb:DeleteResourcePolicy'],
  },
  names: (action, arn) => (ON_INDEXES.includes(action) ? itselfOrBelow(arn, INDEX) : { arn, rest: null }),
  keys: {
    'dynamodb:LeadingKeys': chosen(BY_KEY, { ...MANY_VALUES, presence: 'always' }),
    'dynamodb:Attributes': chosen([...BY_KEY, 'dynamodb:Scan'], MANY_VALUES),
    'dynamodb:Select': chosen(
      ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:BatchGetItem'],
      finite(['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES', 'COUNT'], 'optional'),
    ),
    'dynamodb:ReturnValues': chosen(
      ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:Query', 'dynamodb:Scan'],
      finite(['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'], 'optional'),
    ),
    'dynamodb:ReturnConsumedCapacity': chosen([...BY_KEY, 'dynamodb:Scan'], finite(['TOTAL', 'NONE', 'INDEXES'], 'optional')),
    'dynamodb:EnclosingOperation': chosen(
      ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      finite(['TransactGetItems', 'TransactWriteItems'], 'optional'),
    ),
  },
  underResourceControls: true,
  gates: (place) => {
    const { encryption, sse = encryption } = place.configuration.facets
    return encryptionGates(place, { noun: 'table', key: sse, accesses: ['read', 'list', 'write', 'delete'], withoutKey: 'none' })
  },
}

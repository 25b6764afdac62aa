import type { Service } from './service.ts'

/** The stream of a table's changes, with a policy of its own. Every request is signed. DynamoDB, developer guide: "Attach a policy to a stream". */
export const tableStream: Service = {
  types: ['AWS::DynamoDB::Stream'],
  noun: 'stream',
  arn: /^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[A-Za-z0-9._-]{3,255}\/stream\/[0-9T:.-]+$/,
  policyFacets: ['policy', 'resourcePolicy'],
  actions: {
    read: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
    list: ['dynamodb:DescribeStream'],
    write: [],
    delete: [],
    admin: ['dynamodb:PutResourcePolicy', 'dynamodb:DeleteResourcePolicy'],
  },
  underResourceControls: true,
}

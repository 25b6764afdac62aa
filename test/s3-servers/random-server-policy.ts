import fc from 'fast-check'
import type { Json } from '../../src/model/index.ts'
import { BUCKET } from './configure.ts'

type Members = Record<string, Json>
type Comparison = readonly [operators: readonly string[], key: string, values: readonly string[]]

// Keys are written as their documentation writes them, because not every server takes them otherwise.
const EVERYWHERE: readonly Comparison[] = [
  [
    ['IpAddress', 'NotIpAddress'],
    'aws:SourceIp',
    ['203.0.113.0/24', '198.51.100.0/24', '8.0.0.0/7', '0.0.0.0/1', '128.0.0.0/1', '10.0.0.0/8'],
  ],
  [
    ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'],
    'aws:Referer',
    ['https://example.com/', 'https://*', 'other'],
  ],
  [['StringEquals', 'StringNotEquals', 'StringLike'], 'aws:UserAgent', ['reader', 'read*']],
  [['Bool'], 'aws:SecureTransport', ['true', 'false']],
  [['DateLessThan', 'DateGreaterThan'], 'aws:CurrentTime', ['2020-01-01T00:00:00Z', '2035-01-01T00:00:00Z']],
]
const LISTS: readonly Comparison[] = [
  [['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'], 's3:prefix', ['public/', 'public/*']],
  [['NumericLessThanEquals', 'NumericGreaterThan', 'NumericEquals'], 's3:max-keys', ['10', '100']],
]

const OBJECTS = [`arn:aws:s3:::${BUCKET}/*`, `arn:aws:s3:::${BUCKET}/public/*`, `arn:aws:s3:::${BUCKET}/*.txt`]
const WHOLE = [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`]
/** Actions with the resources that they may stand with, and the keys that only they have. */
const SUBJECTS: readonly (readonly [actions: Json, resources: readonly Json[], keys: readonly Comparison[]])[] = [
  ['s3:GetObject', OBJECTS, []],
  ['s3:GetObject', OBJECTS, []],
  [['s3:GetObject', 's3:GetObjectVersion'], OBJECTS, []],
  ['s3:Get*', [WHOLE], []],
  ['s3:PutObject', OBJECTS, []],
  [['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], OBJECTS, []],
  ['s3:DeleteObject', OBJECTS, []],
  ['s3:ListBucket', [WHOLE[0]!], LISTS],
  ['s3:ListBucket', [WHOLE[0]!], LISTS],
  ['s3:*', [WHOLE], []],
]
const PRINCIPALS: readonly Json[] = [
  '*',
  '*',
  '*',
  { AWS: '*' },
  { AWS: '222222222222' },
  { AWS: ['222222222222', '333333333333'] },
]

function condition(comparisons: readonly Comparison[]): fc.Arbitrary<readonly [string, string, Json]> {
  return fc.constantFrom(...comparisons).chain(([operators, key, values]) =>
    fc
      .record({
        operator: fc.constantFrom(...operators),
        suffix: fc.constantFrom('', '', '', '', '', 'IfExists'),
        chosen: fc.subarray([...values], { minLength: 1, maxLength: operators[0] === 'Bool' ? 1 : 2 }),
      })
      .map(({ operator, suffix, chosen }): readonly [string, string, Json] => [
        `${operator}${suffix}`,
        key,
        chosen.length === 1 || /^(Numeric|Date)/.test(operator) ? chosen[0]! : chosen,
      ]),
  )
}

const statement: fc.Arbitrary<Members> = fc.constantFrom(...SUBJECTS).chain(([actions, resources, keys]) =>
  fc
    .record({
      effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
      principal: fc.constantFrom(...PRINCIPALS),
      resource: fc.constantFrom(...resources),
      conditions: fc.array(condition([...EVERYWHERE, ...keys, ...keys]), { maxLength: 2 }),
      others: fc.constantFrom(...OBJECTS.slice(1)),
    })
    .map(({ effect, principal, resource, conditions, others }) => {
      const block: Record<string, Members> = {}
      for (const [operator, key, values] of conditions) block[operator] = { ...block[operator], [key]: values }
      return {
        Effect: effect,
        Principal: principal,
        Action: actions,
        // Only `s3:*` may stand with any resources on every server.
        ...(actions === 's3:*' && effect === 'Allow' && conditions.length === 1
          ? { NotResource: others }
          : { Resource: resource }),
        ...(Object.keys(block).length > 0 ? { Condition: block } : {}),
      }
    }),
)

/** A bucket policy over what most servers take. */
export const randomServerPolicy: fc.Arbitrary<Members> = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((statements) => ({ Version: '2012-10-17', Statement: statements as Json[] }))

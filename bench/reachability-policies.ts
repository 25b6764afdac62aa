import type { Instant, Json, ResourceConfiguration, ZoneOfTrust } from '../src/model/index.ts'

/** Policies as they are met in the field, all different: five statements, most of them with conditions. The same seed makes the same ones. */

export const AS_OF: Instant = '2026-05-31T00:00:00Z'
export const OWNER = '111111111111'
export const ZONE: ZoneOfTrust = {
  organizations: ['o-insideinsi'],
  accounts: [OWNER, '111122223333'],
  cidrs: ['203.0.113.0/24', '198.51.100.0/25'],
  vpcs: ['vpc-11111111'],
  vpcEndpoints: ['vpce-11111111'],
  principals: [],
  domains: [],
  tenants: [],
}

type Members = Record<string, Json>

// A policy variable.
const HOME = '$' + '{aws:username}/*'

/** A small generator of numbers (mulberry32), so that a run can be repeated anywhere. */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  below(most: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * most)
  }

  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!
  }

  some<T>(values: readonly T[], most: number): T[] {
    const left = [...values]
    const count = 1 + this.below(Math.min(most, left.length))
    return Array.from({ length: count }, () => left.splice(this.below(left.length), 1)[0]!)
  }

  chance(percent: number): boolean {
    return this.below(100) < percent
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => String(this.below(10))).join('')
  }

  letters(count: number): string {
    return Array.from({ length: count }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'[this.below(36)]).join('')
  }
}

/** The bucket with the number, with its policy and settings. */
export function bucketOf(number: number, seed: number): ResourceConfiguration {
  const dice = new Dice(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b))
  const name = `${dice.of(['logs', 'maps', 'media', 'exports', 'backup', 'web', 'terminal', 'reports'])}-${dice.letters(6)}-${number}`
  const statements = Array.from({ length: 5 }, (_, at) => ({ Sid: `S${at + 1}`, ...statementOf(dice, name, at) }))
  const settings = {
    publicAccessBlock: dice.chance(30) ? { IgnorePublicAcls: true, RestrictPublicBuckets: dice.chance(15) } : null,
    requestPayment: dice.chance(3) ? { Payer: 'Requester' } : null,
  }
  return bucketWith(name, statements, settings)
}

/** A bucket with these statements in its policy, every other setting read and most of them not set. */
export function bucketWith(
  name: string,
  statements: readonly Members[],
  settings: Readonly<Record<string, Json | null>> = {},
): ResourceConfiguration {
  const all: Record<string, Json | null> = {
    policy: { Version: '2012-10-17', Statement: statements },
    acl: { Owner: { ID: 'owner' }, Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'owner' }, Permission: 'FULL_CONTROL' }] },
    objectAcls: null,
    objectOwnership: 'BucketOwnerEnforced',
    publicAccessBlock: null,
    accountPublicAccessBlock: null,
    requestPayment: null,
    encryption: null,
    accessPoints: null,
    ...settings,
  }
  const facets = Object.entries(all).map(([facet, value]) => [
    facet,
    value === null ? ({ status: 'absent' } as const) : ({ status: 'read', value } as const),
  ])
  const resource = { id: `arn:aws:s3:::${name}`, type: 'AWS::S3::Bucket', account: OWNER, region: 'ap-northeast-1', name }
  return { resource, facets: Object.fromEntries(facets) }
}

function statementOf(dice: Dice, bucket: string, at: number): Members {
  const deny = at === 0 ? false : dice.chance(45)
  const objects = `arn:aws:s3:::${bucket}/${dice.of(['*', '*', '*', `${dice.letters(4)}/*`, `public/${dice.letters(3)}*`, '*.json', HOME])}`
  const whole = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`]
  return deny ? denyOf(dice, objects, whole) : allowOf(dice, objects, whole)
}

function allowOf(dice: Dice, objects: string, whole: readonly string[]): Members {
  const [action, resource] = dice.of<readonly [Json, Json]>([
    ['s3:GetObject', objects],
    ['s3:GetObject', objects],
    [['s3:GetObject', 's3:GetObjectVersion'], objects],
    ['s3:ListBucket', whole[0]!],
    [['s3:GetObject', 's3:ListBucket'], [...whole]],
    ['s3:PutObject', objects],
    [['s3:PutObject', 's3:PutObjectAcl'], objects],
    [['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], objects],
    ['s3:Get*', [...whole]],
    ['s3:*', [...whole]],
  ])
  const conditions = Array.from({ length: dice.of([0, 1, 1, 1, 2, 2, 3]) }, () => conditionOf(dice, false))
  return { Effect: 'Allow', Principal: principalOf(dice), Action: action, Resource: resource, ...blockOf(conditions) }
}

function denyOf(dice: Dice, objects: string, whole: readonly string[]): Members {
  const action = dice.of<Json>([
    's3:*',
    's3:*',
    's3:*',
    ['s3:PutObject', 's3:DeleteObject'],
    's3:Delete*',
    's3:PutObject',
    ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:PutBucketAcl'],
    's3:GetObject',
  ])
  const resource: Json = dice.chance(75) ? [...whole] : objects
  const conditions = Array.from({ length: dice.of([1, 1, 1, 2, 2, 0]) }, () => conditionOf(dice, true))
  const exempt = { AWS: [`arn:aws:iam::${OWNER}:root`, `arn:aws:iam::${OWNER}:role/${dice.letters(6)}`] }
  return {
    Effect: 'Deny',
    ...(dice.chance(8) ? { NotPrincipal: exempt } : { Principal: dice.chance(70) ? '*' : { AWS: '*' } }),
    Action: action,
    Resource: resource,
    ...blockOf(conditions),
  }
}

function principalOf(dice: Dice): Json {
  const account = `2${dice.digits(11)}`
  return dice.of<Json>([
    '*',
    '*',
    '*',
    { AWS: '*' },
    { AWS: `arn:aws:iam::${account}:root` },
    { AWS: [account, OWNER] },
    { AWS: `arn:aws:iam::${account}:role/${dice.letters(6)}` },
    { AWS: [`arn:aws:iam::${account}:user/${dice.letters(5)}`, `arn:aws:iam::${OWNER}:root`] },
    { Service: dice.of(['cloudfront.amazonaws.com', 'logging.s3.amazonaws.com', 'delivery.logs.amazonaws.com']) },
  ])
}

type Condition = readonly [operator: string, key: string, values: Json]

/** A condition of an Allow; `guards` turns it into the way a Deny is written, where what is wanted is negated. */
function conditionOf(dice: Dice, guards: boolean): Condition {
  const not = (positive: string, negative: string) => (guards !== dice.chance(5) ? negative : positive)
  const ifExists = dice.chance(15) ? 'IfExists' : ''
  const account = `3${dice.digits(11)}`
  const cidrs = () =>
    dice.some(
      [
        '203.0.113.0/24',
        `198.51.100.${dice.below(256)}/32`,
        `192.0.2.${dice.below(16) * 16}/28`,
        `11.${dice.below(256)}.0.0/16`,
        '10.0.0.0/8',
        '0.0.0.0/0',
        `2001:db8:${dice.below(9999)}::/48`,
        `${dice.of([13, 52, 54])}.0.0.0/${dice.of([7, 8, 9, 12])}`,
      ],
      4,
    )
  const condition = dice.below(18)
  switch (condition) {
    case 0:
    case 1:
    case 2:
      return [`${not('IpAddress', 'NotIpAddress')}${ifExists}`, 'aws:SourceIp', cidrs()]
    case 3:
    case 4: {
      const organizations = dice.some(['o-insideinsi', `o-${dice.letters(10)}`, `o-${dice.letters(10)}`], 2)
      return [`${not('StringEquals', 'StringNotEquals')}${ifExists}`, 'aws:PrincipalOrgID', organizations]
    }
    case 5:
    case 6: {
      const globs = [
        `arn:aws:iam::${OWNER}:role/${dice.letters(5)}*`,
        `arn:aws:iam::${account}:role/*`,
        `arn:aws:iam::*:role/${dice.letters(6)}-*`,
        `arn:aws:iam::${account}:user/${dice.letters(4)}`,
        'arn:aws:iam::*:user/*',
      ]
      return [`${not('ArnLike', 'ArnNotLike')}${ifExists}`, 'aws:PrincipalArn', dice.some(globs, 3)]
    }
    case 7:
      return [
        `${not('StringEquals', 'StringNotEquals')}${ifExists}`,
        'aws:SourceVpce',
        dice.some(['vpce-11111111', `vpce-${dice.digits(8)}`, `vpce-${dice.digits(17)}`], 2),
      ]
    case 8:
      return ['Bool', 'aws:SecureTransport', guards ? 'false' : 'true']
    case 9:
      return [not('StringLike', 'StringNotLike'), 's3:prefix', dice.some(['', `${dice.letters(4)}/*`, 'public/*', 'home/'], 3)]
    case 10:
      return [
        not('StringLike', 'StringNotLike'),
        'aws:Referer',
        dice.some([`https://${dice.letters(5)}.example.com/*`, 'http://www.example.test/*', '*.example.com*'], 2),
      ]
    case 11:
      return [
        not('StringEquals', 'StringNotEquals'),
        `s3:ExistingObjectTag/${dice.of(['class', 'public'])}`,
        dice.of(['public', 'yes']),
      ]
    case 12:
      return [not('StringEquals', 'StringNotEquals'), `aws:PrincipalTag/${dice.of(['team', 'env'])}`, dice.letters(4)]
    case 13:
      return ['ForAllValues:StringLike', 's3:RequestObjectTagKeys', dice.some(['team', 'cost*', 'env'], 3)]
    case 14:
      return [dice.of(['DateLessThan', 'DateGreaterThan']), 'aws:CurrentTime', `20${20 + dice.below(12)}-01-01T00:00:00Z`]
    case 15:
      return guards
        ? ['Null', 's3:x-amz-server-side-encryption', 'true']
        : ['StringEquals', 's3:x-amz-acl', 'bucket-owner-full-control']
    case 16:
      return [not('StringEquals', 'StringNotEquals'), 'aws:PrincipalAccount', dice.some([OWNER, account, '111122223333'], 2)]
    default:
      return [guards ? 'NumericLessThan' : 'NumericGreaterThanEquals', 's3:TlsVersion', '1.2']
  }
}

function blockOf(conditions: readonly Condition[]): Members {
  if (conditions.length === 0) return {}
  const block: Record<string, Members> = {}
  for (const [operator, key, values] of conditions) block[operator] = { ...block[operator], [key]: values }
  return { Condition: block }
}

import type { Json, ResourceConfiguration } from '../src/model/index.ts'
import { bucketWith, Dice, OWNER } from './reachability-policies.ts'

/** Policies that are made to be slow, by what is hard about them. */
export function hostileBuckets(): readonly (readonly [name: string, configuration: ResourceConfiguration])[] {
  return Object.entries(POLICIES).map(([name, statements]) => [name, bucketWith('hostile', statements(new Dice(name.length)))])
}

type Statement = Record<string, Json>

const ALLOW: Statement = {
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::hostile', 'arn:aws:s3:::hostile/*'],
}
const DENY: Statement = { ...ALLOW, Effect: 'Deny' }

const POLICIES: Readonly<Record<string, (dice: Dice) => readonly Statement[]>> = {
  '500 statements': (dice) =>
    count(500, (at) => ({
      ...(at % 2 === 0 ? ALLOW : DENY),
      Condition: { StringNotLike: { 'aws:Referer': `*${dice.letters(3)}*` }, Bool: { 'aws:SecureTransport': 'true' } },
    })),
  'values with many wildcards': (dice) => [
    ALLOW,
    ...count(200, () => ({
      ...DENY,
      Condition: { StringNotLike: { 'aws:PrincipalArn': `arn:aws:iam::*:*${scattered(dice, 60)}` } },
    })),
  ],
  'many wildcards over few letters': (dice) => [
    ALLOW,
    ...count(200, () => ({ ...DENY, Condition: { StringNotLike: { 'aws:UserAgent': `*${scattered(dice, 40, 'ab')}` } } })),
  ],
  '20,000 values, longer than any policy may be': (dice) => [
    { ...ALLOW, Condition: { StringLike: { 'aws:UserAgent': count(10_000, () => `${dice.letters(8)}*`) } } },
    { ...DENY, Condition: { StringLike: { 'aws:UserAgent': count(9_900, () => `*${dice.letters(1)}*`) } } },
  ],
  '11,000 values': (dice) => [
    { ...ALLOW, Condition: { StringLike: { 'aws:UserAgent': count(4_000, () => `${dice.letters(8)}*`) } } },
    { ...DENY, Condition: { StringLike: { 'aws:UserAgent': count(7_000, () => `*${dice.letters(1)}*`) } } },
  ],
  '6,000 address ranges': (dice) => [
    {
      ...ALLOW,
      Condition: {
        IpAddress: { 'aws:SourceIp': count(6_000, () => `${dice.below(223) + 1}.${dice.below(256)}.${dice.below(256)}.0/28`) },
      },
    },
  ],
  '250 denies with many conditions each': (dice) => [
    ALLOW,
    ...count(250, () => ({
      ...DENY,
      Condition: Object.fromEntries(
        ['StringNotEquals', 'StringNotLike', 'StringEquals', 'StringLike'].map((operator) => [
          operator,
          { [`aws:PrincipalTag/${dice.of(['a', 'b', 'c', 'd'])}`]: dice.letters(2), 'aws:Referer': `${dice.letters(1)}*` },
        ]),
      ),
    })),
  ],
  'a puzzle of choices': (dice) => {
    // Each tag has one of two values, and each statement rules one combination of three of them out.
    const tag = () => `aws:PrincipalTag/t${dice.below(40)}`
    return [
      { ...ALLOW, Principal: { AWS: `arn:aws:iam::2${OWNER.slice(1)}:root` } },
      ...count(400, () => ({
        ...DENY,
        Condition: {
          StringEquals: { [tag()]: 'on', [tag()]: 'on' },
          StringNotEquals: { [tag()]: 'on', [tag()]: 'on' },
        },
      })),
    ]
  },
  'policy variables everywhere': (dice) =>
    count(300, (at) => ({
      ...(at % 2 === 0 ? ALLOW : DENY),
      Resource: `arn:aws:s3:::hostile/${'$'}{aws:username}/${dice.letters(2)}*`,
      Condition: { StringLike: { 'aws:PrincipalArn': `*${'$'}{aws:userid}*`, 'aws:Referer': `${'$'}{aws:PrincipalTag/x}*` } },
    })),
}

function count<T>(times: number, make: (at: number) => T): T[] {
  return Array.from({ length: times }, (_, at) => make(at))
}

/** Letters with a wildcard between each two. */
function scattered(dice: Dice, letters: number, alphabet = 'abcdefgh'): string {
  return count(letters, () => `${dice.of([...alphabet])}*`).join('')
}

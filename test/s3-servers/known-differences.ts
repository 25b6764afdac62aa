import type { Comparison } from './compare.ts'
import { conditionsOf, mentionedKeys, statementsOf } from './policy-words.ts'
import type { ServerName } from './server.ts'

/** A way in which a server does not do what AWS documents, and for which comparisons that is the reason. */
export interface KnownDifference {
  readonly server: ServerName
  readonly reason: string
  readonly direction: 'more open' | 'more closed' | 'either'
  readonly explains: (comparison: Comparison) => boolean
}

/** All of them, each once. What no entry explains fails the test. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    server: 'ministack',
    reason: 'fills in neither aws:Referer nor aws:UserAgent',
    direction: 'either',
    explains: mentions('aws:referer', 'aws:useragent'),
  },
  {
    server: 'ministack',
    reason: 'takes keys that a request lacks for present in Null',
    direction: 'either',
    explains: comparesWith(/^Null$/),
  },
  { server: 'ministack', reason: 'reads NotPrincipal the other way about', direction: 'either', explains: uses('NotPrincipal') },
  {
    server: 'ministack',
    reason: 'knows no defaults of policy variables',
    direction: 'more closed',
    explains: says(/\$\{[^}]*,/),
  },
  {
    server: 'ministack',
    reason: 'lets a grant of an ACL by before a Deny of the policy is read',
    direction: 'more open',
    explains: (comparison) =>
      grantsByAcl(comparison) && statementsOf(policyOf(comparison)).some(({ Effect }) => Effect === 'Deny'),
  },
  {
    server: 'minio',
    reason: 'asks for s3:GetObject and s3:DeleteObject whatever version is named',
    direction: 'either',
    explains: says(/ObjectVersion|Object\*/),
  },
  { server: 'minio', reason: 'knows no defaults of policy variables', direction: 'more closed', explains: says(/\$\{[^}]*,/) },
  { server: 'versitygw', reason: 'puts no values into resources', direction: 'more closed', explains: says(/\$\{/) },
  ...['NotAction', 'NotResource', 'NotPrincipal'].map(
    (element): KnownDifference => ({
      server: 'versitygw',
      reason: `passes over ${element}: such a statement is about nothing`,
      direction: 'either',
      explains: uses(element),
    }),
  ),
  {
    server: 'versitygw',
    reason: 'asks for s3:GetObject and s3:DeleteObject of the anonymous, whatever version is named',
    direction: 'either',
    explains: says(/ObjectVersion|Object\*/),
  },
  {
    server: 'versitygw',
    reason: 'lets ACLs count after BucketOwnerEnforced',
    direction: 'more open',
    explains: ({ question: { settings } }) => settings.objectOwnership === 'BucketOwnerEnforced' && saysGroups(settings),
  },
  { server: 'versitygw', reason: "lets READ in a bucket's ACL read objects too", direction: 'more open', explains: grantsByAcl },
  {
    server: 'ceph',
    reason: 'passes over NotAction: such a statement is about nothing',
    direction: 'either',
    explains: uses('NotAction'),
  },
  {
    server: 'ceph',
    reason: 'stores RestrictPublicBuckets and does nothing',
    direction: 'more open',
    explains: ({ question: { settings } }) =>
      JSON.stringify(settings.publicAccessBlock ?? null).includes('"RestrictPublicBuckets":true'),
  },
  {
    server: 'ceph',
    reason: 'meets no negated operator where the key is missing, and takes several values of one for any of them',
    direction: 'either',
    explains: comparesWith(/Not/),
  },
  {
    server: 'ceph',
    reason: 'takes Null for absence whatever it is compared with',
    direction: 'either',
    explains: comparesWith(/^Null$/),
  },
  {
    server: 'ceph',
    reason: 'leaves aws:SecureTransport out over plain HTTP, calls everyone a User, and writes aws:EpochTime as a date',
    direction: 'either',
    explains: mentions('aws:securetransport', 'aws:principaltype', 'aws:epochtime', 'aws:currenttime'),
  },
  {
    server: 'ceph',
    reason: 'knows no ownership: ACLs count',
    direction: 'more open',
    explains: ({ question: { settings } }) => settings.objectOwnership === 'BucketOwnerEnforced' && saysGroups(settings),
  },
]

/** The first known difference that explains the comparison. */
export function explanationOf(server: ServerName, comparison: Comparison): KnownDifference | undefined {
  return KNOWN_DIFFERENCES.find(
    (known) =>
      known.server === server &&
      (known.direction === 'either' || known.direction === comparison.outcome) &&
      known.explains(comparison),
  )
}

type Explains = KnownDifference['explains']

function policyOf({ question }: Comparison) {
  return question.settings.policy
}

function mentions(...keys: readonly string[]): Explains {
  return (comparison) => keys.some((key) => mentionedKeys(policyOf(comparison)).has(key))
}

function comparesWith(operator: RegExp): Explains {
  return (comparison) => conditionsOf(policyOf(comparison)).some((condition) => operator.test(condition.operator))
}

function uses(element: string): Explains {
  return (comparison) => statementsOf(policyOf(comparison)).some((statement) => statement[element] !== undefined)
}

function says(words: RegExp): Explains {
  return (comparison) => words.test(JSON.stringify(policyOf(comparison)))
}

function grantsByAcl({ question: { settings } }: Comparison): boolean {
  return saysGroups(settings) && settings.objectOwnership !== 'BucketOwnerEnforced'
}

function saysGroups({ acl, objectAcls }: Comparison['question']['settings']): boolean {
  return JSON.stringify([acl, objectAcls]).includes('groups/global')
}

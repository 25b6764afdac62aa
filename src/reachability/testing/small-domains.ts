import type { WitnessPrincipal } from '../../model/index.ts'

/** Keys of a request that go together, with one value each. */
export type Context = Readonly<Record<string, string | readonly string[]>>

/** Somebody outside the zone of trust of the random buckets. */
export interface Candidate {
  readonly kind: 'anonymous' | 'user' | 'role' | 'root' | 'federated' | 'canonical' | 'service'
  /** Some statement may name exactly this identity; what it may do, not everybody may. */
  readonly named: boolean
  readonly principal: WitnessPrincipal
  readonly context: Context
}

/** One outside source, standing for all that the vocabulary cannot tell from it, with their number. */
export interface Source {
  readonly family: 'v4' | 'v6' | 'endpoint' | 'service'
  readonly weight: number
  /** Anybody can send from it. */
  readonly open: boolean
  readonly context: Context
}

export const NOW = '2023-05-31T00:00:00Z'
export const CANONICAL_ID = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'

const ACCOUNTS = ['222222222222', '333333333333', '299999999999', '999999999999']
/** Places in organisations, as `aws:PrincipalOrgPaths` has them. */
const PLACES = [null, 'o-partnerpar/r-ab12/', 'o-partnerpar/r-cd34/', 'o-strangerst/r-ab12/']

/** Kind, name, path before the name (part of the ARN and not of `aws:username`) and unique id. */
const IDENTITIES: readonly (readonly [
  Exclude<Candidate['kind'], 'anonymous' | 'canonical' | 'service'>,
  string,
  string,
  string,
])[] = [
  ['user', 'alice', '', 'AIDAX'],
  ['user', 'ALICE', '', 'AIDAX'],
  ['user', 'Alice', '', 'AIDAX'],
  ['user', 'adam', '', 'AIDAX'],
  ['user', 'zoe', '', 'AIDAX'],
  ['user', 'zoe', '', 'AIDAEXAMPLE'],
  ['user', 'alice', '', 'AIDAEXAMPLE'],
  ['user', 'ALICE', '', 'AIDAEXAMPLE'],
  ['user', 'adam', '', 'AIDAEXAMPLE'],
  ['user', 'alice', 'z/', 'AIDAX'],
  ['user', 'ALICE', 'a/', 'AIDAX'],
  ['user', 'zoe', 'a/', 'AIDAX'],
  ['role', 'reader', '', 'AROAX:session'],
  ['role', 'reader', '', 'AROAX:nightly'],
  // Another role of that name: its sessions have the same ARN.
  ['role', 'reader', 'a/', 'AROAX:nightly'],
  ['role', 'reader', 'a/', 'AROAEXAMPLE:nightly'],
  ['role', 'other', '', 'AROAX:session'],
  ['role', 'other', '', 'AROAX:nightly'],
  ['role', 'other', '', 'AROAEXAMPLE:session'],
  ['role', 'other', '', 'AROAEXAMPLE:nightly'],
  ['role', 'reader', '', 'AROAEXAMPLE:session'],
  ['role', 'reader', '', 'AROAEXAMPLE:nightly'],
  ['root', '', '', ''],
  ['federated', 'zoe', '', ''],
]

/** Everybody who may come: without credentials, with an identity of their own, by canonical id, or a service for somebody. */
export function candidates(): readonly Candidate[] {
  return [
    {
      kind: 'anonymous',
      named: false,
      principal: { kind: 'anonymous' },
      context: { 'aws:PrincipalType': 'Anonymous', 'aws:userid': 'anonymous' },
    },
    ...ACCOUNTS.flatMap((account) =>
      PLACES.flatMap((path) => IDENTITIES.flatMap(([kind, name, folder, id]) => identity(account, path, kind, name, folder, id))),
    ),
    ...SERVICES.flatMap((service) => SOURCES_OF_SERVICES.map((source) => serviceFor(service, source))),
  ]
}

function identity(
  account: string,
  path: string | null,
  kind: 'user' | 'role' | 'root' | 'federated',
  name: string,
  folder: string,
  id: string,
): readonly Candidate[] {
  const arn = {
    root: `arn:aws:iam::${account}:root`,
    user: `arn:aws:iam::${account}:user/${folder}${name}`,
    role: `arn:aws:iam::${account}:role/${folder}${name}`,
    federated: `arn:aws:sts::${account}:federated-user/${name}`,
  }[kind]
  const session = kind === 'role' ? `arn:aws:sts::${account}:assumed-role/${name}/${id.split(':')[1]}` : arn
  const organization = path?.split('/')[0] ?? null
  const context: Context = {
    'aws:PrincipalArn': arn,
    'aws:PrincipalAccount': account,
    'aws:PrincipalType': { user: 'User', role: 'AssumedRole', root: 'Account', federated: 'FederatedUser' }[kind],
    'aws:PrincipalIsAWSService': 'false',
    'aws:userid': { root: account, user: id, role: id, federated: `${account}:${name}` }[kind],
    ...(kind === 'user' ? { 'aws:username': name } : {}),
    ...(organization === null ? {} : { 'aws:PrincipalOrgID': organization, 'aws:PrincipalOrgPaths': [path!] }),
  }
  const named =
    account === '222222222222' || account === '333333333333' || organization === 'o-partnerpar' || id.includes('EXAMPLE')
  const principal = { kind: 'aws', account, arn: session, organization, organizationPath: path } as const
  return [
    { kind, named, principal, context },
    // Whose canonical id it is, no policy says: it may be anybody's.
    { kind: 'canonical', named: true, principal: { ...principal, arn: CANONICAL_ID }, context },
  ]
}

const SERVICES = ['cloudtrail.amazonaws.com', 'logging.s3.amazonaws.com']
/** For whom a service acts: an account, the ARN of what asked for it, an organisation. */
const SOURCES_OF_SERVICES: readonly (readonly [string, string, string | null])[] = [
  '222222222222',
  '333333333333',
  '999999999999',
].flatMap((account) =>
  [
    `arn:aws:cloudtrail:ap-northeast-1:${account}:trail/t`,
    `arn:aws:cloudtrail:ap-northeast-1:${account}:trail/other`,
    'arn:aws:s3:::source-bucket',
    'arn:aws:s3:::another',
    `arn:aws:sns:ap-northeast-1:${account}:t`,
  ].flatMap((arn) => [null, 'o-partnerpar', 'o-strangerst'].map((organization) => [account, arn, organization] as const)),
)

function serviceFor(service: string, [account, arn, organization]: (typeof SOURCES_OF_SERVICES)[number]): Candidate {
  return {
    kind: 'service',
    named: true,
    principal: { kind: 'service', service },
    context: {
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': service,
      'aws:PrincipalServiceNamesList': [service],
      'aws:SourceAccount': account,
      'aws:SourceArn': arn,
      ...(organization === null ? {} : { 'aws:SourceOrgID': organization, 'aws:SourceOrgPaths': [`${organization}/r-ab12/`] }),
    },
  }
}

const INTERNET: readonly Source[] = [
  // 0/1 without 0/8, 10/8, 127/8, 100.64/10 and the ranges below.
  address('v4', '1.1.1.1', 124 * 2 ** 24 - 2 ** 22),
  address('v4', '11.1.1.1', 2 ** 24),
  address('v4', '12.1.1.1', 2 ** 25),
  // 128/1 without multicast and above, link-local, private and the two /24 below.
  address('v4', '130.1.1.1', 96 * 2 ** 24 - 2 ** 16 - 2 ** 20 - 2 ** 16 - 512),
  address('v4', '198.51.100.7', 256),
  address('v6', '2001:db8::1', 2 ** 95),
  address('v6', '2001:db8:8000::1', 2 ** 95),
  address('v6', '2a00::1', 2 ** 125 - 2 ** 96),
]

function address(family: 'v4' | 'v6', ip: string, weight: number): Source {
  return { family, weight, open: false, context: { 'aws:SourceIp': ip, 'aws:ViaAWSService': 'false' } }
}

/** Where requests come from: the internet, an endpoint of somebody outside, or a service that forwards them. */
export function sources(kind: Candidate['kind']): readonly Source[] {
  const known = SOURCES.get(kind) ?? makeSources(kind)
  SOURCES.set(kind, known)
  return known
}

const SOURCES = new Map<Candidate['kind'], readonly Source[]>()

function makeSources(kind: Candidate['kind']): readonly Source[] {
  // A service that acts by itself comes over no network of anybody's.
  if (kind === 'service') return [{ family: 'service', weight: 0, open: false, context: { 'aws:ViaAWSService': 'false' } }]
  const endpoints = ['vpce-22222222', 'vpce-99999999'].flatMap((vpce) =>
    ['vpc-22222222', 'vpc-99999999'].flatMap((vpc) =>
      ['10.1.1.1', '1.1.1.1', '30.1.1.1', '2001:db8::5'].map((ip) => ({
        family: 'endpoint' as const,
        weight: 0,
        open: vpce.endsWith('9') && vpc.endsWith('9'),
        context: { 'aws:SourceVpce': vpce, 'aws:SourceVpc': vpc, 'aws:VpcSourceIp': ip, 'aws:ViaAWSService': 'false' },
      })),
    ),
  )
  const forwarded = subsets(
    ['athena.amazonaws.com', 'kms.amazonaws.com', 'athena.example', 'kms.example', 'cloudformation.amazonaws.com'],
    3,
  )
  return [
    ...INTERNET,
    ...endpoints,
    ...(kind === 'anonymous' || kind === 'canonical'
      ? []
      : forwarded.map((services) => ({
          family: 'service' as const,
          weight: 0,
          open: true,
          context: { 'aws:ViaAWSService': 'true', 'aws:CalledVia': services },
        }))),
  ]
}

/** All parts of a list with one entry to so many. */
function subsets(of: readonly string[], most: number): readonly (readonly string[])[] {
  let all: readonly (readonly string[])[] = [[]]
  for (const one of of) all = all.flatMap((part) => [part, [...part, one]])
  return all.filter(({ length }) => length > 0 && length <= most)
}

const LISTS = ['s3:ListBucket', 's3:ListBucketVersions']
const SETS_ACL = ['s3:PutObject', 's3:PutObjectAcl', 's3:PutBucketAcl']

/** What else a request carries, each list by itself: who sends it, which object it is, and what the sender sets at will. */
export function furtherKeys(action: string, kind: Candidate['kind'], family: Source['family']): readonly (readonly Context[])[] {
  const known = FURTHER.get(`${action} ${kind} ${family}`) ?? makeFurtherKeys(action, kind, family)
  FURTHER.set(`${action} ${kind} ${family}`, known)
  return known
}

const FURTHER = new Map<string, readonly (readonly Context[])[]>()

function makeFurtherKeys(action: string, kind: Candidate['kind'], family: Source['family']): readonly (readonly Context[])[] {
  const identity = kind !== 'anonymous' && kind !== 'service'
  const optional = (key: string, ...values: readonly (string | readonly string[])[]) => [
    {},
    ...values.map((value) => ({ [key]: value })),
  ]
  return [
    // Services call each other over TLS.
    family === 'service' ? TRANSPORTS.slice(1) : TRANSPORTS,
    optional(
      'aws:Referer',
      'https://example.com/',
      'https://other.example/',
      'https://*',
      'other',
      'OTHER',
      'o-partnerpar',
      'o-strangerst',
      ...NAMES,
      ...AS_WRITTEN,
    ),
    ...(identity
      ? [
          optional('aws:PrincipalTag/team', 'yellow', 'Yellow', 'other', 'Yell*', '*', ...AS_WRITTEN),
          optional('aws:TokenIssueTime', '2019-06-01T00:00:00Z', '2021-06-01T00:00:00Z'),
          MULTI_FACTOR,
          ['0', '59999', '60000', '60001', '600000000'].map((age) => ({ 's3:signatureAge': age })),
        ]
      : []),
    ...(LISTS.includes(action)
      ? [
          optional(
            's3:prefix',
            '',
            'public/',
            'public/x',
            'public/*',
            'other',
            'guest/',
            ...NAMES.flatMap((name) => [name, `${name}/x`, `${name}/*`]),
            ...AS_WRITTEN,
          ),
          optional('s3:max-keys', '0', '9', '10', '11', '99', '100', '101'),
        ]
      : []),
    ...(SETS_ACL.includes(action) ? [optional('s3:x-amz-acl', 'public-read', 'bucket-owner-full-control', 'private')] : []),
    ...(action === 's3:PutObject' ? [optional('s3:RequestObjectTagKeys', ...subsets(['team', 'owner', 'tag', 'x'], 4))] : []),
    ...(['s3:GetObject', 's3:GetObjectVersion', 's3:PutObjectAcl'].includes(action)
      ? [optional('s3:ExistingObjectTag/team', 'yellow', 'Yellow', 'other', 'none', 'Yell*', '*', ...AS_WRITTEN)]
      : []),
  ]
}

const NAMES = ['alice', 'ALICE', 'Alice', 'adam', 'zoe', 'guest']

/** Policies of version 2008-10-17 have no variables: there these are texts like any other. */
const AS_WRITTEN = [
  `\${aws:username}`,
  `\${aws:username}/x`,
  `\${aws:username, 'guest'}/x`,
  `\${aws:PrincipalTag/team}`,
  `\${AWS:principaltag/team, 'none'}`,
  `\${aws:PrincipalOrgID}`,
  `public/\${x}`,
]

const TRANSPORTS: readonly Context[] = [
  { 'aws:SecureTransport': 'false' },
  { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.2' },
  { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' },
]

const MULTI_FACTOR: readonly Context[] = [
  {},
  { 'aws:MultiFactorAuthPresent': 'false' },
  ...['60', '3599', '3600', '3601'].map((age) => ({ 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': age })),
]

/** Object keys, one for each way in which the vocabulary's resources can tell them apart. */
export const OBJECT_KEYS = [
  'x',
  'public/x',
  'y.txt',
  'public/y.txt',
  'home/alice/x',
  'home/ALICE/x',
  'home/zoe/x',
  'home/adam/x',
  'home/guest/x',
  'team/yellow',
  'team/Yellow',
  'team/other',
  'team/none',
  'home/x.txt',
  `home/\${aws:username}/x`,
  `team/\${aws:PrincipalTag/team, 'none'}`,
]

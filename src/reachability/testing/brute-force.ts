import type { Access, Audience, Json, Witness, WitnessPrincipal } from '../../model/index.ts'
import { type ReplayedLayer, replay } from '../aws/policy/replay.ts'
import { OWNER } from './random-buckets.ts'

/** What decides over requests to one bucket. */
interface BucketConfiguration {
  readonly policy: Json
  readonly aclGrants: ReplayedLayer['aclGrants']
  readonly requesterPays: boolean
}

/**
 * The audience of an access by trying every request over small domains: one value for each way in which the vocabulary of the
 * random policies can tell values apart. It knows nothing of the search it is compared with.
 */
export function bruteForceAudience(access: Access, whole: BucketConfiguration): Audience {
  // Sources from which somebody whom nobody names gets in: without credentials, and with an identity of their own.
  const open = { anonymous: new Map<string, Source>(), identity: new Map<string, Source>() }
  let any = false
  for (const action of ACTIONS[access]) {
    const configuration = bearingOn(action, whole)
    if (!configuration) continue
    const mentioned = JSON.stringify(configuration.policy).toLowerCase()
    for (const sender of senders(mentioned)) {
      for (const source of sources(sender.kind, mentioned)) {
        const known = open[sender.kind === 'anonymous' ? 'anonymous' : 'identity']
        if (any && (sender.named || known.has(source.name))) continue
        if (!succeeds(action, sender, source, mentioned, configuration)) continue
        any = true
        if (!sender.named) known.set(source.name, source)
      }
    }
  }
  if (isWide([...open.anonymous.values()])) return 'anyone'
  if (isWide([...open.identity.values()])) return 'any-identity'
  return any ? 'named' : 'none'
}

/** The part of the configuration that speaks of the action; null where none of it allows anything. */
function bearingOn(action: string, configuration: BucketConfiguration): BucketConfiguration | null {
  const all = (configuration.policy as { Statement: Json }).Statement
  const statements = (Array.isArray(all) ? all : [all]) as readonly Record<string, Json>[]
  const bearing = statements.filter(({ Action, NotAction }) => {
    const globs = [Action ?? NotAction].flat() as readonly string[]
    const named = globs.some((glob) => new RegExp(`^${glob.toLowerCase().replaceAll('*', '.*')}$`).test(action.toLowerCase()))
    return named === (Action !== undefined)
  })
  const allowed =
    bearing.some(({ Effect }) => Effect === 'Allow') || configuration.aclGrants.some(({ actions }) => actions.includes(action))
  return allowed ? { ...configuration, policy: { Version: '2012-10-17', Statement: bearing as readonly Json[] } } : null
}

function isWide(sources: readonly Source[]): boolean {
  const weight = (family: Source['family']) =>
    sources.filter((source) => source.family === family).reduce((total, source) => total + source.weight, 0)
  return weight('v4') > 2 ** 24 || weight('v6') > 2 ** 96 || sources.some((source) => source.open)
}

interface Candidate {
  readonly kind: 'anonymous' | 'user' | 'role' | 'root' | 'federated'
  /** Some statement may name exactly this identity. */
  readonly named: boolean
  readonly principal: WitnessPrincipal
  readonly context: Readonly<Record<string, string | readonly string[]>>
}

function* senders(mentioned: string): Generator<Candidate> {
  yield {
    kind: 'anonymous',
    named: false,
    principal: { kind: 'anonymous' },
    context: { 'aws:PrincipalType': 'Anonymous', 'aws:userid': 'anonymous' },
  }
  const organizations = mentioned.includes('principalorgid') ? [null, 'o-partnerpar', 'o-strangerst'] : [null]
  const tellsNames = /user\/|role\/|principalarn|username|principaltype/.test(mentioned)
  const kinds = tellsNames ? IDENTITIES : IDENTITIES.slice(0, 1)
  for (const account of ['222222222222', '333333333333', '299999999999', '999999999999']) {
    for (const organization of organizations) {
      for (const [kind, name, folder] of kinds) yield identity(account, organization, kind, name, folder ?? '')
    }
  }
}

/** Kind, name and, for users, the path before the name: it is part of the ARN and not of `aws:username`. */
const IDENTITIES: readonly (readonly [Exclude<Candidate['kind'], 'anonymous'>, string, string?])[] = [
  ['user', 'alice'],
  ['user', 'ALICE'],
  ['user', 'Alice'],
  ['user', 'adam'],
  ['user', 'zoe'],
  ['user', 'alice', 'z/'],
  ['user', 'ALICE', 'a/'],
  ['user', 'zoe', 'a/'],
  ['role', 'reader'],
  ['role', 'other'],
  ['root', ''],
  ['federated', 'zoe'],
]

function identity(
  account: string,
  organization: string | null,
  kind: Exclude<Candidate['kind'], 'anonymous'>,
  name: string,
  folder: string,
): Candidate {
  const arn = {
    root: `arn:aws:iam::${account}:root`,
    user: `arn:aws:iam::${account}:user/${folder}${name}`,
    role: `arn:aws:iam::${account}:role/${name}`,
    federated: `arn:aws:sts::${account}:federated-user/${name}`,
  }[kind]
  const session = kind === 'role' ? `arn:aws:sts::${account}:assumed-role/${name}/session` : arn
  const path = organization === null ? null : `${organization}/r-ab12/`
  return {
    kind,
    named: account === '222222222222' || account === '333333333333' || organization === 'o-partnerpar',
    principal: { kind: 'aws', account, arn: session, organization, organizationPath: path },
    context: {
      'aws:PrincipalArn': arn,
      'aws:PrincipalAccount': account,
      'aws:PrincipalType': { user: 'User', role: 'AssumedRole', root: 'Account', federated: 'FederatedUser' }[kind],
      'aws:PrincipalIsAWSService': 'false',
      ...(kind === 'user' ? { 'aws:username': name } : {}),
      ...(organization === null ? {} : { 'aws:PrincipalOrgID': organization, 'aws:PrincipalOrgPaths': [path!] }),
    },
  }
}

interface Source {
  readonly name: string
  readonly family: 'v4' | 'v6' | 'endpoint' | 'service'
  readonly weight: number
  readonly open: boolean
  readonly context: Readonly<Record<string, string | readonly string[]>>
}

/** Outside sources, each standing for all that the vocabulary cannot tell from it, with their number. */
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
  return { name: ip, family, weight, open: false, context: { 'aws:SourceIp': ip, 'aws:ViaAWSService': 'false' } }
}

function* sources(kind: Candidate['kind'], mentioned: string): Generator<Source> {
  yield* mentioned.includes('sourceip') ? INTERNET : INTERNET.slice(0, 1)
  if (mentioned.includes('sourcevp') || mentioned.includes('sourceip')) {
    for (const vpce of ['vpce-22222222', 'vpce-99999999']) {
      for (const vpc of ['vpc-22222222', 'vpc-99999999']) {
        const context = {
          'aws:SourceVpce': vpce,
          'aws:SourceVpc': vpc,
          'aws:VpcSourceIp': '10.0.0.1',
          'aws:ViaAWSService': 'false',
        }
        yield { name: `${vpce} ${vpc}`, family: 'endpoint', weight: 0, open: vpce.endsWith('9') && vpc.endsWith('9'), context }
      }
    }
  }
  if (kind !== 'anonymous') {
    yield {
      name: 'service',
      family: 'service',
      weight: 0,
      open: true,
      context: { 'aws:ViaAWSService': 'true', 'aws:CalledVia': ['athena.amazonaws.com'] },
    }
  }
}

const ACTIONS: Readonly<Record<Access, readonly string[]>> = {
  read: ['s3:GetObject', 's3:GetObjectVersion'],
  list: ['s3:ListBucket', 's3:ListBucketVersions'],
  write: ['s3:PutObject'],
  delete: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  admin: ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:PutBucketAcl', 's3:PutObjectAcl', 's3:PutBucketPublicAccessBlock'],
}
const KEYS = ['x', 'x.txt', 'public/x', 'public/x.txt']

function succeeds(
  action: string,
  sender: Candidate,
  source: Source,
  mentioned: string,
  configuration: BucketConfiguration,
): boolean {
  const keys = KEYS.filter(
    (key) => (mentioned.includes('public/') || !key.includes('/')) && (mentioned.includes('.txt') || !key.includes('.')),
  )
  for (const caller of callerContexts(action, source, mentioned)) {
    for (const key of /Object/.test(action) ? keys : [null]) {
      const request: Witness = {
        principal: sender.principal,
        action,
        resource: key === null ? 'arn:aws:s3:::b' : `arn:aws:s3:::b/${key}`,
        context: {
          ...sender.context,
          ...source.context,
          ...caller,
          'aws:CurrentTime': '2023-05-31T00:00:00Z',
          'aws:ResourceAccount': OWNER,
        },
      }
      if (replay(request, replayed(configuration)).allowed) return true
    }
  }
  return false
}

function replayed({ policy, aclGrants, requesterPays }: BucketConfiguration): Parameters<typeof replay>[1] {
  const documents = [{ name: 'bucket policy', document: policy, onlyDenies: false }]
  return {
    layers: [{ documents, aclGrants, sees: (witness) => witness }],
    refuses: ({ principal }) => requesterPays && principal.kind === 'anonymous',
  }
}

/** What the sender may set as it likes, where a policy speaks of it and the action carries it. */
function* callerContexts(action: string, source: Source, mentioned: string): Generator<Record<string, string>> {
  const choices: readonly (readonly [string, readonly (string | null)[]])[] = [
    ['aws:SecureTransport', source.family === 'service' ? ['true'] : ['true', 'false']],
    ['aws:Referer', [null, 'https://example.com/', 'https://other.example/', 'https://*', 'other']],
    ...(action.startsWith('s3:List')
      ? [
          ['s3:prefix', [null, '', 'public/', 'public/x', 'public/*', 'other']] as const,
          ['s3:max-keys', [null, '9', '10', '11', '99', '100', '101']] as const,
        ]
      : []),
    ...(['s3:PutObject', 's3:PutObjectAcl', 's3:PutBucketAcl'].includes(action)
      ? [['s3:x-amz-acl', [null, 'public-read', 'bucket-owner-full-control', 'private']] as const]
      : []),
  ]
  const used = choices.filter(([key]) => mentioned.includes(key.toLowerCase()))
  let contexts: Record<string, string>[] = [{}]
  for (const [key, values] of used) {
    contexts = contexts.flatMap((context) => values.map((value) => (value === null ? context : { ...context, [key]: value })))
  }
  yield* contexts
}

/** The settings of a random bucket as the replay takes them. */
export function replayedOf(policy: Json, settings: Readonly<Record<string, Json>>): BucketConfiguration {
  const { acl, objectOwnership, publicAccessBlock, requestPayment } = settings as {
    acl: { Grants: readonly { Grantee: { URI?: string }; Permission: string }[] }
    objectOwnership: string
    publicAccessBlock: { IgnorePublicAcls: boolean }
    requestPayment: { Payer: string }
  }
  const table: Record<string, string[]> = {
    READ: ['s3:ListBucket', 's3:ListBucketVersions'],
    WRITE: ['s3:PutObject', 's3:DeleteObject'],
    WRITE_ACP: ['s3:PutBucketAcl'],
  }
  table.FULL_CONTROL = Object.values(table).flat()
  const count = objectOwnership !== 'BucketOwnerEnforced' && !publicAccessBlock.IgnorePublicAcls
  const groups: Record<string, string> = { AllUsers: 'everyone', AuthenticatedUsers: 'authenticated' }
  return {
    policy,
    aclGrants: count
      ? acl.Grants.flatMap(({ Grantee, Permission }) => {
          const grantee = groups[Grantee.URI?.split('/').at(-1) ?? '']
          return grantee ? [{ actions: table[Permission] ?? [], grantee, key: null }] : []
        })
      : [],
    requesterPays: requestPayment.Payer === 'Requester',
  }
}

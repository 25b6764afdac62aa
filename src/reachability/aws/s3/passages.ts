import type { Witness } from '../../../model/index.ts'
import { globPattern, literalPattern, type Pattern, repeated } from '../../engine/patterns.ts'
import type { Literal, Variable } from '../../engine/solve.ts'
import { isKnown } from '../../readings.ts'
import { type KeyView, onText, without } from '../policy/key-view.ts'
import { type Grant, grantOfStatement } from '../policy/grants.ts'
import { finite, ofAccount, PRINCIPAL, type RequestSetting, text, TWELVE_DIGITS } from '../policy/requests.ts'
import { type Mode, pin, type Reading } from '../policy/statements.ts'
import type { AccessPoint } from './access-points.ts'
import { choice, CLOSED_PART, OPEN_PART, type Part } from './door-parts.ts'
import type { ReadPolicy } from './read-policy.ts'
import type { Passage } from './target.ts'

const ARN = 's3:DataAccessPointArn'
const ACCOUNT = 's3:DataAccessPointAccount'
const ORIGIN = 's3:AccessPointNetworkOrigin'

/** Keys that only requests through an access point carry. */
export const ACCESS_POINT_KEY = /^s3:(DataAccessPointArn|DataAccessPointAccount|AccessPointNetworkOrigin)$/i

/** Actions that no access point takes: they are of the bucket's own settings. */
export const BUCKET_SETTING_ACTIONS: ReadonlySet<string> = new Set([
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
  's3:PutBucketAcl',
  's3:PutBucketPublicAccessBlock',
])

/** What requests through this access point carry. */
export function passageThrough({ arn, account, vpc }: AccessPoint): Passage {
  const origin = isKnown(vpc) ? (vpc.known === null ? 'Internet' : 'VPC') : null
  const values: Readonly<Record<string, string | null>> = {
    [ARN.toLowerCase()]: arn,
    [ACCOUNT.toLowerCase()]: account,
    [ORIGIN.toLowerCase()]: origin,
  }
  return {
    name: `through ${arn}`,
    key: (key) => {
      const name = key.toLowerCase()
      if (!Object.hasOwn(values, name)) return null
      const value = values[name]!
      return value === null ? { kind: 'unknown', why: `the network of ${arn}` } : { kind: 'fixed', values: [value] }
    },
    carries: () => ({ [ARN]: arn, [ACCOUNT]: account, ...(origin === null ? {} : { [ORIGIN]: origin }) }),
  }
}

/** What the access point itself asks of a request: its policy, its network, and TLS. */
export function accessPointPart(point: AccessPoint, controls: readonly ReadPolicy[], mode: Mode): Part {
  const { policy, vpc, arn } = point
  const bounds = controls.flatMap((control) => control.policy.statements).filter(({ effect }) => effect === 'Deny')
  const way = entry(point, mode)
  if (!way) return CLOSED_PART
  const replayedBounds = controls.map(({ policy: { name }, document }) => ({ name, document, onlyDenies: true }))
  if (!isKnown(policy)) {
    if (mode === 'least') return CLOSED_PART
    return {
      ...OPEN_PART,
      tellsRoutes: true,
      statements: bounds,
      layers: [{ grants: [choice(`the policy of ${arn}, which was not read,`, way)], denies: bounds, sees: null }],
    }
  }
  const statements = policy.known?.policy.statements ?? []
  const allows = statements.filter(({ effect }) => effect === 'Allow').map(grantOfStatement)
  return {
    ...OPEN_PART,
    statements: [...statements, ...bounds],
    tellsRoutes: isKnown(vpc) && vpc.known !== null,
    layers: [
      {
        grants: allows.map((grant) => narrowed(grant, way)),
        denies: [...statements.filter(({ effect }) => effect === 'Deny'), ...bounds],
        sees: null,
      },
    ],
    refuses: (_, action) => BUCKET_SETTING_ACTIONS.has(action),
    replayed: [
      {
        documents: [
          ...(policy.known ? [{ name: policy.known.policy.name, document: policy.known.document, onlyDenies: false }] : []),
          ...replayedBounds,
        ],
        aclGrants: [],
        sees: (witness) => witness,
      },
    ],
    refusesWitness: ({ principal, context }) =>
      principal.kind === 'anonymous' ||
      context['aws:SecureTransport'] !== 'true' ||
      (isKnown(vpc) && vpc.known !== null && context['aws:SourceVpc'] !== vpc.known),
  }
}

/** The way in by network: TLS, and through its own network only where it has one; null where that is not known and counts as closed. */
function entry({ vpc, arn }: AccessPoint, mode: Mode): Grant['when'] | null {
  if (!isKnown(vpc) && mode === 'least') return null
  const network = isKnown(vpc) ? vpc.known : null
  const transport = arn.endsWith('.mrap') ? (['s3:TlsVersion', '1.2'] as const) : (['aws:SecureTransport', 'true'] as const)
  return (reading) => {
    if (network !== null && reading.shape.route !== 'endpoint') return false
    return pinned(reading, transport, ...(network === null ? [] : [['aws:SourceVpc', network] as const]))
  }
}

function pinned(reading: Reading, ...keys: readonly (readonly [string, string])[]): readonly Literal[] | false {
  const literals = keys.map(([key, value]) => pin(key, value, reading))
  return literals.every((literal) => literal !== null) ? literals : false
}

function narrowed(grant: Grant, way: Grant['when']): Grant {
  return {
    ...grant,
    when: (reading) => {
      const entered = way(reading)
      const granted = entered && grant.when(reading)
      return entered && granted ? [...entered, ...granted] : false
    },
  }
}

/** A passage that is not one access point that was read, but any of some accounts. */
export interface OpenPassage {
  readonly passage: Passage
  readonly part: Part
}

/**
 * Anybody can attach an access point of an account of their own to a bucket, with a policy to their liking; whether it leads
 * anywhere, the bucket's policy decides. With `account`, that of one account, for its own identities; with `inside`, one of the
 * accounts inside, of which nothing is known.
 */
export function passageOf(
  of: { readonly account: string } | 'anybody' | { readonly inside: readonly string[] },
  setting: RequestSetting,
): OpenPassage {
  const { partition, region, names, zone, account: owner } = setting
  const place = region === '' ? repeated('abcdefghijklmnopqrstuvwxyz0123456789-', 1) : literalPattern(region)
  const accounts: readonly Pattern[] =
    of === 'anybody' ? [TWELVE_DIGITS] : ('inside' in of ? of.inside : [of.account]).map((id) => literalPattern(id))
  const patterns = accounts.flatMap((account) => [
    [
      ...literalPattern(`arn:${partition}:s3:`),
      ...place,
      ...literalPattern(':'),
      ...account,
      ...literalPattern(':accesspoint/'),
      ...repeated(NAME, 3),
    ],
    [
      ...literalPattern(`arn:${partition}:s3::`),
      ...account,
      ...literalPattern(':accesspoint/'),
      ...repeated(NAME, 3),
      ...literalPattern('.mrap'),
    ],
  ])
  const others = of === 'anybody' ? [owner, ...zone.accounts, ...names.accounts].filter((id) => id !== '') : []
  const excluded = others.map((id) => ofPoint(literalPattern(id)))
  const variable = text('always', [
    { patterns, negated: false },
    ...(excluded.length > 0 ? [{ patterns: excluded, negated: true }] : []),
  ])
  const words =
    of === 'anybody'
      ? "an access point of the sender's own"
      : 'inside' in of
        ? 'an access point that was not read'
        : `an access point of account ${of.account}`
  return {
    passage: openPassage(JSON.stringify(of), variable),
    part: openPart(words, of !== 'anybody' && 'account' in of ? of.account : null),
  }
}

const NAME = 'xabcdefghijklmnopqrstuvwyz0123456789-'

function ofPoint(account: Pattern): Pattern {
  return [...globPattern('arn:*:s3:*:', { without: ':' }), ...account, ...literalPattern(':'), ...globPattern('*')]
}

function openPassage(name: string, variable: Variable): Passage {
  return {
    name: `through an access point of ${name}`,
    key: (key, { route }): KeyView | null => {
      switch (key.toLowerCase()) {
        case ARN.toLowerCase():
          return { kind: 'variable', variable: ARN, declare: variable }
        case ACCOUNT.toLowerCase():
          return onText(ARN, (pattern) => [ofPoint(without(pattern, ':'))], variable)
        case ORIGIN.toLowerCase():
          return route === 'endpoint'
            ? { kind: 'variable', variable: ORIGIN, declare: finite(['Internet', 'VPC']) }
            : { kind: 'fixed', values: ['Internet'] }
        default:
          return null
      }
    },
    carries: (context) => {
      const account = String(context[ARN] ?? '').split(':')[4]
      return { ...(account ? { [ACCOUNT]: account } : {}), [ORIGIN]: context[ORIGIN] ?? 'Internet' }
    },
  }
}

function openPart(words: string, account: string | null): Part {
  const when: Grant['when'] = (reading) => {
    const own = pin(ARN, 'present', reading)
    const entered = pinned(reading, ['aws:SecureTransport', 'true'])
    if (!own || !entered) return false
    if (account === null) return [own, ...entered]
    if (!reading.variables.has(PRINCIPAL)) return false
    const values = { kind: 'patterns', patterns: [ofAccount(literalPattern(account))], negated: false } as const
    return [own, ...entered, { variable: PRINCIPAL, constraint: { whenAbsent: false, values, quantifier: 'some' } }]
  }
  return {
    ...OPEN_PART,
    tellsRoutes: true,
    layers: [{ grants: [choice(words, when)], denies: [], sees: null }],
    refuses: (_, action) => BUCKET_SETTING_ACTIONS.has(action),
    refusesWitness: ({ principal }) => principal.kind === 'anonymous',
  }
}

/** The request as the bucket behind an access point sees it. */
export function behind(witness: Witness, bucketArn: string): Witness {
  const through = /^arn:[^:]+:s3:[^:]*:\d{12}:accesspoint\/[^/]+(?:\/object\/(.*))?$/s.exec(witness.resource)
  if (!through) return witness
  return { ...witness, resource: through[1] === undefined ? bucketArn : `${bucketArn}/${through[1]}` }
}

/** The request as its sender sends it: to the access point that it carries. */
export function addressed(witness: Witness, bucketArn: string): Witness {
  const arn = witness.context[ARN]
  if (typeof arn !== 'string' || !witness.resource.startsWith(bucketArn)) return witness
  const key = witness.resource.slice(bucketArn.length + 1)
  return { ...witness, resource: key === '' ? arn : `${arn}/object/${key}` }
}

import type { Access, Witness } from '../../../model/index.ts'
import { charClass, globPattern, literalPattern, type Pattern, remainders, repeated } from '../../engine/patterns.ts'
import { isKnown } from '../../readings.ts'
import { type KeyView, onText, without } from '../policy/key-view.ts'
import { type Grant, grantOfStatement } from '../policy/grants.ts'
import { isIdentity, ofAccount, PRINCIPAL, RESOURCE, type RequestSetting, TWELVE_DIGITS } from '../policy/requests.ts'
import type { Literal } from '../../engine/solve.ts'
import { type Mode, pin, type Reading } from '../policy/statements.ts'
import { ANY_REST, type PolicyTarget } from '../policy/target.ts'
import { choice, CLOSED_PART, OPEN_PART, type Part } from './door-parts.ts'
import type { BucketEncryption, EncryptionKey } from './encryption.ts'
import { problemsIn } from './settings.ts'

/** What the ways past encryption must be told of the bucket. */
export interface EncryptedBucket {
  readonly arn: string
  readonly encryption: BucketEncryption
  /** Whether some policy speaks of the headers by which a request chooses its encryption. */
  readonly headersMatter: boolean
}

/** How sure it is that there are objects of a kind. */
type Sureness = 'certain' | 'possible' | 'no'

/** The ways past a bucket's encryption; none where nobody gets past it. */
export function encryptionWays(access: Access, bucket: EncryptedBucket, setting: RequestSetting, mode: Mode): readonly Part[] {
  if (access === 'read') return readingWays(bucket, setting, mode)
  if (access === 'write') return writingWays(bucket, setting, mode)
  return [OPEN_PART]
}

/** What is not known of the encryption and bears on the access, as sentences. */
export function encryptionDoubts(access: Access, { encryption, headersMatter }: EncryptedBucket): readonly string[] {
  if (access !== 'read' && access !== 'write') return []
  const { byDefault, objects } = encryption
  const key = isKnown(byDefault) ? byDefault.known : null
  const problems = [...problemsIn(access === 'read' ? [byDefault, objects] : [byDefault])]
  if (access === 'write' && (key || headersMatter)) problems.push('which keys of the key service senders may use was not read')
  const stored = isKnown(objects) ? objects.known : null
  if (access === 'read' && stored) {
    if (stored.plain || !stored.underKey) return problems
    return [...problems, ...keyDoubts(key), ...(key ? [] : ['which key the objects are encrypted with was not read'])]
  }
  if (!key) return problems
  const older =
    access === 'read'
      ? [`new objects are encrypted with ${key.name}, which no anonymous request can use; objects written before may not be`]
      : []
  return [...problems, ...keyDoubts(key), ...older]
}

/** Why encryption keeps everyone out, as sentences. */
export function encryptionReasons(access: Access, { encryption: { byDefault, objects } }: EncryptedBucket): readonly string[] {
  if (access !== 'read' || !isKnown(objects) || !objects.known || objects.known.plain) return []
  if (!objects.known.underKey) return ['all objects are encrypted with keys that their senders brought along']
  const key = isKnown(byDefault) ? byDefault.known : null
  return [
    `all objects are encrypted with ${key?.name ?? 'a key of the key management service'}, which the sender must be let use as well`,
  ]
}

function keyDoubts(key: EncryptionKey | null): readonly string[] {
  return key && !key.closed ? problemsIn([key.policy, key.grants]) : []
}

function readingWays({ arn, encryption }: EncryptedBucket, setting: RequestSetting, mode: Mode): readonly Part[] {
  const { plain, underKey } = storedObjects(encryption)
  const counts = (sureness: Sureness) => sureness === 'certain' || (sureness === 'possible' && mode === 'most')
  const key = isKnown(encryption.byDefault) ? encryption.byDefault.known : null
  return [
    ...(counts(plain) ? [OPEN_PART] : []),
    // Objects under a key open to nobody to whom those without one would not open.
    ...(counts(underKey) && !counts(plain) ? keyWays(key, 'kms:Decrypt', arn, setting, mode) : []),
  ]
}

function storedObjects({ byDefault, objects }: BucketEncryption): { readonly plain: Sureness; readonly underKey: Sureness } {
  const stored = isKnown(objects) ? objects.known : null
  const is = (there: boolean): Sureness => (there ? 'certain' : 'no')
  if (stored) return { plain: is(stored.plain), underKey: is(stored.underKey) }
  if (!isKnown(objects) || !isKnown(byDefault)) return { plain: 'possible', underKey: 'possible' }
  return byDefault.known ? { plain: 'possible', underKey: 'certain' } : { plain: 'certain', underKey: 'no' }
}

const HEADER = 's3:x-amz-server-side-encryption'
const KEY_HEADER = 's3:x-amz-server-side-encryption-aws-kms-key-id'
const OWN_KEY_HEADER = 's3:x-amz-server-side-encryption-customer-algorithm'

/**
 * A request to write chooses its encryption: by header, or else by the bucket's default. Without a key of the key service
 * it needs nobody's consent, and with a key of the sender's own only the sender's; the anonymous have no such key.
 * S3, API reference: PutObject.
 */
function writingWays(bucket: EncryptedBucket, setting: RequestSetting, mode: Mode): readonly Part[] {
  const { byDefault, refusesOwnKeys } = bucket.encryption
  const key = isKnown(byDefault) ? byDefault.known : null
  if (isKnown(byDefault) && !key && !bucket.headersMatter) return [OPEN_PART]
  const noHeaders: Grant[] =
    isKnown(byDefault) && !key ? [choice('the default encryption, which needs no key,', headers(null, null, null), true)] : []
  const free: Part = {
    ...OPEN_PART,
    layers: [
      {
        grants: [
          ...noHeaders,
          choice('the header x-amz-server-side-encryption: AES256, which needs no key,', headers('AES256', null, null), true),
          ...(refusesOwnKeys ? [] : [choice('a key that the sender brings along', headers(null, null, 'AES256'), true)]),
          ...ownKeys(setting),
          ...(mode === 'most' ? [choice('a key that was not read', anyKeyBut(key), true)] : []),
        ],
        denies: [],
        sees: null,
      },
    ],
    refusesWitness: ({ principal, context }) => principal.kind === 'anonymous' && String(context[HEADER]).startsWith('aws:kms'),
  }
  if (!key) return [free]
  const asDefault: Part = {
    ...OPEN_PART,
    layers: [
      { grants: [choice('the default encryption', headers(null, null, null), true), ...named(key)], denies: [], sees: null },
    ],
  }
  return [free, ...keyWays(key, 'kms:GenerateDataKey', bucket.arn, setting, mode).map((way) => joined(asDefault, way))]
}

function named({ arn, name }: EncryptionKey): readonly Grant[] {
  return arn === null
    ? []
    : [choice(name, headers('aws:kms', arn, null), true), choice(name, headers('aws:kms:dsse', arn, null), true)]
}

function joined(one: Part, other: Part): Part {
  return {
    layers: [...one.layers, ...other.layers],
    forNamedAlone: one.forNamedAlone || other.forNamedAlone,
    statements: [...one.statements, ...other.statements],
    tellsRoutes: one.tellsRoutes || other.tellsRoutes,
    refuses: (sender, action) => one.refuses(sender, action) || other.refuses(sender, action),
    replayed: [...one.replayed, ...other.replayed],
    refusesWitness: (witness) => one.refusesWitness(witness) || other.refusesWitness(witness),
  }
}

/** Requests with exactly these headers; null where one is left out. */
function headers(algorithm: string | null, key: string | null, brought: string | null): Grant['when'] {
  return (reading) => {
    const pinned = [pin(HEADER, algorithm, reading), pin(KEY_HEADER, key, reading), pin(OWN_KEY_HEADER, brought, reading)]
    if (brought !== null) pinned.push(pin('aws:SecureTransport', 'true', reading))
    return pinned.every((literal) => literal !== null) ? pinned : false
  }
}

/** Keys of the senders' own accounts: those of strangers, and of each account that some policy names, which alone may use its own. */
function ownKeys({ account, zone, names }: RequestSetting): readonly Grant[] {
  const inside = [account, ...zone.accounts].filter((id) => id !== '')
  const named = names.accounts.filter((id) => !inside.includes(id)).slice(0, MOST_NAMED)
  return ['aws:kms', 'aws:kms:dsse'].flatMap((algorithm) => [
    choice("a key of the sender's own account", ownKey(algorithm, null, [...inside, ...named]), true),
    ...named.map((id) => choice(`a key of account ${id}`, ownKey(algorithm, id, []), true)),
  ])
}

const MOST_NAMED = 50

/** A key that the sender names: of one account, for its identities alone, or of any but some. */
function ownKey(algorithm: string, owner: string | null, others: readonly string[]): Grant['when'] {
  return (reading) => {
    const { sender } = reading.shape
    if (!isIdentity(sender) && sender.kind !== 'canonical') return false
    const chosen = [pin(HEADER, algorithm, reading), pin(KEY_HEADER, 'present', reading), pin(OWN_KEY_HEADER, null, reading)]
    if (!chosen.every((literal) => literal !== null)) return false
    if (owner !== null && !reading.variables.has(PRINCIPAL)) return false
    const { variable } = chosen[1]!
    return [
      ...chosen,
      among(variable, [keyArns(owner, reading)], false),
      ...(others.length > 0
        ? [
            among(
              variable,
              others.map((id) => globPattern(`arn:*:kms:*:${id}:*`)),
              true,
            ),
          ]
        : []),
      ...(owner === null ? [] : [among(PRINCIPAL, [ofAccount(literalPattern(owner))], false)]),
    ]
  }
}

function keyArns(owner: string | null, { setting: { partition, region } }: Reading): Pattern {
  return [
    ...literalPattern(`arn:${partition}:kms:`),
    ...(region === '' ? repeated('abcdefghijklmnopqrstuvwxyz0123456789-', 1) : literalPattern(region)),
    ...literalPattern(':'),
    ...(owner === null ? TWELVE_DIGITS : literalPattern(owner)),
    ...literalPattern(':key/'),
    ...repeated(charClass('not', ':'), 1),
  ]
}

function among(variable: string, patterns: readonly Pattern[], negated: boolean, whenAbsent = false): Literal {
  return { variable, constraint: { whenAbsent, values: { kind: 'patterns', patterns, negated }, quantifier: 'some' } }
}

/** Any key but the one that is known: whether the sender may use it is not known. The anonymous may use none. */
function anyKeyBut(known: EncryptionKey | null): Grant['when'] {
  return (reading) => {
    const brought = pin(OWN_KEY_HEADER, null, reading)
    const left = pin(KEY_HEADER, null, reading)
    if (reading.shape.sender.kind === 'anonymous' || !brought || !left) return false
    return known?.arn ? [brought, among(left.variable, [literalPattern(known.arn)], true, true)] : [brought]
  }
}

/**
 * Past the consent of a key. Nobody uses a key without credentials, and a closed one nobody outside. Each grant is for one
 * principal, so that those that were not read let in nobody but some who are named.
 */
function keyWays(
  key: EncryptionKey | null,
  action: string,
  bucketArn: string,
  setting: RequestSetting,
  mode: Mode,
): readonly Part[] {
  if (key?.closed) return [CLOSED_PART]
  if (!key || !isKnown(key.policy)) return [{ ...SIGNED_PART, refuses: ({ kind }) => mode === 'least' || kind === 'anonymous' }]
  const allows = key.statements.filter(({ effect }) => effect === 'Allow').map(grantOfStatement)
  const way = keyWay(key, allows, action, bucketArn, setting)
  if (isKnown(key.grants) || mode === 'least') return [way]
  const unread = choice('a grant of the key that was not read', ({ shape: { sender } }) =>
    sender.kind === 'anonymous' ? false : [],
  )
  return [way, { ...keyWay(key, [unread], action, bucketArn, setting), forNamedAlone: true }]
}

/** Past which only signed requests get. */
const SIGNED_PART: Part = {
  ...OPEN_PART,
  refuses: ({ kind }) => kind === 'anonymous',
  refusesWitness: ({ principal }) => principal.kind === 'anonymous',
}

function keyWay(key: EncryptionKey, grants: readonly Grant[], action: string, bucketArn: string, setting: RequestSetting): Part {
  const arn = key.arn ?? key.name
  const target = keyTarget(arn, bucketArn, key.forBucket, setting)
  const documents = [key.policy, key.grants].flatMap((read) =>
    isKnown(read) && read.known ? [{ name: read.known.policy.name, document: read.known.document, onlyDenies: false }] : [],
  )
  return {
    ...SIGNED_PART,
    statements: key.statements,
    layers: [
      {
        grants,
        denies: key.statements.filter(({ effect }) => effect === 'Deny'),
        sees: () => ({ action, target }),
      },
    ],
    replayed: [
      {
        documents,
        aclGrants: [],
        sees: (witness) => ({
          ...witness,
          action,
          resource: arn,
          context: keyContext(witness, bucketArn, key.forBucket, setting),
        }),
      },
    ],
  }
}

const CONTEXT = 'kms:EncryptionContext:aws:s3:arn'

/** A key as it meets requests that S3 forwards. KMS, developer guide: "AWS KMS condition keys". */
function keyTarget(arn: string, bucketArn: string, forBucket: boolean, { region }: RequestSetting): PolicyTarget {
  const fixed = (...values: readonly string[]): KeyView => ({ kind: 'fixed', values })
  return {
    arn,
    variant: `for ${bucketArn} ${forBucket}`,
    names: () => ({ arn, rest: null }),
    takesUnsigned: () => false,
    carries: () => ({}),
    key: (key, { sender }) => {
      switch (key.toLowerCase()) {
        case 'kms:viaservice':
          return region === '' ? { kind: 'unknown', why: 'the region of the bucket' } : fixed(`s3.${region}.amazonaws.com`)
        case 'kms:calleraccount':
          if (!isIdentity(sender)) return { kind: 'unknown', why: `the account of that principal` }
          return onText(PRINCIPAL, (pattern) => [ofAccount(without(pattern, ':'))])
        case CONTEXT.toLowerCase():
          return forBucket ? fixed(bucketArn) : onText(RESOURCE, (pattern) => remainders(pattern, `${bucketArn}/`), ANY_REST)
        case 'kms:encryptioncontextkeys':
          return fixed('aws:s3:arn')
        case 'kms:encryptionalgorithm':
          return fixed('SYMMETRIC_DEFAULT')
        case 'kms:grantisforawsresource':
          return { kind: 'absent' }
        default:
          return { kind: 'unknown', why: `the condition key ${key}` }
      }
    },
  }
}

function keyContext(
  { principal, resource, context }: Witness,
  bucketArn: string,
  forBucket: boolean,
  { region }: RequestSetting,
): Witness['context'] {
  const key =
    resource.includes('/object/') && resource.includes(':accesspoint/')
      ? resource.slice(resource.indexOf('/object/') + 8)
      : resource.slice(bucketArn.length + 1)
  return {
    ...context,
    'kms:ViaService': `s3.${region}.amazonaws.com`,
    [CONTEXT]: forBucket ? bucketArn : `${bucketArn}/${key}`,
    'kms:EncryptionContextKeys': ['aws:s3:arn'],
    'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
    ...(principal.kind === 'aws' && principal.account !== 'unknown' ? { 'kms:CallerAccount': principal.account } : {}),
  }
}

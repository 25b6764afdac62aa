import type { Json, ResourceConfiguration } from '../../../model/index.ts'
import { isKnown, isRecord, type Known, narrowing } from '../../readings.ts'
import { grantsPolicy } from '../key-grants.ts'
import { setting } from '../native.ts'
import type { Statement } from '../policy/document.ts'
import { booleanOf, listIn, memberOf, textOf, unwrapped } from './native.ts'
import { type ReadPolicy, readPolicy } from './read-policy.ts'

/** How a bucket's objects are encrypted. */
export interface BucketEncryption {
  /** How new objects are written where their request does not say: under which key; null for no key of the key service. */
  readonly byDefault: Known<EncryptionKey | null>
  /** Which kinds of object there are; null where that was not read. */
  readonly objects: Known<StoredObjects | null>
  /** Whether the bucket refuses objects under keys that the sender brings along. */
  readonly refusesOwnKeys: boolean
}

export interface StoredObjects {
  readonly plain: boolean
  readonly underKey: boolean
}

/** A key of the key management service. */
export interface EncryptionKey {
  /** As a reader would name it. */
  readonly name: string
  readonly arn: string | null
  /** Whether nobody outside the key's account can ever use it: AWS manages it, or it is disabled. */
  readonly closed: boolean
  readonly policy: Known<ReadPolicy | null>
  /** Its grants, as a policy that says the same; null where it has none. */
  readonly grants: Known<ReadPolicy | null>
  /** The statements of its policy and its grants as they meet a request that S3 forwards. */
  readonly statements: readonly Statement[]
  /** Whether the key is asked for the bucket and not for each object. */
  readonly forBucket: boolean
}

/** Default encryption only says how new objects are written: those that were there before, and those that asked for another way, lie otherwise. */
export function bucketEncryption(
  { resource, facets }: ResourceConfiguration,
  related: readonly ResourceConfiguration[],
): BucketEncryption {
  const rule = (json: Json) => listIn(unwrapped(json, 'ServerSideEncryptionConfiguration'), 'Rules')?.[0]
  const blocked =
    facets.encryption?.status === 'read' ? memberOf(rule(facets.encryption.value), 'BlockedEncryptionTypes') : undefined
  const keys = [
    ...related.filter(({ resource: { type } }) => type === 'AWS::KMS::Key' || type === 'AWS::KMS::ReplicaKey'),
    ...listedKeys(facets.kmsKeys?.status === 'read' ? facets.kmsKeys.value : null, resource),
  ]
  return {
    byDefault: narrowing(facets.encryption, 'default encryption', (json) => parseDefault(rule(json), keys), null),
    objects: narrowing(facets.objectEncryption, 'encryption of the objects', parseObjects, null),
    refusesOwnKeys: JSON.stringify(blocked ?? null).includes('SSE-C'),
  }
}

function parseDefault(rule: Json | undefined, keys: readonly ResourceConfiguration[]): Known<EncryptionKey | null> {
  const byDefault = memberOf(rule, 'ApplyServerSideEncryptionByDefault')
  const algorithm = textOf(byDefault, 'SSEAlgorithm')
  if (algorithm === null) return { problem: 'default encryption not understood' }
  if (algorithm === 'AES256') return { known: null }
  if (algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') return { problem: 'default encryption not understood' }
  const forBucket = booleanOf(memberOf(rule, 'BucketKeyEnabled')) === true
  return { known: keyNamed(textOf(byDefault, 'KMSMasterKeyID'), keys, forBucket) }
}

function keyNamed(id: string | null, keys: readonly ResourceConfiguration[], forBucket: boolean): EncryptionKey {
  const none = { policy: { known: null }, grants: { known: null }, statements: [] }
  const base = { arn: id?.startsWith('arn:') ? id : null, forBucket, ...none }
  if (id === null || /(^|:)alias\/aws\/s3$/.test(id))
    return { ...base, name: 'the key that AWS manages for S3 in the account', arn: null, closed: true }
  const name = `the key ${id.slice(0, 120)}`
  const key = keys.find(
    ({ resource, facets }) =>
      [resource.id, resource.name].includes(id) || resource.id.endsWith(`:key/${id}`) || hasAlias(facets.aliases, id),
  )
  if (!key) return { ...base, name, closed: false, policy: { problem: `the policy of ${name} was not read` } }
  const reading = setting(key, 'Policy', 'KeyPolicy')
  const policy: Known<ReadPolicy | null> =
    reading?.status === 'read' ? readPolicy(reading.value, 'key policy') : { problem: `the policy of ${name} was not read` }
  const grants = grantsOf(key, name)
  const statements = [policy, grants].flatMap((each) => (isKnown(each) ? (each.known?.policy.statements ?? []) : []))
  return { name, arn: key.resource.id, closed: isClosed(key), policy, grants, statements: statements.map(forwarded), forBucket }
}

function grantsOf(key: ResourceConfiguration, name: string): Known<ReadPolicy | null> {
  const document = grantsPolicy(setting(key, 'Grants'), `grants of ${name}`)
  return isKnown(document) && document.known !== null
    ? readPolicy(document.known, 'grants of the key')
    : (document as Known<null>)
}

function hasAlias(aliases: ResourceConfiguration['facets'][string] | undefined, id: string): boolean {
  const list = aliases?.status === 'read' ? (listIn(aliases.value, 'Aliases') ?? []) : []
  return list.some((alias) => textOf(alias, 'AliasName') === id || textOf(alias, 'AliasArn') === id)
}

/** A key that AWS manages, or that is not enabled. KMS, developer guide: "AWS managed keys", "Key states". */
function isClosed({ facets }: ResourceConfiguration): boolean {
  return Object.entries(facets).some(([facet, reading]) => {
    if (reading.status !== 'read') return false
    const metadata = unwrapped({ [facet]: reading.value }, 'keyMetadata', 'configuration')
    const inner = isRecord(metadata) ? unwrapped(metadata, 'KeyMetadata') : metadata
    return (
      textOf(inner, 'KeyManager') === 'AWS' ||
      ['Disabled', 'PendingDeletion', 'Unavailable'].includes(textOf(inner, 'KeyState') ?? '')
    )
  })
}

/** Keys as `aws kms describe-key` and `get-key-policy` print them, in one record each. */
function listedKeys(json: Json, bucket: ResourceConfiguration['resource']): readonly ResourceConfiguration[] {
  return (listIn(json, 'Keys') ?? []).flatMap((entry) => {
    const arn = textOf(entry, 'Arn') ?? textOf(entry, 'KeyArn') ?? textOf(unwrapped(entry, 'KeyMetadata'), 'Arn')
    if (arn === null || !isRecord(entry)) return []
    const facets = Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, { status: 'read', value } as const]))
    return [{ resource: { ...bucket, type: 'AWS::KMS::Key', id: arn, name: arn.split('/').at(-1) ?? arn }, facets }]
  })
}

const SENDERS_NETWORK =
  /^aws:(SourceIp|VpcSourceIp|SourceVpc|SourceVpce|ViaAWSService|CalledVia|CalledViaFirst|CalledViaLast|SecureTransport|UserAgent|Referer)$/i

/** S3 asks the key service on the sender's behalf; what the key service then sees of the sender's network is not modelled. */
function forwarded(statement: Statement): Statement {
  if (!statement.atoms.some(({ key }) => SENDERS_NETWORK.test(key))) return statement
  const atoms = statement.atoms.map((atom) =>
    SENDERS_NETWORK.test(atom.key) ? { ...atom, key: `${atom.key} as the key service sees it` } : atom,
  )
  return { ...statement, atoms }
}

const PLAIN = ['sse-s3', 'not-sse', 'aes256', 'none']
const UNDER_KEY = ['sse-kms', 'dsse-kms', 'aws:kms', 'aws:kms:dsse']
const BROUGHT_ALONG = ['sse-c']

/** Numbers of objects by the words of S3 Inventory: `{"SSE-S3": 12, "SSE-KMS": 3}`. Nothing there says nothing. */
function parseObjects(json: Json): Known<StoredObjects | null> {
  if (!isRecord(json)) return { problem: 'encryption of the objects not understood' }
  const counts = Object.entries(json).map(([word, count]) => [word.toLowerCase(), count] as const)
  const known = [...PLAIN, ...UNDER_KEY, ...BROUGHT_ALONG]
  if (!counts.every(([word, count]) => known.includes(word) && typeof count === 'number' && count >= 0))
    return { problem: 'encryption of the objects not understood' }
  const some = (words: readonly string[]) => counts.some(([word, count]) => words.includes(word) && count !== 0)
  return { known: some(known) ? { plain: some(PLAIN), underKey: some(UNDER_KEY) } : null }
}

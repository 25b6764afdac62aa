import type { Variable } from '../../engine/solve.ts'
import { derived, type KeyView } from '../policy/key-view.ts'
import { finite, isIdentity, type RequestSetting, type RequestShape, SOME_TEXT, TRANSPORT, text } from '../policy/requests.ts'

const ANY_VALUE = text('optional', SOME_TEXT)
// A request may name the empty prefix.
const ANY_TEXT_AT_ALL = text('optional', [])
const LISTS = ['s3:ListBucket', 's3:ListBucketVersions']
const SETS_ACL = ['s3:PutObject', 's3:PutObjectAcl', 's3:PutBucketAcl']
const PUTS = ['s3:PutObject']
const VERSIONED = ['s3:GetObjectVersion', 's3:DeleteObjectVersion']
const TAGGED = ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObjectAcl']

const CANNED_ACLS = [
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'aws-exec-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
  'log-delivery-write',
]
const STORAGE_CLASSES = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'OUTPOSTS',
  'GLACIER_IR',
  'EXPRESS_ONEZONE',
]

/**
 * Keys that the sender sets, and the actions whose requests carry them, by the service authorization reference of S3.
 * A key that an action does not carry is absent there.
 */
const CALLER_KEYS: Readonly<Record<string, { readonly actions: readonly string[]; readonly variable: Variable }>> = {
  's3:prefix': { actions: LISTS, variable: ANY_TEXT_AT_ALL },
  's3:delimiter': { actions: LISTS, variable: ANY_TEXT_AT_ALL },
  's3:max-keys': { actions: LISTS, variable: number(0, 2_147_483_647) },
  's3:versionid': { actions: VERSIONED, variable: text('always', SOME_TEXT) },
  's3:x-amz-acl': { actions: SETS_ACL, variable: finite(CANNED_ACLS, 'optional') },
  's3:x-amz-grant-read': { actions: SETS_ACL, variable: ANY_VALUE },
  's3:x-amz-grant-write': { actions: SETS_ACL, variable: ANY_VALUE },
  's3:x-amz-grant-read-acp': { actions: SETS_ACL, variable: ANY_VALUE },
  's3:x-amz-grant-write-acp': { actions: SETS_ACL, variable: ANY_VALUE },
  's3:x-amz-grant-full-control': { actions: SETS_ACL, variable: ANY_VALUE },
  's3:x-amz-copy-source': { actions: PUTS, variable: ANY_VALUE },
  's3:x-amz-metadata-directive': { actions: PUTS, variable: finite(['COPY', 'REPLACE'], 'optional') },
  's3:x-amz-server-side-encryption': { actions: PUTS, variable: finite(['AES256', 'aws:kms', 'aws:kms:dsse'], 'optional') },
  's3:x-amz-server-side-encryption-aws-kms-key-id': { actions: PUTS, variable: ANY_VALUE },
  's3:x-amz-server-side-encryption-customer-algorithm': { actions: PUTS, variable: finite(['AES256'], 'optional') },
  's3:x-amz-storage-class': { actions: PUTS, variable: finite(STORAGE_CLASSES, 'optional') },
  's3:x-amz-website-redirect-location': { actions: PUTS, variable: ANY_VALUE },
  's3:object-lock-mode': { actions: PUTS, variable: finite(['GOVERNANCE', 'COMPLIANCE'], 'optional') },
  's3:object-lock-legal-hold': { actions: PUTS, variable: finite(['ON', 'OFF'], 'optional') },
  's3:object-lock-retain-until-date': { actions: PUTS, variable: ANY_VALUE },
  's3:object-lock-remaining-retention-days': { actions: PUTS, variable: number(1, 36_500) },
  's3:requestobjecttagkeys': { actions: PUTS, variable: text('optional', SOME_TEXT, true) },
  's3:if-match': { actions: [...PUTS, 's3:DeleteObject'], variable: ANY_VALUE },
  's3:if-none-match': { actions: PUTS, variable: ANY_VALUE },
  's3:locationconstraint': { actions: [], variable: ANY_VALUE },
}

const ABSENT: KeyView = { kind: 'absent' }

/** What is known of one of S3's own condition keys; null for a key of another service. */
export function s3Key(key: string, { sender, action }: RequestShape, setting: RequestSetting): KeyView | null {
  const name = key.toLowerCase()
  if (name === 'aws:tagkeys') return PUTS.includes(action) ? own(name, text('optional', SOME_TEXT, true)) : ABSENT
  if (!name.startsWith('s3:')) return null
  const caller = Object.hasOwn(CALLER_KEYS, name) ? CALLER_KEYS[name] : undefined
  if (caller) return caller.actions.includes(action) ? { kind: 'variable', variable: name, declare: caller.variable } : ABSENT
  // Tags of the object that is asked for: some object may have any.
  if (name.startsWith('s3:existingobjecttag/')) return TAGGED.includes(action) ? own(name, ANY_VALUE) : ABSENT
  if (name.startsWith('s3:requestobjecttag/')) return PUTS.includes(action) ? own(name, ANY_VALUE) : ABSENT
  const signs = isIdentity(sender) || sender.kind === 'canonical'
  switch (name) {
    case 's3:tlsversion':
      return derived(TRANSPORT, (value) => (value === 'plain' ? null : value))
    case 's3:resourceaccount':
      return setting.account === ''
        ? { kind: 'unknown', why: 'the account of the bucket' }
        : { kind: 'fixed', values: [setting.account] }
    case 's3:authtype': {
      const ways = ['REST-HEADER', 'REST-QUERY-STRING', ...(action === 's3:PutObject' ? ['POST'] : [])]
      return signs ? own(name, finite(ways)) : sender.kind === 'anonymous' ? ABSENT : { kind: 'unknown', why: key }
    }
    case 's3:signatureversion':
      return signs ? own(name, finite(['AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256', 'AWS'])) : ABSENT
    case 's3:signatureage':
      return signs ? own(name, { ...number(0, 604_800_000), presence: 'always' }) : ABSENT
    case 's3:x-amz-content-sha256':
      return own(name, ANY_VALUE)
    case 's3:dataaccesspointarn':
    case 's3:dataaccesspointaccount':
    case 's3:accesspointnetworkorigin':
    case 's3:accessgrantsinstancearn':
      return ABSENT
    default:
      return { kind: 'unknown', why: `the condition key ${key}` }
  }
}

function own(variable: string, declare: Variable): KeyView {
  return { kind: 'variable', variable, declare }
}

function number(least: number, most: number): Variable {
  return { presence: 'optional', many: false, domain: { kind: 'number', least, most } }
}

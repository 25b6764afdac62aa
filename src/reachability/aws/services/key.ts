import type { Json } from '../../../model/index.ts'
import { decisive, isKnown, isRecord, isTexts, type Known } from '../../readings.ts'
import { finite } from '../policy/requests.ts'
import {
  callersAccount,
  chosen,
  forwardingService,
  MANY_VALUES,
  type ServiceKey,
  type ServiceKeys,
  settled,
  untold,
} from './keys.ts'
import type { Gates, Service, ServicePlace } from './service.ts'

const DATA_KEYS = [
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:GenerateDataKeyPair',
  'kms:GenerateDataKeyPairWithoutPlaintext',
]
const SYMMETRIC = ['kms:Decrypt', 'kms:Encrypt', ...DATA_KEYS, 'kms:ReEncryptFrom', 'kms:ReEncryptTo']
const CRYPTOGRAPHIC = [
  ...SYMMETRIC,
  'kms:DeriveSharedSecret',
  'kms:DescribeKey',
  'kms:GenerateMac',
  'kms:GetPublicKey',
  'kms:Sign',
  'kms:Verify',
  'kms:VerifyMac',
]

/** True only where a service asks for a grant on behalf of the sender. */
const FOR_A_SERVICE: ServiceKey = {
  on: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
  byRoute: true,
  view: (name, { route }) =>
    route === 'service'
      ? { kind: 'variable', variable: name, declare: finite(['true', 'false']) }
      : { kind: 'fixed', values: ['false'] },
  carried: ({ route }) => (route === 'service' ? null : 'false'),
}

/**
 * A key. Every request is signed. Other accounts can call the cryptographic operations and those on grants, never those that
 * change the key or its policy. KMS, API reference of each operation: "Cross-account use"; developer guide: "Condition keys".
 */
export const key: Service = {
  types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  noun: 'key',
  arn: /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]{1,64}$/,
  policyFacets: ['policy', 'keyPolicy'],
  actions: {
    read: ['kms:Decrypt', 'kms:ReEncryptFrom', 'kms:DeriveSharedSecret'],
    list: ['kms:DescribeKey', 'kms:ListGrants', 'kms:GetPublicKey', 'kms:GetKeyRotationStatus'],
    write: ['kms:Encrypt', ...DATA_KEYS, 'kms:ReEncryptTo', 'kms:Sign', 'kms:GenerateMac'],
    delete: [],
    admin: ['kms:CreateGrant', 'kms:RevokeGrant', 'kms:RetireGrant'],
  },
  ownersAlone: {
    delete: ['kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:DeleteImportedKeyMaterial'],
    admin: ['kms:PutKeyPolicy'],
  },
  keys: {
    'kms:CallerAccount': callersAccount('every'),
    'kms:ViaService': forwardingService('every'),
    'kms:EncryptionContext:*': chosen([...SYMMETRIC, 'kms:CreateGrant', 'kms:RetireGrant']),
    'kms:EncryptionContextKeys': chosen([...SYMMETRIC, 'kms:CreateGrant', 'kms:RetireGrant'], MANY_VALUES),
    'kms:EncryptionAlgorithm': chosen(
      SYMMETRIC,
      finite(['SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE']),
    ),
    'kms:SigningAlgorithm': chosen(['kms:Sign', 'kms:Verify']),
    'kms:MessageType': chosen(['kms:Sign', 'kms:Verify'], finite(['RAW', 'DIGEST', 'EXTERNAL_MU'])),
    'kms:MacAlgorithm': chosen(['kms:GenerateMac', 'kms:VerifyMac']),
    'kms:KeyAgreementAlgorithm': chosen(['kms:DeriveSharedSecret']),
    'kms:DataKeyPairSpec': chosen(['kms:GenerateDataKeyPair', 'kms:GenerateDataKeyPairWithoutPlaintext']),
    'kms:ReEncryptOnSameKey': chosen(['kms:ReEncryptFrom', 'kms:ReEncryptTo'], finite(['true', 'false'])),
    'kms:GranteePrincipal': chosen(['kms:CreateGrant']),
    'kms:GranteeServicePrincipal': chosen(['kms:CreateGrant']),
    'kms:RetiringPrincipal': chosen(['kms:CreateGrant']),
    'kms:RetiringServicePrincipal': chosen(['kms:CreateGrant']),
    'kms:GrantOperations': chosen(['kms:CreateGrant'], MANY_VALUES),
    'kms:GrantConstraintSourceArn': chosen(['kms:CreateGrant']),
    'kms:GrantConstraintType': chosen(
      ['kms:CreateGrant', 'kms:RetireGrant'],
      finite(['EncryptionContextSubset', 'EncryptionContextEquals'], 'optional'),
    ),
    'kms:GrantIsForAWSResource': FOR_A_SERVICE,
    'kms:RequestAlias': untold(CRYPTOGRAPHIC),
    'kms:ResourceAliases': untold('every'),
    'kms:RecipientAttestation:*': untold(['kms:Decrypt', 'kms:DeriveSharedSecret', ...DATA_KEYS]),
  },
  underResourceControls: true,
  gates: keyGates,
}

/** The operations of grants that other accounts may be given. */
function keyGates({ configuration: { facets }, mode }: ServicePlace): Gates {
  const grants =
    facets.grants === undefined ? { known: [] } : decisive(facets.grants, 'grants of the key', parseGrants, () => ({ known: [] }))
  const unread = isKnown(grants) ? [] : [grants.problem]
  return {
    doubts: unread,
    documents: [
      ...(isKnown(grants) && grants.known.length > 0
        ? [
            {
              known: {
                name: 'grants of the key',
                document: { Version: '2012-10-17', Statement: grants.known },
                onlyDenies: false,
              },
            },
          ]
        : []),
      ...(!isKnown(grants) && mode === 'most' ? [{ known: ANY_GRANT }] : []),
    ],
    keys: settingKeys(facets.keyMetadata?.status === 'read' ? facets.keyMetadata.value : null),
  }
}

const ANY_GRANT = {
  name: 'grants of the key that were not read',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' } },
  onlyDenies: false,
}

/** The grants of `aws kms list-grants`, each as the statement that says the same. KMS, developer guide: "Grants in AWS KMS". */
function parseGrants(json: Json): Known<readonly Json[]> {
  const list = isRecord(json) ? json.Grants : json
  if (!Array.isArray(list)) return { problem: 'grants of the key not understood' }
  const statements = (list as readonly Json[]).map(grantStatement)
  return statements.every((statement) => statement !== null)
    ? { known: statements }
    : { problem: 'a grant of the key is not understood' }
}

function grantStatement(grant: Json): Json | null {
  if (!isRecord(grant) || !isTexts(grant.Operations)) return null
  const { GrantId: id = '', GranteePrincipal: grantee, GranteeServicePrincipal: service, Operations: operations } = grant
  const principal = typeof grantee === 'string' ? principalOf(grantee) : typeof service === 'string' ? { Service: service } : null
  const condition = constraintOf(grant.Constraints ?? null)
  if (principal === null || condition === null) return null
  return {
    Sid: `grant ${String(id).slice(0, 12)}`,
    Effect: 'Allow',
    Principal: principal,
    Action: operations.map((operation) => `kms:${operation}`),
    Resource: '*',
    ...(condition === undefined ? {} : { Condition: condition }),
  }
}

function principalOf(grantee: string): Json {
  return /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(grantee) ? { Service: grantee } : { AWS: grantee }
}

/** Undefined without a constraint, null for one that is not understood. */
function constraintOf(constraints: Json): Json | null | undefined {
  if (constraints === null) return undefined
  if (!isRecord(constraints)) return null
  const { EncryptionContextSubset: subset, EncryptionContextEquals: equals, SourceArn: source, ...rest } = constraints
  if (Object.keys(rest).length > 0) return null
  const pairs = subset ?? equals ?? {}
  if (!isRecord(pairs) || !Object.values(pairs).every((value) => typeof value === 'string')) return null
  const texts = Object.fromEntries(Object.entries(pairs).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]))
  const condition: Record<string, Json> = {}
  if (Object.keys(texts).length > 0) condition.StringEquals = texts
  if (equals !== undefined) condition['ForAllValues:StringEquals'] = { 'kms:EncryptionContextKeys': Object.keys(pairs) }
  if (typeof source === 'string') condition.ArnLike = { 'aws:SourceArn': source }
  return condition
}

/** What kind of key it is, from `aws kms describe-key`. */
function settingKeys(json: Json): ServiceKeys {
  const metadata = isRecord(json) && isRecord(json.KeyMetadata) ? json.KeyMetadata : json
  const named = (name: string, member: string): [string, ServiceKey] => {
    const value = isRecord(metadata) ? metadata[member] : undefined
    return [
      name,
      value === undefined || value === null || typeof value === 'object' ? untold('every') : settled('every', String(value)),
    ]
  }
  return Object.fromEntries([
    named('kms:KeySpec', 'KeySpec'),
    named('kms:CustomerMasterKeySpec', 'KeySpec'),
    named('kms:KeyUsage', 'KeyUsage'),
    named('kms:CustomerMasterKeyUsage', 'KeyUsage'),
    named('kms:KeyOrigin', 'Origin'),
    named('kms:MultiRegion', 'MultiRegion'),
  ])
}

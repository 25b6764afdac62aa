import type { Json } from '../../../model/index.ts'
import { isKnown, isRecord } from '../../readings.ts'
import { grantsPolicy } from '../key-grants.ts'
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

/** The operations of grants that other accounts may be given. A record of the key alone that does not have grants is taken to have none. */
function keyGates({ configuration: { facets }, mode }: ServicePlace): Gates {
  const grants = facets.grants === undefined ? { known: null } : grantsPolicy(facets.grants, GRANTS)
  return {
    doubts: isKnown(grants) ? [] : [grants.problem],
    documents: [
      ...(isKnown(grants) && grants.known !== null
        ? [{ known: { name: GRANTS, document: grants.known, onlyDenies: false } }]
        : []),
      ...(!isKnown(grants) && mode === 'most' ? [{ known: ANY_GRANT }] : []),
    ],
    keys: settingKeys(facets.keyMetadata?.status === 'read' ? facets.keyMetadata.value : null),
  }
}

const GRANTS = 'grants of the key'

const ANY_GRANT = {
  name: 'grants of the key that were not read',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' } },
  onlyDenies: false,
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

import type { Json } from '../../../model/index.ts'
import { decisive, isKnown, isRecord, type Known } from '../../readings.ts'
import { unwrapPolicy } from './documents.ts'
import { number, chosen, untold } from './keys.ts'
import type { Gates, Service, ServicePlace } from './service.ts'

const RETRIEVE = ['glacier:InitiateJob', 'glacier:GetJobOutput']

/**
 * A vault of archives. Every request is signed. Beside the access policy, a vault lock policy counts, which nobody can take away
 * once it is locked. S3 Glacier, developer guide: "Vault access policies", "Vault lock policies".
 */
export const archiveVault: Service = {
  types: ['AWS::Glacier::Vault'],
  noun: 'vault',
  arn: /^arn:aws[a-z-]*:glacier:[a-z0-9-]+:\d{12}:vaults\/[A-Za-z0-9_.-]{1,255}$/,
  policyFacets: ['policy', 'accessPolicy'],
  actions: {
    read: RETRIEVE,
    list: ['glacier:ListJobs', 'glacier:DescribeVault', 'glacier:ListMultipartUploads', 'glacier:InitiateJob'],
    write: [
      'glacier:UploadArchive',
      'glacier:InitiateMultipartUpload',
      'glacier:UploadMultipartPart',
      'glacier:CompleteMultipartUpload',
    ],
    delete: ['glacier:DeleteArchive', 'glacier:DeleteVault'],
    admin: [
      'glacier:SetVaultAccessPolicy',
      'glacier:DeleteVaultAccessPolicy',
      'glacier:InitiateVaultLock',
      'glacier:AbortVaultLock',
    ],
  },
  keys: {
    'glacier:ArchiveAgeInDays': chosen(['glacier:DeleteArchive', 'glacier:InitiateJob'], {
      ...number(0, 20_000),
      presence: 'always',
    }),
    'glacier:ResourceTag/*': untold('every', 'the tags of the vault'),
  },
  underResourceControls: false,
  gates: lockGates,
}

function lockGates({ configuration: { facets } }: ServicePlace): Gates {
  const lock = facets.vaultLock ?? facets.lockPolicy
  const known: Known<Json> =
    lock === undefined ? { known: null } : decisive(lock, 'vault lock policy', parseLock, () => ({ known: null }))
  if (!isKnown(known)) return { documents: [known] }
  return {
    documents: known.known === null ? [] : [{ known: { name: 'vault lock policy', document: known.known, onlyDenies: false } }],
  }
}

function parseLock(json: Json): Known<Json> {
  return unwrapPolicy(isRecord(json) && json.State !== undefined ? (json.Policy ?? null) : json, 'vault lock policy')
}

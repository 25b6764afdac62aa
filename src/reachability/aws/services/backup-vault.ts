import { globPattern } from '../../engine/patterns.ts'
import { text } from '../policy/requests.ts'
import { chosen, MANY_VALUES } from './keys.ts'
import type { Service } from './service.ts'

const SNAPSHOTS = [
  'backup:DescribeRecoveryPoint',
  'backup:GetRecoveryPointRestoreMetadata',
  'backup:StartRestoreJob',
  'backup:CopyFromBackupVault',
]

/** Recovery points have ARNs of AWS Backup or of the service whose data they hold. */
const RECOVERY_POINT = {
  arn: 'arn:',
  rest: text('always', [{ patterns: [globPattern('aws*:?*:*:*:?*', { without: ':' })], negated: false }]),
}

/**
 * A vault of backups. Every request is signed. Another account copies into it, and restores from one that is shared; what
 * changes the vault is called by its name, so only its own account can do it. AWS Backup, developer guide: "Vault access policies".
 */
export const backupVault: Service = {
  types: ['AWS::Backup::BackupVault', 'AWS::Backup::LogicallyAirGappedBackupVault'],
  noun: 'vault',
  arn: /^arn:aws[a-z-]*:backup:[a-z0-9-]+:\d{12}:backup-vault:[A-Za-z0-9_-]{2,50}$/,
  policyFacets: ['policy', 'accessPolicy'],
  actions: {
    read: ['backup:StartRestoreJob', 'backup:CopyFromBackupVault', 'backup:GetRecoveryPointRestoreMetadata'],
    list: [
      'backup:ListRecoveryPointsByBackupVault',
      'backup:DescribeBackupVault',
      'backup:ListProtectedResourcesByBackupVault',
      'backup:DescribeRecoveryPoint',
    ],
    write: ['backup:CopyIntoBackupVault'],
    delete: [],
    admin: [],
  },
  ownersAlone: {
    delete: ['backup:DeleteRecoveryPoint', 'backup:DeleteBackupVault'],
    admin: ['backup:PutBackupVaultAccessPolicy', 'backup:DeleteBackupVaultAccessPolicy'],
  },
  names: (action, arn) => (SNAPSHOTS.includes(action) ? RECOVERY_POINT : { arn, rest: null }),
  keys: {
    'backup:CopyTargets': chosen(['backup:CopyFromBackupVault'], MANY_VALUES),
    'backup:CopyTargetOrgPaths': chosen(['backup:CopyFromBackupVault'], MANY_VALUES),
  },
  underResourceControls: false,
  gates: () => ({ remarks: ['AWS Backup copies only between accounts of one organisation'] }),
}

import type { Json, ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import type { ReachContext } from '../../reach-model.ts'
import { isRecord } from '../../readings.ts'
import { member, setting, textSetting } from '../native.ts'
import { keyUse } from './key-use.ts'
import { accountShares, type ShareList, verdictsOfShares } from './shares.ts'

/**
 * A snapshot of Redshift, shared account by account: there is no sharing with all.
 * Redshift, management guide: "Sharing snapshots"; `aws redshift describe-cluster-snapshots` prints AccountsWithRestoreAccess.
 */
export function decideWarehouseSnapshot(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const { resource } = configuration
  const serverless = resource.type === 'AWS::RedshiftServerless::Snapshot'
  const names = ['AccountsWithRestoreAccess', ...(serverless ? ['AccountsWithProvisionedRestoreAccess'] : [])]
  const lists = names.map((name) => sharesOf(configuration, name))
  const key = textSetting(configuration, 'KmsKeyId')
  const flag = setting(configuration, 'Encrypted')
  // A serverless snapshot always has a key; the provider's own is named so.
  const encrypted =
    (flag?.status === 'read' && flag.value === true) || (serverless && key !== null && key !== 'AWS_OWNED_KMS_KEY')
  return verdictsOfShares(
    {
      resource,
      name: 'the snapshot',
      verb: 'restore',
      list: 'the list of accounts with restore access to the snapshot',
      action: serverless ? 'redshift-serverless:RestoreFromSnapshot' : 'redshift:RestoreFromClusterSnapshot',
      shares: lists.flatMap((list) => ('problem' in list ? [] : list.shares)),
      unread: lists.flatMap((list) => ('problem' in list ? [list.problem] : [])),
      knowsEveryone: false,
      block: null,
      key: keyUse(
        resource,
        { encrypted, keys: key === null ? null : [key], enough: ['kms:CreateGrant'], service: 'redshift' },
        context,
      ),
      remarks: [],
    },
    context,
  )
}

function sharesOf(configuration: ResourceConfiguration, name: string): ShareList {
  const reading = setting(configuration, name)
  if (!reading || reading.status === 'not-read') return { problem: `${name} of the snapshot was not read` }
  if (reading.status === 'absent') return { shares: [] }
  if (!Array.isArray(reading.value)) return { problem: `${name} of the snapshot is not understood` }
  const accounts = (reading.value as readonly Json[]).map((entry) => (isRecord(entry) ? member(entry, 'AccountId') : entry))
  // Everyone is no account here.
  return accounts.includes('all')
    ? { problem: `${name} of the snapshot is not understood` }
    : accountShares(accounts, `${name} of the snapshot`)
}

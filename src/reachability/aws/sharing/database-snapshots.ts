import type { Json, Reading, ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import type { ReachContext } from '../../reach-model.ts'
import { isRecord } from '../../readings.ts'
import { member, setting, textMember, textSetting } from '../native.ts'
import { type Encryption, keyUse } from './key-use.ts'
import { accountShares, type ShareList, verdictsOfShares } from './shares.ts'

/**
 * A manual snapshot of RDS, DocumentDB or Neptune is read by whoever may restore it: the accounts that its attribute `restore`
 * lists, or, with `all`, every account. Encrypted snapshots cannot be shared with all, and with an account only together with
 * their key; they are copied before they are restored. RDS, user guide: "Sharing a DB snapshot".
 */
export function decideDatabaseSnapshot(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const { resource } = configuration
  const list = restoreShares(setting(configuration, 'snapshotAttributes', 'DBSnapshotAttributes', 'DBClusterSnapshotAttributes'))
  const encryption = encryptionOf(configuration)
  return verdictsOfShares(
    {
      resource,
      name: 'the snapshot',
      verb: 'restore',
      list: 'the attribute restore of the snapshot',
      action: actionOf(resource.type, encryption.encrypted),
      shares: 'problem' in list ? [] : list.shares,
      unread: 'problem' in list ? [list.problem] : [],
      knowsEveryone: true,
      block: null,
      key: keyUse(resource, encryption, context),
      remarks: [],
    },
    context,
  )
}

function actionOf(type: string, encrypted: boolean): string {
  const cluster = type.endsWith('DBClusterSnapshot')
  if (encrypted) return cluster ? 'rds:CopyDBClusterSnapshot' : 'rds:CopyDBSnapshot'
  return cluster ? 'rds:RestoreDBClusterFromSnapshot' : 'rds:RestoreDBInstanceFromDBSnapshot'
}

/** `{"restore":[…]}`, the list of attributes, or the whole of what `describe-db-snapshot-attributes` prints. */
function restoreShares(reading: Reading<Json> | undefined): ShareList {
  if (!reading || reading.status === 'not-read') return { problem: 'who may restore the snapshot was not read' }
  if (reading.status === 'absent') return { shares: [] }
  const values = restoreValues(reading.value)
  return values === null
    ? { problem: 'who may restore the snapshot is not understood' }
    : accountShares(values, 'who may restore the snapshot')
}

function restoreValues(json: Json): readonly Json[] | null {
  if (isRecord(json)) {
    const inside =
      member(json, 'DBSnapshotAttributesResult') ??
      member(json, 'DBClusterSnapshotAttributesResult') ??
      member(json, 'DBSnapshotAttributes') ??
      member(json, 'DBClusterSnapshotAttributes')
    if (inside !== undefined && inside !== null) return restoreValues(inside)
    return Array.isArray(json.restore) ? (json.restore as readonly Json[]) : null
  }
  if (!Array.isArray(json)) return null
  const attributes = json as readonly Json[]
  if (
    !attributes.every((attribute) => isRecord(attribute)) ||
    !attributes.every((attribute) => textMember(attribute, 'AttributeName') !== '')
  )
    return null
  const lists = attributes
    .filter((attribute) => member(attribute, 'AttributeName') === 'restore')
    .map((attribute) => member(attribute, 'AttributeValues') ?? [])
  return lists.every((list) => Array.isArray(list)) ? (lists.flat() as Json[]) : null
}

/** Taken as not encrypted where nothing says so: then the snapshot can be shared as it is. */
function encryptionOf(configuration: ResourceConfiguration): Encryption {
  const source = setting(configuration, 'snapshotSource')
  const from = source?.status === 'read' && isRecord(source.value) ? source.value : null
  const flags = [setting(configuration, 'Encrypted'), setting(configuration, 'StorageEncrypted')]
  const encrypted = from?.encrypted === true || flags.some((flag) => flag?.status === 'read' && flag.value === true)
  const key = typeof from?.kmsKey === 'string' ? from.kmsKey : textSetting(configuration, 'KmsKeyId')
  // The service copies by grants on the key.
  return { encrypted, keys: key === null ? null : [key], enough: ['kms:CreateGrant'], service: 'rds' }
}

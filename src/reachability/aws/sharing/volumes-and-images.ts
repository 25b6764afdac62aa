import type { Json, Reading, ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import type { ReachContext } from '../../reach-model.ts'
import { eachAccess, isRecord, type Known, nobody } from '../../readings.ts'
import { member, setting, textSetting } from '../native.ts'
import { type Encryption, keyUse } from './key-use.ts'
import { ordered, type Share, type ShareList, verdictsOfShares } from './shares.ts'

/**
 * A snapshot of a volume: whoever may create a volume from it reads it, which are the accounts of its attribute
 * createVolumePermission, or every account with the group `all`, unless the account blocks that.
 * EBS, user guide: "Share an Amazon EBS snapshot", "Block public access for Amazon EBS snapshots".
 */
export function decideVolumeSnapshot(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const { resource } = configuration
  const list = permissions(
    setting(configuration, 'createVolumePermission', 'createVolumePermissions'),
    'CreateVolumePermissions',
    'the attribute createVolumePermission of the snapshot',
  )
  const flag = setting(configuration, 'Encrypted')
  const key = textSetting(configuration, 'KmsKeyId')
  const encryption: Encryption = {
    encrypted: flag?.status === 'read' && flag.value === true,
    keys: key === null ? null : [key],
    // Blocks of a snapshot are read with kms:Decrypt alone; copies need grants.
    enough: ['kms:CreateGrant', 'kms:Decrypt'],
    service: 'ec2',
  }
  return verdictsOfShares(
    {
      resource,
      name: 'the snapshot',
      verb: 'restore',
      list: 'the attribute createVolumePermission of the snapshot',
      action: encryption.encrypted ? 'ec2:CopySnapshot' : 'ec2:CreateVolume',
      shares: 'problem' in list ? [] : list.shares,
      unread: 'problem' in list ? [list.problem] : [],
      knowsEveryone: true,
      block: snapshotBlock(configuration, context),
      key: keyUse(resource, encryption, context),
      remarks: [],
    },
    context,
  )
}

/**
 * A machine image: whoever may launch it reads its volumes. The account's block keeps new images from being made public; those
 * that are stay so. EC2, user guide: "Make your AMI publicly available", "Share an AMI with organizations".
 */
export function decideImage(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const { resource } = configuration
  const state = textSetting(configuration, 'State')
  if (state === 'disabled' || state === 'deregistered') {
    const verdict = nobody(`the image is ${state}: nobody else can launch it`)
    return eachAccess(() => verdict)
  }
  const list = withPublicFlag(
    permissions(
      setting(configuration, 'launchPermission', 'launchPermissions'),
      'LaunchPermissions',
      'the attribute launchPermission of the image',
    ),
    setting(configuration, 'Public'),
  )
  const block = blockState(
    configuration,
    context,
    'imageBlockPublicAccess',
    'AWS::EC2::ImageBlockPublicAccess',
    'ImageBlockPublicAccessState',
  )
  return verdictsOfShares(
    {
      resource,
      name: 'the image',
      verb: 'launch',
      list: 'the attribute launchPermission of the image',
      action: 'ec2:RunInstances',
      shares: list.shares,
      unread: list.unread,
      knowsEveryone: true,
      block: null,
      key: keyUse(resource, imageEncryption(configuration), context),
      remarks:
        block === 'block-new-sharing'
          ? ['the account blocks images from being made public, which leaves those that are public as they are']
          : [],
    },
    context,
  )
}

/** What `describe-image-attribute` or `describe-snapshot-attribute` prints, or the list inside. */
function permissions(reading: Reading<Json> | undefined, name: string, what: string): ShareList {
  if (!reading || reading.status === 'not-read') return { problem: `${what} was not read` }
  if (reading.status === 'absent') return { shares: [] }
  const inside = isRecord(reading.value) ? member(reading.value, name) : reading.value
  if (!Array.isArray(inside)) return { problem: `${what} is not understood` }
  const shares = (inside as readonly Json[]).map(shareOf)
  return shares.includes(null) ? { problem: `${what} is not understood` } : { shares: ordered(shares as Share[]) }
}

function shareOf(entry: Json): Share | null {
  if (entry === 'all') return { kind: 'everyone' }
  if (typeof entry === 'string') return /^\d{12}$/.test(entry) ? { kind: 'account', account: entry } : null
  if (!isRecord(entry)) return null
  if (member(entry, 'Group') === 'all') return { kind: 'everyone' }
  const account = member(entry, 'UserId')
  if (typeof account === 'string' && /^\d{12}$/.test(account)) return { kind: 'account', account }
  const arn = member(entry, 'OrganizationArn') ?? member(entry, 'OrganizationalUnitArn')
  return typeof arn === 'string' && arn.startsWith('arn:') ? { kind: 'organization', arn } : null
}

/** `describe-images` says by `Public` whether the group `all` may launch it, and nothing of accounts. */
function withPublicFlag(
  list: ShareList,
  flag: Reading<Json> | undefined,
): { shares: readonly Share[]; unread: readonly string[] } {
  const everyone: readonly Share[] = flag?.status === 'read' && flag.value === true ? [{ kind: 'everyone' }] : []
  if ('problem' in list) return { shares: everyone, unread: [list.problem] }
  return { shares: ordered([...list.shares, ...everyone]), unread: [] }
}

function snapshotBlock(configuration: ResourceConfiguration, context: ReachContext) {
  const state = blockState(configuration, context, 'snapshotBlockPublicAccess', 'AWS::EC2::SnapshotBlockPublicAccess', 'State')
  const because = 'the account blocks all public sharing of snapshots (block-all-sharing): those shared with all are private'
  if (state === null || state === 'unblocked' || state === 'block-new-sharing') return null
  const blocks: Known<boolean> =
    state === 'block-all-sharing'
      ? { known: true }
      : { problem: 'whether the account blocks public sharing of snapshots was not read' }
  return { blocks, because }
}

/**
 * The account's block in the region, as the facet of the resource or of a related one, in the words of the command line. Rarely
 * set: null, unset, where the record does not have it; an empty text where it is not known.
 */
function blockState(
  { resource, facets }: ResourceConfiguration,
  { related = [] }: ReachContext,
  facet: string,
  type: string,
  name: string,
): string | null {
  const beside = related.find(
    (one) => one.resource.type === type && one.resource.account === resource.account && one.resource.region === resource.region,
  )
  const account = related.find((one) => one.resource.type === 'AWS::Account' && one.resource.account === resource.account)
  const reading = facets[facet] ?? (beside ? setting(beside, name) : undefined) ?? account?.facets[facet]
  if (reading === undefined || reading.status === 'absent') return null
  if (reading.status !== 'read') return ''
  const value = isRecord(reading.value) ? (member(reading.value, name) ?? member(reading.value, 'State')) : reading.value
  return typeof value === 'string' ? value : ''
}

/** An image is as encrypted as its snapshots; all their keys are needed. */
function imageEncryption(configuration: ResourceConfiguration): Encryption {
  const mappings = setting(configuration, 'BlockDeviceMappings')
  const disks = mappings?.status === 'read' && Array.isArray(mappings.value) ? (mappings.value as readonly Json[]) : []
  const encrypted = disks.flatMap((mapping) => {
    const disk = isRecord(mapping) ? member(mapping, 'Ebs') : null
    return isRecord(disk) && member(disk, 'Encrypted') === true ? [member(disk, 'KmsKeyId')] : []
  })
  const keys = encrypted.filter((key): key is string => typeof key === 'string')
  return {
    encrypted: encrypted.length > 0,
    keys: keys.length === encrypted.length ? keys : null,
    enough: ['kms:CreateGrant'],
    service: 'ec2',
  }
}

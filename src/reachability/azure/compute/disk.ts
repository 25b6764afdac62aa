import type { Access, Json, ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import { decisive, isKnown, type Known } from '../../readings.ts'
import type { ReachContext } from '../../reach-model.ts'
import { type Findings, possible, shut, together, verdictsOf } from '../findings.ts'
import type { Network, Way } from '../network/network.ts'
import { privateNetwork } from '../network/service-firewall.ts'
import { insideSubscriptions, isSameId } from '../resource-ids.ts'
import { outsiderFindings } from '../roles/outsiders.ts'
import { parseWord, type Settings, settingsOf } from '../settings.ts'

const EXPORTED = ['ActiveSAS', 'ActiveSASFrozen']
const UPLOADED = ['ReadyToUpload', 'ActiveUpload']

/**
 * Who gets the bytes of a managed disk or snapshot. They leave by an address that carries a shared access signature, which the
 * disk's state shows to be out, but not with whom: an unknown bearer. `DenyAll` allows no such address, `AllowPrivate` and
 * disabled public access only over the private endpoints of a disk access resource. Azure: "Restrict managed disks from being
 * imported or exported".
 */
export function decideDisk(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const settings = settingsOf(configuration, new Set(['roleassignments', 'roledefinitions']))
  const exports = exportPolicy(settings)
  return verdictsOf((access) =>
    together(
      bearerFindings(configuration, settings, exports, access, context),
      roleFindings(configuration, settings, exports, access, context),
    ),
  )
}

type ExportPolicy = 'anywhere' | 'private' | 'nowhere'

function exportPolicy(settings: Settings): Known<ExportPolicy> {
  const policy = decisive(
    settings.reading('networkAccessPolicy'),
    'the network access policy',
    parseWord('the network access policy', ['AllowAll', 'AllowPrivate', 'DenyAll']),
    () => ({ known: 'AllowAll' as const }),
  )
  const access = decisive(
    settings.seldom('publicNetworkAccess'),
    'public network access',
    parseWord('public network access', ['Enabled', 'Disabled']),
    () => ({ known: 'Enabled' as const }),
  )
  if (isKnown(policy) && policy.known === 'DenyAll') return { known: 'nowhere' }
  if (!isKnown(policy)) return policy
  if (policy.known === 'AllowPrivate') return { known: 'private' }
  return isKnown(access) ? { known: access.known === 'Enabled' ? 'anywhere' : 'private' } : access
}

function bearerFindings(
  configuration: ResourceConfiguration,
  settings: Settings,
  exports: Known<ExportPolicy>,
  access: Access,
  { zone, related = [] }: ReachContext,
): Findings {
  if (access !== 'read' && access !== 'write') return shut(`a signature of a disk gives no ${access}`)
  if (isKnown(exports) && exports.known === 'nowhere')
    return shut('the network access policy is DenyAll: the disk is not exported')
  const state = decisive(settings.reading('diskState'), 'the state of the disk', parseText, () => ({ known: '' }))
  const active = access === 'read' ? EXPORTED : UPLOADED
  if (isKnown(state) && !active.includes(state.known)) {
    return shut(`the state of the disk is ${state.known || 'not set'}: no signature to ${access} it is out`)
  }
  const mode = settings.seldom('dataAccessAuthMode')
  if (mode?.status === 'read' && mode.value === 'AzureActiveDirectory') {
    return shut(
      'the bearer of a signature must also be an identity with a role, because dataAccessAuthMode is AzureActiveDirectory',
    )
  }
  const bearer = isKnown(state)
    ? `unknown bearer: the state of the disk is ${state.known}, so a shared access signature is out, and nothing says with whom`
    : state.problem
  if (!isKnown(exports)) return { open: [possible('named', bearer, exports.problem)], shut: [] }
  if (exports.known === 'anywhere') return { open: [possible('named', bearer)], shut: [] }
  const network = diskAccessNetwork(settings, configuration, related, zone)
  if (network === null)
    return { open: [possible('named', bearer, 'the private endpoints of the disk access were not read')], shut: [] }
  return network.doors.length === 0
    ? shut('the disk is exported over private endpoints only, and none of them is of others')
    : { open: [possible('named', bearer, ...network.doors.map(({ because }) => because))], shut: [] }
}

function diskAccessNetwork(
  settings: Settings,
  { resource }: ResourceConfiguration,
  related: readonly ResourceConfiguration[],
  zone: ReachContext['zone'],
): Network | null {
  const id = settings.seldom('diskAccessId')
  if (id?.status === 'absent') return null
  const access = related.find(
    (each) => id?.status === 'read' && typeof id.value === 'string' && isSameId(each.resource.id, id.value),
  )
  return access ? privateNetwork(settingsOf(access), null, { subscriptions: insideSubscriptions(zone, resource), zone }) : null
}

/** Identities of others that may make a signature for themselves, as far as role assignments were read. */
function roleFindings(
  { resource }: ResourceConfiguration,
  settings: Settings,
  exports: Known<ExportPolicy>,
  access: Access,
  { zone, asOf }: ReachContext,
): Findings {
  if (access === 'list') return shut('a disk has no list')
  if (settings.reading('roleAssignments') === undefined)
    return shut('role assignments were not read, and identities are not judged here')
  const isExport = access === 'read'
  if (isExport && isKnown(exports) && exports.known === 'nowhere') return shut('the disk is not exported to anybody')
  const isAnywhere = !isExport || (isKnown(exports) && exports.known === 'anywhere')
  const way: Way = {
    audience: 'named',
    certain: isAnywhere,
    context: {},
    because: isAnywhere ? [] : ['the disk is exported privately'],
  }
  const kind = /snapshots$/i.test(resource.type) ? 'snapshots' : 'disks'
  const operation = { name: OPERATIONS[access].replace('{kind}', kind), onData: false }
  return outsiderFindings(resource, settings, zone, asOf, access, [operation], [way])
}

const OPERATIONS: Readonly<Record<Access, string>> = {
  read: 'Microsoft.Compute/{kind}/beginGetAccess/action',
  list: 'Microsoft.Compute/{kind}/beginGetAccess/action',
  write: 'Microsoft.Compute/{kind}/write',
  delete: 'Microsoft.Compute/{kind}/delete',
  admin: 'Microsoft.Authorization/roleAssignments/write',
}

function parseText(json: Json): Known<string> {
  return typeof json === 'string' ? { known: json } : { problem: 'the state of the disk not understood' }
}

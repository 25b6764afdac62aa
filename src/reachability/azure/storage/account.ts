import { ACCESSES, type Instant, type Json, type ResourceConfiguration, type ZoneOfTrust } from '../../../model/index.ts'
import { decisive, isKnown, type Known } from '../../readings.ts'
import type { ReachContext } from '../../reach-model.ts'
import type { Network } from '../network/network.ts'
import { serviceNetwork } from '../network/service-firewall.ts'
import type { Inside } from '../network/virtual-networks.ts'
import { idUpTo, insideSubscriptions, isSameId, nameIn } from '../resource-ids.ts'
import { type Assignment, assignmentsOn } from '../roles/assignments.ts'
import { permits } from '../roles/definitions.ts'
import { type KnownTokens, tokensOf } from './known-tokens.ts'
import { KEY_OPERATIONS, SERVICES } from './services.ts'
import { documentLayer, facetLayer, layered, member, parseBoolean, type Settings } from '../settings.ts'

/** A storage account as the decision about one of its stores takes it. */
export interface Account {
  readonly id: string
  readonly name: string
  readonly settings: Settings
  readonly zone: ZoneOfTrust
  readonly asOf: Instant
  readonly inside: Inside
  /** From where outsiders reach one part of the account: `blob`, `web`… */
  readonly network: (group: string) => Network
  readonly assignments: Known<readonly Assignment[]>
  readonly tokens: KnownTokens
  readonly sharedKeys: Known<boolean>
  readonly hierarchical: Known<boolean>
}

// What only an account has: by these a document under `properties` is known to be the account's.
const OF_ACCOUNT = [
  'allowBlobPublicAccess',
  'allowSharedKeyAccess',
  'networkAcls',
  'networkRuleSet',
  'publicNetworkAccess',
  'primaryEndpoints',
  'supportsHttpsTrafficOnly',
  'enableHttpsTrafficOnly',
  'minimumTlsVersion',
  'privateEndpointConnections',
  'primaryLocation',
  'isHnsEnabled',
  'isNfsV3Enabled',
  'isSftpEnabled',
  'keyCreationTime',
  'creationTime',
  'statusOfPrimary',
  'defaultToOAuthAuthentication',
  'allowCrossTenantReplication',
]

/** Whether a document holds settings of a storage account rather than of one of its stores. */
export function isOfAccount(document: Json | undefined): boolean {
  const inner = member(document, 'properties')
  return OF_ACCOUNT.some((name) => member(document, name) !== undefined || member(inner, name) !== undefined)
}

/** The account that a store stands in: its own record may hold the account's settings, a related one may, or both. */
export function accountOf(configuration: ResourceConfiguration, { zone, asOf, related = [] }: ReachContext): Account {
  const { resource } = configuration
  const id = idUpTo(resource.id, 'storageAccounts') ?? resource.id
  const settings = accountSettings(configuration, id, related)
  const inside = { subscriptions: insideSubscriptions(zone, resource), zone }
  // All stores of an account have its networks.
  const networks = new Map<string, Network>()
  const network = (group: string) => {
    const made = networks.get(group) ?? serviceNetwork(settings, group, inside)
    networks.set(group, made)
    return made
  }
  return {
    id,
    name: nameIn(id, 'storageAccounts') ?? resource.name,
    settings,
    zone,
    asOf,
    inside,
    network,
    assignments: thatMatter(
      assignmentsOn(resource.id, settings.reading('roleAssignments'), settings.reading('roleDefinitions'), zone),
    ),
    tokens: tokensOf(settings),
    sharedKeys: decisive(
      settings.reading('allowSharedKeyAccess'),
      'whether shared keys are allowed',
      parseBoolean('allowSharedKeyAccess'),
      // "The storage account permits requests that are authorized with Shared Key when the property value is null or when it is true."
      () => ({ known: true }),
    ),
    hierarchical: decisive(
      settings.seldom('isHnsEnabled', 'enableHierarchicalNamespace'),
      'whether the namespace is hierarchical',
      parseBoolean('isHnsEnabled'),
      () => ({ known: false }),
    ),
  }
}

const OPERATIONS = [
  ...KEY_OPERATIONS,
  ...SERVICES.flatMap(({ operations, delegation }) => [delegation, ...ACCESSES.flatMap((access) => operations[access])]),
]

/** Only the assignments of roles that may permit something with the data or the keys. */
function thatMatter(assignments: Known<readonly Assignment[]>): Known<readonly Assignment[]> {
  if (!isKnown(assignments)) return assignments
  return {
    known: assignments.known.filter(
      ({ permissions }) => permissions === null || OPERATIONS.some((operation) => permits(permissions, operation)),
    ),
  }
}

function accountSettings(
  { resource, facets }: ResourceConfiguration,
  id: string,
  related: readonly ResourceConfiguration[],
): Settings {
  const around = related.find((each) => isSameId(each.resource.id, id) && !isSameId(each.resource.id, resource.id))
  const own = facets.properties
  const isAccount = isSameId(resource.id, id)
  const isOwn = own?.status === 'read' && isOfAccount(own.value)
  const documents = [facets.account, facets.storageAccount, ...(isAccount || isOwn ? [own] : []), around?.facets.properties]
  const layers = documents.flatMap((document) => (document ? [documentLayer(document, ASKED_APART)] : []))
  const flat = [facetLayer(facets), ...(around ? [facetLayer(around.facets)] : [])]
  const isRead = isAccount || around !== undefined || layers.length > 0 || OF_ACCOUNT.some((name) => name in facets)
  return layered([...flat, ...layers], isRead)
}

/** What an account's own document does not hold: its silence says nothing of them. */
const ASKED_APART = new Set(
  [
    'roleAssignments',
    'roleDefinitions',
    'storedAccessPolicies',
    'sharedAccessSignatures',
    'sasTokens',
    'staticWebsite',
    'localUsers',
    'containers',
    'shares',
    'queues',
    'tables',
  ].map((name) => name.toLowerCase()),
)

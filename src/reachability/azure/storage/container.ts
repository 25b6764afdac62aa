import type { Access, Json, ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import type { ReachContext } from '../../reach-model.ts'
import { decisive, isKnown, isRecord, type Known } from '../../readings.ts'
import { certain, type Findings, possible, shut, together, verdictsOf } from '../findings.ts'
import { CLOSED_NETWORK, joined, type Network, type Way, waysThrough } from '../network/network.ts'
import { outsideAddresses } from '../../outside.ts'
import { documentLayer, entryOf, facetLayer, layered, member, parseBoolean, type Settings } from '../settings.ts'
import { type Account, accountOf, isOfAccount } from './account.ts'
import { type AccessLevel, accessLevelOf, anonymousFindings, websiteFindings } from './anonymous.ts'
import { identityFindings } from './identities.ts'
import { localUserFindings } from './local-users.ts'
import { ANONYMOUS, storeWitness } from './requests.ts'
import { BLOB } from './services.ts'
import { signatureFindings } from './signatures.ts'

/**
 * Who reaches the blobs of a container, which with a hierarchical namespace is a filesystem of Data Lake: without credentials
 * by its level, as a static website, over NFS 3.0; with a shared access signature, as a local user of SFTP, or as an identity
 * with a role; each as far as the account's network lets it.
 */
export function decideContainer(configuration: ResourceConfiguration, context: ReachContext): Verdicts {
  const account = accountOf(configuration, context)
  const settings = storeSettings(configuration, 'container')
  return verdictsOf(containerFindings(account, settings, configuration.resource.name))
}

/** The settings of a store itself, which its account does not hold. */
export function storeSettings({ facets }: ResourceConfiguration, facet: string): Settings {
  const documents = [facets[facet], facets.properties].filter(
    (document) => document !== undefined && (document.status !== 'read' || isOfStore(document.value)),
  )
  return layered([facetLayer(facets), ...documents.map((document) => documentLayer(document, APART))], documents.length > 0)
}

// By any of these a document is known to be that of a store, whose silence on the rest means that it is not set.
const OF_STORE = [
  'publicAccess',
  'leaseState',
  'leaseStatus',
  'lastModified',
  'lastModifiedTime',
  'hasLegalHold',
  'hasImmutabilityPolicy',
  'defaultEncryptionScope',
  'deleted',
  'etag',
  'enabledProtocols',
  'shareQuota',
  'accessTier',
  'rootSquash',
]

/** Whether a document is that of a store, and its silence on a setting means something. */
export function isOfStore(document: Json): boolean {
  if (!isRecord(document)) return true
  const inner = entryOf(document, 'properties')
  const holds = (name: string) => entryOf(document, name) !== undefined || (isRecord(inner) && entryOf(inner, name) !== undefined)
  return !isOfAccount(document) && OF_STORE.some(holds)
}

const APART = new Set(['storedaccesspolicies', 'signedidentifiers'])

/** What opens a container of an account, by access. */
export function containerFindings(account: Account, settings: Settings, container: string): (access: Access) => Findings {
  const network = logsAside(account.network('blob'), account, container)
  const ways = waysThrough(network)
  const website = container === '$web' ? waysThrough(account.network('web')) : []
  const level = levelOf(settings)
  return (access) =>
    keptFromDeletion(
      together(
        anonymousFindings(account, level, container, access, ways),
        websiteFindings(account, container, access, website),
        nfsFindings(account, container, access, network),
        identityFindings(account, BLOB, container, access, ways),
        signatureFindings(account, settings, BLOB, container, access, network),
        localUserFindings(account, container, access, ways),
      ),
      settings,
      access,
    )
}

function levelOf(settings: Settings): Known<AccessLevel> {
  const deleted = settings.seldom('deleted')
  if (deleted?.status === 'read' && deleted.value === true) return { known: 'none' }
  return accessLevelOf(settings.reading('publicAccess', 'publicAccessLevel'))
}

/** Reading the logs of the account can be excepted from the network rules. */
function logsAside(network: Network, { settings, inside }: Account, container: string): Network {
  if (container !== '$logs') return network
  const acls = settings.reading('networkAcls', 'networkRuleSet')
  const bypass = acls?.status === 'read' ? member(acls.value, 'bypass') : undefined
  if (typeof bypass !== 'string' || !/logging/i.test(bypass)) return network
  const outside = outsideAddresses(inside.zone)
  return joined(network, { ...CLOSED_NETWORK, most: outside, doubts: ['the network rules except the reading of logs'] })
}

/**
 * NFS 3.0 asks for no credentials: "the only way to secure the data in your account is by using a virtual network and other
 * network security settings". Such requests come from virtual networks and private endpoints.
 */
function nfsFindings(account: Account, container: string, access: Access, network: Network): Findings {
  const enabled = decisive(
    account.settings.seldom('isNfsV3Enabled', 'enableNfsV3'),
    'whether NFS 3.0 is on',
    parseBoolean('isNfsV3Enabled'),
    () => ({ known: false }),
  )
  if (isKnown(enabled) && !enabled.known) return shut('NFS 3.0 is off')
  return mountFindings(enabled, 'NFS 3.0', waysThrough(network), (way) => ({
    ...storeWitness(account, BLOB, container, access, ANONYMOUS, way),
    context: { ...way.context, protocol: 'nfs', time: account.asOf },
  }))
}

/** Whoever is on an admitted network may mount; from bare internet addresses that is not documented to work. */
export function mountFindings(
  enabled: Known<boolean>,
  protocol: string,
  ways: readonly Way[],
  witness: (way: Way) => ReturnType<typeof storeWitness>,
): Findings {
  if (ways.length === 0) return shut(`no network outside the zone leads to ${protocol}`)
  return {
    open: ways.map((way) => {
      const isNetwork = 'virtualNetwork' in way.context || 'privateEndpoint' in way.context
      const doubts = [
        ...(isKnown(enabled) ? [] : [enabled.problem]),
        ...(isNetwork ? [] : [`whether ${protocol} answers internet addresses that the network rules let in is not documented`]),
        ...(way.certain ? [] : way.because),
      ]
      return doubts.length === 0
        ? certain('named', witness(way), `${protocol} asks for no credentials`, ...way.because)
        : possible(way.audience, ...doubts)
    }),
    shut: [],
  }
}

/** A legal hold keeps every blob; what a retention policy keeps depends on the age of each. */
function keptFromDeletion(findings: Findings, settings: Settings, access: Access): Findings {
  if (access !== 'delete') return findings
  const hold = settings.seldom('hasLegalHold')
  if (hold?.status === 'read' && hold.value === true) return shut('a legal hold keeps the blobs of the container')
  const policy = settings.seldom('hasImmutabilityPolicy')
  if (policy?.status !== 'read' || policy.value !== true) return findings
  const doubt = 'an immutability policy keeps blobs for a time, and whether any is past it was not read'
  return { ...findings, open: findings.open.map(({ audience, because }) => possible(audience, doubt, ...because)) }
}

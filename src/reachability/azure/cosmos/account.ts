import type { Json, ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import { decisive, isKnown, type Known } from '../../readings.ts'
import type { ReachContext } from '../../reach-model.ts'
import { verdictsOf } from '../findings.ts'
import { ANY_AZURE_ADDRESS, rulesNetwork } from '../network/address-rules.ts'
import { doorFindings } from '../network/database-door.ts'
import { CLOSED_NETWORK, joined, type Network } from '../network/network.ts'
import { privateNetwork, publicNetwork, unknownDoor, unknownNetwork } from '../network/service-firewall.ts'
import { outsideAddresses } from '../../outside.ts'
import { type Inside, subnetDoors } from '../network/virtual-networks.ts'
import { insideSubscriptions, subscriptionOf } from '../resource-ids.ts'
import { member, parseBoolean, parseList, type Settings, settingsOf } from '../settings.ts'

const PORT = 443

/**
 * Who gets as far as asking a Cosmos DB account for data; the key or identity it then asks for is not judged. Without an
 * address rule and without the filter of virtual networks every network is let in. Azure Cosmos DB: "Configure IP firewall",
 * "Configure access from virtual networks".
 */
export function decideCosmosAccount(configuration: ResourceConfiguration, { zone, asOf }: ReachContext): Verdicts {
  const { resource } = configuration
  const settings = settingsOf(configuration)
  const inside = { subscriptions: insideSubscriptions(zone, resource), zone }
  const network = joined(
    publicNetwork(settings, inside, () => firewallNetwork(settings, inside)),
    privateNetwork(settings, null, inside),
  )
  return verdictsOf(doorFindings(network, resource, PORT, asOf, behind(settings)))
}

function firewallNetwork(settings: Settings, inside: Inside): Network {
  const outside = outsideAddresses(inside.zone)
  const rules = addressRules(settings)
  const filter = decisive(
    settings.seldom('isVirtualNetworkFilterEnabled'),
    'whether the filter of virtual networks is on',
    parseBoolean('isVirtualNetworkFilterEnabled'),
    () => ({ known: false }),
  )
  if (!isKnown(rules)) return unknownNetwork(outside, rules.problem)
  if (!isKnown(filter)) return unknownNetwork(outside, filter.problem)
  if (rules.known.length === 0 && !filter.known) {
    return {
      ...CLOSED_NETWORK,
      least: outside,
      most: outside,
      because: ['the account has no address rule and no filter of virtual networks'],
    }
  }
  const isAzure = (rule: Json) => (typeof rule === 'string' ? rule : member(rule, 'ipAddressOrRange')) === '0.0.0.0'
  const fromAzure = {
    ...ANY_AZURE_ADDRESS,
    because: 'the address rule 0.0.0.0 lets in all of Azure: anybody can rent a machine there',
  }
  return joined(
    rulesNetwork(
      rules.known.filter((rule) => !isAzure(rule)),
      outside,
      'the address rules',
    ),
    { ...CLOSED_NETWORK, doors: rules.known.some(isAzure) ? [fromAzure] : [] },
    filter.known ? subnets(settings, inside) : { ...CLOSED_NETWORK, shut: ['the filter of virtual networks is off'] },
    exceptions(settings, inside),
  )
}

/** The address rules; older records hold them as one text with commas. */
function addressRules(settings: Settings): Known<readonly Json[]> {
  const rules = settings.reading('ipRules')
  const older = settings.reading('ipRangeFilter')
  if (rules?.status !== 'read' && older?.status === 'read' && typeof older.value === 'string') {
    return {
      known: older.value
        .split(',')
        .map((text) => text.trim())
        .filter((text) => text !== ''),
    }
  }
  return decisive(rules, 'the address rules', parseList('the address rules'), () => ({ known: [] }))
}

function subnets(settings: Settings, inside: Inside): Network {
  const rules = decisive(
    settings.seldom('virtualNetworkRules'),
    'the virtual network rules',
    parseList('the virtual network rules'),
    () => ({ known: [] }),
  )
  if (!isKnown(rules)) return { ...CLOSED_NETWORK, doors: [unknownDoor(rules.problem)] }
  const doors = subnetDoors(rules.known, inside)
  return { ...CLOSED_NETWORK, doors, shut: doors.length > 0 ? [] : ['the virtual network rules let in no subnet of others'] }
}

/** Resources of other services that the firewall excepts by their ids. */
function exceptions(settings: Settings, { subscriptions }: Inside): Network {
  const ids = decisive(
    settings.seldom('networkAclBypassResourceIds'),
    'the excepted resources',
    parseList('the excepted resources'),
    () => ({ known: [] }),
  )
  if (!isKnown(ids)) return { ...CLOSED_NETWORK, doors: [unknownDoor(ids.problem)] }
  const foreign = ids.known.filter((id) => typeof id !== 'string' || !subscriptions.has(subscriptionOf(id) ?? ''))
  return {
    ...CLOSED_NETWORK,
    doors: foreign.map((id) =>
      unknownDoor(`the firewall excepts the resource ${typeof id === 'string' ? id : 'that is not understood'}`),
    ),
  }
}

function behind(settings: Settings): string {
  const local = settings.seldom('disableLocalAuth')
  return local?.status === 'read' && local.value === true
    ? 'behind the network only identities with a role are let in, which is not judged here'
    : 'behind the network whoever has a key of the account is let in, which is not judged here'
}

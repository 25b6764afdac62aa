import type { Json, Reading, ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import { decisive, isKnown } from '../../readings.ts'
import type { ReachContext } from '../../reach-model.ts'
import { verdictsOf } from '../findings.ts'
import { databaseRulesNetwork } from '../network/address-rules.ts'
import { doorFindings } from '../network/database-door.ts'
import { CLOSED_NETWORK, joined, type Network } from '../network/network.ts'
import { privateNetwork, publicNetwork, unknownDoor, unknownNetwork } from '../network/service-firewall.ts'
import { outsideAddresses } from '../../outside.ts'
import { type Inside, subnetDoors } from '../network/virtual-networks.ts'
import { idUpTo, insideSubscriptions, isSameId } from '../resource-ids.ts'
import { documentLayer, facetLayer, layered, parseList, type Settings, settingsOf } from '../settings.ts'

const PORT = 1433
const BEHIND = "a connection meets the database's own login, which is not judged here"

// Resources of their own under the server, which its document does not hold.
const APART = new Set(
  ['firewallRules', 'ipv6FirewallRules', 'virtualNetworkRules', 'databaseFirewallRules'].map((name) => name.toLowerCase()),
)

/**
 * Who can connect to a logical server of Azure SQL by its server-level rules. Rules of single databases are decided with these.
 * Azure SQL: "Azure SQL Database and Azure Synapse IP firewall rules", "Deny public network access".
 */
export function decideSqlServer(configuration: ResourceConfiguration, { zone, asOf }: ReachContext): Verdicts {
  const inside = { subscriptions: insideSubscriptions(zone, configuration.resource), zone }
  const network = serverNetwork(settingsOf(configuration, APART), inside, CLOSED_NETWORK)
  return verdictsOf(doorFindings(network, configuration.resource, PORT, asOf, BEHIND))
}

/**
 * Who can connect to one database: whom its server lets in, and whom its own rules do, which lie in the database itself
 * (`sys.database_firewall_rules`) and which Resource Manager does not show.
 */
export function decideSqlDatabase(configuration: ResourceConfiguration, { zone, asOf, related = [] }: ReachContext): Verdicts {
  const { resource, facets } = configuration
  const inside = { subscriptions: insideSubscriptions(zone, resource), zone }
  const serverId = idUpTo(resource.id, 'servers')
  const server = serverId === null ? undefined : related.find((each) => isSameId(each.resource.id, serverId))
  const documents = [facets.server, server?.facets.properties].flatMap((each) => (each ? [documentLayer(each, APART)] : []))
  const flat = [facetLayer(facets), ...(server ? [facetLayer(server.facets)] : [])]
  const settings = layered(
    [...flat, ...documents],
    server !== undefined || documents.length > 0 || facets.firewallRules !== undefined,
  )
  const own = rulesOf(facets.databaseFirewallRules, 'the firewall rules of the database', inside)
  return verdictsOf(doorFindings(serverNetwork(settings, inside, own), resource, PORT, asOf, BEHIND))
}

function serverNetwork(settings: Settings, inside: Inside, besides: Network): Network {
  return joined(
    publicNetwork(settings, inside, () =>
      joined(
        rulesOf(settings.reading('firewallRules'), 'the firewall rules of the server', inside),
        rulesOf(settings.seldom('ipv6FirewallRules'), 'the IPv6 firewall rules of the server', inside),
        subnetNetwork(settings.reading('virtualNetworkRules'), inside),
        besides,
      ),
    ),
    privateNetwork(settings, null, inside),
  )
}

/** What a list of firewall rules of a database server lets in. */
export function rulesOf(reading: Reading<Json> | undefined, what: string, inside: Inside): Network {
  const outside = outsideAddresses(inside.zone)
  const rules = decisive(reading, what, parseList(what), () => ({ known: [] }))
  return isKnown(rules) ? databaseRulesNetwork(rules.known, outside, what) : unknownNetwork(outside, rules.problem)
}

function subnetNetwork(reading: Reading<Json> | undefined, inside: Inside): Network {
  const rules = decisive(reading, 'the virtual network rules', parseList('the virtual network rules'), () => ({ known: [] }))
  if (!isKnown(rules)) return { ...CLOSED_NETWORK, doors: [unknownDoor(rules.problem)] }
  const doors = subnetDoors(rules.known, inside)
  return { ...CLOSED_NETWORK, doors, shut: doors.length > 0 ? [] : ['the virtual network rules let in no subnet of others'] }
}

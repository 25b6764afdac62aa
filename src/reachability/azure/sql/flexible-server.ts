import type { Json, Reading, ResourceConfiguration, Verdicts } from '../../../model/index.ts'
import { decisive, isKnown, isRecord, type Known } from '../../readings.ts'
import type { ReachContext } from '../../reach-model.ts'
import { verdictsOf } from '../findings.ts'
import { doorFindings } from '../network/database-door.ts'
import { CLOSED_NETWORK, joined, type Network } from '../network/network.ts'
import { privateNetwork, publicNetwork } from '../network/service-firewall.ts'
import type { Inside } from '../network/virtual-networks.ts'
import { insideSubscriptions } from '../resource-ids.ts'
import { member, type Settings, settingsOf } from '../settings.ts'
import { rulesOf } from './server.ts'

const APART = new Set(['firewallrules'])
const BEHIND = "a connection meets the server's own login, which is not judged here"

/** Who can connect to a flexible server of PostgreSQL. */
export const decidePostgresServer = decideFlexibleServer(5432)
/** Who can connect to a flexible server of MySQL. */
export const decideMysqlServer = decideFlexibleServer(3306)

/**
 * A flexible server stands either in a subnet of its owner, where no public address leads to it, or on a public endpoint
 * behind its firewall rules. "Networking overview", of both servers.
 */
function decideFlexibleServer(port: number): (configuration: ResourceConfiguration, context: ReachContext) => Verdicts {
  return (configuration, { zone, asOf }) => {
    const { resource } = configuration
    const inside = { subscriptions: insideSubscriptions(zone, resource), zone }
    const network = flexibleNetwork(settingsOf(configuration, APART), inside)
    return verdictsOf(doorFindings(network, resource, port, asOf, BEHIND))
  }
}

function flexibleNetwork(settings: Settings, inside: Inside): Network {
  const placed = placement(settings)
  if (isKnown(placed) && placed.known.subnet) {
    return { ...CLOSED_NETWORK, shut: ['the server stands in a subnet of its owner and has no public endpoint'] }
  }
  // The switch is a member of `network`, which may not have been read: then it is in doubt, and the rules decide what they can.
  const seen: Settings = {
    ...settings,
    seldom: (...names) => (names.includes('publicNetworkAccess') ? accessReading(placed) : settings.seldom(...names)),
  }
  return joined(
    publicNetwork(seen, inside, () => rulesOf(settings.reading('firewallRules'), 'the firewall rules of the server', inside)),
    privateNetwork(settings, null, inside),
  )
}

interface Placement {
  readonly subnet: boolean
  readonly access: Json | null
}

function placement(settings: Settings): Known<Placement> {
  return decisive<Placement>(
    settings.reading('network'),
    'the network of the server',
    (json) => {
      const subnet = member(json, 'delegatedSubnetResourceId', 'delegatedSubnetId', 'delegatedSubnetArguments')
      return isRecord(json)
        ? { known: { subnet: subnet !== undefined && subnet !== '', access: member(json, 'publicNetworkAccess') ?? null } }
        : { problem: 'the network of the server not understood' }
    },
    () => ({ known: { subnet: false, access: null } }),
  )
}

function accessReading(placed: Known<Placement>): Reading<Json> {
  if (!isKnown(placed)) return { status: 'not-read', reason: placed.problem }
  return placed.known.access === null ? { status: 'absent' } : { status: 'read', value: placed.known.access }
}
